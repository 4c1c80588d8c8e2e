//! Texts that the first rows have in the column of a question, each with what it means: what nearly every
//! cell of the other rows says, too.

use crate::input::cells::AnswerForm;
use crate::input::quoting::Shape;
use crate::input::row::WRONG;

/// What is known of the texts of a column.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownTexts(Vec<(Box<[u8]>, u8, AnswerForm)>);

impl KnownTexts {
    /// Most texts that are kept: more are no scale, and each costs time.
    const MOST: usize = 16;

    /// Texts with their codes, the most frequent first; no answer is [`rolescope_core::Answers::UNANSWERED`].
    pub(crate) fn new(texts: impl Iterator<Item = (String, u8, AnswerForm)>) -> Self {
        let texts = texts.take(Self::MOST);
        Self(
            texts
                .map(|(text, code, form)| (text.into_bytes().into(), code, form))
                .collect(),
        )
    }

    #[inline]
    pub(crate) fn get(&self, cell: &[u8]) -> Option<(u8, AnswerForm)> {
        let found = self.0.iter().find(|(text, ..)| **text == *cell);
        found.map(|&(_, code, form)| (code, form))
    }

    /// Texts of one byte that stands for itself, with their codes.
    pub(crate) fn bytes(&self) -> impl Iterator<Item = (u8, u8)> {
        self.0.iter().filter_map(|(text, code, _)| match **text {
            [byte] if is_written(text) => Some((byte, *code)),
            _ => None,
        })
    }
}

/// Bytes of a text that are compared at once: those of most labels.
const WINDOW: usize = size_of::<u128>();

/// The texts of a column as they stand in a row of text: with the quotes around them, and with the byte
/// that ends their cell, so that a cell is known without being told apart first.
#[derive(Clone, Debug)]
pub(crate) struct WrittenTexts(Vec<WrittenText>);

#[derive(Clone, Debug)]
struct WrittenText {
    /// The first bytes, and which bits of a window they fill.
    start: u128,
    filled: u128,
    /// Those behind them.
    behind: Box<[u8]>,
    length: usize,
    code: u8,
}

impl WrittenTexts {
    /// The texts of a column whose cells end so. One that says nothing is left out, as a row may have
    /// nothing else, and one with quotes in it, as they can be written in more than one way.
    pub(crate) fn new(known: &KnownTexts, shape: Shape, end: &[u8]) -> Self {
        let texts = || known.0.iter().filter(|(text, ..)| is_written(text));
        let bare = |text: &[u8]| !text.contains(&shape.delimiter);
        let bare = texts().filter(|(text, ..)| bare(text));
        let bare = bare.map(|(text, code, _)| WrittenText::new(&[text, end], *code));
        let quoted = texts().filter(|(text, ..)| !shape.holds_row(text));
        let quoted =
            quoted.map(|(text, code, _)| WrittenText::new(&[b"\"", text, b"\"", end], *code));
        Self(bare.chain(quoted).collect())
    }

    /// The same where a line may end with a carriage return, too: `codes` are those of each byte that may
    /// stand alone.
    pub(crate) fn or_before_return(&mut self, with_return: Self, codes: &[u8; 256]) {
        let end = b"\r\n";
        let known = (0..=u8::MAX).zip(codes);
        let known = known.filter(|(byte, code)| **code != WRONG && !byte.is_ascii_whitespace());
        self.0
            .extend(known.map(|(byte, code)| WrittenText::new(&[&[byte], end], *code)));
        self.0.extend(with_return.0);
    }

    /// What the cell at the front of these bytes means, and its length with the byte that ends it; none
    /// where that is not known from the first rows, or the bytes end in a moment.
    ///
    /// Apart from whoever reads plain cells, so that the processor's registers are left to these.
    #[inline(never)]
    pub(crate) fn find(&self, rest: &[u8]) -> Option<(u8, usize)> {
        let window = u128::from_le_bytes(*rest.first_chunk::<WINDOW>()?);
        let found = self.0.iter().find(|text| {
            window & text.filled == text.start
                && (text.behind.is_empty() || rest[WINDOW..].starts_with(&text.behind))
        });
        found.map(|text| (text.code, text.length))
    }
}

/// Whether a text says something, and stands in one line without quotes in it.
fn is_written(text: &[u8]) -> bool {
    !text.trim_ascii().is_empty() && !text.iter().any(|b| b"\"\r\n".contains(b))
}

impl WrittenText {
    fn new(parts: &[&[u8]], code: u8) -> Self {
        let bytes = parts.concat();
        let (mut start, mut filled) = ([0; WINDOW], [0; WINDOW]);
        for (at, &byte) in bytes.iter().take(WINDOW).enumerate() {
            (start[at], filled[at]) = (byte, u8::MAX);
        }
        Self {
            start: u128::from_le_bytes(start),
            filled: u128::from_le_bytes(filled),
            behind: bytes.get(WINDOW..).unwrap_or_default().into(),
            length: bytes.len(),
            code,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{KnownTexts, WrittenTexts};
    use crate::input::cells::AnswerForm;
    use crate::input::quoting::Shape;

    const SHAPE: Shape = Shape {
        delimiter: b',',
        separators: 20,
    };

    fn written(texts: &[&str]) -> WrittenTexts {
        let known = (1..).zip(texts);
        let known = known.map(|(code, text)| ((*text).to_owned(), code, AnswerForm::Text));
        WrittenTexts::new(&KnownTexts::new(known), SHAPE, b",")
    }

    #[test]
    fn a_text_is_known_as_it_stands_in_a_row() {
        let texts = written(&[
            "Like",
            "Strongly like it",
            "Strongly like it all",
            "2, 4, 3",
            "Likely",
        ]);
        let padding = "0123456789abcdef";
        for (cell, code) in [
            ("Like,", Some(1)),
            ("\"Like\",", Some(1)),
            ("Likely,", Some(5)),
            ("Strongly like it,", Some(2)),
            ("Strongly like it all,", Some(3)),
            ("\"Strongly like it all\",", Some(3)),
            ("\"2, 4, 3\",", Some(4)),
            ("2, 4, 3,", None),
            ("like,", None),
            ("Like", None),
            ("Like ,", None),
            ("\"Like,", None),
            ("\"Like\" ,", None),
            ("\"\"Like\"\",", None),
            (",", None),
        ] {
            let found = texts.find(format!("{cell}{padding}").as_bytes());
            assert_eq!(found, code.map(|code| (code, cell.len())), "{cell}");
        }
        // whoever reads every row is asked near the end
        assert_eq!(texts.find(b"Like,"), None);
    }

    #[test]
    fn what_can_be_taken_for_something_else_is_not_known() {
        let row = ["x"; 21].join(",");
        let texts = written(&["", " ", "\t", "5\" pipe", "two\nlines", "cr\r", &row]);
        let padding = "0123456789abcdef";
        for cell in [
            ",",
            " ,",
            "\"\",",
            "\" \",",
            "\t,",
            "5\" pipe,",
            "\"5\" pipe\",",
            "\"two\nlines\",",
            "cr\r,",
            &format!("\"{row}\","),
        ] {
            let found = texts.find(format!("{cell}{padding}").as_bytes());
            assert_eq!(found, None, "{cell:?}");
        }
    }
}
