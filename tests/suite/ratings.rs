//! Ratings of roles: the rating sheet, and the validity of matches against ratings.

use crate::batch::{ended, folder, put, sheets};
use crate::help::{built_in, run, stderr, stdout};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// Answers of some people and a sheet on which their ratings follow from a rule.
fn study(folder: &Path, people: usize, says: impl Fn(&str, usize) -> &'static str) -> String {
    put(folder, "class.csv", sheets(people, "csv"));
    let output = run(folder, &["roles", "--rating-sheet", "class.csv"], b"");
    ended(&output, 0, &[]);
    let given = stdout(&output);
    let mut filled = String::new();
    for (n, line) in given.lines().enumerate() {
        let cells: Vec<&str> = line.splitn(5, ',').collect();
        let rating = if n == 0 { cells[3] } else { says(cells[2], n) };
        let [id, place, role, _, rest] = cells[..] else {
            panic!("five cells: {line}");
        };
        let _ = writeln!(filled, "{id},{place},{role},{rating},{rest}");
    }
    put(folder, "ratings.csv", filled);
    given
}

fn analysed(folder: &Path) -> Value {
    let arguments = [
        "analyse",
        "class.csv",
        "--ratings",
        "ratings.csv",
        "-f",
        "json",
    ];
    let output = run(folder, &arguments, b"");
    ended(&output, 0, &[]);
    let all: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    all["ratings"].clone()
}

#[test]
fn the_rating_sheet_lists_every_role_shuffled_and_without_match() {
    let folder = folder();
    let sheet = study(folder.path(), 12, |_, _| "");
    let mut lines = sheet.lines();
    assert_eq!(lines.next(), Some("id,shown,role,rating,name,summary"));
    let mut orders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in lines {
        let cells: Vec<&str> = line.splitn(5, ',').collect();
        let order = orders.entry(cells[0]).or_default();
        order.push(cells[2]);
        assert_eq!(cells[1], order.len().to_string(), "the place is stated");
        assert_eq!(cells[3], "", "not yet rated");
    }
    assert_eq!(orders.len(), 12);
    let ids: BTreeSet<String> = built_in()
        .roles()
        .iter()
        .map(|r| r.id().to_owned())
        .collect();
    for order in orders.values() {
        let shown: BTreeSet<String> = order.iter().map(|&id| id.to_owned()).collect();
        assert_eq!((shown, order.len()), (ids.clone(), ids.len()), "each once");
    }
    let different: BTreeSet<&Vec<&str>> = orders.values().collect();
    assert_eq!(different.len(), 12, "no two alike");
}

#[test]
fn ratings_that_follow_the_match_have_a_perfect_area() {
    let folder = folder();
    put(folder.path(), "class.csv", sheets(30, "csv"));
    let scored = ["score", "class.csv", "-f", "ndjson", "--top", "all", "-q"];
    let scored = stdout(&run(folder.path(), &scored, b""));
    let mut ratings = "id,role,rating\n".to_owned();
    let mut turned = ratings.clone();
    for line in scored.lines() {
        let person: Value = serde_json::from_str(line).expect("JSON");
        let id = person["id"].as_str().expect("an id");
        for role in person["roles"].as_array().expect("roles") {
            let up = u8::from(role["z"].as_f64().expect("a match") > 0.0);
            let name = role["role"].as_str().expect("a role");
            let _ = writeln!(ratings, "{id},{name},{up}");
            let _ = writeln!(turned, "{id},{name},{}", 1 - up);
        }
    }
    put(folder.path(), "ratings.csv", &ratings);
    let found = analysed(folder.path());
    assert_eq!(found["auc"]["value"], 1.0, "{found}");
    assert!(
        found["auc"]["interval"].is_null(),
        "at the end of the scale"
    );
    let shares: Vec<f64> = found["tenths"]
        .as_array()
        .expect("tenths")
        .iter()
        .filter_map(|tenth| tenth["share"]["value"].as_f64())
        .collect();
    assert_eq!(shares, [[0.0; 5], [1.0; 5]].concat());
    put(folder.path(), "ratings.csv", &turned);
    assert_eq!(analysed(folder.path())["auc"]["value"], 0.0);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = folder();
    study(folder.path(), 400, |_, n| ["1", "0", "", "0"][n % 4]);
    let of = |jobs| {
        let study = [
            "analyse",
            "class.csv",
            "--ratings",
            "ratings.csv",
            "-f",
            "json",
        ];
        let all = [&study[..], &["--jobs", jobs]].concat();
        stdout(&run(folder.path(), &all, b""))
    };
    let one = of("1");
    assert!(one.contains("\"auc\"") && one == of("4"));
}

