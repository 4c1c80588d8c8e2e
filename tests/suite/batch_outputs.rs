//! Outputs of `score`: independent of the number of threads, safe to open, with every rejected row in full.

use crate::batch::{NOT_THERE, cells, ended, folder, names, put, score, sheets};
use crate::help::{run, stderr, stdout};

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let folder = folder();
    let mut csv = sheets(1500, "csv");
    // rows that take the slow way, and rows that are rejected, among the others
    for (at, row) in [
        (40_000, "\nbad,1\n"),
        (100_000, "\n\"quo\nted\",1\n"),
        (200_000, "\n\n"),
    ] {
        let end = at + csv[at..].find('\n').expect("a row ends");
        csv.replace_range(end..=end, row);
    }
    put(folder.path(), "a.csv", &csv);
    put(folder.path(), "b.ndjson", sheets(500, "ndjson"));
    let expected = [
        ("table", 2001),
        ("csv", 2001),
        ("ndjson", 2000),
        ("json", 2002),
    ];
    for (format, lines) in expected {
        let mut first = None;
        for jobs in ["1", "2", "3", "7"] {
            let rejects = format!("rejects-{jobs}.csv");
            let all = [
                "score",
                "-f",
                format,
                "--jobs",
                jobs,
                "--rejects",
                &rejects,
                "a.csv",
                "b.ndjson",
            ];
            let output = run(folder.path(), &all, b"");
            ended(&output, 3, &["2000 scored", ", 2 rejected"]);
            assert_eq!(stdout(&output).lines().count(), lines, "{format}");
            let rejects = std::fs::read(folder.path().join(rejects)).expect("written");
            let made = (output.stdout, rejects);
            assert_eq!(
                *first.get_or_insert_with(|| made.clone()),
                made,
                "{format}, {jobs}"
            );
        }
    }
    let array = run(folder.path(), &["score", "-f", "json", "a.csv"], b"");
    let lines = run(folder.path(), &["score", "-f", "ndjson", "a.csv"], b"");
    let array: Vec<serde_json::Value> = serde_json::from_slice(&array.stdout).expect("JSON");
    let lines: Vec<serde_json::Value> = stdout(&lines)
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(array, lines);
}

/// Texts that act in a terminal, a spreadsheet or a program that reads carelessly.
const HOSTILE: [&str; 9] = [
    "=HYPERLINK(\"http://x\",\"y\")",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "say \"hi\", then\nleave",
    "\u{202E}gnp.exe",
    "\u{1B}[31mred\u{1B}]0;title\u{7}",
    "' OR 1=1 --",
    "<script>x</script>",
];

#[test]
fn kept_columns_are_copied_in_full_and_escaped() {
    let folder = folder();
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let rows = HOSTILE.map(|text| format!("{0},4,{0}\n", quoted(text)));
    let csv = format!("id,helping-1,=note\n{}", rows.concat());
    let keep = ["--keep", "=note", "-"];
    let output = score(folder.path(), &keep, csv.as_bytes());
    ended(&output, 0, &["9 scored"]);
    let rows = cells(&output.stdout);
    assert_eq!(rows[0].last().map(Vec::as_slice), Some(&b"'=note"[..]));
    for (row, text) in rows[1..].iter().zip(HOSTILE) {
        let mark = if text.starts_with(['=', '+', '-', '@']) {
            "'"
        } else {
            ""
        };
        let expected = format!("{mark}{text}").into_bytes();
        assert_eq!((row.len(), &row[0], &row[9]), (10, &expected, &expected));
    }
    // as JSON it is what it was, and comes back as it is
    let all = ["score", "-f", "ndjson", "--keep", "=note", "-"];
    let output = run(folder.path(), &all, csv.as_bytes());
    let mut again = String::new();
    for (line, text) in stdout(&output).lines().zip(HOSTILE) {
        let record: serde_json::Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(
            (&record["id"], &record["kept"]["=note"]),
            (&text.into(), &text.into())
        );
        let sheet = serde_json::json!({"id": text, "=note": text, "answers": {"helping-1": 4}});
        again.push_str(&sheet.to_string());
        again.push('\n');
    }
    assert_eq!(
        run(folder.path(), &all, again.as_bytes()).stdout,
        output.stdout
    );
    // the table is for a terminal
    let table = run(folder.path(), &["score", "--partial", "-"], csv.as_bytes());
    let table = stdout(&table);
    assert_eq!(table.lines().count(), 10);
    assert!(
        !table.contains(['\u{1B}', '\u{7}', '\u{202E}']),
        "{table:?}"
    );
    // so are messages
    let output = score(
        folder.path(),
        &["-"],
        csv.replace(",4,", ",\u{1B}[31m,").as_bytes(),
    );
    ended(&output, 4, &["9 rejected"]);
    assert!(!stderr(&output).contains('\u{1B}'));
}

