//! Forms of survey services: from the form that is written to the export that the service makes of it, and
//! back to the same results, with no option. `tests/forms` does the same with what runs the forms.

use crate::batch::{ended, folder, put};
use crate::help::{root, run, stderr, stdout};
use serde_json::{Map, Value, json};
use std::path::Path;

/// A question of a form: its name, its text, and each answer as value and label.
struct Item {
    name: String,
    text: String,
    answers: Vec<(String, String)>,
}

/// Simulated people, some answers left out, as records.
fn people(at: &Path, pack: &[&str]) -> Vec<Value> {
    let arguments = [
        &["sample", "-n", "40", "--blank", "0.1", "-f", "ndjson"],
        pack,
    ]
    .concat();
    let output = run(at, &arguments, b"");
    let text = stdout(&output);
    put(at, "people.ndjson", &text);
    text.lines()
        .map(|line| serde_json::from_str(line).expect("a record"))
        .collect()
}

fn form(at: &Path, service: &str, pack: &[&str]) -> String {
    let output = run(at, &[&["questions", "-f", service], pack].concat(), b"");
    ended(&output, 0, &[]);
    stdout(&output)
}

/// What is scored without who it is of.
fn scored(at: &Path, file: &str, pack: &[&str]) -> Vec<String> {
    let output = run(
        at,
        &[&["score", "-f", "csv", "--top", "3", file], pack].concat(),
        b"",
    );
    ended(&output, 0, &["40 scored"]);
    let text = stdout(&output);
    text.lines()
        .map(|line| line.split_once(',').expect("columns").1.to_owned())
        .collect()
}

/// The place of what a person answered among the answers of a question.
fn given(person: &Value, id: &str) -> Option<usize> {
    match &person["answers"][id] {
        Value::Null => None,
        Value::String(letter) if letter == "?" => Some(usize::MAX),
        Value::String(letter) => Some(usize::from(letter.as_bytes()[0] - b'a')),
        number => Some(usize::try_from(number.as_u64().expect("a number")).expect("small") - 1),
    }
}

fn answer<'i>(item: &'i Item, person: &Value, id: &str) -> Option<&'i (String, String)> {
    let place = given(person, id)?;
    item.answers.get(place.min(item.answers.len() - 1))
}

/// The ids of a pack's questions, in the order of asking.
fn ids(at: &Path, pack: &[&str]) -> Vec<String> {
    let output = run(at, &[&["questions", "-f", "csv"], pack].concat(), b"");
    stdout(&output)
        .trim()
        .split(',')
        .skip(1)
        .map(str::to_owned)
        .collect()
}

fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A table of all people, the columns of the service first; all cells quoted, as services do.
fn table(
    first: &[(&str, &str)],
    header: impl Fn(&Item) -> String,
    value: impl Fn(&(String, String)) -> String,
    (items, ids): (&[Item], &[String]),
    people: &[Value],
) -> String {
    let names = first
        .iter()
        .map(|(name, _)| cell(name))
        .chain(items.iter().map(|item| cell(&header(item))));
    let mut out = names.collect::<Vec<_>>().join(",") + "\n";
    for (n, person) in people.iter().enumerate() {
        let first = first
            .iter()
            .map(|(_, value)| cell(&value.replace("ROW", &(n + 1).to_string())));
        let given = items
            .iter()
            .zip(ids)
            .map(|(item, id)| cell(&answer(item, person, id).map_or_else(String::new, &value)));
        out += &(first.chain(given).collect::<Vec<_>>().join(",") + "\n");
    }
    out
}

/// A table of commas, with quotes as in RFC 4180.
fn csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    rows
}

/// Text as a browser or an export shows it.
fn unescaped(html: &str) -> String {
    html.replace("&#123;", "{")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

fn google(script: &str) -> Vec<Item> {
    let data = script.split("var FORM = ").nth(1).expect("data");
    let data = data.split(";\n\nfunction").next().expect("its end");
    let form: Value = serde_json::from_str(data).expect("JSON");
    let sections = form["sections"].as_array().expect("sections").iter();
    let questions = sections.flat_map(|s| s["questions"].as_array().expect("questions"));
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    questions
        .map(|q| Item {
            name: text(&q["text"]),
            text: text(&q["text"]),
            answers: q["answers"]
                .as_array()
                .expect("answers")
                .iter()
                .map(|a| (text(a), text(a)))
                .collect(),
        })
        .collect()
}

fn surveyjs(form: &str) -> Vec<(Item, Vec<Value>)> {
    let form: Value = serde_json::from_str(form).expect("JSON");
    let pages = form["pages"].as_array().expect("pages").iter();
    let elements = pages.flat_map(|page| page["elements"].as_array().expect("elements"));
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    elements
        .filter(|e| e["type"] == "radiogroup")
        .map(|e| {
            let choices = e["choices"].as_array().expect("choices");
            let answers = choices
                .iter()
                .map(|c| (c["value"].to_string(), text(&c["text"])))
                .collect();
            (
                Item {
                    name: text(&e["name"]),
                    text: text(&e["title"]),
                    answers,
                },
                choices.iter().map(|c| c["value"].clone()).collect(),
            )
        })
        .collect()
}

fn redcap(dictionary: &str) -> Vec<Item> {
    let rows = csv(dictionary);
    assert!(rows.iter().all(|row| row.len() == 18), "18 cells a row");
    rows.into_iter()
        .filter(|row| row[3] == "radio")
        .map(|row| Item {
            name: row[0].clone(),
            text: unescaped(&row[4]),
            answers: row[5]
                .split(" | ")
                .map(|choice| {
                    let (value, label) = choice.split_once(", ").expect("value, label");
                    (value.to_owned(), unescaped(label))
                })
                .collect(),
        })
        .collect()
}

fn limesurvey(structure: &str) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut lines = structure.trim_start_matches('\u{feff}').lines();
    let width = lines.next().expect("a header").split('\t').count();
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), width, "{line}");
        assert!(!line.contains('"'), "{line}");
        match (cells[0], cells[1]) {
            ("Q", "L") => items.push(Item {
                name: cells[2].to_owned(),
                text: unescaped(cells[4]),
                answers: Vec::new(),
            }),
            ("A", _) => items
                .last_mut()
                .expect("a question")
                .answers
                .push((cells[2].to_owned(), unescaped(cells[4]))),
            _ => {}
        }
    }
    items
}

