//! Limits of every input on size, depth and count, as `docs/formats.md` states them: input over a limit is
//! refused at once, with a message that states it. Those of rows and of archives are in `batch_inputs.rs`
//! and `data_safety.rs`.

use crate::help::{copy, patience, root, run, small_files, stderr};
use std::path::Path;
use std::time::Instant;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// Runs the program, which must refuse its input soon and say so.
fn refused(at: &Path, line: &str, input: &[u8], code: i32, says: &str) {
    let begin = Instant::now();
    let words: Vec<&str> = line.split(' ').collect();
    let output = run(at, &words, input);
    let said = stderr(&output);
    let end: String = said
        .chars()
        .rev()
        .take(400)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    assert_eq!(output.status.code(), Some(code), "{line}: {end}");
    assert!(said.contains(says), "{line}: no {says:?} in {end}");
    assert!(
        said.len() < 200_000,
        "{line}: {} bytes of messages",
        said.len()
    );
    // a debug build on a machine that does other work
    assert!(
        begin.elapsed() < patience(30),
        "{line}: {:?}",
        begin.elapsed()
    );
}

/// A text of many lines.
fn many(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect::<Vec<_>>().concat()
}

fn answers(head: &str, rest: &str) -> String {
    format!("format = 1\nid = \"a\"\n{head}[answers]\n{rest}")
}

#[test]
fn an_answer_file_over_a_limit_is_refused_at_once() {
    let folder = folder();
    let at = folder.path();
    let mut n = 0;
    let mut case = |text: &str, says: &str| {
        n += 1;
        let name = format!("{n}.toml");
        std::fs::write(at.join(&name), text).expect("written");
        refused(at, &format!("report {name}"), b"", 1, says);
        // the same through every other way that reads such a file
        refused(at, &format!("score {name}"), b"", 4, "1 rejected");
        refused(
            at,
            &format!("session import {name}"),
            b"",
            3,
            "not taken in",
        );
        refused(at, &format!("quiz --resume {name}"), b"", 1, says);
    };
    case(&answers("", &"#\n".repeat(1 << 19)), "over 1048576 bytes");
    let deep = format!("x = {}1{}\n", "[".repeat(4000), "]".repeat(4000));
    case(&answers(&deep, ""), "max recursion depth");
    let deep = format!("{}a = 1\n", "a.".repeat(4000));
    case(&answers(&deep, ""), "recursion limit");
    let keys = many(60_000, |n| format!("k{n:05} = 1\n"));
    case(&answers(&keys, ""), "and 59900 more mistakes");
    let torn = many(60_000, |n| format!("k{n:05} =\n"));
    case(&answers(&torn, ""), "and 59900 more mistakes");
    let long = format!(
        "[[note]]\ndate = 2026-03-02T09:14:00Z\ntext = \"{}\"\n",
        "x".repeat(20_001)
    );
    case(&answers("", &long), "write 1 to 20000 characters");
    let label = format!("format = 1\nid = \"{}\"\n[answers]\n", "x".repeat(5001));
    case(&label, "write 1 to 5000 characters");
    case(&answers("pace = 86401\n", ""), "0 to 86400");
}

#[test]
fn few_unknown_answers_are_named_and_the_rest_counted() {
    let folder = folder();
    let at = folder.path();
    let old = many(40_000, |n| format!("old-{n} = 1\n"));
    std::fs::write(at.join("a.toml"), answers("", &old)).expect("written");
    refused(at, "report a.toml", b"", 0, "and 39980 more");
    refused(at, "quiz --resume a.toml", b"quit\n", 0, "and 39980 more");
}

#[test]
fn arguments_have_limits() {
    let folder = folder();
    let at = folder.path();
    let long = "4".repeat(1 << 20);
    refused(
        at,
        "quiz --save a.toml",
        long.as_bytes(),
        1,
        "a line of over 4096 bytes is no answer",
    );
    refused(
        at,
        "quiz --resume a.toml",
        b"4\nhuge\n",
        1,
        "\"huge\" is no answer",
    );
    let person = root().join("examples/simulated-1.toml");
    std::fs::copy(person, at.join("me.toml")).expect("copied");
    refused(
        at,
        "session import me.toml --label s",
        b"",
        0,
        "1 session taken in",
    );
    let note = "x".repeat(20_001);
    refused(
        at,
        "session note s",
        note.as_bytes(),
        1,
        "at most 20000 are kept",
    );
    let note = "x".repeat((1 << 20) + 1);
    refused(
        at,
        "session note s",
        note.as_bytes(),
        1,
        "over 1048576 bytes",
    );
    let label = format!("session show {}", "x".repeat(5001));
    refused(at, &label, b"", 2, "5000");
    for (line, says) in [
        ("--aptitude-weight 101 roles", "0 to 100"),
        ("--aptitude-weight inf roles", "0 to 100"),
        ("sample --blank 1.5", "0 to 1"),
        ("score --jobs 257 a.csv", "1..=256"),
        ("check --batches 10001", "1..=10000"),
        ("report me.toml --what-if physics=101", "0 to 100"),
    ] {
        refused(at, line, b"", 2, says);
    }
}

