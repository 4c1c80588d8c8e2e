//! Inputs of `score`: every layout that is read, every kind of damage, and what comes of it.

use crate::batch::{NOT_THERE, cells, ended, folder, put, score, sheets};
use crate::help::{run, stderr, stdout};
use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use std::io::Write as _;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

/// A table with its columns in the opposite order.
fn turned(table: &str) -> String {
    let turn = |line: &str| line.split(',').rev().collect::<Vec<_>>().join(",") + "\n";
    table.lines().map(turn).collect()
}

#[test]
fn a_table_is_the_same_however_it_is_written() {
    let folder = folder();
    let csv = sheets(40, "csv");
    let plain = score(folder.path(), &["-"], csv.as_bytes());
    ended(&plain, 0, &["40 scored"]);
    let quoted = |line: &str| format!("\"{}\"\n", line.replace(',', "\",\""));
    let (first, second) = csv.split_at(csv.len() / 2);
    let (first, second) = (first.as_bytes(), second.as_bytes());
    let skippable = [0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3];
    let written: [(&str, Vec<u8>); 17] = [
        ("turned", turned(&csv).into()),
        ("mark", format!("\u{FEFF}{csv}").into()),
        ("crlf", csv.replace('\n', "\r\n").into()),
        ("old mac", csv.replace('\n', "\r").into()),
        ("semicolons", csv.replace(',', ";").into()),
        ("tabs", csv.replace(',', "\t").into()),
        ("quoted", csv.lines().map(quoted).collect::<String>().into()),
        ("spaces", csv.replace(',', " , ").into()),
        ("upper case", csv.replace(",b,", ",B,").into()),
        ("no end", csv.trim_end().into()),
        ("blank lines", csv.replace('\n', "\n\r\n\n").into()),
        ("gzip", gzip(csv.as_bytes())),
        ("members", [gzip(first), gzip(b""), gzip(second)].concat()),
        ("zstd", zstd(csv.as_bytes())),
        (
            "frames",
            [&zstd(first), &skippable[..], &zstd(second)].concat(),
        ),
        ("both marks", gzip(format!("\u{FEFF}{csv}").as_bytes())),
        (
            "all at once",
            zstd(format!("\u{FEFF}{}", csv.replace(',', ";").replace('\n', "\r\n")).as_bytes()),
        ),
    ];
    for (name, bytes) in written {
        let output = score(folder.path(), &["-"], &bytes);
        ended(&output, 0, &["40 scored"]);
        assert_eq!(output.stdout, plain.stdout, "{name}");
        // the name of a file says nothing that its content does not
        put(folder.path(), "sheet.dat", &bytes);
        let output = score(folder.path(), &["sheet.dat"], b"");
        assert_eq!(output.stdout, plain.stdout, "{name}, as a file");
    }
}

#[test]
fn lines_of_ndjson_are_the_same_however_they_are_written() {
    let folder = folder();
    let text = sheets(40, "ndjson");
    let plain = score(folder.path(), &["-"], text.as_bytes());
    ended(&plain, 0, &["40 scored"]);
    let nested = format!(
        ",\"x\":{}{},\"answers\"",
        "[".repeat(9000),
        "]".repeat(9000)
    );
    for (name, text) in [
        ("crlf", text.replace('\n', "\r\n")),
        ("mark", format!("\u{FEFF}{text}")),
        ("spaces", text.replace(':', " : ").replace(',', "\t,  ")),
        ("blank lines", text.replace('\n', "\n\n \r\n")),
        ("escapes", text.replace("helping", "\\u0068elping")),
        ("letters", text.replace("\"a\"", "\" A \"")),
        ("texts", text.replace(":5", ":\"5\"")),
        (
            "other fields",
            text.replace(",\"answers\"", ",\"x\":{\"y\":[1e999]},\"answers\""),
        ),
        (
            "depth where nothing is read",
            text.replace(",\"answers\"", &nested),
        ),
        (
            "nulls",
            text.replace("{\"helping-1\"", "{\"no-such\":null,\"helping-1\""),
        ),
    ] {
        let output = score(folder.path(), &["-"], text.as_bytes());
        ended(&output, 0, &["40 scored"]);
        assert_eq!(output.stdout, plain.stdout, "{name}");
    }
}

