//! Every write of the program, failing at every point: strace makes a system call fail, or ends the
//! program in its place, and then every file must be the old one or the new one, whole. Where strace is
//! not installed this says so and tries nothing (`data_safety.rs` and `termination.rs` have what needs
//! none: full disks, folders that may not be written, kills by chance).

use crate::help::{built_in, copy, program, root, run, stderr};
use rolescope::storage::answer_file::AnswerSheet;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

/// What is typed, what standard input holds, and whether nothing at all is changed when it fails.
const ERRANDS: [(&str, &str, bool); 31] = [
    ("quiz --save new.toml", "4\n5\nquit\n", false),
    ("quiz --resume me.toml", "finish\n", false),
    ("quiz", "4\nquit\n", false),
    ("session new s-2", "4\nquit\n", false),
    ("session resume s-1", "finish\n", false),
    ("session note s-1 noted", "", true),
    ("session import others.tar.gz", "", true),
    ("session export all.tar.gz", "", true),
    ("session resolve s-9 --keep newest --notes", "", true),
    ("session delete s-1 --yes", "", true),
    ("session report s-1 -f markdown -o old.txt", "", true),
    ("report me.toml -f html -o old.txt", "", true),
    (
        "score class.csv --partial -f csv -o old.txt --rejects bad.csv",
        "",
        false,
    ),
    ("sample -n 2000 -o new.csv", "", true),
    ("questions -f html -o form.html", "", true),
    ("pack export pack", "", false),
    ("man --dir man1", "", false),
    (
        "analyse school.csv --write-norms old.txt --mixed yes -o new.txt",
        "",
        false,
    ),
    ("roles --rating-sheet me.toml -o old.txt", "", true),
    ("verify results.ndjson -o old.txt", "", true),
    ("read school.csv --write-map old.txt", "", true),
    ("read school.csv -f clean -o old.txt", "", true),
    ("web -o old.txt --force", "", true),
    ("code school.csv -o old.txt", "", true),
    ("report --each school.csv -f html -o pages", "", true),
    ("session report --all -f html -o pages", "", true),
    ("session new s-3 --again s-1", "4\nquit\n", false),
    ("session enter s-4", "4253\n", false),
    ("session set s-1 --tag class=12B", "", true),
    ("session note s-1 --edit 1 changed", "", true),
    ("pack new crafts", "", false),
];

/// System calls that write, and what may become of them.
const FAULTS: [(&str, &str); 7] = [
    ("write", "error=ENOSPC"),
    ("write", "error=EIO"),
    ("fsync", "error=EIO"),
    ("rename,renameat,renameat2,link,linkat", "error=EACCES"),
    ("write", "signal=KILL"),
    ("fsync", "signal=KILL"),
    ("rename,renameat,renameat2,link,linkat", "signal=KILL"),
];

/// At most this many calls of one kind are tried in an errand: what follows repeats them.
const TIMES: u32 = 4;

/// A folder with something of everything.
fn prepared() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let person = root().join("examples/simulated-1.toml");
    std::fs::copy(person, at.join("me.toml")).expect("copied");
    std::fs::write(at.join("old.txt"), "the old one\n").expect("written");
    std::fs::write(at.join("class.csv"), "id,helping-1\na,4\nb,7\n").expect("written");
    let school = run(at, &["sample", "-n", "30", "-o", "school.csv"], b"");
    assert_eq!(school.status.code(), Some(0));
    let scored = run(
        at,
        &["score", "me.toml", "-f", "ndjson", "--with-answers"],
        b"",
    );
    std::fs::write(at.join("results.ndjson"), scored.stdout).expect("written");
    for label in ["s-1", "s-7", "s-8"] {
        let all = ["session", "import", "me.toml", "--label", label];
        assert_eq!(run(at, &all, b"").status.code(), Some(0));
    }
    let export = ["session", "export", "others.tar.gz"];
    assert_eq!(run(at, &export, b"").status.code(), Some(0));
    // a copy as a sync service leaves it, with a note of its own
    let text = std::fs::read_to_string(at.join("me.toml")).expect("there");
    let text = text.replace("simulated-1", "s-9");
    let note = "\n[[note]]\ndate = 2026-11-18T10:00:00+13:00\ntext = \"from the laptop\"\n";
    std::fs::write(at.join("data/s-9-LAPTOP.toml"), text.clone() + note).expect("written");
    std::fs::write(at.join("data/s-9.toml"), text).expect("written");
    let noted = run(at, &["session", "note", "s-1", "the first"], b"");
    assert_eq!(noted.status.code(), Some(0));
    for label in ["s-7", "s-8"] {
        let all = ["session", "delete", label, "--yes"];
        assert_eq!(run(at, &all, b"").status.code(), Some(0));
    }
    folder
}

/// Every file under a folder, by its path from there.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, all: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).expect("listed") {
            let path = entry.expect("read").path();
            if path.is_dir() {
                walk(root, &path, all);
            } else {
                let name = path
                    .strip_prefix(root)
                    .expect("within")
                    .display()
                    .to_string();
                all.insert(name, std::fs::read(&path).expect("read"));
            }
        }
    }
    let mut all = BTreeMap::new();
    walk(folder, folder, &mut all);
    all
}

