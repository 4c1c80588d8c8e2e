//! Words that stand in nearly every row, copied at one go.

/// Bytes that are copied whatever the length of a word: a copy of a fixed size is a few instructions
/// and no call.
const COPIED: usize = 48;

/// A word to be written many times.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PaddedKey {
    /// Its first bytes, filled up to [`COPIED`] where it is shorter.
    start: [u8; COPIED],
    /// All of it, where it is longer; else empty.
    long: Box<[u8]>,
    length: usize,
}

impl PaddedKey {
    /// This word.
    pub(crate) fn new(text: impl Into<Vec<u8>>) -> Self {
        let bytes = text.into();
        let length = bytes.len();
        let mut start = [0; COPIED];
        for (filled, byte) in start.iter_mut().zip(&bytes) {
            *filled = *byte;
        }
        let long = if length > COPIED { bytes } else { Vec::new() };
        Self {
            start,
            long: long.into(),
            length,
        }
    }

    /// How many bytes it has.
    pub(crate) const fn len(&self) -> usize {
        self.length
    }

    /// Its bytes, filled up, where these are not too many to be copied at one go.
    #[inline]
    pub(crate) fn short(&self) -> Option<&[u8; COPIED]> {
        (self.length <= COPIED).then_some(&self.start)
    }

    /// Its bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.start.get(..self.length).unwrap_or(&self.long)
    }
}

#[cfg(test)]
mod tests {
    use super::{COPIED, PaddedKey};

    #[test]
    fn words_are_kept_as_they_are() {
        for length in [0, 1, COPIED - 1, COPIED, COPIED + 1, 100] {
            let text = "x".repeat(length);
            let word = PaddedKey::new(text.clone());
            assert_eq!(word.bytes(), text.as_bytes());
            assert_eq!(word.len(), length);
            assert_eq!(word.short().is_some(), length <= COPIED);
        }
    }
}