#[test]
fn unusable_ratings_are_reported_and_left_out() {
    let folder = folder();
    study(folder.path(), 12, |role, _| {
        if role == "orthotist" { "1" } else { "0" }
    });
    let path = folder.path().join("ratings.csv");
    let mut text = std::fs::read_to_string(&path).expect("there");
    text.push_str(
        "nobody,1,orthotist,1,,\nsimulated-13,1,orthotist,1,,\nsimulated-1b,1,orthotist,,,\n",
    );
    std::fs::write(&path, text).expect("written");
    let class = std::fs::read_to_string(folder.path().join("class.csv")).expect("there");
    let columns = class.lines().next().expect("a header").matches(',').count();
    let twice = class.lines().nth(2).expect("the second person");
    let blank = format!("simulated-13{}", ",".repeat(columns));
    put(
        folder.path(),
        "class.csv",
        format!("{class}{twice}\n{blank}\n"),
    );
    let arguments = [
        "analyse",
        "class.csv",
        "--ratings",
        "ratings.csv",
        "--family",
        "imaging",
    ];
    let output = run(folder.path(), &arguments, b"");
    let parts = [
        "simulated-2 stands 2 times among the answers",
        "1 person with ratings has no answers",
        "1 person with ratings has too few answers",
        "ratings are of roles not compared here",
        "1 role was not rated",
    ];
    ended(&output, 0, &parts);
    assert!(
        stdout(&output).contains("11 people gave"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn errors_say_what_is_right() {
    let folder = folder();
    study(folder.path(), 12, |_, _| "1");
    let analyse = |ratings: &str| {
        put(folder.path(), "bad.csv", ratings);
        let arguments = ["analyse", "class.csv", "--ratings", "bad.csv"];
        run(folder.path(), &arguments, b"")
    };
    let output = analyse("id,role,rating\nsimulated-1,orthotst,1\nsimulated-1,orthotist,5\n");
    let parts = [
        "bad.csv:2: role: \"orthotst\"",
        "did you mean orthotist?",
        "bad.csv:3: rating: \"5\": write 1",
    ];
    ended(&output, 1, &parts);
    assert!(
        stdout(&output).is_empty(),
        "nothing is computed of half a file"
    );
    ended(
        &analyse("id,role,rating\nx,orthotist,1\n"),
        1,
        &["the ids of ratings must be those of the answers"],
    );
    ended(
        &analyse("who,role,rating\n"),
        1,
        &["bad.csv:1: no column id"],
    );
    ended(
        &analyse("id,role,rating\n\u{1b}[31m,x\u{7},1\n"),
        1,
        &["no such role"],
    );
    assert!(!stderr(&analyse("id,role,rating\n\u{1b}[31m,x\u{7},1\n")).contains('\u{1b}'));

    let sheet = |arguments: &[&str]| {
        let all = [&["roles", "--rating-sheet"], arguments].concat();
        run(folder.path(), &all, b"")
    };
    ended(
        &sheet(&["class.csv", "-o", "class.csv"]),
        2,
        &["would be lost"],
    );
    let class = std::fs::read_to_string(folder.path().join("class.csv")).expect("there");
    let twice = class.lines().nth(2).expect("the second person");
    put(folder.path(), "twice.csv", format!("{class}{twice}\n"));
    ended(
        &sheet(&["twice.csv"]),
        1,
        &["two people are called simulated-2"],
    );
    put(folder.path(), "bad-row.csv", format!("{class}x,99\n"));
    let output = sheet(&["bad-row.csv"]);
    ended(
        &output,
        3,
        &["1 of 13 rows were rejected; the others were listed"],
    );
    assert!(stdout(&output).starts_with("id,shown,role,rating"));
}

#[test]
fn a_label_escaped_for_spreadsheets_finds_its_ratings() {
    let folder = folder();
    let class = sheets(12, "csv")
        .replace("simulated-1,", "=1+1,")
        .replace("simulated-2,", "\"@a,b\",");
    put(folder.path(), "class.csv", class);
    let output = run(
        folder.path(),
        &["roles", "--rating-sheet", "class.csv"],
        b"",
    );
    ended(&output, 0, &[]);
    let sheet = stdout(&output);
    assert!(
        sheet.contains("\n'=1+1,") && sheet.contains("\n\"'@a,b\","),
        "{sheet}"
    );
    let filled = sheet
        .replace(",phlebotomist,,", ",phlebotomist,1,")
        .replace(",orthotist,,", ",orthotist,0,");
    put(folder.path(), "ratings.csv", filled);
    let found = analysed(folder.path());
    assert_eq!(found["people"], 12, "{found}");
}

#[test]
fn a_stray_quote_takes_no_rating_along() {
    let folder = folder();
    study(folder.path(), 12, |_, n| if n % 3 == 0 { "1" } else { "0" });
    let whole = std::fs::read_to_string(folder.path().join("ratings.csv")).expect("written");
    let lines: Vec<&str> = whole.lines().collect();
    let arguments = ["analyse", "class.csv", "--ratings", "ratings.csv"];
    // closed by the quote of a later row, by none, and with text behind the quote that closes it
    for (at, cell, reason) in [
        (3, "\"oops", "a quote opens here"),
        (lines.len() - 1, "\"oops", "never closed"),
        (3, "\"oops\" indeed", "text stands behind the quote"),
    ] {
        let mut spoilt: Vec<String> = lines.iter().map(|&line| line.to_owned()).collect();
        let kept: Vec<&str> = lines[at].splitn(5, ',').collect();
        spoilt[at] = format!("{},{cell},x", kept[..4].join(","));
        put(folder.path(), "ratings.csv", spoilt.join("\n") + "\n");
        let output = run(folder.path(), &arguments, b"");
        ended(&output, 1, &[&format!("ratings.csv:{}", at + 1), reason]);
    }
}
