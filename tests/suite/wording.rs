//! Wording: te reo Māori letter for letter, and plain New Zealand English.

use crate::help::{built_in, program, root, run, stderr, stdout};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Vowels with a macron: composed, and as a letter and its mark.
const MACRONS: [(&str, &str); 10] = [
    ("ā", "a\u{304}"),
    ("ē", "e\u{304}"),
    ("ī", "i\u{304}"),
    ("ō", "o\u{304}"),
    ("ū", "u\u{304}"),
    ("Ā", "A\u{304}"),
    ("Ē", "E\u{304}"),
    ("Ī", "I\u{304}"),
    ("Ō", "O\u{304}"),
    ("Ū", "U\u{304}"),
];

fn decomposed(text: &str) -> String {
    let pairs = MACRONS.iter();
    pairs.fold(text.to_owned(), |text, (one, two)| text.replace(one, two))
}

fn composed(text: &str) -> String {
    let pairs = MACRONS.iter();
    pairs.fold(text.to_owned(), |text, (one, two)| text.replace(two, one))
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn example() -> String {
    let path = root().join("examples/simulated-1.toml");
    path.display().to_string()
}

/// What the program prints at a width.
fn at(folder: &Path, width: &str, arguments: &[&str]) -> String {
    let mut command = program(folder);
    let output = command.args(arguments).env("COLUMNS", width).output();
    let output = output.expect("the program runs");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output)
}

#[test]
fn each_name_in_te_reo_has_only_letters_of_te_reo() {
    let pack = built_in();
    let mut named = 0;
    for role in pack.roles() {
        let Some(name) = role.maori_name() else {
            continue;
        };
        named += 1;
        for word in name.split(' ') {
            let letters = word.to_lowercase();
            let known = |c: char| "aehikmnoprtuwgāēīōū".contains(c);
            assert!(letters.chars().all(known), "{}: {word}", role.id());
            assert!(letters.ends_with(['a', 'e', 'i', 'o', 'u', 'ā', 'ē', 'ī', 'ō', 'ū']));
        }
    }
    // as many as a source was found for
    assert_eq!(named, 15);
}

#[test]
fn names_in_te_reo_stand_beside_the_english_ones_whole_at_every_width() {
    let folder = folder();
    let pack = built_in();
    let list = at(folder.path(), "100", &["roles"]);
    // of the example's first group, those that have a name in te reo
    let first_group = [
        "audiometrist",
        "dispensing-optician",
        "nuclear-medicine-technologist",
    ];
    for role in pack.roles() {
        let Some(maori) = role.maori_name() else {
            continue;
        };
        let both = format!("{} ({maori})", role.name());
        assert!(list.contains(&both), "{both}");
        for width in ["40", "60", "80", "100"] {
            for arguments in [
                &["roles"][..],
                &["roles", role.id()],
                &["compare", role.id(), "orthotist"],
                &["report", &example()],
            ] {
                let page = at(folder.path(), width, arguments);
                let columns: usize = width.parse().expect("a number");
                for line in page.lines() {
                    assert!(console::measure_text_width(line) <= columns, "{line}");
                }
                // lines break between words only: put together again, the words are as they were
                let words: Vec<&str> = page.split_whitespace().collect();
                let expected = arguments[0] != "report" || first_group.contains(&role.id());
                assert_eq!(words.join(" ").contains(&both), expected, "{width}: {page}");
            }
        }
        let full = at(folder.path(), "80", &["roles", role.id()]);
        assert!(
            full.contains(&format!("In te reo Māori: {maori} [")),
            "{full}"
        );
    }
}

#[test]
fn html_says_which_words_are_te_reo_and_that_it_is_utf_8() {
    let folder = folder();
    for view in ["student", "counsellor", "both"] {
        let page = ["report", &example(), "--for", view, "-f", "html"];
        let page = at(folder.path(), "80", &page);
        assert!(page.contains("<meta charset=\"utf-8\">"));
        let marked = "<h3>Nuclear medicine technologist (<span lang=\"mi\">Ringa Hangarau Rongoā \
                      Karihi</span>)</h3>";
        assert!(page.contains(marked), "{view}: {page}");
        let all = page.matches("Ringa Hangarau Rongoā Karihi").count();
        assert_eq!(all, page.matches(marked).count(), "{view}");
    }
}

