//! The public face of the core: no more names than its users need, and none that nobody uses.

use crate::help::root;
use crate::imports::rust_files;
use std::collections::BTreeSet;
use std::path::Path;

/// How many names there are. One more is a decision: first see whether a method of a type that is there, or
/// another signature, serves those who need it.
const MOST: usize = 81;

fn text_of(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// The words of a text, as they are in code.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    words.filter(|word| !word.is_empty())
}

/// The names that a file makes public at its top: those that it re-exports and those that it defines.
fn names(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for (at, _) in text.match_indices("\npub ") {
        let rest = &text[at + 5..];
        let mut first = words(rest);
        match first.next() {
            Some("use") => {
                let path = rest.split(';').next().unwrap_or_default();
                let list = path.split_once('{').map_or(path, |(_, list)| list);
                let list = list.trim_end().trim_end_matches('}').split(',');
                let exported = list.filter_map(|name| words(name).last());
                all.extend(exported.map(str::to_owned));
            }
            Some("mod") | None => {}
            // `const fn` is two words before the name
            Some("const") => {
                all.extend(first.find(|word| *word != "fn").map(str::to_owned));
            }
            Some(_) => all.extend(first.next().map(str::to_owned)),
        }
    }
    all
}

/// Every public name of the core, with its module.
fn face() -> Vec<(String, String)> {
    let core = root().join("core/src");
    let top = text_of(&core.join("lib.rs"));
    let mut all: Vec<_> = names(&top)
        .into_iter()
        .map(|name| ("rolescope_core".to_owned(), name))
        .collect();
    let modules = top.lines().filter_map(|line| line.strip_prefix("pub mod "));
    for module in modules.map(|line| line.trim_end_matches(';')) {
        let folder = core.join(module).join("mod.rs");
        let file = core.join(format!("{module}.rs"));
        let text = text_of(if folder.exists() { &folder } else { &file });
        let of = |name| (module.to_owned(), name);
        all.extend(names(&text).into_iter().map(of));
    }
    all
}

/// The lines of code in the examples of a file's documentation.
fn examples(text: &str) -> String {
    let lines = text.lines().map(str::trim_start);
    let lines = lines.filter_map(|l| l.strip_prefix("///").or_else(|| l.strip_prefix("//!")));
    let (mut inside, mut all) = (false, String::new());
    for line in lines {
        if line.trim_start().starts_with("```") {
            inside = !inside;
        } else if inside {
            all.extend([line, "\n"]);
        }
    }
    all
}

/// The signatures of a file's public functions and methods.
fn signatures(text: &str) -> impl Iterator<Item = &str> {
    let all = text
        .match_indices("pub fn ")
        .chain(text.match_indices("pub const fn "));
    all.filter_map(|(at, start)| text[at + start.len()..].split('{').next())
}

#[test]
fn the_core_has_no_more_public_names_than_were_decided() {
    let face = face();
    let listed: Vec<String> = face
        .iter()
        .map(|(m, name)| format!("{m}::{name}"))
        .collect();
    assert!(face.len() > 50, "they were found: {listed:#?}");
    assert!(
        face.len() <= MOST,
        "{} public names, where {MOST} were enough: {listed:#?}",
        face.len()
    );
}

#[test]
fn every_public_name_of_the_core_is_used_outside_of_it_or_in_an_example() {
    let mut used = text_of(&root().join("core/README.md"));
    for folder in [
        "src",
        "fuzz/src",
        "fuzz/fuzz_targets",
        "benches/batch/src",
        "web/engine/src",
        "python/src",
    ] {
        for path in rust_files(&root().join(folder)) {
            used += &text_of(&path);
        }
    }
    let core: Vec<String> = rust_files(&root().join("core/src"))
        .iter()
        .map(|path| text_of(path))
        .collect();
    for text in &core {
        used += &examples(text);
    }
    let mut used: BTreeSet<&str> = words(&used).collect();
    // what a method that is used takes or gives is used
    let known = used.clone();
    for signature in core.iter().flat_map(|text| signatures(text)) {
        if words(signature)
            .next()
            .is_some_and(|name| known.contains(name))
        {
            used.extend(words(signature));
        }
    }
    let unused: Vec<_> = face()
        .into_iter()
        .filter(|(_, name)| !used.contains(name.as_str()))
        .collect();
    assert!(
        unused.is_empty(),
        "names that nobody uses, which can be `pub(crate)`: {unused:#?}"
    );
}

#[test]
fn names_are_found_however_they_are_made_public() {
    let text = "//! A file.\n\nmod a;\npub mod b;\npub(crate) use c::Hidden;\npub use a::{\n    One, two as three,\n};\n\
                pub use a::Four;\n\npub struct Five<'a>(&'a str);\n\nimpl Five<'_> {\n    pub fn method() {}\n}\n\
                pub const fn six() {}\npub const SEVEN: u8 = 7;\n";
    let expected = ["One", "three", "Four", "Five", "six", "SEVEN"];
    assert_eq!(names(text), expected);
}
