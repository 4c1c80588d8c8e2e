//! The shapes in which forms, spreadsheets and statistics programs hand over answers, written from any
//! pack: the same people in each.

pub(crate) mod containers;

use crate::help::{run, stdout};
use rolescope_core::{AnswerFormat, Measure, Pack};
use std::path::Path;

/// People of a test.
pub(crate) const PEOPLE: usize = 5;

/// A pack, and people who answered it.
pub(crate) struct Sheet {
    /// The pack.
    pub pack: Pack,
    /// Options that choose it.
    pub chosen: Vec<String>,
    /// Labels of people.
    pub ids: Vec<String>,
    /// Their answers as the program writes them; empty where there is none.
    pub codes: Vec<Vec<String>>,
}

impl Sheet {
    /// People who answered a pack, a share of them not.
    pub(crate) fn new(folder: &Path, pack: Pack, path: Option<&Path>, blank: &str) -> Self {
        let chosen: Vec<String> = path.map_or_else(Vec::new, |path| {
            vec!["--pack".to_owned(), path.display().to_string()]
        });
        let n = PEOPLE.to_string();
        let mut arguments = vec!["sample", "-n", &n, "--seed", "7", "--blank", blank];
        arguments.extend(chosen.iter().map(String::as_str));
        let output = stdout(&run(folder, &arguments, b""));
        let mut rows = output
            .lines()
            .skip(1)
            .map(|row| row.split(',').map(str::to_owned).collect::<Vec<_>>());
        let (mut ids, mut codes) = (Vec::new(), Vec::new());
        for row in rows.by_ref() {
            ids.push(row[0].clone());
            codes.push(row[1..].to_vec());
        }
        // every scale is used to its ends, so that its codes say where it begins
        for (q, question) in pack.questions().iter().enumerate() {
            if question.format() != AnswerFormat::Choice {
                codes[0][q] = "1".to_owned();
                codes[1][q] = question.choices().to_string();
            }
        }
        Self {
            pack,
            chosen,
            ids,
            codes,
        }
    }

    /// Ids of the questions.
    pub(crate) fn questions(&self) -> Vec<String> {
        self.pack
            .questions()
            .iter()
            .map(|q| q.id().to_owned())
            .collect()
    }

    /// Texts of the questions.
    pub(crate) fn texts(&self) -> Vec<String> {
        self.pack
            .questions()
            .iter()
            .map(|q| q.text().to_owned())
            .collect()
    }

    /// The label or option of an answer.
    pub(crate) fn label(&self, q: usize, code: &str) -> String {
        let question = &self.pack.questions()[q];
        if code.is_empty() {
            return String::new();
        }
        if code == "?" {
            return "I don\u{2019}t know".to_owned();
        }
        if let Measure::Choice { options, .. } = question.measure() {
            options[usize::from(code.as_bytes()[0] - b'a')].clone()
        } else {
            let at: usize = code.parse().expect("a number");
            self.pack.sections()[question.section()].labels()[at - 1].clone()
        }
    }

    /// Whether a question is answered on a scale.
    pub(crate) fn is_scale(&self, q: usize) -> bool {
        self.pack.questions()[q].format() != AnswerFormat::Choice
    }

    /// The answers, each written by a function of its question and code.
    pub(crate) fn cells(&self, write: impl Fn(usize, &str) -> String) -> Vec<Vec<String>> {
        let row = |codes: &Vec<String>| {
            codes
                .iter()
                .enumerate()
                .map(|(q, code)| write(q, code))
                .collect()
        };
        self.codes.iter().map(row).collect()
    }

    /// The sheet in the program's own dialect, with these ids.
    pub(crate) fn clean(&self, ids: &[String]) -> String {
        let mut text = format!("id,{}\n", self.questions().join(","));
        for (id, codes) in ids.iter().zip(&self.codes) {
            text += &format!("{id},{}\n", codes.join(","));
        }
        text
    }
}

/// Who the people of a shape are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ids {
    /// As in the sheet.
    Kept,
    /// Nobody says; the first stands in this row.
    Rows(usize),
}

/// Cells of a table before they are written.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    /// All rows, headers too.
    pub rows: Vec<Vec<String>>,
    /// Where an answer stands: row and column, from 0.
    pub place: fn(&Grid, usize, usize) -> (usize, usize),
    /// Rows above the people, columns before the answers, questions.
    pub above: usize,
    /// Columns before the answers.
    pub before: usize,
    /// Questions.
    pub questions: usize,
}

/// A file of answers.
pub(crate) struct Shape {
    /// What it is.
    pub name: String,
    /// The name of its file.
    pub file: &'static str,
    /// Its cells.
    pub grid: Grid,
    /// What writes it.
    pub write: Box<dyn Fn(&Grid) -> Vec<u8>>,
    /// Options that read it.
    pub options: Vec<String>,
    /// Who its people are.
    pub ids: Ids,
    /// Whether its places are those of a sheet.
    pub sheet: bool,
}

