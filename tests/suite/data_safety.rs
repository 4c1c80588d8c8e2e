//! Data safety: interrupted saves, full disks, concurrent programs and bad archives lose no data.

use crate::help::{built_in, kills, patience, program, root, run, small, stderr};
use crate::terminal::Terminal;
use flate2::write::GzEncoder;
use rolescope::storage::answer_file::AnswerSheet;
use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tar::{Builder, EntryType, Header};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn session(folder: &Path, arguments: &[&str]) -> Output {
    run(folder, &[&["session"], arguments].concat(), b"")
}

fn done(folder: &Path, arguments: &[&str]) {
    let output = session(folder, arguments);
    let all = format!("{arguments:?}: {}", stderr(&output));
    assert_eq!(output.status.code(), Some(0), "{all}");
}

fn simulated(folder: &Path, label: &str) {
    let file = root()
        .join("examples/simulated-1.toml")
        .display()
        .to_string();
    done(folder, &["import", &file, "--label", label]);
}

/// The names of all that is in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder can be listed");
    let mut names: Vec<String> = entries
        .map(|e| {
            e.expect("an entry")
                .file_name()
                .into_string()
                .expect("UTF-8")
        })
        .collect();
    names.sort();
    names
}

#[test]
fn interrupted_saves_leave_a_file_that_loads() {
    let folder = folder();
    let at = folder.path();
    let pack = built_in();
    let data = at.join("data");
    let (mut begun, mut within) = (0, 0_u64);
    let mut before = 0;
    let kills = kills(200);
    for kill in 0..kills {
        // whenever one is answered to the end of its ratings, the next begins
        if before >= 50 || kill == 0 {
            begun += 1;
            before = 0;
            let output = session(at, &["new", &format!("s-{begun}")]);
            assert_eq!(output.status.code(), Some(130), "its input ended");
            done(
                at,
                &["note", &format!("s-{begun}"), "kept through all of it"],
            );
        }
        let label = format!("s-{begun}");
        let path = data.join(format!("{label}.toml"));
        let old = std::fs::read(&path).expect("it is there");
        let mut child = program(at)
            .args(["session", "resume", &label])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut input = child.stdin.take().expect("a pipe");
        input.write_all(&b"4\n".repeat(60)).expect("it is read");
        // from the first save on they follow each other without a pause
        let start = Instant::now();
        while std::fs::read(&path).expect("it is there") == old {
            assert!(start.elapsed() < patience(20), "no save");
            std::thread::sleep(Duration::from_micros(100));
        }
        std::thread::sleep(Duration::from_micros((kill * 997) % 9000));
        within += u64::from(child.try_wait().expect("it can be asked").is_none());
        child.kill().expect("it can be killed");
        child.wait().expect("it ended");
        let sheet = AnswerSheet::load(&path, &pack, false).expect("it loads");
        let count = sheet.answers.count();
        assert!(count > before, "{count} after {before}");
        let first = (0..count).all(|q| sheet.answers.code(q) == 4);
        assert!(first, "all answers up to the last are there");
        assert_eq!(sheet.notes[0].text, "kept through all of it");
        before = count;
    }
    println!("{within} of {kills} were killed while saving");
    assert!(
        within >= kills * 3 / 4,
        "only {within} were killed while saving"
    );
    // what was being written when the program ended holds answers too: it goes with its person
    let with_answers = || -> Vec<String> {
        let holds = |name: &String| {
            let data = std::fs::metadata(data.join(name));
            data.expect("it is there").len() > 0
        };
        names(&data).into_iter().filter(holds).collect()
    };
    let left = with_answers().len() - begun;
    assert!(left > 0, "no kill left a file behind");
    for n in 1..=begun {
        done(at, &["delete", &format!("s-{n}"), "--yes"]);
    }
    assert_eq!(with_answers(), Vec::<String>::new());
}

/// Runs a shell script where mounting is possible; none where it is not.
fn mounted(folder: &Path, script: &str) -> Option<Output> {
    let unshared = |script: &str| {
        let mut command = Command::new("unshare");
        command
            .args(["-rm", "sh", "-c", script])
            .current_dir(folder);
        command.env("BIN", env!("CARGO_BIN_EXE_rolescope"));
        command.output().ok()
    };
    let probe = "mkdir -p probe && mount -t tmpfs -o size=64k none probe";
    let possible = unshared(probe).is_some_and(|output| output.status.success());
    if !possible {
        println!("not run: this system lets nobody mount a file system here");
    }
    unshared(script).filter(|_| possible)
}

