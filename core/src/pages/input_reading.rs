//! How a file of answers is read, column by column, before anybody is scored.

use crate::write::document::{
    Block, ColumnKind, Document, Row, Table, column, items, minor_column, note, prose, words,
};
use crate::write::wording::short;

/// Characters of a header that a line shows.
const LONGEST: usize = 30;
/// Said at the foot of each printed page.
const FOOT: &str = "How a file is read; nobody is scored here.";

/// How a file is read.
///
/// ```
/// use rolescope_core::pages::{InputReading, ReadColumn};
///
/// let column = ReadColumn {
///     place: 2,
///     header: "Helping a worried person feel calmer",
///     question: "helping-1",
///     known_by: "its text",
///     answers: [0, 5, 0, 0],
/// };
/// let page = InputReading::page(&[InputReading {
///     name: "class.csv",
///     facts: vec![("who", "column \"Student ID\"".to_owned())],
///     columns: vec![column],
///     notes: Vec::new(),
///     outcome: "5 people would be read, 0 would not".to_owned(),
/// }]);
/// assert!(page.to_html().contains("helping-1"));
/// ```
#[derive(Clone, Debug)]
pub struct InputReading<'a> {
    /// The file.
    pub name: &'a str,
    /// What it was found to be, each finding with its name.
    pub facts: Vec<(&'static str, String)>,
    /// Its columns that are questions.
    pub columns: Vec<ReadColumn<'a>>,
    /// What cannot be read, and what is left alone.
    pub notes: Vec<String>,
    /// How many people would be read.
    pub outcome: String,
}

/// A column that is a question.
#[derive(Clone, Debug)]
pub struct ReadColumn<'a> {
    /// Its place, from 1.
    pub place: usize,
    /// Its header.
    pub header: &'a str,
    /// The question's id.
    pub question: &'a str,
    /// By what the question was known.
    pub known_by: &'a str,
    /// Cells with a number or letter, with a label, without an answer, and with something unreadable.
    pub answers: [u64; 4],
}

/// The files one after another; a file alone gives the page its title.
#[must_use]
pub(crate) fn page(files: &[InputReading<'_>]) -> Document {
    if let [file] = files {
        let mut doc = Document::new("reading", file.name, FOOT);
        doc.opening = blocks(file);
        return doc;
    }
    let mut doc = Document::new("reading", "How these files are read", FOOT);
    for file in files {
        doc.part("reading", file.name, blocks(file));
    }
    doc
}

fn blocks(file: &InputReading<'_>) -> Vec<Block> {
    let mut facts: Vec<String> = (file.facts.iter())
        .map(|(name, text)| format!("{name}: {text}"))
        .collect();
    // what holds of every column is said once
    let rule = file.columns.first().map(|first| first.known_by);
    let rule = rule.filter(|rule| file.columns.iter().all(|one| one.known_by == *rule));
    facts.extend(rule.map(|rule| format!("each question is known by {rule}")));
    let mut all: Vec<Block> = items(None, facts).into_iter().collect();
    if !file.columns.is_empty() {
        all.push(Block::Table(columns(&file.columns, rule.is_none())));
    }
    all.extend(items(None, &file.notes));
    // what is wrong must not be overlooked
    let wrong = file.columns.iter().any(|column| column.answers[3] > 0);
    all.push(if wrong { note } else { prose }(&file.outcome));
    all
}

fn columns(columns: &[ReadColumn<'_>], rules: bool) -> Table {
    let row = |one: &ReadColumn<'_>| {
        let header = format!("{} {}", one.place, short(one.header, LONGEST));
        let mut cells = vec![words(header), words(one.question)];
        cells.extend(one.answers.map(|number| words(number.to_string())));
        if rules {
            cells.push(words(one.known_by));
        }
        Row::of(cells)
    };
    let mut heads = vec![
        column("column", ColumnKind::Name),
        column("question", ColumnKind::Words),
    ];
    heads.extend(["code", "text", "none", "wrong"].map(|name| column(name, ColumnKind::Figures)));
    if rules {
        heads.push(minor_column("known by", ColumnKind::Words));
    }
    Table {
        caption: String::new(),
        columns: heads,
        rows: columns.iter().map(row).collect(),
    }
}