#[test]
fn unknown_columns_and_missing_questions_are_reported_once() {
    let folder = folder();
    let table = format!(
        "id,helpin-1,height,helping-2\n{}",
        "a,4,180,5\n".repeat(5000)
    );
    put(folder.path(), "class.csv", &table);
    put(folder.path(), "again.csv", &table);
    let output = score(folder.path(), &["class.csv", "again.csv"], b"");
    ended(
        &output,
        0,
        &["10000 scored (0 unclear, 10000 insufficient), 0 rejected"],
    );
    for part in [
        "class.csv: column 2 (helpin-1) is no question, ignored; did you mean helping-1?",
        "class.csv: column 3 (height) is no question, ignored",
        "class.csv: no column for helping-1, life-science-1",
        "again.csv: column 3 (height)",
    ] {
        assert_eq!(stderr(&output).matches(part).count(), 1, "{part}");
    }
    // a sheet with all columns says nothing of the kind
    let output = score(folder.path(), &["-"], sheets(3, "csv").as_bytes());
    assert!(!stderr(&output).contains("column"), "{}", stderr(&output));
    let output = score(folder.path(), &["-"], b"{\"answers\":{\"helpin-1\":4}}\n");
    ended(
        &output,
        0,
        &["no question helpin-1, ignored; did you mean helping-1?"],
    );
}

#[test]
fn an_implausible_header_is_an_error_with_an_example() {
    let folder = folder();
    put(folder.path(), "ages.csv", "name,age\nAroha,17\n");
    let output = score(folder.path(), &["ages.csv"], b"");
    let shown = "a header looks like this: id,helping-1,life-science-1,physics-1,...";
    ended(
        &output,
        1,
        &["ages.csv:1: no column is a question's id", shown],
    );
    assert!(stderr(&output).contains("`rolescope questions -f csv`"));
    let sheet = run(folder.path(), &["questions", "-f", "csv"], b"");
    let output = score(folder.path(), &["-"], &sheet.stdout);
    ended(&output, 0, &["0 scored"]);
    for (input, message) in [
        (
            "id,helping-1,helping-1\na,1,2\n",
            "columns 2 (\"helping-1\") and 3 (\"helping-1\") both mean helping-1",
        ),
        (
            "id,helping-1,id\na,1,b\n",
            "columns 1 and 3 are called id and id",
        ),
        ("i\0d", "no column is a question's id"),
    ] {
        ended(
            &score(folder.path(), &["-"], input.as_bytes()),
            1,
            &[message],
        );
    }
    // twice a column that nobody reads is nobody's business
    let output = score(folder.path(), &["-"], b"x,helping-1,physics-1,x\na,1,2,b\n");
    ended(&output, 0, &["1 scored"]);
    let keep = score(
        folder.path(),
        &["--keep", "hight", "-"],
        b"helping-1,height\n4,180\n",
    );
    ended(&keep, 1, &["no column hight to keep; did you mean height?"]);
}

#[test]
fn blank_lines_before_a_header_are_passed_over_in_pieces_of_any_size() {
    let folder = folder();
    for blank in ["\n", "\r\n", "\r"] {
        // as many as the bytes that tell the format, but for the first letters of the header
        let lines = ((64 << 10) - 5) / blank.len();
        let table = blank.repeat(lines) + "id,helping-1" + blank + "a,4" + blank + "b,x" + blank;
        let place = format!("{}:2: helping-1: \"x\"", lines + 3);
        for jobs in ["1", "256"] {
            let output = score(folder.path(), &["--jobs", jobs, "-"], table.as_bytes());
            ended(&output, 3, &["1 scored", &place]);
        }
    }
}

#[test]
fn utf_16_is_recognised_by_its_bytes() {
    let folder = folder();
    let text = sheets(2, "csv");
    let units: Vec<u16> = format!("\u{FEFF}{text}").encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|u| u.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|u| u.to_be_bytes()).collect();
    let plain = score(folder.path(), &["-"], text.as_bytes());
    for (bytes, label) in [(&little, "utf-16le"), (&big, "utf-16be")] {
        assert_eq!(score(folder.path(), &["-"], bytes).stdout, plain.stdout);
        let exact = score(folder.path(), &["--exact", "-"], bytes);
        ended(&exact, 1, &["standard input is UTF-16"]);
        // without its mark it is only offered
        let offered = format!("standard input seems to be {label} without its mark");
        ended(&score(folder.path(), &["-"], &bytes[2..]), 1, &[&offered]);
        let named = score(folder.path(), &["--encoding", label, "-"], &bytes[2..]);
        assert_eq!(named.stdout, plain.stdout);
    }
}

