//! The shapes in which forms, spreadsheets and statistics programs hand over answers, written from any
//! pack: the same people in each.

pub(crate) mod containers;
mod layouts;
mod tables;

use crate::help::{run, stdout};
use rolescope_core::{AnswerFormat, Measure, Pack};
use std::fmt::Write as _;
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
                "1".clone_into(&mut codes[0][q]);
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

    /// Labels of people as a column.
    fn id_column(&self) -> Vec<Vec<String>> {
        self.ids.iter().map(|id| vec![id.clone()]).collect()
    }

    /// The answers as the program writes them.
    fn plain_cells(&self) -> Vec<Vec<String>> {
        self.cells(|_, code| code.to_owned())
    }

    /// The answers by labels and options.
    fn label_cells(&self) -> Vec<Vec<String>> {
        self.cells(|q, code| self.label(q, code))
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
            let _ = writeln!(text, "{id},{}", codes.join(","));
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

/// What writes cells to a file.
pub(crate) type GridWriter = Box<dyn Fn(&Grid) -> Vec<u8>>;

/// A file of answers.
pub(crate) struct Shape {
    /// What it is.
    pub name: String,
    /// The name of its file.
    pub file: &'static str,
    /// Its cells.
    pub grid: Grid,
    /// What writes it.
    pub write: GridWriter,
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
    tables::add(sheet, &mut all);
    containers::add(sheet, &mut all);
    layouts::add(sheet, &mut all);
    all
}
