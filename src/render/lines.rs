//! Many people as lines for people.

use crate::engine::assess::Outcome;
use crate::engine::design::Design;
use crate::render::look::{Look, cell, inert};
use crate::render::words;

/// The header of [`table_row`].
#[must_use]
pub fn table_header(look: Look) -> String {
    look.bold(&format!(
        "{}  {}  {}  {}",
        cell("who", 16, look.ascii),
        cell("state", 12, look.ascii),
        cell("first role", 30, look.ascii),
        "match  also in the band"
    ))
}

/// One person as a line for people.
pub fn table_row(design: &Design<'_>, id: &str, outcome: &Outcome, look: Look) -> String {
    let first = outcome.ranking.order.first();
    let name = first.map_or("", |&at| design.role(at).name.as_str());
    let matched = first
        .and_then(|&at| outcome.fits[at])
        .map_or_else(String::new, |fit| words::matched(&fit));
    let others = match outcome.ranking.band.len() {
        0 | 1 => String::new(),
        n => words::count(n - 1, "role", "roles"),
    };
    format!(
        "{}  {}  {}  {matched:>7}  {others}",
        cell(&inert(id), 16, look.ascii),
        cell(outcome.state.word(), 12, look.ascii),
        cell(name, 30, look.ascii),
    )
    .trim_end()
    .to_owned()
}
