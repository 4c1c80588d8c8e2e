//! Rows of a table.
//!
//! Nearly every cell is one byte or blank, so a row is split by looking at the byte after each:
//! measured on a million sheets of 88 answers, a third of the time of csv-core. Any row that has
//! something else where an answer stands (quotes, spaces, a mistake) is read again by
//! [`crate::input::quoting`], which knows all that a table may hold.

use crate::input::header::Header;
use crate::input::ledger::Ledger;
use crate::input::quoting::{Extent, Quote, Shape, extent, line_end};
use crate::input::row::{CodeTables, Receiver, Rejection, RowBuffer, WRONG, text_of};
use memchr::{memchr_iter, memchr3};
use rolescope_core::{Pack, QuestionIx, UNANSWERED, allowed, code_of};
use std::fmt::Write as _;

/// A row without what ends it; spaces and tabs at its end are cells.
fn without_newline(row: &[u8]) -> &[u8] {
    let row = row.strip_suffix(b"\n").unwrap_or(row);
    row.strip_suffix(b"\r").unwrap_or(row)
}

/// What a column is to the quick way: its question, and the byte that ends its cell.
#[derive(Clone, Copy, Debug)]
struct CsvColumn {
    question: Option<QuestionIx>,
    /// The table of the question's codes.
    codes: usize,
    end: u8,
    /// Where it is the first of four questions that are all ended by the delimiter: which of
    /// [`CsvReader::fours`] they are.
    four: Option<usize>,
}

/// Questions whose columns stand side by side, and the tables of their codes.
type ColumnGroup = [(QuestionIx, usize); FOUR];

/// Cells that are looked at together, and their bytes where each is one byte.
const FOUR: usize = 4;
const WINDOW: usize = 2 * FOUR;

/// Whether every second byte is the delimiter and no other: four cells of one byte each. With the
/// delimiters turned to 0, the highest bit of each 0 (Mycroft's test, which may see one too many after
/// a true one: such cells are only read one by one).
fn alternate(window: [u8; WINDOW], delimiter: u8) -> bool {
    const ONES: u64 = u64::from_ne_bytes([1; WINDOW]);
    const HIGH: u64 = ONES << 7;
    const SECOND: u64 = u64::from_le_bytes([0, 128, 0, 128, 0, 128, 0, 128]);
    let bytes = u64::from_le_bytes(window) ^ (ONES * u64::from(delimiter));
    bytes.wrapping_sub(ONES) & !bytes & HIGH == SECOND
}

/// A table being read.
#[derive(Clone, Debug)]
pub(crate) struct CsvReader {
    shape: Shape,
    delimiter: u8,
    newline: u8,
    header: Header,
    columns: Vec<CsvColumn>,
    fours: Vec<ColumnGroup>,
    /// Where in a row the quick way finds what is kept; `id` first.
    texts: Vec<usize>,
    codes: CodeTables,
}

impl CsvReader {
    /// A table with this header.
    pub(crate) fn new(shape: Shape, newline: u8, header: Header, pack: &Pack) -> Self {
        let delimiter = shape.delimiter;
        let codes = CodeTables::new(pack);
        let last = header.names.len() - 1;
        let columns = header.questions.iter().enumerate();
        let mut columns: Vec<CsvColumn> = columns
            .map(|(at, &question)| CsvColumn {
                question,
                codes: question.map_or(0, |q| codes.of[q]),
                end: if at == last { newline } else { delimiter },
                four: None,
            })
            .collect();
        let mut fours = Vec::new();
        for at in FOUR..columns.len() {
            let four = &mut columns[at - FOUR..at];
            let questions = four.iter().filter_map(|c| Some((c.question?, c.codes)));
            if let Ok(all) = ColumnGroup::try_from(questions.collect::<Vec<_>>()) {
                four[0].four = Some(fours.len());
                fours.push(all);
            }
        }
        Self {
            shape,
            delimiter,
            newline,
            columns,
            fours,
            texts: header.id.iter().chain(&header.keep).copied().collect(),
            header,
            codes,
        }
    }

