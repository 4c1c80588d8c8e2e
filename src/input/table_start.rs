//! The start of a table of text: what stands above its first row, and what divides the cells of that.

use crate::error::{Error, Result};
use crate::input::format::InputFormat;
use crate::input::header::HeaderContext;
use crate::input::ledger::Ledger;
use crate::input::opened::{TextBytes, unclosed};
use crate::input::quoting::{Extent, Shape, extent};
use crate::input::record_splitter::LONGEST;
use crate::input::row_cells::{RowCells, delimiter as delimiter_of};
use crate::input::sample::{self, HEADER_ROWS, SampleRow};
use crate::input::table::without_newline;
use memchr::{memchr, memchr_iter};

/// Most columns of a table: what each takes is kept for the whole run.
pub(crate) const COLUMNS: usize = 1 << 17;
/// Characters that may divide cells, the likeliest last.
const DELIMITERS: [u8; 4] = [b'|', b'\t', b';', b','];

/// What stands above the first row of a table.
pub(crate) struct TableStart {
    /// The delimiter, where the file states it.
    pub delimiter: Option<u8>,
    /// The line of the first row.
    pub line: u64,
    /// Blank lines above it.
    blank: u64,
}

impl TableStart {
    /// Takes it off the text, so that the text begins with the first row.
    pub(crate) fn taken_from(bytes: &mut TextBytes, format: InputFormat, exact: bool) -> Self {
        let mut line = 1;
        let mut stated = (format == InputFormat::Tsv).then_some(b'\t');
        if !exact && let Some((delimiter, length)) = stated_delimiter(&bytes.start) {
            stated = Some(delimiter);
            bytes.start.drain(..length);
            line = 2;
        }
        // blank lines above a table are not among its first rows
        let above = bytes
            .start
            .iter()
            .take_while(|b| b"\r\n".contains(b))
            .count();
        let blank = memchr_iter(bytes.newline, &bytes.start[..above]).count() as u64;
        bytes.start.drain(..above);
        Self {
            delimiter: stated,
            line: line + blank,
            blank,
        }
    }

    /// The first rows, each with its line in the file.
    pub(crate) fn rows(&self, bytes: &TextBytes, shape: Shape, most: usize) -> Vec<SampleRow> {
        let mut rows = sample::of_text(&bytes.start, shape, bytes.newline, bytes.ended, most);
        for row in &mut rows {
            row.line += self.line - 1;
        }
        rows
    }

    /// The lines above the first person, who stands on `next_line` below these rows.
    pub(crate) fn passed(&self, head: &[SampleRow], next_line: u64) -> Ledger {
        // one that a return alone ends, among others that have newlines, is no line of its own
        let empty = head
            .iter()
            .filter(|row| row.is_empty() && row.cells.len() < 2);
        let blank = empty.map(|row| row.lines).sum::<u64>() + self.blank;
        Ledger {
            blank,
            headers: next_line - 1 - blank,
            ..Ledger::default()
        }
    }
}

/// A first line that states the delimiter, as a spreadsheet program writes it; and its length.
fn stated_delimiter(start: &[u8]) -> Option<(u8, usize)> {
    let end = memchr(b'\n', start)?;
    let line = without_newline(&start[..=end]);
    let line = line
        .strip_prefix(b"\"")
        .and_then(|l| l.strip_suffix(b"\""))
        .unwrap_or(line);
    match line {
        [s, e, p, b'=', delimiter] if [s, e, p].map(u8::to_ascii_lowercase) == *b"sep" => {
            Some((*delimiter, end + 1))
        }
        _ => None,
    }
}

/// The delimiter by which a row of the first names most questions, if one does.
pub(crate) fn delimiter(bytes: &TextBytes, context: HeaderContext<'_>) -> Option<u8> {
    if context.options.exact {
        return None;
    }
    let usual = delimiter_of(&bytes.start);
    let most = |delimiter: u8| {
        let shape = Shape {
            delimiter,
            separators: 0,
        };
        let rows = sample::of_text(&bytes.start, shape, bytes.newline, bytes.ended, HEADER_ROWS);
        let counts = rows
            .iter()
            .map(|row| context.questions_in(row.cells.iter().map(String::as_str)));
        counts.max().unwrap_or(0)
    };
    let all = context.index.len();
    if first_names_all(bytes, usual, context) {
        return Some(usual);
    }
    let mut found = DELIMITERS.map(|delimiter| (most(delimiter), delimiter == usual, delimiter));
    found.sort_unstable();
    let (count, _, delimiter) = found[DELIMITERS.len() - 1];
    (count >= context.fewest().min(all).max(1)).then_some(delimiter)
}

/// Whether the first row names every question by its id.
fn first_names_all(bytes: &TextBytes, delimiter: u8, context: HeaderContext<'_>) -> bool {
    let shape = Shape {
        delimiter,
        separators: 0,
    };
    let rows = sample::of_text(&bytes.start, shape, bytes.newline, bytes.ended, 1);
    rows.first().is_some_and(|row| {
        let known = row
            .cells
            .iter()
            .filter(|cell| context.index.exact(cell.trim()).is_some());
        known.count() == context.index.len()
    })
}

/// Holds that the first row ends, and has no more columns than a table may have.
pub(crate) fn bounded((name, first): (&str, u64), bytes: &TextBytes, shape: Shape) -> Result<()> {
    let start = &bytes.start;
    let blank = start.iter().take_while(|b| b"\r\n".contains(b)).count();
    let record = &start[blank..];
    let line = first + memchr_iter(bytes.newline, &start[..blank]).count() as u64;
    let closed;
    let record = if bytes.ended && record.last() != Some(&bytes.newline) {
        closed = [record, &[bytes.newline]].concat();
        &closed[..]
    } else {
        record
    };
    let too_long = || {
        Error::failed(format!(
            "{name}:{line}: the header is over {LONGEST} bytes; a row of names is smaller"
        ))
    };
    let length = match extent(record, shape, bytes.ended || record.len() > LONGEST + 1) {
        Extent::Whole(length) if without_newline(&record[..length]).len() <= LONGEST => length,
        // where it opens in the middle, the row is too long whether it is closed or not
        Extent::Cut(Some(quote)) if !bytes.ended && record.len() - quote.at <= LONGEST => {
            return Err(too_long());
        }
        Extent::Refused(quote, _) | Extent::Cut(Some(quote)) => {
            let before = memchr_iter(bytes.newline, &record[..quote.at]).count() as u64;
            return Err(unclosed(name, line + before, quote.cell + 1));
        }
        Extent::Whole(_) | Extent::Cut(None) => return Err(too_long()),
    };
    let mut cells = RowCells::default();
    cells.split(shape, &record[..length], COLUMNS);
    if cells.total() > COLUMNS {
        return Err(Error::failed(format!(
            "{name}:{line}: {} columns, more than {COLUMNS}; leave out those that are not needed",
            cells.total()
        )));
    }
    Ok(())
}
