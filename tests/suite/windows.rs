//! What only Windows has: files that are open elsewhere, names of devices, long paths, paths relative to a drive, names
//! that differ in capitals only, and what its editors and shells write.

use crate::batch::{ended, folder, names, put, score, sheets};
use crate::help::{built_in, patience, program, run, stderr, stdout};
use crate::terminal::Terminal;
use rolescope::storage::lock::AnswerLock;
use std::fs::File;
use std::os::windows::fs::OpenOptionsExt as _;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

/// Opens a file as a spreadsheet does: nobody else may write, replace or remove it.
fn kept_open(path: &Path) -> File {
    let mut options = File::options();
    options.read(true).write(true).share_mode(0);
    options.open(path).expect("opened")
}

#[test]
fn a_result_that_is_open_elsewhere_is_replaced_when_it_is_closed() {
    let folder = folder();
    let at = folder.path();
    put(at, "class.csv", sheets(3, "csv"));
    put(at, "out.csv", "the old one\n");
    let open = kept_open(&at.join("out.csv"));
    let child = program(at)
        .args(["score", "class.csv", "-f", "csv", "-o", "out.csv"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    std::thread::sleep(Duration::from_millis(700));
    drop(open);
    let output = child.wait_with_output().expect("it ends");
    ended(&output, 0, &[]);
    let written = std::fs::read_to_string(at.join("out.csv")).expect("read");
    assert!(written.starts_with("id,"), "{written}");
    assert_eq!(names(at), ["class.csv", "out.csv"]);
}

#[test]
fn a_result_that_stays_open_elsewhere_is_untouched_and_named() {
    let folder = folder();
    let at = folder.path();
    put(at, "class.csv", sheets(3, "csv"));
    put(at, "out.csv", "the old one\n");
    let open = kept_open(&at.join("out.csv"));
    let output = run(
        at,
        &["score", "class.csv", "-f", "csv", "-o", "out.csv"],
        b"",
    );
    let advice =
        "cannot save out.csv: it is open in another program; close it there, or give another name";
    ended(&output, 1, &[advice]);
    drop(open);
    let kept = std::fs::read_to_string(at.join("out.csv")).expect("read");
    assert_eq!(kept, "the old one\n");
    assert_eq!(names(at), ["class.csv", "out.csv"]);
}

#[test]
fn no_output_goes_to_a_device_by_mistake() {
    let folder = folder();
    let at = folder.path();
    put(at, "class.csv", sheets(3, "csv"));
    for name in [
        "nul.csv",
        "CON.csv",
        "aux.html",
        "com1.csv",
        r"pages\prn.csv",
    ] {
        std::fs::create_dir_all(at.join("pages")).expect("made");
        let output = run(at, &["score", "class.csv", "-f", "csv", "-o", name], b"");
        ended(
            &output,
            1,
            &[
                name,
                "Windows takes this name for a device; give another name",
            ],
        );
    }
    let pages = ["report", "--each", "class.csv", "-f", "html", "-o", "aux"];
    ended(&run(at, &pages, b""), 1, &["for a device"]);
    ended(&score(at, &["class.csv", "-o", "NUL"], b""), 0, &[]);
    assert_eq!(names(at), ["class.csv", "pages"]);
}

#[test]
fn no_folder_has_the_name_of_a_device() {
    let folder = folder();
    let at = folder.path();
    put(at, "class.csv", sheets(3, "csv"));
    for arguments in [
        &["learn", "class.csv", "--criterion", "role", "-o", "NUL"][..],
        &["pack", "new", "aux"],
        &["pack", "export", "prn.pack"],
        &["roles", "-f", "html", "-o", "com1/"],
        &["man", "--dir", "Con"],
    ] {
        ended(&run(at, arguments, b""), 1, &["for a device; give another"]);
    }
    assert_eq!(names(at), ["class.csv"]);
}

#[test]
fn a_label_that_is_the_name_of_a_device_has_a_file() {
    let folder = folder();
    let at = folder.path();
    for label in ["NUL", "con", "com1.txt", "Anna", "anna"] {
        let output = run(at, &["session", "new", label, "--plain"], b"1\r\n2\r\n");
        assert!(
            matches!(output.status.code(), Some(0 | 130)),
            "{}",
            stderr(&output)
        );
    }
    let listed = stdout(&run(at, &["session", "list", "-f", "csv"], b""));
    for label in ["NUL", "con", "com1.txt", "Anna", "anna"] {
        assert!(listed.contains(label), "{label} in\n{listed}");
    }
}

#[test]
fn paths_may_be_longer_than_the_system_takes_by_default() {
    let folder = folder();
    let mut deep = std::fs::canonicalize(folder.path()).expect("a path of any length");
    for _ in 0..8 {
        deep.push("a folder with a name of some forty signs");
    }
    std::fs::create_dir_all(&deep).expect("made");
    let long = |name: &str| {
        let path = deep.join(name).display().to_string();
        // as a person writes it
        path.trim_start_matches(r"\\?\").to_owned()
    };
    let at = folder.path();
    put(at, "class.csv", sheets(3, "csv"));
    for _ in 0..2 {
        // the second time it is replaced
        let output = score(at, &["class.csv", "-o", &long("out.csv")], b"");
        ended(&output, 0, &[]);
    }
    let (pages, data) = (long("pages"), long("data"));
    let each = ["report", "--each", "class.csv", "-f", "html", "-o", &pages];
    ended(&run(at, &each, b""), 0, &["3 pages"]);
    let new = ["session", "new", "s-1", "--plain", "--dir", &data];
    let begun = run(at, &new, b"1\r\n2\r\n");
    assert!(
        matches!(begun.status.code(), Some(0 | 130)),
        "{}",
        stderr(&begun)
    );
    let list = stdout(&run(
        at,
        &["session", "list", "--dir", &data, "-f", "csv"],
        b"",
    ));
    assert!(list.contains("s-1"), "{list}");
    assert_eq!(names(&deep), ["data", "out.csv", "pages"]);
}

#[test]
fn a_path_may_be_relative_to_its_drive() {
    let folder = folder();
    let at = folder.path();
    let drive = at.display().to_string()[..2].to_owned();
    put(at, "class.csv", sheets(3, "csv"));
    let output = score(
        at,
        &[
            &format!("{drive}class.csv"),
            "-o",
            &format!("{drive}out.csv"),
        ],
        b"",
    );
    ended(&output, 0, &[]);
    assert_eq!(names(at), ["class.csv", "out.csv"]);
}

#[test]
fn names_that_differ_in_capitals_only_are_one_file() {
    let folder = folder();
    let at = folder.path();
    put(at, "class.csv", sheets(3, "csv"));
    for (out, rejects) in [("out.csv", "OUT.csv"), ("Class.CSV", "rejects.csv")] {
        let arguments = [
            "score",
            "class.csv",
            "-f",
            "csv",
            "-o",
            out,
            "--rejects",
            rejects,
        ];
        let output = run(at, &arguments, b"");
        assert!(
            matches!(output.status.code(), Some(1 | 2)),
            "{out} {rejects}: {}",
            stderr(&output)
        );
        assert_eq!(names(at), ["class.csv"]);
    }
}

#[test]
fn what_shells_and_editors_write_is_read() {
    let folder = folder();
    let at = folder.path();
    let plain = sheets(5, "csv");
    put(at, "class.csv", &plain);
    let wanted = stdout(&score(at, &["class.csv"], b""));
    // the older PowerShell's `>`: UTF-16 with its mark, and lines that end in two signs
    let lines = plain.replace('\n', "\r\n");
    let marked = format!("\u{FEFF}{lines}");
    let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    put(at, "wide.csv", &wide);
    assert_eq!(stdout(&score(at, &["wide.csv"], b"")), wanted);
    assert_eq!(stdout(&score(at, &["-"], &wide)), wanted);
    put(at, "marked.csv", &marked);
    assert_eq!(stdout(&score(at, &["marked.csv"], b"")), wanted);
    assert!(!wanted.contains('\r'), "lines end as everywhere");
}

#[test]
fn a_removed_lock_that_is_still_open_is_waited_for() {
    let folder = folder();
    let at = folder.path().join("me.toml");
    put(folder.path(), "me.toml", "");
    let mut lock = Some(AnswerLock::take(&at).expect("taken"));
    assert!(AnswerLock::try_take(&at).expect("asked").is_none());
    let waiting = std::thread::spawn({
        let at = at.clone();
        move || AnswerLock::wait(&at, patience(20)).map(drop)
    });
    std::thread::sleep(Duration::from_millis(200));
    lock.take();
    waiting.join().expect("it ends").expect("taken in turn");
    assert_eq!(names(folder.path()), ["me.toml"]);
}

#[test]
fn one_program_at_a_time_has_an_answer_file() {
    let folder = folder();
    let at = folder.path();
    let first = "1\r\n".repeat(3);
    let mut child = program(at)
        .args(["quiz", "--plain", "--save", "me.toml"])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .expect("it starts");
    let mut input = child.stdin.take().expect("a pipe");
    std::io::Write::write_all(&mut input, first.as_bytes()).expect("taken");
    let waited = std::time::Instant::now();
    while !at.join("me.toml").exists() {
        assert!(waited.elapsed() < patience(20), "it saves");
        std::thread::sleep(Duration::from_millis(20));
    }
    let second = run(at, &["quiz", "--plain", "--resume", "me.toml"], b"2\r\n");
    ended(&second, 1, &["me.toml is open in another rolescope"]);
    drop(input);
    child.wait().expect("it ends");
    let kept = std::fs::read_to_string(at.join("me.toml")).expect("read");
    let sheet = rolescope::storage::answer_file::AnswerSheet::parse_briefly(&kept, &built_in());
    assert_eq!(sheet.expect("whole").answers.count(), 3);
}

#[test]
fn a_command_that_is_advised_can_be_typed_here() {
    let folder = folder();
    let at = folder.path();
    let arguments = ["quiz", "--plain", "--save", r"C:\my people.toml"];
    let advised = stderr(&run(at, &arguments, b"1\r\n"));
    assert!(
        advised.contains(r#"--resume "C:\my people.toml""#),
        "{advised}"
    );
    let _ = std::fs::remove_file(r"C:\my people.toml");
    let page = ["roles", "sonographer", "-f", "html", "-o", "role.html"];
    let advised = stderr(&run(at, &page, b""));
    assert!(advised.contains("browser: explorer "), "{advised}");
}

#[test]
fn a_window_of_its_own_stays_until_the_result_was_read() {
    let folder = folder();
    let at = folder.path();
    let begun = run(at, &["quiz"], b"4\r\nquit\r\n");
    assert_eq!(begun.status.code(), Some(0), "{}", stderr(&begun));
    let mut terminal = Terminal::of_its_own(at, 30, 80);
    let all = built_in().questions().len();
    terminal.await_text(&format!("1 of {all} answered"));
    terminal.press("\r");
    terminal.await_text(&format!("question 2 of {all}"));
    terminal.press("r");
    terminal.await_text("See the result");
    terminal.press("3");
    terminal.await_text("go on answering");
    terminal.press("q");
    terminal.await_text("Press Enter to close this window.");
    std::thread::sleep(Duration::from_millis(500));
    assert!(terminal.runs(), "it waits to be read");
    terminal.press("\r");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn data_are_in_the_profile_whose_rights_they_have() {
    let folder = folder();
    let at = folder.path();
    let profile = at.join("profile");
    std::fs::create_dir(&profile).expect("made");
    let mut child = program(at)
        .env_remove("ROLESCOPE_DATA")
        .env("APPDATA", &profile)
        .args(["session", "new", "anna", "--plain"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("it starts");
    let mut input = child.stdin.take().expect("a pipe");
    std::io::Write::write_all(&mut input, b"4\r\nquit\r\n").expect("taken");
    drop(input);
    ended(&child.wait_with_output().expect("it ends"), 0, &[]);
    assert_eq!(names(at), ["profile"]);
    assert_eq!(names(&profile), ["rolescope"]);
    let kept = names(&profile.join("rolescope"));
    assert!(kept.contains(&"anna.toml".to_owned()), "{kept:?}");
}

#[test]
fn ctrl_c_ends_numbered_lines_and_leaves_no_part_of_a_file() {
    let folder = folder();
    let at = folder.path();
    let quiz = ["quiz", "--plain", "--save", "me.toml"];
    let mut terminal = Terminal::open(at, &quiz, 30, 80);
    terminal.await_text("Type a number and press Enter");
    terminal.press("\r");
    terminal.await_text("Question 1 of");
    terminal.press("4\r");
    terminal.await_text("Question 2 of");
    terminal.press_ctrl_c();
    assert_eq!(terminal.end(), 130);
    let saved = std::fs::read_to_string(at.join("me.toml")).expect("saved");
    assert_eq!(saved.matches(" = 4\n").count(), 1, "{saved}");
    std::fs::remove_file(at.join("me.toml")).expect("removed");

    put(at, "class.csv", sheets(3000, "csv"));
    let before = names(at);
    let score = ["score", "class.csv", "-f", "csv", "-o", "out.csv"];
    let mut terminal = Terminal::open(at, &score, 30, 80);
    let waited = std::time::Instant::now();
    while names(at) == before {
        assert!(waited.elapsed() < patience(20), "it writes");
        std::thread::sleep(Duration::from_millis(1));
    }
    terminal.press_ctrl_c();
    assert_eq!(terminal.end(), 130, "{}", terminal.picture());
    assert_eq!(names(at), before);
}