/// Runs an errand in a copy of the prepared folder, with a fault in it if one is given. Gives the exit
/// code, none where it was killed, what was said, whether the fault came, and what is there then.
fn errand(
    prepared: &Path,
    (line, input): (&str, &str),
    fault: Option<(&str, &str, u32)>,
) -> (Option<i32>, String, bool, BTreeMap<String, Vec<u8>>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path().join("home");
    let log = folder.path().join("log");
    copy(prepared, &at);
    let plain = program(&at);
    let mut command = match fault {
        None => Command::new(plain.get_program()),
        Some((calls, becomes, when)) => {
            let mut strace = Command::new("strace");
            strace.args(["-f", "-qq", "--seccomp-bpf", "-o"]).arg(&log);
            strace.args(["-e", &format!("trace={calls}")]);
            strace.args(["-e", &format!("inject={calls}:{becomes}:when={when}")]);
            strace.arg(plain.get_program());
            strace
        }
    };
    command.current_dir(&at);
    for (name, value) in plain.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    command.args(line.split(' '));
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    // a program that was killed reads nothing
    let _ = std::io::Write::write_all(&mut child.stdin.take().expect("a pipe"), input.as_bytes());
    let output = child.wait_with_output().expect("it ends");
    let came = std::fs::read_to_string(&log).unwrap_or_default();
    let killed = came.contains("killed by SIGKILL");
    let code = output.status.code().filter(|_| !killed);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (code, said, killed || came.contains("INJECTED"), tree(&at))
}

/// Whether a file's bytes are the old ones, those that the errand makes, or a whole answer file.
fn sound(
    name: &str,
    bytes: &[u8],
    before: &BTreeMap<String, Vec<u8>>,
    clean: &BTreeMap<String, Vec<u8>>,
) -> bool {
    let one = |tree: &BTreeMap<String, Vec<u8>>| tree.get(name).is_some_and(|b| b == bytes);
    let ends = |end: &str| Path::new(name).extension().is_some_and(|e| e == end);
    let sheet = || {
        // dates differ from run to run; a synced copy is an answer file, too
        let kept = (ends("toml") || ends("synced")) && !name.starts_with("pack/");
        kept && AnswerSheet::of_bytes(name, bytes.to_vec(), &built_in(), false).is_ok()
    };
    // an archive has the day of each file in it
    one(before) || one(clean) || sheet() || (ends("gz") && bytes.len() > 100)
}

#[test]
fn a_failed_write_leaves_the_old_or_the_new_file() {
    let probe = Command::new("strace")
        .args(["-qq", "-e", "trace=none", "true"])
        .status();
    if !probe.is_ok_and(|status| status.success()) {
        println!("strace cannot be used here: no fault was injected");
        return;
    }
    let home = prepared();
    let before = tree(home.path());
    let mut injected = 0;
    for (line, input, atomic) in ERRANDS {
        let (code, said, _, clean) = errand(home.path(), (line, input), None);
        let rejects = line.contains("--rejects");
        assert_eq!(code, Some(if rejects { 3 } else { 0 }), "{line}: {said}");
        let mut of_this = 0;
        for (calls, becomes) in FAULTS {
            for when in 1..=TIMES {
                let fault = Some((calls, becomes, when));
                let (code, said, came, after) = errand(home.path(), (line, input), fault);
                if !came {
                    break;
                }
                of_this += 1;
                let what = format!("{line}: {becomes} at {calls} {when}: {code:?} {said}");
                let killed = becomes.contains("KILL");
                assert!(killed || matches!(code, Some(0 | 1 | 3)), "{what}");
                assert!(!said.contains("panicked"), "{what}");
                assert!(!said.contains(".part"), "{what}: a file that nobody knows");
                for (name, bytes) in &after {
                    let is = |end: &str| Path::new(name).extension().is_some_and(|e| e == end);
                    let part = name.contains(".rolescope-") || is("lock");
                    assert!(!(part || is("synced")) || killed, "{what} left {name}");
                    assert!(
                        part || sound(name, bytes, &before, &clean),
                        "{what} spoilt {name}"
                    );
                }
                for name in before.keys().filter(|name| !after.contains_key(*name)) {
                    assert!(!clean.contains_key(name), "{what} lost {name}");
                }
                if code == Some(1) && atomic {
                    assert_eq!(after, before, "{what}");
                }
                if matches!(code, Some(0 | 3)) {
                    for name in clean.keys().filter(|name| !name.contains("quiz-")) {
                        assert!(after.contains_key(name), "{what} has no {name}");
                    }
                }
            }
        }
        assert!(of_this > 3, "{line}: {of_this} faults");
        injected += of_this;
    }
    println!("{injected} faults in {} errands", ERRANDS.len());
    assert!(injected > 100);
}

#[test]
fn a_failed_write_is_reported_with_file_and_reason() {
    let home = prepared();
    let at = home.path();
    std::fs::create_dir(at.join("taken")).expect("made");
    for (line, name) in [
        ("quiz --save no/new.toml", "no/new.toml"),
        ("session export no/all.tar.gz", "no/all.tar.gz"),
        ("report me.toml -o no/page.html", "no/page.html"),
        ("score class.csv --partial -o no/out.csv", "no/out.csv"),
        (
            "score class.csv --partial --rejects no/bad.csv",
            "no/bad.csv",
        ),
        ("sample -o taken", "taken"),
        ("questions -o no/form.html", "no/form.html"),
        ("session list -o no/list.txt", "no/list.txt"),
        ("pack export me.toml", "me.toml"),
        ("man --dir me.toml", "me.toml"),
        ("session --dir me.toml new x", "me.toml"),
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        let output = run(at, &words, b"");
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{line}: {said}");
        assert!(
            said.contains(name) && said.contains("cannot"),
            "{line}: {said}"
        );
    }
}
