//! `session` and its subcommands, as a counsellor uses them.

use crate::help::{built_in, program, root, run, small, snapshot, stderr, stdout};
use crate::terminal::Terminal;
use rolescope::storage::answer_file::{AnswerSheet, Note};
use rolescope_core::AnswerFormat;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::{Duration, SystemTime};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// A run of `session` with these arguments and this standard input.
fn session(folder: &Path, arguments: &[&str], input: &str) -> Output {
    run(
        folder,
        &[&["session"], arguments].concat(),
        input.as_bytes(),
    )
}

/// The same, which must end well.
fn done(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let output = session(folder, arguments, input);
    let all = format!("{arguments:?}: {}", stderr(&output));
    assert_eq!(output.status.code(), Some(0), "{all}");
    output
}

/// A run that must end with this code, and say this.
fn fails(folder: &Path, arguments: &[&str], input: &str, code: i32, says: &str) {
    let output = session(folder, arguments, input);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    assert!(said.contains(says), "{arguments:?}: {said}");
}

/// The names of all that is in the data folder.
fn names(folder: &Path) -> BTreeSet<String> {
    std::fs::read_dir(folder.join("data"))
        .expect("the folder can be listed")
        .map(|e| {
            e.expect("an entry")
                .file_name()
                .into_string()
                .expect("UTF-8")
        })
        .collect()
}

/// The simulated person of the examples, kept as a session.
fn simulated(folder: &Path, label: &str) -> PathBuf {
    let file = root()
        .join("examples/simulated-1.toml")
        .display()
        .to_string();
    done(folder, &["import", &file, "--label", label], "");
    folder.join(format!("data/{label}.toml"))
}

fn list(folder: &Path, arguments: &[&str]) -> Vec<serde_json::Value> {
    let arguments = [&["list", "-f", "json"], arguments].concat();
    let output = done(folder, &arguments, "");
    serde_json::from_str(&stdout(&output)).expect("an array")
}

fn labels(folder: &Path, arguments: &[&str]) -> Vec<String> {
    list(folder, arguments)
        .iter()
        .map(|row| row["label"].as_str().expect("a text").to_owned())
        .collect()
}

#[test]
fn a_session_is_begun_resumed_noted_shown_reported_and_deleted() {
    let folder = folder();
    let at = folder.path();
    let first = done(at, &["new", "s-0412"], "4\n2\nquit\n");
    assert!(stderr(&first).contains("Go on with: rolescope session resume s-0412"));
    fails(
        at,
        &["new", "s-0412"],
        "",
        1,
        "a session \"s-0412\" already",
    );
    let pack = built_in();
    let rest: String = pack.questions()[2..]
        .iter()
        .map(|question| match question.format() {
            AnswerFormat::Choice => "b\n",
            AnswerFormat::Rating | AnswerFormat::Condition => "3\n",
        })
        .collect();
    let ended = done(at, &["resume", "s-0412"], &rest);
    done(at, &["note", "s-0412", "Wants to see the laboratory."], "");
    done(at, &["note", "s-0412"], "Two lines,\nfrom a pipe\n");
    let sheet = AnswerSheet::load(&at.join("data/s-0412.toml"), &pack, false).expect("it loads");
    assert_eq!(sheet.answers.count(), pack.questions().len());
    let texts: Vec<&str> = sheet.notes.iter().map(|n| n.text.as_str()).collect();
    assert_eq!(
        texts,
        ["Wants to see the laboratory.", "Two lines,\nfrom a pipe"]
    );
    let shown = stdout(&done(at, &["show", "s-0412"], ""));
    assert!(shown.contains("Answered: 93 of 93") && shown.contains("\nfrom a pipe\n"));
    // the quiz ends in the page of whoever answered
    let page = stdout(&done(at, &["report", "s-0412", "--for", "student"], ""));
    assert_eq!(page, stdout(&ended));
    let report = stdout(&done(at, &["report", "s-0412"], ""));
    assert_eq!(
        report,
        stdout(&run(at, &["report", "data/s-0412.toml"], b""))
    );
    let score = run(at, &["score", "-q", "-f", "csv", "data"], b"");
    assert_eq!(score.status.code(), Some(0), "{}", stderr(&score));
    assert!(
        stdout(&score).contains("\ns-0412,"),
        "notes are no obstacle"
    );
    fails(at, &["delete", "s-0412"], "y\n", 2, "--yes");
    let gone = done(at, &["delete", "s-0412", "--yes"], "");
    assert!(stderr(&gone).contains("Gone: s-0412, 93 answers and 2 notes"));
    assert_eq!(names(at), BTreeSet::new());
}

