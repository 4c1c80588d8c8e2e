//! Answer codes as the program writes and reads them: the same people, however their codes came, and
//! every mistake with its place.

use crate::batch::{ended, folder, put, score, sheets};
use crate::help::{root, run, stderr, stdout};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write as _;

/// Simulated people as a table, and their codes as `rolescope code` writes them.
fn people(count: usize) -> (String, String) {
    let table = sheets(count, "csv");
    let codes = run(folder().path(), &["code", "-"], table.as_bytes());
    ended(&codes, 0, &[]);
    (table, stdout(&codes))
}

#[test]
fn codes_are_scored_as_the_answers_are_however_they_are_written() {
    let folder = folder();
    let (table, codes) = people(40);
    let plain = score(folder.path(), &["-"], table.as_bytes());
    ended(&plain, 0, &["40 scored"]);
    let bare = codes.lines().skip(1).collect::<Vec<_>>().join("\n");
    let utf16: Vec<u8> = format!("\u{FEFF}{codes}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(codes.as_bytes()).expect("memory takes it");
    let form = |line: &str| {
        let (id, code) = line.split_once(',').expect("an id and a code");
        format!(
            "\"2026/11/27 9:14:00 am, NZDT\",{},{id},\"thanks, all\"\n",
            code.to_lowercase()
        )
    };
    let form = "Timestamp,Paste your code here,Student ID,Anything else?\n".to_owned()
        + &bare.lines().map(form).collect::<String>();
    let quoted: Vec<String> = (bare.lines())
        .map(|line| format!("\"{}\"\r\n", line.replace(',', "\",\"")))
        .collect();
    let quoted = quoted.concat();
    let written: [(&str, Vec<u8>); 12] = [
        ("as written", codes.clone().into()),
        ("without a header", bare.clone().into()),
        ("tabs", bare.replace(',', "\t").into()),
        ("semicolons", bare.replace(',', ";").into()),
        ("semicolons and a header", codes.replace(',', " ; ").into()),
        ("spaces", bare.replace(',', " ").into()),
        ("lower case", bare.to_lowercase().into()),
        ("quoted", quoted.into()),
        ("old mac", codes.replace('\n', "\r").into()),
        ("blank lines", codes.replace('\n', "\r\n\r\n").into()),
        ("UTF-16", utf16),
        ("gzip", gzip.finish().expect("memory takes it")),
    ];
    for (name, bytes) in written {
        let output = score(folder.path(), &["-"], &bytes);
        ended(&output, 0, &["40 scored"]);
        assert_eq!(output.stdout, plain.stdout, "{name}");
        put(folder.path(), "codes.csv", &bytes);
        let output = score(folder.path(), &["codes.csv"], b"");
        assert_eq!(output.stdout, plain.stdout, "{name}, as a file");
    }
    let output = score(folder.path(), &["-"], form.as_bytes());
    ended(&output, 0, &["40 scored"]);
    assert_eq!(output.stdout, plain.stdout, "a form's export");
    let kept = score(
        folder.path(),
        &["-", "--keep", "Anything else?", "--id", "Timestamp"],
        form.as_bytes(),
    );
    ended(&kept, 0, &["40 scored"]);
    let line = stdout(&kept).lines().nth(1).expect("a person").to_owned();
    assert!(
        line.starts_with("\"2026/11/27 9:14:00 am, NZDT\",") && line.ends_with(",\"thanks, all\""),
        "{line}"
    );
}

#[test]
fn a_code_alone_is_called_by_its_line() {
    let folder = folder();
    let (_, codes) = people(2);
    let alone: Vec<&str> = codes
        .lines()
        .skip(1)
        .filter_map(|l| l.split(',').nth(1))
        .collect();
    let text = format!("\n{}\n\n{}", alone[0], alone[1]);
    let output = score(folder.path(), &["-"], text.as_bytes());
    ended(&output, 0, &["2 scored"]);
    let ids: Vec<String> = stdout(&output)
        .lines()
        .skip(1)
        .map(|l| l[..6].to_owned())
        .collect();
    assert_eq!(ids, ["line-2", "line-4"]);
}

#[test]
fn a_wrong_line_is_rejected_with_its_group_and_the_others_are_scored() {
    let folder = folder();
    let (_, codes) = people(6);
    let mut lines: Vec<String> = codes.lines().map(str::to_owned).collect();
    let at = lines[1].find("RS1").expect("a code");
    let fifth = at
        + lines[1][at..]
            .match_indices('-')
            .nth(3)
            .expect("five groups")
            .0
        + 1;
    let digit = if lines[1][fifth..].starts_with('7') {
        "8"
    } else {
        "7"
    };
    lines[1].replace_range(fifth..=fifth, digit);
    lines[2].pop();
    lines[3] = "anna,4,4,4,4".to_owned();
    let near_end = lines[4].len() - 12;
    lines[4].replace_range(near_end..=near_end, "U");
    let text = lines[1..].join("\n");
    let output = score(folder.path(), &["-"], text.as_bytes());
    let column = fifth + 1;
    ended(
        &output,
        3,
        &[
            &format!("standard input:1:{column}: group 5: "),
            "the check characters do not fit it: compare this group",
            "standard input:2:",
            "1 characters where 2 are right: ",
            "where a code of this pack has",
            "standard input:3:",
            "more than one cell before the code",
            "standard input:4:",
            "is no character of a code",
            "2 scored",
            "4 rejected",
        ],
    );
    // below a header, places are cells
    put(folder.path(), "c.csv", format!("id,code\n{text}\n,\n"));
    let output = score(folder.path(), &["c.csv", "--rejects", "r.csv"], b"");
    ended(
        &output,
        3,
        &["c.csv:2:2: group 5: ", "1 row of empty cells passed over"],
    );
    let rejects = std::fs::read_to_string(folder.path().join("r.csv")).expect("written");
    assert!(rejects.contains("c.csv,2,group 5,"), "{rejects}");
    // mended, they are scored
    let output = score(
        folder.path(),
        &["c.csv", "--rejects", "r.csv", "--rejects-as", "input"],
        b"",
    );
    assert_eq!(output.status.code(), Some(3));
    let again = std::fs::read_to_string(folder.path().join("r.csv")).expect("written");
    assert_eq!(again.lines().next(), Some("id,code"));
    let mended = codes.lines().take(2).collect::<Vec<_>>().join("\n");
    assert_eq!(
        again.lines().nth(1).map(|l| l.split(',').next()),
        Some(
            mended
                .lines()
                .nth(1)
                .map(|l| l.split(',').next().expect("an id"))
        )
    );
    ended(
        &score(folder.path(), &["-"], mended.as_bytes()),
        0,
        &["1 scored"],
    );
}

#[test]
fn a_code_of_another_pack_is_said_to_be_one() {
    let folder = folder();
    let (_, codes) = people(1);
    let small = root().join("tests/packs/small").display().to_string();
    let output = score(folder.path(), &["-", "--pack", &small], codes.as_bytes());
    ended(
        &output,
        4,
        &["group 2: ", "this is a code of another pack", "--pack DIR"],
    );
}

#[test]
fn every_command_that_takes_answers_takes_codes() {
    let folder = folder();
    let at = folder.path();
    let (table, codes) = people(12);
    put(at, "people.csv", &table);
    put(
        at,
        "codes.txt",
        codes.lines().skip(1).collect::<Vec<_>>().join("\n"),
    );
    for arguments in [
        &["analyse", "FILE", "-f", "json"][..],
        &["read", "FILE", "-f", "clean"],
        &[
            "report",
            "FILE",
            "--person",
            "simulated-3",
            "-f",
            "markdown",
        ],
        &["code", "FILE"],
    ] {
        let of = |file: &str| {
            let arguments: Vec<&str> = arguments
                .iter()
                .map(|a| if *a == "FILE" { file } else { a })
                .collect();
            let output = run(at, &arguments, b"");
            assert!(
                output.status.success(),
                "{arguments:?}: {}",
                stderr(&output)
            );
            stdout(&output).replace(file, "FILE")
        };
        assert_eq!(of("codes.txt"), of("people.csv"), "{arguments:?}");
    }
    let results = run(
        at,
        &[
            "score",
            "people.csv",
            "-f",
            "ndjson",
            "-o",
            "results.ndjson",
        ],
        b"",
    );
    ended(&results, 0, &[]);
    ended(
        &run(
            at,
            &["verify", "results.ndjson", "--answers", "codes.txt"],
            b"",
        ),
        0,
        &[],
    );
    ended(&run(at, &["read", "codes.txt"], b""), 0, &[]);
    ended(
        &run(at, &["session", "import", "codes.txt"], b""),
        0,
        &["12 sessions taken in"],
    );
    let one = codes
        .lines()
        .nth(1)
        .and_then(|l| l.split(',').nth(1))
        .expect("a code");
    put(at, "one.txt", one);
    ended(
        &run(at, &["session", "import", "one.txt"], b""),
        1,
        &["--label"],
    );
    ended(
        &run(
            at,
            &["session", "import", "one.txt", "--label", "anna"],
            b"",
        ),
        0,
        &["1 session taken in"],
    );
    // and back: of one answer file, the code alone
    let anna = std::fs::read_dir(at.join("data"))
        .expect("sessions")
        .flatten();
    let anna = anna
        .map(|entry| entry.path())
        .find(|path| path.to_string_lossy().contains("anna"));
    let anna = anna.expect("kept").display().to_string();
    let output = run(at, &["code", &anna], b"");
    ended(&output, 0, &[]);
    assert_eq!(stdout(&output).trim_end(), one);
}

#[test]
fn a_table_of_answers_with_a_code_in_a_cell_stays_one() {
    let folder = folder();
    let (table, codes) = people(3);
    let both: Vec<String> = (table.lines().zip(codes.lines()))
        .map(|(row, code)| format!("{row},{}\n", code.split(',').nth(1).expect("a code")))
        .collect();
    let both = both.concat();
    let output = score(folder.path(), &["-"], both.as_bytes());
    ended(&output, 0, &["3 scored"]);
    let plain = score(folder.path(), &["-"], table.as_bytes());
    assert_eq!(output.stdout, plain.stdout);
}
