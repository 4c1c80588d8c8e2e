//! Several files of one session: how they differ.

use crate::write::document::{Block, Card, ColumnKind, Document, Row, Table, column, prose, words};
use crate::write::rich_text::RichText;
use crate::write::wording;

/// Said at the foot of each printed page.
const FOOT: &str =
    "Whoever holds this holds what was answered: keep it where the answers are kept.";

/// One of several files with the same label.
#[derive(Clone, Debug)]
pub struct SessionCopy<'a> {
    /// The name of the file.
    pub file: &'a str,
    /// When it was last changed.
    pub changed: &'a str,
    /// When it ended.
    pub finished: Option<&'a str>,
    /// Questions answered, and asked.
    pub progress: (usize, usize),
    /// How many notes it has.
    pub notes: usize,
    /// Notes that not every file has: when, and what.
    pub own_notes: Vec<(&'a str, &'a str)>,
}

/// The files of a session, what was changed last first, and how they differ.
pub(crate) fn page(
    label: &str,
    copies: &[SessionCopy<'_>],
    differing: &[(&str, Vec<Option<String>>)],
    next: &[String],
) -> Document {
    let mut doc = Document::new("copies", wording::label(label), FOOT);
    let count = wording::count(copies.len(), "file has", "files have");
    doc.opening.push(prose(format!(
        "{count} this label. What was changed last comes first."
    )));
    let row = |copy: &SessionCopy<'_>| {
        let (answered, asked) = copy.progress;
        Row::of(vec![
            words(copy.file),
            words(minute(copy.changed)),
            words(format!("{answered} of {asked}")),
            words(copy.finished.map_or("no".to_owned(), minute)),
            words(copy.notes.to_string()),
        ])
    };
    doc.opening.push(Block::Table(Table {
        caption: String::new(),
        columns: vec![
            column("file", ColumnKind::Name),
            column("changed", ColumnKind::Words),
            column("answered", ColumnKind::Words),
            column("finished", ColumnKind::Words),
            column("notes", ColumnKind::Words),
        ],
        rows: copies.iter().map(row).collect(),
    }));
    if differing.is_empty() {
        doc.opening.push(prose("They hold the same answers."));
    } else {
        let row = |(question, answers): &(&str, Vec<Option<String>>)| {
            let answers = answers.iter();
            let answers = answers.map(|a| words(a.as_deref().unwrap_or("-")));
            Row::of(std::iter::once(words(*question)).chain(answers).collect())
        };
        let files = copies
            .iter()
            .map(|copy| column(copy.file, ColumnKind::Words));
        let table = Table {
            caption: String::new(),
            columns: std::iter::once(column("question", ColumnKind::Name))
                .chain(files)
                .collect(),
            rows: differing.iter().map(row).collect(),
        };
        doc.part("answers", "Answers that differ", Some(Block::Table(table)));
    }
    let notes = copies.iter().flat_map(|copy| {
        copy.own_notes.iter().map(|(date, text)| {
            let title = format!("{}, {}", minute(date), copy.file);
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            Card::new(title, lines.map(prose).collect())
        })
    });
    let notes: Vec<Card> = notes.collect();
    let notes = (!notes.is_empty()).then_some(Block::Cards(notes));
    doc.part("notes", "Notes that not every file has", notes);
    let next = next
        .iter()
        .map(|command| Block::Command(RichText::from("Next: ").and(RichText::code(command))));
    match doc.parts.last_mut() {
        Some(part) => part.blocks.extend(next),
        None => doc.opening.extend(next),
    }
    doc
}

/// A moment as TOML writes it, to the minute and without its offset.
fn minute(moment: &str) -> String {
    let minute: String = moment.chars().take(16).collect();
    minute.replace('T', " ")
}