#[test]
#[cfg_attr(
    windows,
    ignore = "the path of the folder has another length there, and lines with it break elsewhere"
)]
fn list_and_show_match_their_snapshots() {
    let folder = folder();
    let at = folder.path();
    let changed = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_000_000);
    for label in ["simulated-a", "simulated-b", "mārama"] {
        simulated(at, label);
    }
    done(at, &["new", "s-0413"], "4\n2\nquit\n");
    std::fs::write(at.join("data/torn.toml"), "format = 1\nid = \"torn").expect("written");
    let path = at.join("data/simulated-b.toml");
    let text = std::fs::read_to_string(&path).expect("kept");
    let note = "[[note]]\ndate = 2026-11-18T10:00:00+13:00\ntext = \"One.\\nTwo.\"\n";
    std::fs::write(&path, text + note).expect("written");
    for name in names(at) {
        let file = std::fs::File::options()
            .write(true)
            .open(at.join("data").join(name));
        file.expect("opened").set_modified(changed).expect("dated");
    }
    let look = |arguments: &[&str]| {
        let mut command = program(at);
        let output = command.args(arguments).env("TZ", "UTC").output();
        let text = stdout(&output.expect("the program runs"));
        text.replace(&at.display().to_string(), "[folder]")
    };
    snapshot("snapshots", "session-list", &look(&["session", "list"]));
    snapshot(
        "snapshots",
        "session-list-csv",
        &look(&["session", "list", "-f", "csv"]),
    );
    snapshot(
        "snapshots",
        "session-show",
        &look(&["session", "show", "simulated-b"]),
    );
}

#[test]
fn any_label_is_kept_unchanged_in_a_file_of_the_folder() {
    let folder = folder();
    let at = folder.path();
    let pack = root().join("tests/packs/small").display().to_string();
    let long = "ā".repeat(5000);
    let all = [
        "Mārama Te Rangi",
        "../../escape",
        "/etc/passwd",
        "C:\\evil",
        "..",
        ".hidden",
        "nul",
        "NUL.txt",
        "con",
        "Anna",
        "anna",
        "ANNA",
        "a/b",
        "a\\b",
        "a:b",
        "*",
        "-",
        "= 1 + 1",
        "'; rm -rf ~",
        "a  b",
        "\"q\"",
        "日本語",
        &long,
    ];
    for label in all {
        done(at, &["new", "--pack", &pack, "--", label], "quit\n");
    }
    let found: BTreeSet<String> = labels(at, &["--pack", &pack]).into_iter().collect();
    assert_eq!(found, all.iter().map(|&l| l.to_owned()).collect());
    assert_eq!(names(at).len(), all.len());
    let outside: Vec<_> = std::fs::read_dir(at).expect("listed").collect();
    assert_eq!(outside.len(), 1, "nothing but the data folder");
    // each is found again as itself, among its likes
    for label in all {
        done(at, &["note", "--pack", &pack, "--", label, label], "");
    }
    let sheets = names(at).into_iter().map(|name| {
        AnswerSheet::load(&at.join("data").join(name), &small(), false).expect("it loads")
    });
    for sheet in sheets {
        assert_eq!(sheet.notes.len(), 1, "{}", sheet.id);
        assert_eq!(sheet.notes[0].text, sheet.id);
    }
    for (label, says) in [
        ("", "1 to 5000"),
        ("a\u{1b}[2J", "U+001B"),
        ("a\nb", "U+000A"),
    ] {
        fails(at, &["new", "--pack", &pack, "--", label], "", 2, says);
    }
    fails(
        at,
        &["new", "--pack", &pack, "--", &"x".repeat(5001)],
        "",
        2,
        "has 5001",
    );
}

