//! Text as UTF-8, whatever it was written in. An encoding is told by its mark or by the person who
//! has the file, and never guessed: a likely one is only offered.

use crate::error::{Error, Result};
use encoding_rs::{
    Decoder, DecoderResult, Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251,
    WINDOWS_1252,
};
use rolescope_core::text::nearest;
use std::io::{self, Read};

/// Bytes decoded at a time.
const BLOCK: usize = 16 << 10;

/// The encoding of a name.
///
/// # Errors
/// When there is none of that name.
pub(crate) fn named(name: &str) -> Result<&'static Encoding> {
    Encoding::for_label(name.trim().as_bytes()).ok_or_else(|| {
        let names = [
            "utf-8",
            "utf-16le",
            "utf-16be",
            "windows-1252",
            "iso-8859-1",
            "iso-8859-15",
            "macintosh",
            "windows-1250",
            "windows-1251",
            "shift_jis",
            "gb18030",
            "big5",
            "euc-kr",
            "koi8-r",
        ];
        let near = nearest(&name.to_lowercase(), names).map_or_else(
            || format!("names are {}", names.join(", ")),
            |near| format!("did you mean {near}?"),
        );
        Error::Usage(format!("no encoding {name:?}; {near}"))
    })
}

/// What a text is written in, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// UTF-8, with so many bytes of a mark.
    Utf8(usize),
    /// UTF-16 by its mark, or what a person named.
    Other(&'static Encoding),
    /// UTF-16 without a mark, by its zeros.
    Unmarked(&'static Encoding),
}

/// What a text is written in.
pub(crate) fn written(start: &[u8], asked: Option<&'static Encoding>) -> Written {
    match (start, asked) {
        ([0xEF, 0xBB, 0xBF, ..], _) => Written::Utf8(3),
        ([0xFF, 0xFE, ..], _) => Written::Other(UTF_16LE),
        ([0xFE, 0xFF, ..], _) => Written::Other(UTF_16BE),
        (_, Some(encoding)) if encoding == UTF_8 => Written::Utf8(0),
        (_, Some(encoding)) => Written::Other(encoding),
        // every other byte of a header is 0
        ([0, 1..=255, 0, 1..=255, ..], None) => Written::Unmarked(UTF_16BE),
        ([1..=255, 0, 1..=255, 0, ..], None) => Written::Unmarked(UTF_16LE),
        _ => Written::Utf8(0),
    }
}

/// The encoding that bytes which are no UTF-8 are likely to be in.
pub(crate) fn likely(bytes: &[u8]) -> &'static Encoding {
    let high: Vec<u8> = bytes.iter().copied().filter(|b| *b >= 0x80).collect();
    let letters = high.iter().filter(|b| **b >= 0xC0).count();
    // Cyrillic words are letters above ASCII side by side
    let pairs = bytes
        .windows(3)
        .filter(|w| w.iter().all(|b| *b >= 0xC0))
        .count();
    let marks = |b: &u8| {
        matches!(
            b,
            0x80 | 0x82 | 0x84 | 0x85 | 0x91..=0x97 | 0xA0 | 0xAB | 0xBB
        )
    };
    let old_letters = high.iter().filter(|b| **b < 0xA0 && !marks(b)).count();
    if pairs * 3 > high.len() {
        WINDOWS_1251
    } else if old_letters > letters {
        MACINTOSH
    } else {
        WINDOWS_1252
    }
}

/// Refuses text that is no UTF-8, and offers the likely encoding. `whole` says that nothing follows.
pub(crate) fn check(name: &str, start: &[u8], whole: bool) -> Result<()> {
    let Err(wrong) = std::str::from_utf8(start) else {
        return Ok(());
    };
    if wrong.error_len().is_none() && !whole {
        return Ok(()); // a character that goes on behind the bytes at hand
    }
    let at = wrong.valid_up_to();
    let line = 1 + memchr::memchr_iter(b'\n', &start[..at]).count();
    let from = start[..at]
        .iter()
        .rposition(|b| !b.is_ascii_alphanumeric())
        .map_or(0, |p| p + 1);
    let until = start[at..]
        .iter()
        .position(|b| b.is_ascii_punctuation() || b.is_ascii_whitespace());
    let word = &start[from.max(at.saturating_sub(20))..at + until.unwrap_or(1).clamp(1, 20)];
    let encoding = likely(start);
    let (seen, _) = encoding.decode_without_bom_handling(word);
    let label = encoding.name().to_lowercase();
    Err(Error::failed(format!(
        "{name}:{line}: this is not UTF-8 text (a byte {:#04x}); if it is {label}, this reads {seen:?}: say \
         --encoding {label}, or save the file as \"CSV UTF-8\"",
        start[at]
    )))
}

