//! Each kind of mistake in a pack has its message. A folder under `tests/packs/broken/` holds the
//! files that differ from the small pack.

use crate::pack::model::Pack;
use crate::pack::parse::diagnostics::Diagnostic;
use crate::pack::parse::diagnostics::SourceFile;
use crate::tests::help::{folders, root, small_files, snapshot_of_cases};

#[test]
fn every_broken_pack_has_its_message() {
    let mut cases = Vec::new();
    for folder in folders(&root().join("tests/packs/broken")) {
        let name = folder.file_name().expect("a name").to_string_lossy();
        let files = with_overlay(&folder);
        let mistakes = Pack::parse(&files).expect_err(&format!("{name} is broken"));
        let message = Diagnostic::show_all(&mistakes, &files, false);
        cases.push((name.into_owned(), message));
    }
    snapshot_of_cases("snapshots", "broken-packs", &cases);
}

fn with_overlay(folder: &std::path::Path) -> Vec<SourceFile> {
    let mut files = small_files();
    for part in ["profiles", "questions"] {
        let Ok(entries) = std::fs::read_dir(folder.join(part)) else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("the entry can be read").path();
            let name = path.file_name().expect("a name").to_string_lossy();
            let file = SourceFile {
                path: format!("{part}/{name}"),
                text: std::fs::read_to_string(&path).expect("the file can be read"),
            };
            files.retain(|other| other.path != file.path);
            files.push(file);
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

#[test]
fn a_pack_without_traits_file_says_so() {
    let mut files = small_files();
    files.retain(|file| !file.path.ends_with("traits.toml"));
    let mistakes = Pack::parse(&files).expect_err("there are no traits");
    assert_eq!(mistakes[0].title, "there is no questions/traits.toml");
}

#[test]
fn mistakes_of_all_files_are_reported_together() {
    let mut files = small_files();
    for file in &mut files {
        file.text.push_str("\nnonsense = [\n");
    }
    let mistakes = Pack::parse(&files).expect_err("every file is broken");
    for file in &files {
        assert!(
            mistakes.iter().any(|m| m.path == file.path),
            "{}",
            file.path
        );
    }
}
