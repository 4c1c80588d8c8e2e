//! End-to-end tests of the program as people and scripts run it.

use crate::help::{built_in, program, root, run, snapshot, stderr, stdout};
use rolescope_core::simulation::SimulatedPeople;
use rolescope_core::{AnswerFormat, Answers, Comparison, Pack};
use std::path::Path;
use std::process::Stdio;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// Someone made like a CT technologist.
fn someone(pack: &Pack) -> Answers {
    let comparison = Comparison::builder(pack).build().expect("comparable");
    let at = pack.role("ct-technologist").expect("the role is there");
    let mut all = SimulatedPeople::new(&comparison, 7).like(at, 0.0);
    for (q, question) in pack.questions().iter().enumerate() {
        if question.format() == AnswerFormat::Condition {
            all.set(q, if question.id() == "needles" { 3 } else { 1 })
                .expect("an answer");
        }
    }
    all
}

/// The answers as lines typed one after the other.
fn typed(pack: &Pack, answers: &Answers) -> String {
    pack.questions()
        .iter()
        .enumerate()
        .map(|(q, question)| question.written(answers.code(q)) + "\n")
        .collect()
}

fn saved_quiz(folder: &Path) -> String {
    let pack = built_in();
    let lines = typed(&pack, &someone(&pack));
    let output = run(folder, &["quiz", "--save", "me.toml"], lines.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output)
}

#[test]
fn a_quiz_from_a_pipe_ends_in_a_file_whose_report_is_the_same_page() {
    let folder = folder();
    let page = saved_quiz(folder.path());
    assert!(page.contains("CT technologist"), "{page}");
    let report = run(
        folder.path(),
        &["report", "me.toml", "--for", "student"],
        b"",
    );
    assert_eq!(stdout(&report), page);
    let file = std::fs::read_to_string(folder.path().join("me.toml")).expect("saved");
    assert!(
        file.contains("finished = ") && file.contains("helping-1 = "),
        "{file}"
    );
}

#[test]
fn the_same_answers_give_the_same_numbers_from_every_format() {
    let folder = folder();
    saved_quiz(folder.path());
    let pack = built_in();
    let all = someone(&pack);
    let ids: Vec<&str> = pack
        .questions()
        .iter()
        .rev()
        .map(rolescope_core::Question::id)
        .collect();
    let cells: Vec<String> = (0..pack.questions().len())
        .rev()
        .map(|q| pack.questions()[q].written(all.code(q)))
        .collect();
    let csv = format!("{},id\n{},me\n", ids.join(","), cells.join(","));
    let pairs: Vec<String> = ids
        .iter()
        .zip(&cells)
        .map(|(id, cell)| format!("\"{id}\": \"{cell}\""))
        .collect();
    let ndjson = format!(
        "{{\"id\": \"me\", \"answers\": {{{}}}}}\n",
        pairs.join(", ")
    );
    let score = |input: &str, bytes: &[u8]| {
        let output = run(
            folder.path(),
            &["score", "-f", "ndjson", "--top", "all", input],
            bytes,
        );
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output)
    };
    let from_csv = score("-", csv.as_bytes());
    assert_eq!(from_csv, score("-", ndjson.as_bytes()));
    assert_eq!(from_csv, score("me.toml", b""));
    // one person's record also has the facts of the roles that are listed
    let report = run(folder.path(), &["report", "me.toml", "-f", "ndjson"], b"");
    let five = run(folder.path(), &["score", "-f", "ndjson", "me.toml"], b"");
    let report = stdout(&report);
    let (record, facts) = report.split_once(",\"facts\":").expect("facts");
    assert_eq!(format!("{record}}}\n"), stdout(&five));
    assert!(facts.contains("\"next_steps\":[{\"do\":"), "{facts}");
}

/// What a command prints at a width, which no line exceeds.
fn at_width(folder: &Path, width: &str, arguments: &[&str]) -> String {
    let output = program(folder)
        .args(arguments)
        .env("COLUMNS", width)
        .output()
        .expect("the program runs");
    let page = stdout(&output);
    assert!(page.lines().count() > 10, "{arguments:?}: {page}");
    let widest: usize = width.parse().expect("a number");
    for line in page.lines() {
        assert!(
            console::measure_text_width(line) <= widest,
            "{arguments:?}, {width}: {line}"
        );
    }
    page
}

