//! The packs under `examples/` are sound, and nothing of the built-in field shows in them.

use crate::help::{folders, root, run, stderr, stdout};
use rolescope::content::check::check;
use rolescope::content::lint::lint;
use rolescope::content::load;
use rolescope::engine::balance::{Counts, batch};
use rolescope::engine::fit::Design;

#[test]
fn every_example_pack_keeps_the_rules_and_needs_no_mending() {
    let mut packs = 0;
    for folder in folders(&root().join("examples")) {
        if !folder.join("questions").is_dir() {
            continue;
        }
        packs += 1;
        let files = load::folder(&folder).expect("it can be read");
        let pack = check(&files).expect("it is valid");
        let design = Design::new(&pack, None, 1.0);
        let lints = lint(&design, 2026);
        assert!(lints.iter().all(|l| l.note), "{lints:#?}");
        let mut counts = Counts::default();
        for number in 0..10 {
            counts.add(&batch(&design, 1, number));
        }
        for verdict in counts.figures().verdicts() {
            assert!(verdict.kept, "{}: {verdict:?}", folder.display());
        }
    }
    assert!(packs > 0);
}

#[test]
fn nothing_about_the_built_in_field_is_in_the_code() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pack = root().join("examples/workshop");
    let pack = pack.to_str().expect("a path");
    let say = |arguments: &[&str], input: &[u8]| {
        let all = [&["--pack", pack], arguments].concat();
        let output = run(folder.path(), &all, input);
        let messages = stderr(&output);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {messages}");
        stdout(&output) + &messages
    };
    let mut answers = "4\n2\n5\n1\n3\n".repeat(4);
    answers.push_str("4\n4\n4\n4\n1\n2\n3\n");
    let mut all = say(&["quiz", "--save", "me.toml"], answers.as_bytes());
    // someone whom nothing draws, to see what is said when no role stands out
    all.push_str(&say(
        &["quiz", "--save", "flat.toml"],
        "3\n".repeat(27).as_bytes(),
    ));
    for arguments in [
        &["roles"][..],
        &["roles", "baker"],
        &["report", "me.toml"],
        &["report", "me.toml", "--why", "florist"],
        &["compare", "baker", "florist", "--answers", "me.toml"],
        &["check", "--no-simulation", "--year", "2026"],
        &["questions", "--key"],
        &["questions", "-f", "html"],
        &["quiz", "--resume", "me.toml", "--family", "service"],
    ] {
        all.push_str(&say(arguments, b""));
    }
    let samples = say(&["sample", "-n", "50", "--blank", "0.4"], b"");
    all.push_str(&say(&["score", "-"], samples.as_bytes()));
    let all = all.to_lowercase();
    assert!(
        all.contains("five crafts") && all.contains("stands out for you"),
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
        "technician",
        "technologist",
        "radiation",
        "zealand",
        "scanner",
    ] {
        assert!(!words.contains(&word), "{word} shows");
    }
}
