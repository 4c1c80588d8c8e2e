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
    let pack = report.pack();
    let two = |id| {
        let both = pack.phrase(id).text("first", &first.role.name);
        both.text("second", &second.role.name)
    };
    let title = two("compare-title").to_string();
    let mut doc = Document::new("student", title, pack.say("result-foot"));
    let fit = |result: &RoleResult<'_>| {
        let matched = result.fit.as_ref();
        let matched = matched.map(|fit| wording::matched(pack, fit));
        matched.unwrap_or_else(|| pack.say("compare-not-known"))
    };
    let fits = two("compare-fit").text("fits-first", fit(first));
    let fits = fits.text("fits-second", fit(second));
    doc.opening.push(prose(fits.to_string()));
    let cards = [(first, second), (second, first)].map(|(this, other)| {
        let mut blocks = vec![prose(what_it_is(this.role))];
        blocks.extend(reasons(report, this, FOR));
        blocks.extend(what_parts(this.role, report.comparison, other.at));
        Card::new(this.role.name.as_str(), blocks)
    });
    doc.opening.push(Block::Cards(cards.to_vec()));
    doc.part(
        "levels",
        pack.say("compare-levels"),
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
        let third = PopulationThird::of(score.estimate);
        let word = say::third(pack, third, pack.traits[k].kind);
        let word = score
            .raw()
            .map_or_else(|| pack.say("result-unasked"), |_| word);
        let [one, other] = [first, second].map(|result| result.role.levels[k] * 10.0);
        let picture = Cell::Picture(Sparkline::Shift(one, other));
        Row::of(vec![words(&pack.traits[k].name), picture, words(word)])
    };
    let mut order = widest_apart(report.comparison, (first.at, second.at));
    order.truncate(TRAITS);
    Table {
        caption: (pack.phrase("compare-parts"))
            .text("first", &first.role.name)
            .text("second", &second.role.name)
            .to_string(),
        columns: vec![
            column("", ColumnKind::Name),
            column(pack.say("compare-less-more"), ColumnKind::Pictures),
            column(pack.say("result-column-you"), ColumnKind::Words),
        ],
        rows: order.into_iter().map(row).collect(),
    }
}
