//! Reading the files that people have: every shape comes to what the clean sheet comes to, every mistake
//! is told with its place, and what can be read in two ways is refused.

use crate::help::{built_in, root, run, stderr, stdout};
use crate::shapes::containers::{archive, ods, xlsx};
use crate::shapes::{Grid, Ids, Shape, Sheet, all};
use proptest::prelude::*;
use rolescope::storage::pack_files;
use rolescope_core::Pack;
use std::path::{Path, PathBuf};
use std::process::Output;
use tempfile::TempDir;

fn example(name: &str) -> (Pack, PathBuf) {
    let path = root().join("examples").join(name);
    let files = pack_files::folder(&path).expect("the pack can be read");
    (Pack::parse(&files).expect("the pack is valid"), path)
}

/// Runs a command on a file, which is written first.
fn on_file(
    folder: &Path,
    command: &[&str],
    file: &str,
    bytes: &[u8],
    options: &[String],
) -> Output {
    std::fs::write(folder.join(file), bytes).expect("written");
    let mut arguments: Vec<&str> = command.to_vec();
    arguments.push(file);
    arguments.extend(options.iter().map(String::as_str));
    run(folder, &arguments, b"")
}

fn options_of(sheet: &Sheet, shape: &Shape) -> Vec<String> {
    [shape.options.clone(), sheet.chosen.clone()].concat()
}

/// What the clean sheet comes to, with the ids that the people of a shape have.
fn expected(folder: &Path, sheet: &Sheet, shape: &Shape) -> String {
    let ids: Vec<String> = match shape.ids {
        Ids::Kept => sheet.ids.clone(),
        Ids::Rows(first) => (first..)
            .take(sheet.ids.len())
            .map(|n| format!("row {n}"))
            .collect(),
    };
    let clean = on_file(
        folder,
        &["score", "-q", "-f", "ndjson"],
        "clean.csv",
        sheet.clean(&ids).as_bytes(),
        &sheet.chosen,
    );
    assert_eq!(clean.status.code(), Some(0), "{}", stderr(&clean));
    stdout(&clean)
}

/// A grid in a shape, scored.
fn scored(folder: &Path, sheet: &Sheet, shape: &Shape, grid: &Grid, format: &str) -> Output {
    on_file(
        folder,
        &["score", "-q", "-f", format],
        shape.file,
        &(shape.write)(grid),
        &options_of(sheet, shape),
    )
}

/// Every shape of a sheet, scored and compared; and with one unreadable cell.
fn every_shape(sheet: &Sheet) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    let shapes = all(sheet);
    assert!(shapes.len() > 60, "{} shapes", shapes.len());
    for shape in &shapes {
        let found = scored(folder, sheet, shape, &shape.grid, "ndjson");
        let said = stderr(&found);
        assert_eq!(found.status.code(), Some(0), "{}: {said}", shape.name);
        assert_eq!(
            stdout(&found),
            expected(folder, sheet, shape),
            "{}: {said}",
            shape.name
        );
        flipped(folder, sheet, shape);
    }
}

/// One cell that is no answer: only its person is rejected, and its place is told.
fn flipped(folder: &Path, sheet: &Sheet, shape: &Shape) {
    let (person, question) = (3, sheet.questions().len() / 2);
    let mut grid = shape.grid.clone();
    let (row, column) = (grid.place)(&grid, person, question);
    if row == 0 {
        return;
    }
    "zzz9".clone_into(&mut grid.rows[row][column]);
    let found = scored(folder, sheet, shape, &grid, "csv");
    let said = stderr(&found);
    assert_eq!(found.status.code(), Some(3), "{}: {said}", shape.name);
    assert_eq!(
        stdout(&found).lines().count(),
        sheet.ids.len(),
        "{}: {said}",
        shape.name
    );
    let place = if shape.sheet {
        format!("{}:Class 11!{}", shape.file, cell_name(row, column))
    } else if shape.file.contains("json") {
        String::new()
    } else {
        let first = if shape.name == "a stated delimiter" {
            2
        } else {
            1
        };
        format!(":{}:{}: ", row + first, column + 1)
    };
    assert!(
        said.contains("\"zzz9\": write ") && said.contains(&place),
        "{}: {place}: {said}",
        shape.name
    );
}

