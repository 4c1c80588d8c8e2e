//! `verify`: which saved results hold, and what changed in the others.

use crate::batch::{ended, folder, put, sheets};
use crate::help::{root, run, stdout};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Output;

/// Results of simulated people, of the pack in these arguments if they name one.
fn results(folder: &Path, people: usize, arguments: &[&str]) -> String {
    let pack = arguments.windows(2).find(|pair| pair[0] == "--pack");
    let people = people.to_string();
    let sample = ["sample", "-n", &people, "--seed", "5", "-f", "csv"];
    let sheets = run(folder, &[&sample, pack.unwrap_or_default()].concat(), b"");
    put(folder, "a.csv", sheets.stdout);
    let all = [&["score", "-q", "-f", "ndjson", "a.csv"], arguments].concat();
    let output = run(folder, &all, b"");
    assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    stdout(&output)
}

fn verify(folder: &Path, results: &str, arguments: &[&str]) -> Output {
    run(
        folder,
        &[&["verify", "-"], arguments].concat(),
        results.as_bytes(),
    )
}

/// The verdict on the first record.
fn verdict(folder: &Path, results: &str, arguments: &[&str]) -> Value {
    let output = verify(folder, results, &[&["-f", "ndjson"], arguments].concat());
    let text = stdout(&output);
    serde_json::from_str(text.lines().next().expect("a verdict")).expect("JSON")
}

/// A record with one thing changed.
fn changed(record: &str, place: &str, value: Value) -> String {
    let mut record: Value = serde_json::from_str(record).expect("JSON");
    *record.pointer_mut(place).expect("it is there") = value;
    record.to_string() + "\n"
}

#[test]
fn results_of_every_kind_hold() {
    let folder = folder();
    let norms = root()
        .join("tests/reference/norms.toml")
        .display()
        .to_string();
    let small = root().join("tests/packs/small").display().to_string();
    let runs: [(&[&str], &[&str]); 5] = [
        (&[], &[]),
        (
            &["--top", "all", "--explain", "--keep", "helping-1,id"],
            &[],
        ),
        (
            &[
                "--family",
                "imaging",
                "--aptitude-weight",
                "0.5",
                "--top",
                "1",
            ],
            &[],
        ),
        (&["--pack", &small], &["--pack", &small]),
        (
            &["--pack", &small, "--norms", &norms],
            &["--pack", &small, "--norms", &norms],
        ),
    ];
    for (made, checked) in runs {
        let text = results(folder.path(), 200, &[made, &["--with-answers"]].concat());
        let output = verify(folder.path(), &text, checked);
        ended(&output, 0, &["200 checked: 200 hold, 0 do not"]);
        assert!(output.stdout.is_empty());
    }
    let text = results(folder.path(), 50, &["--with-answers"]);
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    std::io::Write::write_all(&mut gzip, text.as_bytes()).expect("compressed");
    let gzip = gzip.finish().expect("compressed");
    ended(
        &run(folder.path(), &["verify", "-"], &gzip),
        0,
        &["50 hold"],
    );
    // too few answers, a pace, and the other commands and formats
    put(
        folder.path(),
        "b.ndjson",
        "{\"id\":\"x\",\"pace\":0.5,\"answers\":{\"helping-1\":4,\"spatial-1\":\"?\"}}\n{\"answers\":{}}\n",
    );
    let example = root()
        .join("examples/simulated-1.toml")
        .display()
        .to_string();
    let made: [&[&str]; 3] = [
        &["score", "-q", "-f", "json", "b.ndjson", "--with-answers"],
        &["score", "-q", "-f", "ndjson", "b.ndjson", "--with-answers"],
        &["report", &example, "-f", "ndjson", "--with-answers"],
    ];
    for arguments in made {
        let text = stdout(&run(folder.path(), arguments, b""));
        assert!(text.contains("\"answers_fingerprint\""));
        ended(&verify(folder.path(), &text, &[]), 0, &["0 do not"]);
        // written by another program: without spaces, or in one line, with other digits
        let value: Vec<Value> = match serde_json::from_str(&text) {
            Ok(Value::Array(all)) => all,
            _ => text
                .lines()
                .map(|l| serde_json::from_str(l).expect("JSON"))
                .collect(),
        };
        let count = value.len();
        let other = Value::from(value).to_string();
        let says = format!("{count} checked: {count} hold, 0 do not");
        ended(&verify(folder.path(), &other, &[]), 0, &[&says]);
    }
}

