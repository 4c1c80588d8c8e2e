//! People come in one way: the same bad file gets the same words from every command, an input of many that
//! cannot be read does not end a run, and what a slow writer has finished is not kept waiting.

use crate::batch::{cells, ended, folder, put, score, sheets};
use crate::help::{patience, program, run, stderr, stdout};
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;
use std::time::{Duration, Instant};

/// A table of ten people, with two columns that are no questions, a question that is misspelt, an empty
/// row, and so many rejected rows.
fn spoilt(rejected: usize) -> String {
    let sheets = sheets(10, "csv").replacen("helping-2", "helpin-2", 1);
    let mut lines = sheets.lines();
    let header = lines.next().expect("a header");
    let questions = header.matches(',').count();
    let mut table = format!("{header},class\n");
    for line in lines {
        let _ = writeln!(table, "{line},10B");
    }
    table.push_str(&",".repeat(questions + 1));
    table.push('\n');
    for n in 0..rejected {
        let cells = ",9".repeat(questions);
        let _ = writeln!(table, "bad-{n}{cells},10B");
    }
    table
}

/// What a run says of its inputs: all but what it says of its own results.
fn said(text: &str) -> Vec<&str> {
    let own = |line: &&str| {
        !(line.contains(" scored (") || line.contains(" read, ") || line.contains("reliability"))
    };
    text.lines().filter(own).collect()
}

#[test]
fn every_command_reports_a_bad_file_in_the_same_words() {
    let folder = folder();
    let ndjson = sheets(12, "ndjson").replace("\"helping-2\":", "\"helpin-2\":");
    put(folder.path(), "few.csv", spoilt(3));
    put(folder.path(), "many.csv", spoilt(30));
    put(folder.path(), "in.ndjson", ndjson + "{\"id\":\"x\"}\n[]\n");
    let commands: [&[&str]; 4] = [
        &["score", "-f", "csv"],
        &["analyse", "-f", "csv"],
        &["report", "-f", "csv", "--group"],
        &["roles", "--rating-sheet"],
    ];
    for (name, parts) in [
        (
            "few.csv",
            &["few.csv:13:2: helping-1: \"9\": write a whole number 1 to 5"][..],
        ),
        (
            "many.csv",
            &[
                "further rejected rows are only counted",
                "30 of 40 rows were rejected",
            ],
        ),
        (
            "in.ndjson",
            &["no question helpin-2, ignored; did you mean helping-2?"],
        ),
    ] {
        let mut first: Option<String> = None;
        for command in commands {
            let output = run(
                folder.path(),
                &[command, &[name, "--partial"]].concat(),
                b"",
            );
            ended(&output, 3, parts);
            let text = stderr(&output)
                .replace(", 1 row of empty cells passed over", "")
                .replace("were counted", "were scored")
                .replace("were listed", "were scored");
            let text = said(&text).join("\n");
            let text = text.replace("1 row of empty cells passed over\n", "");
            match &first {
                None => first = Some(text),
                Some(first) => assert_eq!(&text, first, "{command:?}"),
            }
        }
        let first = first.expect("four commands");
        // every mistake of a row is told; a row has one first cell
        let rejected = first
            .lines()
            .filter(|line| line.contains(": helping-1: \"9\": write a whole number"));
        let few = if name == "many.csv" { 20 } else { 3 };
        assert_eq!(rejected.count(), if name == "in.ndjson" { 0 } else { few });
        assert!(
            name == "in.ndjson"
                || first.contains("(helpin-2) is no question, ignored; did you mean")
        );
    }
    // whoever checks saved results against such a file hears the same of it
    let results = folder.path().join("results.ndjson");
    let output = run(
        folder.path(),
        &["score", "-q", "-f", "ndjson", "--partial", "many.csv"],
        b"",
    );
    std::fs::write(&results, &output.stdout).expect("written");
    let arguments = ["verify", "results.ndjson", "--answers", "many.csv"];
    let arguments = [&arguments[..], &["--partial"]].concat();
    let output = run(folder.path(), &arguments, b"");
    let parts = [
        "many.csv:13:2: helping-1",
        "further rejected rows are only counted",
    ];
    ended(&output, 0, &parts);
}

#[test]
fn a_run_that_scored_nobody_has_its_own_exit_code() {
    let folder = folder();
    put(folder.path(), "bad.csv", "id,helping-1\na,7\nb,8\nc,9\n");
    put(folder.path(), "one.csv", "id,helping-1\na,7\n");
    for command in [
        &["score", "-f", "csv"][..],
        &["analyse"],
        &["report", "--group"],
        &["roles", "--rating-sheet"],
    ] {
        let of = |name| {
            run(
                folder.path(),
                &[command, &[name, "--partial"]].concat(),
                b"",
            )
        };
        ended(
            &of("bad.csv"),
            4,
            &["all of 3 rows were rejected; nothing could be"],
        );
        ended(
            &of("one.csv"),
            4,
            &["the only row was rejected; nothing could be"],
        );
    }
    let output = run(folder.path(), &["score", "nowhere", "nobody"], b"");
    ended(
        &output,
        4,
        &["none of 2 inputs could be read; nothing could be scored"],
    );
}

