//! `docs/architecture.md` and its picture say what the sources are.

use crate::help::root;
use crate::layering::{CORE, Layer, PROGRAM};
use crate::pictures::compare;
use std::fmt::Write as _;

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).expect("it can be read")
}

#[test]
fn every_path_of_the_architecture_is_there() {
    for (page, least) in [("docs/architecture.md", 60), ("CONTRIBUTING.md", 40)] {
        let text = read(page);
        let code = text.split('`').skip(1).step_by(2);
        let is_path = |c: &&str| {
            let plain = |c: char| c.is_ascii_alphanumeric() || "_-./".contains(c);
            c.contains('/') && c.chars().all(plain)
        };
        let paths: Vec<&str> = code.filter(is_path).collect();
        assert!(paths.len() >= least, "{page}: {paths:?}");
        for path in paths {
            assert!(root().join(path).exists(), "{page}: {path} is not there");
        }
    }
}

#[test]
fn the_tables_of_the_architecture_are_the_layers() {
    let page = read("docs/architecture.md");
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    let table: Vec<(String, String)> = rows
        .map(|row| {
            let mut cells = row.trim_matches('|').split('|').map(str::trim);
            let path = cells.next().unwrap_or_default().trim_matches('`');
            (path.into(), cells.next_back().unwrap_or_default().into())
        })
        .collect();
    let row = |layer: &Layer| (layer.path.to_owned(), layer.uses.join(", "));
    let expected: Vec<_> = PROGRAM
        .iter()
        .rev()
        .chain(CORE.iter().rev())
        .map(row)
        .collect();
    assert_eq!(table, expected, "the highest layer first");
}

/// A box of the picture: its name, what is in it, where it begins and ends in parts of the width.
type Room = (&'static str, &'static str, f64, f64);

/// The rows of each crate from the top down.
const CRATES: [(&str, &[&[Room]]); 2] = [
    (
        "rolescope",
        &[
            &[("cli", "arguments and exit codes", 0.0, 1.0)],
            &[("commands", "one file a command", 0.0, 1.0)],
            &[
                ("input", "every way that answers come in", 0.0, 0.5),
                ("terminal", "the quiz on a terminal", 0.5, 0.8),
                ("builtin", "the built-in pack", 0.8, 1.0),
            ],
            &[
                ("storage", "what is kept on disk", 0.0, 0.6),
                ("web", "the quiz as one page", 0.6, 1.0),
            ],
            &[
                ("error", "errors and their exit codes", 0.0, 0.6),
                ("threads", "locks, how many cores", 0.6, 1.0),
            ],
        ],
    ),
    (
        "rolescope-core",
        &[
            &[("pages", "every page as one document", 0.0, 1.0)],
            &[("write", "text, Markdown, HTML, CSV, NDJSON", 0.0, 1.0)],
            &[("results", "facts before they become words", 0.0, 1.0)],
            &[(
                "psychometrics",
                "item analysis, reliability, norms",
                0.0,
                1.0,
            )],
            &[
                ("simulation", "simulated people", 0.0, 0.4),
                ("quiz", "order of questions, time left", 0.4, 1.0),
            ],
            &[
                ("adaptive", "the quick quiz", 0.0, 0.4),
                ("pack/parse", "TOML in, pack out", 0.4, 0.75),
                ("pack/lint", "advice", 0.75, 1.0),
            ],
            &[("scoring", "answers in, matches and ranks out", 0.0, 1.0)],
            &[("pack", "traits, questions, roles", 0.0, 1.0)],
            &[
                ("text", "characters that are safe to show", 0.0, 0.6),
                ("scoring/version", "version of the formulae", 0.6, 1.0),
            ],
        ],
    ),
];

const WIDE: f64 = 720.0;
const TALL: f64 = 48.0;
const GAP: f64 = 4.0;
const TITLE: f64 = 28.0;

