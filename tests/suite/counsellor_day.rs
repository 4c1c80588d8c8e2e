//! A day at the counsellor's desk, from an empty folder to another machine: nothing is lost, and nothing false is said.
//! Each step runs the program as a counsellor would; what one leaves is what the next finds.

use crate::help::{built_in, run, stderr, stdout};
use rolescope::storage::answer_file::AnswerSheet;
use rolescope_core::AnswerFormat;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The desk: a folder in which commands run, with the sessions in `data`.
struct Desk(tempfile::TempDir);

impl Desk {
    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs a command line with this input: its output and messages in one line of words, which must hold these.
    #[track_caller]
    fn ends(&self, code: i32, command: &str, input: &str, says: &[&str]) -> String {
        // a text in quotes is one argument
        let parts = command.split('"').enumerate();
        let arguments: Vec<&str> = parts
            .flat_map(|(at, part)| match at % 2 {
                0 => part.split_whitespace().collect::<Vec<_>>(),
                _ => vec![part],
            })
            .collect();
        let output = run(self.0.path(), &arguments, input.as_bytes());
        let all = stdout(&output) + &stderr(&output);
        assert_eq!(output.status.code(), Some(code), "{command}: {all}");
        let words = all.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in says {
            assert!(
                words.contains(part),
                "{command} does not say {part:?}: {all}"
            );
        }
        words
    }

    #[track_caller]
    fn does(&self, command: &str, says: &[&str]) -> String {
        self.ends(0, command, "", says)
    }

    fn sheet(&self, file: &str) -> AnswerSheet {
        AnswerSheet::load(&self.path(file), &built_in(), false).expect("it loads")
    }

    /// What each file of a folder holds.
    fn files(&self, folder: &str) -> BTreeMap<String, String> {
        let entries = std::fs::read_dir(self.path(folder)).expect("a folder");
        let paths = entries.map(|entry| entry.expect("read").path());
        let files = paths.filter(|path| path.extension().is_some_and(|e| e == "toml"));
        files
            .map(|path| {
                let name = path
                    .file_name()
                    .expect("a name")
                    .to_string_lossy()
                    .into_owned();
                (name, std::fs::read_to_string(&path).expect("a text"))
            })
            .collect()
    }
}

/// The answers of simulated people, one a line as the quiz takes them in a pipe.
fn quizzes(desk: &Desk, people: usize, seed: u32) -> Vec<Vec<String>> {
    let command = format!("-q sample -n {people} --seed {seed} -f csv");
    let output = run(desk.0.path(), &command.split(' ').collect::<Vec<_>>(), b"");
    let table = stdout(&output);
    let mut lines = table.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let pack = built_in();
    lines
        .map(|line| {
            let cells: BTreeMap<&str, &str> = header.iter().copied().zip(line.split(',')).collect();
            let sign = |id: &str| match cells.get(id).copied().unwrap_or_default() {
                "" => "-".to_owned(),
                cell => cell.to_owned(),
            };
            pack.questions()
                .iter()
                .map(|question| sign(question.id()))
                .collect()
        })
        .collect()
}

/// The same as they are typed from a paper form, ten on a line.
fn form(answers: &[String]) -> String {
    let lines: Vec<String> = answers.chunks(10).map(<[String]>::concat).collect();
    lines.join("\n") + "\ndone\n"
}

/// Sets when a file was changed, in hours before now.
fn aged(path: &Path, hours: u64) {
    let file = std::fs::File::options()
        .write(true)
        .open(path)
        .expect("opened");
    let moment = SystemTime::now() - Duration::from_secs(3600 * hours);
    file.set_modified(moment).expect("dated");
}

#[test]
fn a_day_loses_nothing_and_says_nothing_false() {
    let desk = Desk(tempfile::tempdir().expect("a temporary folder"));
    eight_sessions(&desk);
    two_sync_copies(&desk);
    a_retest(&desk);
    a_typed_class(&desk);
    four_people_and_a_double(&desk);
    another_machine(&desk);
    copies_are_settled(&desk);
    the_end_of_the_year(&desk);
}

