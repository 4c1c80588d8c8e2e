//! Labels of people, and file names made from them that are safe on every system.

use crate::error::{Error, Result};
use crate::storage::answer_file::LONGEST_LABEL;
use crate::storage::look_alike::{is_mark, shows_nothing};
use rolescope_core::text::unprintable;
use sha2::{Digest as _, Sha256};

/// Longest name made of a label, in characters; with its ending it is under the 255 bytes that
/// systems allow.
const LONGEST: usize = 40;
/// Names that Windows reserves for devices, with any extension.
const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "conin", "conout"];

/// Validates a label and trims the spaces around it.
///
/// # Errors
/// When it is empty, too long, or holds what cannot be shown.
pub fn checked(typed: &str) -> Result<String> {
    let label = typed.trim();
    let length = label.chars().count();
    if length == 0 || length > LONGEST_LABEL {
        return Err(Error::Usage(format!(
            "a label has 1 to {LONGEST_LABEL} characters; this one has {length}"
        )));
    }
    if let Some(c) = label.chars().find(|&c| unprintable(c) || shows_nothing(c)) {
        return Err(Error::Usage(format!(
            "a label holds nothing that cannot be shown; this one holds U+{:04X}",
            u32::from(c)
        )));
    }
    Ok(label.to_owned())
}

/// The file name stem made from a label: lower-case letters of any script, digits, single
/// hyphens. Different labels may give the same stem.
#[must_use]
pub fn stem(label: &str) -> String {
    let mut stem = String::new();
    let mut length = 0;
    let letters = label.chars().flat_map(char::to_lowercase);
    for c in letters.filter(|c| !is_mark(*c)) {
        if length == LONGEST {
            break;
        }
        if c.is_alphabetic() || c.is_ascii_digit() || c == '_' {
            stem.push(c);
        } else if stem.is_empty() || stem.ends_with('-') {
            continue;
        } else {
            stem.push('-');
        }
        length += 1;
    }
    let stem = stem.trim_end_matches('-');
    if stem.is_empty() {
        "session".to_owned()
    } else if is_device(stem) {
        format!("{stem}-")
    } else {
        stem.to_owned()
    }
}

/// Whether Windows takes a name in lower case, without its ending, for a device.
fn is_device(stem: &str) -> bool {
    let port = stem.strip_prefix("com");
    let port = port.or_else(|| stem.strip_prefix("lpt"));
    let mut number = port.unwrap_or_default().chars();
    // the digits written above the line count, too
    let port =
        matches!(number.next(), Some('0'..='9' | '¹' | '²' | '³')) && number.next().is_none();
    port || RESERVED.contains(&stem.strip_suffix('$').unwrap_or(stem))
}

/// Whether Windows takes the name of a file for a device, whatever folder it is in: then what is written there is in
/// no file.
#[must_use]
pub(crate) fn names_device(name: &str) -> bool {
    let stem = name.split(['.', ':']).next().unwrap_or(name);
    is_device(&stem.trim_end_matches(' ').to_lowercase())
}

/// A file name as systems compare it that do not tell capitals from small letters: letters with one capital are the
/// same as any other letter with that capital.
#[must_use]
pub(crate) fn without_case(name: &str) -> String {
    let only = |mut letters: Box<dyn Iterator<Item = char>>| match (letters.next(), letters.next())
    {
        (Some(only), None) => Some(only),
        _ => None,
    };
    let letters = name.chars().map(|c| {
        let capital = only(Box::new(c.to_uppercase())).unwrap_or(c);
        only(Box::new(capital.to_lowercase())).unwrap_or(capital)
    });
    letters.collect()
}

/// The file names for a label with this ending, in the order in which they are tried; without end.
pub fn names(label: &str, ending: &str) -> impl Iterator<Item = String> {
    let stem = stem(label);
    // a mark of the label itself, lest many like labels have to try many numbers
    let digest = Sha256::digest(label.as_bytes());
    let mark = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
    (0_u64..).map(move |n| match n {
        0 => format!("{stem}.{ending}"),
        1 => format!("{stem}-{mark:08x}.{ending}"),
        n => format!("{stem}-{mark:08x}-{n}.{ending}"),
    })
}

