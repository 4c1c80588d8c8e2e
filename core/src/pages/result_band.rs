//! The first group, what tells its roles apart, and the ranking after it.

use crate::pages::result::{Audience, ResultOptions};
use crate::pages::roles::title;
use crate::results::report::{Reason, Report, RoleResult};
use crate::scoring::role_match::contributions;
use crate::write::document::{
    Block, Card, Cell, ColumnKind, Document, ListMark, Row, Sparkline, Table, column, list, marks,
    prose, words as text,
};
use crate::write::terminal_text::fixed;
use crate::write::wording;

/// Roles of a large band that are told apart from the first, or whose sums are shown; `compare` and
/// `--why` do the rest.
const COMPARED: usize = 3;
/// Roles of a large first group whose reasons a short page tells.
const REASONED: usize = 6;
/// Roles after the first group that a short page names.
const NEXT: usize = 3;

/// Whether a role brings a condition that was asked to be avoided.
fn is_apart(result: &RoleResult<'_>, shown: &ResultOptions<'_>) -> bool {
    let avoided = |id: &str| shown.avoided.iter().any(|q| q.id == id);
    result.conflicts.iter().any(|q| avoided(&q.id))
}

/// The first group with its reasons, and roles that are set apart.
pub(crate) fn parts(report: &Report<'_>, shown: &ResultOptions<'_>, doc: &mut Document) {
    let (apart, band): (Vec<_>, Vec<_>) = report.band.iter().partition(|r| is_apart(r, shown));
    let title = match report.band.len() {
        1 => "The role that stands out".to_owned(),
        n => format!("Your first group: {n} roles"),
    };
    let mut blocks = Vec::new();
    if band.is_empty() {
        blocks.push(prose(
            "Every role of it brings something you asked to avoid, so all are listed below."
                .to_owned(),
        ));
    } else {
        blocks.push(Block::Table(ranking(report, &band, caption(report))));
        let told = match shown.view {
            Audience::Student => REASONED,
            Audience::Counsellor | Audience::Both => usize::MAX,
        };
        let cards = band.iter().take(told);
        blocks.push(Block::Cards(
            cards.map(|r| card(report, r, shown.view)).collect(),
        ));
        if band.len() > told {
            blocks.push(prose(
                "What speaks for and against the others is on the page for the two of you: ask whoever \
                 gave you this one for it.",
            ));
        }
    }
    let last = report.band.last().and_then(|b| b.rank);
    if report
        .rest
        .iter()
        .any(|r| r.rank.is_some() && r.rank < last)
    {
        blocks.push(prose(wording::SKIPPED.to_owned()));
    }
    if shown.view == Audience::Student {
        next(report, shown, &mut blocks);
    } else if !band.is_empty() {
        blocks.push(prose(wording::SIGNED.to_owned()));
    }
    doc.part("band", title, blocks);
    set_apart(report, &apart, shown, doc);
}

fn caption(report: &Report<'_>) -> String {
    format!(
        "The figure is the match: the role fits you better than it fits that many of 100 people \
         ({}). The shaded end of a bar is its error.",
        wording::norms(&report.receipt)
    )
}

/// Roles that are set apart: with their ranks, and never left out.
fn set_apart(
    report: &Report<'_>,
    band: &[&RoleResult<'_>],
    shown: &ResultOptions<'_>,
    doc: &mut Document,
) {
    let rest = report.rest.iter().filter(|r| is_apart(r, shown));
    let all: Vec<&RoleResult<'_>> = band.iter().copied().chain(rest).collect();
    if all.is_empty() {
        return;
    }
    let caption = "These bring what you asked to avoid. Their matches and ranks are as they would be \
                   without that; roles of the first group are set in bold.";
    let mut table = ranking(report, &all, caption.to_owned());
    for (row, result) in table.rows.iter_mut().zip(&all) {
        row.strong = report.band.iter().any(|b| b.at == result.at);
        row.beyond = beyond(result);
    }
    let title = format!("Set apart: {}", wording::count(all.len(), "role", "roles"));
    let mut blocks = vec![Block::Table(table)];
    if !band.is_empty() {
        let cards = band.iter().map(|r| card(report, r, shown.view));
        blocks.push(Block::Cards(cards.collect()));
    }
    doc.part("ranking", title, blocks);
}

/// The names of the best roles after the first group.
fn next(report: &Report<'_>, shown: &ResultOptions<'_>, blocks: &mut Vec<Block>) {
    let next: Vec<String> = report
        .rest
        .iter()
        .filter(|r| !is_apart(r, shown))
        .filter_map(|r| Some(format!("{} ({})", r.role.name, wording::matched(&r.fit?))))
        .take(NEXT)
        .collect();
    if !next.is_empty() {
        blocks.push(prose(format!("Next come {}.", next.join(", "))));
    }
}

/// A role of the first group: what speaks for it and against it.
fn card(report: &Report<'_>, result: &RoleResult<'_>, view: Audience) -> Card {
    let say = |reason: &Reason| match view {
        Audience::Student => wording::plain_reason(reason, report.pack()),
        Audience::Counsellor | Audience::Both => wording::reason(reason, report.pack()),
    };
    let mut told: Vec<(ListMark, String)> = Vec::new();
    told.extend(result.reasons_for.iter().map(|r| (ListMark::For, say(r))));
    told.extend(
        result
            .reasons_against
            .iter()
            .map(|r| (ListMark::Against, say(r))),
    );
    if !result.conflicts.is_empty() {
        let texts: Vec<&str> = result.conflicts.iter().map(|q| q.text.as_str()).collect();
        let texts = texts.join("; ");
        told.push((
            ListMark::Beyond,
            format!("goes beyond the limits you set: {texts}"),
        ));
    }
    Card::new(title(result.role), vec![marks(told)])
}

/// Roles with rank, match and bar.
pub(crate) fn ranking(report: &Report<'_>, roles: &[&RoleResult<'_>], caption: String) -> Table {
    let equal = |result: &RoleResult<'_>| {
        let all = report.band.iter().chain(&report.rest);
        all.filter(|r| r.rank == result.rank).count() > 1
    };
    let row = |result: &&RoleResult<'_>| {
        let rank = match result.rank {
            Some(rank) if equal(result) => format!("{rank}="),
            Some(rank) => rank.to_string(),
            None => "-".to_owned(),
        };
        let (matched, bar) = match &result.fit {
            Some(fit) => {
                let (low, high) = wording::reach(fit);
                (wording::matched(fit), Sparkline::Reach(low, high))
            }
            None => ("none".to_owned(), Sparkline::Blank),
        };
        let mut row = Row::of(vec![
            text(rank),
            text(&result.role.name),
            text(matched),
            Cell::Picture(bar),
        ]);
        if result.fit.is_none() {
            row.beyond =
                Some("no match, because nothing was answered that it asks about".to_owned());
        }
        row
    };
    let mut rows: Vec<Row> = roles.iter().map(row).collect();
    for (row, result) in rows.iter_mut().zip(roles) {
        row.strong = report.band.iter().any(|b| b.at == result.at);
    }
    Table {
        caption,
        columns: vec![
            column("rank", ColumnKind::Figures),
            column("role", ColumnKind::Name),
            column("match", ColumnKind::Figures),
            column("", ColumnKind::Pictures),
        ],
        rows,
    }
}

