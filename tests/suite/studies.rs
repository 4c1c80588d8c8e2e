//! `analyse --criterion`, differential item functioning by group, and `learn`, as users run them.

use crate::batch::{ended, folder, put, sheets};
use crate::help::{root, run, stderr, stdout};
use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Output;

const RIASEC: &str = "examples/riasec";

/// Answers of people like each of 18 occupations, with their occupation as a column.
fn people(folder: &Path, each: usize) {
    people_of(folder, each, &root().join(RIASEC).display().to_string());
}

/// The same, as a pack says of these occupations.
fn people_of(folder: &Path, each: usize, pack: &str) {
    let mut all = String::new();
    let mut roles: Vec<String> = std::fs::read_dir(root().join(RIASEC).join("profiles"))
        .expect("it is there")
        .map(|entry| entry.expect("a file").path())
        .map(|path| path.file_stem().expect("a name").display().to_string())
        .collect();
    roles.sort_unstable();
    for (n, role) in roles.iter().enumerate() {
        let (each, seed) = (each.to_string(), (n + 1).to_string());
        let arguments = [
            "sample", "--pack", pack, "-n", &each, "--seed", &seed, "--like", role,
        ];
        let sheets = stdout(&run(folder, &arguments, b""));
        for (line, row) in sheets
            .lines()
            .enumerate()
            .filter(|(line, _)| *line > 0 || n == 0)
        {
            let own = if line == 0 { "role" } else { role };
            let half = if line % 2 == 0 { "even" } else { "odd" };
            let half = if line == 0 { "half" } else { half };
            let row = row.replace("simulated-", &format!("s{n}-"));
            writeln!(all, "{row},{own},{half}").expect("text");
        }
    }
    put(folder, "people.csv", all);
}

/// The example pack with every level of some interests put in the middle.
fn blunted(folder: &Path) {
    for part in ["questions", "profiles"] {
        std::fs::create_dir_all(folder.join("blunt").join(part)).expect("made");
        for entry in std::fs::read_dir(root().join(RIASEC).join(part)).expect("it is there") {
            let path = entry.expect("a file").path();
            let text = std::fs::read_to_string(&path).expect("text");
            let level = |line: &str| {
                let (id, _) = line.split_once(" = { level = ").unwrap_or_default();
                // alternating, so that the levels still differ
                let other = path.display().to_string().len() % 2;
                match id {
                    "artistic" | "social" => format!("{id} = {{ level = {} }}", 4 + other),
                    _ => line.to_owned(),
                }
            };
            let text: Vec<String> = text.lines().map(level).collect();
            let name = path.file_name().expect("a name");
            std::fs::write(folder.join("blunt").join(part).join(name), text.join("\n"))
                .expect("written");
        }
    }
}

#[test]
fn differential_item_functioning_agrees_with_an_independent_computation() {
    let text =
        std::fs::read_to_string(root().join("tests/reference/analyse/keyed.csv")).expect("sheets");
    let rows = text.lines().enumerate().map(|(n, row)| match n {
        0 => format!("{row},half\n"),
        n => format!("{row},{}\n", if n % 2 == 0 { "even" } else { "odd" }),
    });
    let folder = folder();
    put(folder.path(), "keyed.csv", rows.collect::<String>());
    let small = root().join("tests/packs/small").display().to_string();
    let arguments = [
        "analyse",
        "-q",
        "-f",
        "json",
        "--by",
        "half",
        "--pack",
        &small,
        "keyed.csv",
    ];
    let output = run(folder.path(), &arguments, b"");
    let found: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let groups = found["groups"]["groups"].as_array().expect("groups");
    let even = groups
        .iter()
        .find(|group| group["name"] == "even")
        .expect("it is there");
    let questions = even["questions"].as_array().expect("questions");
    let expected = std::fs::read_to_string(root().join("tests/reference/studies/expected.csv"));
    let mut compared = 0;
    for line in expected.expect("figures").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let Some(question) = questions.iter().find(|q| q["id"] == cells[0]) else {
            assert!(["a", "b", "c"].contains(&cells[0]), "{line}");
            continue;
        };
        compared += 1;
        let value = match cells[1] {
            "class" => {
                assert_eq!(question["class"], cells[2], "{line}");
                continue;
            }
            "difference" => &question["difference"]["value"],
            "low" => &question["difference"]["low"],
            "delta" => &question["delta"]["value"],
            "delta_low" => &question["delta"]["low"],
            other => &question[other],
        };
        let (value, expected) = (value.as_f64().expect("a figure"), cells[2].parse::<f64>());
        let expected = expected.expect("a figure");
        assert!(
            (value - expected).abs() < 1e-8 * expected.abs().max(1.0),
            "{line}: {value}"
        );
    }
    assert_eq!((compared, questions.len()), (176, 27));
}

