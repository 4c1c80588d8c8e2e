//! What is kept of one person, in short.

use crate::pack::model::Pack;
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
    let mut doc = Document::new(
        "session",
        wording::label(person.label),
        comparison.say("result-foot"),
    );
    doc.opening.extend(items(kept(comparison.pack, person)));
    if person.finished.is_some() {
        doc.part(
            "result",
            comparison.say("session-result"),
            result(comparison, outcome),
        );
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
    doc.part("notes", comparison.say("page-notes"), notes);
    let next =
        RichText::from(comparison.say("session-next") + " ").and(RichText::code(person.next));
    let last = match doc.parts.last_mut() {
        Some(part) => &mut part.blocks,
        None => &mut doc.opening,
    };
    last.push(Block::Command(next));
    doc
}

/// What the file says.
fn kept(pack: &Pack, person: &SessionPerson<'_>) -> Vec<String> {
    let (answered, asked) = person.progress;
    let ended = person.finished.map_or_else(
        || pack.say("session-not-finished"),
        |moment| {
            pack.phrase("session-ended")
                .text("moment", minute(moment))
                .to_string()
        },
    );
    let begun = person.started;
    let begun = begun.map(|moment| {
        pack.phrase("session-begun")
            .text("moment", minute(moment))
            .text("ended", &ended)
            .to_string()
    });
    let of_pack = person.pack;
    let of_pack = of_pack.map(|(name, version)| {
        pack.phrase("session-pack")
            .text("name", name)
            .text("version", version)
            .to_string()
    });
    let other = person.other_pack.then(|| pack.say("session-other-pack"));
    let dropped = (person.dropped > 0).then(|| {
        let dropped = pack.phrase("session-dropped");
        dropped.number("count", person.dropped).to_string()
    });
    let all = [
        Some(
            pack.phrase("session-answered")
                .number("answered", answered)
                .number("asked", asked)
                .to_string(),
        ),
        begun,
        Some(
            pack.phrase("session-changed")
                .text("moment", minute(person.changed))
                .to_string(),
        ),
        of_pack,
        other,
        dropped,
        Some(
            pack.phrase("session-file")
                .text("file", person.file)
                .to_string(),
        ),
    ];
    let mut all: Vec<String> = all.into_iter().flatten().collect();
    let file = all.len() - 1;
    all.splice(file..file, person.recorded.iter().cloned());
    all
}

fn result(comparison: &Comparison<'_>, outcome: &Outcome) -> Vec<Block> {
    let (pack, band) = (comparison.pack, &outcome.ranking.band);
    let mut blocks = vec![prose(pack.say(wording::state(outcome.state, band.len())))];
    if outcome.state == State::Insufficient {
        return blocks;
    }
    blocks.extend(wording::few(pack, comparison.measured.as_ref()).map(note));
    let norms = wording::norms(pack, &Receipt::of(comparison));
    let first = outcome.ranking.order.iter().filter(|at| band.contains(at));
    let roles = first.map(|&at| {
        let matched = outcome.fits[at].map_or_else(String::new, |fit| {
            pack.phrase("session-match")
                .text("match", wording::matched(pack, &fit))
                .text("norms", &norms)
                .to_string()
        });
        format!("{}{matched}", comparison.role(at).name)
    });
    blocks.extend(items(roles));
    let flags = outcome.flags.iter();
    blocks.extend(flags.map(|&flag| note(pack.say(wording::flag(flag)))));
    blocks
}
