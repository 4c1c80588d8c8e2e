//! Copies of a session, as a sync service leaves them: listed, carried along, resolved and deleted, and never chosen
//! by their names.

use crate::help::{built_in, names, root, run, stderr, stdout};
use rolescope::storage::answer_file::AnswerSheet;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::{Duration, SystemTime};

/// Names that sync services give to a copy of `s-4.toml`; the first comes before it in alphabetical order.
const NAMES: [&str; 5] = [
    "s-4 (conflicted copy 2026-11-27).toml",
    "s-4-LAPTOP-7F3.toml",
    "s-4.sync-conflict-20261127-091400-ABCDEFG.toml",
    "s-4 (1).toml",
    "Copy of s-4.toml",
];

fn session(folder: &Path, arguments: &[&str]) -> Output {
    run(folder, &[&["session"], arguments].concat(), b"")
}

fn done(folder: &Path, arguments: &[&str]) -> Output {
    let output = session(folder, arguments);
    let all = format!("{arguments:?}: {}", stderr(&output));
    assert_eq!(output.status.code(), Some(0), "{all}");
    output
}

fn load(path: &Path) -> AnswerSheet {
    AnswerSheet::load(path, &built_in(), false).expect("it loads")
}

fn dated(path: &Path, hours: u64) {
    let file = std::fs::File::options()
        .write(true)
        .open(path)
        .expect("opened");
    let moment = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_000_000 + 3600 * hours);
    file.set_modified(moment).expect("dated");
}

/// A session of 93 answers with a note, and beside it an older copy of 92 with a note of its own.
fn with_copy(folder: &Path, name: &str) -> [PathBuf; 2] {
    let example = root()
        .join("examples/simulated-1.toml")
        .display()
        .to_string();
    done(folder, &["import", &example, "--label", "s-4"]);
    let [newer, older] = ["s-4.toml", name].map(|name| folder.join("data").join(name));
    let text = std::fs::read_to_string(&newer).expect("kept");
    let note = |text: &str, hour: u32| {
        format!("\n[[note]]\ndate = 2026-11-18T{hour}:00:00+13:00\ntext = \"{text}\"\n")
    };
    let lines = text.lines().filter(|line| !line.starts_with("helping-1"));
    let stale = lines.collect::<Vec<_>>().join("\n") + "\n" + &note("from the laptop", 10);
    std::fs::write(&older, stale).expect("written");
    std::fs::write(&newer, text + &note("from the desk", 11)).expect("written");
    dated(&older, 1);
    dated(&newer, 2);
    [newer, older]
}

#[test]
fn copies_are_marked_and_every_command_says_what_to_do() {
    for name in NAMES {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = folder.path();
        with_copy(at, name);
        let listed = stdout(&done(at, &["list"])).replace("\n  ", " ");
        let marked = listed.matches("clear, copy").count();
        assert!(
            marked == 2 && listed.contains("session resolve s-4"),
            "{listed}"
        );
        let csv = stdout(&done(at, &["list", "-f", "csv"]));
        assert_eq!(csv.matches("2 files have this label").count(), 2, "{csv}");
        for arguments in [
            &["show", "s-4"][..],
            &["report", "s-4"],
            &["note", "s-4", "more"],
            &["resume", "s-4"],
        ] {
            let output = session(at, arguments);
            let said = stderr(&output);
            assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
            let helps = said.contains("`rolescope session resolve s-4`") && said.contains(name);
            assert!(helps, "{arguments:?}: {said}");
        }
        // the label is taken, whatever the copy is called
        std::fs::remove_file(at.join("data/s-4.toml")).expect("removed");
        let output = session(at, &["new", "s-4"]);
        assert_eq!(output.status.code(), Some(1), "{name}: {}", stderr(&output));
    }
}

#[test]
fn a_label_that_contains_another_is_another() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    for label in ["s-4-may", "s-40", "s", "s-4"] {
        let output = run(at, &["session", "new", label], b"quit\n");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
}

#[test]
fn an_archive_carries_copies_and_import_never_chooses_by_name() {
    for name in NAMES {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = folder.path();
        let [newer, older] = with_copy(at, name);
        let said = stderr(&done(at, &["export", "all.tar.gz"]));
        assert!(
            said.contains("s-4: 2 files") && said.contains("2 sessions in"),
            "{said}"
        );
        let output = session(at, &["import", "all.tar.gz", "--dir", "other"]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        let place = |part: &str| said.find(part).unwrap_or_else(|| panic!("{part}: {said}"));
        assert!(
            place("93 answers") < place("92 answers"),
            "newest first: {said}"
        );
        assert!(
            said.contains("--copies newest") && said.contains(name),
            "{said}"
        );
        assert!(!at.join("other").exists(), "nothing was taken in");
        let newest = [
            "import",
            "all.tar.gz",
            "--dir",
            "newest",
            "--copies",
            "newest",
        ];
        let said = stderr(&done(at, &newest));
        assert!(
            said.contains("left out") && said.contains("92 answers"),
            "{said}"
        );
        assert_eq!(names(&at.join("newest")), ["s-4.toml"]);
        assert_eq!(load(&at.join("newest/s-4.toml")), load(&newer));
        done(
            at,
            &["import", "all.tar.gz", "--dir", "all", "--copies", "all"],
        );
        let both = names(&at.join("all"));
        let mut both: Vec<AnswerSheet> =
            both.iter().map(|n| load(&at.join("all").join(n))).collect();
        both.sort_by_key(|sheet| sheet.answers.count());
        assert_eq!(both, [load(&older), load(&newer)]);
    }
}

#[test]
fn the_same_file_twice_needs_no_choice() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let [newer, older] = with_copy(at, NAMES[0]);
    std::fs::copy(&newer, &older).expect("copied");
    done(at, &["export", "all.tar.gz"]);
    let said = stderr(&done(at, &["import", "all.tar.gz", "--dir", "other"]));
    assert!(said.contains("1 session taken in, 1 skipped"), "{said}");
    assert_eq!(load(&at.join("other/s-4.toml")), load(&newer));
}