#[test]
fn an_input_of_many_that_cannot_be_read_is_named_and_the_others_are_scored() {
    let folder = folder();
    put(folder.path(), "a.csv", sheets(4, "csv"));
    put(folder.path(), "b.csv", "\0\u{1}\n");
    put(folder.path(), "c.csv", sheets(4, "csv"));
    let all = ["a.csv", "b.csv", "nowhere.csv", "c.csv"];
    for jobs in ["1", "3"] {
        let output = score(folder.path(), &[&["--jobs", jobs][..], &all].concat(), b"");
        let parts = [
            "not read: b.csv:1: no column is a question's id",
            "not read: cannot open nowhere.csv",
            "8 scored",
            "2 of 4 inputs could not be read; the others were scored",
        ];
        ended(&output, 3, &parts);
        assert_eq!(cells(&output.stdout).len(), 9);
    }
    let output = score(
        folder.path(),
        &[&["--strict", "-o", "out.csv"][..], &all].concat(),
        b"",
    );
    ended(&output, 1, &["b.csv:1: no column is a question's id"]);
    assert!(!folder.path().join("out.csv").exists());
    ended(
        &score(folder.path(), &["b.csv"], b""),
        1,
        &["b.csv:1: no column"],
    );
    // part of a file that breaks off is scored, and the file is named
    put(
        folder.path(),
        "d.csv",
        format!("{}x,\"{}", sheets(3, "csv"), "1,".repeat(700_000)),
    );
    let output = score(folder.path(), &["d.csv", "a.csv"], b"");
    ended(
        &output,
        3,
        &[
            "not read: d.csv:5:2: a quote that opens here",
            "1 of 2 inputs",
        ],
    );
    assert_eq!(cells(&output.stdout).len(), 8);
}

#[test]
fn a_folder_of_any_answer_files_is_read() {
    let folder = folder();
    std::fs::create_dir(folder.path().join("in")).expect("made");
    put(folder.path(), "in/1.csv", sheets(3, "csv"));
    put(folder.path(), "in/2.ndjson", sheets(2, "ndjson"));
    put(
        folder.path(),
        "in/3.toml",
        "format = 1\nid = \"t\"\n[answers]\nhelping-1 = 4\n",
    );
    put(folder.path(), "in/notes.txt", "nothing");
    put(folder.path(), "in/.hidden.csv", "nothing");
    let output = score(folder.path(), &["in"], b"");
    ended(&output, 0, &["6 scored"]);
    put(folder.path(), "in/4.csv", "nothing");
    let output = score(folder.path(), &["in"], b"");
    ended(
        &output,
        3,
        &["4.csv:1: no column", "1 of 4 inputs could not be read"],
    );
    let output = score(folder.path(), &["in", "-o", "in/1.csv"], b"");
    ended(&output, 2, &["is an input, and would be lost"]);
}

#[test]
fn inputs_are_named_in_a_file() {
    let folder = folder();
    put(folder.path(), "a.csv", sheets(2, "csv"));
    put(folder.path(), "b c.csv", sheets(3, "csv"));
    put(folder.path(), "list", "a.csv\r\n\nb c.csv\n");
    let output = score(folder.path(), &["--files-from", "list"], b"");
    ended(&output, 0, &["5 scored"]);
    let output = score(
        folder.path(),
        &["a.csv", "--files-from", "-", "-0"],
        b"a.csv\0b c.csv\0",
    );
    ended(&output, 0, &["7 scored"]);
    let group = ["report", "-f", "csv", "--files-from", "list"];
    // the same ids in two tables are the same people
    let output = run(folder.path(), &group, b"");
    ended(&output, 1, &["3 people in 5 sittings"]);
    let output = run(
        folder.path(),
        &["analyse", "-f", "csv", "--files-from", "list"],
        b"",
    );
    ended(&output, 1, &["5 people read"]);
    ended(
        &score(folder.path(), &["--files-from", "-"], b"\n"),
        1,
        &["- names no inputs"],
    );
    ended(
        &score(folder.path(), &["--files-from", "-", "-"], b""),
        2,
        &["read only once"],
    );
    ended(
        &score(folder.path(), &["-0", "a.csv"], b""),
        2,
        &["--files-from"],
    );
}