#[test]
fn a_pack_may_hold_decomposed_letters() {
    let folder = folder();
    let there = folder.path().join("there");
    let output = run(folder.path(), &["pack", "export", "there", "-q"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let mut changed = 0;
    for entry in std::fs::read_dir(there.join("profiles")).expect("the pack is there") {
        let path = entry.expect("the entry can be read").path();
        let text = std::fs::read_to_string(&path).expect("the profile can be read");
        // in the name too, so that tables and headings are laid out with such letters
        let text = text.replace("name = \"Nuclear medicine", "name = \"Nūclear mēdicine");
        let other = decomposed(&text);
        changed += usize::from(other != text);
        std::fs::write(&path, other).expect("the profile can be written");
        let composed = folder.path().join("composed/profiles");
        std::fs::create_dir_all(&composed).expect("a folder");
        let name = path.file_name().expect("a name");
        std::fs::write(composed.join(name), text).expect("the profile can be written");
    }
    assert!(changed > 5, "{changed}");
    let questions = folder.path().join("composed/questions");
    std::fs::create_dir_all(&questions).expect("a folder");
    for entry in std::fs::read_dir(there.join("questions")).expect("the pack is there") {
        let path = entry.expect("the entry can be read").path();
        let name = path.file_name().expect("a name");
        std::fs::copy(&path, questions.join(name)).expect("the section can be copied");
    }
    let me = example();
    for width in ["40", "60", "80", "100"] {
        for arguments in [
            &["roles"][..],
            &["roles", "nuclear-medicine-technologist"],
            &[
                "compare",
                "phlebotomist",
                "nuclear-medicine-technologist",
                "--answers",
                &me,
            ],
            &["report", &me],
            &["report", &me, "-f", "markdown"],
            &["report", &me, "-f", "html"],
            &["score", "-q", &me],
            &["score", "-q", "-f", "csv", &me],
        ] {
            let two = at(
                folder.path(),
                width,
                &[&["--pack", "there"], arguments].concat(),
            );
            let one = at(
                folder.path(),
                width,
                &[&["--pack", "composed"], arguments].concat(),
            );
            assert_eq!(composed(&two), one, "{width} {arguments:?}");
        }
    }
    // found by its name however that is typed
    for typed in [
        "Kaipūtaiao Taiwhanga Rongoā",
        "Kaipu\u{304}taiao Taiwhanga Rongoa\u{304}",
        "kaiputaiao taiwhanga rongoa",
        "Medical laboratory scientist",
    ] {
        for pack in ["there", "composed"] {
            let page = at(folder.path(), "80", &["--pack", pack, "roles", typed]);
            assert!(page.starts_with("Medical laboratory scientist ("), "{page}");
        }
    }
    let output = run(folder.path(), &["roles", "kaiputaiao taiwanga rongoa"], b"");
    assert_eq!(output.status.code(), Some(2));
    let near = "did you mean medical-laboratory-scientist?";
    assert!(stderr(&output).contains(near), "{}", stderr(&output));
}

/// Spellings of the United States; a word that begins so is found.
const AMERICAN: &str = "\
    aluminum|analyz|anesth|artifact|behavior|canceled|center|color|counselor|customiz|\
    defense|emphasiz|enroll |favor|fiber|fulfill |gotten|gray|hemoglob|honor|initializ|\
    judgment|labeled|labeling|labor |license|liter |liters|math |maximiz|minimiz|modeled|\
    modeling|normaliz|optimiz|organiz|orthopedic|pediatric|personaliz|practicing|prioritiz|\
    randomiz|realiz|recogniz|rumor|sanitiz|skillful|specializ|standardiz|sterilize|\
    sterilizing|summariz|sympathiz|traveling|utiliz|vapor|visualiz";
/// Where such a spelling is right: names of others, and words of other languages.
const THEIRS: &[&str] = &[
    "U.S. Department of Labor",
    "CC BY 4.0 license",
    "creativecommons.org/licenses",
    "O*NET abilities: Visualization",
    "--color",
    "NO_COLOR",
    "CLICOLOR",
    "cargo deny check licenses",
    "unicode-normalization",
];
/// Words that suppose a gender; `man` is left out, for it is a command.
const GENDERED: &str = "\
    he|she|him|her|his|hers|himself|herself|woman|men|boy|boys|girl|girls|guys|lady|\
    ladies|chairman|mankind|manpower|manned|foreman|layman|policeman|fireman|workman|\
    craftsman|salesman|mother|father|mum|dad|husband|wife";
/// Idioms and jargon that were found once, or nearly: figures of speech that a translation, or a
/// reader with little English, stumbles over.
const IDIOMS: &str = "\
    at the end of the day|ballpark|bear in mind|behind the curve|big picture|bite off|\
    boils down|by and large|can live with|cutting edge|deep dive|draw level|down the line|\
    draws you|drawn to supp|easy as|from scratch|game chang|get the ball|hands-on|\
    hit the ground|in a nutshell|keep an eye|leave you cool|leaves you cool|low-hanging|\
    no-brainer|off the beaten|on the fence|out of the box|piece of cake|pros and cons|\
    rule of thumb says|stay tuned|the ins and outs|think outside|touch base|up to speed|\
    win-win";

/// Every file with text that a person may read: what is embedded, and what stands beside it.
fn texts() -> Vec<(PathBuf, String)> {
    let mut open: Vec<PathBuf> = ["questions", "profiles", "docs", "examples"]
        .iter()
        .map(|part| root().join(part))
        .collect();
    let mut all = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).expect("the folder can be listed");
            open.extend(entries.map(|entry| entry.expect("the entry can be read").path()));
        } else if path.extension().is_some_and(|e| e == "toml" || e == "md") {
            all.push(path);
        }
    }
    all.extend(["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(|name| root().join(name)));
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        (path, text)
    };
    all.into_iter().map(read).collect()
}

