//! How old what a pack says of its roles is: for the method card.

use crate::pack::date::Date;
use crate::pack::model::{Pack, Role};
use crate::pack::role_facts::{RoleFacts, Source};
use crate::write::document::{Block, list, prose};
use crate::write::rich_text::RichText;
use crate::write::wording::count;

/// How many sources there are, when they were read, what years they speak of, and when the first is
/// due to be read again.
pub(crate) fn facts_age(pack: &Pack) -> Vec<Block> {
    let sources = || pack.roles.iter().flat_map(|role| &role.facts.sources);
    let all = sources().count();
    let dated = |has: fn(&Source) -> bool| sources().filter(|s| has(s)).count();
    let mut items: Vec<String> = vec![format!(
        "{} in all. {} state a year, {} a day on which they were read, {} neither.",
        count(all, "source", "sources"),
        dated(|s| s.year.is_some()),
        dated(|s| s.checked.is_some()),
        dated(|s| s.year.is_none() && s.checked.is_none()),
    )];
    let read = pack.roles.iter().filter_map(|role| role.facts.checked());
    let read = read.reduce(|(first, last), (from, to)| (first.min(from), last.max(to)));
    if let Some((first, last)) = read {
        items.push(format!("They were read from {first} to {last}."));
    }
    let due = pack.roles.iter().filter_map(|role| due(&role.facts)).min();
    if let Some(due) = due {
        items.push(format!(
            "The first must be read again by {due}; `rolescope check` names what is overdue."
        ));
    }
    let copies = dated(|s| s.copied_from.is_some());
    if copies > 0 {
        items.push(format!(
            "{} on the site of somebody else than the owner of the fact.",
            count(copies, "is a copy", "are copies")
        ));
    }
    for (what, year) in [
        ("Pay", newest_pay as fn(&Role) -> Option<u16>),
        ("Demand", newest_demand),
    ] {
        let years: Vec<u16> = pack.roles.iter().filter_map(year).collect();
        if let (Some(old), Some(new)) = (years.iter().min(), years.iter().max()) {
            let roles = count(pack.roles.len(), "role", "roles");
            items.push(format!(
                "{what} has a year for {} of {roles}; the newest statement of each is from {old} to \
                 {new}.",
                years.len()
            ));
        }
    }
    vec![
        prose(
            "What roles ask, pay and lead to changes faster than what the work is. Facts are not \
             scored: no match rests on them."
                .to_owned(),
        ),
        list(items.iter().map(|item| RichText::with_code(item))),
    ]
}

fn due(facts: &RoleFacts) -> Option<Date> {
    let named = facts
        .bases()
        .filter_map(|(_, basis)| facts.review_by(basis));
    let sources = facts.sources.iter().filter_map(|s| s.review_by);
    named.chain(sources).min()
}

fn newest_pay(role: &Role) -> Option<u16> {
    role.facts.pay.iter().filter_map(|pay| pay.year).max()
}

fn newest_demand(role: &Role) -> Option<u16> {
    role.facts.demand.as_ref()?.year
}