/// The layers on a ground of its own, so that it reads on light and dark pages.
fn picture() -> String {
    let title = "The layers of the source: each uses only what lies below it";
    let rows: f64 = CRATES
        .iter()
        .flat_map(|(_, rows)| *rows)
        .map(|_| TALL)
        .sum();
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0} {:.0}\" role=\"img\" \
         aria-label=\"{title}\" font-family=\"system-ui, sans-serif\" font-size=\"14\" \
         text-anchor=\"middle\">\n<title>{title}</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#16212b\"/>\n",
        WIDE + 32.0,
        rows + 2.0 * TITLE + 24.0
    );
    let mut y = 8.0;
    for (name, rows) in CRATES {
        let _ = writeln!(
            svg,
            "<text x=\"18.0\" y=\"{:.1}\" fill=\"#e6edf3\" text-anchor=\"start\">{name}</text>",
            y + 19.0
        );
        y += TITLE;
        for row in rows {
            for (name, what, from, to) in *row {
                let (x, width) = (16.0 + WIDE * from + GAP / 2.0, WIDE * (to - from) - GAP);
                let (middle, height) = (x + width / 2.0, TALL - GAP);
                let _ = writeln!(
                    svg,
                    "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" \
                     rx=\"4\" fill=\"#22313f\" stroke=\"#5cc8d7\"/>\n\
                     <text x=\"{middle:.1}\" y=\"{:.1}\" fill=\"#5cc8d7\" \
                     font-weight=\"bold\">{name}</text>\n\
                     <text x=\"{middle:.1}\" y=\"{:.1}\" fill=\"#e6edf3\" \
                     font-size=\"12\">{what}</text>",
                    y + 19.0,
                    y + 36.0
                );
            }
            y += TALL;
        }
    }
    svg.push_str("</svg>\n");
    svg
}

#[test]
fn the_picture_of_the_layers_is_of_these() {
    for ((_, rows), layers) in CRATES.iter().zip([PROGRAM, CORE]) {
        let row_of = |name: &str| {
            let holds = |rooms: &&[Room]| rooms.iter().any(|room| room.0 == name);
            rows.iter().position(holds)
        };
        let drawn: usize = rows.iter().map(|row| row.len()).sum();
        assert_eq!(drawn, layers.len(), "a box a layer");
        for layer in layers {
            let at = row_of(layer.name()).expect("each layer has a box");
            for used in layer.uses {
                let below = row_of(used).expect("each layer has a box");
                assert!(
                    below > at,
                    "{} uses {used}, which is not below it",
                    layer.path
                );
            }
        }
    }
    compare("layers.svg", &picture());
}

/// The lines that leave a test out of a system, or out of all, without saying why.
fn left_out_without_reason(text: &str) -> Vec<(usize, &str)> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let of_a_test = |at: usize| {
        let near = &lines[at.saturating_sub(1)..lines.len().min(at + 3)];
        near.contains(&"#[test]") || lines.get(at + 1).is_some_and(|l| l.starts_with("mod "))
    };
    let leaves_out = |line: &str| {
        ["unix", "target_os", "not(windows)"]
            .iter()
            .any(|system| line.starts_with(&format!("#[cfg({system}")))
    };
    let unexplained = |at: usize| {
        let line = lines[at];
        let above = at > 0 && lines[at - 1].starts_with("//");
        line.starts_with("#[ignore]")
            || leaves_out(line) && of_a_test(at) && !above && !line.contains("//")
    };
    (0..lines.len())
        .filter(|&at| unexplained(at))
        .map(|at| (at + 1, lines[at]))
        .collect()
}

#[test]
fn a_test_that_a_system_leaves_out_has_its_reason_beside_it() {
    let bare = "#[cfg(unix)]\n#[test]\nfn a() {}\n#[test]\n#[cfg(target_os = \"linux\")] // why\nfn b() {}\n";
    assert_eq!(left_out_without_reason(bare), [(1, "#[cfg(unix)]")]);
    for folder in ["tests/suite", "tests/chaos"] {
        let mut all = Vec::new();
        crate::privacy::sources(&root().join(folder), &mut all);
        assert!(all.len() > 2, "{folder} was found");
        for (name, text) in &all {
            let found = left_out_without_reason(text);
            assert!(found.is_empty(), "{name}: say why beside it: {found:?}");
        }
    }
}
