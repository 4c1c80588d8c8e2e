//! Levels rated by people in the work: the sheet, and what is made of it.

use crate::batch::{ended, folder, put};
use crate::help::{built_in, run, stdout};
use std::fmt::Write as _;

/// A sheet as someone fills it in who adds `more` to each level of the pack, where that is on the scale.
fn filled(sheet: &str, more: f64) -> String {
    let pack = built_in();
    let role = &pack.roles()[pack.role("sonographer").expect("it is there")];
    let (mut levels, mut exposures) = (role.levels().iter(), role.exposures().iter());
    let mut out = String::new();
    for (n, line) in sheet.lines().enumerate() {
        let cells: Vec<&str> = line.splitn(5, ',').collect();
        let [role, rater, item, _, rest] = cells[..] else {
            panic!("five cells: {line}");
        };
        let rating = if n == 0 {
            "rating".to_owned()
        } else if let Some(level) = levels.next() {
            format!("{}", (level + more).round().clamp(0.0, 10.0))
        } else {
            exposures
                .next()
                .expect("one for each condition")
                .to_string()
        };
        let _ = writeln!(out, "{role},{rater},{item},{rating},{rest}");
    }
    out
}

#[test]
fn what_raters_say_is_put_beside_the_pack() {
    let folder = folder();
    let sheet = run(
        folder.path(),
        &["roles", "--level-sheet", "Sonographer"],
        b"",
    );
    ended(&sheet, 0, &[]);
    let sheet = stdout(&sheet);
    let pack = built_in();
    assert_eq!(
        sheet.lines().count(),
        1 + pack.traits().len() + pack.conditions().len()
    );
    assert!(
        !sheet.contains("level"),
        "a rater who sees a level does not judge it"
    );
    // an empty sheet says nothing
    put(folder.path(), "empty.csv", &sheet);
    let output = run(folder.path(), &["check", "--levels", "empty.csv"], b"");
    ended(&output, 0, &[]);
    assert!(stdout(&output).contains("0 roles rated"));
    // those who say what the pack says change nothing, and agree
    for name in ["a.csv", "b.csv", "c.csv"] {
        put(folder.path(), name, filled(&sheet, 0.0));
    }
    let output = run(
        folder.path(),
        &["check", "--levels", "a.csv", "b.csv", "c.csv"],
        b"",
    );
    ended(&output, 0, &[]);
    let text = stdout(&output);
    assert!(
        text.contains("ICC 1.00 of one rater, 1.00 of the mean of 3"),
        "{text}"
    );
    assert!(
        text.contains("Nothing is to be changed in profiles/sonographer.toml"),
        "{text}"
    );
    // those who say more move levels up
    put(folder.path(), "more.csv", filled(&sheet, 3.0));
    put(folder.path(), "less.csv", filled(&sheet, 2.0));
    let arguments = [
        "check", "-f", "markdown", "--levels", "more.csv", "less.csv",
    ];
    let output = run(folder.path(), &arguments, b"");
    ended(&output, 0, &[]);
    let text = stdout(&output);
    assert!(text.contains("To change in the profile:"), "{text}");
    assert!(text.contains("basis = \"rated by 2 people: mean"), "{text}");
}

#[test]
fn every_mistake_of_a_sheet_is_told_with_its_line() {
    let folder = folder();
    let sheet = "role,rater,item,rating\nsonographer,a,helping,11\nsonographer,a,helpin,3\nsonograper,a,helping,3\n";
    put(folder.path(), "s.csv", sheet);
    let output = run(folder.path(), &["check", "--levels", "s.csv"], b"");
    ended(
        &output,
        1,
        &[
            "s.csv:2: rating: \"11\": write a whole number from 0 to 10, or nothing",
            "s.csv:3: item: \"helpin\": no such item; did you mean helping?",
            "s.csv:4: role: \"sonograper\": no such role; did you mean sonographer?",
        ],
    );
    put(folder.path(), "t.csv", "role,item,rating\n");
    let output = run(folder.path(), &["check", "--levels", "t.csv"], b"");
    ended(
        &output,
        1,
        &["no column rater", "rolescope roles --level-sheet ROLE"],
    );
    // one file given twice is one person who says all twice
    put(
        folder.path(),
        "u.csv",
        "role,rater,item,rating\nsonographer,,helping,3\n",
    );
    let output = run(folder.path(), &["check", "--levels", "u.csv", "u.csv"], b"");
    ended(
        &output,
        1,
        &["\"u\" rates helping of sonographer a second time"],
    );
}
