//! Texts folded to what people mean by them: so that a header or a cell is known again however a
//! program has written its quotes, dashes, spaces and capitals.

use rolescope_core::text::unprintable;
use unicode_normalization::UnicodeNormalization as _;

/// Whether a character is a quotation mark or an apostrophe.
pub(crate) const fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '`' | '\u{B4}' | '\u{2BC}' | '\u{2018}'..='\u{201F}' | '\u{2032}'..='\u{2037}' | '\u{AB}'
            | '\u{BB}' | '\u{2039}' | '\u{203A}'
    )
}

/// Whether a character is a hyphen, a dash or a minus sign.
const fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2212}'
                | '\u{2E3A}'
                | '\u{2E3B}'
                | '\u{FE58}'
                | '\u{FE63}'
                | '\u{FF0D}'
    )
}

/// Whether a character may end a text without saying anything.
const fn is_trailing(c: char) -> bool {
    matches!(c, '.' | ',' | ':' | ';' | '?' | '!' | '*' | ' ')
}

/// A text in compatibility form (full-width letters become plain ones), in small letters, with one
/// hyphen for each dash, without quotation marks, soft hyphens and characters that show nothing, and
/// with one space for all white space between words.
#[must_use]
pub fn fold_inner(text: &str) -> String {
    // plain letters have no other form: most texts, in a fifth of the time
    if text.is_ascii() {
        keep(text.len(), text.chars().map(|c| c.to_ascii_lowercase()))
    } else {
        keep(text.len(), text.nfkc().flat_map(char::to_lowercase))
    }
}

/// What is kept of small letters in compatibility form, of a text of so many bytes.
fn keep(length: usize, letters: impl Iterator<Item = char>) -> String {
    let mut folded = String::with_capacity(length);
    for c in letters {
        if c.is_whitespace() {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        } else if is_dash(c) {
            folded.push('-');
        } else if !(is_quote(c) || c == '\u{AD}' || unprintable(c)) {
            folded.push(c);
        }
    }
    folded.truncate(folded.trim_end().len());
    // what is left out may have stood before a space
    folded
}

/// The same without punctuation at its end.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = fold_inner(text);
    folded.truncate(folded.trim_end_matches(is_trailing).len());
    folded
}

/// A folded text as ids are written: with a hyphen for each `_`, `.` and space.
#[must_use]
pub fn as_id(folded: &str) -> String {
    folded.replace(['_', '.', ' '], "-")
}

/// The start of a text that strangers chose, as a message shows it.
#[must_use]
pub fn short(text: &str) -> String {
    let mut shown: String = text.chars().take(60).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{as_id, fold, fold_inner};

    #[test]
    fn what_means_the_same_is_the_same() {
        for (a, b) in [
            (
                "  Helping\u{A0}a  worried person\n",
                "helping a worried person.",
            ),
            ("Sam\u{2019}s \u{201C}lamp\u{201D}?", "sams lamp"),
            ("\u{FF28}elping\u{2013}1", "helping-1"),
            ("soft\u{AD}hyphen\u{200B}", "softhyphen"),
            ("Was?! *", "was"),
            ("m\u{101}ori", "ma\u{304}ori"),
        ] {
            assert_eq!(fold(a), fold(b), "{a:?} and {b:?}");
        }
        assert_ne!(fold("a-b"), fold("a b"));
        assert_eq!(fold_inner(" ? "), "?");
        assert_eq!(as_id(&fold("Life_Science.1")), "life-science-1");
    }

    #[test]
    fn plain_letters_are_folded_as_others_are() {
        let plain: String = (0..128).map(char::from).collect();
        for text in [plain.as_str(), " A\t-B. ", "It's `A\"  b?"] {
            // a character that shows nothing takes the other way
            assert_eq!(
                fold_inner(text),
                fold_inner(&format!("{text}\u{AD}")),
                "{text:?}"
            );
        }
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in [
            "A \u{2014} b",
            "\u{FF21}\u{FF11}",
            "x ... ",
            "\u{130}stanbul",
        ] {
            assert_eq!(fold(&fold(text)), fold(text), "{text:?}");
        }
    }
}
