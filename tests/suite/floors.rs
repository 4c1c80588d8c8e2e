//! The plan of the house, as `src/lib.rs` states it: no file uses a floor below its own in the
//! list, none is longer than 350 lines, and each library has its home.

use crate::help::root;
use std::path::{Path, PathBuf};

/// The floors, ground floor first, and what each may use besides itself.
pub(crate) const FLOORS: [(&str, &[&str]); 9] = [
    ("error", &[]),
    ("engine", &[]),
    ("input", &["engine"]),
    ("content", &["engine", "error", "input"]),
    ("files", &["engine", "error", "input"]),
    ("render", &["engine"]),
    ("ui", &["engine", "error", "render"]),
    (
        "commands",
        &[
            "engine", "error", "input", "content", "files", "render", "ui",
        ],
    ),
    ("cli", &["commands", "error"]),
];

/// Libraries and the floors that may name them.
const HOMES: [(&str, &[&str]); 13] = [
    ("dialoguer", &["ui"]),
    ("indicatif", &["ui"]),
    ("annotate_snippets", &["input"]),
    ("toml::", &["input", "files"]),
    ("csv_core", &["files"]),
    ("flate2", &["files"]),
    ("ruzstd", &["files"]),
    ("memchr", &["files"]),
    ("tar::", &["files"]),
    ("tempfile", &["files"]),
    ("rand_xoshiro", &["engine"]),
    ("textwrap", &["render"]),
    ("clap", &["commands", "cli"]),
];

fn sources(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("src can be listed") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            sources(&path, all);
        } else {
            all.push(path);
        }
    }
}

#[test]
fn the_house_stands() {
    let src = root().join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    assert!(files.len() > 20, "src was found");
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a source can be read");
        let name = path.strip_prefix(&src).expect("within src").display();
        assert!(text.lines().count() <= 350, "{name} is over 350 lines");
        let first = path.strip_prefix(&src).expect("within src");
        let floor = first.iter().next().expect("a name").to_string_lossy();
        let floor = floor.trim_end_matches(".rs");
        let Some((_, allowed)) = FLOORS.iter().find(|(f, _)| *f == floor) else {
            assert!(matches!(floor, "main" | "lib"), "{name} is on no floor");
            continue;
        };
        assert!(!text.contains("use crate::{"), "{name}: one import a line");
        for part in text.split("crate::").skip(1) {
            let used: String = part
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            let known = FLOORS.iter().any(|(f, _)| *f == used);
            assert!(
                !known || used == floor || allowed.contains(&used.as_str()),
                "{name} uses {used}, which {floor} may not"
            );
        }
        for (library, homes) in HOMES {
            let named = text.lines().any(|line| {
                let code = line.split("//").next().unwrap_or_default();
                code.contains(library) && !code.contains('"')
            });
            assert!(
                !named || homes.contains(&floor),
                "{name} names {library}, whose home is {homes:?}"
            );
        }
    }
}
