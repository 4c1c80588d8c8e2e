//! Norms files: reading, writing, and how every page names the norms in use.

use crate::batch::{ended, folder, put, sheets};
use crate::help::{built_in, root, run, small, snapshot_of_cases, stderr, stdout};
use proptest::prelude::*;
use rolescope::storage::norms_file::{parse_text, read, text, write};
use rolescope_core::{Norm, Norms, Pack};
use serde_json::Value;
use std::path::Path;

/// Norms of all traits of a pack, each a little off what the pack assumes.
fn norms_of(pack: &Pack, name: &str, people: u32) -> Norms {
    let traits = pack.traits().iter().enumerate().map(|(k, t)| {
        let off = f64::from(u8::try_from(k).expect("few traits"));
        let norm = Norm {
            mean: t.mean() + 0.5 * off,
            sd: t.sd() - 0.25 * off,
            reliability: 0.3 + 0.01 * off,
        };
        (t.id(), norm)
    });
    Norms::new(name, people, traits).expect("norms")
}

/// A folder with a person's answers and norms of so many people for the built-in pack.
fn desk(name: &str, people: u32) -> tempfile::TempDir {
    let folder = folder();
    let norms = norms_of(&built_in(), name, people);
    write(&folder.path().join("norms.toml"), &norms).expect("written");
    for n in [1, 2] {
        let from = root().join("examples/simulated-1.toml");
        std::fs::copy(from, folder.path().join(format!("{n}.toml"))).expect("copied");
    }
    folder
}

fn norm() -> impl Strategy<Value = Norm> {
    (0.0..=100.0_f64, 1e-9..=50.0_f64, 1e-9..0.999_999_f64).prop_map(|(mean, sd, reliability)| {
        Norm {
            mean,
            sd,
            reliability,
        }
    })
}

proptest! {
    #[test]
    fn a_norms_file_is_read_back_unchanged(
        name in "[^\\p{C}\\p{Z}][^\\p{C}\\u{2028}\\u{2029}]{0,100}[^\\p{C}\\p{Z}]",
        people in 2..=u32::MAX,
        mixed: bool,
        correlations in proptest::option::of(proptest::collection::vec(-1.0..=1.0_f64, 15)),
        figures in proptest::collection::vec(norm(), 6),
    ) {
        let pack = small();
        let ids = pack.traits().iter().map(rolescope_core::Trait::id);
        let Ok(norms) = Norms::new(&name, people, ids.zip(figures)) else {
            // a name with a character that cannot be shown
            return Ok(());
        };
        let norms = if mixed { norms.of_mixed_people() } else { norms };
        let norms = match correlations {
            Some(all) => norms.with_correlations(all).expect("one for each pair"),
            None => norms,
        };
        let folder = folder();
        let path = folder.path().join("norms.toml");
        write(&path, &norms).expect("written");
        prop_assert_eq!(&read(&path, &pack, false).expect("read"), &norms);
        let windows = text(&norms).replace('\n', "\r\n");
        prop_assert_eq!(parse_text("x", &windows, &pack, false).expect("read"), norms);
    }
}

#[test]
fn writing_keeps_an_older_file_unless_it_succeeds() {
    let folder = folder();
    let norms = norms_of(&small(), "x", 240);
    let nowhere = folder.path().join("no/such/norms.toml");
    assert!(write(&nowhere, &norms).is_err());
    let path = folder.path().join("norms.toml");
    put(folder.path(), "norms.toml", "old");
    write(&path, &norms).expect("written");
    assert_eq!(
        std::fs::read_to_string(&path).expect("read"),
        text(&norms),
        "the new one stands in the place of the old"
    );
    assert_eq!(crate::batch::names(folder.path()), ["norms.toml"]);
}

