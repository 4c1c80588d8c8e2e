//! A role on a result page: the job, what stands in the way, how to get in, what to do next.

use crate::pages::role_facts::FactsOf;
use crate::pages::roles::title;
use crate::results::report::{Report, RoleResult};
use crate::write::document::{Block, Card, Document, fact, list, list_after, prose};
use crate::write::rich_text::RichText;

/// What each role of the first group is.
pub(crate) fn stories(report: &Report<'_>, doc: &mut Document) {
    let pack = report.pack();
    let cards: Vec<Card> = report.band.iter().map(|r| about(report, r)).collect();
    let title = match cards.len() {
        0 => return,
        1 => pack.say("counsel-work"),
        _ => pack.say("counsel-jobs"),
    };
    doc.part("stories", title, [Block::Cards(cards)]);
}

/// The job, a typical day, what stands in the way, how to get in, and the nearest neighbour.
fn about(report: &Report<'_>, result: &RoleResult<'_>) -> Card {
    let role = result.role;
    let shown = FactsOf::plain(report.pack(), role);
    let mut blocks = shown.before_all();
    blocks.extend(story(report, result));
    blocks.extend(shown.age().map(prose));
    Card::new(title(role), blocks)
}

/// All that is told of a role.
pub(crate) fn story(report: &Report<'_>, result: &RoleResult<'_>) -> Vec<Block> {
    let facts = &result.role.facts;
    let pack = report.pack();
    let shown = FactsOf::plain(pack, result.role);
    let mut blocks = vec![
        prose(&facts.description),
        list_after(pack.say("job-typical-day"), &facts.typical_day),
    ];
    blocks.extend(shown.way_in());
    if !facts.limits.is_empty() {
        blocks.push(list_after(pack.say("job-hard"), &facts.limits));
    }
    blocks.extend(shown.prospects());
    blocks.extend(shown.onward());
    if let Some(neighbour) = result.nearest {
        let other = &report.pack().roles[neighbour.role].name;
        let text = format!("{other}. {}", neighbour.difference);
        blocks.push(fact(pack.say("job-nearest"), text));
    }
    blocks
}

/// Real things to do next: those that the first role names, or to watch, ask and visit. What is typed
/// for more is for whoever has the program.
pub(crate) fn next_steps(report: &Report<'_>, doc: &mut Document) {
    let Some(first) = report.band.first() else {
        return;
    };
    let (name, id) = (&first.role.name, &first.role.id);
    let pack = report.pack();
    let shown = FactsOf::plain(pack, first.role);
    let mut steps = steps(report, first);
    let elsewhere = report.pack().elsewhere.as_deref();
    steps.extend(elsewhere.map(RichText::with_addresses));
    let steps = list(steps);
    let blocks = [Some(steps), shown.help(), shown.links_block()];
    let mut blocks: Vec<Block> = blocks.into_iter().flatten().collect();
    let other = report.band.get(1).map_or("none", |other| other.role.id());
    let text = pack.phrase("counsel-next-commands").text("id", id);
    let text = text.text("other", other).to_string();
    blocks.push(Block::Command(RichText::with_code(&text)));
    doc.part(
        "next",
        pack.phrase("counsel-next").text("name", name).to_string(),
        blocks,
    );
}

/// What can be done about a role: what it names, or what can be done about any.
pub(crate) fn steps(report: &Report<'_>, result: &RoleResult<'_>) -> Vec<RichText> {
    let role = result.role;
    let mut steps = FactsOf::plain(report.pack(), role).next_steps();
    if steps.is_empty() {
        let pack = report.pack();
        let watch = pack.phrase("job-watch").text("job", &role.name);
        let usual = [
            watch.to_string(),
            pack.say("job-ask"),
            pack.say("job-visit"),
        ];
        steps = usual.map(RichText::from).to_vec();
        let about_entry = |key: &String| key == "entry";
        let sources = &role.facts.sources;
        if let Some(source) = sources.iter().find(|s| s.supports.iter().any(about_entry)) {
            let check = RichText::from(pack.say("job-check-entry"));
            steps.push(
                check
                    .and(" ")
                    .and(RichText::link(&source.title, &source.url)),
            );
        }
    }
    steps
}