/// Cells between delimiters, quoted where they must be.
pub(crate) fn delimited(grid: &Grid, delimiter: char, end: &str) -> String {
    let cell = |text: &String| {
        if text.contains([delimiter, '"', '\n', '\r']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.clone()
        }
    };
    let row = |row: &Vec<String>| {
        row.iter()
            .map(cell)
            .collect::<Vec<_>>()
            .join(&delimiter.to_string())
            + end
    };
    grid.rows.iter().map(row).collect()
}

fn wide(
    sheet: &Sheet,
    above: Vec<Vec<String>>,
    before: Vec<Vec<String>>,
    cells: Vec<Vec<String>>,
) -> Grid {
    let (count, width) = (above.len(), before.first().map_or(0, Vec::len));
    let people = before
        .into_iter()
        .zip(cells)
        .map(|(before, cells)| [before, cells].concat());
    Grid {
        rows: above.into_iter().chain(people).collect(),
        place: |grid, p, q| (grid.above + p, grid.before + q),
        above: count,
        before: width,
        questions: sheet.questions().len(),
    }
}

fn with(first: &str, names: Vec<String>) -> Vec<String> {
    std::iter::once(first.to_owned()).chain(names).collect()
}

/// All shapes of a sheet.
pub(crate) fn all(sheet: &Sheet) -> Vec<Shape> {
    let mut all: Vec<Shape> = Vec::new();
    let ids: Vec<Vec<String>> = sheet.ids.iter().map(|id| vec![id.clone()]).collect();
    let label = |q: usize, code: &str| sheet.label(q, code);
    let same = |_: usize, code: &str| code.to_owned();
    let header = |names: Vec<String>| vec![with("id", names)];
    let mut csv = |name: &str, grid: Grid, options: &[&str], ids: Ids| {
        all.push(Shape {
            name: name.to_owned(),
            file: "people.csv",
            grid,
            write: Box::new(|grid| delimited(grid, ',', "\n").into_bytes()),
            options: options.iter().map(|o| (*o).to_owned()).collect(),
            ids,
            sheet: false,
        });
    };
    // headers
    let cells = || sheet.cells(label);
    csv(
        "labels",
        wide(sheet, header(sheet.questions()), ids.clone(), cells()),
        &[],
        Ids::Kept,
    );
    csv(
        "texts",
        wide(sheet, header(sheet.texts()), ids.clone(), cells()),
        &[],
        Ids::Kept,
    );
    let form = sheet
        .ids
        .iter()
        .map(|_| vec!["2026-03-02 09:14".to_owned(), "A student".to_owned()])
        .collect();
    let names = [
        vec!["Timestamp".to_owned(), "Your name".to_owned()],
        sheet.texts(),
    ]
    .concat();
    csv(
        "a form with names",
        wide(sheet, vec![names], form, cells()),
        &[],
        Ids::Rows(2),
    );
    let rewrite = |write: &dyn Fn(usize, &str, &str) -> String| -> Vec<String> {
        let both = sheet.questions().into_iter().zip(sheet.texts()).enumerate();
        both.map(|(n, (id, text))| write(n, &id, &text)).collect()
    };
    for (name, names) in [
        (
            "brackets",
            rewrite(&|_, _, text| format!("What you like [{text}]")),
        ),
        (
            "numbered",
            rewrite(&|n, _, text| format!("{}. {text}", n + 1)),
        ),
        (
            "numbered Q",
            rewrite(&|n, _, text| format!("Q{}: {text}", n + 1)),
        ),
        (
            "id and text",
            rewrite(&|_, id, text| format!("{id}. {text}")),
        ),
        ("underscores", rewrite(&|_, id, _| id.replace('-', "_"))),
        ("dots", rewrite(&|_, id, _| id.replace('-', "."))),
        (
            "capitals and spaces",
            rewrite(&|_, id, _| id.replace('-', " ").to_uppercase()),
        ),
        (
            "en dashes",
            rewrite(&|_, id, _| id.replace('-', "\u{2013}")),
        ),
        (
            "odd white space",
            rewrite(&|_, _, text| format!("  {}? ", text.replace(' ', "\u{A0} "))),
        ),
        ("repeated", rewrite(&|_, _, text| format!("{text} (2)"))),
    ] {
        csv(
            name,
            wide(sheet, header(names), ids.clone(), cells()),
            &[],
            Ids::Kept,
        );
    }
    for id in [
        "ID",
        "Student ID",
        "student_id",
        "Respondent ID",
        "ResponseId",
        "Token",
        "Code",
    ] {
        let grid = wide(
            sheet,
            vec![with(id, sheet.questions())],
            ids.clone(),
            sheet.cells(same),
        );
        csv(&format!("who is called {id}"), grid, &[], Ids::Kept);
    }
    let grid = wide(
        sheet,
        vec![with("Mail", sheet.questions())],
        ids.clone(),
        sheet.cells(same),
    );
    csv("who is named", grid, &["--id", "mail"], Ids::Kept);
    // rows above and below
    let blank = vec![String::new(); sheet.questions().len() + 1];
    let mut title = blank.clone();
    "Year 11, term 4".clone_into(&mut title[0]);
    let above = vec![title, blank.clone(), with("id", sheet.questions())];
    csv(
        "a title",
        wide(sheet, above, ids.clone(), sheet.cells(same)),
        &[],
        Ids::Kept,
    );
    let marks = rewrite(&|n, _, _| format!("{{\"ImportId\":\"QID{n}\"}}"));
    let above = vec![
        with("ResponseId", sheet.questions()),
        with("Response ID", sheet.texts()),
        with("{\"ImportId\":\"_id\"}", marks),
    ];
    csv(
        "three header rows",
        wide(sheet, above, ids.clone(), cells()),
        &[],
        Ids::Kept,
    );
    let labels = rewrite(&|_, _, _| "Response".to_owned());
    let above = vec![with("Respondent ID", sheet.texts()), with("", labels)];
    csv(
        "two header rows",
        wide(sheet, above, ids.clone(), cells()),
        &[],
        Ids::Kept,
    );
    let mut group = blank;
    "Respondent ID".clone_into(&mut group[0]);
    "How much would you like this?".clone_into(&mut group[1]);
    let above = vec![group, with("", sheet.texts())];
    csv(
        "a row of groups",
        wide(sheet, above, ids.clone(), cells()),
        &[],
        Ids::Kept,
    );
    // cells
    let on_scale = |write: &dyn Fn(u32) -> String| {
        sheet.cells(|q, code| match code.parse() {
            Ok(number) if sheet.is_scale(q) => write(number),
            _ => code.to_owned(),
        })
    };
    for (name, cells) in [
        ("floats", on_scale(&|n| format!("{n}.0"))),
        ("decimal commas", on_scale(&|n| format!("{n},0"))),
        (
            "full width",
            on_scale(&|n| {
                char::from_u32(0xFF10 + n)
                    .map(String::from)
                    .unwrap_or_default()
            }),
        ),
        ("exponents", on_scale(&|n| format!("{n}.000000e+00"))),
        (
            "number and label",
            sheet.cells(|q, c| {
                if c.is_empty() || !sheet.is_scale(q) {
                    c.to_owned()
                } else {
                    format!("{c} - {}", sheet.label(q, c))
                }
            }),
        ),
        (
            "number = label",
            sheet.cells(|q, c| {
                if c.is_empty() || !sheet.is_scale(q) {
                    c.to_owned()
                } else {
                    format!("{c} = {}", sheet.label(q, c))
                }
            }),
        ),
        (
            "label and number",
            sheet.cells(|q, c| {
                if c.is_empty() || !sheet.is_scale(q) {
                    c.to_owned()
                } else {
                    format!("{} ({c})", sheet.label(q, c))
                }
            }),
        ),
        (
            "letters with texts",
            sheet.cells(|q, c| {
                if c.is_empty() || c == "?" || sheet.is_scale(q) {
                    c.to_owned()
                } else {
                    format!("{c}) {}", sheet.label(q, c))
                }
            }),
        ),
        (
            "letters with brackets",
            sheet.cells(|q, c| {
                if c.is_empty() || c == "?" || sheet.is_scale(q) {
                    c.to_owned()
                } else {
                    format!("{})", c.to_uppercase())
                }
            }),
        ),
        (
            "small letters",
            sheet.cells(|q, c| sheet.label(q, c).to_lowercase()),
        ),
        (
            "NA",
            sheet.cells(|_, c| {
                if c.is_empty() {
                    "NA".to_owned()
                } else {
                    c.to_owned()
                }
            }),
        ),
        (
            "null",
            sheet.cells(|_, c| {
                if c.is_empty() {
                    "NULL".to_owned()
                } else {
                    c.to_owned()
                }
            }),
        ),
        (
            "dashes",
            sheet.cells(|_, c| {
                if c.is_empty() {
                    "\u{2014}".to_owned()
                } else {
                    c.to_owned()
                }
            }),
        ),
    ] {
        csv(
            name,
            wide(sheet, header(sheet.questions()), ids.clone(), cells),
            &[],
            Ids::Kept,
        );
    }
    let missing = sheet.cells(|_, c| {
        if c.is_empty() {
            "-9".to_owned()
        } else {
            c.to_owned()
        }
    });
    csv(
        "missing -9",
        wide(sheet, header(sheet.questions()), ids.clone(), missing),
        &["--missing", "-9,999"],
        Ids::Kept,
    );
    let sizes: std::collections::BTreeSet<u8> = (0..sheet.questions().len())
        .filter(|&q| sheet.is_scale(q))
        .map(|q| sheet.pack.questions()[q].choices())
        .collect();
    let up: Vec<String> = sizes.iter().map(|n| format!("0..{}", n - 1)).collect();
    let down: Vec<String> = sizes.iter().map(|n| format!("{n}..1")).collect();
    let from_0 = on_scale(&|n| (n - 1).to_string());
    csv(
        "from 0",
        wide(sheet, header(sheet.questions()), ids.clone(), from_0),
        &["--codes", &up.join(",")],
        Ids::Kept,
    );
    let turned = sheet.cells(|q, code| match code.parse::<u8>() {
        Ok(number) if sheet.is_scale(q) => {
            (sheet.pack.questions()[q].choices() + 1 - number).to_string()
        }
        _ => code.to_owned(),
    });
    csv(
        "downwards",
        wide(sheet, header(sheet.questions()), ids.clone(), turned),
        &["--codes", &down.join(",")],
        Ids::Kept,
    );
    for (name, start) in [("A1", "A"), ("AO01", "AO0")] {
        let cells = on_scale(&|n| format!("{start}{n}"));
        csv(
            name,
            wide(sheet, header(sheet.questions()), ids.clone(), cells),
            &[],
            Ids::Kept,
        );
    }
    // rows
    let mut odd = wide(
        sheet,
        header(sheet.questions()),
        ids.clone(),
        sheet.cells(same),
    );
    for row in odd.rows.iter_mut().skip(1) {
        row.extend([String::new(), String::new()]);
    }
    odd.rows.push(vec![String::new(); 3]);
    odd.rows
        .push(vec![String::new(); sheet.questions().len() + 1]);
    csv("separators beyond", odd, &[], Ids::Kept);
    let mut short = wide(
        sheet,
        header(sheet.questions()),
        ids.clone(),
        sheet.cells(same),
    );
    for row in &mut short.rows {
        while row.last().is_some_and(String::is_empty) {
            row.pop();
        }
    }
    csv("cells lacking at the end", short, &[], Ids::Kept);
    containers::add(sheet, &mut all);
    layouts(sheet, &mut all);
    all
}

