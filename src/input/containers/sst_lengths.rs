//! How long each text is that the cells of an XLS share. They stand in one record that goes on in others, at any byte of
//! it, and the letters of one text may have another width from there on.
//!
//! Source: [MS-XLS], Excel Binary File Format, sections 2.4.58, 2.4.265 and 2.5.293.

use crate::input::containers::xls_records::{half, records, word};

/// Types of records.
const END: u16 = 0x000A;
const TEXTS: u16 = 0x00FC;
const CONTINUE: u16 = 0x003C;
/// Records in which one may go on: what reads them takes each from the front of a list of the rest. A file of the
/// largest size has 8,200 of the usual length.
const MOST: usize = 1 << 16;

/// The bytes of each shared text of a stream of records, as they stand in the file. Those behind a mistake are not
/// told: what reads the stream refuses all of it there.
///
/// # Errors
/// When they lie in more records than can be.
pub(super) fn lengths(stream: &[u8]) -> Result<Vec<u32>, String> {
    let mut all = records(stream)
        .take_while(|(kind, _)| *kind != END)
        .peekable();
    let mut found = Vec::new();
    while let Some((kind, data)) = all.next() {
        if kind != TEXTS {
            continue;
        }
        let mut more = Vec::new();
        while let Some((_, data)) = all.next_if(|(kind, _)| *kind == CONTINUE) {
            more.push(data);
        }
        if more.len() > MOST {
            return Err(format!("its shared texts go on in over {MOST} records"));
        }
        // of several the last counts
        found.clear();
        let mut texts = Texts {
            data: data.get(8..).unwrap_or_default(),
            more: more.into_iter(),
        };
        while !texts.data.is_empty() || texts.go_on() {
            let Some(length) = texts.text() else { break };
            found.push(length);
        }
    }
    Ok(found)
}

/// A record of texts being read.
struct Texts<'b> {
    data: &'b [u8],
    more: std::vec::IntoIter<&'b [u8]>,
}

impl<'b> Texts<'b> {
    /// Goes on in the next record, if there is one.
    fn go_on(&mut self) -> bool {
        let next = self.more.next();
        self.data = next.unwrap_or(self.data);
        next.is_some()
    }

    /// So many bytes, which stand in one record.
    fn bytes(&mut self, count: usize) -> Option<&'b [u8]> {
        let (bytes, rest) = self.data.split_at_checked(count)?;
        self.data = rest;
        Some(bytes)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            if self.data.is_empty() && !self.go_on() {
                return None;
            }
            let here = count.min(self.data.len());
            self.bytes(here)?;
            count -= here;
        }
        Some(())
    }

    /// Passes a text; the bytes of its letters.
    fn text(&mut self) -> Option<u32> {
        if self.data.is_empty() {
            return Some(0); // the record it goes on in is empty
        }
        let head = self.bytes(3)?;
        let (mut left, flags) = (usize::from(half(head, 0)), head[2]);
        let (mut runs, mut further) = (0, 0);
        if flags & 8 != 0 {
            runs = usize::from(half(self.bytes(2)?, 0));
        }
        if flags & 4 != 0 {
            further = word(self.bytes(4)?, 0) as usize;
        }
        let (mut wide, mut length) = (flags & 1 != 0, 0);
        while left > 0 {
            let width = 1 + usize::from(wide);
            let here = left.min(self.data.len() / width);
            length += self.bytes(here * width)?.len();
            left -= here;
            if left > 0 {
                if !self.go_on() {
                    return None;
                }
                wide = self.bytes(1)?[0] & 1 != 0;
            }
        }
        self.skip(runs * 4)?;
        self.skip(further)?;
        u32::try_from(length).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::lengths;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).expect("short");
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    fn found(parts: &[&[u8]]) -> Vec<u32> {
        let kinds = std::iter::once(0x00FC).chain(std::iter::repeat(0x003C));
        let all = kinds.zip(parts).map(|(kind, data)| record(kind, data));
        lengths(&all.collect::<Vec<_>>().concat()).expect("few records")
    }

    #[test]
    fn texts_are_told_apart_wherever_their_record_goes_on() {
        let count = [0; 8];
        let with = |texts: &[u8]| [&count[..], texts].concat();
        // narrow, wide, empty
        let plain = with(b"\x02\0\0ab\x02\0\x01a\0b\0\0\0\0");
        assert_eq!(found(&[&plain]), [2, 4, 0]);
        // with formatting of two runs, and with five bytes more
        let rich = with(b"\x01\0\x08\x02\0a12345678\x01\0\x04\x05\0\0\0b12345\x01\0\0c");
        assert_eq!(found(&[&rich]), [1, 1, 1]);
        // cut within a text, which is wide from there on; and between two
        let head = with(b"\x03\0\0a");
        assert_eq!(found(&[&head, b"\x01b\0c\0\x01\0\0d"]), [5, 1]);
        assert_eq!(found(&[&head, b"\0bc", b"\x01\0\0d"]), [3, 1]);
        // cut within formatting
        let head = with(b"\x01\0\x08\x01\0a12");
        assert_eq!(found(&[&head, b"34\x02\0\0bc"]), [1, 2]);
    }

    #[test]
    fn a_mistake_ends_the_texts() {
        let with = |texts: &[u8]| [&[0; 8][..], texts].concat();
        assert_eq!(found(&[&with(b"\x01\0\0a\x09\0\0abc")]), [1]);
        assert_eq!(found(&[&with(b"\x01\0\0a\x01\0")]), [1]);
        assert_eq!(found(&[&with(b"\x01\0\x04\xFF\xFF\xFF\xFFa")]), [0_u32; 0]);
        assert_eq!(found(&[b"123"]), [0_u32; 0]);
        let text = record(0x00FC, &with(b"\x01\0\0a"));
        let many = record(0x003C, &[]).repeat((1 << 16) + 1);
        assert!(lengths(&[text.clone(), many].concat()).is_err_and(|why| why.contains("65536")));
        // behind the end of the workbook's own records nothing is of it
        let behind = [record(0x000A, &[]), text].concat();
        assert_eq!(lengths(&behind), Ok(Vec::new()));
    }
}
