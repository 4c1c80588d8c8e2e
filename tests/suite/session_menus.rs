//! What sessions ask on a terminal: which copy is kept, which is taken in, and how a note is changed.

use crate::help::{built_in, names, root, run, stderr};
use crate::terminal::Terminal;
use rolescope::storage::answer_file::AnswerSheet;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const DOWN: &str = "\x1b[B";

#[track_caller]
fn done(folder: &Path, arguments: &[&str]) {
    let output = run(folder, &[&["session"], arguments].concat(), b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

fn sheet(path: &Path) -> AnswerSheet {
    AnswerSheet::load(path, &built_in(), false).expect("it loads")
}

/// A session of 93 answers, and an older copy of 92 answers with a note of its own.
fn with_copy(folder: &Path) -> [PathBuf; 2] {
    let example = root().join("examples/simulated-1.toml");
    let example = example.display().to_string();
    done(folder, &["import", &example, "--label", "s-4"]);
    let [newer, older] = ["s-4.toml", "s-4-LAPTOP.toml"].map(|name| folder.join("data").join(name));
    let text = std::fs::read_to_string(&newer).expect("kept");
    let (head, last) = text.trim_end().rsplit_once('\n').expect("answers");
    assert!(last.contains(" = "), "{last}");
    let note = "\n\n[[note]]\ndate = 2026-03-02T09:00:00+13:00\ntext = \"from the laptop\"\n";
    std::fs::write(&older, format!("{head}{note}")).expect("written");
    for (path, hours) in [(&newer, 2), (&older, 1)] {
        let file = std::fs::File::options().write(true).open(path);
        let moment = SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_000_000 + 3600 * hours);
        let file = file.expect("opened");
        file.set_modified(moment).expect("dated");
    }
    [newer, older]
}

fn keys(folder: &Path, arguments: &[&str], pressed: &[(&str, &str)]) -> (u32, String) {
    let mut terminal = Terminal::open(folder, &[&["session"], arguments].concat(), 60, 120);
    for (text, keys) in pressed {
        terminal.await_text(text);
        terminal.press(keys);
    }
    (terminal.end(), terminal.picture())
}

#[test]
fn which_copy_is_kept_is_asked_and_escape_leaves_all() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let [newer, older] = with_copy(at);
    let asked = "Which file is kept?";
    let (code, picture) = keys(at, &["resolve", "s-4"], &[(asked, "\x1b")]);
    assert_eq!(code, 0, "{picture}");
    assert!(newer.exists() && older.exists(), "{picture}");
    // the newer one, and the note of the older taken into it
    let notes = "Take the notes of the others into it?";
    let (code, picture) = keys(at, &["resolve", "s-4"], &[(asked, "\r"), (notes, "y")]);
    assert_eq!(code, 0, "{picture}");
    assert!(!older.exists(), "{picture}");
    let kept = sheet(&newer);
    assert_eq!((kept.answers.count(), kept.notes.len()), (93, 1));
    // the older one, which has the note itself
    let [newer, older] = {
        done(at, &["delete", "s-4", "--yes"]);
        with_copy(at)
    };
    let down = format!("{DOWN}\r");
    let (code, picture) = keys(at, &["resolve", "s-4"], &[(asked, &down)]);
    assert_eq!(code, 0, "{picture}");
    assert!(newer.exists() && !older.exists(), "{picture}");
    let kept = sheet(&newer);
    assert_eq!((kept.answers.count(), kept.notes.len()), (92, 1));
}

