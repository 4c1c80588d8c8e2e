//! One way into an answer file that is changed: links, locks, edits from outside, and what a file had before.

use crate::help::{built_in, names, patience, program, root, run, stderr, stdout};
use crate::terminal::Terminal;
use rolescope::storage::answer_file::AnswerSheet;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// An answer file with three open questions.
fn unfinished(path: &Path) {
    let text = std::fs::read_to_string(root().join("examples/simulated-1.toml")).expect("there");
    let open = ["finished", "helping-1", "making-1", "radiation"];
    let kept = text
        .lines()
        .filter(|line| !open.iter().any(|o| line.starts_with(o)));
    let kept: Vec<&str> = kept.collect();
    std::fs::write(path, kept.join("\n") + "\n").expect("written");
}

fn start(command: &mut Command) -> Child {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

/// Has programs that run at once take an answer each, and holds that all end well.
fn each_answers_once(mut all: Vec<Child>) {
    for child in &mut all {
        // one that ended early is judged below
        let _ = child
            .stdin
            .as_mut()
            .expect("a pipe")
            .write_all(b"4\nquit\n");
    }
    for child in all {
        let output = ended(child);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
}

fn tell(child: &mut Child, line: &str) {
    let input = child.stdin.as_mut().expect("a pipe");
    input.write_all(line.as_bytes()).expect("it is read");
}

/// Closes the input of a program and waits for its end.
fn ended(child: Child) -> Output {
    child.wait_with_output().expect("it ends")
}

/// Runs the program, which must end within some seconds; input is empty.
fn bounded(at: &Path, arguments: &[&str]) -> Output {
    let mut child = start(program(at).args(arguments));
    drop(child.stdin.take());
    let begun = Instant::now();
    while child.try_wait().expect("asked").is_none() {
        if begun.elapsed() > patience(20) {
            child.kill().expect("killed");
            panic!("{arguments:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    ended(child)
}

fn load(path: &Path) -> AnswerSheet {
    AnswerSheet::load(path, &built_in(), false).expect("it loads")
}

fn answer(path: &Path, id: &str) -> Option<String> {
    let text = std::fs::read_to_string(path).expect("it is there");
    let table: toml::Table = text.parse().expect("TOML");
    let value = table["answers"].get(id)?;
    Some(value.to_string())
}

/// Waits until a file holds a text.
fn await_in(path: &Path, text: &str) {
    let begun = Instant::now();
    while !std::fs::read_to_string(path).is_ok_and(|all| all.contains(text)) {
        let patient = begun.elapsed() < patience(20);
        assert!(patient, "{text} is not in {}", path.display());
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Whether strace can make a system call fail here.
fn strace_works() -> bool {
    let works = probe_status(Command::new("strace").args(["-o", "/dev/null", "true"]));
    if !works {
        println!("strace cannot be used here: no fault was injected");
    }
    works
}

fn probe_status(command: &mut Command) -> bool {
    let quiet = command.stderr(Stdio::null()).stdout(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// The program, with a fault in its system calls.
fn faulty(at: &Path, calls: &str, fault: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new("strace");
    command
        .args(["-f", "-qq", "-o", "/dev/null", "-e"])
        .arg(format!("trace={calls}"))
        .arg("-e")
        .arg(format!("inject={calls}:{fault}"))
        .arg(env!("CARGO_BIN_EXE_rolescope"))
        .args(arguments)
        .current_dir(at)
        .env("ROLESCOPE_DATA", at.join("data"));
    command
}

#[test]
fn a_quiz_that_waited_for_the_lock_looks_again_before_it_writes() {
    if !strace_works() {
        return;
    }
    let folder = folder();
    let at = folder.path();
    let same = ["quiz", "--save", "same.toml"];
    let mut late = start(&mut faulty(
        at,
        "flock",
        "delay_enter=1500000:when=1",
        &same,
    ));
    std::thread::sleep(Duration::from_millis(400));
    let mut first = start(program(at).args(same));
    tell(&mut first, "4\n5\n3\n2\nquit\n");
    let first = ended(first);
    tell(&mut late, "quit\n");
    let late = ended(late);
    let sheet = load(&at.join("same.toml"));
    let codes = (first.status.code(), late.status.code());
    let count = if first.status.success() { 4 } else { 0 };
    assert_eq!(sheet.answers.count(), count, "{codes:?}");
    assert_eq!(late.status.code(), Some(0), "{}", stderr(&late));
}

#[test]
fn quizzes_that_begin_in_the_same_second_get_a_file_each() {
    let folder = folder();
    let at = folder.path();
    let all: Vec<Child> = (0..20)
        .map(|_| start(program(at).arg("quiz").env("TZ", "UTC")))
        .collect();
    each_answers_once(all);
    let files = std::fs::read_dir(at.join("data")).expect("listed");
    let files: Vec<PathBuf> = files.map(|entry| entry.expect("read").path()).collect();
    assert_eq!(files.len(), 20, "{files:?}");
    assert!(files.iter().all(|path| load(path).answers.count() == 1));
}

#[test]
fn a_link_is_followed_and_mode_and_comments_stay() {
    let folder = folder();
    let at = folder.path();
    std::fs::create_dir(at.join("real")).expect("made");
    let real = at.join("real/me.toml");
    unfinished(&real);
    let text = std::fs::read_to_string(&real).expect("there");
    let text = text.replace("[answers]\n", "[answers] # as asked\n");
    let text = text.replace("physics-1", "# a good day\nphysics-1");
    let text = format!("# mine\n{text}# the end\n");
    std::fs::write(&real, &text).expect("written");
    let mode = std::fs::Permissions::from_mode(0o664);
    std::fs::set_permissions(&real, mode).expect("changed");
    symlink("real/me.toml", at.join("me.toml")).expect("linked");
    symlink("me.toml", at.join("again.toml")).expect("linked");
    let mut quiz = start(program(at).args(["quiz", "--resume", "again.toml"]));
    tell(&mut quiz, "4\nquit\n");
    let output = ended(quiz);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(at.join("me.toml").is_symlink() && at.join("again.toml").is_symlink());
    let data = std::fs::metadata(&real).expect("there");
    assert_eq!(data.permissions().mode() & 0o777, 0o664);
    let now = std::fs::read_to_string(&real).expect("there");
    for comment in [
        "# mine\n",
        "[answers] # as asked\n",
        "# a good day\nphysics-1",
        "# the end\n",
    ] {
        assert!(now.contains(comment), "{comment:?} in {now}");
    }
    assert_eq!(answer(&real, "helping-1").as_deref(), Some("4"), "{now}");
    // a link to what is not there yet makes it where the link leads
    symlink("real/new.toml", at.join("new.toml")).expect("linked");
    let mut quiz = start(program(at).args(["quiz", "--save", "new.toml"]));
    tell(&mut quiz, "4\nquit\n");
    assert_eq!(ended(quiz).status.code(), Some(0));
    assert!(at.join("new.toml").is_symlink());
    assert_eq!(load(&at.join("real/new.toml")).answers.count(), 1);
}

#[test]
fn a_file_with_two_names_is_open_under_both() {
    let folder = folder();
    let at = folder.path();
    let real = at.join("a.toml");
    unfinished(&real);
    std::fs::hard_link(&real, at.join("hard.toml")).expect("linked");
    symlink("a.toml", at.join("soft.toml")).expect("linked");
    let mut first = start(program(at).args(["quiz", "--resume", "a.toml"]));
    std::thread::sleep(Duration::from_millis(500));
    for other in ["hard.toml", "soft.toml", "a.toml"] {
        let output = bounded(at, &["quiz", "--resume", other]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{other}: {said}");
        assert!(said.contains("is open in another rolescope"), "{said}");
    }
    let before = std::fs::read(at.join("hard.toml")).expect("there");
    tell(&mut first, "4\nquit\n");
    let said = stderr(&ended(first));
    // a copy made by a link may be a backup: it is left as it was, and that is said
    assert!(said.contains("another name"), "{said}");
    assert_eq!(std::fs::read(at.join("hard.toml")).expect("there"), before);
    assert_eq!(answer(&real, "helping-1").as_deref(), Some("4"));
}

#[test]
fn what_is_no_lock_file_is_refused_at_once() {
    let folder = folder();
    let at = folder.path();
    let lock = at.join(".me.toml.lock");
    let quiz = ["quiz", "--save", "me.toml"];
    assert!(probe_status(Command::new("mkfifo").arg(&lock)));
    let refused = || {
        let output = bounded(at, &quiz);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(
            said.contains(".me.toml.lock") && said.contains("remove it"),
            "{said}"
        );
        std::fs::remove_file(&lock).expect("removed");
    };
    refused();
    std::fs::write(at.join("target"), "").expect("written");
    symlink("target", &lock).expect("linked");
    refused();
    symlink("nowhere", &lock).expect("linked");
    refused();
    assert!(!at.join("nowhere").exists() && !at.join("me.toml").exists());
    // what is left of a program that was killed is in nobody's way
    std::fs::write(&lock, "").expect("written");
    let mut child = start(program(at).args(quiz));
    tell(&mut child, "quit\n");
    assert_eq!(ended(child).status.code(), Some(0));
}

#[test]
fn an_answer_file_that_is_none_is_refused_at_once() {
    let folder = folder();
    let at = folder.path();
    assert!(probe_status(
        Command::new("mkfifo").arg(at.join("pipe.toml"))
    ));
    std::fs::create_dir(at.join("folder.toml")).expect("made");
    symlink("round.toml", at.join("round.toml")).expect("linked");
    for name in ["pipe.toml", "folder.toml", "round.toml"] {
        for flag in ["--save", "--resume"] {
            let output = bounded(at, &["quiz", flag, name]);
            let said = stderr(&output);
            assert_eq!(output.status.code(), Some(1), "{name}: {said}");
            assert!(said.contains(name), "{said}");
        }
    }
    // one among the quizzes of the data folder is passed over
    std::fs::create_dir(at.join("data")).expect("made");
    let pipe = at.join("data/quiz-1.toml");
    assert!(probe_status(Command::new("mkfifo").arg(pipe)));
    let mut terminal = Terminal::open(at, &["quiz"], 30, 80);
    terminal.await_text("1");
    terminal.press("\x03");
    terminal.end();
}

#[test]
fn a_lock_that_cannot_be_had_says_what_to_do() {
    if !strace_works() {
        return;
    }
    let folder = folder();
    let at = folder.path();
    let path = at.join("me.toml");
    unfinished(&path);
    let resume = ["quiz", "--resume", "me.toml"];
    // a file system without locks: it goes on, and says what to mind
    for error in ["EOPNOTSUPP", "ENOSYS", "ENOLCK"] {
        unfinished(&path);
        let mut quiz = start(&mut faulty(at, "flock", &format!("error={error}"), &resume));
        tell(&mut quiz, "4\nquit\n");
        let output = ended(quiz);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(0), "{said}");
        assert!(said.contains("one program at a time"), "{said}");
        assert_eq!(answer(&path, "helping-1").as_deref(), Some("4"));
    }
    // the lock of another user, which may not be opened; musl opens by `open`, which not every processor has
    std::fs::write(at.join(".me.toml.lock"), "").expect("written");
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o", "/dev/null", "-P"]);
    command.arg(".me.toml.lock");
    command.args([
        "-e",
        "trace=?open,openat",
        "-e",
        "inject=?open,openat:error=EACCES",
    ]);
    command.arg(env!("CARGO_BIN_EXE_rolescope")).args(resume);
    let mut quiz = start(command.current_dir(at));
    let _ = quiz.stdin.as_mut().expect("a pipe").write_all(b"quit\n");
    let output = ended(quiz);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for part in [".me.toml.lock", "another user", "remove it"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

/// The names of what stands in a folder, but for the data folder.
fn beside(at: &Path) -> Vec<String> {
    let mut all = names(at);
    all.retain(|name| name != "data");
    all
}

/// An answer file without answers.
fn empty(path: &Path) {
    std::fs::write(path, "format = 1\nid = \"me\"\n\n[answers]\n").expect("written");
}

#[test]
fn no_answer_waits_for_a_slow_disk_and_the_end_does() {
    if !strace_works() {
        return;
    }
    let folder = folder();
    let at = folder.path();
    let (path, copy) = (at.join("me.toml"), at.join(".me.toml.synced"));
    empty(&path);
    let count = |path: &Path| load(path).answers.count();
    // the thread behind syncs a file and its folder each time, so its third sync is of its second copy
    let mut command = portable_pty::CommandBuilder::new("strace");
    command.args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync"]);
    command.args(["-e", "inject=fsync:delay_enter=8000000:when=3"]);
    command.arg(env!("CARGO_BIN_EXE_rolescope"));
    command.args(["quiz", "--resume", "me.toml"]);
    command.cwd(at);
    command.env("TERM", "xterm-256color");
    command.env("ROLESCOPE_DATA", at.join("data"));
    let mut terminal = Terminal::of(command, 30, 80);
    for n in 1..=8 {
        // each key is pressed as soon as its question is in sight, and counts
        terminal.await_text(&format!("question {n} of"));
        terminal.press("4");
    }
    terminal.await_text("question 9 of");
    assert_eq!(count(&path), 8, "no killed program loses one");
    let synced = count(&copy);
    assert!((1..8).contains(&synced), "{synced} answers are synced");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    assert_eq!(count(&path), 8);
    assert_eq!(beside(at), ["me.toml"], "the end waits for the disk");
}

#[test]
fn ctrl_c_in_line_mode_waits_for_the_disk() {
    let folder = folder();
    let at = folder.path();
    empty(&at.join("me.toml"));
    let arguments = ["quiz", "--plain", "--resume", "me.toml"];
    let mut terminal = Terminal::open(at, &arguments, 30, 80);
    for n in 1..=3 {
        terminal.await_text(&format!("Question {n} of"));
        terminal.press("4\r");
    }
    terminal.await_text("Question 4 of");
    assert!(at.join(".me.toml.synced").exists());
    terminal.press_ctrl_c();
    assert_eq!(terminal.end(), 130);
    assert!(!at.join(".me.toml.synced").exists());
    assert_eq!(load(&at.join("me.toml")).answers.count(), 3);
}

#[test]
fn a_disk_that_fails_behind_an_answer_is_told_at_the_next() {
    if !strace_works() {
        return;
    }
    let folder = folder();
    let at = folder.path();
    let path = at.join("me.toml");
    empty(&path);
    let resume = ["quiz", "--resume", "me.toml"];
    let mut quiz = start(&mut faulty(at, "fsync", "error=EIO", &resume));
    tell(&mut quiz, &"4\n".repeat(40));
    let output = ended(quiz);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    let told = "cannot save me.toml: Input/output error";
    assert!(said.contains(told), "{said}");
    let kept = load(&path).answers.count();
    assert!(kept >= 1, "what was put in place stays");
    // one that fails once loses nothing, and nobody has to hear of it
    let once = "error=EIO:when=1";
    let mut quiz = start(&mut faulty(at, "fsync", once, &resume));
    tell(&mut quiz, "4\n3\n2\nquit\n");
    let output = ended(quiz);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(load(&path).answers.count(), kept + 3);
    assert_eq!(beside(at), ["me.toml"]);
}

#[test]
fn a_file_that_a_loss_of_power_left_empty_is_restored_from_its_synced_copy() {
    let folder = folder();
    let at = folder.path();
    let (path, copy) = (at.join("me.toml"), at.join(".me.toml.synced"));
    let resume = ["quiz", "--resume", "me.toml"];
    empty(&path);
    // killed: the file itself has all, and what stands beside it is done with
    let mut quiz = start(program(at).args(resume));
    tell(&mut quiz, "4\n5\n3\n");
    let begun = Instant::now();
    while load(&path).answers.count() < 3 {
        assert!(begun.elapsed() < patience(20), "no third answer");
        std::thread::sleep(Duration::from_millis(5));
    }
    quiz.kill().expect("killed");
    quiz.wait().expect("ended");
    assert!(copy.exists());
    let whole = std::fs::read_to_string(&path).expect("there");
    let ended_well = bounded(at, &resume);
    assert_eq!(ended_well.status.code(), Some(130), "its input ended");
    assert_eq!(load(&path).answers.count(), 3);
    // what it was killed in the middle of writing is nobody's
    let part = |name: &String| name.starts_with(".rolescope-");
    for part in beside(at).iter().filter(|name| part(name)) {
        std::fs::remove_file(at.join(part)).expect("removed");
    }
    assert_eq!(beside(at), ["me.toml"]);
    // without power: each kind of reader takes the copy, and whoever opens the file puts it back and says so
    for spoilt in [String::new(), "\0".repeat(whole.len())] {
        std::fs::write(&path, &spoilt).expect("written");
        std::fs::write(&copy, &whole).expect("written");
        assert_eq!(load(&path).answers.count(), 3);
        assert_eq!(std::fs::read_to_string(&path).expect("there"), spoilt);
        let output = bounded(at, &resume);
        let said = stderr(&output);
        let told = "me.toml was empty or cut short, as a loss of power leaves a file; restored as it was synced last";
        assert!(said.contains(told), "{said}");
        assert_eq!(output.status.code(), Some(130), "{said}");
        assert_eq!(load(&path).answers.count(), 3);
        assert_eq!(beside(at), ["me.toml"]);
    }
    // in a store it is listed, opened and deleted as any session
    let data = at.join("data");
    std::fs::create_dir(&data).expect("made");
    std::fs::write(data.join("me.toml"), "").expect("written");
    std::fs::write(data.join(".me.toml.synced"), &whole).expect("written");
    let listed = stdout(&run(at, &["session", "list"], b""));
    assert!(
        listed.contains("3 of") && !listed.contains("amaged"),
        "{listed}"
    );
    let noted = bounded(at, &["session", "note", "me", "kept"]);
    assert!(stderr(&noted).contains("restored"), "{}", stderr(&noted));
    let sheet = load(&data.join("me.toml"));
    assert_eq!((sheet.answers.count(), sheet.notes.len()), (3, 1));
    assert_eq!(names(&data), ["me.toml"]);
    // a copy whose file somebody removed goes with its person
    std::fs::write(data.join(".old.toml.synced"), &whole).expect("written");
    let gone = bounded(at, &["session", "delete", "me", "--yes"]);
    assert_eq!(gone.status.code(), Some(0), "{}", stderr(&gone));
    assert_eq!(names(&data), Vec::<String>::new());
}

#[test]
fn what_was_changed_outside_is_merged_or_set_aside() {
    let folder = folder();
    let at = folder.path();
    let path = at.join("x.toml");
    unfinished(&path);
    let mut quiz = start(program(at).args(["quiz", "--resume", "x.toml"]));
    tell(&mut quiz, "4\n");
    await_in(&path, "helping-1 = 4");
    // an edit, and a note that a sync service brings
    let text = std::fs::read_to_string(&path).expect("there");
    let was = answer(&path, "life-science-1").expect("answered");
    let other = if was == "1" { "2" } else { "1" };
    let text = text.replace(
        &format!("life-science-1 = {was}"),
        &format!("life-science-1 = {other} # by hand"),
    );
    let note = "\n[[note]]\ndate = 2026-11-18T10:00:00+13:00\ntext = \"From the laptop.\"\n";
    std::fs::write(&path, text.clone() + note).expect("written");
    tell(&mut quiz, "3\n");
    await_in(&path, "making-1 = 3");
    let now = std::fs::read_to_string(&path).expect("there");
    for part in [
        &format!("life-science-1 = {other} # by hand"),
        "helping-1 = 4",
        "From the laptop.",
    ] {
        assert!(now.contains(part), "{part}: {now}");
    }
    // the same question, answered elsewhere as well: one stays, the other lies beside
    let elsewhere = now.replace("making-1 = 3", "making-1 = 5");
    std::fs::write(&path, &elsewhere).expect("written");
    tell(&mut quiz, "2\nquit\n");
    let output = ended(quiz);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("changed outside"), "{said}");
    assert_eq!(answer(&path, "making-1").as_deref(), Some("3"), "{said}");
    assert_eq!(answer(&path, "radiation").as_deref(), Some("2"), "{said}");
    let beside = std::fs::read_dir(at)
        .expect("listed")
        .map(|e| e.expect("read").path());
    let beside: Vec<PathBuf> = beside.filter(|p| *p != path && p.is_file()).collect();
    assert_eq!(beside.len(), 1, "{beside:?}");
    assert_eq!(
        std::fs::read_to_string(&beside[0]).expect("there"),
        elsewhere
    );
    let name = beside[0].file_name().expect("named").to_string_lossy();
    assert!(said.contains(&*name), "{said}");
}

#[test]
fn a_file_spoiled_removed_or_swapped_while_open_loses_nothing() {
    for what in ["cut", "gone", "another's", "stale"] {
        let folder = folder();
        let at = folder.path();
        let path = at.join("x.toml");
        unfinished(&path);
        let mut quiz = start(program(at).args(["quiz", "--resume", "x.toml"]));
        tell(&mut quiz, "4\n");
        await_in(&path, "helping-1 = 4");
        match what {
            "cut" => std::fs::write(&path, "format = 1\nid = \"x").expect("written"),
            "gone" => std::fs::remove_file(&path).expect("removed"),
            "another's" => {
                let text = std::fs::read_to_string(&path).expect("there");
                let text = text.replace("simulated-1", "bo");
                std::fs::write(&path, text).expect("written");
            }
            _ => unfinished(&path),
        }
        let left = std::fs::read_to_string(&path).ok();
        tell(&mut quiz, "3\nquit\n");
        let said = stderr(&ended(quiz));
        let sheet = load(&path);
        assert_eq!(sheet.id, "simulated-1", "{what}");
        let mine = ["helping-1", "making-1"].map(|id| answer(&path, id));
        assert_eq!(mine, [Some("4".into()), Some("3".into())], "{what}: {said}");
        let beside = std::fs::read_dir(at)
            .expect("listed")
            .map(|e| e.expect("read").path());
        let beside: Vec<PathBuf> = beside.filter(|p| *p != path && p.is_file()).collect();
        if ["cut", "another's"].contains(&what) {
            assert_eq!(beside.len(), 1, "{what}: {beside:?}");
            assert_eq!(std::fs::read_to_string(&beside[0]).ok(), left, "{what}");
        } else {
            assert!(beside.is_empty(), "{what}: {beside:?}");
        }
    }
}

#[test]
fn a_note_is_added_to_what_the_file_holds_by_then() {
    let folder = folder();
    let at = folder.path();
    let example = root().join("examples/simulated-1.toml");
    let import = [
        "session",
        "import",
        &example.display().to_string(),
        "--label",
        "a",
    ];
    assert_eq!(bounded(at, &import).status.code(), Some(0));
    let path = at.join("data/a.toml");
    let text = std::fs::read_to_string(&path).expect("there");
    std::fs::write(&path, format!("# kept\n{text}")).expect("written");
    let mode = std::fs::Permissions::from_mode(0o640);
    std::fs::set_permissions(&path, mode).expect("changed");
    let script = at.join("edit.sh");
    let edit = "printf '\\n[[note]]\\ndate = 2026-11-18T10:00:00+13:00\\ntext = \"synced\"\\n' >> data/a.toml\n\
                echo mine > \"$1\"\n";
    std::fs::write(&script, edit).expect("written");
    let editor = format!("/bin/sh {}", script.display());
    let mut terminal =
        Terminal::open_with(at, &["session", "note", "a"], 30, 80, ("EDITOR", &editor));
    assert_eq!(terminal.end(), 0, "{}", terminal.picture());
    let notes: Vec<String> = load(&path).notes.into_iter().map(|n| n.text).collect();
    assert_eq!(notes, ["synced", "mine"]);
    let now = std::fs::read_to_string(&path).expect("there");
    assert!(now.starts_with("# kept\n"), "{now}");
    let mode = std::fs::metadata(&path)
        .expect("there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn deleting_one_session_leaves_a_running_import_whole() {
    let folder = folder();
    let at = folder.path();
    let mut victim = start(program(at).args(["session", "new", "victim"]));
    tell(&mut victim, "quit\n");
    ended(victim);
    // as old as archives are
    let old = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let archive = at.join("a.tar.gz");
    let gzip = flate2::write::GzEncoder::new(
        std::fs::File::create(&archive).expect("made"),
        flate2::Compression::fast(),
    );
    let mut tar = tar::Builder::new(gzip);
    for n in 0..600 {
        let text = format!("format = 1\nid = \"p-{n}\"\n[answers]\nhelping-1 = 4\n");
        let mut header = tar::Header::new_ustar();
        header.set_mtime(1_700_000_000);
        header.set_size(text.len() as u64);
        header.set_mode(0o600);
        let name = format!("sessions/p-{n}.toml");
        tar.append_data(&mut header, name, text.as_bytes())
            .expect("added");
    }
    tar.into_inner().expect("ended").finish().expect("written");
    let import = start(program(at).args(["session", "import", "a.tar.gz"]));
    let data = at.join("data");
    let count = || std::fs::read_dir(&data).expect("listed").count();
    let begun = Instant::now();
    while count() < 100 {
        assert!(begun.elapsed() < patience(20), "nothing comes in");
        std::thread::sleep(Duration::from_millis(2));
    }
    let output = bounded(at, &["session", "delete", "victim", "--yes"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let output = ended(import);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(!data.join("victim.toml").exists());
    let files = std::fs::read_dir(&data).expect("listed");
    let files: Vec<PathBuf> = files.map(|entry| entry.expect("read").path()).collect();
    let people = files
        .iter()
        .filter(|p| p.extension().is_some_and(|e| e == "toml"));
    assert_eq!(people.count(), 600);
    let data = std::fs::metadata(data.join("p-7.toml")).expect("there");
    assert_eq!(data.modified().expect("dated"), old);
}

#[test]
fn many_sessions_begin_at_once_in_a_large_folder() {
    let folder = folder();
    let at = folder.path();
    let data = at.join("data");
    std::fs::create_dir(&data).expect("made");
    for n in 0..3000 {
        let text = format!("format = 1\nid = \"p-{n}\"\n[answers]\nhelping-1 = 4\n");
        std::fs::write(data.join(format!("p-{n}.toml")), text).expect("written");
    }
    let labels: Vec<String> = (0..30).map(|n| format!("new-{n}")).collect();
    let new = |label: &String| start(program(at).args(["session", "new", label]));
    let all: Vec<Child> = labels.iter().map(new).collect();
    each_answers_once(all);
    for label in labels {
        assert_eq!(load(&data.join(format!("{label}.toml"))).answers.count(), 1);
    }
}