#[test]
fn empty_input_is_an_error_and_a_header_alone_is_not() {
    let folder = folder();
    let header = sheets(1, "csv")
        .lines()
        .next()
        .expect("a header")
        .to_owned();
    for nothing in [
        &b""[..],
        b"\n\r\n  \n",
        b"\xEF\xBB\xBF",
        &gzip(b""),
        &zstd(b"\n"),
    ] {
        ended(
            &score(folder.path(), &["-"], nothing),
            1,
            &["standard input is empty"],
        );
    }
    for (format, result) in [
        ("ndjson", ""),
        ("json", "[\n\n]\n"),
        ("csv", "id,state,flags,band,band_wide"),
    ] {
        let output = run(
            folder.path(),
            &["score", "-f", format, "-"],
            header.as_bytes(),
        );
        ended(
            &output,
            0,
            &["0 scored (0 unclear, 0 insufficient), 0 rejected"],
        );
        assert_eq!(stdout(&output).lines().count(), result.lines().count());
        assert!(stdout(&output).starts_with(result));
    }
}

#[test]
fn rows_of_another_shape_or_size_are_rejected_and_the_next_is_read() {
    let folder = folder();
    let mut input = b"id,helping-1,spatial-1\na,4,b\nshort,1\nlong,1,b,\nnul\0,4,b\n".to_vec();
    input.extend([b"wide,4,".to_vec(), vec![b'x'; 10 << 20], b"\n".to_vec()].concat());
    input.extend(b"latin-\xE9,4,b\nbad,\xE9,b\n,4,b\n,,\n\"two\nlines\",4,b\nz,4,?\n");
    let output = score(folder.path(), &["--exact", "-"], &input);
    ended(
        &output,
        3,
        &[
            "standard input:3: 2 cells where the header has 3",
            "standard input:4: 4 cells where the header has 3",
            "standard input:5:1: id: \"nul\u{FFFD}\": a text has no NUL characters",
            "standard input:6: the row is over 1048576 bytes; a row of answers is smaller",
            "standard input:7:1: id: \"latin-\u{FFFD}\": this is not UTF-8 text; save the file as \"CSV UTF-8\"",
            "standard input:8:2: helping-1: \"\u{FFFD}\": write a whole number 1 to 5",
            "4 scored (0 unclear, 4 insufficient), 6 rejected, 1 row of empty cells passed over",
            "6 of 10 rows were rejected; the others were scored",
        ],
    );
    let rows = cells(&output.stdout);
    let ids: Vec<&[u8]> = rows.iter().skip(1).map(|row| &row[0][..]).collect();
    // a row without an id is called by its line; one of blanks is nobody's
    assert_eq!(ids, [&b"a"[..], b"row 9", b"two\nlines", b"z"]);
}

#[test]
fn a_quote_that_never_closes_is_an_error_with_its_line() {
    let folder = folder();
    let long = "c,4,".repeat(400_000);
    let open = format!("id,helping-1\na,4\n\"b,4\n{long}");
    let output = score(folder.path(), &["-", "-o", "out.csv"], open.as_bytes());
    ended(
        &output,
        1,
        &["standard input:3:1: a quote that opens here is not closed"],
    );
    assert!(!folder.path().join("out.csv").exists());
    // where the next line is a row, only the one with the quote is refused
    let output = score(folder.path(), &["-"], b"id,helping-1\na,4\n\"b,4\nc,4\n");
    ended(
        &output,
        3,
        &[
            "standard input:3:1: id: \"\\\"b\": a quote opens here and is not closed",
            "2 scored",
        ],
    );
}