#[test]
fn a_full_disk_loses_nothing() {
    let folder = folder();
    let at = folder.path();
    // every file longer than a block cannot be written
    simulated(at, "a");
    let before = std::fs::read(at.join("data/a.toml")).expect("kept");
    std::fs::write(at.join("b.toml"), &before).expect("written");
    for arguments in [
        "note a more",
        "import b.toml --label b",
        "export all.tar.gz",
    ] {
        let script = format!("trap '' XFSZ; ulimit -f 1; exec \"$BIN\" session {arguments}");
        let mut shell = Command::new("sh");
        shell.args(["-c", &script]).current_dir(at);
        shell.env("BIN", env!("CARGO_BIN_EXE_rolescope"));
        let output = shell
            .env("ROLESCOPE_DATA", "data")
            .output()
            .expect("a shell");
        let said = stderr(&output);
        if arguments.starts_with("export") {
            // a single person's archive is shorter than a block on some systems
            assert!(
                output.status.success() || said.contains("cannot save"),
                "{said}"
            );
            continue;
        }
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("cannot save"), "{said}");
        assert!(!said.contains(".part"), "a file that nobody knows: {said}");
        assert_eq!(names(&at.join("data")), ["a.toml"], "{arguments}");
        assert_eq!(std::fs::read(at.join("data/a.toml")).expect("kept"), before);
    }
    // a disk that is full in truth
    let script = "mkdir -p disk && mount -t tmpfs -o size=64k none disk && mkdir disk/data &&
        export ROLESCOPE_DATA=disk/data && \"$BIN\" session import b.toml --label b -q &&
        cp disk/data/b.toml b.before && { cat /dev/zero > disk/filler 2>/dev/null; true; } &&
        cp disk/data/b.toml b.after && cmp b.before b.after
        \"$BIN\" session note b more; echo \"exit $?\"
        \"$BIN\" session new c < /dev/null; echo \"exit $?\"
        cmp b.before disk/data/b.toml && ls -A disk/data
        \"$BIN\" session delete b --yes -q && ls -A disk/data";
    if let Some(output) = mounted(at, script) {
        let printed = String::from_utf8_lossy(&output.stdout);
        assert_eq!(printed, "exit 1\nexit 1\nb.toml\n", "{}", stderr(&output));
        let said = stderr(&output);
        assert!(said.contains("No space left"), "{said}");
        assert!(!said.contains(".part"), "a file that nobody knows: {said}");
    }
}

/// Runs the program as someone who is not the owner of everything; none where that is not possible.
fn as_a_stranger(folder: &Path, arguments: &[&str]) -> Option<Output> {
    let id = Command::new("id").arg("-u").output().expect("id runs");
    let mut command = program(folder);
    command.args(arguments).stdin(Stdio::null());
    if id.stdout == b"0\n" {
        command.uid(65534);
    }
    let output = command.output();
    if let Err(reason) = &output {
        println!("not run: another user may not start the program: {reason}");
    }
    output.ok()
}

#[test]
fn a_folder_that_cannot_be_written_says_so_and_can_still_be_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder();
    let at = folder.path();
    simulated(at, "a");
    let data = at.join("data");
    let allow = |path: &Path, mode: u32| {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(path, permissions).expect("the owner may");
    };
    allow(at, 0o755);
    allow(&data.join("a.toml"), 0o444);
    allow(&data, 0o555);
    let example = root()
        .join("examples/simulated-1.toml")
        .display()
        .to_string();
    for arguments in [
        &["session", "new", "b"][..],
        &["session", "note", "a", "more"],
        &["session", "resume", "a"],
        &["session", "delete", "a", "--yes"],
        &["session", "import", &example],
    ] {
        let Some(output) = as_a_stranger(at, arguments) else {
            break;
        };
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains("Permission denied"), "{arguments:?}: {said}");
        let place = data.display().to_string();
        let names_it = said.contains(&place) || said.contains("simulated-1");
        assert!(names_it, "{arguments:?}: {said}");
    }
    for errand in ["show", "list", "report"] {
        if let Some(output) = as_a_stranger(at, &["session", errand, "a"]) {
            assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        }
    }
    allow(&data, 0o755);
    assert_eq!(names(&data), ["a.toml"]);
}

