//! `questions`: the questions as text, as a blank answer sheet and as a paper form.

use crate::help::{built_in, program, root, run, small, snapshot, stderr, stdout};
use rolescope_core::write::{PageFormat, TextStyle};
use rolescope_core::{AnswerFormat, Comparison};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

#[test]
fn forms_of_the_small_pack_match_their_snapshots() {
    let folder = folder();
    let pack = root().join("tests/packs/small").display().to_string();
    let page = |name: &str, arguments: &[&str]| {
        let all = [&["questions", "--pack", &pack], arguments].concat();
        let output = run(folder.path(), &all, b"");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        snapshot("snapshots", name, &stdout(&output));
    };
    page("questions", &["--key"]);
    page("questions-sheet", &["--sheet", "--title", "Hill School"]);
    page("questions-csv", &["-f", "csv"]);
}

#[test]
fn a_filled_blank_sheet_is_scored() {
    let folder = folder();
    for pack in [
        None,
        Some(root().join("tests/packs/small").display().to_string()),
    ] {
        let chosen: Vec<&str> = pack.iter().flat_map(|p| ["--pack", p.as_str()]).collect();
        let sheet = [&["questions", "-f", "csv", "-o", "sheet.csv"], &chosen[..]].concat();
        let output = run(folder.path(), &sheet, b"");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let path = folder.path().join("sheet.csv");
        let header = std::fs::read_to_string(&path).expect("written");
        assert!(header.starts_with("id,helping-1,") && header.lines().count() == 1);

        let asked = pack.as_ref().map_or_else(built_in, |_| small());
        let questions = asked.questions();
        assert_eq!(header.trim_end().split(',').count(), questions.len() + 1);
        let cells: Vec<&str> = questions
            .iter()
            .map(|q| match q.format() {
                AnswerFormat::Choice => "b",
                AnswerFormat::Rating | AnswerFormat::Condition => "2",
            })
            .collect();
        std::fs::write(&path, format!("{header}me,{}\n", cells.join(","))).expect("written");
        let score = [&["score", "-f", "csv", "sheet.csv"], &chosen[..]].concat();
        let output = run(folder.path(), &score, b"");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(
            stdout(&output)
                .lines()
                .nth(1)
                .is_some_and(|row| row.starts_with("me,"))
        );
        assert!(!stderr(&output).contains("column"), "{}", stderr(&output));
    }
}

#[test]
fn a_blank_sheet_has_no_key() {
    let folder = folder();
    let arguments = ["questions", "-f", "csv", "--key", "-o", "sheet.csv"];
    let output = run(folder.path(), &arguments, b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("a blank table has no place for the key"));
    assert!(!folder.path().join("sheet.csv").exists());
}

#[test]
fn a_form_is_written_to_a_file_atomically() {
    let folder = folder();
    for format in ["text", "csv", "markdown", "html"] {
        let shown = run(folder.path(), &["questions", "-f", format], b"");
        let saved = run(
            folder.path(),
            &["questions", "-f", format, "-o", "form"],
            b"",
        );
        assert_eq!(
            (saved.status.code(), stdout(&saved).as_str()),
            (Some(0), "")
        );
        let file = std::fs::read_to_string(folder.path().join("form")).expect("written");
        assert_eq!(file, stdout(&shown), "{format}");
    }
    let output = run(folder.path(), &["questions", "-o", "no/form"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("cannot save no/form"));
}

#[test]
fn a_family_that_the_pack_has_not_ends_the_program() {
    let folder = folder();
    let output = run(folder.path(), &["questions", "--family", "cooks"], b"");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn text_keeps_to_the_width_of_the_terminal() {
    let pack = built_in();
    let comparison = Comparison::builder(&pack).build().expect("comparable");
    let form = comparison.form_page(None, true);
    let look = TextStyle::new(40);
    let folder = folder();
    let narrow = program(folder.path())
        .args(["questions", "--key"])
        .env("COLUMNS", "40")
        .output()
        .expect("the program runs");
    assert_eq!(stdout(&narrow), form.to_format(PageFormat::Text, look));
}
