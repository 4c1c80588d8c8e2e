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
    case(&answers(&deep, ""), "too deep within each other");
    let deep = format!("{}a = 1\n", "a.".repeat(4000));
    case(&answers(&deep, ""), "too deep within each other");
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
fn every_mistake_of_an_answer_file_has_its_line_wherever_it_is_told() {
    let folder = folder();
    let at = folder.path();
    let wrong = answers("", "helping-1 = 9\nmaking-1 = 8\n");
    std::fs::write(at.join("a.toml"), wrong).expect("written");
    let output = run(at, &["score", "a.toml", "--rejects", "left.csv"], b"");
    let said = stderr(&output);
    for line in [
        "a.toml:4:13: not an answer to `helping-1`; write a whole number 1 to 5\n",
        "a.toml:5:12: not an answer to `making-1`; write a whole number 1 to 5\n",
    ] {
        assert!(said.contains(line), "{said}");
    }
    assert!(!said.contains('\u{FFFD}'), "{said}");
    let left = std::fs::read_to_string(at.join("left.csv")).expect("written");
    assert!(
        left.contains("; line 5: not an answer to `making-1`"),
        "{left}"
    );
    let deep = format!("ok = 1\n  {}a = 1\n", "a.".repeat(80));
    std::fs::write(at.join("deep.toml"), answers(&deep, "")).expect("written");
    let says = "tables and lists stand too deep within each other";
    let place = " --> deep.toml:4:3\n";
    let output = run(at, &["report", "deep.toml"], b"");
    let said = stderr(&output);
    assert!(said.contains(says) && said.contains(place), "{said}");
    let output = run(at, &["score", "deep.toml"], b"");
    let said = stderr(&output);
    assert!(said.contains(&format!("deep.toml:4:3: {says}")), "{said}");
}

#[test]
fn few_unknown_answers_are_named_and_the_rest_counted() {
    let folder = folder();
    let at = folder.path();
    let old = many(40_000, |n| format!("old-{n} = 1\n"));
    std::fs::write(at.join("a.toml"), answers("", &old)).expect("written");
    refused(at, "report a.toml", b"", 0, "and 39980 more");
    let counted = "39980 more names are no questions, ignored";
    refused(at, "score a.toml", b"", 0, counted);
    // over pieces and threads each name counts once
    let line = |from: usize| {
        let all: Vec<String> = (from..from + 30)
            .map(|n| format!("\"old-{n}\":1"))
            .collect();
        format!("{{\"id\":\"p{from}\",\"answers\":{{{}}}}}\n", all.join(","))
    };
    let lines = many(3000, |n| line(n % 100));
    let says = "109 more names are no questions, ignored";
    for jobs in ["1", "4"] {
        let score = format!("score --partial --input-format ndjson --jobs {jobs} -");
        refused(at, &score, lines.as_bytes(), 0, says);
    }
    let hundreds = many(100_100, |n| {
        format!("\"n{n}\":1{}", if n < 100_099 { "," } else { "" })
    });
    let halves: Vec<&str> = hundreds.split_inclusive(',').collect();
    let lines = halves.chunks(50_000).map(|part| {
        let part = part.concat();
        format!(
            "{{\"id\":\"a\",\"answers\":{{{}}}}}\n",
            part.trim_end_matches(',')
        )
    });
    let lines: String = lines.collect();
    let says = "at least 100000 more names are no questions";
    refused(
        at,
        "score --partial --input-format ndjson -",
        lines.as_bytes(),
        0,
        says,
    );
    refused(at, "quiz --resume a.toml", b"quit\n", 0, "and 39980 more");
}

