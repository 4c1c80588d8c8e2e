//! Texts that the first rows have in the column of a question, each with what it means: what nearly every
//! cell of the other rows says, too.

use crate::input::cells::AnswerForm;
use crate::input::code_tables::WRONG;
use crate::input::quoting::Shape;
use rolescope_core::Answers;

/// What is known of the texts of a column.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownTexts(Vec<(Box<[u8]>, u8, AnswerForm)>);

impl KnownTexts {
    /// Most texts that are kept: more are no scale, and each costs time.
    const MOST: usize = 16;

    /// Texts with their codes, the most frequent first; no answer is [`Answers::UNANSWERED`].
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

    /// Whether any has more than one byte.
    pub(crate) fn has_words(&self) -> bool {
        self.0.iter().any(|(text, ..)| text.len() > 1)
    }

    /// Texts of one byte that stands for itself, with their codes.
    pub(crate) fn bytes(&self) -> impl Iterator<Item = (u8, u8)> {
        self.0.iter().filter_map(|(text, code, _)| match **text {
            [byte] if is_written(text) => Some((byte, *code)),
            _ => None,
        })
    }
}

/// Bytes of a cell that are looked at together: those of most labels.
const WINDOW: usize = size_of::<u128>();
/// Places that texts are found at, by what is made of their first bytes.
const SLOTS: usize = 32;
/// A place without a text.
const NONE: u8 = u8::MAX;

/// The texts of a column as they stand in a row of text: with the quotes around them, and with the byte
/// that ends their cell, so that a cell is known without being told apart first.
///
/// Which text stands there does not follow from the cell before, and a processor that guesses loses more
/// than a comparison takes. So the first bytes lead to the only text that it can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WrittenTexts {
    texts: Vec<WrittenText>,
    /// The byte that ends a cell.
    end: u8,
    /// By what the first bytes are multiplied.
    factor: u64,
    slots: [u8; SLOTS],
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct WrittenText {
    /// The first bytes, up to the first that ends a cell: a delimiter may stand within quotes.
    start: u128,
    /// How many these are.
    length: usize,
    /// Those behind them.
    behind: Box<[u8]>,
    code: u8,
}

impl WrittenTexts {
    /// The texts of a column whose cells end so, and quotes with nothing within where it has any. A text of
    /// white space is left out, and one with quotes in it, as they can be written in more than one way.
    pub(crate) fn new(known: &KnownTexts, shape: Shape, end: u8) -> Self {
        Self::placed(written(known, shape, &[end], end), end)
    }

    /// The texts of a last column: before its newline a carriage return may stand, too. `codes` are those
    /// of each byte that may stand alone.
    pub(crate) fn of_last(known: &KnownTexts, shape: Shape, codes: &[u8; 256]) -> Self {
        let (end, both) = (b'\n', b"\r\n");
        let mut texts = written(known, shape, &[end], end);
        texts.extend(written(known, shape, both, end));
        let bytes = (0..=u8::MAX).zip(codes);
        let bytes = bytes.filter(|(byte, code)| **code != WRONG && !byte.is_ascii_whitespace());
        texts.extend(bytes.map(|(byte, code)| WrittenText::new(&[&[byte], both], end, *code)));
        Self::placed(texts, end)
    }

    /// Gives each text a place; where two would have the same, one is found by looking at all.
    fn placed(mut texts: Vec<WrittenText>, end: u8) -> Self {
        texts.sort_unstable();
        texts.dedup();
        texts.truncate(usize::from(NONE));
        let mut best = (usize::MAX, 1, [NONE; SLOTS]);
        let mut factor = 1_u64;
        for _ in 0..64 {
            // the next of a sequence without a pattern (Knuth)
            factor = factor
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let (mut slots, mut lost) = ([NONE; SLOTS], 0);
            for (at, text) in (0..NONE).zip(&texts) {
                match &mut slots[slot(text.start, factor | 1)] {
                    free @ &mut NONE => *free = at,
                    _ => lost += 1,
                }
            }
            if lost < best.0 {
                best = (lost, factor | 1, slots);
            }
            if lost == 0 {
                break;
            }
        }
        let (_, factor, slots) = best;
        Self {
            texts,
            end,
            factor,
            slots,
        }
    }