#[test]
fn the_result_page_reads_well_at_every_width() {
    let folder = folder();
    saved_quiz(folder.path());
    for width in ["40", "60", "80", "120", "200"] {
        for arguments in [
            &["report", "me.toml"][..],
            &["report", "me.toml", "--why", "orthotist"],
            &["roles"],
            &["roles", "medical-laboratory-technician"],
            &[
                "compare",
                "orthotist",
                "prosthetist",
                "--answers",
                "me.toml",
            ],
        ] {
            at_width(folder.path(), width, arguments);
        }
    }
    let coloured = run(
        folder.path(),
        &["report", "me.toml", "--color", "always"],
        b"",
    );
    let plain = run(folder.path(), &["report", "me.toml"], b"");
    assert_ne!(stdout(&coloured), stdout(&plain));
    assert_eq!(
        console::strip_ansi_codes(&stdout(&coloured)),
        stdout(&plain)
    );
    let ascii = program(folder.path())
        .args(["report", "me.toml"])
        .env("LC_ALL", "C")
        .output()
        .expect("the program runs");
    assert!(!stdout(&ascii).contains('█') && !stdout(&ascii).contains('─'));
}

#[test]
fn bad_rows_are_reported_with_their_place_and_counted() {
    let folder = folder();
    let input = "id,helping-1,spatial-1,height\ngood,4,b,180\nbad,7,b,\nshort,1\n\
                 worse,4,z,\n\"=1+1\",5,?,\n";
    let output = run(
        folder.path(),
        &["score", "-f", "csv", "--partial", "-"],
        input.as_bytes(),
    );
    assert_eq!(output.status.code(), Some(3));
    let messages = stderr(&output);
    for part in [
        "standard input:3:2: helping-1: \"7\": write a whole number 1 to 5",
        "standard input:4: 2 cells where the header has 4",
        "standard input:5:3: spatial-1: \"z\": write a letter a to d or ?",
        "column 4 (height) is no question, ignored",
        "no column for life-science-1",
        "2 scored (0 unclear, 2 insufficient), 3 rejected",
    ] {
        assert!(messages.contains(part), "{part} in {messages}");
    }
    assert_eq!(stdout(&output).lines().count(), 3, "{}", stdout(&output));
    assert!(stdout(&output).contains("\n'=1+1,"), "no formula");
}

#[test]
fn bad_lines_of_ndjson_have_their_place_too() {
    let folder = folder();
    let input = "{\"id\": 1, \"answers\": {\"helping-1\": 4}}\n{\"id\": 2, \"answers\":\n\
                 {\"id\": 3, \"answers\": {\"helping-1\": 9, \"helpin-2\": 1}}\n";
    let output = run(
        folder.path(),
        &["score", "-f", "ndjson", "-"],
        input.as_bytes(),
    );
    assert_eq!(output.status.code(), Some(3));
    let messages = stderr(&output);
    assert!(messages.contains("standard input:2:"), "{messages}");
    assert!(
        messages.contains("standard input:3:23: helping-1: \"9\""),
        "{messages}"
    );
    assert_eq!(stdout(&output).lines().count(), 1);
}

#[test]
fn simulated_people_can_be_scored() {
    let folder = folder();
    let sheets = run(folder.path(), &["sample", "-n", "1000"], b"");
    let output = run(folder.path(), &["score", "-f", "csv", "-"], &sheets.stdout);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stdout(&output).lines().count(), 1001);
    let again = run(folder.path(), &["sample", "-n", "1000"], b"");
    assert_eq!(sheets.stdout, again.stdout, "seeded");
    let other = run(folder.path(), &["sample", "-n", "1000", "--seed", "2"], b"");
    assert_ne!(sheets.stdout, other.stdout);
    let lines = run(
        folder.path(),
        &["sample", "-n", "1000", "-f", "ndjson"],
        b"",
    );
    let from_lines = run(folder.path(), &["score", "-f", "csv", "-"], &lines.stdout);
    assert_eq!(from_lines.stdout, output.stdout);
}

#[test]
fn a_truncated_pipe_of_answers_is_saved_and_says_how_to_go_on() {
    let folder = folder();
    let output = run(folder.path(), &["quiz", "--save", "me.toml"], b"4\n\n2\n");
    assert_eq!(output.status.code(), Some(130));
    assert!(stderr(&output).contains("rolescope quiz --resume me.toml"));
    assert_eq!(stdout(&output), "");
    let pack = built_in();
    let file = std::fs::read_to_string(folder.path().join("me.toml")).expect("saved");
    let (first, third) = (pack.questions()[0].id(), pack.questions()[2].id());
    assert!(
        file.ends_with(&format!("[answers]\n{first} = 4\n{third} = 2\n")),
        "{file}"
    );
    // going on asks the skipped one first, and keeps the rest
    let output = run(
        folder.path(),
        &["quiz", "--resume", "me.toml"],
        b"5\nquit\n",
    );
    assert_eq!(output.status.code(), Some(0));
    let file = std::fs::read_to_string(folder.path().join("me.toml")).expect("saved");
    assert!(
        file.contains(&format!("{} = 5\n", pack.questions()[1].id())),
        "{file}"
    );
}

