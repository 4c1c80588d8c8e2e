//! The first rows of a table, by which it is settled how all are read.

use crate::input::containers::framed::{self, FramedRow};
use crate::input::quoting::{Extent, Shape, extent, line_end};
use crate::input::row_cells::RowCells;
use memchr::memchr_iter;

/// Rows that are looked at.
pub(crate) const ROWS: usize = 1000;
/// Bytes that are looked at.
pub(crate) const BYTES: usize = 1 << 20;
/// Rows among which the header is.
pub(crate) const HEADER_ROWS: usize = 20;
/// Columns that are looked at.
const COLUMNS: usize = 1 << 17;

/// A row of a table, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SampleRow {
    /// Its first line, or its number in a sheet, from 1.
    pub line: u64,
    /// Its lines.
    pub lines: u64,
    /// Where it ends, in bytes.
    pub end: usize,
    /// Its cells.
    pub cells: Vec<String>,
}

impl SampleRow {
    /// Whether nothing stands in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// Rows of a text with delimiters. With `ended` nothing follows the bytes. Rows that are refused for a
/// quote are left out.
pub(crate) fn of_text(
    bytes: &[u8],
    shape: Shape,
    newline: u8,
    ended: bool,
    most: usize,
) -> Vec<SampleRow> {
    let (mut rows, mut at, mut line) = (Vec::new(), 0, 1);
    let mut cells = RowCells::default();
    let closed;
    let bytes = if ended && bytes.last().is_some_and(|b| *b != newline) {
        closed = [bytes, &[newline]].concat();
        &closed[..]
    } else {
        bytes
    };
    while at < bytes.len() && rows.len() < most {
        let rest = &bytes[at..];
        let (length, whole) = match extent(rest, shape, ended) {
            Extent::Whole(length) => (length, true),
            Extent::Refused(quote, _) => (line_end(rest, quote.at), false),
            Extent::Cut(_) => break,
        };
        let record = &rest[..length];
        let lines = memchr_iter(newline, record).count() as u64;
        at += length;
        if whole {
            cells.split(shape, record, COLUMNS);
            rows.push(SampleRow {
                line,
                lines,
                end: at,
                cells: cells.texts(),
            });
        }
        line += lines;
    }
    rows
}

/// Rows of a sheet.
pub(crate) fn of_framed(bytes: &[u8], most: usize) -> Vec<SampleRow> {
    let mut rows = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(length) = memchr::memchr(b'\n', &bytes[at..]) {
        if rows.len() == most {
            break;
        }
        let mut row = Vec::new();
        if let FramedRow::Cells(text, _) = FramedRow::of(&bytes[at..at + length]) {
            framed::cells(text, |cell, _| {
                row.push(String::from_utf8_lossy(cell).into_owned());
            });
        }
        at += length + 1;
        rows.push(SampleRow {
            line,
            lines: 1,
            end: at,
            cells: row,
        });
        line += 1;
    }
    rows
}