#[test]
fn every_mistake_in_a_norms_file_is_reported_with_its_place() {
    let right = std::fs::read_to_string(root().join("tests/reference/norms.toml")).expect("norms");
    let broken = [
        ("format", right.replacen("format = 1", "format = 2", 1)),
        (
            "head",
            right
                .replacen("format = 1\n", "", 1)
                .replacen("\"Norms for tests\"", "\"\"", 1)
                .replacen("n = 240", "n = 1", 1),
        ),
        (
            "people",
            right.replacen("n = 240", "n = 2.5\npeople = 3", 1),
        ),
        (
            "hostile",
            right.replacen("\"Norms for tests\"", "\"\\u001b[31mred\"", 1),
        ),
        (
            "lines",
            right.replacen("\"Norms for tests\"", "\"one\\ntwo\"", 1),
        ),
        (
            "traits",
            right
                .replacen("id = \"helping\"", "id = \"helpin\"", 1)
                .replacen("id = \"variety\"", "id = \"making\"", 1)
                .replacen("id = \"pace\"\n", "", 1),
        ),
        (
            "figures",
            right
                .replacen("mean = 61.2", "mean = 100.5", 1)
                .replacen("sd = 23.1", "sd = 0", 1)
                .replacen("sd = 17.25", "sd = 50.1", 1)
                .replacen("reliability = 0.28", "reliability = 1.0", 1)
                .replacen("reliability = 0.37", "reliability = \"high\"", 1)
                .replacen("reliability = 0.12", "reliabilty = nan", 1),
        ),
        (
            "mixed",
            right.replacen("n = 240", "n = 240\nmixed = false", 1),
        ),
        (
            "unsaid",
            right.replacen("n = 240", "n = 240\nmixed = \"yes\"", 1),
        ),
        (
            "correlations",
            right.replacen("n = 240", "n = 240\ncorrelations = [0.2, 0.3]", 1),
        ),
        (
            "too far",
            right.replacen("n = 240", "n = 240\ncorrelations = [0.2, 1.3]", 1),
        ),
        ("syntax", right.replacen("n = 240", "n = ", 1)),
        ("none", "format = 1\nname = \"x\"\nn = 200\n".to_owned()),
    ];
    let pack = small();
    let cases = broken.map(|(name, text)| {
        let error = parse_text("norms.toml", &text, &pack, false).expect_err(name);
        (name.to_owned(), error.to_string())
    });
    snapshot_of_cases("snapshots", "broken-norms", &cases);
}

#[test]
fn a_norms_file_that_cannot_be_used_ends_the_program() {
    let folder = folder();
    put(
        folder.path(),
        "latin.toml",
        b"format = 1\nname = \"caf\xE9\"\n",
    );
    put(folder.path(), "large.toml", vec![b'#'; (1 << 20) + 1]);
    let file = |name| -> Vec<u8> {
        let arguments = ["score", "--partial", "-", "--norms", name];
        let output = run(folder.path(), &arguments, b"id,helping-1\na,4\n");
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
        output.stderr
    };
    for (name, says) in [
        ("nowhere.toml", "cannot read nowhere.toml"),
        (".", "cannot read ."),
        (
            "latin.toml",
            "latin.toml:2:12: not UTF-8; a norms file is UTF-8 text",
        ),
        (
            "large.toml",
            "large.toml has over 1048576 bytes; a norms file is smaller",
        ),
    ] {
        let said = String::from_utf8(file(name)).expect("UTF-8");
        assert!(said.contains(says), "{says:?} in {said}");
    }
    let reference = root()
        .join("tests/reference/norms.toml")
        .display()
        .to_string();
    let said = String::from_utf8(file(&reference)).expect("UTF-8");
    for part in ["norms.toml:1:1", "no norm of life-science, physics"] {
        assert!(said.contains(part), "{part:?} in {said}");
    }
}

