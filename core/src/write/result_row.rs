//! Many people as lines for people.

use crate::scoring::assessment::Outcome;
use crate::scoring::comparison::Comparison;
use crate::write::terminal_text::{TextStyle, cell, inert};
use crate::write::wording;

/// The header of [`table_row`].
#[must_use]
pub fn table_header(look: TextStyle) -> String {
    look.bold(&format!(
        "{}  {}  {}  {}",
        cell("who", 16, look.ascii),
        cell("state", 12, look.ascii),
        cell("first role", 30, look.ascii),
        "match  also in the band"
    ))
}

/// One person as a line for people; `reachable` sets apart first roles into which no way leads: the
/// first that is open follows.
pub fn table_row(
    comparison: &Comparison<'_>,
    id: &str,
    outcome: &Outcome,
    reachable: bool,
    look: TextStyle,
) -> String {
    let first = outcome.ranking.order.first();
    let name = first.map_or("", |&at| comparison.role(at).name.as_str());
    let matched = first
        .and_then(|&at| outcome.fits[at])
        .map_or_else(String::new, |fit| wording::matched(&fit));
    let closed =
        first.and_then(|&at| wording::reach_mark(&comparison.pack.roles, comparison.role(at)));
    let open = outcome.ranking.order.iter();
    let open = open.filter(|&&at| outcome.fits[at].is_some());
    let open = reachable
        .then(|| {
            open.map(|&at| comparison.role(at))
                .find(|r| r.reach().is_open())
        })
        .flatten();
    let closed = match (closed, open) {
        (Some(mark), Some(open)) => format!("  ! {mark}; first that is open: {}", open.name),
        (Some(mark), None) => format!("  ! {mark}"),
        (None, _) => String::new(),
    };
    let others = match outcome.ranking.band.len() {
        0 | 1 => String::new(),
        n => wording::count(n - 1, "role", "roles"),
    };
    format!(
        "{}  {}  {}  {matched:>7}  {others}{closed}",
        cell(&inert(id), 16, look.ascii),
        cell(outcome.state.word(), 12, look.ascii),
        cell(name, 30, look.ascii),
    )
    .trim_end()
    .to_owned()
}