#[test]
fn blank_lines_above_a_table_are_passed_over_within_a_bound() {
    let folder = folder();
    let at = folder.path();
    for (lines, end) in [(66_000, "\n"), (500_000, "\r\n")] {
        let blank = end.repeat(lines);
        for text in [
            format!("{blank}id,helping-1{end}a,4{end}b,9{end}"),
            format!(
                "{blank}{{\"id\":\"a\",\"answers\":{{\"helping-1\":4}}}}\n{{\"id\":\"b\",\"answers\":{{\"helping-1\":9}}}}\n"
            ),
        ] {
            let place = lines + if text.contains('{') { 2 } else { 3 };
            let says = format!("standard input:{place}:");
            refused(at, "score --partial -", text.as_bytes(), 3, &says);
        }
    }
    // to the byte, whatever comes behind them
    for text in [
        "id,helping-1\na,4\n",
        "{\"id\":\"a\",\"answers\":{\"helping-1\":4}}\n",
    ] {
        let text = ["\n".repeat((1 << 20) + 1).as_str(), text].concat();
        let says = "standard input begins with over 1048576 bytes of blank lines";
        refused(at, "score --partial -", text.as_bytes(), 1, says);
        refused(
            at,
            "score --partial -",
            &text.as_bytes()[1..],
            0,
            "1 scored",
        );
    }
    refused(
        at,
        "score --partial -",
        b"\n\n",
        1,
        "standard input is empty",
    );
}

#[test]
fn a_line_may_be_as_long_as_the_bound_says() {
    let folder = folder();
    let at = folder.path();
    let longest = 1 << 20;
    let score = "score --partial -f csv --top 1 -";
    for end in ["\n", "\r\n"] {
        let filled = |start: &str, length: usize| {
            format!("{start}{}{end}", "x".repeat(length - start.len()))
        };
        let row = format!("a,4{end}");
        let head = filled("id,helping-1,", longest) + &row;
        refused(at, score, head.as_bytes(), 0, "1 scored");
        let over = filled("id,helping-1,", longest + 1) + &row;
        refused(
            at,
            score,
            over.as_bytes(),
            1,
            "1: the header is over 1048576 bytes",
        );
        let table =
            |length: usize| format!("id,helping-1,note{end}{}{row}", filled("b,4,", length));
        refused(at, score, table(longest).as_bytes(), 0, "2 scored");
        refused(
            at,
            score,
            table(longest + 1).as_bytes(),
            3,
            "input:2: the row is over 1048576 bytes",
        );
        // a quoted cell that is closed behind the bound of its row
        let quoted = format!(
            "id,helping-1,note{end}b,4,{},\"{}\"{end}{row}",
            "x".repeat(longest - 500),
            "y".repeat(900)
        );
        refused(
            at,
            score,
            quoted.as_bytes(),
            3,
            "input:2: the row is over 1048576 bytes",
        );
    }
    let code = "score --input-format codes -";
    let line = format!("{}\n", "x".repeat(longest));
    refused(at, code, line.as_bytes(), 4, "1 rejected");
    let line = format!("{}\n", "x".repeat(longest + 1));
    refused(
        at,
        code,
        line.as_bytes(),
        1,
        "1: the first line is over 1048576 bytes",
    );
    let typed = |spaces: usize| format!("{}4\nquit\n", " ".repeat(spaces));
    refused(at, "quiz --save a.toml", typed(4095).as_bytes(), 0, "");
    refused(
        at,
        "quiz --save b.toml",
        typed(4096).as_bytes(),
        1,
        "a line of over 4096 bytes",
    );
}

#[test]
fn a_line_without_an_end_is_told_before_its_end() {
    use std::io::{BufRead as _, BufReader, Write as _};
    let folder = folder();
    let at = folder.path();
    let starts = [
        ("score --partial -", "id,helping-1\na,4\nb,"),
        (
            "score --partial -",
            "{\"id\":\"a\",\"answers\":{\"helping-1\":4}}\n{\"id\":\"",
        ),
        ("score --input-format codes --jobs 1 -", "RS1-0000\n"),
        ("verify -", "{}\n"),
    ];
    for (line, start) in starts {
        let mut command = crate::help::program(at);
        let mut child = command
            .args(line.split(' '))
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut input = child.stdin.take().expect("a pipe");
        let written = std::thread::spawn(move || {
            let block = vec![b'x'; 1 << 16];
            input.write_all(start.as_bytes()).expect("written");
            // ends when the program does
            while input.write_all(&block).is_ok() {}
        });
        let (out, err) = (child.stdout.take(), child.stderr.take());
        let (told, heard) = std::sync::mpsc::channel();
        for pipe in [
            Box::new(out.expect("a pipe")) as Box<dyn std::io::Read + Send>,
            Box::new(err.expect("a pipe")),
        ] {
            let told = told.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                    let _ = told.send(line);
                }
            });
        }
        let begin = Instant::now();
        let mut said = Vec::new();
        while !said
            .iter()
            .any(|line: &String| line.contains("over 1048576 bytes"))
        {
            let left = patience(60).saturating_sub(begin.elapsed());
            let next = heard.recv_timeout(left);
            said.push(next.unwrap_or_else(|_| panic!("{line}: {said:#?}")));
        }
        child.kill().expect("ended");
        child.wait().expect("ended");
        written.join().expect("ended");
    }
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
            "too deep within each other",
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

