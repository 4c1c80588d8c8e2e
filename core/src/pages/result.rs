//! The result page: which parts it has for whom.

use crate::pages::closing;
use crate::pages::discussion;
use crate::pages::own_words;
use crate::pages::result_band;
use crate::pages::result_options::{Audience, ResultOptions};
use crate::pages::result_parts::{missing, nobody_fits, suppositions};
use crate::pages::result_role;
use crate::pages::result_traits;
use crate::pages::role_map::{ROLE, map_blocks};
use crate::pages::student;
use crate::results::report::Report;
use crate::scoring::answers::Answers;
use crate::scoring::assessment::State;
use crate::write::document::{Block, Document, list, note, prose};
use crate::write::wording;

/// One person's result: the first group of roles with reasons and conflicts, the traits, what to talk
/// over, and what the result rests on. `id` names the person.
#[must_use]
pub(crate) fn doc(
    report: &Report<'_>,
    answers: &Answers,
    id: &str,
    shown: &ResultOptions<'_>,
) -> Document {
    let view = shown.view;
    if view == Audience::Student {
        return student::doc(report, answers, id, shown);
    }
    let pack = report.pack();
    let title = pack.phrase("counsel-title");
    let title = title.text("name", wording::label(id)).to_string();
    let mut doc = Document::new(view.word(), title, pack.say("result-foot"));
    doc.opening = opening(report, shown);
    if report.outcome.state == State::Insufficient {
        doc.part("missing", pack.say("result-missing"), missing(report));
    } else {
        result_band::parts(report, shown, &mut doc);
    }
    result_band::telling(report, view, &mut doc);
    result_band::after(report, shown, &mut doc);
    let map = map_blocks(report.comparison, Some(report), ROLE);
    doc.part("map", pack.say("counsel-map"), map);
    doc.part(
        "traits",
        pack.say("counsel-traits"),
        result_traits::blocks(report),
    );
    doc.part("flags", pack.say("counsel-flags"), flags(report));
    discussion::parts(report, answers, view, &mut doc);
    doc.part("notes", pack.say("page-notes"), own_words::notes(shown));
    if view != Audience::Counsellor {
        result_role::stories(report, &mut doc);
        result_role::next_steps(report, &mut doc);
    }
    closing::figures(report.comparison, &mut doc);
    closing::rests(pack.say("page-rests"), None, report.comparison, &mut doc);
    doc
}

fn opening(report: &Report<'_>, shown: &ResultOptions<'_>) -> Vec<Block> {
    let state = report.outcome.state;
    let pack = report.pack();
    let mut blocks = suppositions(report, shown);
    blocks.extend(wording::few(pack, report.receipt.norms).map(note));
    let state_says = wording::state(state, report.band.len());
    blocks.push(prose(pack.say(state_says)));
    blocks.extend(
        report
            .could_come_first()
            .map(|more| prose(wording::if_off(pack, more))),
    );
    if let (true, Some(level)) = (report.alike, report.own_level) {
        let text = match state {
            State::Unclear => Some(wording::alike(level)),
            State::Clear => Some("state-alike-drawn"),
            State::Insufficient => None,
        };
        blocks.extend(text.map(|id| prose(pack.say(id))));
    }
    if state != State::Insufficient {
        blocks.extend(nobody_fits(report));
    }
    blocks.extend(own_words::wish(report, shown));
    blocks
}

fn flags(report: &Report<'_>) -> Vec<Block> {
    let flags = report.outcome.flags.iter();
    let pack = report.pack();
    let mut items: Vec<String> = flags.map(|flag| pack.say(wording::flag(*flag))).collect();
    if !report.not_asked.is_empty() {
        let ids: Vec<&str> = report.not_asked.iter().map(|q| q.id.as_str()).collect();
        let ids = ids.join(", ");
        items.push(
            pack.phrase("counsel-not-asked")
                .text("ids", ids)
                .to_string(),
        );
    }
    if items.is_empty() {
        Vec::new()
    } else {
        vec![list(items)]
    }
}