#[test]
fn a_study_is_the_same_for_any_number_of_threads_and_names_what_is_wrong() {
    let folder = folder();
    people(folder.path(), 12);
    let pack = root().join(RIASEC).display().to_string();
    let go = |more: &[&str]| {
        let all = [
            "analyse",
            "-q",
            "--pack",
            &pack,
            "people.csv",
            "--criterion",
        ];
        run(folder.path(), &[&all[..], more].concat(), b"")
    };
    for format in ["csv", "json", "text"] {
        let [one, many] = ["1", "7"].map(|jobs| {
            let output = go(&["role", "--by", "half", "-f", format, "--jobs", jobs]);
            ended(&output, 0, &[]);
            stdout(&output)
        });
        assert!(one.len() > 2000 && one == many, "{format}");
    }
    ended(&go(&["nowhere"]), 1, &["no column nowhere"]);
    ended(
        &go(&["half"]),
        1,
        &["\"even\"", "no role of this pack", "blank"],
    );
    // fewer than five of a role: no figure of that role
    let text = std::fs::read_to_string(folder.path().join("people.csv")).expect("people");
    let few = text
        .lines()
        .enumerate()
        .filter(|(n, row)| *n < 200 && !row.contains(",tailor,"));
    let few: Vec<&str> = few
        .map(|(_, row)| row)
        .chain(text.lines().filter(|row| row.contains(",tailor,")).take(4))
        .collect();
    put(folder.path(), "people.csv", few.join("\n"));
    let table = stdout(&go(&["role", "-f", "csv"]));
    assert!(
        table.contains("criterion-role,pharmacist,") && !table.contains("criterion-role,tailor,")
    );
}

#[test]
fn learning_gains_where_levels_are_off_and_refuses_where_they_are_not() {
    let folder = folder();
    people(folder.path(), 30);
    blunted(folder.path());
    let right = root().join(RIASEC).display().to_string();
    let go = |pack: &str, more: &[&str]| {
        let all = ["learn", "people.csv", "--criterion", "role", "--pack", pack];
        run(folder.path(), &[&all[..], more].concat(), b"")
    };
    let refused = go(&right, &["-o", "learned"]);
    ended(&refused, 1, &["do not help", "nothing was written"]);
    assert!(!folder.path().join("learned").exists());
    let [one, many] = ["1", "5"].map(|jobs| stdout(&go("blunt", &["--jobs", jobs])));
    assert!(
        one == many && one.contains("The learned levels help"),
        "{one}"
    );
    let written = go("blunt", &["-q", "-o", "learned"]);
    ended(&written, 0, &[]);
    let dancer = std::fs::read_to_string(folder.path().join("learned/profiles/dancer.toml"));
    let dancer = dancer.expect("a profile");
    let artistic = dancer
        .lines()
        .find(|line| line.starts_with("artistic = "))
        .expect("a level");
    for part in [
        "level = ",
        "spread = ",
        "was = ",
        "basis = \"the mean of 30 people",
    ] {
        assert!(artistic.contains(part), "{artistic}");
    }
    // it is a pack, and no worse than the one that it was learned from
    let mends = |pack: &str| {
        let checked = run(
            folder.path(),
            &["check", "--pack", pack, "--no-simulation"],
            b"",
        );
        assert!(
            stdout(&checked).contains("no mistakes"),
            "{pack}: {}",
            stderr(&checked)
        );
        stdout(&checked).matches("Mend:").count()
    };
    assert!(mends("learned") <= mends("blunt"));
    ended(
        &go("blunt", &["-o", "learned"]),
        1,
        &["not empty", "--force"],
    );
    // and from the learned pack there is nothing more to learn
    ended(&go("learned", &[]), 1, &["do not help"]);
}

/// The example pack with a few questions of each occupation off its trait by two points.
fn deviating(folder: &Path) {
    let go = |arguments: &[&str]| ended(&run(folder, arguments, b""), 0, &[]);
    let right = root().join(RIASEC).display().to_string();
    go(&["pack", "export", "-q", "deviating", "--pack", &right]);
    let profiles = std::fs::read_dir(folder.join("deviating/profiles")).expect("profiles");
    for entry in profiles {
        let path = entry.expect("a file").path();
        let letters = path.file_stem().expect("a name").len();
        let mut text = std::fs::read_to_string(&path).expect("text");
        text.push_str("\n[deviations]\n");
        for (k, of) in ["realistic", "artistic", "social", "conventional"]
            .iter()
            .enumerate()
        {
            let n = (letters + 3 * k) % 8;
            writeln!(
                text,
                "{of}-{} = 3.0\n{of}-{} = -3.0",
                n + 1,
                (n + 3) % 8 + 1
            )
            .expect("text");
        }
        std::fs::write(&path, text).expect("written");
    }
}

