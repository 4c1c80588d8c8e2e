//! Every figure of the tables that programs read is documented in `docs/formats.md`.

use crate::batch::{ended, folder, put, sheets};
use crate::help::{root, run, stdout};
use std::collections::BTreeSet;
use std::path::Path;

/// What a figure is of and what it is, as a table states it.
type Figures = BTreeSet<(String, String)>;

/// The words in backticks of a cell.
fn words(cell: &str) -> impl Iterator<Item = String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned)
}

/// The figures of the table of the page that begins with this header; options in it are none.
fn documented(header: &str) -> Figures {
    let page = std::fs::read_to_string(root().join("docs/formats.md")).expect("the page");
    let (_, table) = page.split_once(header).expect("the table");
    let rows = table.lines().skip(1).take_while(|l| l.starts_with('|'));
    let mut all = Figures::new();
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        let last = cells.last().expect("a cell");
        for of in words(cells[0]) {
            let figures = words(last).filter(|w| !w.starts_with("--"));
            all.extend(figures.map(|figure| (of.clone(), figure)));
        }
    }
    all
}

/// The figures of a table that the program wrote, by two of its columns.
fn written(folder: &Path, arguments: &[&str], [of, figure]: [usize; 2]) -> Figures {
    let output = run(folder, arguments, b"");
    ended(&output, 0, &[]);
    let table = stdout(&output);
    let rows = table.lines().skip(1).map(|row| row.split(',').collect());
    rows.map(|cells: Vec<&str>| (cells[of].to_owned(), cells[figure].to_owned()))
        .collect()
}

/// Sheets of people of two classes and two roles.
fn classes(folder: &Path) {
    let rows: Vec<String> = sheets(120, "csv")
        .lines()
        .enumerate()
        .map(|(n, row)| match n {
            0 => format!("{row},class,own\n"),
            n => format!(
                "{row},{},{}\n",
                if n % 2 == 0 { "a" } else { "b" },
                if n % 3 == 0 {
                    "orthotist"
                } else {
                    "sonographer"
                }
            ),
        })
        .collect();
    put(folder, "people.csv", rows.concat());
}

#[test]
fn every_figure_of_an_analysis_is_documented() {
    let folder = folder();
    let at = folder.path();
    classes(at);
    let sheet = run(at, &["roles", "--rating-sheet", "people.csv"], b"");
    let ratings: Vec<String> = stdout(&sheet)
        .lines()
        .enumerate()
        .map(|(n, row)| {
            let cells: Vec<&str> = row.split(',').take(3).collect();
            match n {
                0 => "id,shown,role,rating\n".to_owned(),
                n => format!("{},{}\n", cells.join(","), n % 2),
            }
        })
        .collect();
    put(at, "ratings.csv", ratings.concat());
    let arguments = ["analyse", "-q", "-f", "csv", "--by", "class"];
    let more = [
        "--criterion",
        "own",
        "--ratings",
        "ratings.csv",
        "people.csv",
    ];
    let arguments = [&arguments[..], &more].concat();
    let found = written(at, &arguments, [0, 3]);
    let known = documented("| part | id | detail | statistic |\n");
    assert_eq!(found, known);
}

#[test]
fn every_figure_of_a_group_is_documented() {
    let folder = folder();
    let at = folder.path();
    classes(at);
    put(at, "many.csv", sheets(200, "csv"));
    let measured = [
        "analyse",
        "-q",
        "--write-norms",
        "norms.toml",
        "--mixed",
        "yes",
        "many.csv",
    ];
    ended(&run(at, &measured, b""), 0, &[]);
    let group = [
        "report",
        "--group",
        "people.csv",
        "--by",
        "class",
        "-q",
        "-f",
        "csv",
    ];
    let group = [&group[..], &["--norms", "norms.toml"]].concat();
    let found = written(at, &group, [1, 3]);
    let known = documented("| kind | id | figure |\n");
    assert_eq!(found, known);
}