#[test]
fn a_dash_means_standard_output() {
    let folder = folder();
    put(folder.path(), "a.csv", sheets(3, "csv") + "x,9\n");
    let plain = score(folder.path(), &["a.csv"], b"");
    let output = score(folder.path(), &["a.csv", "-o", "-"], b"");
    ended(&output, 3, &[]);
    assert_eq!(output.stdout, plain.stdout);
    let rejects = ["a.csv", "-o", "out.csv", "--rejects", "-"];
    let output = score(folder.path(), &rejects, b"");
    ended(&output, 3, &[]);
    assert!(stdout(&output).starts_with("file,line,column,value,reason,row\na.csv,5,"));
    for both in [&["--rejects", "-"][..], &["-o", "-", "--rejects", "-"]] {
        let output = score(folder.path(), &[&["a.csv"], both].concat(), b"");
        ended(&output, 2, &["cannot both go to standard output"]);
    }
    assert_eq!(
        stdout(&run(folder.path(), &["roles", "-o", "-"], b"")),
        stdout(&run(folder.path(), &["roles"], b""))
    );
    assert!(!folder.path().join("-").exists());
}

#[test]
fn a_kept_column_may_not_have_the_name_of_an_output_column() {
    let folder = folder();
    let sheets = sheets(2, "csv").replacen("id,", "id,state,rank_1,class,", 1);
    let sheets = sheets.replace("simulated-1,", "simulated-1,x,y,z,");
    put(
        folder.path(),
        "a.csv",
        sheets.replace("simulated-2,", "simulated-2,x,y,z,"),
    );
    for name in ["state", "id", "rank_1"] {
        let output = score(folder.path(), &["--keep", name, "a.csv"], b"");
        ended(
            &output,
            2,
            &[&format!("the output has a column {name} of its own")],
        );
    }
    ended(
        &score(folder.path(), &["--keep", "class", "a.csv"], b""),
        0,
        &[],
    );
    let ndjson = ["score", "-f", "ndjson", "--keep", "state", "a.csv"];
    ended(&run(folder.path(), &ndjson, b""), 0, &[]);
}

#[test]
fn the_id_column_is_found_in_upper_case_too() {
    let folder = folder();
    for name in ["ID", "Id", "id"] {
        let table = format!("{name},helping-1\nanna,4\n");
        let output = score(folder.path(), &["-"], table.as_bytes());
        ended(&output, 0, &[]);
        assert!(stdout(&output).contains("\nanna,"), "{name}");
    }
    let output = score(folder.path(), &["-"], b"ID,Id,helping-1\na,b,4\n");
    ended(&output, 1, &["columns 1 and 2 are called ID and Id"]);
    let output = score(folder.path(), &["-"], b"ID,id,helping-1\na,b,4\n");
    assert!(stdout(&output).contains("\nb,"));
}

#[test]
fn sessions_are_grouped_by_fields_of_their_files() {
    let folder = folder();
    std::fs::create_dir(folder.path().join("all")).expect("made");
    for n in 0..20 {
        let finished = if n < 12 {
            "finished = 2026-03-02T10:00:00+13:00\n"
        } else {
            ""
        };
        let month = if n % 2 == 0 { "03" } else { "04" };
        let text = format!(
            "format = 1\nid = \"s{n}\"\nstarted = 2026-{month}-02T09:14:00+13:00\n{finished}[answers]\n\
             helping-1 = 4\n"
        );
        put(folder.path(), &format!("all/s{n}.toml"), text);
    }
    put(folder.path(), "all/sessions.csv", "no answers at all");
    let by = |what: &str| {
        let arguments = [
            "session", "group", "--dir", "all", "--by", what, "-f", "csv",
        ];
        let output = run(folder.path(), &arguments, b"");
        ended(&output, 0, &[]);
        stdout(&output)
    };
    let finished = by("finished");
    for part in [
        "finished,people,,people,12\n",
        "unfinished,people,,people,8\n",
    ] {
        assert!(finished.contains(part), "{finished}");
    }
    assert!(by("month").contains("2026-04,people,,people,10\n"));
}

#[test]
fn people_from_a_slow_pipe_are_written_at_once() {
    let sheets = sheets(3, "csv");
    let mut lines = sheets.lines();
    let header = lines.next().expect("a header");
    for jobs in ["1", "2", "8"] {
        let folder = folder();
        let mut child = program(folder.path())
            .args(["score", "-q", "-f", "ndjson", "--jobs", jobs, "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut input = child.stdin.take().expect("a pipe");
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, came) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for line in output.lines() {
                let _ = sender.send((line.expect("text"), Instant::now()));
            }
        });
        writeln!(input, "{header}").expect("written");
        for (n, line) in (1..).zip(lines.clone()) {
            std::thread::sleep(Duration::from_secs(1));
            let sent = Instant::now();
            // in two parts, so that a row that is not whole is waited for
            let (start, end) = line.split_at(line.len() / 2);
            write!(input, "{start}").expect("written");
            std::thread::sleep(Duration::from_millis(40));
            writeln!(input, "{end}").expect("written");
            let (row, at) = came.recv_timeout(patience(5)).expect("a row");
            assert!(row.contains(&format!("\"id\":\"simulated-{n}\"")), "{row}");
            // 40 ms of writing, 100 ms of the program; the rest is for a busy machine
            assert!(at - sent < Duration::from_millis(600), "{:?}", at - sent);
        }
        drop(input);
        assert!(child.wait().expect("it ends").success());
    }
}