#[test]
fn single_questions_are_learned_where_they_say_more_than_their_trait() {
    let folder = folder();
    deviating(folder.path());
    people_of(folder.path(), 45, "deviating");
    let right = root().join(RIASEC).display().to_string();
    let go = |arguments: &[&str]| run(folder.path(), arguments, b"");
    let learn = |pack: &str, more: &[&str]| {
        let all = ["learn", "people.csv", "--criterion", "role", "--pack", pack];
        go(&[&all[..], more].concat())
    };
    let flat = |output: &Output| {
        stdout(output)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let [one, many] = ["1", "5"].map(|jobs| flat(&learn(&right, &["--jobs", jobs])));
    assert_eq!(one, many);
    assert!(
        one.contains("of the 18 roles with 40 people or more"),
        "{one}"
    );
    assert!(one.contains("The deviations help"), "{one}");
    let written = learn(&right, &["-q", "-o", "learned"]);
    ended(&written, 0, &[]);
    let dancer = std::fs::read_to_string(folder.path().join("learned/profiles/dancer.toml"));
    let dancer = dancer.expect("a profile");
    assert!(
        dancer.contains("\n[deviations] # learned from 45 people of this role\n"),
        "{dancer}"
    );
    // six letters: the seventh question of the first kind was made to deviate upwards, the second of it downwards
    let points = |id: &str| {
        let line = dancer
            .lines()
            .find_map(|line| line.strip_prefix(id)?.strip_prefix(" = "));
        line.map_or(0.0, |number| number.parse::<f64>().expect("a number"))
    };
    assert!(
        points("realistic-7") > 1.0 && points("realistic-2") < -1.0,
        "{dancer}"
    );
    // a page says so in one line, an export has them, and they are part of the fingerprint
    let page = flat(&go(&["roles", "dancer", "--pack", "learned"]));
    assert!(
        page.contains("the role asks for more or less than on others"),
        "{page}"
    );
    let plain = flat(&go(&["roles", "dancer", "--pack", &right]));
    assert!(
        !plain.contains("asks for more or less than on others"),
        "{plain}"
    );
    ended(
        &go(&["pack", "export", "-q", "again", "--pack", "learned"]),
        0,
        &[],
    );
    let again = std::fs::read_to_string(folder.path().join("again/profiles/dancer.toml"));
    assert_eq!(again.expect("a profile"), dancer);
    let fingerprint = |pack: &str| {
        let all = [
            "score",
            "people.csv",
            "--pack",
            pack,
            "-f",
            "ndjson",
            "-q",
            "--top",
            "1",
        ];
        let lines = stdout(&go(&all));
        let first: Value =
            serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
        first["receipt"]["fingerprint"].to_string()
    };
    assert_eq!(fingerprint("learned"), fingerprint("again"));
    assert_ne!(fingerprint("learned"), fingerprint(&right));
    // nothing more to learn from them, and nothing to begin with below 40 people of a role
    ended(&learn("learned", &[]), 1, &[]);
    people(folder.path(), 12);
    assert!(flat(&learn(&right, &[])).contains("Not learned: 0 roles have 40 people"));
}

#[test]
fn impossible_lessons_are_refused_with_a_reason() {
    let folder = folder();
    put(folder.path(), "a.csv", sheets(20, "csv"));
    let go = |arguments: &[&str]| run(folder.path(), &[&["learn"], arguments].concat(), b"");
    ended(&go(&["a.csv"]), 2, &["--criterion"]);
    ended(&go(&["-", "--criterion", "role"]), 2, &["read twice"]);
    ended(
        &go(&["a.csv", "--criterion", "role"]),
        1,
        &["no column role"],
    );
    ended(
        &go(&["a.csv", "--criterion", "id"]),
        1,
        &["no role of this pack"],
    );
    let blank: Vec<String> = sheets(20, "csv")
        .lines()
        .enumerate()
        .map(|(n, row)| format!("{row},{}", if n == 0 { "role" } else { "" }))
        .collect();
    put(folder.path(), "blank.csv", blank.join("\n"));
    let nobody = go(&["blank.csv", "--criterion", "role"]);
    ended(&nobody, 1, &["no levels were learned", "0 of the roles"]);
    assert!(stderr(&nobody).contains("5 people"));
}