    /// What the cell at the front of these bytes means, and its length with the byte that ends it; none
    /// where that is not known from the first rows, or the bytes end in a moment.
    #[inline(always)]
    pub(crate) fn find(&self, rest: &[u8]) -> Option<(u8, usize)> {
        let window = u128::from_le_bytes(*rest.first_chunk()?);
        let filled = to_end(window, self.end);
        let start = window & filled;
        let is_here = |text: &&WrittenText| {
            text.start == start
                && (text.behind.is_empty() || rest[text.length..].starts_with(&text.behind))
        };
        let slot = self.slots[slot(start, self.factor)];
        let found = self.texts.get(usize::from(slot)).filter(is_here);
        let found = found.or_else(|| self.texts.iter().find(is_here))?;
        if found.behind.is_empty() {
            // told by the bytes alone: the next cell need not wait for what was found
            return Some((found.code, filled.trailing_ones() as usize / 8));
        }
        Some((found.code, found.length + found.behind.len()))
    }
}

/// The bits of a window's bytes up to the first of this value, which is with them: all where there is none.
const fn to_end(window: u128, end: u8) -> u128 {
    const ONES: u128 = u128::from_le_bytes([1; WINDOW]);
    // the highest bit of each 0 (Mycroft's test, exact up to the first)
    let bytes = window ^ (ONES * end as u128);
    let ends = bytes.wrapping_sub(ONES) & !bytes & (ONES << 7);
    let first = ends & ends.wrapping_neg();
    (first << 1).wrapping_sub(1)
}

/// The place of a text that starts so.
#[expect(
    clippy::cast_possible_truncation,
    reason = "halves of a window, and five bits"
)]
const fn slot(start: u128, factor: u64) -> usize {
    let (low, high) = (start as u64, (start >> 64) as u64);
    let mixed = (low ^ high.rotate_left(29)).wrapping_mul(factor);
    (mixed >> (u64::BITS - SLOTS.ilog2())) as usize
}

/// The texts of a column, bare and in quotes, with what stands behind each.
fn written(known: &KnownTexts, shape: Shape, behind: &[u8], end: u8) -> Vec<WrittenText> {
    let mut all = Vec::new();
    if !known.0.is_empty() {
        all.push(WrittenText::new(
            &[b"\"\"", behind],
            end,
            Answers::UNANSWERED,
        ));
    }
    for (text, code, _) in known.0.iter().filter(|(text, ..)| is_written(text)) {
        if !text.contains(&shape.delimiter) {
            all.push(WrittenText::new(&[text, behind], end, *code));
        }
        if !shape.holds_row(text) {
            all.push(WrittenText::new(&[b"\"", text, b"\"", behind], end, *code));
        }
    }
    all
}

/// Whether a text says something, and stands in one line without quotes in it.
fn is_written(text: &[u8]) -> bool {
    !text.trim_ascii().is_empty() && !text.iter().any(|b| b"\"\r\n".contains(b))
}

impl WrittenText {
    /// These bytes, of which the last ends the cell.
    fn new(parts: &[&[u8]], end: u8, code: u8) -> Self {
        let bytes = parts.concat();
        let mut window = [0; WINDOW];
        for (filled, byte) in window.iter_mut().zip(&bytes) {
            *filled = *byte;
        }
        let first = bytes.iter().take(WINDOW).position(|b| *b == end);
        let length = first.map_or(WINDOW, |first| first + 1);
        let window = u128::from_le_bytes(window);
        Self {
            start: window & to_end(window, end),
            length,
            behind: bytes[length..].into(),
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
        WrittenTexts::new(&KnownTexts::new(known), SHAPE, b',')
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
            ("\"\",", Some(0)),
            (",", None),
        ] {
            let found = texts.find(format!("{cell}{padding}").as_bytes());
            assert_eq!(found, code.map(|code| (code, cell.len())), "{cell}");
        }
        // whoever reads every row is asked near the end
        assert_eq!(texts.find(b"Like,"), None);
    }

    #[test]
    fn codes_in_quotes_are_known() {
        let texts = written(&["1", "2", "3", "4", "5"]);
        for code in 1..=5 {
            for cell in [format!("{code},"), format!("\"{code}\",")] {
                let row = format!("{cell}\"3\",\"2\",\"1\",\"\",\"5\"");
                assert_eq!(
                    texts.find(row.as_bytes()),
                    Some((code, cell.len())),
                    "{row}"
                );
            }
        }
    }

    #[test]
    fn what_can_be_taken_for_something_else_is_not_known() {
        let row = ["x"; 21].join(",");
        let texts = written(&["", " ", "\t", "5\" pipe", "two\nlines", "cr\r", &row]);
        let padding = "0123456789abcdef";
        for cell in [
            ",",
            " ,",
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
