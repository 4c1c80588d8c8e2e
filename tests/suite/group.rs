//! The group page: counts, and statistical disclosure control.

use crate::help::{built_in, first_of_each_kind, root, run, snapshot, stderr, stdout};
use rolescope_core::results::DisclosedGroup;
use std::fmt::Write as _;

/// Whether a count is of a few people, whom it could give away.
fn is_few(count: u64) -> bool {
    (1..DisclosedGroup::FEWEST).contains(&count)
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// Simulated sheets with a class each: of 18, 12, 7 and 3 people.
fn classes(pack: &[&str]) -> String {
    let folder = folder();
    let sample = ["-q", "sample", "-n", "40", "--seed", "7"];
    let output = run(folder.path(), &[&sample, pack].concat(), b"");
    let mut table = String::new();
    for (n, line) in stdout(&output).lines().enumerate() {
        let class = match n {
            0 => "class",
            1..=18 => "10A",
            19..=30 => "10B",
            31..=37 => "10C",
            _ => "10D",
        };
        let _ = writeln!(table, "{line},{class}");
    }
    table
}

#[test]
fn the_group_page_matches_its_snapshot_and_names_nobody() {
    let folder = folder();
    let small = root().join("tests/packs/small").display().to_string();
    let pack = ["--pack", &small];
    let table = classes(&pack);
    let page = |arguments: &[&str]| {
        let all = ["-q", "report", "--group", "-", "--by", "class"];
        let all = [&all, &pack[..], arguments].concat();
        let output = run(folder.path(), &all, table.as_bytes());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let page = stdout(&output);
        assert!(!page.contains("simulated-"), "no label of a person");
        assert!(
            !page.contains("10C") && !page.contains("10D"),
            "nor of a small class"
        );
        page
    };
    snapshot("snapshots", "group-text", &page(&[]));
    let table = first_of_each_kind(&page(&["-f", "csv"]), &[0, 1, 3]);
    snapshot("snapshots", "group-csv", &table);
    page(&["-f", "markdown"]);
    page(&["-f", "html"]);
}

#[test]
fn group_files_disclose_no_count_of_few_people() {
    let folder = folder();
    let all = ["-q", "report", "--group", "-", "--by", "class", "-f", "csv"];
    let csv = stdout(&run(folder.path(), &all, classes(&[]).as_bytes()));
    let rows: Vec<Vec<&str>> = csv
        .lines()
        .skip(1)
        .map(|l| l.split(',').collect())
        .collect();
    let parts: Vec<&str> = rows
        .iter()
        .filter(|row| row[1] == "people")
        .map(|row| row[0])
        .collect();
    assert_eq!(parts, ["", "10A", "10B", "small groups"], "{csv}");
    let people: Vec<u64> = rows
        .iter()
        .filter(|row| row[1] == "people")
        .map(|row| row[4].parse().expect("a number"))
        .collect();
    let counts = |kind: &str, id: &str| -> Vec<Option<u64>> {
        let rows = rows
            .iter()
            .filter(|r| r[1] == kind && r[2] == id && r[3] != "first");
        rows.map(|row| row[4].parse().ok()).collect()
    };
    let mut withheld = 0;
    for role in built_in().roles() {
        let line = counts("role", role.id());
        assert_eq!(line.len(), 4);
        for (count, people) in line.iter().zip(&people) {
            assert!(
                count.is_none_or(|n| !is_few(n) && !is_few(people - n)),
                "{line:?}"
            );
        }
        let hidden = line.iter().filter(|n| n.is_none()).count();
        withheld += hidden;
        assert_ne!(
            hidden,
            1,
            "{}: {line:?}: one missing count follows from the others",
            role.id()
        );
    }
    assert!(withheld > 10, "the test has something to derive");
}

#[test]
fn the_group_page_is_independent_of_the_input_format() {
    let folder = folder();
    let sample = stdout(&run(
        folder.path(),
        &["-q", "sample", "-n", "12", "--seed", "3"],
        b"",
    ));
    let ndjson = run(
        folder.path(),
        &["-q", "sample", "-n", "12", "--seed", "3", "-f", "ndjson"],
        b"",
    );
    let page = |input: &[u8]| {
        let output = run(folder.path(), &["-q", "report", "--group", "-"], input);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output)
    };
    let lines: Vec<&str> = sample.lines().collect();
    let (head, people) = lines.split_first().expect("a header");
    let backwards: Vec<&str> = people.iter().rev().copied().collect();
    let backwards = format!("{head}\n{}\n", backwards.join("\n"));
    assert_eq!(page(sample.as_bytes()), page(&ndjson.stdout));
    assert_eq!(page(sample.as_bytes()), page(backwards.as_bytes()));
}

#[test]
fn errors_about_groups_say_what_is_right() {
    let folder = folder();
    let table = classes(&[]);
    let fails = |arguments: &[&str], input: &str, code: i32, part: &str| {
        let output = run(folder.path(), arguments, input.as_bytes());
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(part), "{said}");
    };
    let group = ["-q", "report", "--group", "-"];
    let with = |more: &[&'static str]| [&group[..], more].concat();
    fails(&with(&["--by", "clas"]), &table, 1, "did you mean class?");
    fails(
        &with(&["-f", "ndjson"]),
        &table,
        2,
        "text, markdown, html or csv",
    );
    fails(
        &with(&["--for", "student"]),
        &table,
        2,
        "cannot be used with",
    );
    fails(
        &["report", "x.toml", "--by", "class"],
        "",
        2,
        "use it with --group",
    );
    let few: Vec<&str> = table.lines().take(5).collect();
    fails(&group, &few.join("\n"), 1, "fewer than 5 people");
    let many: String = (0..202).fold("id,who,helping-1\n".to_owned(), |all, n| {
        format!("{all}{n},person-{n},4\n")
    });
    fails(
        &with(&["--by", "who", "--partial"]),
        &many,
        1,
        "has over 200 values",
    );
    let bad = table.replace("10B\n", "10B,x\n");
    fails(&group, &bad, 3, "12 of 40 rows were rejected");
}