fn eight_sessions(desk: &Desk) {
    desk.does("session list", &["No sessions yet."]);
    let people = quizzes(desk, 8, 4);
    for (number, answers) in (1..).zip(&people) {
        let label = format!("s-000{number}");
        // the wish of the first is written down before they answer
        let wish = if number == 1 {
            " --wish \"Something with physics\""
        } else {
            ""
        };
        let new = format!("session new {label} --tag class=12B --consent 2026-03-02{wish}");
        if number == 8 {
            // called away after three answers, and back
            let begun = answers[..3].join("\n") + "\nquit\n";
            desk.ends(
                0,
                &new,
                &begun,
                &["Go on with: rolescope session resume s-0008"],
            );
            let rest = answers[3..].join("\n") + "\n";
            desk.ends(0, &format!("session resume {label}"), &rest, &[]);
        } else {
            desk.ends(0, &new, &(answers.join("\n") + "\n"), &[]);
        }
        let kept = desk.sheet(&format!("data/{label}.toml"));
        let given = answers.iter().filter(|answer| *answer != "-").count();
        assert_eq!(kept.answers.count(), given, "{label}");
        assert!(kept.finished.is_some(), "{label}");
        assert_eq!(kept.facts.consent.as_deref(), Some("2026-03-02"));
    }
    desk.ends(
        1,
        "session new s-0003",
        "",
        &["there is a session \"s-0003\" already"],
    );
    desk.ends(2, "session show s-003", "", &["did you mean"]);
    desk.does("session list", &["8 sessions"]);
    desk.does(
        "session note s-0005 \"Sees the imaging department on Friday.\"",
        &["Noted."],
    );
    // the wish stands beside the result on every page, one by one and all together
    let page = desk.does(
        "session report s-0001 --for student",
        &["Something with physics"],
    );
    assert!(page.contains("Before this result"), "{page}");
    desk.does(
        "session report --all --for student -f html -o pages --title \"Hill School\"",
        &["8 pages"],
    );
    let one = std::fs::read_to_string(desk.path("pages/s-0001.html")).expect("a page");
    assert!(one.contains("Something with physics") && one.contains("Before this result"));
    assert!(one.contains("Hill School"));
    let other = std::fs::read_to_string(desk.path("pages/s-0002.html")).expect("a page");
    assert!(!other.contains("wrote down"));
}

fn two_sync_copies(desk: &Desk) {
    // of one an older state, of the other one with a note of its own
    let text = std::fs::read_to_string(desk.path("data/s-0004.toml")).expect("kept");
    let older: String = text
        .split_inclusive('\n')
        .filter(|line| !line.starts_with("helping-1 ") && !line.starts_with("helping-2 "))
        .collect();
    let laptop = desk.path("data/s-0004-LAPTOP-7F3.toml");
    std::fs::write(&laptop, older).expect("written");
    aged(&laptop, 30);
    let text = std::fs::read_to_string(desk.path("data/s-0005.toml")).expect("kept");
    let noted = text.replace("Sees the imaging department on Friday.", "Called home.");
    assert_ne!(noted, text);
    let conflicted = desk.path("data/s-0005 (conflicted copy 2026-11-27).toml");
    std::fs::write(&conflicted, noted).expect("written");
    aged(&conflicted, 2);
    let list = desk.does("session list", &[]);
    assert_eq!(list.matches(", copy").count(), 4, "{list}");
    for command in ["show", "report", "note"] {
        let line = format!("session {command} s-0004 x");
        let line = if command == "note" {
            line
        } else {
            line.replace(" x", "")
        };
        desk.ends(
            1,
            &line,
            "",
            &[
                "2 files have the label \"s-0004\"",
                "session resolve s-0004",
            ],
        );
    }
    desk.does(
        "session resolve s-0004",
        &["2 files have this label", "Answers that differ"],
    );
    desk.does(
        "session resolve s-0005",
        &["Called home.", "Sees the imaging department"],
    );
    // nobody is counted twice for it
    desk.does(
        "session group",
        &["8 people in 10 sittings: each counts once"],
    );
}

fn a_retest(desk: &Desk) {
    let again = quizzes(desk, 1, 77).remove(0).join("\n") + "\n";
    desk.ends(0, "session new s-0001-may --again s-0001", &again, &[]);
    let page = desk.does("session report s-0001-may --since", &["Then"]);
    assert!(
        !page.contains("Nothing says that"),
        "they are linked: {page}"
    );
    desk.does("session group", &["8 people in 11 sittings"]);
}

fn a_typed_class(desk: &Desk) {
    let class = quizzes(desk, 10, 12);
    let mut typed = String::new();
    for (number, answers) in (1..).zip(&class) {
        let _ = write!(typed, "p-{number}\n{}", form(answers));
    }
    desk.ends(
        0,
        "session enter -o typed.csv",
        &typed,
        &["10 people in typed.csv"],
    );
    desk.does(
        "session import typed.csv --dir year-11",
        &["10 sessions taken in, 0 skipped."],
    );
    let pack = built_in();
    for (number, answers) in (1..).zip(&class) {
        let sheet = desk.sheet(&format!("year-11/p-{number}.toml"));
        for (q, (question, typed)) in pack.questions().iter().zip(answers).enumerate() {
            let kept = sheet.answers.has(q);
            assert_eq!(kept, typed != "-", "p-{number}: {}", question.id());
            if question.format() != AnswerFormat::Choice && kept {
                let code = question.written(sheet.answers.codes()[q]);
                assert_eq!(code, *typed, "p-{number}: {}", question.id());
            }
        }
        // nobody is told that they answered too fast
        assert_eq!(sheet.answers.pace(), None);
    }
    let page = desk.does("report --group typed.csv", &["A group of 10 people"]);
    assert!(!page.contains("sittings:"), "{page}");
    // one form of the ten also as a session of its own, checked by a second pass
    desk.ends(0, "session enter p-20 --dir year-11", &form(&class[0]), &[]);
    desk.ends(
        0,
        "session enter p-20 --dir year-11 --check",
        &form(&class[0]),
        &[],
    );
}

