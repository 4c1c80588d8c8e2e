//! What is kept of one person, in short.

use crate::results::report::Receipt;
use crate::scoring::assessment::{Outcome, State};
use crate::scoring::comparison::Comparison;
use crate::write::document::{Block, Card, Document, items, note, prose};
use crate::write::rich_text::RichText;
use crate::write::wording;
use crate::write::wording::minute;

/// What is kept of one person.
#[derive(Clone, Copy, Debug)]
pub struct SessionPerson<'a> {
    /// Who.
    pub label: &'a str,
    /// The file.
    pub file: &'a str,
    /// When the quiz began.
    pub started: Option<&'a str>,
    /// When it ended.
    pub finished: Option<&'a str>,
    /// When the file was last changed.
    pub changed: &'a str,
    /// Questions answered, and asked.
    pub progress: (usize, usize),
    /// Name and version of the pack that the answers were given to.
    pub pack: Option<(&'a str, &'a str)>,
    /// Whether that scores otherwise than the pack in use.
    pub other_pack: bool,
    /// Answers to questions that the pack in use does not have.
    pub dropped: usize,
    /// What else is recorded, each in a line: tags, consent, the wish, the first sitting.
    pub recorded: &'a [String],
    /// Notes: when, and what.
    pub notes: &'a [(&'a str, &'a str)],
    /// The command that goes on from here.
    pub next: &'a str,
}

/// A session that is kept: where, how far, and what its answers give so far.
#[must_use]
pub(crate) fn page(
    comparison: &Comparison<'_>,
    person: &SessionPerson<'_>,
    outcome: &Outcome,
) -> Document {
    let mut doc = Document::new("session", wording::label(person.label), wording::FOOT);
    doc.opening.extend(items(None, kept(person)));
    if person.finished.is_some() {
        doc.part("result", "Result", result(comparison, outcome));
    }
    let notes = (1..).zip(person.notes).map(|(number, (date, text))| {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        Card::new(
            format!("{number}: {}", minute(date)),
            lines.map(prose).collect(),
        )
    });
    let notes: Vec<Card> = notes.collect();
    let notes = (!notes.is_empty()).then_some(Block::Cards(notes));
    doc.part("notes", "Notes", notes);
    let next = RichText::from("Next: ").and(RichText::code(person.next));
    let last = match doc.parts.last_mut() {
        Some(part) => &mut part.blocks,
        None => &mut doc.opening,
    };
    last.push(Block::Command(next));
    doc
}

/// What the file says.
fn kept(person: &SessionPerson<'_>) -> Vec<String> {
    let (answered, asked) = person.progress;
    let ended = person.finished.map_or("not finished".to_owned(), |moment| {
        format!("ended {}", minute(moment))
    });
    let begun = person.started;
    let begun = begun.map(|moment| format!("Begun {}, {ended}", minute(moment)));
    let pack = person.pack;
    let pack = pack.map(|(name, version)| format!("Pack: {name} {version}"));
    let other = person.other_pack.then(|| {
        "The pack in use scores otherwise than the one these answers were given to".to_owned()
    });
    let dropped = (person.dropped > 0).then(|| {
        let answers = wording::count(person.dropped, "answer", "answers");
        format!("{answers} to questions that the pack in use does not have: not scored")
    });
    let all = [
        Some(format!("Answered: {answered} of {asked}")),
        begun,
        Some(format!("Last change: {}", minute(person.changed))),
        pack,
        other,
        dropped,
        Some(format!("File: {}", person.file)),
    ];
    let mut all: Vec<String> = all.into_iter().flatten().collect();
    let file = all.len() - 1;
    all.splice(file..file, person.recorded.iter().cloned());
    all
}

fn result(comparison: &Comparison<'_>, outcome: &Outcome) -> Vec<Block> {
    let band = &outcome.ranking.band;
    let mut blocks = vec![prose(wording::state(outcome.state, band.len()))];
    if outcome.state == State::Insufficient {
        return blocks;
    }
    blocks.extend(wording::few(comparison.measured.as_ref()).map(note));
    let norms = wording::norms(&Receipt::of(comparison));
    let first = outcome.ranking.order.iter().filter(|at| band.contains(at));
    let roles = first.map(|&at| {
        let matched = outcome.fits[at].map_or_else(String::new, |fit| {
            format!(": match {} ({norms})", wording::matched(&fit))
        });
        format!("{}{matched}", comparison.role(at).name)
    });
    blocks.extend(items(None, roles));
    let flags = outcome.flags.iter();
    blocks.extend(flags.map(|&flag| note(wording::flag(flag))));
    blocks
}