#[cfg(unix)] // modes: on Windows the folder of the profile has the rights, as docs/install.md says
#[test]
fn only_the_owner_may_read_them() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder();
    let at = folder.path();
    simulated(at, "a");
    done(at, &["new", "b"], "quit\n");
    done(at, &["note", "a", "noted"], "");
    done(at, &["export", "all.tar.gz"], "");
    let mode = |path: &str| {
        let data = std::fs::metadata(at.join(path)).expect("it is there");
        data.permissions().mode() & 0o777
    };
    let modes = ["data", "data/a.toml", "data/b.toml", "all.tar.gz"].map(mode);
    assert_eq!(modes, [0o700, 0o600, 0o600, 0o600]);
}

#[test]
fn a_damaged_file_is_reported_and_does_not_stop_the_rest() {
    let folder = folder();
    let at = folder.path();
    simulated(at, "good");
    let data = at.join("data");
    let damaged: [(&str, &[u8], &str); 4] = [
        ("torn.toml", b"format = 1\nid = \"to", "line 2, column 9"),
        ("bytes.toml", b"format = 1\nid = \"\xff\"", "not UTF-8"),
        (
            "later.toml",
            b"format = 2\nid = \"later\"\n[answers]\n",
            "later format",
        ),
        (
            "noted.toml",
            b"format = 1\nid = \"n\"\n[answers]\n[[note]]\ntext = 1\n",
            "`date` is missing",
        ),
    ];
    for (name, bytes, _) in damaged {
        std::fs::write(data.join(name), bytes).expect("written");
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(
        root().join("examples/simulated-1.toml"),
        data.join("link.toml"),
    )
    .expect("linked");
    let rows = list(at, &[]);
    for (name, _, reason) in damaged {
        let label = name.trim_end_matches(".toml");
        let row = rows
            .iter()
            .find(|row| row["label"] == label)
            .expect("listed");
        assert_eq!(row["state"], "damaged");
        let problem = row["problem"].as_str().expect("a reason");
        assert!(problem.contains(reason), "{problem}");
        fails(at, &["show", label], "", 1, reason);
        fails(at, &["new", label], "", 1, "may be this person's");
    }
    assert_eq!(labels(at, &["--state", "clear"]), ["good"]);
    assert!(!labels(at, &["--state", "damaged"]).contains(&"good".to_owned()));
    done(at, &["new", "another"], "quit\n");
    fails(at, &["export", "all.tar.gz"], "", 3, "left out: ");
    done(at, &["note", "good", "noted"], "");
    for (name, bytes, _) in damaged {
        let now = std::fs::read(data.join(name)).expect("still there");
        assert_eq!(now, bytes, "{name} is as it was");
    }
    done(at, &["delete", "torn", "--yes"], "");
    assert!(!data.join("torn.toml").exists());
}

#[test]
fn lists_are_filtered_and_sorted() {
    let folder = folder();
    let at = folder.path();
    for label in ["Beta", "alpha"] {
        simulated(at, label);
    }
    done(at, &["new", "gamma"], "4\nquit\n");
    done(at, &["new", "delta"], "quit\n");
    done(at, &["note", "delta", "Asked about Sonography"], "");
    assert_eq!(labels(at, &[]), ["alpha", "Beta", "delta", "gamma"]);
    assert_eq!(labels(at, &["--sort", "progress"])[..2], ["delta", "gamma"]);
    assert_eq!(labels(at, &["--sort", "changed"])[0], "delta");
    assert_eq!(labels(at, &["--state", "unfinished"]), ["delta", "gamma"]);
    assert_eq!(labels(at, &["ALPH"]), ["alpha"]);
    assert_eq!(labels(at, &["sonography"]), ["delta"]);
    assert_eq!(labels(at, &["nuclear"]), ["alpha", "Beta"]);
    assert!(labels(at, &["nobody"]).is_empty());
    let none = done(at, &["list", "--dir", "elsewhere"], "");
    assert!(stdout(&none).is_empty() && stderr(&none).contains("No sessions yet"));
    assert!(!at.join("elsewhere").exists(), "looking makes no folder");
    let csv = stdout(&done(at, &["list", "gamma", "-f", "csv"], ""));
    let row = csv.lines().nth(1).expect("a row");
    assert!(row.starts_with("gamma,unfinished,1,93,20"), "{row}");
}

#[test]
fn a_mistyped_label_gets_a_suggestion() {
    let folder = folder();
    let at = folder.path();
    simulated(at, "mārama");
    for errand in [
        &["show"][..],
        &["resume"],
        &["note"],
        &["report"],
        &["delete", "--yes"],
    ] {
        let arguments = [errand, &["marama"]].concat();
        fails(at, &arguments, "x", 2, "did you mean \"mārama\"?");
    }
    let copied = at.join("data/copy.toml");
    std::fs::copy(at.join("data/mārama.toml"), copied).expect("copied");
    fails(
        at,
        &["show", "mārama"],
        "",
        1,
        "`rolescope session resolve mārama` shows how they differ",
    );
}

#[test]
fn session_pages_of_one_person_of_a_retest_and_of_all() {
    let folder = folder();
    let at = folder.path();
    for label in ["a", "b", "c", "d"] {
        simulated(at, label);
    }
    fails(at, &["group"], "", 1, "fewer than 5");
    simulated(at, "e");
    let all = stdout(&done(at, &["group"], ""));
    assert!(all.contains("5 people"), "{all}");
    let since = stdout(&done(at, &["report", "b", "--since", "a"], ""));
    assert!(since.contains("Nuclear medicine technologist"), "{since}");
    fails(
        at,
        &["report", "b", "--since", "z"],
        "",
        2,
        "no session \"z\"",
    );
    let page = ["report", "a", "--for", "student", "-f", "html"];
    let page = stdout(&done(at, &page, ""));
    assert!(page.starts_with("<!DOCTYPE html>"), "{page}");
}

#[test]
fn every_session_command_has_an_example() {
    let folder = folder();
    let help = stdout(&done(folder.path(), &["--help"], ""));
    let (_, errands) = help.split_once("Commands:\n").expect("a list");
    let names: Vec<&str> = errands
        .lines()
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|name| !name.is_empty() && *name != "help")
        .collect();
    assert_eq!(names.len(), 13, "{names:?}");
    for name in names {
        let help = stdout(&done(folder.path(), &[name, "--help"], ""));
        assert!(
            help.contains(&format!("rolescope session {name} ")),
            "{help}"
        );
        assert!(help.contains("Example"), "{help}");
    }
}

