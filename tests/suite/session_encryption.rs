//! Archives under a passphrase: written, taken in again, and refused whole where anything is wrong with them.

use crate::help::{program, root, run, stderr};
use crate::terminal::Terminal;
use std::path::Path;
use std::process::Output;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn session(folder: &Path, arguments: &[&str]) -> Output {
    run(folder, &[&["session"], arguments].concat(), b"")
}

#[track_caller]
fn ends(output: &Output, code: i32, says: &str) {
    let said = stderr(output);
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(said.contains(says), "{said}");
}

/// Two sessions, of which one has a note, and a file that holds a passphrase.
fn two_sessions(folder: &Path) {
    let example = root()
        .join("examples/simulated-1.toml")
        .display()
        .to_string();
    for label in ["s-1", "s-2"] {
        ends(
            &session(folder, &["import", &example, "--label", label]),
            0,
            "1 session",
        );
    }
    ends(
        &session(folder, &["note", "s-2", "Sees the workshop."]),
        0,
        "Noted",
    );
    std::fs::write(folder.join("words"), "four words of mine\n").expect("written");
}

/// The sessions of a data folder: names and texts.
fn kept(folder: &Path) -> Vec<(String, String)> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.expect("read").path());
    let mut all: Vec<_> = paths
        .map(|path| {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, std::fs::read_to_string(&path).expect("a text"))
        })
        .collect();
    all.sort();
    all
}

#[test]
fn what_is_exported_under_a_passphrase_comes_back_whole_and_only_with_it() {
    let folder = folder();
    let at = folder.path();
    two_sessions(at);
    let sealed = ["export", "s.age", "--encrypt", "--passphrase-file", "words"];
    ends(
        &session(at, &sealed),
        0,
        "2 sessions in s.age. Whoever has the file and the passphrase can read it",
    );
    let bytes = std::fs::read(at.join("s.age")).expect("written");
    assert!(bytes.starts_with(b"age-encryption.org/v1\n-> scrypt "));
    assert!(!bytes.windows(3).any(|w| w == b"s-2"));
    // on another machine: whole, or with nothing
    let other = |arguments: &[&str], file: &str| {
        session(
            at,
            &[&["import", file, "--dir", "other"], arguments].concat(),
        )
    };
    ends(
        &other(&[], "s.age"),
        2,
        "put it into a file for --passphrase-file FILE",
    );
    std::fs::write(at.join("wrong"), "four words of yours\n").expect("written");
    let wrong = other(&["--passphrase-file", "wrong"], "s.age");
    ends(&wrong, 1, "the passphrase does not open s.age");
    for (name, bytes) in [
        ("cut.age", bytes[..bytes.len() - 20].to_vec()),
        ("begun.age", bytes[..60].to_vec()),
        ("changed.age", {
            let mut changed = bytes.clone();
            let last = changed.len() - 40;
            changed[last] ^= 1;
            changed
        }),
    ] {
        std::fs::write(at.join(name), bytes).expect("written");
        let refused = other(&["--passphrase-file", "words"], name);
        ends(&refused, 1, name);
        let said = stderr(&refused);
        assert!(
            said.contains("cut short") || said.contains("damaged"),
            "{said}"
        );
    }
    assert_eq!(kept(&at.join("other")), [], "nothing is taken in by halves");
    ends(
        &other(&["--passphrase-file", "words"], "s.age"),
        0,
        "2 sessions taken in, 0 skipped.",
    );
    assert_eq!(kept(&at.join("other")), kept(&at.join("data")));
    ends(
        &other(&["--passphrase-file", "words"], "s.age"),
        0,
        "0 sessions taken in, 2 skipped.",
    );
}

#[test]
fn a_script_gives_the_passphrase_by_file_pipe_or_environment_and_never_by_argument() {
    let folder = folder();
    let at = folder.path();
    two_sessions(at);
    // a pipe, and the variable of the environment
    let output = run(
        at,
        &[
            "session",
            "export",
            "a.age",
            "--encrypt",
            "--passphrase-file",
            "-",
        ],
        "Straße & Brücke\r\n".as_bytes(),
    );
    ends(&output, 0, "2 sessions in a.age");
    let output = program(at)
        .args(["session", "import", "a.age", "--dir", "b"])
        .env("ROLESCOPE_PASSPHRASE", "Straße & Brücke")
        .output()
        .expect("it runs");
    ends(&output, 0, "2 sessions taken in");
    // the archive itself may come through a pipe, but not both
    let bytes = std::fs::read(at.join("a.age")).expect("written");
    let both = [
        "session",
        "import",
        "-",
        "--passphrase-file",
        "-",
        "--dir",
        "c",
    ];
    ends(
        &run(at, &both, &bytes),
        2,
        "cannot both come from standard input",
    );
    std::fs::write(at.join("bridge"), "\u{feff}Straße & Brücke\r\n").expect("written");
    let piped = [
        "session",
        "import",
        "-",
        "--passphrase-file",
        "bridge",
        "--dir",
        "c",
    ];
    ends(&run(at, &piped, &bytes), 0, "2 sessions taken in");
    // what no script should do
    std::fs::write(at.join("short"), "1234567\n").expect("written");
    std::fs::write(at.join("two"), "one line\nand another\n").expect("written");
    for (file, code, says) in [
        ("short", 2, "has 7 characters"),
        ("two", 2, "more than one line"),
        ("none", 1, "cannot read none"),
    ] {
        let arguments = ["export", "d.age", "--encrypt", "--passphrase-file", file];
        ends(&session(at, &arguments), code, says);
    }
    ends(
        &session(at, &["export", "d.age", "--encrypt"]),
        2,
        "no terminal to ask on",
    );
    ends(
        &session(at, &["export", "d.gz", "--passphrase-file", "words"]),
        2,
        "with --encrypt only",
    );
    assert!(!at.join("d.age").exists() && !at.join("d.gz").exists());
    // a plain archive needs none, and says so
    ends(
        &session(at, &["export", "plain.gz"]),
        0,
        "Whoever has the file can read it.",
    );
    let plain = [
        "import",
        "plain.gz",
        "--dir",
        "e",
        "--passphrase-file",
        "words",
    ];
    ends(&session(at, &plain), 0, "plain.gz is not encrypted");
}

#[test]
fn on_a_terminal_it_is_asked_for_twice_and_never_shown() {
    let folder = folder();
    let at = folder.path();
    two_sessions(at);
    let export = ["session", "export", "t.age", "--encrypt"];
    let mut terminal = Terminal::open(at, &export, 24, 80);
    let (asked, again) = ("Passphrase for the archive", "The same again");
    terminal.whisper(asked, 1, "four good words\r");
    terminal.whisper(again, 1, "four god words\r");
    terminal.await_text("These are not the same.");
    terminal.whisper(asked, 2, "four good words\r");
    terminal.whisper(again, 2, "four good words\r");
    terminal.await_text_within("2 sessions in t.age", 90);
    assert_eq!(terminal.end(), 0);
    let all = String::from_utf8_lossy(&terminal.raw()).into_owned();
    assert!(!all.contains("good") && !all.contains("god"), "{all}");
    let import = ["session", "import", "t.age", "--dir", "other"];
    let mut terminal = Terminal::open(at, &import, 24, 80);
    let asked = "Passphrase of the archive";
    terminal.whisper(asked, 1, "four words\r");
    terminal.await_text_within("This is not the passphrase.", 90);
    terminal.whisper(asked, 2, "four good words\r");
    terminal.await_text_within("2 sessions taken in", 90);
    assert_eq!(terminal.end(), 0);
}