#[test]
fn a_wrong_line_in_a_pipe_stops_before_later_lines_answer_other_questions() {
    let folder = folder();
    let output = run(
        folder.path(),
        &["quiz", "--save", "me.toml"],
        b"4\nnine\n2\n3\n",
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("\"nine\""), "{}", stderr(&output));
    let file = std::fs::read_to_string(folder.path().join("me.toml")).expect("saved");
    assert_eq!(
        file.lines().filter(|l| l.contains("-1 = ")).count(),
        1,
        "{file}"
    );
}

#[test]
fn an_answer_file_with_mistakes_shows_all_of_them_in_place() {
    let folder = folder();
    let text = "format = 1\nid = \"x\"\n[answers]\nhelping-1 = 9\nspatial-1 = \"e\"\nolder-1 = 3\n";
    std::fs::write(folder.path().join("x.toml"), text).expect("written");
    let output = run(folder.path(), &["report", "x.toml"], b"");
    assert_eq!(output.status.code(), Some(1));
    let messages = stderr(&output);
    assert!(
        messages.contains("x.toml:4:13") && messages.contains("x.toml:5:13"),
        "{messages}"
    );
}

#[test]
fn answers_that_the_pack_no_longer_asks_are_kept() {
    let folder = folder();
    let text =
        "format = 1\nid = \"x\"\n[answers]\nhelping-1 = 4\nolder-1 = 3\n\"odd key\" = \"b\"\n";
    std::fs::write(folder.path().join("x.toml"), text).expect("written");
    let output = run(folder.path(), &["quiz", "--resume", "x.toml"], b"4\nquit\n");
    assert_eq!(output.status.code(), Some(0));
    assert!(
        stderr(&output).contains("odd key, older-1"),
        "{}",
        stderr(&output)
    );
    let file = std::fs::read_to_string(folder.path().join("x.toml")).expect("saved");
    assert!(
        file.contains("\nolder-1 = 3\n\"odd key\" = \"b\"\n"),
        "{file}"
    );
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = folder();
    let mut child = program(folder.path())
        .args(["sample", "-n", "100000"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(
        (output.status.code(), stderr(&output).as_str()),
        (Some(0), "")
    );
}

#[test]
fn mistyped_words_get_a_suggestion() {
    let folder = folder();
    let output = run(folder.path(), &["roles", "sonografer"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean sonographer?"));
    // another name will do, unless it is that of two roles
    let other = run(folder.path(), &["roles", "radiographer"], b"");
    assert!(stdout(&other).starts_with("Medical imaging technologist"));
    let output = run(folder.path(), &["roles", "Prosthetist/orthotist"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("is what people call orthotist, prosthetist"));
    let output = run(folder.path(), &["roles", "--family", "cooks"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("imaging, technician"));
}

#[test]
fn empty_and_missing_inputs_are_clear_errors() {
    let folder = folder();
    let output = run(folder.path(), &["score", "-"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("standard input is empty"));
    let output = run(folder.path(), &["score", "nowhere.csv"], b"");
    assert!(stderr(&output).contains("cannot open nowhere.csv"));
    let output = run(folder.path(), &["score", "-"], b"name,age\nx,1\n");
    assert!(stderr(&output).contains("a header looks like this: id,helping-1"));
}

#[test]
fn the_pages_of_a_match_and_of_a_check_match_their_snapshots() {
    let folder = folder();
    let small = root().join("tests/packs/small").display().to_string();
    let sample = ["-q", "sample", "-n", "1", "--pack", &small];
    let person = run(folder.path(), &sample, b"");
    std::fs::write(folder.path().join("one.csv"), stdout(&person)).expect("written");
    let page = |name: &str, arguments: &[&str]| {
        let output = run(folder.path(), arguments, b"");
        snapshot("snapshots", name, &stdout(&output));
    };
    let why = ["report", "one.csv", "--why", "scanner", "--pack", &small];
    page("why", &why);
    page("check", &["check", "--year", "2026"]);
}

#[test]
fn results_are_written_to_a_file_atomically() {
    let folder = folder();
    saved_quiz(folder.path());
    let output = run(folder.path(), &["report", "me.toml", "-o", "page.txt"], b"");
    assert_eq!(
        (output.status.code(), stdout(&output).as_str()),
        (Some(0), "")
    );
    let page = std::fs::read_to_string(folder.path().join("page.txt")).expect("written");
    assert!(page.contains("CT technologist"));
    let output = run(
        folder.path(),
        &["report", "me.toml", "-o", "no/page.txt"],
        b"",
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("cannot save no/page.txt"));
}

#[cfg(unix)] // modes: on Windows the folder of the profile has the rights, as docs/install.md says
#[test]
fn answer_files_are_readable_by_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder();
    saved_quiz(folder.path());
    run(folder.path(), &["quiz"], b"4\n");
    let mode = |path: &Path| {
        let permissions = std::fs::metadata(path).expect("it is there").permissions();
        permissions.mode() & 0o777
    };
    assert_eq!(mode(&folder.path().join("me.toml")), 0o600);
    assert_eq!(mode(&folder.path().join("data")), 0o700);
}