#[test]
fn a_hundred_thousand_columns_are_read() {
    let folder = folder();
    let names: String = (0..100_000).fold(String::new(), |all, n| all + &format!("c{n},"));
    let table = format!("{names}helping-1\n{}4\n", "1,".repeat(100_000));
    let output = score(folder.path(), &["--exact", "-"], table.as_bytes());
    ended(
        &output,
        0,
        &[
            "column 20 (c19)",
            "99980 further columns are no questions",
            "1 scored",
        ],
    );
    assert!(!stderr(&output).contains("column 21 "));
    let commas = format!("helping-1{}\n", ",".repeat(300_000));
    let output = score(folder.path(), &["-"], commas.as_bytes());
    ended(
        &output,
        1,
        &["standard input:1: 300001 columns, more than 131072; leave out those"],
    );
    let output = score(folder.path(), &["-"], names.repeat(3).as_bytes());
    ended(
        &output,
        1,
        &["standard input:1: the header is over 1048576 bytes"],
    );
}

#[test]
fn lines_of_json_that_are_no_sheets_are_rejected_and_say_what_a_line_is() {
    let folder = folder();
    let deep = format!(
        "{{\"answers\":{{\"helping-1\":{}1{}}}}}",
        "[".repeat(9000),
        "]".repeat(9000)
    );
    let wide = format!("{{\"answers\":{{\"helping-1\":[{}1]}}}}", "1,".repeat(1000));
    let text = "x".repeat(5000);
    let lines = [
        ("{\"answers\":{\"helping-1\":4}}", None),
        ("nonsense", Some("2:2: expected ident; a line is {\"id\"")),
        (
            &deep,
            Some("helping-1: \"[...]\": write a whole number 1 to 5"),
        ),
        (
            &wide,
            Some("helping-1: \"[...]\": write a whole number 1 to 5"),
        ),
        (
            "{\"answers\":{\"helping-1\":{\"a\":1}}}",
            Some("helping-1: \"{...}\": "),
        ),
        (
            "{\"answers\":{\"helping-1\":true}}",
            Some("helping-1: \"true\": "),
        ),
        (
            "{\"answers\":{\"helping-1\":4.5}}",
            Some("helping-1: \"4.5\": "),
        ),
        (
            "{\"answers\":{\"helping-1\":4,\"helping-1\":4}}",
            Some("answered twice"),
        ),
        (
            "{\"answers\":{},\"answers\":{}}",
            Some("answers is given twice"),
        ),
        ("{\"id\":\"a\"}", Some("missing field `answers`")),
        ("[]", Some("expected an object with `answers`")),
        (
            "{\"id\":{},\"answers\":{}}",
            Some("id: \"{...}\": an id is a text or a whole"),
        ),
        (
            "{\"id\":12345678901234567890123,\"answers\":{}}",
            Some("an id is a text or a whole"),
        ),
        (
            "{\"id\":\"a\\u0000\",\"answers\":{}}",
            Some("no NUL characters"),
        ),
        (
            "{\"pace\":-1,\"answers\":{}}",
            Some("pace: \"-1\": write seconds as a number 0"),
        ),
        (
            "{\"answers\":{}} {\"answers\":{}}",
            Some("16:16: trailing characters"),
        ),
        ("   {\"answers\":{}} x", Some(":19: trailing characters")),
        ("{\"answers\":{\"helping-1\":5}}", None),
    ];
    let input: Vec<&str> = lines.iter().map(|(line, _)| *line).collect();
    let output = score(
        folder.path(),
        &["--input-format", "ndjson", "-"],
        input.join("\n").as_bytes(),
    );
    ended(
        &output,
        3,
        &["2 scored (0 unclear, 2 insufficient), 16 rejected"],
    );
    let messages = stderr(&output);
    for (n, (line, message)) in lines.iter().enumerate() {
        let place = format!("standard input:{}:", n + 1);
        let told = messages.lines().find(|told| told.starts_with(&place));
        match message {
            Some(message) => assert!(
                told.is_some_and(|t| t.contains(message)),
                "{line}: {told:?}"
            ),
            None => assert_eq!(told, None, "{line}"),
        }
    }
    let long = format!("{{\"answers\":\"{text}\"}}\n");
    let output = score(folder.path(), &["-"], long.as_bytes());
    assert!(
        stderr(&output).len() < 600,
        "a message is no longer than it must be"
    );
}

#[test]
fn two_rows_of_one_id_are_two_people() {
    let folder = folder();
    let csv = sheets(1, "csv");
    let row = csv.lines().nth(1).expect("a row");
    let twice = format!("{csv}{row}\n");
    let output = score(folder.path(), &["-"], twice.as_bytes());
    ended(&output, 0, &["2 scored"]);
    let rows = cells(&output.stdout);
    assert_eq!((rows.len(), &rows[1]), (3, &rows[2]));
}

