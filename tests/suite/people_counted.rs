//! People are counted and not sittings: equal ids, retests, copies of a file.

use crate::help::{root, run, stderr, stdout};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Output;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// Simulated sheets with these ids, in this order.
fn table(ids: &[&str]) -> String {
    let folder = folder();
    let people = ids.len().to_string();
    let sample = run(
        folder.path(),
        &["-q", "sample", "-n", &people, "--seed", "9"],
        b"",
    );
    let sample = stdout(&sample);
    let mut lines = sample.lines();
    let mut table = format!("{}\n", lines.next().expect("a header"));
    for (id, line) in ids.iter().zip(lines) {
        let (_, answers) = line.split_once(',').expect("an id");
        let _ = writeln!(table, "{id},{answers}");
    }
    table
}

fn group(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let all = [&["report", "--group", "-", "-f", "csv"], arguments].concat();
    run(folder, &all, input.as_bytes())
}

#[track_caller]
fn refused(output: &Output, says: &str) {
    let said = stderr(output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("fewer than 5 people") && said.contains(says),
        "{said}"
    );
}

/// The number of people that a group's table states.
#[track_caller]
fn people(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", stderr(output));
    let table = stdout(output);
    let line = table
        .lines()
        .find_map(|line| line.strip_prefix(",people,,people,"));
    line.expect("stated").to_owned()
}

