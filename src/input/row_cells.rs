//! The cells of a row of any shape.

use crate::input::quoting::{Shape, cells};
use csv_core::{ReadRecordResult, Reader};
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
    /// What reads a row, and the delimiter it was made for: making one costs as much as a row, and a
    /// copy of one reads nothing rightly (csv-core 0.1.13).
    reader: Option<(u8, Reader)>,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    count: usize,
    /// Cells beyond those that were wanted, which are only counted.
    more: usize,
}

impl RowCells {
    /// Reads one row of `most` cells from the front of `text`; returns the bytes taken, none at the
    /// end.
    pub(crate) fn read(&mut self, delimiter: u8, text: &[u8], most: usize) -> Option<usize> {
        let made = self.reader.take_if(|(d, _)| *d == delimiter);
        let (_, reader) = self.reader.insert(made.unwrap_or_else(|| {
            let mut builder = csv_core::ReaderBuilder::new();
            (delimiter, builder.delimiter(delimiter).build())
        }));
        reader.reset();
        let (mut taken, mut length) = (0, 0);
        (self.count, self.more) = (0, 0);
        loop {
            let (result, read, wrote, ended) = reader.read_record(
                &text[taken..],
                &mut self.bytes[length..],
                &mut self.ends[self.count..],
            );
            taken += read;
            length += wrote;
            self.count += ended;
            match result {
                // the next call is given nothing more, which ends the row
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.bytes.resize(2 * self.bytes.len() + 4096, 0),
                ReadRecordResult::OutputEndsFull if self.ends.len() > most => {
                    self.more += self.count - most;
                    self.count = most;
                }
                ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len() + 128, 0),
                ReadRecordResult::Record => return Some(taken),
                ReadRecordResult::End => return None,
            }
        }
    }

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
        let texts = self
            .iter()
            .map(|cell| String::from_utf8_lossy(cell).into_owned());
        texts.collect()
    }

    /// The cells as names of columns.
    pub(crate) fn names(&self) -> Vec<String> {
        self.iter()
            .map(|cell| String::from_utf8_lossy(cell).trim().to_owned())
            .collect()
    }
}