#[test]
fn kept_json_values_keep_every_digit() {
    let folder = folder();
    let kept = "{\"b\":1.10,\"a\":[12345678901234567890123,1e400,null]}";
    let line =
        format!("{{\"id\":7,\"who\":{kept},\"name\":null,\"answers\":{{\"helping-1\":4}}}}\n");
    let all = [
        "score",
        "-f",
        "ndjson",
        "--keep",
        "who,name,none,answers,id",
        "-",
    ];
    let output = run(folder.path(), &all, line.as_bytes());
    ended(&output, 0, &["1 scored"]);
    let end = format!(
        ",\"kept\":{{\"who\":{kept},\"name\":\"\",\"none\":\"\",\"answers\":{{\"helping-1\":4}},\"id\":7}},\"answered\":1,\"asked\":93}}\n"
    );
    assert!(stdout(&output).ends_with(&end), "{}", stdout(&output));
    assert!(
        stdout(&output).contains("\"helping\":{\"raw\":75.00"),
        "the answers count as well"
    );
    let twice = score(folder.path(), &["--keep", "a,b,a", "-"], b"");
    ended(&twice, 2, &["--keep names a twice"]);
}

#[test]
fn rejected_rows_are_kept_in_full_and_can_be_corrected() {
    let folder = folder();
    let header = &b"id,helping-1,note\n"[..];
    let rows: [&[u8]; 10] = [
        b"plain,9,x",
        b"\"two\nlines\",9,\"say \"\"hi\"\"\"",
        b"=1+1,9,@x",
        b"'=1+1,9,x",
        b"-5,9,x",
        b"latin-\xE9\xFF,9,\xC3",
        b"nul\0,9,\0",
        b"spaces at the end,9,  \t ",
        b"short",
        b",x,,,",
    ];
    let input = [header, &rows.join(&b"\r\n"[..]), b"\r\n"].concat();
    put(folder.path(), "class.csv", &input);
    let output = score(
        folder.path(),
        &["--exact", "class.csv", "--rejects", "bad.csv"],
        b"",
    );
    ended(
        &output,
        4,
        &["0 scored (0 unclear, 0 insufficient), 10 rejected"],
    );
    let file = std::fs::read(folder.path().join("bad.csv")).expect("written");
    assert!(file.starts_with(b"file,line,column,value,reason,row\n"));
    let kept = cells(&file);
    assert_eq!(kept.len(), 11);
    let mut mended = header.to_vec();
    for (kept, row) in kept[1..].iter().zip(rows) {
        assert_eq!((kept.len(), &kept[0][..]), (6, &b"class.csv"[..]));
        // a mark in front is never the row's own
        let text = kept[5].strip_prefix(b"'").unwrap_or(&kept[5]);
        assert_eq!(text, row);
        assert!(!kept[5].starts_with(b"=") && !kept[5].starts_with(b"-"));
        mended.extend([text, b"\n"].concat());
    }
    let place = |n: usize| {
        kept[n][1..5]
            .iter()
            .map(|c| String::from_utf8_lossy(c))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        place(1),
        ["2", "helping-1", "9", "write a whole number 1 to 5"]
    );
    assert_eq!(place(3)[0], "5", "the row before has two lines");
    assert_eq!(place(9), ["11", "", "", "1 cells where the header has 3"]);
    let text = |bytes: &[u8]| bytes.iter().map(|&b| char::from(b)).collect::<String>();
    let mended = text(&mended).replace(",9,", ",5,");
    let output = score(folder.path(), &["-"], mended.as_bytes());
    ended(&output, 3, &["7 scored", "3 rejected"]);
}

#[test]
fn rejected_json_lines_are_kept_in_full() {
    let folder = folder();
    let lines = [
        "{\"id\":\"a\",\"answers\":{\"helping-1\":9}}",
        "nonsense, \"here\"",
        "=1+1",
    ];
    let input = format!("{}\n", lines.join("\r\n"));
    put(folder.path(), "a.ndjson", input);
    score(folder.path(), &["a.ndjson", "--rejects", "bad.csv"], b"");
    let file = std::fs::read(folder.path().join("bad.csv")).expect("written");
    let kept = cells(&file);
    let rows: Vec<&[u8]> = kept[1..].iter().map(|row| &row[5][..]).collect();
    assert_eq!(rows, [lines[0].as_bytes(), lines[1].as_bytes(), b"'=1+1"]);
}