#[test]
fn notes_of_any_text_are_read_as_they_were_written() {
    let pack = small();
    let mut sheet = AnswerSheet::new("n".to_owned(), &pack);
    for text in [
        "plain",
        "a\nb",
        "\n a",
        "\"",
        "\"\"\"",
        "'''",
        "\\",
        "a\\",
        "\\u0041",
        "ends \"",
        "[answers]\nx = 1",
        "# no comment",
        "Māori 日本",
        "'''\"\"\"\n\\",
    ] {
        let date = "2026-11-18T10:00:00+13:00".to_owned();
        sheet.notes.push(Note {
            date,
            text: text.to_owned(),
        });
    }
    let text = sheet.to_toml(&pack);
    let again = AnswerSheet::parse("n", &text, &pack, false).expect("it can be read");
    assert_eq!(again, sheet);
}

#[test]
fn a_file_that_could_not_be_read_again_is_not_written() {
    let folder = folder();
    let at = folder.path();
    let path = simulated(at, "a");
    let note = "ā".repeat(20_000);
    let mut before = Vec::new();
    let full = (0..40).find(|_| {
        before = std::fs::read(&path).expect("kept");
        session(at, &["note", "a"], &note).status.code() != Some(0)
    });
    assert!(full.is_some_and(|n| n > 20), "{full:?}");
    fails(at, &["note", "a"], &note, 1, "over 1048576 bytes");
    assert_eq!(std::fs::read(&path).expect("kept"), before);
    done(at, &["note", "a", "a short one still fits"], "");
}

