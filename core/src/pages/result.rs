//! The result page: which parts it has for whom.

use crate::pages::closing;
use crate::pages::discussion;
use crate::pages::result_band;
use crate::pages::result_options::{Audience, ResultOptions};
use crate::pages::result_role;
use crate::pages::result_traits;
use crate::pages::role_map::map_blocks;
use crate::results::report::Report;
use crate::scoring::answers::Answers;
use crate::scoring::assessment::State;
use crate::write::document::{Block, Document, list, note, prose};
use crate::write::terminal_text::fixed;
use crate::write::wording;

/// One person's result: the first group of roles with reasons and conflicts, the traits, what to talk
/// over, and what the result rests on. `id` names the person.
#[must_use]
pub fn doc(
    report: &Report<'_>,
    answers: &Answers,
    id: &str,
    shown: &ResultOptions<'_>,
) -> Document {
    let view = shown.view;
    let mut doc = Document {
        class: view.word(),
        title: format!("Roles that fit: {}", wording::label(id)).into(),
        opening: opening(report, shown),
        parts: Vec::new(),
        foot: wording::FOOT,
    };
    if report.outcome.state == State::Insufficient {
        doc.part("missing", "What is missing", missing(report));
    } else {
        result_band::parts(report, shown, &mut doc);
    }
    if view != Audience::Student {
        result_band::telling(report, view, &mut doc);
        result_band::after(report, shown, &mut doc);
        let map = map_blocks(report.comparison, Some(report));
        doc.part("map", "Where the roles lie, and you", map);
    }
    doc.part("traits", "Your traits", result_traits::blocks(report, view));
    doc.part("flags", "Worth knowing about these answers", flags(report));
    if view != Audience::Student {
        discussion::parts(report, answers, view, &mut doc);
    }
    if view != Audience::Counsellor {
        result_role::stories(report, view, &mut doc);
        result_role::next_steps(report, view, &mut doc);
    }
    closing::figures(report.comparison, &mut doc);
    closing::rests(closing::RESTS, None, report.comparison, &mut doc);
    doc
}

fn opening(report: &Report<'_>, shown: &ResultOptions<'_>) -> Vec<Block> {
    let state = report.outcome.state;
    let mut blocks = suppositions(report, shown);
    blocks.push(prose(wording::state(state, report.band.len()).to_owned()));
    if let (true, Some(level)) = (report.alike, report.own_level) {
        let text = match state {
            State::Unclear => Some(wording::alike(level)),
            State::Clear => Some(wording::DRAWN_ALIKE),
            State::Insufficient => None,
        };
        blocks.extend(text.map(|text| prose(text.to_owned())));
    }
    if state != State::Insufficient && !report.stands_out {
        let elsewhere = report.pack().elsewhere.iter();
        let text = elsewhere.fold(wording::NOBODY_FITS.to_owned(), |text, more| {
            text + " " + more
        });
        blocks.push(prose(text));
    } else if shown.view == Audience::Student {
        blocks.push(prose(wording::START.to_owned()));
    }
    blocks
}

/// Says what of this page is not as answered, and what is compared with what.
fn suppositions(report: &Report<'_>, shown: &ResultOptions<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let pack = report.pack();
    let mut supposed: Vec<String> = shown
        .supposed
        .iter()
        .map(|s| {
            let (name, from, to) = (&pack.traits[s.of].name, fixed(s.from, 0), fixed(s.to, 0));
            format!("\"{name}\" were {to} instead of {from}")
        })
        .collect();
    let avoided = shown.avoided.iter();
    supposed
        .extend(avoided.map(|q| format!("\"{}\" were ruled out", q.text.trim_end_matches('.'))));
    if !supposed.is_empty() {
        blocks.push(note(format!(
            "This is a what-if, not the result of the answers. It shows what would follow if {}.",
            supposed.join(", and if ")
        )));
    }
    let receipt = &report.receipt;
    if let Some(family) = receipt.family {
        blocks.push(note(format!(
            "Only the roles of the family \"{family}\" are compared here."
        )));
    }
    #[expect(clippy::float_cmp, reason = "1 is what it is unless set")]
    if receipt.aptitude_weight != 1.0 {
        blocks.push(note(format!(
            "Aptitudes count {} times as much here as they usually do.",
            receipt.aptitude_weight
        )));
    }
    blocks.extend(wording::few(receipt.norms).map(note));
    blocks
}

fn missing(report: &Report<'_>) -> Vec<Block> {
    let item = |&k: &usize| {
        let t = &report.pack().traits[k];
        let questions = wording::count(t.items.len(), "question", "questions");
        if report.passed_over.contains(&k) {
            format!(
                "{}: most of {questions} answered with \"I don't know\"",
                t.name
            )
        } else {
            format!("{}: none of {questions} answered", t.name)
        }
    };
    vec![list(None, report.missing.iter().map(item))]
}

fn flags(report: &Report<'_>) -> Vec<Block> {
    let flags = report.outcome.flags.iter();
    let mut items: Vec<String> = flags.map(|flag| wording::flag(*flag).to_owned()).collect();
    if !report.not_asked.is_empty() {
        let ids: Vec<&str> = report.not_asked.iter().map(|q| q.id.as_str()).collect();
        let ids = ids.join(", ");
        items.push(format!("Not asked, so no warning is possible: {ids}."));
    }
    if items.is_empty() {
        Vec::new()
    } else {
        vec![list(None, items)]
    }
}