/// What of a role goes beyond what is tolerated, as ids.
fn beyond(result: &RoleResult<'_>) -> Option<String> {
    let ids: Vec<&str> = result.conflicts.iter().map(|q| q.id.as_str()).collect();
    (!ids.is_empty()).then(|| format!("goes beyond your limits: {}", ids.join(", ")))
}

/// What tells the roles of the band apart, and what would change the result.
pub(crate) fn telling(report: &Report<'_>, view: Audience, doc: &mut Document) {
    let Some(first) = report.band.first() else {
        return;
    };
    if view == Audience::Counsellor {
        doc.part(
            "sums",
            "What each trait adds",
            vec![Block::Table(sums(report))],
        );
    }
    let pack = report.pack();
    let mut cards = Vec::new();
    for apart in report.apart.iter().take(COMPARED) {
        let other = &report.comparison.role(apart.other).name;
        let chance = fixed(100.0 * apart.first_better, 0);
        let items = apart
            .differences
            .iter()
            .map(|d| wording::difference(d, &first.role.name, other, pack));
        cards.push(Card::new(
            format!("{} or {other}", first.role.name),
            vec![
                prose(format!("{chance} in 100 that the first truly fits better.")),
                list(None, items),
            ],
        ));
    }
    if !cards.is_empty() {
        doc.part("apart", "What tells them apart", vec![Block::Cards(cards)]);
    }
    doc.part(
        "change",
        "What would change the result",
        vec![prose(change(report))],
    );
}

fn change(report: &Report<'_>) -> String {
    report.change.as_ref().map_or_else(
        || "No change of a single trait puts another role first.".to_owned(),
        |change| {
            format!(
                "{} would fit you as well as the first if your score for \"{}\" were {} instead of {}. \
                 That is the smallest change of a single trait that does it.",
                report.comparison.role(change.role).name,
                report.pack().traits[change.of].name,
                fixed(change.to, 0),
                fixed(change.from, 0),
            )
        },
    )
}

/// The exact parts of the matches of the band, by trait.
fn sums(report: &Report<'_>) -> Table {
    let (comparison, outcome) = (report.comparison, report.outcome);
    let roles: Vec<(&RoleResult<'_>, Vec<f64>)> = report
        .band
        .iter()
        .take(COMPARED)
        .filter_map(|r| Some((r, contributions(comparison, &outcome.scores, r.at, &r.fit?))))
        .collect();
    let mut columns = vec![column("trait", ColumnKind::Name)];
    columns.extend(
        roles
            .iter()
            .map(|(r, _)| column(&r.role.name, ColumnKind::Figures)),
    );
    let mut rows: Vec<Row> = comparison
        .discriminating_traits()
        .map(|k| {
            let mut cells = vec![text(&report.pack().traits[k].name)];
            cells.extend(
                roles
                    .iter()
                    .map(|(_, parts)| text(wording::signed(parts[k], 2))),
            );
            Row::of(cells)
        })
        .collect();
    let fits = || roles.iter().filter_map(|(r, _)| r.fit);
    let mut total = Row::of(vec![text("together")]);
    total
        .cells
        .extend(fits().map(|fit| text(wording::signed(fit.z, 2))));
    total.strong = true;
    let mut error = Row::of(vec![text("standard error")]);
    error
        .cells
        .extend(fits().map(|fit| text(fixed(fit.se(), 2))));
    rows.extend([total, error]);
    Table {
        caption: "The parts add up to the match on its standard normal scale, where 0 is the \
                  middle of the population."
            .to_owned(),
        columns,
        rows,
    }
}

/// The ranking after the first group.
pub(crate) fn after(report: &Report<'_>, shown: &ResultOptions<'_>, doc: &mut Document) {
    let rest: Vec<&RoleResult<'_>> = report.rest.iter().filter(|r| !is_apart(r, shown)).collect();
    if rest.is_empty() {
        return;
    }
    let mut table = ranking(report, &rest, String::new());
    for (row, result) in table.rows.iter_mut().zip(&rest) {
        row.beyond = row.beyond.take().or_else(|| beyond(result));
    }
    doc.part("ranking", "The ranking after it", vec![Block::Table(table)]);
}
