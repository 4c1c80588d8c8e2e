//! The packs under `examples/`: valid, without advice, and independent of the built-in field.

use crate::help::{folders, root, run, stderr, stdout};
use rolescope::storage::pack_files;
use rolescope_core::simulation::BalanceCounts;
use rolescope_core::{Comparison, Date, Pack};

#[test]
fn example_packs_keep_the_rules_and_get_no_advice() {
    let mut packs = 0;
    for folder in folders(&root().join("examples")) {
        if !folder.join("questions").is_dir() {
            continue;
        }
        packs += 1;
        let files = pack_files::folder(&folder).expect("it can be read");
        let pack = Pack::parse(&files).expect("it is valid");
        let comparison = Comparison::builder(&pack).build().expect("comparable");
        let lints = comparison.lint(Date::start_of(2026));
        assert!(lints.iter().all(rolescope_core::Lint::note), "{lints:#?}");
        let mut counts = BalanceCounts::default();
        for number in 0..10 {
            counts.add(&BalanceCounts::simulate(&comparison, 1, number));
        }
        let found = counts.figures();
        assert_eq!(found.broken_rules(), 0, "{}: {found:?}", folder.display());
    }
    assert!(packs > 0);
}

/// Everything that people read of a pack, in small letters.
fn tour(pack: &str, questions: usize, roles: [&str; 2]) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pack = root().join("examples").join(pack);
    let pack = pack.to_str().expect("a path");
    let say = |arguments: &[&str], input: &[u8]| {
        let all = [&["--pack", pack], arguments].concat();
        let output = run(folder.path(), &all, input);
        let messages = stderr(&output);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {messages}");
        stdout(&output) + &messages
    };
    let answers: String = (0..questions)
        .map(|n| ["3\n", "1\n", "2\n", "1\n", "3\n"][n % 5])
        .collect();
    let mut all = say(&["quiz", "--save", "me.toml"], answers.as_bytes());
    // someone whom nothing draws, to see what is said when no role stands out
    all.push_str(&say(
        &["quiz", "--save", "flat.toml"],
        "3\n".repeat(questions).as_bytes(),
    ));
    for arguments in [
        &["roles"][..],
        &["roles", roles[0]],
        &["report", "me.toml"],
        &["report", "me.toml", "-f", "html"],
        &["report", "me.toml", "--for", "counsellor"],
        &["report", "me.toml", "--why", roles[1]],
        &["compare", roles[0], roles[1], "--answers", "me.toml"],
        &["check", "--no-simulation", "--year", "2026"],
        &["questions", "--key"],
        &["questions", "-f", "html"],
    ] {
        all.push_str(&say(arguments, b""));
    }
    let samples = say(&["sample", "-n", "50", "--blank", "0.4"], b"");
    all.push_str(&say(&["score", "-"], samples.as_bytes()));
    all.push_str(&say(&["report", "--group", "-"], samples.as_bytes()));
    all.to_lowercase()
}

#[test]
fn nothing_about_the_built_in_field_is_in_the_code() {
    for (pack, name, questions, roles) in [
        ("workshop", "five crafts", 27, ["baker", "florist"]),
        ("riasec", "six kinds of interest", 48, ["dancer", "tailor"]),
    ] {
        let all = tour(pack, questions, roles);
        assert!(
            all.contains(name) && all.contains("stands out for you"),
            "{all}"
        );
        let words: Vec<&str> = all.split(|c: char| !c.is_alphabetic()).collect();
        for word in [
            "medical",
            "imaging",
            "patient",
            "patients",
            "hospital",
            "health",
            "technologist",
            "radiation",
            "zealand",
            "scanner",
            "aptitudes",
            "puzzles",
            "govt",
        ] {
            assert!(!words.contains(&word), "{pack}: {word} shows");
        }
    }
}

/// Splits a line of CSV whose quoted cells hold no quotes.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().expect("one").push(c),
        }
    }
    cells
}

#[test]
fn levels_of_the_interest_inventory_equal_its_data_file() {
    let folder = root().join("examples/riasec");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("it is there");
    let pack =
        Pack::parse(&pack_files::folder(&folder).expect("it can be read")).expect("it is valid");
    let (scores, roles) = (read("onet-interests.csv"), read("roles.csv"));
    let ids: Vec<&str> = pack
        .traits()
        .iter()
        .map(rolescope_core::Trait::id)
        .collect();
    let (mut seen, letters) = (0, scores.lines().next().map(cells).expect("a header"));
    for role in roles.lines().skip(1).map(cells) {
        let rated = scores.lines().map(cells).find(|row| row[0] == role[1]);
        let rated = rated.expect("its occupation is rated");
        let made = &pack.roles()[pack.role(&role[0]).expect("it has a profile")];
        for (letter, text) in letters.iter().zip(&rated).skip(2).take(6) {
            let score: f64 = text.parse().expect("a score");
            let trait_ix = ids
                .iter()
                .position(|id| id.starts_with(&letter.to_lowercase()));
            let level = made.levels()[trait_ix.expect("a trait")];
            assert!(
                ((score - 1.0) / 6.0 * 10.0 - level).abs() < 0.05 + 1e-9,
                "{}: {letter} {score} is {level}",
                role[0]
            );
        }
        seen += 1;
    }
    assert_eq!(seen, pack.roles().len(), "no profile but these");
}

#[test]
fn the_credit_of_data_is_printed_with_them() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pack = root().join("examples/riasec");
    let pack = pack.to_str().expect("a path");
    for arguments in [
        &["roles"][..],
        &["roles", "dancer"],
        &["compare", "dancer", "tailor"],
    ] {
        let all = [&["--pack", pack], arguments].concat();
        let text = stdout(&run(folder.path(), &all, b""));
        let text: Vec<&str> = text.split_whitespace().collect();
        let text = text.join(" ");
        for part in [
            "O*NET 29.3 Database by the U.S. Department of Labor",
            "CC BY 4.0",
            "rescaled",
            "not approved, endorsed, or tested",
        ] {
            assert!(text.contains(part), "{arguments:?} lacks {part}: {text}");
        }
    }
}