/// What each command writes with measured norms, and with assumed ones.
fn pages(folder: &Path, norms: &[&str]) -> Vec<(String, String)> {
    put(folder, "class.csv", sheets(40, "csv"));
    let mut all: Vec<Vec<&str>> = Vec::new();
    for format in ["text", "markdown", "html"] {
        for rest in [
            &["report", "1.toml"][..],
            &["report", "1.toml", "--for", "student"],
            &["report", "1.toml", "--for", "counsellor"],
            &["report", "1.toml", "--avoid", "shifts"],
            &["report", "2.toml", "--since", "1.toml"],
            &["report", "--group", "class.csv"],
            &["quiz", "--plain", "--resume", "1.toml"],
        ] {
            all.push([rest, &["-f", format]].concat());
        }
    }
    all.push(vec!["report", "1.toml", "--why", "sonographer"]);
    let two = ["compare", "sonographer", "orthotist", "--answers", "1.toml"];
    all.push(two.to_vec());
    let runs = all.into_iter().map(|arguments| {
        let output = run(folder, &[&arguments, norms].concat(), b"");
        assert_eq!(
            output.status.code(),
            Some(0),
            "{arguments:?}: {}",
            stderr(&output)
        );
        (arguments.join(" "), stdout(&output))
    });
    runs.collect()
}

/// Whether a command writes the page of whoever answered.
fn for_the_person(command: &str) -> bool {
    command.contains("--for student") || command.starts_with("quiz")
}

/// Whether it writes it as text, which has the exact terms in no fold.
fn plain(command: &str) -> bool {
    for_the_person(command) && command.ends_with("-f text")
}