#[test]
fn resolve_shows_the_difference_and_keeps_one_with_all_notes() {
    for name in NAMES {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = folder.path();
        let [newer, older] = with_copy(at, name);
        let shown = stdout(&done(at, &["resolve", "s-4"]));
        for part in [
            "92 of 93",
            "93 of 93",
            "helping-1",
            "from the laptop",
            "from the desk",
        ] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        assert!(newer.exists() && older.exists(), "looking changes nothing");
        let wrong = session(at, &["resolve", "s-4", "--keep", "x.toml"]);
        assert_eq!(wrong.status.code(), Some(2), "{}", stderr(&wrong));
        let before = load(&newer);
        done(at, &["resolve", "s-4", "--keep", "newest", "--notes"]);
        assert_eq!(names(&at.join("data")), ["s-4.toml"]);
        let after = load(&newer);
        assert_eq!(after.answers, before.answers);
        let notes: Vec<&str> = after.notes.iter().map(|n| n.text.as_str()).collect();
        assert_eq!(notes, ["from the laptop", "from the desk"]);
        done(at, &["resolve", "s-4"]);
    }
    // the older one, without the notes of the other, under the person's own name
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let [newer, older] = with_copy(at, NAMES[1]);
    let kept = load(&older);
    done(at, &["resolve", "s-4", "--keep", NAMES[1]]);
    assert_eq!(names(&at.join("data")), ["s-4.toml"]);
    assert_eq!(load(&newer), kept);
}

#[test]
fn delete_takes_every_file_of_a_person() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let [newer, _] = with_copy(at, "moved.toml");
    for name in NAMES {
        std::fs::copy(&newer, at.join("data").join(name)).expect("copied");
    }
    let said = stderr(&done(at, &["delete", "s-4", "--yes"]));
    assert!(said.contains("7 files"), "{said}");
    assert_eq!(names(&at.join("data")), Vec::<String>::new());
}

#[test]
fn what_comes_through_a_pipe_is_taken_in_like_a_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let [newer, _] = with_copy(at, NAMES[0]);
    done(at, &["export", "all.tar.gz"]);
    let archive = std::fs::read(at.join("all.tar.gz")).expect("written");
    let file = std::fs::read(&newer).expect("kept");
    let table = b"id,helping-1\na,4\nb,5\n";
    // Windows has no name for what comes in
    let ways: &[&str] = if cfg!(unix) {
        &["-", "/dev/stdin"]
    } else {
        &["-"]
    };
    for &name in ways {
        for (what, bytes, people) in [
            ("archive", &archive[..], 2),
            ("file", &file[..], 1),
            ("table", &table[..], 2),
        ] {
            let into = format!("{what}{}", name.len());
            let arguments = [
                "import",
                name,
                "--partial",
                "--copies",
                "all",
                "--dir",
                &into,
            ];
            let output = run(at, &[&["session"], &arguments[..]].concat(), bytes);
            let said = stderr(&output);
            assert_eq!(output.status.code(), Some(0), "{name} {what}: {said}");
            assert_eq!(
                names(&at.join(&into)).len(),
                people,
                "{name} {what}: {said}"
            );
        }
    }
}

#[test]
fn two_names_of_one_file_are_resolved_and_deleted_like_copies() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let [newer, older] = with_copy(at, NAMES[0]);
    let link = || {
        std::fs::remove_file(&older).expect("removed");
        std::fs::hard_link(&newer, &older).expect("linked");
    };
    link();
    done(at, &["resolve", "s-4", "--keep", "newest"]);
    assert_eq!(names(&at.join("data")), ["s-4.toml"]);
    std::fs::write(&older, "").expect("written");
    link();
    done(at, &["delete", "s-4", "--yes"]);
    assert_eq!(names(&at.join("data")), Vec::<String>::new());
}

#[test]
fn labels_that_show_nothing_are_refused_and_those_that_look_alike_told_apart() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let new = |label: &str| {
        let output = run(at, &["session", "new", label], b"quit\n");
        (output.status.code(), stderr(&output))
    };
    assert_eq!(new("Anna").0, Some(0));
    for label in [
        "\u{3164}",
        "\u{115F}",
        "\u{FFA0}",
        "Anna\u{34F}",
        "Anna\u{AD}",
        "Anna\u{FE0F}",
        "\u{2800}",
        "Anna\u{E0100}",
        "A\u{17B4}nna",
        "Anna\u{180B}",
        "\u{1D173}",
    ] {
        let (code, said) = new(label);
        assert!(code == Some(2) && said.contains("U+"), "{label:?}: {said}");
    }
    for label in ["Аnna", "Ａnna", "Annа"] {
        let (code, said) = new(label);
        assert!(
            code == Some(1) && said.contains("looks the same"),
            "{label:?}: {said}"
        );
    }
    // and those that can be told apart are taken
    for label in ["anna", "Anna B", "Ānna", "Аня", "안나"] {
        assert_eq!(new(label).0, Some(0), "{label:?}");
    }
    assert_eq!(new("A\u{304}nna").0, Some(1), "another encoding of a label");
    done(at, &["show", "A\u{304}nna"]);
}
