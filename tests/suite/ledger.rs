//! Nobody goes missing behind a stray quotation mark: every line of an input is a person's, a rejected
//! row's, or said to be passed over.

use crate::batch::{cells, ended, folder, put, score, sheets};
use crate::help::{run, stdout};
use std::path::Path;

/// A table of simulated people with a text at the end of each row.
fn noted(people: usize, note: impl Fn(usize) -> String) -> String {
    let sheets = sheets(people, "csv");
    let lines = sheets.lines().enumerate();
    let notes = lines.map(|(n, line)| {
        let note = if n == 0 { "note".to_owned() } else { note(n) };
        format!("{line},{note}\n")
    });
    notes.collect()
}

/// Runs all commands that read many people on `in.csv` or `in.tsv`, and holds that each ends with this
/// code, says these parts and counts so many people.
#[track_caller]
fn all_agree(folder: &Path, name: &str, code: i32, people: usize, parts: &[&str]) {
    let output = score(folder, &[name, "--rejects", "bad.csv"], b"");
    ended(&output, code, parts);
    let whole = if code == 1 { 0 } else { people };
    let rows = cells(&output.stdout).len();
    assert!(rows == people + 1 || code == 1, "{rows} rows scored");
    for jobs in ["1", "3"] {
        let again = score(folder, &["--jobs", jobs, name], b"");
        ended(&again, code, parts);
        assert!(again.stdout == output.stdout || code == 1);
    }
    let output = run(folder, &["analyse", "-f", "csv", name], b"");
    ended(&output, code, parts);
    let told = format!("people,,,people,{whole},,\n");
    assert_eq!(stdout(&output).contains(&told), whole > 0);
    let output = run(folder, &["report", "--group", name, "-f", "csv"], b"");
    ended(&output, code, parts);
    assert_eq!(
        stdout(&output).contains(&format!(",people,,people,{whole}\n")),
        whole > 0
    );
    let output = run(folder, &["roles", "--rating-sheet", name], b"");
    ended(&output, code, parts);
    let first = stdout(&output);
    let first = first
        .lines()
        .filter(|line| line.split(',').nth(1) == Some("1"));
    assert_eq!(first.count(), whole);
}

#[test]
fn an_open_quote_is_one_rejected_row_and_all_behind_it_are_read() {
    let folder = folder();
    let open = |n| if n == 1 { "\"ok" } else { "ok" }.to_owned();
    put(folder.path(), "in.csv", noted(5000, open));
    all_agree(
        folder.path(),
        "in.csv",
        3,
        4999,
        &["in.csv:2:95: note: \"\\\"ok\": a quote opens here and is not closed"],
    );
    let bad = std::fs::read(folder.path().join("bad.csv")).expect("written");
    let bad = cells(&bad);
    assert_eq!(
        (bad.len(), &bad[1][1][..], &bad[1][2][..]),
        (2, &b"2"[..], &b"note"[..])
    );
    assert!(bad[1][5].starts_with(b"simulated-1,") && bad[1][5].ends_with(b",\"ok"));
    let strict = score(folder.path(), &["--strict", "in.csv"], b"");
    ended(&strict, 1, &["in.csv:2:95", "stopped by --strict"]);
}

#[test]
fn a_stray_quote_closed_in_a_later_row_swallows_no_row() {
    let folder = folder();
    for (first, later) in [("\"ok", "ok\""), ("\"ok", "\"ok"), ("\"ok\" x", "ok")] {
        for apart in [1, 2, 200] {
            let note = |n| match n {
                100 => first.to_owned(),
                n if n == 100 + apart => later.to_owned(),
                _ => "ok".to_owned(),
            };
            put(folder.path(), "in.csv", noted(500, note));
            let rejected = 1 + usize::from(later == "\"ok");
            all_agree(
                folder.path(),
                "in.csv",
                3,
                500 - rejected,
                &["in.csv:101:95: note: "],
            );
        }
    }
}

#[test]
fn a_line_end_within_quotes_hides_no_row() {
    let folder = folder();
    let table = noted(30, |n| if n == 6 { "6\"" } else { "" }.to_owned());
    put(
        folder.path(),
        "in.csv",
        table.replace("\nsimulated-6,", "\"simulated-6,"),
    );
    all_agree(
        folder.path(),
        "in.csv",
        3,
        28,
        &["in.csv:6:95: note: \"\\\"simulated-6\": "],
    );
}

#[test]
fn a_cell_with_a_few_line_breaks_is_read_and_one_with_many_is_not() {
    let folder = folder();
    let long = |breaks: usize| {
        noted(30, |n| {
            if n == 5 {
                format!("\"{}\"", "a, b\n".repeat(breaks))
            } else {
                "ok".into()
            }
        })
    };
    put(folder.path(), "in.csv", long(8));
    all_agree(folder.path(), "in.csv", 0, 30, &[]);
    let output = score(folder.path(), &["--keep", "note", "in.csv"], b"");
    assert!(stdout(&output).contains(&"a, b\n".repeat(7)));
    put(folder.path(), "in.csv", long(9));
    let output = score(folder.path(), &["in.csv"], b"");
    // the rest of the cell is lines of their own, none of which is a person
    ended(
        &output,
        3,
        &["in.csv:6:95: note: \"\\\"a\"", "29 scored", "10 rejected"],
    );
}