fn cell_name(row: usize, column: usize) -> String {
    let letter = |n: usize| char::from(b'A' + u8::try_from(n).expect("a letter"));
    let letters = if column < 26 {
        letter(column).to_string()
    } else {
        format!("{}{}", letter(column / 26 - 1), letter(column % 26))
    };
    format!("{letters}{}", row + 1)
}

#[test]
fn every_shape_of_the_built_in_pack_is_read() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    every_shape(&Sheet::new(folder.path(), built_in(), None, "0.1"));
}

#[test]
fn every_shape_of_the_workshop_is_read() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (pack, path) = example("workshop");
    every_shape(&Sheet::new(folder.path(), pack, Some(&path), "0.1"));
}

#[test]
fn every_shape_of_the_interests_is_read() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (pack, path) = example("riasec");
    every_shape(&Sheet::new(folder.path(), pack, Some(&path), "0"));
}

fn workshop(folder: &Path) -> Sheet {
    let (pack, path) = example("workshop");
    Sheet::new(folder, pack, Some(&path), "0")
}

/// Files of the workshop's people that cannot be read as they are.
struct Refusals {
    folder: TempDir,
    sheet: Sheet,
    clean: String,
}

impl Refusals {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let sheet = workshop(folder.path());
        let clean = sheet.clean(&sheet.ids);
        Self {
            folder,
            sheet,
            clean,
        }
    }

    fn run(&self, command: &[&str], file: &str, bytes: &[u8]) -> Output {
        on_file(self.folder.path(), command, file, bytes, &self.sheet.chosen)
    }

    /// Holds that a file ends the run with this code and each of these parts of a message.
    fn refused(&self, file: &str, bytes: &[u8], code: i32, parts: &[&str]) {
        let found = self.run(&["score", "-q", "-f", "csv"], file, bytes);
        let said = stderr(&found);
        assert_eq!(found.status.code(), Some(code), "{file}: {said}");
        for part in parts {
            assert!(said.contains(part), "{file}: lacks {part}: {said}");
        }
    }
}

#[test]
fn what_can_be_read_in_two_ways_is_refused_and_both_are_named() {
    let files = Refusals::new();
    let clean = &files.clean;
    // two columns for one question, one of them by its text
    let (head, rows) = clean.split_once('\n').expect("a header");
    let text = files.sheet.pack.questions()[0].text();
    let rows: String = rows.lines().flat_map(|row| [row, ",3\n"]).collect();
    files.refused(
        "two.csv",
        format!("{head},{text}\n{rows}").as_bytes(),
        1,
        &["both mean making-1", "columns 2", "and 29"],
    );
    // a column that means two questions
    let crossed = clean.replacen("making-2", &format!("making-2: {text}"), 1);
    files.refused(
        "crossed.csv",
        crossed.as_bytes(),
        1,
        &["can mean making-2 and making-1"],
    );
    // ratings from 0
    let from_0: String = clean
        .lines()
        .enumerate()
        .map(|(n, row)| {
            if n == 0 {
                format!("{row}\n")
            } else {
                lowered(row)
            }
        })
        .collect();
    files.refused(
        "zero.csv",
        from_0.as_bytes(),
        1,
        &["two ways", "--codes 0..4", "--missing 0", "making-1"],
    );
    // number and label
    let disagree = clean.replacen(",1,", ",3 - Like,", 1);
    files.refused(
        "label.csv",
        disagree.as_bytes(),
        3,
        &["number and label disagree: \"Like\" is 4"],
    );
}

