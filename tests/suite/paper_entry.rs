//! Paper forms that are typed: into a session, and into a table of many.

use crate::help::{built_in, run, stderr, stdout};
use crate::terminal::Terminal;
use rolescope::storage::answer_file::AnswerSheet;
use rolescope_core::{AnswerFormat, Answers};
use std::path::Path;
use std::process::Output;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn enter(folder: &Path, arguments: &[&str], typed: &str) -> Output {
    run(
        folder,
        &[&["session", "enter"], arguments].concat(),
        typed.as_bytes(),
    )
}

#[track_caller]
fn done(folder: &Path, arguments: &[&str], typed: &str) -> Output {
    let output = enter(folder, arguments, typed);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    output
}

fn sheet(folder: &Path, label: &str) -> AnswerSheet {
    let path = folder.join(format!("data/{label}.toml"));
    AnswerSheet::load(&path, &built_in(), false).expect("it loads")
}

/// All answers as a form has them, ten on a line: each rating 4, each puzzle left to "I don't know".
fn form() -> String {
    let signs: Vec<&str> = (built_in().questions().iter())
        .map(|question| match question.format() {
            AnswerFormat::Choice => "?",
            AnswerFormat::Rating => "4",
            AnswerFormat::Condition => "1",
        })
        .collect();
    let lines: Vec<String> = signs.chunks(10).map(<[&str]>::concat).collect();
    lines.join("\n") + "\n\n"
}

#[test]
fn a_typed_form_is_a_session_without_a_pace() {
    let folder = folder();
    let at = folder.path();
    let output = done(
        at,
        &["s-1", "--tag", "class=12B", "--consent", "2026-03-02"],
        &form(),
    );
    let typed = sheet(at, "s-1");
    let pack = built_in();
    assert_eq!(typed.answers.count(), pack.questions().len());
    assert_eq!(typed.answers.pace(), None);
    assert!(typed.finished.is_some() && typed.facts.tags["class"] == "12B");
    for (q, question) in pack.questions().iter().enumerate() {
        let right = match question.format() {
            AnswerFormat::Choice => Answers::DONT_KNOW,
            AnswerFormat::Rating => 4,
            AnswerFormat::Condition => 1,
        };
        assert_eq!(typed.answers.code(q), right, "{}", question.id());
    }
    // what was typed is shown as it was, to be laid beside the form
    assert!(
        stdout(&output).contains("\n   1: 44444 44444\n"),
        "{}",
        stdout(&output)
    );
    let scored = run(at, &["score", "-q", "-f", "csv", "data"], b"");
    assert!(!stdout(&scored).contains("rushed"), "{}", stdout(&scored));
}

#[test]
fn a_wrong_line_in_a_pipe_keeps_the_lines_before_it_and_nothing_else() {
    let folder = folder();
    let at = folder.path();
    let output = enter(at, &["s-1"], "42 5\n3\n49\n111\n");
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(
        said.contains("line 3: '9' is no answer to question 6: write a whole number 1 to 5"),
        "{said}"
    );
    let typed = sheet(at, "s-1");
    assert_eq!(typed.answers.codes()[..6], [4, 2, 5, 3, 0, 0]);
    assert_eq!(typed.finished, None);
    // gone on with after the last answer, undone, put right by number, left open
    done(at, &["s-1"], "11\nundo\n2-\n2: 5\n1:3 -\ndone\n");
    let typed = sheet(at, "s-1");
    assert_eq!(typed.answers.codes()[..6], [3, 0, 5, 3, 2, 0]);
    assert!(typed.finished.is_some());
}

#[test]
fn a_second_pass_tells_what_differs_and_changes_nothing() {
    let folder = folder();
    let at = folder.path();
    done(at, &["s-1"], &form());
    let before = std::fs::read(at.join("data/s-1.toml")).expect("kept");
    let same = done(at, &["s-1", "--check"], &form());
    assert!(
        stderr(&same).contains("both passes are the same"),
        "{}",
        stderr(&same)
    );
    let other = form().replacen("44", "42", 1);
    let output = enter(at, &["s-1", "--check"], &other);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(
        said.contains("question 2: 4 was typed first, and 2 now"),
        "{said}"
    );
    assert!(said.contains("1 answer differs of s-1"), "{said}");
    assert_eq!(
        std::fs::read(at.join("data/s-1.toml")).expect("kept"),
        before
    );
    let stopped = enter(at, &["s-1", "--check"], "444\n");
    assert!(
        stderr(&stopped).contains("was not typed to its end"),
        "{}",
        stderr(&stopped)
    );
}

#[test]
fn a_class_is_typed_into_a_table_that_score_reads() {
    let folder = folder();
    let at = folder.path();
    let typed = format!("s-1\n{0}\n\n\ns-2\n42\ndone\n\"odd, label\n{0}", form());
    let output = done(at, &["-o", "class.csv"], &typed);
    assert!(
        stderr(&output).contains("3 people in class.csv"),
        "{}",
        stderr(&output)
    );
    let scored = run(at, &["score", "class.csv", "-f", "csv"], b"");
    assert_eq!(scored.status.code(), Some(0), "{}", stderr(&scored));
    assert!(stdout(&scored).contains("\ns-2,"), "{}", stdout(&scored));
    // more are added, and one is put right
    done(
        at,
        &["-o", "class.csv"],
        &format!("s-2\n1: 5\ndone\ns-3\n{}", form()),
    );
    let table = std::fs::read_to_string(at.join("class.csv")).expect("kept");
    assert_eq!(table.lines().count(), 5, "{table}");
    assert!(table.contains("\ns-2,5,2,,"), "{table}");
    let check = enter(
        at,
        &["-o", "class.csv", "--check"],
        &format!("s-1\n{}s-2\n52\ndone\n", form()),
    );
    assert_eq!(check.status.code(), Some(0), "{}", stderr(&check));
    let check = enter(at, &["-o", "class.csv", "--check"], "s-2\n51\ndone\n");
    assert_eq!(check.status.code(), Some(3), "{}", stderr(&check));
    // somebody else's table is left alone
    std::fs::write(at.join("other.csv"), "id,helping-1,class\na,4,12B\n").expect("written");
    let other = enter(at, &["-o", "other.csv"], "s-1\n4\n");
    assert_eq!(other.status.code(), Some(1));
    assert!(
        stderr(&other).contains("another header"),
        "{}",
        stderr(&other)
    );
}

#[test]
fn a_form_is_typed_on_a_terminal_with_a_line_typed_again() {
    let folder = folder();
    let at = folder.path();
    let mut terminal = Terminal::open(at, &["session", "enter", "s-1"], 30, 100);
    terminal.await_text("1 of 93");
    terminal.press("429\r");
    terminal.await_text("is no answer to question 3");
    terminal.press("42\r");
    terminal.await_text("3 of 93");
    terminal.press("undo\r");
    terminal.await_text("1 of 93, ");
    terminal.press("5\rquit\r");
    assert_eq!(terminal.end(), 0, "{}", terminal.picture());
    assert!(terminal.picture().contains("rolescope session enter s-1"));
    assert_eq!(sheet(at, "s-1").answers.codes()[..2], [5, 0]);
}