#[test]
fn a_record_with_answers_is_itself_an_input_of_score() {
    let folder = folder();
    let text = results(folder.path(), 20, &["--with-answers"]);
    let again = ["score", "-q", "-f", "ndjson", "-", "--with-answers"];
    assert_eq!(stdout(&run(folder.path(), &again, text.as_bytes())), text);
}

#[test]
fn a_spoilt_result_among_many_is_found_as_it_is_alone() {
    let folder = folder();
    let many = results(folder.path(), 600, &["--with-answers"]);
    let whole: Vec<&str> = many.lines().collect();
    let of = |n: usize| whole[n].to_owned();
    // of the first and the last of what is looked at together, too
    let spoilt = [
        (0, of(0).replacen("\"rank\":1", "\"rank\":2", 1)),
        (15, of(15).replacen("\"z\":", "\"z\":1", 1)),
        (
            16,
            of(16).replacen("\"answered\":", "\"asked\":1,\"answered\":", 1),
        ),
        (17, of(17).replacen("\"helping-1\":", "\"helping-1\":9", 1)),
        (
            18,
            of(18).replacen(",\"answers\":", ",\"kept\":{},\"answers\":", 1),
        ),
        (63, of(63).replacen("sha256:", "sha256:0", 2)),
        (64, "{".to_owned() + &of(64)),
        (65, of(64)),
        (66, of(66).replacen("\"id\":\"", "\"id\":\"\\u0041", 1)),
        (
            300,
            of(300).replacen("\"program\":\"", "\"program\":\"0.0.", 1),
        ),
        (
            301,
            of(301).replacen("\"program\":\"", "\"program\":\"0.0.", 1),
        ),
        (
            599,
            of(599).replacen("\"flags\":[", "\"flags\":[\"rushed\",", 1),
        ),
    ];
    let mut lines: Vec<&str> = whole.clone();
    for (n, line) in &spoilt {
        assert!(*n == 65 || line != lines[*n], "{n} is spoilt");
        lines[*n] = line;
    }
    let output = verify(folder.path(), &(lines.join("\n") + "\n"), &["-f", "ndjson"]);
    let verdicts: Vec<Value> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(verdicts.len(), whole.len());
    for n in [1, 2, 14, 19, 20, 62, 67, 298, 299, 302, 598]
        .into_iter()
        .chain(spoilt.iter().map(|of| of.0))
    {
        let mut alone = verdict(folder.path(), &(lines[n].to_owned() + "\n"), &[]);
        alone["line"] = json!(n + 1);
        assert_eq!(verdicts[n], alone, "line {}", n + 1);
    }
    let holds = |verdict: &&Value| verdict["holds"] == json!(true);
    let held = verdicts.iter().filter(holds).count();
    assert!((600 - spoilt.len()..600).contains(&held), "{held}");
}

#[test]
fn verify_distinguishes_what_changed() {
    let folder = folder();
    let text = results(folder.path(), 1, &["--with-answers"]);
    let right: Value = serde_json::from_str(&text).expect("JSON");
    let rating = if right["answers"]["helping-1"] == 5 {
        1
    } else {
        5
    };
    let other = format!("sha256:{}", "0".repeat(64));
    let first = right["roles"][0]["role"].as_str().expect("a role");
    let cases = [
        ("/answers/helping-1", json!(rating), "answers", ""),
        (
            "/answers/helping-1",
            json!(9),
            "answers",
            "answers.helping-1",
        ),
        (
            "/answers",
            json!({"astrology-1": 4}),
            "answers",
            "answers.astrology-1",
        ),
        ("/roles/0/match", json!(12.34), "record", "match"),
        ("/roles/0/role", json!("astrologer"), "record", "roles[0]"),
        (
            "/roles/1/conflicts",
            json!(["boredom"]),
            "record",
            "conflicts",
        ),
        (
            "/traits/helping/raw",
            json!(null),
            "record",
            "traits.helping.raw",
        ),
        ("/state", json!("unclear"), "record", "state"),
        ("/band", json!([]), "record", "band"),
        ("/flags", json!(["rushed"]), "record", "flags"),
        (
            "/receipt/family",
            json!("astrology"),
            "record",
            "receipt.family",
        ),
        ("/receipt/aptitude_weight", json!(3.5), "record", ""),
    ];
    for (at, value, what, place) in cases {
        let verdict = verdict(folder.path(), &changed(&text, at, value), &[]);
        assert_eq!(verdict["holds"], false, "{at}");
        assert_eq!(verdict["changed"], json!([what]), "{at}");
        let told = verdict["place"].as_str().expect("a place");
        assert!(told.contains(place), "{place} in {told}");
    }
    // a record alone, in words
    let output = verify(
        folder.path(),
        &changed(&text, "/roles/0/match", json!(12.34)),
        &[],
    );
    ended(
        &output,
        1,
        &["1 checked: 0 hold, 1 do not", "1 of 1 results do not hold"],
    );
    let told = stdout(&output);
    let place = format!(
        "standard input:1: simulated-1: does not hold: answers, pack, program and norms are the same, so the record itself was altered; roles.{first}.match: 12.34 where "
    );
    assert!(told.starts_with(&place), "{told}");
    // where pack or program changed, a result can hold all the same
    for (at, value, what) in [
        ("/receipt/fingerprint", json!(other), "pack"),
        ("/receipt/program", json!("0.0.1"), "program"),
    ] {
        let moved = changed(&text, at, value);
        let verdict = verdict(folder.path(), &moved, &[]);
        assert_eq!(verdict["holds"], true);
        assert_eq!(verdict["changed"], json!([what]));
        let output = verify(folder.path(), &moved, &[]);
        ended(&output, 0, &["1 hold (1 though pack or program changed)"]);
        let both = changed(&moved, "/roles/0/match", json!(12.34));
        let output = verify(folder.path(), &both, &[]);
        ended(&output, 1, &[]);
        assert!(stdout(&output).contains(&format!("does not hold: the {what} changed (")));
    }
}