#[test]
fn an_encoding_or_a_file_of_an_archive_that_nobody_named_is_asked_for() {
    let files = Refusals::new();
    let clean = files.clean.as_bytes();
    let latin = [clean, b"Jos\xE9,3\n"].concat();
    files.refused(
        "latin.csv",
        &latin,
        1,
        &["--encoding windows-1252", "\"Jos\u{E9}\""],
    );
    let two = archive(&[("a.csv", clean), ("b.csv", clean)]);
    files.refused(
        "two.zip",
        &two,
        1,
        &["2 files (a.csv, b.csv)", "one is read"],
    );
    let nested = archive(&[("a.zip", &archive(&[("a.csv", clean)]))]);
    files.refused(
        "nested.zip",
        &nested,
        1,
        &["a.zip is a file within an archive"],
    );
}

#[test]
fn columns_that_name_too_few_questions_are_refused_until_a_person_agrees() {
    let files = Refusals::new();
    let clean = &files.clean;
    // names without hyphens, of which none is a question's
    let (head, _) = clean.split_once('\n').expect("a header");
    let bare = clean.replacen(head, &head.replace('-', ""), 1);
    files.refused(
        "bare.csv",
        bare.as_bytes(),
        1,
        &[
            "no column is a question's id",
            "did you mean making-1?",
            "rolescope read bare.csv",
        ],
    );
    // questions without a column, which nothing silences
    let cut: String = clean
        .lines()
        .flat_map(|row| [row.rsplit_once(',').expect("cells").0, "\n"])
        .collect();
    files.refused(
        "cut.csv",
        cut.as_bytes(),
        1,
        &["1 question of 27 has no column: heavy-loads", "--partial"],
    );
    let partly = ["score", "-q", "-f", "ndjson", "--partial"];
    let found = files.run(&partly, "cut.csv", cut.as_bytes());
    assert_eq!(found.status.code(), Some(0));
    assert!(
        stdout(&found).contains("\"answered\":26,\"asked\":26"),
        "{}",
        stdout(&found)
    );
    // most columns not understood
    let odd = "id,making-1,making-2,making-3,a,b,c,d,e\nx,3,3,3,1,1,1,1,1\n";
    let found = files.run(&["score", "--partial"], "odd.csv", odd.as_bytes());
    assert_eq!(found.status.code(), Some(1));
    assert!(
        stderr(&found).contains("4 of 9 columns are understood, under half"),
        "{}",
        stderr(&found)
    );
}

/// A row whose answers on scales count from 0, and none of which is the last.
fn lowered(row: &str) -> String {
    let (id, cells) = row.split_once(',').expect("cells");
    let cells = cells.split(',').map(|cell| match cell.parse::<u8>() {
        Ok(number) => (number - 1).to_string(),
        Err(_) => cell.to_owned(),
    });
    format!("{id},{}\n", cells.collect::<Vec<_>>().join(","))
}

#[test]
fn what_is_no_file_of_answers_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut tar = vec![0; 512];
    tar[257..262].copy_from_slice(b"ustar");
    for (bytes, part) in [
        (&tar[..], "a tar archive"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"\xFD7zXZ\0....", "compressed by xz"),
        (b"PAR1....", "a Parquet file"),
        (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"i\0d\0,\0a\0", "--encoding utf-16le"),
    ] {
        let found = on_file(folder.path(), &["score"], "what", bytes, &[]);
        let said = stderr(&found);
        assert_eq!(found.status.code(), Some(1), "{part}: {said}");
        assert!(
            said.contains(part) && said.contains("what "),
            "{part}: {said}"
        );
    }
}

