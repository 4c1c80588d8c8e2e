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

#[test]
fn tags_pick_sessions_in_list_group_export_and_delete() {
    let folder = folder();
    let at = folder.path();
    for (label, class) in [("a", "12A"), ("b", "12B"), ("c", "12B")] {
        session(at, label, "2026-03-02", 1);
        done(
            at,
            &[
                "set",
                label,
                "--tag",
                &format!("class={class}"),
                "--tag",
                "visit",
            ],
        );
    }
    session(at, "d", "2025-06-01", 1);
    let (list, _) = done(at, &["list", "--tag", "class=12B", "-f", "csv"]);
    let labels: Vec<&str> = list
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next())
        .collect();
    assert_eq!(labels, ["b", "c"]);
    assert!(list.contains("\"class=12B, visit\""), "{list}");
    let (list, _) = done(at, &["list"]);
    assert!(list.contains("class=12A, visit"), "{list}");
    done(at, &["set", "a", "--untag", "visit"]);
    let (list, _) = done(at, &["list", "--tag", "visit", "-f", "csv"]);
    assert_eq!(list.lines().count(), 3);
    let (_, said) = done(at, &["export", "some.tar.gz", "--tag", "class=12B"]);
    assert!(said.contains("2 sessions in"), "{said}");
    fails(
        at,
        &["export", "none.tar.gz", "--tag", "class=13"],
        "no session has these tags",
    );
    fails(at, &["group", "--by", "clas"], "did you mean class?");
    fails(at, &["delete", "--tag", "class=12B"], "--yes");
    fails(at, &["delete"], "required");
    let (_, said) = done(at, &["delete", "--before", "2026-01-01", "--yes"]);
    assert!(said.contains("Gone: 1 session."), "{said}");
    let (_, said) = done(
        at,
        &[
            "delete",
            "--before",
            "2027-01-01",
            "--tag",
            "class=12B",
            "--yes",
        ],
    );
    assert!(said.contains("Gone: 2 sessions."), "{said}");
    let (list, _) = done(at, &["list", "-f", "csv"]);
    assert!(list.lines().count() == 2 && list.contains("\na,"), "{list}");
}

#[test]
fn a_group_of_sessions_is_split_by_a_tag() {
    let folder = folder();
    let at = folder.path();
    for n in 0..10 {
        let label = format!("s-{n}");
        session(at, &label, "2026-03-02", 1);
        let class = format!("class=12{}", if n < 5 { "A" } else { "B" });
        done(at, &["set", &label, "--tag", &class]);
    }
    let (page, _) = done(at, &["group", "--by", "class", "-f", "csv"]);
    assert!(
        page.contains("\n12A,people,,people,5\n12B,people,,people,5\n"),
        "{page}"
    );
    let (page, _) = done(at, &["group"]);
    let page = words(&page);
    assert!(page.contains("In short"), "{page}");
    let often =
        "Of 10 people, most often among the best matches: Nuclear medicine technologist (10)";
    assert!(page.contains(often), "{page}");
    assert!(
        page.contains("To invite or visit, for 10 people: Nuclear medicine technologist"),
        "{page}"
    );
    assert!(
        page.contains("Nobody's result is unclear or insufficient."),
        "{page}"
    );
}

#[test]
fn notes_are_edited_deleted_and_shown_on_request_alone() {
    let folder = folder();
    let at = folder.path();
    session(at, "a", "2026-03-02", 1);
    for note in ["Wants to see the ward.", "Rings on Friday."] {
        done(at, &["note", "a", note]);
    }
    let (_, said) = done(at, &["note", "a", "--edit", "1", "Has seen the ward."]);
    assert!(said.contains("Note 1 is changed."), "{said}");
    fails(
        at,
        &["note", "a", "--edit", "3", "x"],
        "they go from 1 to 2",
    );
    fails(at, &["note", "a", "--delete", "0"], "there is no note 0");
    let report = ["report", "a", "--for", "counsellor"];
    let (page, _) = done(at, &report);
    assert!(!page.contains("Has seen the ward."), "{page}");
    let (page, _) = done(at, &[&report[..], &["--notes"]].concat());
    assert!(
        page.contains("Has seen the ward.") && page.contains("Rings on Friday."),
        "{page}"
    );
    fails(
        at,
        &["report", "a", "--for", "student", "--notes"],
        "--for counsellor",
    );
    done(at, &["note", "a", "--delete", "1"]);
    let (page, _) = done(at, &["show", "a"]);
    assert!(
        !page.contains("ward.") && page.contains("Rings on Friday."),
        "{page}"
    );
}

#[test]
fn a_wish_and_consent_are_kept_and_the_wish_stands_beside_the_result() {
    let folder = folder();
    let at = folder.path();
    let wish = [
        "new",
        "a",
        "--wish",
        "A sonographer, or a baker",
        "--consent",
        "2026-03-02",
    ];
    done(at, &wish);
    let path = at.join("data/a.toml");
    let text = std::fs::read_to_string(&path).expect("kept");
    assert!(
        text.contains("\n[session]\nconsent = 2026-03-02\nwish = \"A sonographer, or a baker\"\n"),
        "{text}"
    );
    // whatever else changes the file keeps them
    done(at, &["note", "a", "A note."]);
    run(at, &["session", "resume", "a"], b"4\n2\nquit\n");
    let text = std::fs::read_to_string(&path).expect("kept");
    std::fs::write(&path, format!("# a remark of mine\n{text}")).expect("written");
    done(at, &["set", "a", "--tag", "class=12B"]);
    done(at, &["note", "a", "--edit", "1", "Another note."]);
    let text = std::fs::read_to_string(&path).expect("kept");
    for part in [
        "# a remark of mine\n",
        "class",
        "Another note.",
        "or a baker",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let (shown, _) = done(at, &["show", "a"]);
    assert!(
        shown.contains("Consent: 2026-03-02") && shown.contains("or a baker"),
        "{shown}"
    );
    session(at, "b", "2026-03-02", 1);
    let (_, said) = done(at, &["set", "b", "--wish", "Sonographer"]);
    assert!(said.contains("was finished before"), "{said}");
    for view in ["student", "counsellor", "both"] {
        let (page, _) = done(at, &["report", "b", "--for", view]);
        let page = words(&page);
        assert!(page.contains("After the quiz was finished"), "{page}");
        assert!(page.contains("Sonographer stands in place"), "{page}");
    }
    done(at, &["set", "b", "--unset", "wish", "--unset", "consent"]);
    fails(at, &["set", "b", "--wish", " "], "a wish has 1 to");
    fails(at, &["set", "b", "--consent", "yesterday"], "a day such as");
    fails(at, &["set", "b"], "nothing to set");
}

#[test]
fn what_another_program_would_not_know_in_a_file_is_named_with_its_place() {
    let pack = built_in();
    let head = "format = 1\nid = \"a\"\n[answers]\n";
    for (table, says) in [
        ("[session]\ntags = { \"a,b\" = \"c\" }\n", "not a tag"),
        ("[session]\nconsent = \"today\"\n", "a day, without quotes"),
        ("[session]\nfirst = 1\n", "first"),
    ] {
        let wrong = AnswerSheet::parse_briefly(&format!("{head}{table}"), &pack);
        let why = wrong.expect_err("it is wrong");
        assert!(why.contains("line 5"), "{why}");
        let shown = AnswerSheet::parse("a", &format!("{head}{table}"), &pack, false);
        let shown = shown.expect_err("it is wrong").to_string();
        assert!(shown.contains(says), "{shown}");
    }
}