fn four_people_and_a_double(desk: &Desk) {
    let table = std::fs::read_to_string(desk.path("typed.csv")).expect("a table");
    let mut lines: Vec<&str> = table.lines().take(5).collect();
    lines.push(lines[4]);
    std::fs::write(desk.path("five.csv"), lines.join("\n") + "\n").expect("written");
    let fewer = "fewer than 5 people could be read (4 people in 5 sittings)";
    desk.ends(1, "report --group five.csv -o five.txt", "", &[fewer]);
    assert!(!desk.path("five.txt").exists());
    // four files and a sync copy are four people too
    for number in 1..=4 {
        let name = format!("p-{number}.toml");
        std::fs::create_dir_all(desk.path("four")).expect("a folder");
        std::fs::copy(
            desk.path("year-11").join(&name),
            desk.path("four").join(&name),
        )
        .expect("copied");
    }
    std::fs::copy(desk.path("four/p-4.toml"), desk.path("four/p-4 (1).toml")).expect("copied");
    desk.ends(1, "session group --dir four", "", &[fewer]);
    // nor do rows make an analysis of fewer people than it needs
    let rows = || table.split_inclusive('\n');
    let twice: String = rows().take(7).chain(rows().skip(1).take(6)).collect();
    std::fs::write(desk.path("twelve.csv"), twice).expect("written");
    desk.ends(
        1,
        "analyse twelve.csv",
        "",
        &["6 people could be read (12 rows"],
    );
}

fn another_machine(desk: &Desk) {
    std::fs::write(desk.path("words"), "four words of mine\n").expect("written");
    let twins = [
        "s-0004: 2 files have this label, and all are in the archive",
        "s-0005: 2 files have this label",
    ];
    let plain = desk.does("session export all.tar.gz", &twins);
    assert!(
        plain.contains("11 sessions in all.tar.gz. Whoever has the file can read it."),
        "{plain}"
    );
    let encrypted = "session export all.age --encrypt --passphrase-file words";
    desk.does(
        encrypted,
        &["11 sessions in all.age. Whoever has the file and the passphrase"],
    );
    desk.ends(1, "session export all.tar.gz", "", &["is there already"]);
    for (file, folder, open) in [
        ("all.tar.gz", "plain", ""),
        ("all.age", "sealed", " --passphrase-file words"),
    ] {
        // not chosen by name: it asks which
        let import = format!("session import {file} --dir {folder}{open}");
        desk.ends(
            2,
            &import,
            "",
            &[
                "is there 2 times, and the files differ",
                "Nothing was taken in",
            ],
        );
        assert!(!desk.path(folder).exists() || desk.files(folder).is_empty());
        desk.does(
            &format!("{import} --copies all"),
            &["11 sessions taken in, 0 skipped."],
        );
        let texts = |of: &str| {
            let mut all: Vec<String> = desk.files(of).into_values().collect();
            all.sort();
            all
        };
        assert_eq!(texts(folder), texts("data"), "{file}");
        desk.does(
            &format!("{import} --copies newest"),
            &["0 sessions taken in, 11 skipped."],
        );
        assert_eq!(texts(folder), texts("data"), "{file}");
        desk.does(
            &format!("session group --dir {folder}"),
            &["8 people in 11 sittings"],
        );
    }
    desk.ends(
        2,
        "session import all.age --dir third --passphrase-file five.csv",
        "",
        &["a passphrase is one line"],
    );
}

fn copies_are_settled(desk: &Desk) {
    let whole = desk.sheet("data/s-0004.toml").answers;
    desk.does(
        "session resolve s-0004 --keep newest",
        &["Kept: s-0004.toml", "1 other file was removed"],
    );
    assert_eq!(desk.sheet("data/s-0004.toml").answers, whole);
    desk.does(
        "session resolve s-0005 --keep newest --notes",
        &["Kept: s-0005.toml"],
    );
    let notes = desk.sheet("data/s-0005.toml").notes;
    let notes: Vec<&str> = notes.iter().map(|note| note.text.as_str()).collect();
    assert!(
        notes.len() == 2 && notes.contains(&"Called home."),
        "{notes:?}"
    );
    desk.does("session list", &["9 sessions"]);
    desk.does("session show s-0004", &["s-0004"]);
}

fn the_end_of_the_year(desk: &Desk) {
    let page = desk.does("session group -o group.txt", &["8 people in 9 sittings"]);
    assert!(!page.contains("withheld"), "{page}");
    let group = std::fs::read_to_string(desk.path("group.txt")).expect("a page");
    assert!(group.starts_with("A group of 8 people"), "{group}");
    desk.does("session delete s-0001 --yes", &["Gone: s-0001"]);
    desk.does("session delete --tag class=12B --yes", &[]);
    let left = desk.files("data");
    assert_eq!(left.keys().collect::<Vec<_>>(), ["s-0001-may.toml"]);
    // what was taken to the other machines is there
    assert_eq!(desk.files("plain").len() + desk.files("sealed").len(), 22);
}
