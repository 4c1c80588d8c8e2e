//! Where a record of a table ends, and which quotes are refused.
//!
//! A cell may hold line breaks, so one stray quotation mark could take in all people behind it. Whoever
//! cuts an input and whoever reads a piece of it ask here, so that both tell records apart in one way.
//! What is decided about a record depends on the bytes from its start alone, so no cut changes it.

use memchr::{memchr, memchr_iter, memchr2, memchr3, memchr3_iter};

/// Most line breaks of a quoted cell.
const BREAKS: usize = 8;
/// So many delimiters in a line of a text, just as many as a row has there, are no chance.
const CHANCE: usize = 8;
/// Most delimiters in a line of a text with line breaks, unless a quarter of a row has more.
const CROWDED: usize = 16;

/// How the cells of a table stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Between cells. With tabs, a quote that does not close as a cell's does is part of the text:
    /// many programs write tables with tabs and quote nothing.
    pub delimiter: u8,
    /// Delimiters of the header; 0 where it is not known, or has one cell.
    pub separators: usize,
}

/// A quote that opens a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Quote {
    /// Where it stands, from the start of its record.
    pub at: usize,
    /// The number of its cell, from 0.
    pub cell: usize,
}

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// So many bytes, what ends it included.
    Whole(usize),
    /// It has a quote that is refused; with true, since text stands behind the one that closes it.
    Refused(Quote, bool),
    /// The bytes end before it does, within a quote where there is one.
    Cut(Option<Quote>),
}

/// Why a quote is refused; with true, since text stands behind the one that closes it.
pub(crate) const fn refusal(behind: bool) -> &'static str {
    if behind {
        "text stands behind the quote that closes this cell; write two quotes for one within it"
    } else {
        "a quote opens here and is not closed before what looks like other rows (a cell has at most \
         8 line breaks); close it or take it out"
    }
}

/// What a quote that opens a cell comes to.
enum Closing {
    /// It closes here; the cell ends behind the white space that may follow.
    At(usize, usize),
    /// It is refused; with true, in the line where it opens.
    Refused(bool),
    /// The bytes end before that can be said.
    Open,
}

/// The record at the start of `bytes`. `whole` says that no further bytes can change what becomes of a
/// quote that is open at their end.
pub(crate) fn extent(bytes: &[u8], shape: Shape, whole: bool) -> Extent {
    let (mut at, mut cell, mut start) = (0, 0, 0);
    loop {
        let Some(found) = memchr3(b'"', b'\n', b'\r', &bytes[at..]) else {
            return Extent::Cut(None);
        };
        let place = at + found;
        if bytes[place] != b'"' {
            return Extent::Whole(behind_break(bytes, place));
        }
        at = place + 1;
        if place > 0 && bytes[place - 1] != shape.delimiter {
            continue; // in the middle of a cell it is text
        }
        cell += memchr_iter(shape.delimiter, &bytes[start..place]).count();
        start = place;
        let quote = Quote { at: place, cell };
        match closing(bytes, quote, shape) {
            Closing::At(_, mut end) => {
                while bytes[end] == shape.delimiter && single(bytes, end + 1, shape.delimiter) {
                    (end, cell) = (end + 4, cell + 1);
                }
                (at, start) = (end, end);
            }
            _ if shape.delimiter == b'\t' && whole => {}
            Closing::Refused(_) if shape.delimiter == b'\t' => {}
            Closing::Refused(behind) => return Extent::Refused(quote, behind),
            Closing::Open => return Extent::Cut(Some(quote)),
        }
    }
}

/// Whether a quoted cell of one byte stands here, with a delimiter behind it: nearly every cell of a
/// table that quotes all of them.
fn single(bytes: &[u8], at: usize, delimiter: u8) -> bool {
    matches!(bytes.get(at..at + 4), Some(&[b'"', byte, b'"', end])
        if end == delimiter && byte != b'"' && byte != b'\n' && byte != b'\r')
}

/// Where the line ends that holds this place; its break is included.
pub(crate) fn line_end(bytes: &[u8], place: usize) -> usize {
    memchr2(b'\n', b'\r', &bytes[place..])
        .map_or(bytes.len(), |found| behind_break(bytes, place + found))
}

/// Behind the line break that begins here.
fn behind_break(bytes: &[u8], place: usize) -> usize {
    place + 1 + usize::from(bytes[place..].starts_with(b"\r\n"))
}

/// Follows a quoted cell to its end.
fn closing(bytes: &[u8], quote: Quote, shape: Shape) -> Closing {
    let (mut at, mut breaks, mut line) = (quote.at + 1, 0, quote.at + 1);
    loop {
        let Some(found) = memchr3(b'"', b'\n', b'\r', &bytes[at..]) else {
            return Closing::Open;
        };
        at += found;
        if bytes[at] != b'"' {
            let text = &bytes[line..at];
            if breaks > 0 && shape.has_row(text) || shape.crowded(text) {
                return Closing::Refused(false);
            }
            breaks += 1;
            if breaks > BREAKS {
                return Closing::Refused(false);
            }
            at = behind_break(bytes, at);
            line = at;
            continue;
        }
        if bytes.get(at + 1) == Some(&b'"') {
            at += 2;
            continue;
        }
        let Some(end) = behind_space(bytes, at + 1, shape.delimiter) else {
            return Closing::Open;
        };
        if bytes[end] != shape.delimiter && !b"\r\n".contains(&bytes[end]) {
            return Closing::Refused(breaks == 0);
        }
        if breaks == 0 {
            // a line end that was lost to a quote puts a whole row into a cell
            if shape.holds_row(&bytes[line..at]) {
                return Closing::Refused(false);
            }
            return Closing::At(at, end);
        }
        let Some(found) = memchr2(b'\n', b'\r', &bytes[end..]) else {
            return Closing::Open;
        };
        let last = &bytes[line..end + found];
        if shape.crowded(&bytes[line..at]) || shape.two_rows(bytes, quote, last) {
            return Closing::Refused(false);
        }
        return Closing::At(at, end);
    }
}