    /// Reads whole rows; `line` is that of the first. Returns what is to be counted beside people and
    /// rejected rows.
    pub(crate) fn read(
        &self,
        (input, pack): (&str, &Pack),
        bytes: &[u8],
        mut line: u64,
        row: &mut RowBuffer,
        receiver: &mut impl Receiver,
    ) -> Ledger {
        let mut at = 0;
        let mut ledger = Ledger::default();
        row.clear();
        while let Some(&first) = bytes.get(at) {
            if first <= b' ' || first == self.delimiter {
                if first == b'\n' || first == b'\r' {
                    line += u64::from(first == self.newline);
                    ledger.blank += u64::from(first == self.newline);
                    at += 1;
                    continue;
                }
                if let Some(taken) = self.bare(&bytes[at..]) {
                    let lines = u64::from(bytes[at + taken - 1] == self.newline);
                    ledger.empty += 1;
                    ledger.row(lines);
                    line += lines;
                    at += taken;
                    continue;
                }
            }
            let go_on;
            if let Some(taken) = self.quick(&bytes[at..], line, row) {
                go_on = receiver.person(&row.id, &row.answers, &row.kept);
                line += 1;
                at += taken;
            } else {
                let (whole, next) = self.unusual((input, pack), line, &bytes[at..], row, receiver);
                go_on = next.unwrap_or(true);
                ledger.empty += u64::from(next.is_none());
                let lines = memchr_iter(self.newline, whole).count() as u64;
                ledger.row(lines);
                line += lines;
                at += whole.len();
            }
            if !go_on {
                break;
            }
        }
        ledger
    }

    /// Reads a row of any shape, and gives it to the receiver unless all its cells are empty. Returns
    /// the row, and whether to go on where it was given.
    fn unusual<'r>(
        &self,
        (input, pack): (&'r str, &Pack),
        line: u64,
        rest: &'r [u8],
        row: &mut RowBuffer,
        receiver: &mut impl Receiver,
    ) -> (&'r [u8], Option<bool>) {
        let (quote, behind) = match extent(rest, self.shape, true) {
            Extent::Whole(length) => {
                let whole = &rest[..length];
                row.cells.split(self.shape, whole, self.header.names.len());
                if row.cells.blank() {
                    return (whole, None);
                }
                let go_on = match self.slow((input, pack), line, whole, row) {
                    Ok(()) => receiver.person(&row.id, &row.answers, &row.kept),
                    Err(rejection) => receiver.reject(&rejection),
                };
                return (whole, Some(go_on));
            }
            Extent::Refused(quote, behind) => (quote, behind),
            // a piece ends behind a record, and so in a quote only where that is refused
            Extent::Cut(quote) => (quote.unwrap_or_default(), false),
        };
        let whole = &rest[..line_end(rest, quote.at)];
        let rejection = self.refused(input, line, whole, (quote, behind));
        (whole, Some(receiver.reject(&rejection)))
    }

    /// The bytes of a row that has nothing but delimiters and white space, its line end included.
    fn bare(&self, bytes: &[u8]) -> Option<usize> {
        let bare = |b: &&u8| matches!(**b, b' ' | b'\t') || **b == self.delimiter;
        let end = bytes.iter().take_while(bare).count();
        matches!(bytes.get(end), Some(b'\n' | b'\r')).then(|| line_end(bytes, end))
    }