/// The small pack in a folder.
fn pack(at: &Path) {
    for file in small_files() {
        let path = at.join("pack").join(file.path());
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, file.text()).expect("written");
    }
}

/// What is done to a pack.
type Spoil = Box<dyn Fn(&Path)>;

#[test]
fn a_pack_over_a_limit_is_refused_at_once() {
    let many_roles = |at: &Path| {
        for n in 0..2000 {
            std::fs::write(at.join(format!("pack/profiles/r-{n}.toml")), "").expect("written");
        }
    };
    let much = |at: &Path| {
        for n in 0..33 {
            let text = "#\n".repeat(1 << 19);
            std::fs::write(at.join(format!("pack/profiles/r-{n}.toml")), text).expect("written");
        }
    };
    let file = |text: String| {
        move |at: &Path| {
            std::fs::write(at.join("pack/questions/interests.toml"), &text).expect("written");
        }
    };
    let head = "title = \"t\"\nformat = \"rating\"\norder = 1\ninstructions = \"i\"\n\
                labels = [\"1\", \"2\", \"3\", \"4\", \"5\"]\n";
    let question =
        |n: usize| format!("[[question]]\nid = \"q-{n}\"\ntext = \"t\"\ntrait = \"helping\"\n");
    let questions: String = (0..2001).map(question).collect();
    let cases: [(&str, Spoil); 8] = [
        ("over 2000 files", Box::new(many_roles)),
        ("over 33554432 bytes", Box::new(much)),
        (
            "interests.toml has over 1048576 bytes",
            Box::new(file("#\n".repeat(1 << 20))),
        ),
        (
            "max recursion depth",
            Box::new(file(format!("a = {}\n", "[".repeat(5000)))),
        ),
        (
            "more mistakes; these come first",
            Box::new(file("a =\n".repeat(100_000))),
        ),
        (
            "more than 2000 questions",
            Box::new(file(format!("{head}{questions}"))),
        ),
        (
            "is no file",
            Box::new(|at: &Path| {
                let path = at.join("pack/profiles/odd.toml");
                std::fs::create_dir(path).expect("made");
            }),
        ),
        (
            "2 to 9 labels",
            Box::new(file(
                head.replace("\"5\"", "\"5\", \"6\", \"7\", \"8\", \"9\", \"10\""),
            )),
        ),
    ];
    for (says, spoil) in cases {
        let folder = folder();
        pack(folder.path());
        spoil(folder.path());
        refused(folder.path(), "roles --pack pack", b"", 1, says);
    }
}

#[cfg(unix)]
#[test]
fn an_endless_file_of_a_pack_is_refused() {
    let folder = folder();
    let at = folder.path();
    pack(at);
    std::os::unix::fs::symlink("/dev/zero", at.join("pack/profiles/zero.toml")).expect("linked");
    refused(at, "roles --pack pack", b"", 1, "zero.toml is no file");
}