#[test]
fn text_that_starts_with_a_quote_is_read_in_tab_separated_tables() {
    let folder = folder();
    let note = |n| match n {
        1 => "\"5 ft".to_owned(),
        2 => "\"5 ft\" tall".to_owned(),
        3 => "\"said \"\"yes\"\"\nand left\"".to_owned(),
        4 => "\"a\tb\"".to_owned(),
        7 => "6\"".to_owned(),
        30 => "\"last".to_owned(),
        _ => "ok".to_owned(),
    };
    put(folder.path(), "in.tsv", noted(30, note).replace(',', "\t"));
    all_agree(folder.path(), "in.tsv", 0, 30, &[]);
    let all = ["score", "-f", "ndjson", "--keep", "note", "in.tsv"];
    let output = run(folder.path(), &all, b"");
    let kept = |n: usize| {
        let text = stdout(&output);
        let line = text.lines().nth(n - 1).expect("a person");
        let record: serde_json::Value = serde_json::from_str(line).expect("JSON");
        record["kept"]["note"].as_str().expect("a text").to_owned()
    };
    let found = [1, 2, 3, 4, 30].map(kept);
    let expected = [
        "\"5 ft",
        "\"5 ft\" tall",
        "said \"yes\"\nand left",
        "a\tb",
        "\"last",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_quote_open_at_the_end_ends_the_run_where_nothing_tells_its_row() {
    let folder = folder();
    // the last row but one: the last looks like a row
    let note = |at: usize| move |n| if n == at { "\"ok" } else { "ok" }.to_owned();
    put(folder.path(), "in.csv", noted(300, note(299)));
    all_agree(folder.path(), "in.csv", 3, 299, &["in.csv:300:95: note: "]);
    for end in ["", "\n\n\n"] {
        put(folder.path(), "in.csv", noted(300, note(300)) + end);
        let message = "in.csv:301:95: a quote that opens here is not closed";
        all_agree(folder.path(), "in.csv", 1, 299, &[message]);
    }
    let output = score(folder.path(), &["-o", "out.csv", "in.csv"], b"");
    ended(&output, 1, &[]);
    assert!(!folder.path().join("out.csv").exists());
    // nothing can be read by a header that goes on and on
    put(
        folder.path(),
        "in.csv",
        sheets(30, "csv").replacen("id,", "id,\"", 1),
    );
    all_agree(
        folder.path(),
        "in.csv",
        1,
        0,
        &["in.csv:1:2: a quote that opens here is not closed"],
    );
}

#[test]
fn rows_of_empty_cells_are_passed_over_and_counted() {
    let folder = folder();
    let table = noted(30, |_| "ok".to_owned());
    let commas = ",".repeat(89);
    let rows = format!("{table}{commas}\n\n , ,\t\r\n\"\",\"\",,\" \n\"\n");
    put(folder.path(), "in.csv", &rows);
    all_agree(
        folder.path(),
        "in.csv",
        0,
        30,
        &["3 rows of empty cells passed over"],
    );
    put(folder.path(), "in.csv", rows.replace(',', ";"));
    all_agree(
        folder.path(),
        "in.csv",
        0,
        30,
        &["3 rows of empty cells passed over"],
    );
    put(folder.path(), "in.csv", format!("{table}{commas}"));
    all_agree(
        folder.path(),
        "in.csv",
        0,
        30,
        &["1 row of empty cells passed over"],
    );
    let quiet = score(folder.path(), &["-q", "in.csv"], b"");
    assert!(quiet.stderr.is_empty());
}

#[test]
fn every_line_is_accounted_for_however_lines_end() {
    let folder = folder();
    let table = noted(30, |n| {
        if n % 5 == 0 { "\"a\nb\"" } else { "ok" }.to_owned()
    });
    for end in ["\n", "\r\n", "\r"] {
        let lines = [
            end,
            end,
            &table.replace('\n', end),
            end,
            "short,1",
            end,
            ",,",
            end,
        ];
        put(folder.path(), "in.csv", lines.concat());
        let parts = [
            "2 cells where the header has 95",
            "1 row of empty cells passed over",
        ];
        all_agree(folder.path(), "in.csv", 3, 30, &parts);
    }
    // line ends of several kinds in one file
    let lines = table.lines().enumerate();
    let mixed: Vec<String> = lines
        .map(|(n, line)| format!("{line}{}", ["\n", "\r\n", "\r"][n % 3]))
        .collect();
    put(
        folder.path(),
        "in.csv",
        mixed.concat() + "short,1\r\rshort,2",
    );
    all_agree(
        folder.path(),
        "in.csv",
        3,
        30,
        &["2 cells where the header has 95"],
    );
    let ndjson = format!(
        "\n{}\n \n{{}}\n{}",
        sheets(30, "ndjson"),
        "x".repeat(3 << 20)
    );
    put(folder.path(), "in.csv", ndjson);
    let said = score(folder.path(), &["--input-format", "ndjson", "in.csv"], b"");
    ended(&said, 3, &["30 scored", "2 rejected"]);
}

#[test]
fn a_damaged_object_is_one_rejected_record_and_all_behind_it_are_read() {
    let folder = folder();
    let lines = sheets(9, "ndjson");
    let lines: Vec<&str> = lines.lines().collect();
    let spaced = |line: &str| line.replace(',', ",\n  ");
    for (from, to) in [
        ("}}", "}"),
        ("}}", "}}}"),
        ("\":", ":"),
        (":\"", ":"),
        ("{", ""),
    ] {
        let mut all: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        all[4] = all[4].replacen(from, to, 1);
        let array = |all: &[String], between: &str| format!("[{}]\n", all.join(between));
        let pretty: Vec<String> = all.iter().map(|one| spaced(one)).collect();
        let first = [spaced(&all[0]), all[1..].join("\n")].join("\n");
        for text in [
            array(&all, ", "),
            array(&pretty, ",\n"),
            pretty.join("\n") + "\n",
            first + "\n",
        ] {
            put(folder.path(), "in.json", &text);
            let output = score(folder.path(), &["in.json"], b"");
            ended(&output, 3, &["1 of 9 rows were rejected"]);
            assert_eq!(cells(&output.stdout).len(), 9, "{text}");
        }
    }
}
