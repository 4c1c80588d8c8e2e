//! What is kept of one person, in short.

use crate::results::report::Receipt;
use crate::scoring::assessment::{Outcome, State};
use crate::scoring::comparison::Comparison;
use crate::write::terminal_text::{TextPage, TextStyle, inert};
use crate::write::wording;

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
    /// Notes: when, and what.
    pub notes: &'a [(&'a str, &'a str)],
    /// The command that goes on from here.
    pub next: &'a str,
}

/// The page.
#[must_use]
pub fn page(
    comparison: &Comparison<'_>,
    person: &SessionPerson<'_>,
    outcome: &Outcome,
    look: TextStyle,
) -> String {
    let mut page = TextPage::new(look);
    page.heading(&inert(person.label));
    let (answered, asked) = person.progress;
    page.item(0, &format!("Answered: {answered} of {asked}"));
    let ended = person.finished.map_or("not finished".to_owned(), |m| {
        format!("ended {}", minute(m))
    });
    if let Some(started) = person.started {
        page.item(0, &format!("Begun {}, {ended}", minute(started)));
    }
    page.item(0, &format!("Last change: {}", minute(person.changed)));
    if let Some((name, version)) = person.pack {
        page.item(0, &format!("Pack: {} {}", inert(name), inert(version)));
    }
    if person.other_pack {
        page.item(
            0,
            "The pack in use scores otherwise than the one these answers were given to",
        );
    }
    if person.dropped > 0 {
        let answers = wording::count(person.dropped, "answer", "answers");
        page.item(
            0,
            &format!("{answers} to questions that the pack in use does not have: not scored"),
        );
    }
    page.item(0, &format!("File: {}", inert(person.file)));
    if person.finished.is_some() {
        result(comparison, outcome, &mut page);
    }
    if !person.notes.is_empty() {
        page.heading("Notes");
        for (date, text) in person.notes {
            page.line(&look.dim(&minute(date)));
            for line in text.lines() {
                page.prose(2, &inert(line));
            }
        }
    }
    page.gap();
    page.hanging("Next: ", 6, &inert(person.next));
    page.finish()
}

fn result(comparison: &Comparison<'_>, outcome: &Outcome, page: &mut TextPage) {
    let band = &outcome.ranking.band;
    page.heading("Result");
    page.prose(0, wording::state(outcome.state, band.len()));
    if outcome.state == State::Insufficient {
        return;
    }
    if let Some(few) = wording::few(comparison.measured.as_ref()) {
        page.hanging("! ", 2, &few);
    }
    page.gap();
    let norms = wording::norms(&Receipt::of(comparison));
    for &at in &outcome.ranking.order {
        if band.contains(&at) {
            let role = comparison.role(at);
            let matched = outcome.fits[at].map_or_else(String::new, |fit| {
                format!(": match {} ({norms})", wording::matched(&fit))
            });
            page.item(0, &format!("{}{matched}", role.name));
        }
    }
    if !outcome.flags.is_empty() {
        page.gap();
        for &flag in &outcome.flags {
            page.hanging("! ", 2, wording::flag(flag));
        }
    }
}

/// A moment as TOML writes it, to the minute and without its offset.
fn minute(moment: &str) -> String {
    moment
        .chars()
        .take(16)
        .collect::<String>()
        .replace('T', " ")
}
