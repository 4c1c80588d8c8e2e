//! A row of CSV that is written into bytes that are there already, so that few words ask for room.

use crate::scoring::role_match::RoleMatch;
use crate::write::digits;
use crate::write::padded_key::PaddedKey;

/// What separates cells.
const COMMA: u8 = b',';
/// Bytes that are added to an output where there is no room left.
const STEP: usize = 512;

/// Cells of a row at the end of an output, each of which ends with a comma.
pub(crate) struct RowRoom<'o> {
    out: &'o mut Vec<u8>,
    /// Where the next cell begins; what stands from here on is no part of the output.
    end: usize,
}

impl<'o> RowRoom<'o> {
    /// No cell yet.
    pub(crate) const fn new(out: &'o mut Vec<u8>) -> Self {
        let end = out.len();
        Self { out, end }
    }

    /// Ends the output behind the last cell, without its comma.
    pub(crate) fn finish(self) {
        self.out.truncate(self.end.saturating_sub(1));
    }

    /// Copies bytes to the end, of which the first so many stay.
    #[inline]
    fn put(&mut self, bytes: &[u8], length: usize) {
        if self.out.len() < self.end + bytes.len() {
            self.grow(bytes.len());
        }
        self.out[self.end..][..bytes.len()].copy_from_slice(bytes);
        self.end += length;
    }

    #[cold]
    fn grow(&mut self, bytes: usize) {
        self.out.resize(self.end + bytes + STEP, 0);
    }

    /// Adds an empty cell.
    #[inline]
    pub(crate) fn empty(&mut self) {
        self.put(&[COMMA], 1);
    }

    /// Adds a cell of bytes that need no quotes.
    pub(crate) fn cell(&mut self, bytes: &[u8]) {
        self.put(bytes, bytes.len());
        self.empty();
    }

    /// Adds a cell of words: the last byte of each separates it from the next.
    #[inline]
    pub(crate) fn words<'w>(&mut self, words: impl Iterator<Item = &'w PaddedKey>) {
        let start = self.end;
        for word in words {
            match word.short() {
                Some(bytes) => self.put(bytes, word.len()),
                None => self.put(word.bytes(), word.len()),
            }
        }
        if self.end > start {
            self.out[self.end - 1] = COMMA;
        } else {
            self.empty();
        }
    }

    /// Adds a cell with a whole number.
    #[inline]
    pub(crate) fn whole(&mut self, number: usize) {
        match digits::short(number) {
            Some(text) => self.short(text),
            None => self.cell(number.to_string().as_bytes()),
        }
    }

    /// Adds a cell with a match.
    #[inline]
    pub(crate) fn matched(&mut self, fit: &RoleMatch) {
        if let Some(text) = digits::matched_short(fit) {
            self.short(text);
        } else {
            let mut text = Vec::new();
            digits::matched(&mut text, fit);
            self.cell(&text);
        }
    }

    /// Adds a cell with a text of so many bytes.
    #[inline]
    fn short(&mut self, (mut text, length): ([u8; digits::SHORT], usize)) {
        text[length] = COMMA;
        self.put(&text, length + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::RowRoom;
    use crate::write::padded_key::PaddedKey;

    #[test]
    fn cells_stand_behind_each_other() {
        let long = "x".repeat(1000);
        let words = [PaddedKey::new("a;"), PaddedKey::new(format!("{long};"))];
        let mut out = b"<".to_vec();
        let mut row = RowRoom::new(&mut out);
        row.words(words.iter());
        row.words([].iter());
        row.words(words[..1].iter());
        for number in [0, 9, 10, 99, 100, 12_345] {
            row.whole(number);
        }
        row.cell(b"open");
        row.empty();
        row.finish();
        let right = format!("<a;{long},,a,0,9,10,99,100,12345,open,");
        assert_eq!(out, right.into_bytes());
    }
}