/// A page as one line of plain words: no wrapping, no marks of Markdown or HTML.
fn words(page: &str) -> String {
    let plain = page.replace("&quot;", "\"").replace('\\', "");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_page_names_its_norms() {
    let desk = desk("Year 12, 2026", 1240);
    for (command, page) in pages(desk.path(), &[]) {
        let page = words(&page);
        // whoever answered reads it in plain words, and folded away in the exact ones
        let says = if plain(&command) {
            "is a guess"
        } else {
            "assumed norms"
        };
        assert!(page.contains(says), "{command}");
        assert!(!page.contains("measured norms"), "{command}");
    }
    for (command, page) in pages(desk.path(), &["--norms", "norms.toml"]) {
        let page = words(&page);
        let says = if for_the_person(&command) {
            "compared with 1240 people: Year 12, 2026."
        } else {
            "measured norms: Year 12, 2026, 1240 people"
        };
        assert!(page.contains(says), "{command}");
        assert!(!page.contains("assumed"), "{command}: {page}");
        assert!(!page.contains("only 1240"), "{command}");
    }
}

#[test]
fn norms_of_few_people_are_marked_as_such() {
    let desk = desk("Trial", 42);
    for (command, page) in pages(desk.path(), &["--norms", "norms.toml"]) {
        let page = words(&page);
        let parts: &[&str] = if for_the_person(&command) {
            &["These figures compare you with only 42 people (Trial)"]
        } else {
            &[
                "measured norms: Trial, only 42 people",
                "The norms \"Trial\" were measured on only 42 people.",
            ]
        };
        for part in parts {
            assert!(page.contains(part), "{command}: {part}\n{page}");
        }
    }
    let output = run(
        desk.path(),
        &["score", "1.toml", "--norms", "norms.toml"],
        b"",
    );
    ended(&output, 0, &["measured on only 42 people"]);
}

#[test]
fn a_hostile_name_is_escaped() {
    let desk = desk("<script>alert(1)</script> *x* | =1+1", 240);
    let (html, markdown) = ("html", "markdown");
    for (format, never) in [
        (html, "<script>alert(1)"),
        (markdown, "<script>"),
        (markdown, " *x* "),
    ] {
        let arguments = ["report", "1.toml", "-f", format, "--norms", "norms.toml"];
        let page = stdout(&run(desk.path(), &arguments, b""));
        assert!(page.contains("script"), "the name is there");
        assert!(!page.contains(never), "{never} in {format}");
    }
}

#[test]
fn records_name_the_norms() {
    let desk = desk("Year 12 \"trial\"", 1240);
    let norms = read(&desk.path().join("norms.toml"), &built_in(), false).expect("norms");
    for arguments in [
        ["--norms", "norms.toml", "score", "1.toml", "-f", "ndjson"],
        ["score", "1.toml", "-f", "json", "--norms", "norms.toml"],
        ["report", "1.toml", "--norms", "norms.toml", "-f", "ndjson"],
    ] {
        let record: Value =
            serde_json::from_str(&stdout(&run(desk.path(), &arguments, b""))).expect("JSON");
        let record = if record.is_array() {
            &record[0]
        } else {
            &record
        };
        let named = &record["receipt"]["norms"];
        assert_eq!(named["name"], "Year 12 \"trial\"");
        assert_eq!(named["people"], 1240);
        assert_eq!(named["fingerprint"], norms.fingerprint());
    }
    let group = ["report", "--group", "class.csv", "-f", "csv"];
    put(desk.path(), "class.csv", sheets(40, "csv"));
    let plain = stdout(&run(desk.path(), &group, b""));
    let measured = [&group[..], &["--norms", "norms.toml"]].concat();
    let measured = stdout(&run(desk.path(), &measured, b""));
    assert!(!plain.contains("norms"));
    let row = format!("\n,norms,{},people,1240\n", norms.fingerprint());
    assert!(measured.contains(&row), "{measured}");
}

#[test]
fn sessions_and_checks_use_them_too() {
    let desk = desk("Year 12", 1240);
    let session = |rest: &[&str]| {
        let arguments = [&["session"], rest, &["--norms", "norms.toml"]].concat();
        let output = run(desk.path(), &arguments, b"");
        assert_eq!(
            output.status.code(),
            Some(0),
            "{rest:?}: {}",
            stderr(&output)
        );
        words(&stdout(&output))
    };
    session(&["import", "1.toml", "--label", "a"]);
    for errand in ["show", "report"] {
        let page = session(&[errand, "a"]);
        assert!(
            page.contains("measured norms: Year 12, 1240 people"),
            "{errand}"
        );
    }
    let check = ["check", "--no-simulation", "--year", "2026"];
    let with = [&check[..], &["--norms", "norms.toml"]].concat();
    let line = "compared with measured norms: Year 12, 1240 people\n";
    assert!(stdout(&run(desk.path(), &with, b"")).contains(line));
    assert!(!stdout(&run(desk.path(), &check, b"")).contains("norms"));
}

#[test]
#[cfg(unix)] // a pseudo-terminal: that of Wine shows nothing
fn whether_people_are_mixed_is_asked_on_a_terminal() {
    use crate::terminal::Terminal;

    let folder = folder();
    put(folder.path(), "class.csv", sheets(30, "csv"));
    let norms = folder.path().join("class.toml");
    let arguments = [
        "analyse",
        "-q",
        "class.csv",
        "--write-norms",
        "class.toml",
        "-o",
        "page.txt",
    ];
    let ask = |key: &str| {
        let mut terminal = Terminal::open(folder.path(), &arguments, 30, 120);
        let picture = terminal.await_text("[y/N]");
        assert!(picture.contains("Are these people mixed"), "{picture}");
        terminal.press(key);
        (terminal.end(), terminal.picture())
    };
    // Enter and Escape are no
    for key in ["n", "\r", "\x1b"] {
        let (code, picture) = ask(key);
        assert_eq!(code, 1, "{picture}");
        assert!(
            picture.contains("people of one kind give no norms"),
            "{picture}"
        );
        assert!(!norms.exists() && !folder.path().join("page.txt").exists());
    }
    let (code, picture) = ask("y");
    assert_eq!(code, 0, "{picture}");
    let written = std::fs::read_to_string(&norms).expect("written");
    assert!(written.contains("n = 30\nmixed = true\n"), "{written}");
    // what is said is not asked again
    let said = [&arguments[..], &["--mixed", "no"]].concat();
    let mut terminal = Terminal::open(folder.path(), &said, 30, 120);
    assert_eq!(terminal.end(), 1);
    assert!(
        !terminal.picture().contains("[y/N]"),
        "{}",
        terminal.picture()
    );
}
