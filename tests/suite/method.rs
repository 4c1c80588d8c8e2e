//! The method card: its figures equal those of `check`, and its parts are those that the pack has.

use crate::batch::{ended, folder};
use crate::help::{built_in, root, run, snapshot, stderr, stdout};
use rolescope::storage::norms_file::write;
use rolescope_core::Norms;
use std::path::Path;

/// The card of a pack under the project's folder; of the built-in one if none.
fn card(folder: &Path, pack: Option<&str>, more: &[&str]) -> String {
    let pack = pack.map(|pack| root().join(pack).display().to_string());
    let mut arguments = vec!["method", "-q"];
    if let Some(pack) = &pack {
        arguments.extend(["--pack", pack]);
    }
    arguments.extend(more);
    let output = run(folder, &arguments, b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output)
}

fn joined(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

#[test]
fn figures_of_the_method_card_equal_those_of_check() {
    let folder = folder();
    let pack = root().join("examples/riasec");
    let pack = pack.to_str().expect("a path");
    let mut seen = 0;
    for seed in ["1", "7"] {
        let options = ["--batches", "2", "--seed", seed];
        let all = [
            &["check", "-q", "--pack", pack, "--year", "2026"],
            &options[..],
        ]
        .concat();
        let checked = stdout(&run(folder.path(), &all, b""));
        let card = card(folder.path(), Some("examples/riasec"), &options);
        let card = joined(&card);
        // a rule, the figure and the verdict, over two or three lines
        let rules = checked.split("Rules\n").nth(1).expect("rules");
        let rules = joined(rules);
        let rules = rules.split("it is worst. ").nth(1).expect("rows");
        let rules = rules.replace(", BROKEN", ", kept");
        for rule in rules.split(", kept").map(str::trim) {
            if !rule.is_empty() {
                assert!(card.contains(rule), "{rule} is not in {card}");
                seen += 1;
            }
        }
        for line in checked
            .split("Under strain")
            .nth(1)
            .expect("strain")
            .split('•')
        {
            let line = joined(line.split("\n\n").next().unwrap_or_default());
            if line.ends_with('.') {
                assert!(card.contains(&line), "{line} is not in {card}");
                seen += 1;
            }
        }
    }
    assert_eq!(seen, 2 * (14 + 10), "every rule and figure, twice");
}

#[test]
fn figures_are_kept_for_the_same_pack_and_measured_again_for_another() {
    let folder = folder();
    let riasec = Some("examples/riasec");
    let options = ["--batches", "2"];
    let first = card(folder.path(), riasec, &options);
    let kept = folder.path().join("data/balance.json");
    let text = std::fs::read_to_string(&kept).expect("they are kept");
    assert_eq!(card(folder.path(), riasec, &options), first);
    // that they are read is seen by a figure that nothing measures
    let figure = text.split("\"yea_saying\":").nth(1).expect("the figure");
    let figure = figure.split(',').next().expect("a number");
    let changed = text.replace(&format!("\"yea_saying\":{figure}"), "\"yea_saying\":0.987");
    std::fs::write(&kept, changed).expect("written");
    assert!(joined(&card(folder.path(), riasec, &options)).contains("98.7 of 100"));
    for other in [&["--batches", "2", "--seed", "7"][..], &["--batches", "1"]] {
        assert!(
            !card(folder.path(), riasec, other).contains("98.7"),
            "{other:?}"
        );
    }
    // what is no file of figures is as good as none
    for damaged in [&text[..text.len() / 2], "", "{}", "\0"] {
        std::fs::write(&kept, damaged).expect("written");
        assert_eq!(card(folder.path(), riasec, &options), first, "{damaged:?}");
    }
    std::fs::remove_file(&kept).expect("removed");
    std::fs::create_dir(&kept).expect("a folder in its place");
    assert_eq!(card(folder.path(), riasec, &options), first);
}

#[test]
fn the_method_card_describes_what_the_pack_has() {
    let folder = folder();
    let few = ["--batches", "1"];
    let other = card(folder.path(), Some("examples/riasec"), &few).to_lowercase();
    for word in [
        "puzzle",
        "aptitude question",
        "talent",
        "conditions:",
        "medical",
        "patient",
    ] {
        assert!(!other.contains(word), "{word} in {other}");
    }
    let small = card(folder.path(), Some("tests/packs/small"), &few).to_lowercase();
    for word in ["puzzle", "aptitude question", "talent", "conditions:"] {
        assert!(small.contains(word), "no {word} in {small}");
    }
    let family = card(
        folder.path(),
        None,
        &["--batches", "1", "--family", "imaging"],
    );
    assert!(
        joined(&family).contains("Only the roles of the family \"imaging\" are compared here.")
    );
}

#[test]
fn the_method_card_matches_its_snapshots() {
    let folder = folder();
    let arguments = ["--batches", "1"];
    let page = card(folder.path(), Some("tests/packs/small"), &arguments);
    snapshot("snapshots", "method", &page);
    let output = run(folder.path(), &["method", "-f", "csv"], b"");
    ended(&output, 2, &["possible values: text, markdown, html"]);
}

#[test]
fn the_method_card_names_the_norms_in_use() {
    let folder = folder();
    let assumed = card(folder.path(), None, &["--batches", "1"]);
    let assumed = joined(&assumed);
    assert!(
        assumed.contains("In use: assumed norms.")
            && assumed.contains("are assumed, and every match")
    );

    let pack = built_in();
    let ids = pack.traits().iter().map(rolescope_core::Trait::id);
    let norms = ids.zip(pack.stated_norms());
    let norms = Norms::new("Year 11", 412, norms).expect("norms");
    write(&folder.path().join("norms.toml"), &norms).expect("written");
    let measured = card(
        folder.path(),
        None,
        &["--batches", "1", "--norms", "norms.toml"],
    );
    let measured = joined(&measured);
    assert!(
        measured.contains("In use: measured norms: Year 11, 412 people."),
        "{measured}"
    );
    assert!(
        measured.contains("Whether the norms hold for others.")
            && !measured.contains("are assumed, and every")
    );
}
