//! `docs/architecture.md` and its picture say what the sources are.

use crate::floors::FLOORS;
use crate::help::root;
use crate::picture::compare;
use std::fmt::Write as _;

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).expect("it can be read")
}

#[test]
fn every_path_of_the_architecture_is_there() {
    let page = read("docs/architecture.md");
    let code = page.split('`').skip(1).step_by(2);
    let paths: Vec<&str> = code.filter(|c| c.contains('/')).collect();
    assert!(paths.len() > 30, "{paths:?}");
    for path in paths {
        assert!(root().join(path).exists(), "{path} is not there");
    }
}

#[test]
fn the_floors_are_those_of_the_plan() {
    let lib = read("src/lib.rs");
    let top = lib.lines().filter_map(|line| line.strip_prefix("pub mod "));
    let names: Vec<&str> = top
        .map(|rest| rest.trim_end_matches([' ', ';', '{']))
        .collect();
    let floors: Vec<&str> = FLOORS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, floors, "src/lib.rs lists them, ground floor first");

    let page = read("docs/architecture.md");
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    let table: Vec<(String, String)> = rows
        .map(|row| {
            let mut cells = row.trim_matches('|').split('|').map(str::trim);
            let name = cells.next().unwrap_or_default().trim_matches('`');
            (name.into(), cells.next_back().unwrap_or_default().into())
        })
        .collect();
    let expected = FLOORS.map(|(name, uses)| (name.to_owned(), uses.join(", ")));
    assert_eq!(table, expected);
}

/// The rooms of each storey from the roof down: name, what is in it, and where it begins and ends in
/// parts of the width.
const STOREYS: [&[(&str, &str, f64, f64)]; 5] = [
    &[("cli", "what can be typed", 0.3, 0.7)],
    &[("commands", "the errands, a file each", 0.0, 1.0)],
    &[
        ("content", "packs, checked", 0.0, 0.33),
        ("files", "what people keep", 0.33, 0.66),
        ("ui", "a person at a terminal", 0.66, 1.0),
    ],
    &[
        ("input", "TOML with the place of every value", 0.0, 0.66),
        ("render", "pages and records", 0.66, 1.0),
    ],
    &[
        ("error", "how it can end", 0.0, 0.25),
        (
            "engine",
            "answers in, ranked roles and reasons out: pure",
            0.25,
            1.0,
        ),
    ],
];

const WIDE: f64 = 720.0;
const TALL: f64 = 58.0;
const GAP: f64 = 4.0;

/// The house on a ground of its own, so that it reads on light and dark pages.
fn house() -> String {
    let title = "The floors of the source: each uses only what lies below it";
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0} {:.0}\" role=\"img\" \
         aria-label=\"{title}\" font-family=\"system-ui, sans-serif\" font-size=\"14\" \
         text-anchor=\"middle\">\n<title>{title}</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#16212b\"/>\n",
        WIDE + 32.0,
        TALL * 5.0 + 32.0
    );
    let mut y = 16.0;
    for storey in STOREYS {
        for (name, what, from, to) in storey {
            let (x, width) = (16.0 + WIDE * from + GAP / 2.0, WIDE * (to - from) - GAP);
            let (middle, height) = (x + width / 2.0, TALL - GAP);
            let _ = writeln!(
                svg,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"4\" \
                 fill=\"#22313f\" stroke=\"#5cc8d7\"/>\n\
                 <text x=\"{middle:.1}\" y=\"{:.1}\" fill=\"#5cc8d7\" font-weight=\"bold\">{name}</text>\n\
                 <text x=\"{middle:.1}\" y=\"{:.1}\" fill=\"#e6edf3\" font-size=\"12\">{what}</text>",
                y + 23.0,
                y + 41.0
            );
        }
        y += TALL;
    }
    svg.push_str("</svg>\n");
    svg
}

#[test]
fn the_picture_of_the_floors_is_of_these() {
    let storey = |name: &str| {
        let holds = |rooms: &&[(&str, &str, f64, f64)]| rooms.iter().any(|room| room.0 == name);
        STOREYS.iter().position(holds)
    };
    for (name, uses) in FLOORS {
        let at = storey(name).expect("each floor has a room");
        for used in uses {
            let below = storey(used).expect("each floor has a room");
            assert!(below > at, "{name} uses {used}, which is not below it");
        }
    }
    compare("floors.svg", &house());
}
