//! A role on a result page: the job, what stands in the way, how to get in, what to do next.

use crate::pages::result::Audience;
use crate::pages::roles::title;
use crate::results::report::{Report, RoleResult};
use crate::write::document::{Block, Card, Document, fact, items, list, prose};
use crate::write::rich_text::RichText;

/// Roles of a large first group whose stories a short page tells.
const TOLD: usize = 3;
/// Things of a typical day on a short page.
const TASKS: usize = 4;

/// What each role of the first group is.
pub(crate) fn stories(report: &Report<'_>, view: Audience, doc: &mut Document) {
    let told = match view {
        Audience::Student => TOLD,
        Audience::Counsellor | Audience::Both => usize::MAX,
    };
    let band = report.band.iter().take(told);
    let cards: Vec<Card> = band.map(|r| about(report, r, view)).collect();
    let title = match cards.len() {
        0 => return,
        1 => "What the work is",
        _ => "What each job is",
    };
    let mut blocks = vec![Block::Cards(cards)];
    if report.band.len() > told {
        blocks.push(prose(
            "The other roles of the first group are in the table above; each has a page of its own to \
             ask for.",
        ));
    }
    doc.part("stories", title, blocks);
}

/// The job, a typical day, what stands in the way, how to get in, and the nearest neighbour.
fn about(report: &Report<'_>, result: &RoleResult<'_>, view: Audience) -> Card {
    let (role, facts) = (result.role, &result.role.facts);
    let short = view == Audience::Student;
    let what = if short {
        &facts.summary
    } else {
        &facts.description
    };
    let tasks = if short { TASKS } else { usize::MAX };
    let mut blocks = vec![
        prose(what),
        list(Some("A typical day:"), facts.typical_day.iter().take(tasks)),
    ];
    for (name, text) in [("How to get in", &facts.entry), ("Study", &facts.study)] {
        let text = text.as_deref().map(RichText::with_addresses);
        blocks.extend(text.map(|text| fact(name, text)));
    }
    blocks.extend(items(Some("What stands in the way:"), &facts.limits));
    if let Some(neighbour) = result.nearest {
        let other = &report.pack().roles[neighbour.role].name;
        let text = format!("{other}. {}", neighbour.difference);
        blocks.push(fact("Nearest neighbour", text));
    }
    Card::new(title(role), blocks)
}

/// Real things to do next: watch, ask, visit. What is typed for it is for whoever has the program.
pub(crate) fn next_steps(report: &Report<'_>, view: Audience, doc: &mut Document) {
    let Some(first) = report.band.first() else {
        return;
    };
    let (name, id) = (&first.role.name, &first.role.id);
    let mut steps: Vec<RichText> = vec![
        format!(
            "Watch: look for a video of a working day ({name}), and note one thing you would like and \
             one you would not."
        )
        .into(),
        "Ask someone who does the work: what fills most of your day? What surprised you? What would \
         make you leave?"
            .into(),
        "Visit: ask a workplace near you for an hour beside someone, or go to an open day of a place \
         that trains for it."
            .into(),
    ];
    let mut sources = first.role.facts.sources.iter();
    if let Some(source) = sources.find(|s| s.supports.iter().any(|k| k == "entry")) {
        let check = RichText::from("Check how to get in, because it changes: ");
        steps.push(check.and(RichText::link(&source.title, &source.url)));
    }
    let mut blocks = vec![list(None, steps)];
    if view != Audience::Student {
        let other = report.band.get(1).map(|other| &other.role.id);
        let compare = other.map(|other| {
            let text = format!("Put two side by side: `rolescope compare {id} {other}`");
            Block::Command(RichText::with_code(&text))
        });
        let text =
            format!("Read the whole page of a role, with its sources: `rolescope roles {id}`");
        blocks.push(Block::Command(RichText::with_code(&text)));
        blocks.extend(compare);
        let text = format!("See which answers made this: `rolescope report FILE --why {id}`");
        blocks.push(Block::Command(RichText::with_code(&text)));
    }
    doc.part("next", "What to do next", blocks);
}
