//! A role on the student's page: the reasons, the work, and what it takes and gives, each in a line.

use crate::pack::model::{Pack, Role};
use crate::pack::role_facts::ReachState;
use crate::pages::reasons::sentence;
use crate::pages::result_role::story;
use crate::pages::role_facts::FactsOf;
use crate::pages::roles::title;
use crate::results::report::{Reason, Report, RoleResult};
use crate::write::document::{Block, Card, ListMark, detail, items, marks, note, prose};
use crate::write::rich_text::RichText;
use crate::write::wording;

/// Reasons for a role that a page of several roles tells.
const FOR: usize = 2;
/// Reasons against a role that a page of several roles tells; its own tells one more.
const AGAINST: usize = 1;
/// Letters of a typical day for which a page of several roles has room.
const DAY: usize = 75;

/// A leading role: what speaks for it and against it, the work, how to get in, what it gives.
pub(crate) fn card(report: &Report<'_>, result: &RoleResult<'_>) -> Card {
    let (pack, role) = (report.pack(), result.role);
    let facts = FactsOf::plain(pack, role);
    let mut blocks: Vec<Block> = facts.content().into_iter().collect();
    blocks.extend(reasons(report, result, FOR));
    let mut lines: Vec<RichText> = Vec::new();
    let mut day = String::new();
    for task in &role.facts.typical_day {
        if !day.is_empty() && day.len() + task.len() > DAY {
            break;
        }
        day.push(' ');
        day.push_str(task);
    }
    if !day.is_empty() {
        let tasks = day.trim_start();
        let day = pack.phrase("job-day").text("tasks", tasks);
        lines.push(day.to_string().into());
    }
    lines.extend(facts.in_brief());
    blocks.extend(items(lines));
    let full = full(report, result);
    blocks.push(detail(pack.say("job-more"), full));
    Card::new(title(role), blocks)
}

/// At most so many things that speak for a role, what speaks against it, and what of it goes beyond a
/// person's limits.
pub(crate) fn reasons(report: &Report<'_>, result: &RoleResult<'_>, most: usize) -> Option<Block> {
    let pack = report.pack();
    let mut told: Vec<(ListMark, String)> = Vec::new();
    let say = |mark| move |reason| (mark, sentence(reason, pack));
    let clear = clear_conflicts(pack, result);
    let for_it = reasons_in_order(result).take(most);
    told.extend(for_it.map(say(ListMark::For)));
    let against = if most < usize::MAX {
        AGAINST
    } else {
        AGAINST + 1
    };
    let against = result.reasons_against.iter().take(against);
    told.extend(against.map(say(ListMark::Against)));
    if let Some(clear) = clear {
        let clear = pack.phrase("reason-said").text("said", clear);
        told.push((ListMark::Beyond, clear.to_string()));
    }
    (!told.is_empty()).then(|| marks(&pack.language, told))
}

/// What speaks for a role, the strongest first; before it the strongest of what the person likes, which says
/// more than what they do not.
pub(crate) fn reasons_in_order<'r>(result: &'r RoleResult<'_>) -> impl Iterator<Item = &'r Reason> {
    let liked = result.reasons_for.iter().find(|reason| reason.asks_more);
    let rest = result.reasons_for.iter();
    liked
        .into_iter()
        .chain(rest.filter(move |&reason| Some(reason) != liked))
}

/// What a job is, in a sentence.
pub(crate) fn what_it_is(role: &Role) -> String {
    format!("{}.", role.facts.summary.trim_end_matches('.'))
}

/// What of a role is clearly more than a person wants, in a line.
pub(crate) fn clear_conflicts(pack: &Pack, result: &RoleResult<'_>) -> Option<String> {
    let clear = result.own_conflicts.iter().filter(|c| c.is_clear());
    let clear: Vec<&str> = clear.map(|c| first_clause(&c.question.text)).collect();
    let beyond = pack.phrase("result-beyond").text("what", clear.join("; "));
    (!clear.is_empty()).then(|| beyond.to_string())
}

/// A text up to its first comma, without its full stop.
pub(crate) fn first_clause(text: &str) -> &str {
    let clause = text.split(", ").next().unwrap_or_default();
    clause.trim_end_matches('.')
}

/// Everything else about a role.
pub(crate) fn full(report: &Report<'_>, result: &RoleResult<'_>) -> Vec<Block> {
    let facts = FactsOf::plain(report.pack(), result.role);
    let mut blocks: Vec<Block> = facts.reach().map(note).into_iter().collect();
    blocks.extend(story(report, result));
    blocks.extend(facts.links_block());
    blocks.extend(facts.age().map(prose));
    blocks
}

/// A role in one line.
pub(crate) fn summary(pack: &Pack, result: &RoleResult<'_>) -> String {
    let name = &result.role.name;
    let fits = result.fit.as_ref().map(|fit| {
        let fits = pack.phrase("result-fits").text("job", name);
        fits.text("match", wording::matched(pack, fit)).to_string()
    });
    let fits = fits.unwrap_or_else(|| name.clone());
    let mark = match result.role.facts.reach.state {
        ReachState::Open => return fits,
        ReachState::NoTraining => pack.phrase("result-no-training"),
        ReachState::Area => pack.phrase("result-no-job"),
    };
    mark.text("job", fits).to_string()
}
