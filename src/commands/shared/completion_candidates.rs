//! Candidates of shell completion: ids of the pack that the line names, and labels of sessions.
//!
//! A shell inserts a candidate without quoting, so only words that need none are offered. Completion
//! prints no messages: an unreadable pack or store gives no candidates.

use crate::builtin;
use crate::commands::shared::environment::data_folder;
use crate::storage::pack_files;
use crate::storage::session_store::SessionStore;
use clap_complete::engine::CompletionCandidate;
use rolescope_core::Pack;
use std::ffi::OsString;
use std::path::PathBuf;

/// The roles, by id.
pub(crate) fn roles() -> Vec<CompletionCandidate> {
    let pack = pack();
    let roles = pack.iter().flat_map(rolescope_core::Pack::roles);
    roles
        .map(|role| candidate(role.id(), role.name()))
        .collect()
}

/// The traits for `--what-if`, each with an example value above and below. There are two of each, so that
/// a shell does not end the word.
pub(crate) fn traits() -> Vec<CompletionCandidate> {
    let pack = pack();
    let traits = pack.iter().flat_map(rolescope_core::Pack::traits);
    let places = ["+1sd", "-1sd"];
    let both =
        traits.flat_map(|t| places.map(|to| candidate(&format!("{}={to}", t.id()), t.name())));
    both.collect()
}

/// The conditions, by id.
pub(crate) fn conditions() -> Vec<CompletionCandidate> {
    let pack = pack();
    let questions = pack.iter().flat_map(|pack| {
        let conditions = pack.conditions().iter();
        conditions.map(|&q| &pack.questions()[q])
    });
    questions.map(|q| candidate(q.id(), q.text())).collect()
}

/// The families of roles.
pub(crate) fn families() -> Vec<CompletionCandidate> {
    let pack = pack();
    let families = pack.iter().flat_map(Pack::families);
    families.map(CompletionCandidate::new).collect()
}

/// The labels of the sessions.
pub(crate) fn labels() -> Vec<CompletionCandidate> {
    let folder = after("--dir").or_else(|| data_folder().ok());
    let (Some(pack), Some(folder)) = (pack(), folder) else {
        return Vec::new();
    };
    let kept = SessionStore::new(folder).each(&pack, |kept| kept.sheet.id);
    let labels = kept.into_iter().flatten().flatten();
    labels
        .filter(|label| harmless(label))
        .map(CompletionCandidate::new)
        .collect()
}

fn candidate(word: &str, help: &str) -> CompletionCandidate {
    CompletionCandidate::new(word).help(Some(help.to_owned().into()))
}

/// Whether a text is one word, and no option, in every shell.
fn harmless(label: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || "-_./+".contains(c);
    !label.starts_with('-') && label.chars().all(plain)
}

/// The pack named on the command line, or the built-in one.
fn pack() -> Option<Pack> {
    match after("--pack") {
        Some(folder) => Pack::parse(&pack_files::folder(&folder).ok()?).ok(),
        None => builtin::pack(),
    }
}

/// The value of a path option on the command line being completed.
fn after(option: &str) -> Option<PathBuf> {
    value(std::env::args_os().skip(1), option).map(|typed| home(&typed))
}

fn value(line: impl Iterator<Item = OsString>, option: &str) -> Option<String> {
    let mut words = line.filter_map(|word| word.into_string().ok());
    while let Some(word) = words.next() {
        if word == option {
            return words.next().filter(|value| !value.is_empty());
        }
        let joined = word.strip_prefix(option).and_then(|w| w.strip_prefix('='));
        if let Some(value) = joined.filter(|value| !value.is_empty()) {
            return Some(value.to_owned());
        }
    }
    None
}

/// Expands `~` in a path, which the shell has not done yet while completing.
fn home(typed: &str) -> PathBuf {
    let home = typed
        .strip_prefix("~/")
        .zip(etcetera::home_dir().ok())
        .map(|(rest, home)| home.join(rest));
    home.unwrap_or_else(|| PathBuf::from(typed))
}

#[cfg(test)]
mod tests {
    use super::{harmless, value};

    #[test]
    fn only_words_of_any_shell_are_offered() {
        for label in ["s-0412", "Mārama", "10B/7", "a.b_c+d"] {
            assert!(harmless(label), "{label}");
        }
        for label in [
            "$(id)", "`id`", "a b", "-rf", "a;b", "a&b", "~", "a*", "'", "a\"",
        ] {
            assert!(!harmless(label), "{label}");
        }
    }

    #[test]
    fn an_options_value_is_found_however_it_is_typed() {
        let of = |line: &str| value(line.split(' ').map(Into::into), "--pack");
        assert_eq!(of("roles --pack mine x"), Some("mine".to_owned()));
        assert_eq!(of("--pack=mine roles"), Some("mine".to_owned()));
        assert_eq!(of("--package=mine --pack"), None);
        assert_eq!(of("roles --pack= x"), None);
    }
}