/// A pack, people who answered it, and the results that they have.
struct Round<'a> {
    at: &'a Path,
    pack: &'a [&'a str],
    ids: Vec<String>,
    people: Vec<Value>,
    right: Vec<String>,
}

impl Round<'_> {
    /// Holds that a file gives the right results, with no option, and that every row of it is read.
    fn check(&self, name: &str, export: String) {
        put(self.at, name, export);
        assert_eq!(scored(self.at, name, self.pack), self.right, "{name}");
        let read = run(self.at, &[&["read", name], self.pack].concat(), b"");
        assert_eq!(read.status.code(), Some(0), "{name}: {}", stderr(&read));
    }

    /// The same for a table of all people.
    fn table(
        &self,
        name: &str,
        first: &[(&str, &str)],
        header: impl Fn(&Item) -> String,
        value: impl Fn(&(String, String)) -> String,
        items: &[Item],
    ) {
        let table = table(first, header, value, (items, &self.ids), &self.people);
        self.check(name, table);
    }

    fn google(&self) {
        let items = google(&form(self.at, "google-forms", self.pack));
        let first = [
            ("Timestamp", "2026/03/02 9:14:00 am GMT+13"),
            ("Code", "s-ROW"),
        ];
        self.table(
            "google.csv",
            &first,
            |i| i.text.clone(),
            |a| a.1.clone(),
            &items,
        );
    }

    fn surveyjs(&self) {
        let items = surveyjs(&form(self.at, "surveyjs", self.pack));
        let record = |(n, person): (usize, &Value)| {
            let mut record = Map::from_iter([("code".to_owned(), json!(format!("s-{n}")))]);
            for ((item, values), id) in items.iter().zip(&self.ids) {
                assert_eq!(item.name, *id);
                if let Some(place) = given(person, id) {
                    let value = values[place.min(values.len() - 1)].clone();
                    record.insert(item.name.clone(), value);
                }
            }
            Value::Object(record)
        };
        let records: Vec<Value> = self.people.iter().enumerate().map(record).collect();
        self.check("surveyjs.json", Value::Array(records.clone()).to_string());
        let lines: Vec<String> = records.iter().map(|record| format!("{record}\n")).collect();
        self.check("surveyjs.ndjson", lines.concat());
        let items: Vec<Item> = items.into_iter().map(|(item, _)| item).collect();
        let first = [("HappendAt", "2026-03-02"), ("Code", "s-ROW")];
        self.table(
            "surveyjs.csv",
            &first,
            |i| i.text.clone(),
            |a| a.1.clone(),
            &items,
        );
    }

    fn redcap(&self) {
        let items = redcap(&form(self.at, "redcap", self.pack));
        let first = [
            ("record_id", "ROW"),
            ("redcap_survey_identifier", ""),
            ("career_questions_timestamp", "2026-03-02 09:14"),
            ("code", "s-ROW"),
        ];
        self.table(
            "redcap-raw.csv",
            &first,
            |i| i.name.clone(),
            |a| a.0.clone(),
            &items,
        );
        let first = [
            ("Record ID", "ROW"),
            ("Survey Identifier", ""),
            ("Survey Timestamp", "2026-03-02 09:14"),
            ("Code", ""),
        ];
        self.table(
            "redcap-labels.csv",
            &first,
            |i| i.text.clone(),
            |a| a.1.clone(),
            &items,
        );
    }

    fn limesurvey(&self) {
        let items = limesurvey(&form(self.at, "limesurvey", self.pack));
        let names = ["id", "submitdate", "lastpage", "startlanguage", "code"];
        let texts = [
            "Response ID",
            "Date submitted",
            "Last page",
            "Start language",
            "Code",
        ];
        let values = ["ROW", "2026-03-02 09:14:00", "6", "en", "s-ROW"];
        for heading in ["code", "text", "both"] {
            let called = |name: &str, text: &str| match heading {
                "code" => name.to_owned(),
                "text" => text.to_owned(),
                _ => format!("{name}. {text}"),
            };
            let first = names
                .iter()
                .zip(texts)
                .map(|(name, text)| called(name, text));
            let first: Vec<String> = first.collect();
            let first: Vec<(&str, &str)> = first.iter().map(String::as_str).zip(values).collect();
            let header = |item: &Item| called(&item.name, &item.text);
            let name = format!("limesurvey-{heading}");
            self.table(
                &format!("{name}-values.csv"),
                &first,
                header,
                |a| a.0.clone(),
                &items,
            );
            self.table(
                &format!("{name}-labels.csv"),
                &first,
                header,
                |a| a.1.clone(),
                &items,
            );
        }
    }
}

