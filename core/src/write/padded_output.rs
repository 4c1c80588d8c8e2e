//! The end of an output that is written into bytes that are there already, so that few words ask for room.

use crate::scoring::role_match::RoleMatch;
use crate::write::digits::{self, ShortText};
use crate::write::padded_key::PaddedKey;
use crate::write::terminal_text::fixed;

/// Bytes that are added to an output where there is no room left.
const STEP: usize = 1024;

/// Text at the end of an output.
pub(crate) struct PaddedOutput<'o> {
    out: &'o mut Vec<u8>,
    /// Where the text ends; what stands from here on is no part of the output.
    end: usize,
}

impl<'o> PaddedOutput<'o> {
    /// Nothing yet.
    pub(crate) const fn new(out: &'o mut Vec<u8>) -> Self {
        let end = out.len();
        Self { out, end }
    }

    /// Ends the output behind the last byte.
    pub(crate) fn finish(self) {
        self.out.truncate(self.end);
    }

    /// Ends the output before the last byte.
    pub(crate) fn finish_before_last(self) {
        self.out.truncate(self.end.saturating_sub(1));
    }

    /// Copies bytes to the end, of which the first so many stay.
    #[inline]
    fn put(&mut self, bytes: &[u8], length: usize) {
        self.room(bytes.len()).copy_from_slice(bytes);
        self.end += length;
    }

    /// So many bytes from the end on.
    #[inline]
    fn room(&mut self, bytes: usize) -> &mut [u8] {
        if self.out.len() < self.end + bytes {
            self.grow(bytes);
        }
        &mut self.out[self.end..][..bytes]
    }

    #[cold]
    fn grow(&mut self, bytes: usize) {
        self.out.resize(self.end + bytes + STEP, 0);
    }

    /// Adds a byte.
    #[inline]
    pub(crate) fn byte(&mut self, byte: u8) {
        self.put(&[byte], 1);
    }

    /// Adds bytes.
    #[inline]
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.put(bytes, bytes.len());
    }

    /// Adds a word.
    #[inline]
    pub(crate) fn key(&mut self, word: &PaddedKey) {
        match word.short() {
            Some(bytes) => self.put(bytes, word.len()),
            None => self.bytes(word.bytes()),
        }
    }

    /// Adds a list of words: `end` stands in place of the last byte of the last one, which separates it from
    /// the next.
    #[inline]
    pub(crate) fn words<'w>(&mut self, words: impl Iterator<Item = &'w PaddedKey>, end: u8) {
        let start = self.end;
        for word in words {
            self.key(word);
        }
        self.end_list(start, end);
    }

    /// Where the text ends.
    pub(crate) const fn end(&self) -> usize {
        self.end
    }

    /// Ends a list that began at a place: `end` stands in place of the last byte, which separates parts of the
    /// list, or behind the place, where there is none.
    #[inline]
    pub(crate) fn end_list(&mut self, start: usize, end: u8) {
        if self.end > start {
            self.out[self.end - 1] = end;
        } else {
            self.byte(end);
        }
    }

    /// Adds a whole number, and a byte behind it.
    #[inline]
    pub(crate) fn whole(&mut self, number: usize, end: u8) {
        self.text(digits::whole_short(number), || number.to_string(), end);
    }

    /// Adds a number with two decimals, and a byte behind it.
    #[inline]
    pub(crate) fn two(&mut self, number: f64, end: u8) {
        self.text(digits::two_short(number), || fixed(number, 2), end);
    }

    /// Adds a number with four decimals, and a byte behind it.
    #[inline]
    pub(crate) fn four(&mut self, number: f64, end: u8) {
        self.text(digits::four_short(number), || fixed(number, 4), end);
    }

    /// Adds a match, and a byte behind it.
    #[inline]
    pub(crate) fn matched(&mut self, fit: &RoleMatch, end: u8) {
        self.text(digits::matched_short(fit), || fixed(fit.matched(), 2), end);
    }

    /// Adds a short text, or what is written where it is not short, and a byte behind it.
    #[inline]
    fn text(&mut self, short: Option<ShortText>, long: impl FnOnce() -> String, end: u8) {
        if let Some((text, length)) = short {
            let text = text.to_le_bytes();
            let room = self.room(text.len() + 1);
            room[..text.len()].copy_from_slice(&text);
            room[length] = end;
            self.end += length + 1;
        } else {
            self.bytes(long().as_bytes());
            self.byte(end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PaddedOutput;
    use crate::write::padded_key::PaddedKey;

    #[test]
    fn what_is_added_stands_behind_each_other() {
        let long = "x".repeat(2000);
        let words = [PaddedKey::new("a;"), PaddedKey::new(format!("{long};"))];
        let mut out = b"<".to_vec();
        let mut row = PaddedOutput::new(&mut out);
        row.words(words.iter(), b',');
        row.words([].iter(), b'|');
        row.words(words[..1].iter(), b',');
        row.key(&words[0]);
        for number in [0, 9, 10, 99, 100, 12_345] {
            row.whole(number, b',');
        }
        for number in [0.0, -0.0001, 1.005, -12.345_67, 99.999_96, -1234.5, 100.0] {
            row.two(number, b' ');
            row.four(number, b',');
        }
        row.bytes(b"open");
        row.byte(b'>');
        row.finish();
        let numbers = "0.00 0.0000,0.00 -0.0001,1.00 1.0050,-12.35 -12.3457,100.00 100.0000,\
                       -1234.50 -1234.5000,100.00 100.0000,";
        let right = format!("<a;{long},|a,a;0,9,10,99,100,12345,{numbers}open>");
        assert_eq!(String::from_utf8(out).expect("text"), right);
    }
}