#[test]
fn compressed_input_that_is_cut_or_damaged_leaves_no_file() {
    let folder = folder();
    let csv = sheets(3000, "csv");
    for (name, whole) in [
        ("a.csv.gz", gzip(csv.as_bytes())),
        ("a.csv.zst", zstd(csv.as_bytes())),
    ] {
        for length in [7, 12, whole.len() / 2, whole.len() - 1] {
            put(folder.path(), name, &whole[..length]);
            let output = score(folder.path(), &[name, "-o", "out.csv"], b"");
            let message = format!("cannot read {name}: it ends early, so part of it is missing");
            ended(&output, 1, &[&message]);
        }
        let mut damaged = whole.clone();
        damaged[whole.len() / 2] ^= 0x40;
        put(folder.path(), name, damaged);
        let output = score(folder.path(), &[name, "-o", "out.csv"], b"");
        ended(&output, 1, &[&format!("cannot read {name}: ")]);
        assert!(!folder.path().join("out.csv").exists());
    }
}

#[test]
fn a_folder_is_scored_whatever_else_is_in_it() {
    let folder = folder();
    let people = folder.path().join("people");
    std::fs::create_dir_all(people.join("odd.toml")).expect("made");
    let output = run(folder.path(), &["score", "people"], b"");
    ended(&output, 1, &["people has no answer files (*.toml, "]);
    let sheet = |id: &str, answer: &str| {
        format!("format = 1\nid = \"{id}\"\n[answers]\nhelping-1 = {answer}\n")
    };
    put(&people, "b.toml", sheet("bea", "4"));
    put(&people, "a.toml", sheet("ann", "5"));
    put(&people, "c.toml", sheet("cy", "9"));
    put(&people, "latin.toml", b"format = 1\nid = \"J\xF6rg\"\n");
    put(&people, "large.toml", vec![b'#'; 2 << 20]);
    put(&people, ".hidden.toml", "nonsense");
    put(&people, "notes.txt", "nonsense");
    let output = score(folder.path(), &["people", "--rejects", "bad.csv"], b"");
    ended(
        &output,
        3,
        &[
            "people/odd.toml is no file, ignored",
            "people/c.toml:4:13",
            "people/latin.toml:2:8: not UTF-8; an answer file is UTF-8 text",
            "people/large.toml has over 1048576 bytes; an answer file is smaller",
            "2 scored (0 unclear, 2 insufficient), 3 rejected",
        ],
    );
    assert_eq!(
        stdout(&output)
            .lines()
            .skip(1)
            .map(|l| &l[..3])
            .collect::<Vec<_>>(),
        ["ann", "bea"]
    );
    let rejects = std::fs::read(folder.path().join("bad.csv")).expect("written");
    let rows = cells(&rejects);
    assert_eq!(rows[1][5], sheet("cy", "9").as_bytes(), "the whole file");
    assert_eq!(rows[3][5], b"format = 1\nid = \"J\xF6rg\"\n");
    // one of several names is no reason to leave out the others
    let output = score(folder.path(), &["people/latin.toml", "people/a.toml"], b"");
    ended(&output, 3, &["people/latin.toml:2:8", "1 scored"]);
}

#[test]
fn a_missing_or_unreadable_input_is_an_error() {
    let folder = folder();
    put(folder.path(), "closed.csv", sheets(1, "csv"));
    let output = score(folder.path(), &["nowhere.csv"], b"");
    ended(&output, 1, &["cannot open nowhere.csv: ", NOT_THERE]);
    // nothing stands above nobody
    for format in ["table", "csv", "json"] {
        let output = run(folder.path(), &["score", "-f", format, "nowhere.csv"], b"");
        assert_eq!(stdout(&output), "", "{format}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let path = folder.path().join("closed.csv");
        let none = std::fs::Permissions::from_mode(0o000);
        std::fs::set_permissions(&path, none).expect("changed");
        // whoever may read everything is refused nothing
        let refused = std::fs::File::open(&path).is_err();
        let output = score(folder.path(), &["closed.csv"], b"");
        assert_eq!(output.status.code(), Some(i32::from(refused)));
        assert_eq!(
            stderr(&output).contains("cannot open closed.csv: Permission denied"),
            refused
        );
    }
}
