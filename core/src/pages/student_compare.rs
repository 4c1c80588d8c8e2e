//! Two jobs side by side for the person who answered: the reasons of each, where they differ, what each takes
//! and gives.

use crate::pack::model::TraitIx;
use crate::pages::compare::{side_by_side, what_parts, widest_apart};
use crate::pages::student_role::{reasons, what_it_is};
use crate::pages::student_wording as say;
use crate::results::report::{PopulationThird, Report, RoleResult};
use crate::write::document::{
    Block, Card, Cell, ColumnKind, Document, Row, Sparkline, Table, column, prose, words,
};
use crate::write::wording;

/// Reasons for each of the two.
const FOR: usize = 2;
/// Traits in which they differ most that are shown.
const TRAITS: usize = 8;

/// Two jobs of a result side by side.
pub(crate) fn doc(report: &Report<'_>, pair: [&RoleResult<'_>; 2]) -> Document {
    let [first, second] = pair;
    let names = format!("{} and {}", first.role.name, second.role.name);
    let mut doc = Document::new("student", names, wording::FOOT);
    let fit = |result: &RoleResult<'_>| {
        let matched = result.fit.as_ref().map(wording::matched);
        let matched = matched.unwrap_or_else(|| "not known".to_owned());
        format!("{}: {matched}", result.role.name)
    };
    let fits = format!("How well they fit you: {}, {}.", fit(first), fit(second));
    doc.opening.push(prose(fits));
    let cards = [(first, second), (second, first)].map(|(this, other)| {
        let mut blocks = vec![prose(what_it_is(this.role))];
        blocks.extend(reasons(report, this, FOR));
        blocks.extend(what_parts(this.role, report.comparison, other.at));
        Card::new(this.role.name.as_str(), blocks)
    });
    doc.opening.push(Block::Cards(cards.to_vec()));
    doc.part(
        "levels",
        "Where they differ most",
        [Block::Table(levels(report, pair))],
    );
    side_by_side(report.pack(), pair.map(|result| result.role), &mut doc);
    doc
}

/// What the two have more or less of, the widest apart first, and how much of it the person has.
fn levels(report: &Report<'_>, [first, second]: [&RoleResult<'_>; 2]) -> Table {
    let pack = report.pack();
    let row = |k: TraitIx| {
        let score = report.score(k);
        let word = PopulationThird::of(score.estimate).word(pack.traits[k].kind);
        let word = score.raw().map_or("not asked", |_| word);
        let [one, other] = [first, second].map(|result| result.role.levels[k] * 10.0);
        let picture = Cell::Picture(Sparkline::Shift(one, other));
        Row::of(vec![words(&pack.traits[k].name), picture, words(word)])
    };
    let mut order = widest_apart(report.comparison, (first.at, second.at));
    order.truncate(TRAITS);
    Table {
        caption: format!(
            "{} The open dot: {}. The full dot: {}.",
            say::PARTS,
            first.role.name,
            second.role.name
        ),
        columns: vec![
            column("", ColumnKind::Name),
            column("less ... more", ColumnKind::Pictures),
            column("you", ColumnKind::Words),
        ],
        rows: order.into_iter().map(row).collect(),
    }
}