/// Makes the round through every service and each way in which it exports.
fn round(pack: &[&str]) {
    let folder = folder();
    let at = folder.path();
    let people = people(at, pack);
    let round = Round {
        at,
        pack,
        ids: ids(at, pack),
        people,
        right: scored(at, "people.ndjson", pack),
    };
    round.google();
    round.surveyjs();
    round.redcap();
    round.limesurvey();
}

#[test]
fn what_a_service_exports_of_its_form_is_scored_as_the_answers_are() {
    round(&[]);
    let small = root().join("tests/packs/small").display().to_string();
    round(&["--pack", &small]);
}

#[test]
fn drawings_and_practice_are_in_every_form_and_no_answer_is() {
    let folder = folder();
    for service in ["google-forms", "surveyjs", "redcap", "limesurvey"] {
        let form = form(folder.path(), service, &[]);
        for part in [
            "(bottom)",
            "so the sheet is tall and narrow",
            "I don't know",
            "Not for me",
        ] {
            assert!(form.contains(part), "{service}: {part}");
        }
        // why an answer is right stands in the key only
        assert!(!form.contains("A hollow slice is a ring"), "{service}");
    }
    let titled = run(
        folder.path(),
        &["questions", "-f", "surveyjs", "--title", "Hill School"],
        b"",
    );
    assert!(stdout(&titled).contains("\"title\": \"Hill School\""));
    ended(
        &run(folder.path(), &["questions", "-f", "redcap", "--key"], b""),
        2,
        &["use --key with -f text"],
    );
}

/// A copy of the small pack in which the texts of questions and answers are hard to write.
fn hard_pack(at: &Path) -> String {
    let (from, to) = (root().join("tests/packs/small"), at.join("hard"));
    for part in ["questions", "profiles"] {
        std::fs::create_dir_all(to.join(part)).expect("made");
        for entry in std::fs::read_dir(from.join(part))
            .expect("listed")
            .flatten()
        {
            let mut text = std::fs::read_to_string(entry.path()).expect("read");
            if part == "questions" {
                let hard = r#" \\\"x\\\" </script><b>&amp; {SGQA} $HOME 'y' = "#;
                text = text
                    .lines()
                    .map(|line| match line.strip_prefix("text = \"") {
                        Some(rest) => format!("text = \"={}{hard}\"\n", rest.trim_end_matches('"')),
                        None => format!("{line}\n"),
                    })
                    .collect::<Vec<_>>()
                    .concat();
            }
            std::fs::write(to.join(part).join(entry.file_name()), text).expect("written");
        }
    }
    to.display().to_string()
}

#[test]
fn texts_that_are_hard_to_write_come_back() {
    let folder = folder();
    let pack = hard_pack(folder.path());
    round(&["--pack", &pack]);
    let script = form(folder.path(), "google-forms", &["--pack", &pack]);
    assert!(!script.contains('\u{2028}'));
}

#[test]
fn an_id_that_a_service_cannot_name_is_told() {
    let folder = folder();
    let at = folder.path();
    let pack = hard_pack(at);
    for entry in std::fs::read_dir(at.join("hard/questions"))
        .expect("listed")
        .flatten()
    {
        let text = std::fs::read_to_string(entry.path()).expect("read");
        if let Some((before, after)) = text.split_once("id = \"blood\"") {
            put(
                &at.join("hard/questions"),
                &entry.file_name().to_string_lossy(),
                format!("{before}id = \"2nd\"{after}"),
            );
        }
    }
    for entry in std::fs::read_dir(at.join("hard/profiles"))
        .expect("listed")
        .flatten()
    {
        let text = std::fs::read_to_string(entry.path()).expect("read");
        put(
            &at.join("hard/profiles"),
            &entry.file_name().to_string_lossy(),
            text.replace("blood =", "2nd ="),
        );
    }
    for service in ["redcap", "limesurvey"] {
        let output = run(at, &["questions", "-f", service, "--pack", &pack], b"");
        ended(
            &output,
            1,
            &[
                "2nd: ",
                "begins with a letter",
                "give the question another id",
            ],
        );
    }
}