#[test]
fn a_changed_pack_is_described_by_its_effect() {
    let folder = folder();
    let from = root().join("tests/packs/small");
    for part in ["questions", "profiles"] {
        std::fs::create_dir_all(folder.path().join("pack").join(part)).expect("made");
        for entry in std::fs::read_dir(from.join(part)).expect("listed") {
            let entry = entry.expect("read");
            let to = folder
                .path()
                .join("pack")
                .join(part)
                .join(entry.file_name());
            std::fs::copy(entry.path(), to).expect("copied");
        }
    }
    let text = results(folder.path(), 20, &["--pack", "pack", "--with-answers"]);
    ended(&verify(folder.path(), &text, &["--pack", "pack"]), 0, &[]);
    let path = folder.path().join("pack/questions/traits.toml");
    let traits = std::fs::read_to_string(&path).expect("traits");
    let sd = traits
        .lines()
        .find(|line| line.starts_with("sd = "))
        .expect("an sd");
    std::fs::write(&path, traits.replacen(sd, "sd = 11.5", 1)).expect("written");
    let output = verify(folder.path(), &text, &["--pack", "pack"]);
    ended(&output, 1, &["20 checked"]);
    let told = stdout(&output);
    assert!(
        told.lines()
            .all(|line| line.contains("the pack changed (sha256:")),
        "{told}"
    );
    // another pack altogether
    let output = verify(folder.path(), &text, &[]);
    ended(&output, 1, &["20 checked: 0 hold, 20 do not"]);
    assert!(!stdout(&output).contains("altered"));
}