#[test]
fn the_summary_counts_every_state() {
    let folder = folder();
    let csv = sheets(50, "csv");
    let header = csv.lines().next().expect("a header");
    let answers = header.matches(',').count();
    let flat = |id: &str, answer: &str| format!("{id}{}\n", format!(",{answer}").repeat(answers));
    let same: String = header
        .split(',')
        .map(|name| match name.rsplit_once('-').map(|n| n.0) {
            _ if name == "id" => "same".to_owned(),
            Some("spatial" | "perceptual" | "numerical") => ",?".to_owned(),
            _ => ",3".to_owned(),
        })
        .collect();
    let input = format!("{csv}{same}\n{}{}", flat("none", ""), flat("wrong", "x"));
    let count = |state: &str, output: &str| output.matches(&format!(",{state},")).count();
    let output = score(folder.path(), &["-"], input.as_bytes());
    let rows = stdout(&output);
    let (unclear, insufficient) = (count("unclear", &rows), count("insufficient", &rows));
    assert!(
        unclear > 0
            && insufficient == 1
            && rows.contains("same,unclear,straight-line;unattempted,")
    );
    let sum = format!("52 scored ({unclear} unclear, {insufficient} insufficient), 1 rejected");
    ended(
        &output,
        3,
        &[&sum, "1 of 53 rows were rejected; the others were scored"],
    );
    let quiet = score(folder.path(), &["-q", "-"], input.as_bytes());
    assert!(!stderr(&quiet).contains("52 scored") && stderr(&quiet).contains("1 of 53"));
}

#[test]
fn strict_stops_at_the_first_row_that_cannot_be_scored() {
    let folder = folder();
    let rows = |from: usize, to: usize| {
        (from..to).fold(String::new(), |all, n| all + &format!("p{n},4\n"))
    };
    let input = format!(
        "id,helping-1\n{}bad,9\n{}bad,8\n",
        rows(0, 60_000),
        rows(60_000, 120_000)
    );
    for jobs in ["1", "7"] {
        let all = ["--strict", "--jobs", jobs, "--rejects", "bad.csv", "-"];
        let output = score(folder.path(), &all, input.as_bytes());
        let place = "standard input:60002:2: helping-1: \"9\": write a whole number 1 to 5";
        ended(&output, 1, &[place, "stopped by --strict"]);
        assert!(!stderr(&output).contains("60001"));
        // what came before it is there, nothing after it, whoever was first
        assert_eq!(stdout(&output).lines().count(), 60_001);
        assert!(stdout(&output).contains("\np59999,"));
        assert_eq!(names(folder.path()), Vec::<String>::new());
    }
    let all = ["--strict", "-o", "out.csv", "-"];
    let output = score(folder.path(), &all, input.as_bytes());
    ended(&output, 1, &["stopped by --strict"]);
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

#[test]
fn the_first_rejections_are_reported_and_all_are_kept() {
    let folder = folder();
    let input = format!("id,helping-1\n{}", "bad,9\n".repeat(5000));
    let output = score(
        folder.path(),
        &["--rejects", "bad.csv", "-"],
        input.as_bytes(),
    );
    ended(
        &output,
        4,
        &["further rejected rows are only counted", "5000 rejected"],
    );
    assert_eq!(stderr(&output).matches("write a whole number").count(), 20);
    let file = std::fs::read(folder.path().join("bad.csv")).expect("written");
    assert_eq!(cells(&file).len(), 5001);
}

#[test]
fn outputs_differ_from_inputs_and_from_each_other() {
    let folder = folder();
    let csv = sheets(2, "csv");
    put(folder.path(), "in.csv", &csv);
    let lost = "in.csv is an input, and would be lost; write to another file";
    ended(
        &score(folder.path(), &["in.csv", "-o", "./in.csv"], b""),
        2,
        &[lost],
    );
    ended(
        &score(folder.path(), &["in.csv", "--rejects", "in.csv"], b""),
        2,
        &[lost],
    );
    let both = ["in.csv", "-o", "out.csv", "--rejects", "./out.csv"];
    let message = "results and rejected rows cannot both go to out.csv";
    ended(&score(folder.path(), &both, b""), 2, &[message]);
    assert_eq!(names(folder.path()), ["in.csv"]);
    let file = std::fs::read_to_string(folder.path().join("in.csv")).expect("there");
    assert_eq!(file, csv);
    let into = score(folder.path(), &["in.csv", "-o", "."], b"");
    ended(
        &into,
        1,
        &["cannot save .: it is a folder; give the name of a file"],
    );
    let nowhere = score(folder.path(), &["in.csv", "-o", "no/out.csv"], b"");
    ended(&nowhere, 1, &["cannot save no/out.csv: ", NOT_THERE]);
}