fn imported(folder: &Path, label: &str) {
    let file = root().join("examples/simulated-1.toml");
    let file = file.display().to_string();
    let output = run(folder, &["session", "import", &file, "--label", label], b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn equal_ids_of_a_table_are_one_person_in_a_group() {
    let folder = folder();
    let at = folder.path();
    let twice = table(&["a", "b", "c", "d", "d"]);
    refused(&group(at, &[], &twice), "4 people in 5 sittings");
    let eight = table(&["a", "a", "b", "b", "c", "c", "d", "d"]);
    refused(&group(at, &[], &eight), "4 people in 8 sittings");
    let five = table(&["a", "b", "c", "d", "e", "a"]);
    let output = group(at, &[], &five);
    assert_eq!(people(&output), "5");
    assert!(
        stderr(&output).contains("5 people in 6 sittings"),
        "{}",
        stderr(&output)
    );
    // the later row of a person is the one that counts, as if the earlier were not there
    let (head, rows) = five.split_once('\n').expect("a header");
    let (_, later) = rows.split_once('\n').expect("a row");
    assert_eq!(
        stdout(&output),
        stdout(&group(at, &[], &format!("{head}\n{later}")))
    );
    // a page says what was counted
    let page = run(at, &["-q", "report", "--group", "-"], five.as_bytes());
    let page = stdout(&page)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(
        page.contains("Each person counts once, with the latest sitting"),
        "{page}"
    );
}

#[test]
fn parts_of_a_group_are_of_people_too() {
    let folder = folder();
    let mut csv = String::new();
    let ids = ["a", "b", "c", "d", "e", "f", "g", "h", "h", "h", "g", "i"];
    for (n, line) in table(&ids).lines().enumerate() {
        let class = match n {
            0 => "class",
            1..=5 => "10A",
            _ => "10B",
        };
        let _ = writeln!(csv, "{line},{class}");
    }
    // seven rows of 10B are of four people: the split would tell of them
    let output = group(folder.path(), &["--by", "class"], &csv);
    assert_eq!(people(&output), "9");
    assert!(!stdout(&output).contains("10B"), "{}", stdout(&output));
}

#[test]
fn rows_without_an_id_are_people_of_their_own() {
    let folder = folder();
    let csv = table(&["", "", "", "", ""]);
    assert_eq!(people(&group(folder.path(), &[], &csv)), "5");
}

#[test]
fn a_group_is_the_same_with_any_number_of_threads() {
    let folder = folder();
    let at = folder.path();
    let people = 3000;
    let ids: Vec<String> = (0..people).map(|n| format!("p{}", n % 1000)).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let csv = table(&ids);
    let all: Vec<String> = (0..4).map(|_| stdout(&group(at, &[], &csv))).collect();
    assert!(
        all[0].starts_with("part,kind,id,figure,value\n,people,,people,1000\n"),
        "{}",
        all[0]
    );
    assert!(all.iter().all(|page| *page == all[0]));
}

#[test]
fn score_keeps_rows_of_one_id_apart_and_says_that_they_are_there() {
    let folder = folder();
    let score = ["score", "-", "-f", "csv"];
    let output = run(
        folder.path(),
        &score,
        table(&["a", "b", "a", "a"]).as_bytes(),
    );
    assert_eq!(stdout(&output).lines().count(), 5);
    let said = stderr(&output);
    assert!(said.contains("2 rows have the id of another"), "{said}");
    let output = run(folder.path(), &score, table(&["a", "b"]).as_bytes());
    assert!(
        !stderr(&output).contains("the id of another"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn copies_and_retests_of_sessions_are_one_person() {
    let folder = folder();
    let at = folder.path();
    for label in ["a", "b", "c"] {
        imported(at, label);
    }
    let data = at.join("data");
    std::fs::copy(data.join("a.toml"), data.join("a-LAPTOP-7F3.toml")).expect("copied");
    std::fs::copy(data.join("b.toml"), data.join("b (conflicted copy).toml")).expect("copied");
    let session = ["session", "group", "-f", "csv"];
    refused(&run(at, &session, b""), "3 people in 5 sittings");
    for label in ["d", "e"] {
        imported(at, label);
    }
    assert_eq!(people(&run(at, &session, b"")), "5");
    // a link to the first sitting makes a retest of a session
    let set = |label: &str, first: &str| run(at, &["session", "set", label, "--again", first], b"");
    let linked = set("e", "d");
    assert_eq!(linked.status.code(), Some(0), "{}", stderr(&linked));
    refused(&run(at, &session, b""), "4 people in 7 sittings");
}

#[test]
fn an_analysis_needs_people_and_not_rows_in_all_and_in_each_group() {
    let folder = folder();
    let at = folder.path();
    let ids = |people: usize, rows: usize| {
        let all: Vec<String> = (0..rows).map(|n| format!("p{}", n % people)).collect();
        table(&all.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let analyse = |arguments: &[&str], input: &str| {
        run(
            at,
            &[&["analyse", "-"], arguments].concat(),
            input.as_bytes(),
        )
    };
    let output = analyse(&[], &ids(9, 18));
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("9 people could be read (18 rows: equal ids and linked sittings"),
        "{said}"
    );
    let output = analyse(&[], &ids(10, 18));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("8 rows have the id of another"),
        "{}",
        stderr(&output)
    );
    assert!(
        stdout(&output).starts_with("18 rows of answers of 10 people"),
        "{}",
        stdout(&output)
    );
    // a group is no larger than its people either
    let grouped = |people: usize, rows: usize| {
        let small = ids(people, rows);
        let other = ids(30, 30).replace("\np", "\nq");
        let mut lines = small.lines();
        let mut all = format!("school,{}\n", lines.next().expect("a header"));
        lines.for_each(|line| {
            let _ = writeln!(all, "Hill,{line}");
        });
        other.lines().skip(1).for_each(|line| {
            let _ = writeln!(all, "Lake,{line}");
        });
        all
    };
    let output = analyse(&["--by", "school", "--id", "id"], &grouped(4, 24));
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("the group \"Hill\" is of 4 people (24 rows"),
        "{said}"
    );
    let output = analyse(&["--by", "school", "--id", "id"], &grouped(24, 24));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn linked_sittings_and_copies_of_files_make_no_analysis_of_fewer_people() {
    let folder = folder();
    let at = folder.path();
    for number in 0..9 {
        imported(at, &format!("s-{number}"));
    }
    imported(at, "s-0-again");
    let link = ["session", "set", "s-0-again", "--again", "s-0"];
    assert!(run(at, &link, b"").status.success());
    let output = run(at, &["analyse", "data"], b"");
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("9 people could be read (10 rows"), "{said}");
}
