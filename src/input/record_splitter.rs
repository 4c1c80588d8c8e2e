//! Input in pieces that end after a record, each with the number of its first line.
//!
//! Pieces are cut while one thread holds the input and read by all, so cutting looks at as little
//! as it can: the last newline, and quotes only where there are any.

use crate::input::json_objects;
use crate::input::live::PieceRead;
use crate::input::quoting::{Extent, Quote, Shape, extent, line_end};
use crate::input::table::without_newline;
use memchr::{memchr, memchr_iter, memrchr};
use std::io::{self, Read as _};

/// Most bytes of one record: a row of answers has a few hundred.
pub const LONGEST: usize = 1 << 20;
/// Bytes of a record over [`LONGEST`] that a message keeps.
pub(crate) const SHOWN: usize = 200;
/// Bytes by which a quote of a cell of [`LONGEST`] is known to be closed: its quotes, and what follows.
const CLOSES: usize = 4;

/// What the next piece of an input is.
#[derive(Debug)]
pub(crate) enum Chunk {
    /// Whole records, in the caller's buffer; the last ends with a newline, added where missing.
    Records {
        /// Line of the first, from 1.
        line: u64,
    },
    /// A record over [`LONGEST`]; what is left of it is passed over before the next piece.
    TooLong {
        /// Its line.
        line: u64,
        /// How many lines it has.
        lines: u64,
        /// How it starts.
        start: Vec<u8>,
    },
    /// A quote that is not closed within [`LONGEST`], or by the end of the input.
    Unclosed {
        /// The line where it opens.
        line: u64,
        /// The number of its cell, from 1.
        cell: usize,
    },
    /// Nothing is left.
    End,
}

/// How records are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Splitting {
    /// At every newline.
    Lines,
    /// At newlines outside the quotes that are accepted.
    Table(Shape),
    /// Behind objects of JSON, which may go over several lines.
    Objects,
}

/// An input being cut.
pub(crate) struct RecordSplitter<R> {
    reader: R,
    size: usize,
    carry: Vec<u8>,
    newline: u8,
    line: u64,
    ended: bool,
    /// Whether a line is to be read to its end before anything else.
    skipping: bool,
    /// What an input must end with, if that is known, and the last byte that was handed out.
    closing: Option<u8>,
    last: u8,
}

impl<R: PieceRead> RecordSplitter<R> {
    /// Cuts pieces of about `size` bytes; `start` has been read already.
    pub(crate) fn new(reader: R, start: Vec<u8>, newline: u8, size: usize) -> Self {
        Self {
            reader,
            size,
            carry: start,
            newline,
            line: 1,
            ended: false,
            skipping: false,
            closing: None,
            last: 0,
        }
    }

    /// The same, where the first byte stands on this line.
    pub(crate) const fn starting_at_line(mut self, line: u64) -> Self {
        self.line = line;
        self
    }

    /// The same, where the last byte but white space must be this one.
    pub(crate) const fn closed_by(mut self, closing: u8) -> Self {
        self.closing = Some(closing);
        self
    }

    /// Lines handed out so far.
    pub(crate) const fn lines(&self) -> u64 {
        self.line - 1
    }

    /// The next piece, in `bytes`.
    ///
    /// # Errors
    /// When the input cannot be read.
    pub(crate) fn next(&mut self, cut: Splitting, bytes: &mut Vec<u8>) -> io::Result<Chunk> {
        if std::mem::take(&mut self.skipping) {
            self.skip_line()?;
        }
        bytes.clear();
        bytes.append(&mut self.carry);
        self.reader.begin(!bytes.is_empty());
        let line = self.line;
        let (mut size, mut waited_for) = (self.size, None);
        loop {
            self.fill(bytes, size)?;
            if bytes.is_empty() {
                return match self.closing {
                    // an array that is not closed is cut short
                    Some(closing) if self.last != closing => {
                        Err(io::ErrorKind::UnexpectedEof.into())
                    }
                    _ => Ok(Chunk::End),
                };
            }
            if self.ended && bytes.last() != Some(&self.newline) {
                bytes.push(self.newline);
            }
            let (mut end, mut open) = last_end(bytes, cut, self.newline, false);
            // a line end of two bytes may follow the longest record
            let over = !self.ended && bytes.len() > LONGEST + 1;
            if let (0, true, Some(quote)) = (end, over, open) {
                let far = quote.at + LONGEST + CLOSES;
                if waited_for.is_none() && cut.quotes_cells() && bytes.len() < far {
                    // whether it is closed goes by the length of its cell, not of the row
                    (waited_for, size) = (Some(quote.at), far);
                    continue;
                }
            }
            let objects = cut == Splitting::Objects && self.ended;
            if end == 0 && (open.is_some() || objects) && (over || self.ended) {
                // what may follow changes nothing any more
                (end, open) = last_end(bytes, cut, self.newline, true);
            }
            if end > LONGEST
                && let Some(first) = first_end(bytes, cut, self.newline)
                && without_newline(&bytes[..first]).len() > LONGEST
            {
                self.carry.extend_from_slice(&bytes[first..]);
                bytes.truncate(first);
                return Ok(self.too_long(bytes, 0));
            }
            if end > 0 {
                self.carry.extend_from_slice(&bytes[end..]);
                bytes.truncate(end);
                break;
            }
            // a quote behind one that was waited for belongs to a row that is too long whatever it is
            let open = open.filter(|quote| waited_for.is_none_or(|at| at == quote.at));
            if let (true, Some(quote)) = (over || self.ended, open) {
                return Ok(self.unclosed(bytes, quote));
            }
            if over {
                self.skipping = true;
                return Ok(self.too_long(bytes, 1));
            }
            size = LONGEST + 2;
        }
        if self.closing.is_some() {
            self.last = bytes.trim_ascii_end().last().copied().unwrap_or(self.last);
        }
        self.line += memchr_iter(self.newline, bytes).count() as u64;
        Ok(Chunk::Records { line })
    }

