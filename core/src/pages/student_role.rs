//! A role on the student's page: the reasons, the work, and what it takes and gives, each in a line.

use crate::pages::reasons::sentence;
use crate::pages::role_facts::FactsOf;
use crate::pages::result_role::story;
use crate::pages::roles::title;
use crate::results::report::{Report, RoleResult};
use crate::write::document::{Block, Card, ListMark, items, marks, prose};
use crate::write::rich_text::RichText;
use crate::write::wording;

/// Reasons against a role that are told.
const AGAINST: usize = 2;
/// Things of a typical day.
const TASKS: usize = 3;

/// A leading role: what speaks for it and against it, the work, how to get in, what it gives.
pub(crate) fn card(report: &Report<'_>, result: &RoleResult<'_>) -> Card {
    let (pack, role) = (report.pack(), result.role);
    let facts = FactsOf::plain(pack, role);
    let mut blocks = facts.before_all();
    blocks.extend(reasons(report, result));
    let day = role.facts.typical_day.iter().take(TASKS);
    let day: Vec<&str> = day.map(|task| task.trim_end_matches('.')).collect();
    let mut lines: Vec<RichText> = Vec::new();
    if !day.is_empty() {
        lines.push(format!("A day: {}.", day.join(". ")).into());
    }
    lines.extend(facts.in_brief());
    blocks.extend(items(None, lines));
    let full = full(report, result);
    blocks.push(Block::Detail("More about this job", full));
    Card::new(title(role), blocks)
}

/// What speaks for a role and against it, and what of it goes beyond a person's limits.
pub(crate) fn reasons(report: &Report<'_>, result: &RoleResult<'_>) -> Option<Block> {
    let pack = report.pack();
    let mut told: Vec<(ListMark, String)> = Vec::new();
    let say = |mark| move |reason| (mark, sentence(reason, pack));
    told.extend(result.reasons_for.iter().map(say(ListMark::For)));
    let against = result.reasons_against.iter().take(AGAINST);
    told.extend(against.map(say(ListMark::Against)));
    for (mark, lead, clear) in [
        (ListMark::Beyond, "More than you want", true),
        (ListMark::Slightly, "A little more than you wished", false),
    ] {
        let own = result.own_conflicts.iter();
        let texts: Vec<&str> = own
            .filter(|c| c.is_clear() == clear)
            .map(|c| c.question.text.trim_end_matches('.'))
            .collect();
        if !texts.is_empty() {
            told.push((mark, format!("{lead}: {}.", texts.join("; "))));
        }
    }
    (!told.is_empty()).then(|| marks(told))
}

/// Everything else about a role.
pub(crate) fn full(report: &Report<'_>, result: &RoleResult<'_>) -> Vec<Block> {
    let facts = FactsOf::plain(report.pack(), result.role);
    let mut blocks = story(report, result);
    blocks.extend(facts.links_block());
    blocks.extend(facts.age().map(prose));
    blocks
}

/// A role in one line.
pub(crate) fn summary(report: &Report<'_>, result: &RoleResult<'_>) -> String {
    let matched = result.fit.as_ref().map(wording::matched);
    let matched = matched.map_or_else(String::new, |matched| format!(" ({matched})"));
    let mark = wording::reach_mark(&report.pack().roles, result.role);
    let mark = mark.map_or_else(String::new, |mark| format!("; {mark}"));
    let what = result.role.facts.summary.trim_end_matches('.');
    format!("{}{matched}: {what}{mark}", result.role.name)
}
