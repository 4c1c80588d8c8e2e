//! Words that stand in nearly every row, copied at one go.

/// Bytes that are copied whatever the length of a word: a copy of a fixed size is a few instructions
/// and no call.
const COPIED: usize = 48;

/// A word to be written many times.
#[derive(Clone, Debug)]
pub(crate) struct PaddedKey {
    /// The word, filled up to [`COPIED`] bytes where it is shorter.
    bytes: Vec<u8>,
    length: usize,
}

impl PaddedKey {
    /// This word.
    pub(crate) fn new(text: impl Into<Vec<u8>>) -> Self {
        let mut bytes = text.into();
        let length = bytes.len();
        bytes.resize(length.max(COPIED), 0);
        Self { bytes, length }
    }

    /// Adds it to the output.
    #[inline]
    pub(crate) fn add(&self, out: &mut Vec<u8>) {
        let end = out.len() + self.length;
        match self.bytes.first_chunk::<COPIED>() {
            Some(bytes) if self.length <= COPIED => {
                out.extend_from_slice(bytes);
                out.truncate(end);
            }
            _ => out.extend_from_slice(&self.bytes),
        }
    }
}

/// Adds words; the last byte of the last one, which separates it from the next, is taken away.
#[inline]
pub(crate) fn list<'w>(out: &mut Vec<u8>, words: impl Iterator<Item = &'w PaddedKey>) {
    let start = out.len();
    for word in words {
        word.add(out);
    }
    if out.len() > start {
        out.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::{PaddedKey, list};

    #[test]
    fn words_are_written_as_they_are() {
        let long = "x".repeat(100);
        let words = [PaddedKey::new("a;"), PaddedKey::new(format!("{long};"))];
        let mut out = b"<".to_vec();
        list(&mut out, words.iter());
        assert_eq!(out, format!("<a;{long}").into_bytes());
        list(&mut out, [].iter());
        assert_eq!(out.len(), 103);
    }
}
