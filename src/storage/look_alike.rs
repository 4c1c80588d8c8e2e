//! Labels that look the same: invisible characters, other spaces and dashes, letters of other alphabets.

use rolescope_core::text::unprintable;
use unicode_normalization::UnicodeNormalization as _;

/// Letters of other alphabets that look like Latin ones, and the Latin ones, in the same order.
///
/// Source: Unicode Technical Standard 39, `confusables.txt`, the Cyrillic and Greek letters whose picture is that of a
/// Latin letter or of its small capital.
const LOOKS: [(&str, &str); 2] = [
    (
        "АВЕЅІЈКМНОРСТУХҮавекмнорстухѕіјһԁԛԝѵү",
        "ABESIJKMHOPCTYXYabekmhopctyxsijhdqwvy",
    ),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορτυχικ", "ABEZHIKMNOPTYXavoptuxik"),
];

/// Whether a character may be shown as nothing at all.
///
/// Source: Unicode 16, `Default_Ignorable_Code_Point`, and the blank Braille pattern.
#[must_use]
pub(crate) const fn shows_nothing(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether a character is a mark upon a Latin letter before it, as the macron of a decomposed letter is.
#[must_use]
pub(crate) const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// What a label looks like: labels with the same look cannot be told apart by eye.
#[must_use]
pub(crate) fn look(label: &str) -> String {
    if label.is_ascii() {
        return label.to_owned();
    }
    let shown = label
        .nfkc()
        .filter(|&c| !shows_nothing(c) && !unprintable(c));
    shown.map(latin).collect()
}

/// A file's name by its look, without capitals and marks.
#[must_use]
pub(crate) fn folded(stem: &str) -> String {
    if stem.is_ascii() {
        return stem.to_ascii_lowercase();
    }
    let letters = look(stem);
    let bare = letters.nfd().filter(|c| !is_mark(*c));
    bare.flat_map(char::to_lowercase).collect()
}

/// Whether the name of a file, however it is written, has a folded stem as [`has_stem`] says.
#[must_use]
pub(crate) fn names_stem(name: &str, stem: &str) -> bool {
    has_stem(&folded(name), stem)
}

/// Where in many names, one after the other, the name of a file may begin or go on that [`names_stem`] would find: most
/// of a large folder are told apart without being folded.
pub(crate) fn may_name_stem(names: &str, stem: &str) -> Vec<usize> {
    let small = names.to_ascii_lowercase();
    let mut places: Vec<usize> = Vec::new();
    if stem.is_empty() {
        places.extend(0..names.len());
    } else {
        places.extend(memchr::memmem::find_iter(small.as_bytes(), stem));
        if !names.is_ascii() {
            let bytes = names.bytes().enumerate();
            places.extend(bytes.filter(|(_, b)| !b.is_ascii()).map(|(at, _)| at));
            places.sort_unstable();
        }
    }
    places
}

/// Whether the folded name of a file has a folded stem as a word of its own, as a copy of a file does: `s-1` in
/// `s-1-laptop` or `copy of s-1`, and not in `s-10`.
#[must_use]
pub(crate) fn has_stem(name: &str, stem: &str) -> bool {
    let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    name.match_indices(stem).any(|(at, _)| {
        ends(name[..at].chars().next_back()) && ends(name[at + stem.len()..].chars().next())
    })
}

fn latin(c: char) -> char {
    match c {
        c if c.is_ascii() => c,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30FC}' => '-',
        '‘' | '’' | 'ʹ' | 'ʼ' | '′' => '\'',
        '“' | '”' | '″' => '"',
        c if c.is_whitespace() => ' ',
        c => {
            let mut pairs = LOOKS.iter().flat_map(|(o, l)| o.chars().zip(l.chars()));
            pairs.find(|(other, _)| *other == c).map_or(c, |(_, l)| l)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LOOKS, folded, has_stem, look, names_stem, shows_nothing};

    #[test]
    fn labels_that_cannot_be_told_apart_look_the_same() {
        for (others, latin) in LOOKS {
            assert_eq!(others.chars().count(), latin.chars().count(), "{latin}");
        }
        for like in ["Аnnа", "Anna\u{34F}", "An\u{AD}na", "Anna\u{FE0F}", "Ａnna"] {
            assert_eq!(look(like), "Anna", "{like:?}");
            assert_eq!(folded(like), "anna", "{like:?}");
        }
        assert_eq!(look("Ma\u{304}ra\u{A0}R"), look("Māra R"));
        assert_ne!(look("Māra"), look("Mara"));
        assert_ne!(look("Anna"), look("anna"));
        assert!(shows_nothing('\u{3164}') && !shows_nothing('ā'));
    }

    #[test]
    fn a_copy_has_the_stem_of_its_file() {
        for name in [
            "s-4",
            "s-4-laptop-7f3",
            "s-4 (conflicted copy)",
            "copy of s-4",
            "s-4.sync",
        ] {
            assert!(has_stem(name, "s-4"), "{name}");
            assert!(names_stem(&name.to_uppercase(), "s-4"), "{name}");
        }
        for name in ["s-40", "bus-4", "s-41-laptop", "s4"] {
            assert!(!has_stem(name, "s-4") && !names_stem(name, "s-4"), "{name}");
        }
    }
}