#[test]
fn a_map_is_written_changed_and_read() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    let sheet = workshop(folder);
    let clean = sheet
        .clean(&sheet.ids)
        .replacen("making-1", "Broken things", 1)
        .replacen("id,", "who,", 1);
    let found = on_file(
        folder,
        &["read", "-q", "--write-map", "map.toml"],
        "odd.csv",
        clean.as_bytes(),
        &sheet.chosen,
    );
    assert!(
        stdout(&found).contains("no column for making-1"),
        "{}",
        stderr(&found)
    );
    let map = std::fs::read_to_string(folder.join("map.toml")).expect("a map");
    let map = map
        .replace(
            "\"Broken things\" = \"\"",
            "\"Broken things\" = \"making-1\"",
        )
        .replacen("layout", "id = \"who\"\nlayout", 1);
    std::fs::write(folder.join("map.toml"), map).expect("written");
    let chosen = [
        sheet.chosen.clone(),
        vec!["--map".to_owned(), "map.toml".to_owned()],
    ]
    .concat();
    let found = on_file(
        folder,
        &["score", "-q", "-f", "csv"],
        "odd.csv",
        clean.as_bytes(),
        &chosen,
    );
    assert_eq!(found.status.code(), Some(0), "{}", stderr(&found));
    let right = on_file(
        folder,
        &["score", "-q", "-f", "csv"],
        "clean.csv",
        sheet.clean(&sheet.ids).as_bytes(),
        &sheet.chosen,
    );
    assert_eq!(stdout(&found), stdout(&right));
    let found = on_file(
        folder,
        &["read", "-f", "clean"],
        "odd.csv",
        clean.as_bytes(),
        &chosen,
    );
    assert_eq!(
        stdout(&found),
        sheet.clean(&sheet.ids),
        "{}",
        stderr(&found)
    );
    // what is not its file
    let found = on_file(
        folder,
        &["score"],
        "clean.csv",
        sheet.clean(&sheet.ids).as_bytes(),
        &chosen,
    );
    assert!(
        stderr(&found).contains("no column who of ids"),
        "{}",
        stderr(&found)
    );
}

#[test]
fn a_page_shows_how_a_file_is_read() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    let sheet = workshop(folder);
    let shapes = all(&sheet);
    let shape = shapes
        .iter()
        .find(|shape| shape.name == "three header rows")
        .expect("there is one");
    let bytes = (shape.write)(&shape.grid);
    let found = on_file(folder, &["read"], shape.file, &bytes, &sheet.chosen);
    let page = stdout(&found);
    assert_eq!(found.status.code(), Some(0), "{}", stderr(&found));
    for part in [
        "wide: a row a person",
        "row 2: repeats the questions",
        "row 3: machine marks",
        "column \"ResponseId\"",
        "5 people would be read, 0 would not",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let mut grid = shape.grid.clone();
    grid.rows[4][2] = "maybe".to_owned();
    let found = on_file(
        folder,
        &["read", "-f", "csv"],
        shape.file,
        &(shape.write)(&grid),
        &sheet.chosen,
    );
    assert_eq!(found.status.code(), Some(3), "{}", stderr(&found));
    let row = stdout(&found)
        .lines()
        .find(|row| row.contains(",living-things-1,"))
        .map(str::to_owned)
        .expect("a row");
    assert!(
        row.contains(",5:3,maybe,write a whole number 1 to 5"),
        "{row}"
    );
}

#[test]
fn rejected_rows_come_back_as_they_came_in() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    let sheet = workshop(folder);
    for shape in all(&sheet).iter().filter(|shape| {
        [
            "labels",
            "a title",
            "three header rows",
            "long",
            "semicolons with a mark",
            "XLSX of words",
            "NDJSON of words",
            "a JSON array",
            "ZIP",
        ]
        .contains(&shape.name.as_str())
    }) {
        let mut grid = shape.grid.clone();
        let (row, column) = (grid.place)(&grid, 2, 5);
        let right = std::mem::replace(&mut grid.rows[row][column], "zzz9".to_owned());
        let options = options_of(&sheet, shape);
        let command = [
            "score",
            "-q",
            "-f",
            "csv",
            "--rejects",
            "bad.txt",
            "--rejects-as",
            "input",
        ];
        let found = on_file(
            folder,
            &command,
            shape.file,
            &(shape.write)(&grid),
            &options,
        );
        assert_eq!(
            found.status.code(),
            Some(3),
            "{}: {}",
            shape.name,
            stderr(&found)
        );
        let bad = std::fs::read_to_string(folder.join("bad.txt")).expect("rows");
        let mended = bad.replace("zzz9", &right);
        let again: Vec<String> = sheet.chosen.clone();
        let found = on_file(
            folder,
            &["score", "-q", "-f", "ndjson"],
            "mended",
            mended.as_bytes(),
            &again,
        );
        assert_eq!(
            found.status.code(),
            Some(0),
            "{}: {}\n{mended}",
            shape.name,
            stderr(&found)
        );
        let all = expected(folder, &sheet, shape);
        assert_eq!(
            stdout(&found).trim_end(),
            all.lines().nth(2).expect("a person"),
            "{}",
            shape.name
        );
    }
}

