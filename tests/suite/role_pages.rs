//! The pages of roles: one in full, the list, two side by side, of a pack that has all they can show.

use crate::help::{parts, root, run, snapshot, stderr, stdout};
use crate::role_facts::{MECHANIC, with, write};
use rolescope_core::{Pack, SourceFile};

/// Each kind of fact once.
const ALL: &str = r#"
also_known_as = ["Cycle fitter"]
maori_name = "Ingoa"
setting = "At a bench, in a shop or a shed: https://a.nz/where"
limits = ["Cold hands in winter.", "Oil."]
content_note = "A calm sentence."
names = { sm = "Inisinia uila" }
reach = { state = "no-training", nearest = "baker", text = "Nobody does.", source = "onet" }
study = { years = 2, years_at_most = 3.5, level = 4, name = "Certificate", text = "So.", source = "onet" }
registration = { required = true, body = "Board", url = "https://a.nz", text = "So.", source = "onet" }
demand = { trend = "short", figure = "12 posts", year = 2026, text = "So.", source = "onet" }
ladder = { before = ["baker"], after = ["gardener"], text = "So.", source = "onet" }
x_mine = { anything = [1, "two"] }

[entry]
must = ["One"]
helpful = ["Two"]
from_school = "Three."
from_work = "Four."
text = "Five."
url = "https://a.nz/entry"
source = "onet"
checked = 2026-11-01
x_note = "mine"

[[subjects]]
name = "Physics or Biology"
level = 3
need = "required"
source = "onet"

[[providers]]
name = "School"
town = "Town"
programme = "Programme"
url = "https://a.nz/p"
fee = 9269
fee_year = 2026
intake = "February"
source = "onet"

[[pay]]
stage = "trainee"
low = 23.95
per = "hour"
employer = "Shop"
year = 2026
source = "onet"

[[support]]
name = "Fund"
kind = "kaupapa-maori"
url = "https://a.nz/s"
text = "Pays."
year = 2025
source = "onet"

[[links]]
title = "A page"
url = "https://a.nz/l"
kind = "body"

[[subjects]]
name = "Art"
need = "preferred"
source = "board"

[[providers]]
name = "Other school"
programme = "Course"
source = "board"

[[pay]]
stage = "senior"
low = 50000
high = 60000
per = "year"
text = "With overtime."
year = 2026
source = "board"

[[pay]]
employer = "Shop"
text = "More than before."
year = 2024
source = "onet"

[[support]]
name = "Grant"
kind = "scholarship"
source = "board"

[[next_steps]]
do = "Read what the Board asks"
kind = "read"
url = "https://a.nz/read"

[conditions]
early-starts = 1
cold-and-wet = 3
heavy-loads = 2

[[sources]]
key = "board"
title = "The Board: ways in"
url = "https://a.nz/board"
checked = 2026-11-01
mirror = true
owner = "the Board"
supports = ["also_known_as", "maori_name", "names", "setting", "limits", "typical_day"]
"#;

/// A pack with all that a page of roles can show: each kind of fact, each word for a way in, two
/// families, conditions and whom it credits.
fn full() -> Vec<SourceFile> {
    let mut files = with(ALL.trim());
    let path = "questions/conditions.toml";
    let conditions = std::fs::read_to_string(root().join("examples/workshop").join(path));
    files.push(SourceFile::new(path, &conditions.expect("it can be read")));
    let area = "reach = { state = \"area\", of = \"baker\", text = \"So.\" }\nneighbours";
    let confused = "A gardener works with what grows, and much of it outdoors.\" }, { role = \
                    \"baker\", difference = \"A baker works with what is eaten.\" }";
    for (path, from, to) in [
        ("questions/traits.toml", "# attribution", "attribution"),
        ("profiles/baker.toml", "\"craft\"", "\"kitchen\""),
        ("profiles/gardener.toml", "neighbours", area),
        (
            "profiles/baker.toml",
            "[traits]",
            "[conditions]\nearly-starts = 3\n\n[traits]",
        ),
        (
            "profiles/gardener.toml",
            "[traits]",
            "[conditions]\n\n[traits]",
        ),
        (
            MECHANIC,
            "A gardener works with what grows, and much of it outdoors.\" }",
            confused,
        ),
    ] {
        let file = files.iter_mut().find(|file| file.path() == path);
        let file = file.expect("it is there");
        assert!(file.text().contains(from), "{from} in {path}");
        *file = SourceFile::new(path, &file.text().replacen(from, to, 1));
    }
    files
}

#[test]
fn every_kind_of_fact_is_read_and_shown() {
    let files = full();
    let pack = Pack::parse(&files).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
    let at = pack.role("bicycle-mechanic").expect("it is there");
    assert_eq!(pack.roles()[at].reach(), "no-training");
    // the folder as a person has it
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), &files);
    let page = |arguments: &[&str]| {
        let output = run(folder.path(), &[arguments, &["--pack", "p"]].concat(), b"");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output)
    };
    snapshot("snapshots", "role", &page(&["roles", "bicycle-mechanic"]));
    snapshot("snapshots", "roles", &page(&["roles"]));
    let person = page(&["-q", "sample", "-n", "1"]);
    std::fs::write(folder.path().join("one.csv"), person).expect("it can be written");
    let two = ["compare", "bicycle-mechanic", "baker"];
    let with_answers = page(&[&two[..], &["--answers", "one.csv"]].concat());
    snapshot("snapshots", "compare", &with_answers);
    without_answers(&page(&two), &with_answers);
}

/// Holds that two roles are compared without answers as with them, less what is about the person.
fn without_answers(page: &str, with_answers: &str) {
    let (page, with_answers) = (parts(page), parts(with_answers));
    let table = "Where they differ most";
    let mut expected = Vec::new();
    for (name, text) in with_answers {
        match name {
            "Where simulated-1 stands" | "What the figures mean" => {}
            "What this rests on" => {
                let (_, credit) = text.rsplit_once("\n\n").expect("a credit");
                expected.push(("Credit", credit.to_owned()));
            }
            _ if name == table => {
                let (caption, rows) = text.split_once("\n\n").expect("a table");
                let caption: Vec<&str> = caption.split_whitespace().collect();
                let caption = caption.join(" ");
                let (caption, _) = caption.split_once(" You: ").expect("a word on the score");
                expected.push((name, format!("{caption}{}", cells(rows))));
            }
            _ => expected.push((name, text.to_owned())),
        }
    }
    let told = page.into_iter().map(|(name, text)| {
        let text = if name == table {
            let (caption, rows) = text.split_once("\n\n").expect("a table");
            assert!(!rows.contains("you"), "{rows}");
            let caption: Vec<&str> = caption.split_whitespace().collect();
            format!("{}{}", caption.join(" "), cells(rows))
        } else {
            text.to_owned()
        };
        (name, text)
    });
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

/// Of each row of a table in text, the first three cells and the picture.
fn cells(rows: &str) -> String {
    let row = |line: &str| -> String {
        let cells = line
            .split("  ")
            .map(str::trim)
            .filter(|cell| !cell.is_empty());
        let cells = cells
            .enumerate()
            .filter(|(nth, cell)| *nth < 3 || cell.contains('●'));
        cells.flat_map(|(_, cell)| ["|", cell]).collect()
    };
    rows.lines()
        .flat_map(|line| ["\n".to_owned(), row(line)])
        .collect()
}