#[test]
fn which_copy_is_taken_in_is_asked_and_escape_takes_none() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    with_copy(at);
    done(at, &["export", "all.tar.gz"]);
    let asked = "s-4 is there more than once. Which is taken in?";
    let import = |dir: &str, pressed: &str| {
        let arguments = ["import", "all.tar.gz", "--dir", dir];
        keys(at, &arguments, &[(asked, pressed)])
    };
    let (code, picture) = import("none", "\x1b");
    assert!(
        code != 0 && picture.contains("Nothing was taken in"),
        "{picture}"
    );
    let none = std::fs::read_dir(at.join("none")).map_or(0, Iterator::count);
    assert_eq!(none, 0, "{picture}");
    for (dir, pressed, answers) in [
        ("first", "\r".to_owned(), 93),
        ("second", format!("{DOWN}\r"), 92),
    ] {
        let (code, picture) = import(dir, &pressed);
        assert_eq!(code, 0, "{picture}");
        let folder = at.join(dir);
        let names = names(&folder);
        assert_eq!(names.len(), 1, "{names:?}");
        assert_eq!(sheet(&folder.join(&names[0])).answers.count(), answers);
    }
    let (code, picture) = import("all", &format!("{DOWN}{DOWN}\r"));
    assert_eq!(code, 0, "{picture}");
    assert_eq!(names(&at.join("all")).len(), 2, "{picture}");
}

#[test]
#[cfg_attr(
    windows,
    ignore = "its editors are scripts of a shell of Unix; how one is named on Windows is a test of `session note` itself"
)]
fn a_note_is_changed_in_the_editor_of_choice() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let example = root().join("examples/simulated-1.toml");
    done(
        at,
        &["import", &example.display().to_string(), "--label", "a"],
    );
    done(at, &["note", "a", "Likes machines."]);
    done(at, &["note", "a", "Visits on Friday."]);
    let texts = || -> Vec<String> {
        let notes = sheet(&at.join("data/a.toml")).notes;
        notes.into_iter().map(|note| note.text).collect()
    };
    let change = |number: &str, editor: &str| {
        let arguments = ["session", "note", "a", "--edit", number];
        let mut terminal = Terminal::open_with(at, &arguments, 30, 100, ("EDITOR", editor));
        (terminal.end(), terminal.picture())
    };
    let script = |name: &str, text: &str| {
        let path = at.join(name);
        std::fs::write(&path, text).expect("written");
        format!("/bin/sh {}", path.display())
    };
    // the editor has the note before it
    let more = script("more.sh", "echo 'And on Monday.' >> \"$1\"\n");
    let (code, picture) = change("2", &more);
    assert!(
        code == 0 && picture.contains("Note 2 is changed"),
        "{picture}"
    );
    assert_eq!(
        texts(),
        ["Likes machines.", "Visits on Friday.\nAnd on Monday."]
    );
    let (code, picture) = change("1", "/bin/true");
    assert!(
        code == 0 && picture.contains("Note 1 is as it was"),
        "{picture}"
    );
    let empty = script("empty.sh", ": > \"$1\"\n");
    for (number, editor, says) in [
        ("1", "/bin/false", "nothing was noted"),
        ("1", empty.as_str(), "the note is empty"),
        ("3", "/bin/true", "there is no note 3"),
        ("1", " ", "set VISUAL or EDITOR"),
    ] {
        let (code, picture) = change(number, editor);
        assert!(code != 0 && picture.contains(says), "{editor}: {picture}");
        assert!(!picture.contains("opens it again"), "{editor}: {picture}");
    }
    assert_eq!(
        texts(),
        ["Likes machines.", "Visits on Friday.\nAnd on Monday."]
    );
    assert_eq!(
        names(&at.join("data")),
        ["a.toml"],
        "no draft is left behind"
    );
    // an editor that ends badly: the next run of the same command goes on with what was written
    let dies = script("dies.sh", "echo 'And tools.' >> \"$1\"; exit 1\n");
    assert!(change("1", &dies).1.contains("opens it again"));
    // a draft of one note is none of another
    assert_eq!(change("2", "/bin/true").0, 0);
    assert_eq!(change("1", "/bin/true").0, 0);
    let all = [
        "Likes machines.\nAnd tools.",
        "Visits on Friday.\nAnd on Monday.",
    ];
    assert_eq!(texts(), all);
    assert_eq!(
        names(&at.join("data")),
        ["a.toml"],
        "no draft is left behind"
    );
    // text on the line goes as before
    done(at, &["note", "a", "--edit", "1", "Likes tools."]);
    assert_eq!(texts()[0], "Likes tools.");
}