#[test]
fn all_mistakes_of_a_row_are_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sheet = workshop(folder.path());
    let mut codes = sheet.codes[2].clone();
    for (q, wrong) in [(1, "x"), (4, "9"), (7, "4.5")] {
        wrong.clone_into(&mut codes[q]);
    }
    let text = format!(
        "id,{}\na,{}\n",
        sheet.questions().join(","),
        codes.join(",")
    );
    let found = on_file(
        folder.path(),
        &["score"],
        "a.csv",
        text.as_bytes(),
        &sheet.chosen,
    );
    let said = stderr(&found);
    for part in [
        "a.csv:2:3: living-things-1: \"x\"",
        "a.csv:2:6: ",
        "a.csv:2:9: ",
        "has a fraction",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let text = "{\"id\":\"a\",\"answers\":{\"making-1\":9,\"making-2\":\"x\"},\"id\":\"b\"}\n";
    let found = on_file(
        folder.path(),
        &["score"],
        "a.ndjson",
        text.as_bytes(),
        &sheet.chosen,
    );
    let said = stderr(&found);
    for part in [
        "a.ndjson:1:22: making-1: \"9\"",
        "a.ndjson:1:35: making-2: \"x\"",
        "id is given twice",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn every_command_with_answers_reads_any_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    let sheet = workshop(folder);
    let shapes = all(&sheet);
    let shape = shapes
        .iter()
        .find(|shape| shape.name == "XLSX of words")
        .expect("there is one");
    std::fs::write(folder.join("class.xlsx"), (shape.write)(&shape.grid)).expect("written");
    let pack = &sheet.chosen[1];
    let id = sheet.ids[1].as_str();
    let text = |arguments: &[&str]| {
        let all = [arguments, &["--pack", pack]].concat();
        let output = run(folder, &all, b"");
        assert_eq!(
            output.status.code(),
            Some(0),
            "{arguments:?}: {}",
            stderr(&output)
        );
        stdout(&output)
    };
    assert!(text(&["report", "class.xlsx", "--person", id]).contains(id));
    assert!(text(&["report", "--group", "class.xlsx"]).contains("5 people"));
    assert!(
        text(&[
            "compare",
            "baker",
            "joiner",
            "--answers",
            "class.xlsx",
            "--person",
            id
        ])
        .contains(id)
    );
    assert!(text(&["roles", "--rating-sheet", "class.xlsx"]).contains(id));
    let results = text(&["score", "-q", "-f", "ndjson", "class.xlsx"]);
    std::fs::write(folder.join("results.ndjson"), results).expect("written");
    text(&["verify", "results.ndjson", "--answers", "class.xlsx"]);
    text(&["session", "import", "class.xlsx"]);
    assert!(text(&["session", "list"]).contains(id));
    let again = run(
        folder,
        &["session", "import", "class.xlsx", "--pack", pack],
        b"",
    );
    assert!(
        stderr(&again).contains("0 sessions taken in, 5 skipped"),
        "{}",
        stderr(&again)
    );
    // of several people, one is to be named
    let output = run(folder, &["report", "class.xlsx", "--pack", pack], b"");
    assert!(
        stderr(&output).contains("holds 5 people") && stderr(&output).contains("--person"),
        "{}",
        stderr(&output)
    );
    // own results come back in
    let own = text(&["score", "-q", "-f", "json", "--with-answers", "class.xlsx"]);
    std::fs::write(folder.join("own.json"), own).expect("written");
    assert_eq!(
        text(&["score", "-q", "-f", "csv", "own.json"]),
        text(&["score", "-q", "-f", "csv", "class.xlsx"])
    );
}

#[test]
fn the_exact_dialect_reads_nothing_else() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    let sheet = workshop(folder);
    let clean = sheet.clean(&sheet.ids);
    let exact = [sheet.chosen.clone(), vec!["--exact".to_owned()]].concat();
    let found = on_file(
        folder,
        &["score", "-q"],
        "clean.csv",
        clean.as_bytes(),
        &exact,
    );
    assert_eq!(found.status.code(), Some(0), "{}", stderr(&found));
    for shape in all(&sheet) {
        if [
            "labels",
            "floats",
            "underscores",
            "NA",
            "XLSX of numbers",
            "long",
            "a title",
            "UTF-16, little",
            "ZIP",
        ]
        .contains(&shape.name.as_str())
        {
            let found = on_file(
                folder,
                &["score", "-q"],
                shape.file,
                &(shape.write)(&shape.grid),
                &exact,
            );
            // of people without a blank answer, NA is never written
            let right = shape.name == "NA";
            assert_eq!(
                found.status.success(),
                right,
                "{}: {}",
                shape.name,
                stderr(&found)
            );
        }
    }
    let flat = b"{\"id\":\"a\",\"helping-1\":4}\n";
    let numbered = b"{\"id\":4.0,\"answers\":{\"helping-1\":4}}\n";
    for (text, told) in [
        (&flat[..], "missing field `answers`; a line is"),
        (numbered, "an id is a text or a whole number"),
    ] {
        let score = ["score", "-q", "--partial"];
        let found = on_file(folder, &score, "in.ndjson", text, &["--exact".to_owned()]);
        assert_eq!(found.status.code(), Some(4), "{}", stderr(&found));
        assert!(stderr(&found).contains(told), "{}", stderr(&found));
        let found = on_file(folder, &score, "in.ndjson", text, &[]);
        assert_eq!(found.status.code(), Some(0), "{}", stderr(&found));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn a_random_sheet_in_a_random_shape_is_read_as_it_was_written(
        picks in prop::collection::vec(prop::collection::vec(0..6_u8, 27), 5),
        which in any::<prop::sample::Index>(),
    ) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut sheet = workshop(folder.path());
        for (p, picks) in picks.iter().enumerate().skip(2) {
            for (q, pick) in picks.iter().enumerate() {
                let choices = sheet.pack.questions()[q].choices();
                sheet.codes[p][q] = if *pick == 0 { String::new() } else { ((pick - 1) % choices + 1).to_string() };
            }
        }
        let shapes = all(&sheet);
        let shape = which.get(&shapes);
        let found = on_file(folder.path(), &["read", "-f", "clean"], shape.file, &(shape.write)(&shape.grid), &options_of(&sheet, shape));
        let ids: Vec<String> = match shape.ids {
            Ids::Kept => sheet.ids.clone(),
            Ids::Rows(first) => (first..).take(5).map(|n| format!("row {n}")).collect(),
        };
        prop_assert_eq!(stdout(&found), sheet.clean(&ids), "{}: {}", shape.name, stderr(&found));
    }
}

#[test]
fn workbooks_say_what_they_lack() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let grid = Grid {
        rows: vec![
            vec!["a".to_owned(), "b".to_owned()],
            vec!["1".to_owned(), "2".to_owned()],
        ],
        place: |_, _, _| (0, 0),
        above: 1,
        before: 0,
        questions: 0,
    };
    for (file, bytes) in [("class.xlsx", xlsx(&grid)), ("class.ods", ods(&grid))] {
        let found = on_file(folder.path(), &["score"], file, &bytes, &[]);
        assert_eq!(found.status.code(), Some(1));
        let said = stderr(&found);
        assert!(
            said.contains("no column is a question's id") && said.contains(file),
            "{said}"
        );
        let named = on_file(
            folder.path(),
            &["score", "--sheet", "None"],
            file,
            &bytes,
            &[],
        );
        assert!(
            stderr(&named).contains("no sheet \"None\"; there are "),
            "{}",
            stderr(&named)
        );
    }
}