    /// Of a record that is too long, of which these bytes are known, and so many line ends are not.
    fn too_long(&mut self, bytes: &[u8], more: u64) -> Chunk {
        let line = self.line;
        let lines = memchr_iter(self.newline, bytes).count() as u64 + more;
        self.line += lines;
        Chunk::TooLong {
            line,
            lines,
            start: bytes[..SHOWN].to_vec(),
        }
    }

    /// Of a quote in the next bytes.
    fn unclosed(&self, bytes: &[u8], quote: Quote) -> Chunk {
        let before = memchr_iter(self.newline, &bytes[..quote.at]).count() as u64;
        Chunk::Unclosed {
            line: self.line + before,
            cell: quote.cell + 1,
        }
    }

    /// Reads until there are `size` bytes, or fewer where the input ends or its writer pauses.
    fn fill(&mut self, bytes: &mut Vec<u8>, size: usize) -> io::Result<()> {
        let wanted = size.saturating_sub(bytes.len());
        if wanted > 0 && !self.ended {
            match self.reader.by_ref().take(wanted as u64).read_to_end(bytes) {
                // the writer pauses: what is there may be enough
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                read => self.ended = read? < wanted,
            }
        }
        Ok(())
    }

    /// Reads on to the end of a line without keeping it; the last line of an input ends with that.
    fn skip_line(&mut self) -> io::Result<()> {
        let mut block = Vec::new();
        while !self.ended {
            block.clear();
            self.fill(&mut block, self.size)?;
            if let Some(end) = memchr(self.newline, &block) {
                self.carry.extend_from_slice(&block[end + 1..]);
                break;
            }
        }
        Ok(())
    }
}

impl Splitting {
    /// Whether a quote that opens a cell holds it together until it is closed.
    fn quotes_cells(self) -> bool {
        matches!(self, Self::Table(shape) if shape.delimiter != b'\t')
    }
}

/// Where the first record of `bytes` ends, which has more behind it than it is looked for; none of objects,
/// whose end is where the last one ends.
fn first_end(bytes: &[u8], cut: Splitting, newline: u8) -> Option<usize> {
    match cut {
        Splitting::Table(shape) if memchr(b'"', bytes).is_some() => {
            match extent(bytes, shape, true) {
                Extent::Whole(length) => Some(length),
                Extent::Refused(quote, _) | Extent::Cut(Some(quote)) => {
                    Some(line_end(bytes, quote.at))
                }
                Extent::Cut(None) => None,
            }
        }
        Splitting::Objects => None,
        _ => memchr(newline, bytes).map(|at| at + 1),
    }
}

/// Where the last whole record of `bytes` ends, and the quote that is open behind it. With `whole` no
/// further bytes can change what becomes of that.
fn last_end(bytes: &[u8], cut: Splitting, newline: u8, whole: bool) -> (usize, Option<Quote>) {
    match cut {
        Splitting::Table(shape) if memchr(b'"', bytes).is_some() => {
            last_end_in_quotes(bytes, shape, newline, whole)
        }
        Splitting::Objects if whole => (bytes.len(), None),
        Splitting::Objects => (json_objects::last_end(bytes), None),
        _ => (memrchr(newline, bytes).map_or(0, |at| at + 1), None),
    }
}