/// What the program says of itself: pages and help, as it prints them.
fn said() -> Vec<(PathBuf, String)> {
    let folder = folder();
    let me = example();
    let mut all: Vec<Vec<&str>> = vec![
        vec!["report", &me, "--for", "both"],
        vec!["report", &me, "--for", "counsellor"],
        vec!["report", &me, "--for", "student"],
        vec!["compare", "orthotist", "prosthetist", "--answers", &me],
        vec!["method", "--batches", "1"],
        vec!["check", "--batches", "1"],
        vec!["questions", "--key"],
        vec!["--help"],
        vec!["session", "--help"],
    ];
    let commands = [
        "quiz",
        "score",
        "report",
        "roles",
        "compare",
        "questions",
        "sample",
        "verify",
        "check",
        "analyse",
        "pack",
        "method",
    ];
    all.extend(commands.iter().map(|command| vec![*command, "--help"]));
    let print = |arguments: Vec<&str>| {
        let output = run(folder.path(), &arguments, b"");
        let text = stdout(&output) + &stderr(&output);
        assert!(text.lines().count() > 5, "{arguments:?}: {text}");
        (PathBuf::from(arguments.join(" ")), text)
    };
    all.into_iter().map(print).collect()
}

/// Places where a text has one of some words, between which stands `|`; a word ends where letters do unless it `begins` one.
fn found(texts: &[(PathBuf, String)], words: &str, begins: bool) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for (path, text) in texts {
        let plain = THEIRS
            .iter()
            .fold(text.replace("\\*", "*"), |text, theirs| {
                text.replace(theirs, "")
            });
        let plain = plain
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase();
        for word in words.split('|') {
            for (at, _) in plain.match_indices(word) {
                let letter = |c: char| c.is_alphanumeric() || c == '_';
                let starts = !plain[..at].ends_with(letter);
                let ends = begins || !plain[at + word.len()..].starts_with(letter);
                if starts && ends {
                    all.insert(format!("{}: {word:?}", path.display()));
                }
            }
        }
    }
    all
}

#[test]
fn words_are_plain_and_spelt_as_in_new_zealand() {
    let texts = [texts(), said()].concat();
    assert!(texts.len() > 80, "{}", texts.len());
    assert_eq!(found(&texts, AMERICAN, true), BTreeSet::new());
    assert_eq!(found(&texts, IDIOMS, true), BTreeSet::new());
    // whom the work serves may be told where a source does; who does it has no gender
    let served = root().join("profiles/mammography-technologist.toml");
    let texts: Vec<_> = texts
        .into_iter()
        .filter(|(path, _)| *path != served)
        .collect();
    assert_eq!(found(&texts, GENDERED, false), BTreeSet::new());
    // the search does find what it looks for
    let wrong = [(
        PathBuf::from("x"),
        "The Color is\nhis; a big\npicture.".to_owned(),
    )];
    assert_eq!(found(&wrong, AMERICAN, true).len(), 1);
    assert_eq!(found(&wrong, GENDERED, false).len(), 1);
    assert_eq!(found(&wrong, IDIOMS, true).len(), 1);
}
