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
/// use rolescope_core::pages::InputReading;
///
/// let mut file = InputReading::new("class.csv", "5 people would be read, 0 would not");
/// file.fact("who", "column \"Student ID\"");
/// file.column((2, "Helping a worried person feel calmer"), "helping-1", "its text", [0, 5, 0, 0]);
/// let page = InputReading::page(&[file]);
/// assert!(page.to_html().contains("helping-1"));
/// ```
#[derive(Clone, Debug)]
pub struct InputReading<'a> {
    name: &'a str,
    facts: Vec<String>,
    columns: Vec<ReadColumn<'a>>,
    notes: Vec<String>,
    outcome: String,
}

/// A column that is a question, as [`InputReading::column`] takes it.
#[derive(Clone, Debug)]
struct ReadColumn<'a> {
    place: usize,
    header: &'a str,
    question: &'a str,
    known_by: &'a str,
    answers: [u64; 4],
}

impl<'a> InputReading<'a> {
    /// A file by its name, and how many people would be read.
    pub fn new(name: &'a str, outcome: impl Into<String>) -> Self {
        Self {
            name,
            facts: Vec::new(),
            columns: Vec::new(),
            notes: Vec::new(),
            outcome: outcome.into(),
        }
    }

    /// Something that the file was found to be.
    pub fn fact(&mut self, what: &str, found: &str) {
        self.facts.push(format!("{what}: {found}"));
    }

    /// A column, by its place from 1 and its header, that is a question: its id, by what it was known, and how
    /// many cells hold a number or letter, a label, no answer, and something unreadable.
    pub fn column(
        &mut self,
        (place, header): (usize, &'a str),
        question: &'a str,
        known_by: &'a str,
        answers: [u64; 4],
    ) {
        self.columns.push(ReadColumn {
            place,
            header,
            question,
            known_by,
            answers,
        });
    }

    /// Something that cannot be read, or is left alone.
    pub fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }
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
    let mut facts = file.facts.clone();
    // what holds of every column is said once
    let rule = file.columns.first().map(|first| first.known_by);
    let rule = rule.filter(|rule| file.columns.iter().all(|one| one.known_by == *rule));
    facts.extend(rule.map(|rule| format!("each question is known by {rule}")));
    let mut all: Vec<Block> = items(facts).into_iter().collect();
    if !file.columns.is_empty() {
        all.push(Block::Table(columns(&file.columns, rule.is_none())));
    }
    all.extend(items(&file.notes));
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