#[cfg(unix)] // Windows has no file without an end
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
    let large = std::fs::read(at.join("large.tar.gz")).expect("written");
    let says = "cannot read standard input: it holds over 1073741824 bytes";
    refused(at, "session import -", &large, 1, says);
}

#[test]
fn what_comes_through_a_pipe_has_a_name_that_its_sender_knows() {
    let folder = folder();
    let at = folder.path();
    for (input, code, says) in [
        (
            "id,helping-1\na,4\nb,9\n",
            3,
            "standard input:3:2: helping-1: \"9\": write a whole number 1 to 5",
        ),
        ("id,nothing\na,4\n", 1, "`rolescope read FILE` shows"),
        ("name = \n", 3, "not taken in: standard input: line 1"),
        (
            "age-encryption.org/v1\n-> scrypt AAAA 18\n",
            1,
            "standard input is cut short",
        ),
    ] {
        let line = "session import - --partial --passphrase-file pass";
        std::fs::write(at.join("pass"), "correct horse\n").expect("written");
        let words: Vec<&str> = line.split(' ').collect();
        let output = run(at, &words, input.as_bytes());
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(code), "{input:?}: {said}");
        assert!(said.contains(says), "{input:?}: no {says:?} in {said}");
        // where it is kept meanwhile
        let kept = std::env::temp_dir().join(".tmp").display().to_string();
        assert!(!said.contains(&kept), "{said}");
    }
}

#[test]
fn what_an_archive_leaves_out_is_told_of_in_part_and_counted() {
    use flate2::{Compression, write::GzEncoder};
    let folder = folder();
    let at = folder.path();
    let file = std::fs::File::create(at.join("bad.tar.gz")).expect("made");
    let mut tar = tar::Builder::new(GzEncoder::new(file, Compression::fast()));
    for n in 0..5000 {
        let mut header = tar::Header::new_gnu();
        header.set_size(1);
        let name = format!("{}/{n}.toml", "n".repeat(90));
        tar.append_data(&mut header, name, &b"x"[..])
            .expect("added");
    }
    tar.into_inner().expect("ended").finish().expect("written");
    let output = run(at, &["session", "import", "bad.tar.gz"], b"");
    let said = stderr(&output);
    assert!(said.len() < 30_000, "{} bytes", said.len());
    assert_eq!(said.matches("not taken in: ").count(), 100, "{said}");
    assert!(
        said.contains("4900 more files were not taken in, and only counted"),
        "{said}"
    );
    assert!(said.contains("5000 files were not taken in"), "{said}");
    // an id that is no label is told of by its start, and no more people are read
    let table = format!("id,helping-1\n{},4\nb,4\n", "i".repeat(1_000_000));
    std::fs::write(at.join("long.csv"), table).expect("written");
    let output = run(at, &["session", "import", "long.csv", "--partial"], b"");
    let said = stderr(&output);
    assert!(said.contains("this one has 1000000"), "{said}");
    assert!(said.len() < 2000, "{} bytes", said.len());
}

#[test]
fn a_long_text_names_no_group() {
    let folder = folder();
    let at = folder.path();
    let table = |length: usize| {
        let row = |n: usize| format!("p{n},4,{}\n", ["x", "y"][n % 2].repeat(length));
        format!("id,helping-1,class\n{}", many(40, row))
    };
    for (length, code, says) in [
        (1000, 0, ""),
        (1001, 1, "class has a value of over 1000 bytes"),
    ] {
        let input = table(length);
        for line in [
            "report --partial --by class -o page.html --group -",
            "analyse --partial --by class -",
        ] {
            refused(at, line, input.as_bytes(), code, says);
        }
    }
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