/// Long and transposed tables.
fn layouts(sheet: &Sheet, all: &mut Vec<Shape>) {
    for (name, cells, names) in [
        (
            "long",
            sheet.cells(|_, code| code.to_owned()),
            sheet.questions(),
        ),
        (
            "long, in words",
            sheet.cells(|q, code| sheet.label(q, code)),
            sheet.texts(),
        ),
    ] {
        let mut rows = vec![["id", "question", "answer"].map(str::to_owned).to_vec()];
        for (id, cells) in sheet.ids.iter().zip(&cells) {
            for (name, cell) in names.iter().zip(cells) {
                rows.push(vec![id.clone(), name.clone(), cell.clone()]);
            }
        }
        let grid = Grid {
            rows,
            place: |grid, p, q| (1 + p * grid.questions + q, 2),
            above: 1,
            before: 0,
            questions: names.len(),
        };
        let mut mixed = grid.clone();
        mixed.rows[1..].sort_by(|a, b| a[1].cmp(&b[1]).then_with(|| a[0].cmp(&b[0])));
        mixed.place = |_, _, _| (0, 0);
        for (name, grid) in [
            (name.to_owned(), grid),
            (format!("{name}, by question"), mixed),
        ] {
            all.push(Shape {
                name,
                file: "people.csv",
                grid,
                write: Box::new(|grid| delimited(grid, ',', "\r\n").into_bytes()),
                options: Vec::new(),
                ids: Ids::Kept,
                sheet: false,
            });
        }
    }
    for corner in ["id", "question", ""] {
        let cells = sheet.cells(|q, code| sheet.label(q, code));
        let mut rows = vec![with(corner, sheet.ids.clone())];
        for (q, text) in sheet.texts().into_iter().enumerate() {
            rows.push(with(
                &text,
                cells.iter().map(|row| row[q].clone()).collect(),
            ));
        }
        all.push(Shape {
            name: format!("transposed, {corner:?}"),
            file: "people.tsv",
            grid: Grid {
                rows,
                place: |_, p, q| (1 + q, 1 + p),
                above: 1,
                before: 1,
                questions: sheet.questions().len(),
            },
            write: Box::new(|grid| delimited(grid, '\t', "\n").into_bytes()),
            options: Vec::new(),
            ids: Ids::Kept,
            sheet: false,
        });
    }
}
