//! The cells of a row of any shape.

use crate::input::quoting::{Shape, cells};
use memchr::memchr;

/// What separates the cells of a table that starts like this.
pub(crate) fn delimiter(start: &[u8]) -> u8 {
    let header = start.split(|&b| b == b'\n').next().unwrap_or(start);
    let count = |d: u8| header.split(|&b| b == d).count();
    b",;\t"
        .iter()
        .copied()
        .rev()
        .max_by_key(|&d| count(d))
        .unwrap_or(b',')
}

/// The cells of one row, unquoted.
#[derive(Debug, Default)]
pub(crate) struct RowCells {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    count: usize,
    /// Cells beyond those that were wanted, which are only counted.
    more: usize,
}

impl RowCells {
    /// Takes the cells of a record that was told apart; of more than `most` the others are only
    /// counted.
    pub(crate) fn split(&mut self, shape: Shape, record: &[u8], most: usize) {
        self.bytes.clear();
        self.ends.clear();
        (self.count, self.more) = (0, 0);
        cells(record, shape, |cell, quoted| {
            if self.count == most {
                self.more += 1;
                return;
            }
            let mut rest = cell;
            while quoted && let Some(at) = memchr(b'"', rest) {
                self.bytes.extend_from_slice(&rest[..=at]);
                rest = rest.get(at + 2..).unwrap_or_default();
            }
            self.bytes.extend_from_slice(rest);
            self.ends.push(self.bytes.len());
            self.count += 1;
        });
    }

    /// Whether nothing but white space is in any.
    pub(crate) fn blank(&self) -> bool {
        self.more == 0
            && self.bytes[..self.ends.last().copied().unwrap_or(0)]
                .trim_ascii()
                .is_empty()
    }

    /// How many there are.
    pub(crate) fn total(&self) -> usize {
        self.count + self.more
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.count).map(|at| self.get(at))
    }

    pub(crate) fn get(&self, at: usize) -> &[u8] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.bytes[start..self.ends[at]]
    }

    /// The cells as texts.
    pub(crate) fn texts(&self) -> Vec<String> {
        let lossy = |cell: &[u8]| String::from_utf8_lossy(cell).into_owned();
        // looked at as a whole first: nearly all are texts
        let text = |cell| std::str::from_utf8(cell).map_or_else(|_| lossy(cell), str::to_owned);
        self.iter().map(text).collect()
    }

    /// The cells as names of columns.
    pub(crate) fn names(&self) -> Vec<String> {
        self.iter()
            .map(|cell| String::from_utf8_lossy(cell).trim().to_owned())
            .collect()
    }
}
