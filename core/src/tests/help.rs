//! Helpers of all tests: packs and snapshots, read from the folder of the project.

use crate::pack::model::Pack;
use crate::pack::parse::diagnostics::SourceFile;
use crate::scoring::answers::Answers;
use std::path::{Path, PathBuf};

/// The project's folder, which holds the crate's.
pub(crate) fn root() -> &'static Path {
    let core = Path::new(env!("CARGO_MANIFEST_DIR"));
    core.parent().expect("the crate lies in the project")
}

/// The files of the pack in a folder, with paths from there.
pub(crate) fn files_of(folder: &Path) -> Vec<SourceFile> {
    let mut files = Vec::new();
    for part in ["questions", "profiles"] {
        let listed = std::fs::read_dir(folder.join(part)).expect("the folder can be listed");
        for entry in listed {
            let path = entry.expect("the entry can be read").path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                let name = path.file_name().expect("a name").to_string_lossy();
                let text = std::fs::read_to_string(&path).expect("the file can be read");
                files.push(SourceFile::new(format!("{part}/{name}"), &text));
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The files of the built-in pack of the program.
pub(crate) fn built_in_files() -> Vec<SourceFile> {
    files_of(root())
}

/// The built-in pack of the program.
pub(crate) fn built_in() -> Pack {
    Pack::parse(&built_in_files()).expect("the built-in pack is valid")
}

/// The files of the small pack.
pub(crate) fn small_files() -> Vec<SourceFile> {
    files_of(&root().join("tests/packs/small"))
}

/// The small pack.
pub(crate) fn small() -> Pack {
    Pack::parse(&small_files()).expect("the small pack is valid")
}

/// Every question answered with the same written rating, choices with `?`.
pub(crate) fn same(pack: &Pack, rating: &str) -> Answers {
    let mut answers = Answers::none(pack);
    for (q, question) in pack.questions.iter().enumerate() {
        let code = question.code_of(rating).or_else(|| question.code_of("?"));
        answers.put(q, code.unwrap_or(1));
    }
    answers
}

/// The folders in a folder, sorted.
pub(crate) fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder can be listed")
        .map(|entry| entry.expect("the entry can be read").path())
        .filter(|path| path.is_dir())
        .collect();
    all.sort();
    all
}

/// Compares a text with its snapshot in a folder under `tests/`.
pub(crate) fn snapshot(folder: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("tests").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Compares texts with their one snapshot, each under its name. Names the cases that differ, as the
/// difference that is shown may begin far below the name.
pub(crate) fn snapshot_of_cases(folder: &str, name: &str, cases: &[(String, String)]) {
    let path = root()
        .join("tests")
        .join(folder)
        .join(format!("{name}.snap"));
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    let mut whole = String::new();
    for (case, text) in cases {
        let shown = format!("\n== {case}\n{}\n", text.trim_end());
        if !kept.contains(shown.trim_end()) {
            eprintln!("the case {case} differs from its part of {folder}/{name}.snap");
        }
        whole.push_str(&shown);
    }
    snapshot(folder, name, whole.trim_start());
}