/// The file name for a label, with this ending: the first candidate that is not taken.
pub fn name(label: &str, ending: &str, taken: impl Fn(&str) -> bool) -> String {
    let free = names(label, ending).find(|name| !taken(name));
    free.unwrap_or_default() // they have no end
}

#[cfg(test)]
mod tests {
    use super::{checked, name, names_device, stem, without_case};

    #[test]
    fn names_stay_readable() {
        assert_eq!(stem("s-0412"), "s-0412");
        assert_eq!(stem("Mārama Te Rangi"), "mārama-te-rangi");
        assert_eq!(stem("Ma\u{304}rama Te Rangi"), "marama-te-rangi");
        assert_eq!(stem("Year 13 / room 4"), "year-13-room-4");
    }

    #[test]
    fn no_label_leaves_the_folder_or_names_a_device() {
        for label in [
            "../../etc/passwd",
            "..",
            ".",
            "/",
            "\\\\server\\share",
            "C:evil",
            "a\0b",
            "nul",
            "NUL.txt",
            "CON",
            "com7",
            "lpt¹",
            "conin$",
            ".hidden",
            "-rf",
            "trailing. . .",
            "\u{202E}lmot",
            "\u{304}",
            "İ",
        ] {
            let stem = stem(label);
            assert!(
                stem.chars()
                    .all(|c| c.is_alphabetic() || c.is_ascii_digit() || c == '-' || c == '_'),
                "{label:?} gives {stem:?}"
            );
            assert!(!stem.starts_with('-') && !stem.is_empty(), "{stem:?}");
            let device = ["nul", "con", "com7", "lpt", "conin", "aux"].contains(&stem.as_str());
            assert!(!device || stem == "lpt", "{label:?} gives {stem:?}");
        }
        let longest = stem(&"ā𝒳".repeat(2500));
        assert!(
            name(&longest, "toml", |_| false).len() < 200,
            "{}",
            longest.len()
        );
    }

    #[test]
    fn devices_of_windows_are_known_with_any_ending() {
        for name in [
            "NUL",
            "nul.csv",
            "Con",
            "aux.tar.gz",
            "COM1",
            "lpt9.txt",
            "com¹",
            "CONIN$",
            "prn .csv",
            "nul:",
        ] {
            assert!(names_device(name), "{name}");
        }
        for name in [
            "null.csv",
            "com.csv",
            "com10",
            "console",
            "my-nul.csv",
            "",
            ".nul",
            "lpt.csv",
            "comb",
        ] {
            assert!(!names_device(name), "{name}");
        }
    }

    #[test]
    fn names_are_compared_as_by_systems_that_know_no_capitals() {
        for (a, b) in [
            ("Anna", "ANNA"),
            ("ας", "ασ"),
            ("ǆ", "ǅ"),
            ("mārama", "MĀRAMA"),
        ] {
            assert_eq!(without_case(a), without_case(b));
        }
        assert_ne!(without_case("weiß"), without_case("weiss"));
        assert_ne!(without_case("marama"), without_case("mārama"));
    }

    #[test]
    fn like_labels_get_names_of_their_own() {
        let mut names: Vec<String> = Vec::new();
        for label in ["Anna", "anna", "ANNA", "anna!", "a/n", "a n"] {
            let new = name(label, "toml", |name| names.iter().any(|n| n == name));
            names.push(new);
        }
        assert_eq!(&names[0], "anna.toml");
        let unique: std::collections::BTreeSet<&String> = names.iter().collect();
        assert_eq!(unique.len(), names.len(), "{names:?}");
    }

    #[test]
    fn labels_that_could_not_be_read_again_are_refused() {
        let long = "x".repeat(5001);
        for label in [
            "",
            "  ",
            "a\0b",
            "a\nb",
            "\u{1b}[2J",
            &long,
            "\u{3164}",
            "a\u{34f}",
        ] {
            assert!(checked(label).is_err(), "{label:?}");
        }
        assert_eq!(checked(" Ngāti ").expect("a label"), "Ngāti");
        assert!(checked(&"ā".repeat(5000)).is_ok());
    }
}