#[test]
fn verify_needs_the_norms_and_distinguishes_them() {
    let folder = folder();
    let small = root().join("tests/packs/small").display().to_string();
    let norms = root()
        .join("tests/reference/norms.toml")
        .display()
        .to_string();
    let text = results(
        folder.path(),
        3,
        &["--pack", &small, "--norms", &norms, "--with-answers"],
    );
    let output = verify(folder.path(), &text, &["--pack", &small]);
    ended(&output, 1, &["0 hold, 3 do not"]);
    let told = stdout(&output);
    for part in [
        "\"Norms for tests\" of 240 people (sha256:",
        "give them with --norms",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
    let other = std::fs::read_to_string(&norms)
        .expect("norms")
        .replace("61.2", "61.3");
    put(folder.path(), "other.toml", other);
    let checked = ["--pack", &small, "--norms", "other.toml"];
    let output = verify(folder.path(), &text, &checked);
    ended(&output, 1, &["0 hold, 3 do not"]);
    assert!(stdout(&output).contains("not with these (sha256:"));
    assert_eq!(
        verdict(folder.path(), &text, &checked)["changed"],
        json!(["norms"])
    );
    // a result that was made with the pack's own norms holds beside them
    let plain = results(folder.path(), 3, &["--pack", &small, "--with-answers"]);
    let output = verify(
        folder.path(),
        &(text + &plain),
        &["--pack", &small, "--norms", &norms],
    );
    ended(&output, 0, &["6 checked: 6 hold"]);
}

#[test]
fn results_without_answers_are_checked_against_theirs() {
    let folder = folder();
    let text = results(folder.path(), 20, &[]);
    let output = verify(folder.path(), &text, &[]);
    ended(
        &output,
        3,
        &[
            "standard input:1: it does not hold its answers",
            "20 cannot be checked",
        ],
    );
    ended(
        &verify(folder.path(), &text, &["--answers", "a.csv"]),
        0,
        &["20 hold"],
    );
    let altered = changed(text.lines().next().expect("one"), "/roles/0/z", json!(9.5));
    let output = verify(folder.path(), &altered, &["--answers", "a.csv"]);
    ended(&output, 1, &["more people than there are results"]);
    assert!(stdout(&output).contains("so the record or the answers were altered"));
    let swapped: Vec<&str> = text.lines().rev().collect();
    let output = verify(
        folder.path(),
        &(swapped.join("\n")),
        &["--answers", "a.csv"],
    );
    let says =
        "standard input:1: this result is of simulated-20, but the next answers are of simulated-1";
    ended(&output, 1, &[says]);
    let twice = format!("{text}{text}");
    let output = verify(folder.path(), &twice, &["--answers", "a.csv"]);
    ended(
        &output,
        1,
        &["standard input:21: this result is of simulated-1, but there are no more answers"],
    );
    // the fingerprint tells answers that changed
    let kept = results(folder.path(), 20, &["--with-answers"]);
    let other = sheets(20, "csv").replace(",2,", ",3,");
    put(folder.path(), "other.csv", other);
    let verdict = verdict(folder.path(), &kept, &["--answers", "other.csv"]);
    assert_eq!(verdict["changed"], json!(["answers"]));
}

#[test]
fn verify_skips_rows_that_score_rejects() {
    let folder = folder();
    let mut rows = sheets(3, "csv");
    rows = rows.replacen("simulated-2,", "simulated-2,wrong", 1);
    put(folder.path(), "some.csv", rows);
    let output = run(
        folder.path(),
        &["score", "-q", "-f", "ndjson", "some.csv"],
        b"",
    );
    assert_eq!(output.status.code(), Some(3));
    let output = verify(folder.path(), &stdout(&output), &["--answers", "some.csv"]);
    ended(&output, 0, &["2 checked: 2 hold"]);
}

#[test]
fn an_invalid_record_is_reported_with_its_line() {
    let folder = folder();
    let text = results(folder.path(), 1, &["--with-answers"]);
    let record = text.trim_end();
    let long = format!("{{\"id\":\"{}\"}}", "x".repeat(1 << 20));
    let broken = [
        ("{\"id\":", "EOF while parsing"),
        ("7", "expected an object, the result of a person"),
        ("{\"id\":\"a\",\"answers\":{}}", "missing field `format`"),
        (&long, "the line is over 1048576 bytes"),
        (&"[".repeat(100_000), "column "),
        (
            &record.replacen("\"format\":1", "\"format\":2", 1),
            "format 2: read it with the rolescope that wrote it",
        ),
        (
            &record.replacen("\"state\"", "\"state\":\"x\",\"state\"", 1),
            "duplicate field `state`",
        ),
        (
            &record.replacen("\"helping-1\"", "\"helping-1\":3,\"helping-1\"", 1),
            "helping-1 is answered twice",
        ),
        (
            &record.replacen("\"receipt\":{", "\"receipt\":[{", 1),
            "column ",
        ),
        (
            &record.replacen("\"aptitude_weight\":1.0", "\"aptitude_weight\":-1", 1),
            "a number from 0 to 100",
        ),
        (
            &record.replacen("\"id\":\"", "\"id\":\"\\ud800", 1),
            "column ",
        ),
    ];
    for (line, says) in broken {
        let all = format!("{text}{line}\n{text}");
        let output = verify(folder.path(), &all, &[]);
        ended(
            &output,
            3,
            &[
                "standard input:2: ",
                says,
                "2 hold, 0 do not, 1 cannot be checked",
            ],
        );
        let verdicts = stdout(&verify(folder.path(), &all, &["-f", "ndjson"]));
        let verdicts: Vec<Value> = verdicts
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect();
        assert_eq!(verdicts.len(), 3);
        assert_eq!(verdicts[1]["holds"], Value::Null);
    }
    let mut bytes = text.clone().into_bytes();
    bytes.extend_from_slice(b"{\"id\":\"caf\xE9\"}\n");
    let output = run(folder.path(), &["verify", "-"], &bytes);
    ended(&output, 3, &["standard input:2: this is not UTF-8 text"]);
    let sixteen: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    ended(
        &run(folder.path(), &["verify", "-"], &sixteen),
        1,
        &["UTF-16"],
    );
    ended(
        &verify(folder.path(), "", &[]),
        1,
        &["standard input is empty"],
    );
    ended(
        &verify(folder.path(), "[\n\n]\n", &[]),
        1,
        &["no result was found"],
    );
    let spread = "[\n  {\n    \"format\": 1,";
    let line = "standard input:2: the record goes on in the next line";
    ended(&verify(folder.path(), spread, &[]), 1, &[line]);
}

#[test]
fn untrusted_text_in_results_is_escaped() {
    let folder = folder();
    let text = results(folder.path(), 1, &["--with-answers"]);
    let mut record: Value = serde_json::from_str(&text).expect("JSON");
    record["id"] = json!("\u{1b}[31m\u{202e}red".repeat(50));
    record["state"] = json!("\u{1b}]0;x\u{7}");
    record["receipt"]["program"] = json!("\u{1b}[2J");
    let hostile = record.to_string();
    for output in [
        verify(folder.path(), &hostile, &[]),
        verify(folder.path(), &hostile, &["--answers", "a.csv"]),
        verify(
            folder.path(),
            &hostile.replacen("\"format\":1", "\"\\u001b[31m\":1", 1),
            &[],
        ),
    ] {
        let said = [output.stdout, output.stderr].concat();
        assert!(!said.contains(&0x1b), "{}", String::from_utf8_lossy(&said));
    }
}

#[test]
fn invalid_combinations_of_options_are_refused() {
    let folder = folder();
    let text = results(folder.path(), 1, &["--with-answers"]);
    put(folder.path(), "r.ndjson", &text);
    let usage: [(&[&str], &str); 6] = [
        (
            &["verify", "r.ndjson", "--family", "imaging"],
            "leave out --family",
        ),
        (
            &["verify", "r.ndjson", "--aptitude-weight", "2"],
            "leave out --family",
        ),
        (
            &["verify", "-", "--answers", "-"],
            "standard input (-) can be read only once",
        ),
        (
            &["verify", "r.ndjson", "-o", "r.ndjson"],
            "r.ndjson is an input, and would be lost",
        ),
        (
            &["score", "a.csv", "-f", "csv", "--with-answers"],
            "--with-answers needs -f ndjson or -f json",
        ),
        (&["verify"], "RESULT"),
    ];
    for (arguments, says) in usage {
        ended(&run(folder.path(), arguments, b""), 2, &[says]);
    }
    let output = run(folder.path(), &["verify", "nowhere.ndjson"], b"");
    ended(&output, 1, &["cannot open nowhere.ndjson"]);
    let output = run(
        folder.path(),
        &["verify", "r.ndjson", "-f", "ndjson", "-o", "v.ndjson"],
        b"",
    );
    ended(&output, 0, &[]);
    let told = std::fs::read_to_string(folder.path().join("v.ndjson")).expect("verdicts");
    let told: Value = serde_json::from_str(&told).expect("JSON");
    assert_eq!(
        told,
        json!({"input": "r.ndjson", "line": 1, "id": "simulated-1", "holds": true, "changed": []})
    );
}

#[test]
fn results_of_the_first_version_of_the_formulae_are_told_apart() {
    let folder = folder();
    let record = results(folder.path(), 1, &["--with-answers"]);
    let mut old: Value = serde_json::from_str(&record).expect("JSON");
    let receipt = old["receipt"].as_object_mut().expect("a receipt");
    receipt.remove("scoring").expect("it states its version");
    receipt.insert(
        "fingerprint".to_owned(),
        json!(format!("sha256:{}", "0".repeat(64))),
    );
    // other formulae gave other figures
    old["roles"][0]["z"] = json!(9.0);
    let old = old.to_string() + "\n";
    let verdict = verdict(folder.path(), &old, &[]);
    assert_eq!(verdict["holds"], false);
    assert_eq!(verdict["changed"], json!(["scoring"]));
    let said = stdout(&verify(folder.path(), &old, &[]));
    let words = "the program's scoring changed (version 1 then, 2 now)";
    assert!(
        said.contains(words) && !said.contains("the pack changed"),
        "{said}"
    );
}
