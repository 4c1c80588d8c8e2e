//! The group's page in a few sentences: what a counsellor acts on.

use crate::pack::model::Pack;
use crate::psychometrics::group_counts::STATES;
use crate::results::disclosure::DisclosedGroup;
use crate::scoring::assessment::State;
use crate::scoring::comparison::Comparison;
use crate::write::document::{Block, items};
use std::cmp::Reverse;

/// Roles that are named with the number of people.
const NAMED: usize = 5;
/// Workplaces that are named.
const WORKPLACES: usize = 3;

/// Which roles are often among the best matches, whom to invite, and how many results are unclear. What is withheld
/// in the tables is withheld here.
#[must_use]
pub(crate) fn blocks(comparison: &Comparison<'_>, told: &DisclosedGroup) -> Option<Block> {
    let counted = (0..told.band.len()).filter_map(|at| {
        let people = told.band[at].whole.filter(|&people| people > 0)?;
        Some((at, people))
    });
    let mut counted: Vec<(usize, u64)> = counted.collect();
    // of roles with as many people, that which comes first for more of them
    counted.sort_by_key(|&(at, people)| Reverse((people, told.first[at].unwrap_or(0))));
    counted.truncate(NAMED);
    let roles = counted.iter();
    let roles = roles.map(|&(at, people)| format!("{} ({people})", comparison.role(at).name));
    let roles: Vec<String> = roles.collect();
    let often = (!roles.is_empty()).then(|| {
        comparison
            .pack
            .phrase("group-often")
            .text("people", told.people.to_string())
            .text("roles", roles.join(", "))
            .to_string()
    });
    let places = counted.iter().filter_map(|&(at, people)| {
        let setting = comparison.role(at).facts.setting.as_deref()?;
        let (first, _) = setting.split_once(". ").unwrap_or((setting, ""));
        let first = first.trim_end_matches('.');
        Some(
            comparison
                .pack
                .phrase("group-invite")
                .text("people", people.to_string())
                .text("job", &comparison.role(at).name)
                .text("first", first)
                .to_string(),
        )
    });
    let lines = often.into_iter().chain(places.take(WORKPLACES));
    items(lines.chain([unclear(comparison.pack, told)]))
}

/// How many need another look, as counts alone.
fn unclear(pack: &Pack, told: &DisclosedGroup) -> String {
    let people = |state: State| {
        let lines = STATES.iter().zip(&told.states);
        let mut found = lines.filter(|(one, _)| **one == state);
        found.next().and_then(|(_, line)| line.whole)
    };
    let of = |state: State, what: String| match people(state) {
        Some(0) => None,
        Some(n) => {
            let n = usize::try_from(n).unwrap_or(usize::MAX);
            let results = pack.phrase("group-results").number("count", n);
            Some(results.text("what", what).to_string())
        }
        None => Some(pack.phrase("group-withheld").text("what", what).to_string()),
    };
    let all = [
        of(State::Unclear, pack.say("group-unclear")),
        of(State::Insufficient, pack.say("group-insufficient")),
    ];
    let all: Vec<String> = all.into_iter().flatten().collect();
    if all.is_empty() {
        return pack.say("group-nobody");
    }
    pack.phrase("group-talk")
        .text("results", all.join("; "))
        .to_string()
}