    /// The rejection of a row for a quote in its last line.
    fn refused<'r>(
        &self,
        input: &'r str,
        line: u64,
        whole: &'r [u8],
        (quote, behind): (Quote, bool),
    ) -> Rejection<'r> {
        let from = without_newline(&whole[quote.at..]);
        let value = from.split(|&b| b == self.delimiter).next();
        let before = memchr_iter(self.newline, &whole[..quote.at]).count();
        let reason = if behind {
            "text stands behind the quote that closes this cell; write two quotes for one within it"
        } else {
            "a quote opens here and is not closed before what looks like other rows (a cell has at most \
             8 line breaks); close it or take it out"
        };
        Rejection {
            input,
            line: line + before as u64,
            column: Some(quote.cell + 1),
            field: self
                .header
                .names
                .get(quote.cell)
                .cloned()
                .unwrap_or_default(),
            value: String::from_utf8_lossy(value.unwrap_or_default()).into_owned(),
            reason: reason.to_owned(),
            row: without_newline(whole),
        }
    }

    /// Splits a row whose answers are single bytes or blank; none of any other, or of one with a
    /// mistake. Returns the bytes taken.
    fn quick(&self, bytes: &[u8], line: u64, row: &mut RowBuffer) -> Option<usize> {
        let codes = row.answers.codes_mut();
        let (mut at, mut place, mut seen) = (0, 0, 0);
        let mut texts = [(0, 0); 8];
        while let Some(column) = self.columns.get(place) {
            let rest = bytes.get(at..)?;
            if let Some(four) = column.four
                && let Some(&window) = rest.first_chunk()
                && alternate(window, self.delimiter)
            {
                for (cell, &(q, table)) in self.fours[four].iter().enumerate() {
                    let code = self.codes.tables[table][usize::from(window[2 * cell])];
                    codes[q] = code;
                    seen |= code;
                }
                place += FOUR;
                at += WINDOW;
                continue;
            }
            if let Some(q) = column.question {
                // branches that the processor guesses right: without any, each cell would wait for
                // the one before it
                let &[cell, next] = rest.first_chunk()?;
                if cell == column.end {
                    codes[q] = UNANSWERED;
                    at += 1;
                } else if next == column.end {
                    let code = self.codes.tables[column.codes][usize::from(cell)];
                    codes[q] = code;
                    seen |= code;
                    at += 2;
                } else {
                    return None;
                }
            } else {
                let length = memchr3(self.delimiter, b'\n', b'\r', rest)?;
                if rest[length] != column.end || rest[0] == b'"' {
                    return None;
                }
                for (text, _) in self.texts.iter().enumerate().filter(|t| *t.1 == place) {
                    *texts.get_mut(text)? = (at, at + length);
                }
                at += length + 1;
            }
            place += 1;
        }
        if seen & WRONG != 0 {
            return None;
        }
        row.id.clear();
        let mut texts = texts.iter().map(|&(from, to)| &bytes[from..to]);
        if self.header.id.is_some() {
            row.id.push_str(text_of(texts.next()?).ok()?);
        }
        if row.id.is_empty() {
            let _ = write!(row.id, "line-{line}");
        }
        for (kept, (text, &column)) in row.kept.iter_mut().zip(texts.zip(&self.header.keep)) {
            if self.columns[column].question.is_some() {
                return None;
            }
            kept.text.clear();
            kept.text.push_str(text_of(text).ok()?);
        }
        Some(at)
    }

    /// Reads a row of any shape from its cells.
    #[expect(clippy::result_large_err, reason = "a rejection is rare")]
    fn slow<'r>(
        &self,
        (input, pack): (&'r str, &Pack),
        line: u64,
        whole: &'r [u8],
        row: &mut RowBuffer,
    ) -> Result<(), Rejection<'r>> {
        let rejection = |column: Option<usize>, value: &[u8], reason: String| Rejection {
            input,
            line,
            column: column.map(|at| at + 1),
            field: column.map_or_else(String::new, |at| self.header.names[at].clone()),
            value: String::from_utf8_lossy(value).into_owned(),
            reason,
            row: without_newline(whole),
        };
        row.clear();
        let (cells, wanted) = (&row.cells, self.header.names.len());
        let count = cells.total();
        if count != wanted {
            let reason = format!("{count} cells where the header has {wanted}");
            return Err(rejection(None, b"", reason));
        }
        for (at, cell) in cells.iter().enumerate() {
            let Some(q) = self.header.questions[at] else {
                continue;
            };
            if cell.trim_ascii().is_empty() {
                continue;
            }
            let question = &pack.questions[q];
            let code = std::str::from_utf8(cell).ok();
            let Some(code) = code.and_then(|text| code_of(question, text)) else {
                let reason = format!("write {}", allowed(question));
                return Err(rejection(Some(at), cell, reason));
            };
            row.answers.codes_mut()[q] = code;
        }
        let text = |at: usize| {
            let cell = cells.get(at);
            text_of(cell).map_err(|reason| rejection(Some(at), cell, reason.to_owned()))
        };
        if let Some(at) = self.header.id {
            row.id.push_str(text(at)?);
        }
        if row.id.is_empty() {
            let _ = write!(row.id, "line-{line}");
        }
        for (kept, &at) in row.kept.iter_mut().zip(&self.header.keep) {
            kept.text.push_str(text(at)?);
        }
        Ok(())
    }
}