/// A text being decoded.
pub(crate) struct DecodingReader<R> {
    source: R,
    decoder: Decoder,
    /// Bytes that wait for the decoder.
    waiting: Vec<u8>,
    /// Text that waits to be read, from this place on.
    text: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: Read> DecodingReader<R> {
    /// The text of bytes in an encoding; its mark is taken off.
    pub(crate) fn new(source: R, encoding: &'static Encoding) -> Self {
        Self {
            source,
            decoder: encoding.new_decoder_with_bom_removal(),
            waiting: Vec::new(),
            text: Vec::new(),
            at: 0,
            ended: false,
        }
    }

    /// Where the bytes come from.
    pub(crate) const fn source(&mut self) -> &mut R {
        &mut self.source
    }

    fn fill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.at = 0;
        while self.text.is_empty() && !self.ended {
            let before = self.waiting.len();
            self.waiting.resize(before + BLOCK, 0);
            let read = self.source.read(&mut self.waiting[before..]);
            self.waiting.truncate(before + *read.as_ref().unwrap_or(&0));
            let last = read? == 0;
            let mut text = vec![0; 4 * BLOCK];
            let mut from = 0;
            loop {
                let (result, taken, wrote) = self.decoder.decode_to_utf8_without_replacement(
                    &self.waiting[from..],
                    &mut text,
                    last,
                );
                from += taken;
                self.text.extend_from_slice(&text[..wrote]);
                match result {
                    DecoderResult::InputEmpty => break,
                    DecoderResult::OutputFull => {}
                    DecoderResult::Malformed(..) => {
                        let name = self.decoder.encoding().name();
                        return Err(io::Error::other(format!(
                            "it is not in the encoding {}; give another by --encoding",
                            name.to_lowercase()
                        )));
                    }
                }
            }
            self.waiting.drain(..from);
            self.ended = last;
        }
        Ok(())
    }
}

impl<R: Read> Read for DecodingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.text.len() {
            self.fill()?;
        }
        let some = buffer.len().min(self.text.len() - self.at);
        buffer[..some].copy_from_slice(&self.text[self.at..self.at + some]);
        self.at += some;
        Ok(some)
    }
}

/// Bytes that a text would be in an encoding; a test writes files with it.
#[cfg(test)]
pub(crate) fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let mut encoder = encoding.new_encoder();
    let mut bytes = vec![0; 4 * text.len() + 16];
    let (result, _, wrote, _) = encoder.encode_from_utf8(text, &mut bytes, true);
    assert_eq!(result, encoding_rs::CoderResult::InputEmpty);
    bytes.truncate(wrote);
    bytes
}

#[cfg(test)]
mod tests {
    use super::{DecodingReader, Written, check, encoded, named, written};
    use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
    use std::io::Read as _;

    #[test]
    fn text_of_any_encoding_comes_out_as_it_was() {
        let text = "id,h\u{E9}lping\n\u{101}\u{1F600},4\n".repeat(9000);
        let mut utf16 = vec![0xFF, 0xFE];
        utf16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        for piece in [1, 7, 1 << 20] {
            let pieces = Pieces(&utf16, piece);
            let mut found = String::new();
            let mut reader = DecodingReader::new(pieces, UTF_16LE);
            reader.read_to_string(&mut found).expect("decoded");
            assert!(found == text, "in pieces of {piece}");
        }
        let bytes = encoded("Jos\u{E9}", WINDOWS_1252);
        assert_eq!(bytes, b"Jos\xE9");
        let mut odd = DecodingReader::new(&b"\0a\0"[..], UTF_16BE);
        assert!(odd.read_to_end(&mut Vec::new()).is_err());
    }

    struct Pieces<'a>(&'a [u8], usize);

    impl std::io::Read for Pieces<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let some = self.1.min(buffer.len()).min(self.0.len());
            buffer[..some].copy_from_slice(&self.0[..some]);
            self.0 = &self.0[some..];
            Ok(some)
        }
    }

    #[test]
    fn an_encoding_that_nobody_named_is_only_offered() {
        let said = check("c.csv", b"id,name\na,Jos\xE9,4\n", true)
            .expect_err("no UTF-8")
            .to_string();
        assert!(said.starts_with("c.csv:2: "), "{said}");
        assert!(
            said.contains("--encoding windows-1252") && said.contains("\"Jos\u{E9}\""),
            "{said}"
        );
        let said = check("c.csv", b"Ren\x8E,Zo\x91", true)
            .expect_err("no UTF-8")
            .to_string();
        assert!(said.contains("--encoding macintosh"), "{said}");
        assert!(check("c.csv", b"abc\xC3", false).is_ok());
        assert!(check("c.csv", b"abc\xC3", true).is_err());
        assert_eq!(written(b"\xFF\xFEi\0", None), Written::Other(UTF_16LE));
        assert_eq!(written(b"i\0d\0", None), Written::Unmarked(UTF_16LE));
        assert_eq!(written(b"i\0d\0", Some(UTF_16LE)), Written::Other(UTF_16LE));
        assert!(named("latin1").is_ok() && named("windows1252x").is_err());
    }
}
