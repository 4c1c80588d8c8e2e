//! Sittings of one person: linked, ordered by date, and what a counsellor keeps of them.

use crate::help::{built_in, root, run, stderr, stdout};
use rolescope::storage::answer_file::AnswerSheet;
use std::path::Path;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

#[track_caller]
fn done(folder: &Path, arguments: &[&str]) -> (String, String) {
    let output = run(folder, &[&["session"], arguments].concat(), b"quit\n");
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
    (stdout(&output), said)
}

#[track_caller]
fn fails(folder: &Path, arguments: &[&str], says: &str) {
    let output = run(folder, &[&["session"], arguments].concat(), b"");
    let said = stderr(&output);
    assert_ne!(output.status.code(), Some(0), "{arguments:?}: {said}");
    assert!(said.contains(says), "{arguments:?}: {said}");
}

/// A session of a simulated person, finished on a day.
fn session(folder: &Path, label: &str, day: &str, number: usize) {
    let file = root().join(format!("examples/simulated-{number}.toml"));
    done(
        folder,
        &["import", &file.display().to_string(), "--label", label],
    );
    let path = folder.join(format!("data/{label}.toml"));
    let text = std::fs::read_to_string(&path).expect("kept");
    let lines = text.lines().map(|line| match line.split_once(" = ") {
        Some((key @ ("started" | "finished"), _)) => format!("{key} = {day}T10:00:00+13:00\n"),
        _ => format!("{line}\n"),
    });
    std::fs::write(&path, lines.collect::<String>()).expect("dated");
}

/// A page without its breaks of lines.
fn words(page: &str) -> String {
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn sittings_are_ordered_by_date_and_warned_of_where_nothing_links_them() {
    let folder = folder();
    let at = folder.path();
    session(at, "a", "2026-03-02", 1);
    session(at, "b", "2026-11-02", 1);
    let unlinked = "Nothing says that";
    let (page, _) = done(at, &["report", "b", "--since", "a"]);
    assert!(
        words(&page).contains("Then: 2026-03-02. Now: 2026-11-02."),
        "{page}"
    );
    assert!(words(&page).contains(unlinked), "{page}");
    assert!(
        words(&page).contains("the same answers to every question"),
        "{page}"
    );
    // the other way round the same, and said
    let (other, said) = done(at, &["report", "a", "--since", "b"]);
    assert_eq!(other, page);
    assert!(
        said.contains("b is the older") || said.contains("a is the older"),
        "{said}"
    );
    // linked, there is nothing to warn of, and the sitting before is found
    fails(
        at,
        &["report", "b", "--since"],
        "no earlier sitting is linked",
    );
    done(at, &["set", "b", "--again", "a"]);
    let (linked, _) = done(at, &["report", "b", "--since"]);
    assert!(!words(&linked).contains(unlinked), "{linked}");
    assert!(
        words(&linked).contains("Then: 2026-03-02. Now: 2026-11-02."),
        "{linked}"
    );
}

#[test]
fn a_link_leads_to_the_first_sitting_and_never_in_a_circle() {
    let folder = folder();
    let at = folder.path();
    for label in ["a", "b"] {
        session(at, label, "2026-03-02", 1);
    }
    done(at, &["set", "b", "--again", "a"]);
    // the third links to the first, through whichever is named
    done(at, &["new", "c", "--again", "b"]);
    let sheet = |label: &str| {
        let path = at.join(format!("data/{label}.toml"));
        AnswerSheet::load(&path, &built_in(), false).expect("it loads")
    };
    assert_eq!(sheet("c").facts.first.as_deref(), Some("a"));
    fails(
        at,
        &["set", "a", "--again", "b"],
        "is the first sitting of \"b\" itself",
    );
    fails(at, &["set", "a", "--again", "a"], "is the first sitting");
    session(at, "z", "2026-03-02", 1);
    fails(at, &["set", "a", "--again", "z"], "is the first sitting of");
    fails(
        at,
        &["new", "d", "--again", "nobody"],
        "no session \"nobody\"",
    );
    assert!(!at.join("data/d.toml").exists(), "nothing is begun");
    done(at, &["set", "c", "--unset", "again"]);
    assert_eq!(sheet("c").facts.first, None);
}