/// The same where there are quotes: record by record.
fn last_end_in_quotes(
    bytes: &[u8],
    shape: Shape,
    newline: u8,
    whole: bool,
) -> (usize, Option<Quote>) {
    let (mut end, mut at) = (0, 0);
    while at < bytes.len() {
        at += match extent(&bytes[at..], shape, whole) {
            Extent::Whole(length) => length,
            Extent::Refused(quote, _) => line_end(&bytes[at..], quote.at),
            Extent::Cut(quote) => return (end, quote),
        };
        if bytes[at - 1] == newline {
            end = at;
        }
        if whole && end > 0 {
            break; // only what was waited for
        }
    }
    (end, None)
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Chunk, LONGEST, RecordSplitter, Splitting};
    use crate::input::live::PieceRead;
    use crate::input::quoting::Shape;

    /// Two cells between commas.
    pub(crate) const SHAPE: Shape = Shape {
        delimiter: b',',
        separators: 1,
    };
    const TABLE: Splitting = Splitting::Table(SHAPE);

    /// All pieces of a text and the lines where they start.
    pub(crate) fn pieces(text: &[u8], cut: Splitting, size: usize) -> Vec<(u64, Vec<u8>)> {
        let mut chunks = RecordSplitter::new(text, Vec::new(), b'\n', size);
        let (mut all, mut bytes) = (Vec::new(), Vec::new());
        loop {
            match chunks.next(cut, &mut bytes).expect("memory can be read") {
                Chunk::Records { line } => all.push((line, bytes.clone())),
                Chunk::TooLong { line, .. } => all.push((line, b"too long".to_vec())),
                Chunk::Unclosed { line, cell } => {
                    all.push((line, format!("unclosed {cell}").into_bytes()));
                    return all;
                }
                Chunk::End => return all,
            }
        }
    }

    #[test]
    fn a_record_without_end_is_skipped_or_ends_the_reading() {
        let long = [
            b"a,1\n".to_vec(),
            vec![b'x'; 10 * LONGEST],
            b"\nb,2\n".to_vec(),
        ]
        .concat();
        let all = pieces(&long, TABLE, 1000);
        let expected = [(1, &b"a,1\n"[..]), (2, b"too long"), (3, b"b,2\n")];
        assert_eq!(all, expected.map(|(line, bytes)| (line, bytes.to_vec())));
        let open = [b"a,1\nb,\"".to_vec(), b"x,y,z".repeat(LONGEST)].concat();
        let all = pieces(&open, TABLE, 1000);
        assert_eq!(all.last(), Some(&(2, b"unclosed 2".to_vec())));
    }

    #[test]
    fn a_record_may_be_as_long_as_the_bound_says_and_no_longer() {
        for (cut, end) in [
            (TABLE, "\n"),
            (TABLE, "\r\n"),
            (Splitting::Lines, "\n"),
            (Splitting::Lines, "\r\n"),
        ] {
            for (more, told) in [(0, false), (1, true), (2, true)] {
                for behind in ["", "b,2\n"] {
                    for quote in ["", "\""] {
                        let filled = "x".repeat(LONGEST + more - 2 - 2 * quote.len());
                        let record = format!("a,{quote}{filled}{quote}");
                        assert_eq!(record.len(), LONGEST + more);
                        let text = format!("{record}{end}{behind}");
                        let all = pieces(text.as_bytes(), cut, 1000);
                        let first = (all[0].1 == b"too long", all[0].0);
                        assert_eq!(first, (told, 1), "{cut:?} {end:?} {more} {behind:?}");
                        let rest: Vec<u8> = all.into_iter().flat_map(|(_, piece)| piece).collect();
                        let expected = if told {
                            format!("too long{behind}")
                        } else {
                            text
                        };
                        assert!(
                            rest == expected.as_bytes(),
                            "{cut:?} {end:?} {more} {behind:?}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn a_quoted_cell_is_measured_from_where_it_opens() {
        let filled = "x".repeat(LONGEST - 1000);
        let cell = |length: usize| "y".repeat(length);
        // it is closed behind the bound of the row, and so the row is too long, and no quote is open
        for (quoted, rest) in [(2000, ""), (2000, ",\"z\""), (LONGEST, ""), (LONGEST, ",z")] {
            let text = format!("a,{filled},\"{}\"{rest}\nb,2\n", cell(quoted));
            let all = pieces(text.as_bytes(), TABLE, 1000);
            let expected = [(1, &b"too long"[..]), (2, b"b,2\n")];
            let expected = expected.map(|(line, bytes)| (line, bytes.to_vec()));
            assert_eq!(all, expected, "{quoted} {rest}");
        }
        let text = format!("a,{filled},\"{}\nb,2\n", cell(LONGEST + 10));
        let all = pieces(text.as_bytes(), TABLE, 1000);
        assert_eq!(all, [(1, b"unclosed 3".to_vec())]);
    }

    #[test]
    fn a_record_that_is_too_long_is_told_before_its_end_is_read() {
        struct Endless;
        impl std::io::Read for Endless {
            fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
                buffer.fill(b'x');
                Ok(buffer.len())
            }
        }
        impl PieceRead for Endless {
            fn begin(&mut self, _: bool) {}
        }
        for cut in [TABLE, Splitting::Lines, Splitting::Objects] {
            let mut splitter = RecordSplitter::new(Endless, Vec::new(), b'\n', 1000);
            let first = splitter.next(cut, &mut Vec::new());
            assert!(matches!(
                first,
                Ok(Chunk::TooLong {
                    line: 1,
                    lines: 1,
                    ..
                })
            ));
        }
    }
}