#[cfg(unix)] // elsewhere a thread with such a stack is to be had: only what is used of it takes memory
#[test]
fn where_the_system_gives_no_thread_everything_is_done_all_the_same() {
    let folder = folder();
    let at = folder.path();
    let people = run(at, &["-q", "sample", "-n", "300", "--blank", "0.1"], b"").stdout;
    std::fs::write(at.join("people.csv"), &people).expect("written");
    let cases = [
        "-q score people.csv -f csv --jobs 2",
        "-q score - -f csv --jobs 2",
        "-q analyse people.csv -f csv",
        "-q report --group people.csv -f csv",
        "-q session import people.csv",
        "-q session list -f csv",
        "-q check --batches 1 -f json",
    ];
    let ran = |line: &str, stack: Option<&str>| {
        let mut command = crate::help::program(at);
        command
            .args(line.split(' '))
            .stdin(if line.contains(" - ") {
                std::fs::File::open(at.join("people.csv"))
                    .expect("there")
                    .into()
            } else {
                std::process::Stdio::null()
            });
        // no address space holds a stack of this size, so the system refuses every thread
        command.envs(stack.map(|bytes| ("RUST_MIN_STACK", bytes)));
        command.output().expect("it runs")
    };
    for line in cases {
        let data = at.join("data");
        let without = ran(line, Some("1125899906842624"));
        if line.contains("import") {
            assert_eq!(
                without.status.code(),
                Some(0),
                "{line}: {}",
                stderr(&without)
            );
            assert!(data.is_dir());
            continue;
        }
        let with = ran(line, None);
        assert_eq!(without.status, with.status, "{line}: {}", stderr(&without));
        assert_eq!(without.stdout, with.stdout, "{line}");
        assert!(
            !stderr(&without).contains("panicked"),
            "{line}: {}",
            stderr(&without)
        );
    }
}

#[test]
fn json_may_be_nested_as_deep_as_a_line_is_long() {
    let folder = folder();
    let at = folder.path();
    let deep = format!("{}{}", "[".repeat(400_000), "]".repeat(400_000));
    let answer = format!("{{\"answers\":{{\"helping-1\":{deep}}}}}\n");
    let says = "write a whole number 1 to 5";
    refused(at, "score -", answer.as_bytes(), 4, says);
    let id = format!("{{\"id\":{deep},\"answers\":{{}}}}\n");
    refused(at, "score -", id.as_bytes(), 4, "1 rejected");
    for field in ["kept", "other"] {
        let line = format!("{{\"id\":\"a\",\"answers\":{{}},\"{field}\":{deep}}}\n");
        refused(
            at,
            "score -f csv --keep kept -",
            line.as_bytes(),
            0,
            "1 scored",
        );
    }
    let open = format!("{{\"answers\":{}\n", "[".repeat(1_000_000));
    refused(at, "score -", open.as_bytes(), 4, "1 rejected");
}

#[test]
fn an_archive_over_a_limit_imports_nobody() {
    use flate2::{Compression, write::GzEncoder};
    let folder = folder();
    let at = folder.path();
    // headers of nothing, and a member of nothing but zeros
    let many = |count: usize| {
        let file = std::fs::File::create(at.join("many.tar.gz")).expect("made");
        let mut tar = tar::Builder::new(GzEncoder::new(file, Compression::fast()));
        let mut header = tar::Header::new_ustar();
        header.set_path("a.toml").expect("short");
        header.set_size(0);
        header.set_entry_type(tar::EntryType::Directory);
        header.set_cksum();
        for _ in 0..count {
            tar.append(&header, std::io::empty()).expect("added");
        }
        tar.into_inner().expect("ended").finish().expect("written");
    };
    many(100_001);
    refused(
        at,
        "session import many.tar.gz",
        b"",
        1,
        "over 100000 files",
    );
    let file = std::fs::File::create(at.join("large.tar.gz")).expect("made");
    let mut tar = tar::Builder::new(GzEncoder::new(file, Compression::fast()));
    let mut header = tar::Header::new_ustar();
    header.set_path("a.toml").expect("short");
    header.set_size((1 << 30) + 1);
    header.set_cksum();
    let zeros = std::io::Read::take(std::io::repeat(0), (1 << 30) + 1);
    tar.append(&header, zeros).expect("added");
    tar.into_inner().expect("ended").finish().expect("written");
    refused(
        at,
        "session import large.tar.gz",
        b"",
        1,
        "1073741824 bytes",
    );
    assert!(!at.join("data").join("a.toml").exists());
}

#[test]
fn every_terminal_width_works() {
    let folder = folder();
    copy(&root().join("examples"), folder.path());
    let said = |columns: &str| {
        let mut command = crate::help::program(folder.path());
        command
            .env("COLUMNS", columns)
            .args(["report", "simulated-1.toml"]);
        let output = command.output().expect("the program runs");
        assert_eq!(output.status.code(), Some(0), "{columns}");
        output.stdout.len()
    };
    for columns in ["0", "1", "-1", "1000000000", "99999999999999999999999", "x"] {
        assert!(said(columns) < 100_000, "{columns}");
    }
}
