//! Characters: those that must not reach a reader as they are, and letters that are written with marks.
//!
//! ```
//! use rolescope_core::text::{inert, nearest, plain};
//!
//! assert_eq!(inert("a\u{1b}[31mb"), "a\u{FFFD}[31mb");
//! assert_eq!(plain("Māori"), "maori");
//! assert_eq!(nearest("joinr", ["gardener", "joiner"]), Some("joiner"));
//! ```

pub(crate) mod catalogue;
pub(crate) mod language;

pub use language::Phrase;

use std::borrow::Cow;

/// Whether a character has no picture of its own, or changes how others are shown: control
/// characters, bidirectional marks, zero-width characters, line and paragraph separators.
#[must_use]
pub fn unprintable(c: char) -> bool {
    // most letters of most texts
    if matches!(c, ' '..='~') {
        return false;
    }
    c.is_control()
        || matches!(c,
            '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{061C}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Strangers' text with every character that a terminal would act on, or that hides or turns other
/// characters, shown as a replacement mark.
#[must_use]
pub fn inert(text: &str) -> Cow<'_, str> {
    replaced(text, unprintable)
}

/// A text with every character that `acts` picks shown as a replacement mark. Nearly every text has none, and is
/// looked through once and lent as it is.
pub(crate) fn replaced(text: &str, acts: impl Fn(char) -> bool) -> Cow<'_, str> {
    let Some(first) = text.find(&acts) else {
        return Cow::Borrowed(text);
    };
    let (before, rest) = text.split_at(first);
    let mut safe = String::with_capacity(text.len());
    safe.push_str(before);
    safe.extend(rest.chars().map(|c| if acts(c) { '\u{FFFD}' } else { c }));
    Cow::Owned(safe)
}

/// Whether a character is a mark upon the letter before it, as the macron of a decomposed letter is.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// A text without capitals and macrons, as people type it in haste. Composed letters (one character)
/// and decomposed ones (a letter and its mark) give the same.
#[must_use]
pub fn plain(text: &str) -> String {
    let lower = text.chars().flat_map(char::to_lowercase);
    lower
        .filter(|c| !is_mark(*c))
        .map(|c| match c {
            'ā' => 'a',
            'ē' => 'e',
            'ī' => 'i',
            'ō' => 'o',
            'ū' => 'u',
            c => c,
        })
        .collect()
}

/// A text in ASCII alone, for terminals that show nothing else: letters lose their marks, signs become what
/// stands for them on a typewriter, and what is left becomes `?`.
///
/// ```
/// assert_eq!(rolescope_core::text::ascii("Tahatū: ±2, 3–4 · “x”"), "Tahatu: +/-2, 3-4 . \"x\"");
/// ```
#[must_use]
pub fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_ascii() => folded.push(c),
            c if is_mark(c) => {}
            'ā' | 'á' | 'à' | 'â' | 'ä' | 'ã' => folded.push('a'),
            'ē' | 'é' | 'è' | 'ê' | 'ë' => folded.push('e'),
            'ī' | 'í' | 'ì' | 'î' | 'ï' => folded.push('i'),
            'ō' | 'ó' | 'ò' | 'ô' | 'ö' => folded.push('o'),
            'ū' | 'ú' | 'ù' | 'û' | 'ü' | 'µ' | 'μ' => folded.push('u'),
            'Ā' => folded.push('A'),
            'Ē' => folded.push('E'),
            'Ī' => folded.push('I'),
            'Ō' => folded.push('O'),
            'Ū' => folded.push('U'),
            'ç' => folded.push('c'),
            'ñ' => folded.push('n'),
            '±' => folded.push_str("+/-"),
            '≤' => folded.push_str("<="),
            '≥' => folded.push_str(">="),
            '…' => folded.push_str("..."),
            '→' => folded.push_str("->"),
            '–' | '—' | '−' | '‑' | '‐' => folded.push('-'),
            '·' => folded.push('.'),
            '×' => folded.push('x'),
            '•' => folded.push('*'),
            '‘' | '’' => folded.push('\''),
            '“' | '”' => folded.push('"'),
            '\u{a0}' | '\u{202f}' => folded.push(' '),
            _ => folded.push('?'),
        }
    }
    Cow::Owned(folded)
}

/// Line and column of a byte of a text, both from 1; columns are characters.
#[must_use]
pub(crate) fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
    (line, column)
}

/// The first so many letters of a text, each with the marks upon it.
#[must_use]
pub(crate) fn first(text: &str, letters: usize) -> &str {
    let mut count = 0;
    for (at, c) in text.char_indices() {
        if !is_mark(c) {
            count += 1;
        }
        if count > letters {
            return &text[..at];
        }
    }
    text
}

/// The candidate most like `word`, if any is close.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    candidates
        .into_iter()
        .map(|c| (strsim::jaro_winkler(word, c), c))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, c)| c)
}

#[cfg(test)]
mod tests {
    use super::{first, plain};

    #[test]
    fn letters_are_the_same_composed_and_decomposed() {
        assert_eq!(plain("Kaipūtaiao Rongoā"), "kaiputaiao rongoa");
        assert_eq!(
            plain("Kaipu\u{304}taiao Rongoa\u{304}"),
            "kaiputaiao rongoa"
        );
        assert_eq!(plain("ĀĒĪŌŪ A\u{304}"), "aeiou a");
    }

    #[test]
    fn a_cut_leaves_each_letter_its_macron() {
        assert_eq!(first("Māori", 2), "Mā");
        assert_eq!(first("Ma\u{304}ori", 2), "Ma\u{304}");
        assert_eq!(first("Ma\u{304}ori", 1), "M");
        assert_eq!(first("Rongoa\u{304}", 6), "Rongoa\u{304}");
        assert_eq!(first("Māori", 0), "");
    }
}