#[test]
fn two_programs_on_one_session_each_say_so_and_nothing_is_lost() {
    let folder = folder();
    let at = folder.path();
    let mut terminal = Terminal::open(at, &["session", "new", "a"], 30, 80);
    terminal.await_text("question 1 of");
    terminal.press("4");
    terminal.await_text("question 2 of");
    for arguments in [
        &["resume", "a"][..],
        &["note", "a", "more"],
        &["delete", "a", "--yes"],
    ] {
        let output = session(at, arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let said = stderr(&output);
        assert!(
            said.contains("a.toml is open in another rolescope"),
            "{said}"
        );
    }
    done(at, &["show", "a"]);
    simulated(at, "b");
    terminal.press("5");
    terminal.await_text("question 3 of");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    done(at, &["note", "a", "more"]);
    let path = at.join("data/a.toml");
    let sheet = AnswerSheet::load(&path, &built_in(), false).expect("it loads");
    assert_eq!((sheet.answers.count(), sheet.notes.len()), (2, 1));
}

#[test]
fn many_programs_at_once_lose_no_note_and_mix_no_people() {
    let folder = folder();
    let at = folder.path();
    let pack = root().join("tests/packs/small").display().to_string();
    let at_once = |all: Vec<Vec<&str>>| -> Vec<Output> {
        let children: Vec<_> = all
            .iter()
            .map(|arguments| {
                let mut command = program(at);
                command.args(["--pack", &pack, "session"]).args(arguments);
                command.stdin(Stdio::null()).stdout(Stdio::piped());
                command.stderr(Stdio::piped()).spawn().expect("it starts")
            })
            .collect();
        let ended = children
            .into_iter()
            .map(std::process::Child::wait_with_output);
        ended.map(|output| output.expect("it ends")).collect()
    };
    // all of them want the same name of a file
    let labels = ["Anna", "anna", "ANNA", "a-nna", "anna!", "anna?"];
    for output in at_once(labels.iter().map(|label| vec!["new", label]).collect()) {
        // begun, and ended with its input
        assert_eq!(output.status.code(), Some(130), "{}", stderr(&output));
    }
    let same = at_once(vec![vec!["new", "one"]; 6]);
    let begun = same.iter().filter(|o| o.status.code() == Some(130)).count();
    assert_eq!(begun, 1, "one label is one person");
    let sheets = || -> Vec<AnswerSheet> {
        let data = at.join("data");
        let load = |name: &String| AnswerSheet::load(&data.join(name), &small(), false);
        names(&data)
            .iter()
            .map(|n| load(n).expect("it loads"))
            .collect()
    };
    let mut found: Vec<String> = sheets().into_iter().map(|s| s.id).collect();
    found.sort();
    assert_eq!(
        found,
        ["ANNA", "Anna", "a-nna", "anna", "anna!", "anna?", "one"]
    );
    let mut kept = 0;
    for _ in 0..5 {
        for output in at_once(vec![vec!["note", "one", "noted"]; 6]) {
            kept += usize::from(output.status.success());
            let said = stderr(&output);
            assert!(
                said.contains("Noted") || said.contains("open in another"),
                "{said}"
            );
        }
    }
    let one = sheets().into_iter().find(|s| s.id == "one").expect("kept");
    assert_eq!(one.notes.len(), kept);
}

/// An archive with one sound person and other members.
fn archive(path: &Path, members: &[(&str, EntryType, &[u8])]) {
    let text = std::fs::read(root().join("examples/simulated-1.toml")).expect("an example");
    let sound = [("sessions/a.toml", EntryType::Regular, &text[..])];
    let file = std::fs::File::create(path).expect("made");
    let mut tar = Builder::new(GzEncoder::new(file, flate2::Compression::default()));
    for (name, kind, bytes) in sound.iter().chain(members) {
        let mut header = Header::new_ustar();
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_entry_type(*kind);
        if matches!(kind, EntryType::Symlink | EntryType::Link) {
            header.set_link_name("/etc/passwd").expect("short");
        }
        header.set_size(bytes.len() as u64);
        header.set_mode(0o777);
        header.set_cksum();
        tar.append(&header, *bytes).expect("added");
    }
    tar.into_inner().expect("ended").finish().expect("written");
}

fn person(label: &str) -> Vec<u8> {
    format!("format = 1\nid = \"{label}\"\n[answers]\nhelping-1 = 4\n").into_bytes()
}

#[test]
fn an_untrusted_archive_only_adds_sessions() {
    let folder = folder();
    let at = folder.path();
    std::fs::write(at.join("victim.toml"), "mine").expect("written");
    let (up, root, twice) = (person("up"), person("root"), person("twice"));
    let escape = person("../../victim");
    let huge = vec![b' '; (1 << 20) + 1];
    let regular = EntryType::Regular;
    archive(
        &at.join("evil.tar.gz"),
        &[
            ("../victim.toml", regular, &up),
            ("/victim.toml", regular, &root),
            ("..\\victim.toml", regular, &up),
            ("C:victim.toml", regular, &up),
            ("link.toml", EntryType::Symlink, b""),
            ("hard.toml", EntryType::Link, b""),
            ("pipe.toml", EntryType::Fifo, b""),
            ("long", EntryType::GNULongName, &up),
            ("huge.toml", regular, &huge),
            ("bytes.toml", regular, b"\xff\xfe"),
            ("torn.toml", regular, b"format = 1\nid ="),
            ("escape.toml", regular, &escape),
            ("one.toml", regular, &twice),
            ("two.toml", regular, &twice),
            ("\u{1b}[2J.toml", regular, b""),
        ],
    );
    let output = session(at, &["import", "evil.tar.gz"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(!said.contains('\u{1b}'), "{said}");
    assert!(
        said.contains("3 sessions taken in, 1 skipped") && said.contains("12 files"),
        "{said}"
    );
    assert_eq!(
        names(&at.join("data")),
        ["simulated-1.toml", "twice.toml", "victim.toml"]
    );
    assert_eq!(names(at), ["data", "evil.tar.gz", "victim.toml"]);
    let mine = std::fs::read(at.join("victim.toml")).expect("still there");
    assert_eq!(mine, b"mine");
}

#[test]
fn an_archive_restores_everyone_and_overwrites_nobody() {
    let folder = folder();
    let at = folder.path();
    for label in ["a", "Mārama R", "../x"] {
        let file = root()
            .join("examples/simulated-1.toml")
            .display()
            .to_string();
        done(at, &["import", &file, "--label", label]);
        done(at, &["note", label, "noted"]);
    }
    done(at, &["export", "all.tar.gz"]);
    let again = session(at, &["export", "all.tar.gz"]);
    assert!(
        stderr(&again).contains("there already"),
        "{}",
        stderr(&again)
    );
    let texts = |folder: &str| -> Vec<(String, Vec<u8>)> {
        let folder = at.join(folder);
        let read = |name: String| {
            let bytes = std::fs::read(folder.join(&name)).expect("kept");
            (name, bytes)
        };
        names(&folder).into_iter().map(read).collect()
    };
    done(at, &["import", "all.tar.gz", "--dir", "other"]);
    assert_eq!(texts("other"), texts("data"));
    done(at, &["note", "a", "only here", "--dir", "other"]);
    done(at, &["delete", "../x", "--yes", "--dir", "other"]);
    let before = texts("other");
    let output = session(at, &["import", "all.tar.gz", "--dir", "other"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(
        said.contains("skipped: a: another one is here, and stays as it is"),
        "{said}"
    );
    assert!(said.contains("skipped: Mārama R: it is here"), "{said}");
    assert!(said.contains("1 session taken in, 2 skipped"), "{said}");
    let after = texts("other");
    assert!(before.iter().all(|old| after.contains(old)) && after.len() == 3);
}

#[test]
fn a_truncated_or_invalid_archive_imports_nobody() {
    let folder = folder();
    let at = folder.path();
    let others: Vec<Vec<u8>> = (0..30).map(|n| person(&format!("p-{n}"))).collect();
    let regular = EntryType::Regular;
    let members: Vec<_> = others
        .iter()
        .map(|bytes| ("p.toml", regular, &bytes[..]))
        .collect();
    archive(&at.join("whole.tar.gz"), &members);
    let bytes = std::fs::read(at.join("whole.tar.gz")).expect("made");
    let mut flipped = bytes.clone();
    let last = flipped.len() - 6;
    flipped[last] ^= 1;
    let damaged = [
        &bytes[..bytes.len() / 2],
        &bytes[..bytes.len() - 1],
        &flipped[..],
    ];
    for (n, bytes) in damaged.into_iter().enumerate() {
        std::fs::write(at.join("bad.tar.gz"), bytes).expect("written");
        let output = session(at, &["import", "bad.tar.gz"]);
        assert_eq!(output.status.code(), Some(1), "{n}: {}", stderr(&output));
        assert!(!at.join("data").exists(), "{n}");
    }
    let labelled = session(at, &["import", "whole.tar.gz", "--label", "x"]);
    assert_eq!(labelled.status.code(), Some(2), "{}", stderr(&labelled));
    assert_eq!(names(&at.join("data")), Vec::<String>::new());
    let none = session(at, &["import", "no.tar.gz"]);
    assert!(
        stderr(&none).contains("cannot read no.tar.gz"),
        "{}",
        stderr(&none)
    );
    done(at, &["import", "whole.tar.gz"]);
    assert_eq!(names(&at.join("data")).len(), 31);
}