#[test]
fn a_session_runs_in_a_terminal_and_is_deleted_after_confirmation() {
    let folder = folder();
    let at = folder.path();
    let of = |n: usize| format!("question {n} of");
    let mut terminal = Terminal::open(at, &["session", "new", "Mārama R"], 30, 80);
    terminal.await_text(&of(1));
    terminal.press("4");
    terminal.await_text(&of(2));
    terminal.press_ctrl_c();
    assert_eq!(terminal.end(), 130);
    // as the shell of the system takes it
    let advised = if cfg!(windows) {
        "rolescope session resume \"Mārama R\""
    } else {
        "rolescope session resume 'Mārama R'"
    };
    assert!(terminal.picture().contains(advised));
    let mut terminal = Terminal::open(at, &["session", "resume", "Mārama R"], 30, 80);
    terminal.await_text(&of(2));
    terminal.press("5");
    terminal.await_text(&of(3));
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    let path = at.join("data/mārama-r.toml");
    let sheet = AnswerSheet::load(&path, &built_in(), false).expect("it loads");
    assert_eq!((sheet.answers.count(), sheet.id.as_str()), (2, "Mārama R"));
    for (key, there) in [("n", true), ("y", false)] {
        let mut terminal = Terminal::open(at, &["session", "delete", "Mārama R"], 30, 80);
        terminal.await_text("Delete Mārama R: 2 answers and 0 notes?");
        terminal.press(key);
        assert_eq!(terminal.end(), 0);
        assert_eq!(path.exists(), there, "{}", terminal.picture());
    }
}

// its editors are scripts of a shell of Unix; how an editor is named on Windows is a test of `session note` itself
#[cfg(unix)]
#[test]
fn a_note_is_written_in_the_editor_of_choice() {
    let folder = folder();
    let at = folder.path();
    let path = simulated(at, "a");
    let note = |editor: &str| {
        let arguments = ["session", "note", "a"];
        let mut terminal = Terminal::open_with(at, &arguments, 30, 80, ("EDITOR", editor));
        (terminal.end(), terminal.picture())
    };
    let script = at.join("edit.sh");
    std::fs::write(&script, "echo \"$1 then\" > \"$2\"\n").expect("written");
    let editor = format!("/bin/sh {} first", script.display());
    assert_eq!(note(&editor).0, 0);
    let notes = AnswerSheet::load(&path, &built_in(), false)
        .expect("it loads")
        .notes;
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].text, "first then");
    for (editor, says) in [
        ("/bin/false", "nothing was noted"),
        ("/bin/true", "the note is empty"),
        ("/no/such", "cannot open the editor"),
        (" ", "set VISUAL or EDITOR"),
    ] {
        let (code, picture) = note(editor);
        assert!(code != 0 && picture.contains(says), "{editor}: {picture}");
    }
    assert_eq!(names(at).len(), 1, "no draft is left behind");
    // an editor that ends badly, and the next that finds what was written
    let script = at.join("die.sh");
    std::fs::write(
        &script,
        "echo kept >> \"$1\"; exit $((1 - $(wc -l < \"$1\") / 2))\n",
    )
    .expect("written");
    let editor = format!("/bin/sh {}", script.display());
    assert!(note(&editor).1.contains("opens it again"));
    assert_eq!(note(&editor).0, 0);
    let notes = AnswerSheet::load(&path, &built_in(), false)
        .expect("it loads")
        .notes;
    assert_eq!(notes[1].text, "kept\nkept");
    assert_eq!(names(at).len(), 1);
    std::fs::write(&script, "echo kept >> \"$1\"; exit 1\n").expect("written");
    assert_ne!(note(&editor).0, 0);
    done(at, &["delete", "a", "--yes"], "");
    assert!(names(at).is_empty(), "a draft goes with its person");
}