/// Behind the white space that begins here; none where the bytes end in it.
fn behind_space(bytes: &[u8], place: usize, delimiter: u8) -> Option<usize> {
    let space = |&b: &u8| b == b' ' || b == b'\t' && delimiter != b'\t';
    let end = place + bytes[place..].iter().take_while(|b| space(b)).count();
    (end < bytes.len()).then_some(end)
}

impl Shape {
    /// Whether a line, without its break, has as many cells as the header, and more than one.
    fn has_row(self, line: &[u8]) -> bool {
        self.separators > 0 && self.count(line, true) == Some(self.separators)
    }

    /// Whether a line within quotes has more delimiters than a text would, where rows have as many: part
    /// of a row that is damaged elsewhere, too.
    fn crowded(self, text: &[u8]) -> bool {
        let most = CROWDED.max(self.separators / 4);
        self.separators > most && memchr_iter(self.delimiter, text).count() > most
    }

    /// Whether a text of one line within quotes has about as many delimiters as a row of a wide table.
    pub(crate) fn holds_row(self, text: &[u8]) -> bool {
        self.separators > CROWDED
            && text.len() > self.separators
            && memchr_iter(self.delimiter, text)
                .count()
                .abs_diff(self.separators)
                <= self.separators / 8
    }

    /// Whether a quote that closes in another line takes in two rows with a stray quote each: the line
    /// where it opens is a row and so is the last one, or one of them by so many delimiters within the
    /// quotes that no text has them by chance.
    fn two_rows(self, bytes: &[u8], quote: Quote, last: &[u8]) -> bool {
        let (opens, closes) = (self.opens_row(bytes, quote), self.has_row(last));
        let after = self.separators.saturating_sub(quote.cell);
        opens && (closes || after >= CHANCE) || closes && quote.cell >= CHANCE
    }

    /// Whether the line where a quote opens is a row of the table if that quote is text.
    fn opens_row(self, bytes: &[u8], quote: Quote) -> bool {
        let rest = &bytes[quote.at + 1..];
        let rest = &rest[..memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())];
        let count = self.count(rest, false).map(|count| quote.cell + count);
        self.separators > 0 && count == Some(self.separators)
    }

    /// The delimiters of a line outside its quotes; none if one is open at its end. With `start` the
    /// line begins with a cell, else in the middle of one.
    fn count(self, line: &[u8], mut start: bool) -> Option<usize> {
        let (mut count, mut at) = (0, 0);
        loop {
            if start && line.get(at) == Some(&b'"') {
                match self.closed(line, at) {
                    Some(end) => at = end,
                    None if self.delimiter == b'\t' => {}
                    None => return None,
                }
            }
            let Some(found) = memchr(self.delimiter, &line[at..]) else {
                return Some(count);
            };
            (count, at, start) = (count + 1, at + found + 1, true);
        }
    }

    /// Where a quoted cell ends within its line.
    fn closed(self, line: &[u8], quote: usize) -> Option<usize> {
        let mut at = quote + 1;
        loop {
            at += memchr(b'"', &line[at..])?;
            if line.get(at + 1) != Some(&b'"') {
                break;
            }
            at += 2;
        }
        match behind_space(line, at + 1, self.delimiter) {
            Some(end) if line[end] != self.delimiter => None,
            end => Some(end.unwrap_or(line.len())),
        }
    }
}

/// Gives the cells of a record that [`extent`] told apart, each as what stands in it, and whether that
/// is between quotes, where two stand for one.
pub(crate) fn cells(record: &[u8], shape: Shape, mut give: impl FnMut(&[u8], bool)) {
    let (mut at, mut cell) = (0, 0);
    let mut ends = memchr3_iter(shape.delimiter, b'\n', b'\r', record);
    loop {
        if single(record, at, shape.delimiter) {
            give(&record[at + 1..at + 2], true);
            (at, cell) = (at + 4, cell + 1);
            continue;
        }
        let mut end = at;
        let mut quoted = None;
        if record.get(at) == Some(&b'"') {
            match closing(record, Quote { at, cell }, shape) {
                Closing::At(close, behind) => (quoted, end) = (Some(close), behind),
                _ => end += 1,
            }
        }
        end = ends.find(|&place| place >= end).unwrap_or(record.len());
        match quoted {
            Some(close) => give(&record[at + 1..close], true),
            None => give(&record[at..end], false),
        }
        if record.get(end) != Some(&shape.delimiter) {
            return;
        }
        (at, cell) = (end + 1, cell + 1);
    }
}
