//! The first group, what tells its roles apart, and the ranking after it.

use crate::pack::model::Pack;
use crate::pages::reasons::said;
use crate::pages::result_options::{Audience, ResultOptions};
use crate::pages::roles::title;
use crate::results::report::{Conflict, Reason, Report, RoleResult};
use crate::scoring::contributions::contributions;
use crate::write::document::{
    Beyond, Block, Card, Cell, ColumnKind, Document, ListMark, Row, Sparkline, Table, column, list,
    marks, prose, words as text,
};
use crate::write::terminal_text::fixed;
use crate::write::wording;

/// Roles of a large band that are told apart from the first, or whose sums are shown; `compare` and
/// `--why` do the rest.
const COMPARED: usize = 3;

/// Whether a role brings a condition that was asked to be avoided, or no way leads into it where only
/// roles with one were asked for.
pub(crate) fn is_apart(result: &RoleResult<'_>, shown: &ResultOptions<'_>) -> bool {
    let avoided = |id: &str| shown.avoided.iter().any(|q| q.id == id);
    result.conflicts.iter().any(|c| avoided(&c.question.id))
        || shown.reachable && !result.role.is_open()
}

/// The first group with its reasons, and roles that are set apart.
pub(crate) fn parts(report: &Report<'_>, shown: &ResultOptions<'_>, doc: &mut Document) {
    let (apart, band): (Vec<_>, Vec<_>) = report.band.iter().partition(|r| is_apart(r, shown));
    let pack = report.pack();
    let title = match report.band.len() {
        1 => pack.say("counsel-band-one"),
        n => pack.phrase("counsel-band").number("count", n).to_string(),
    };
    let mut blocks = Vec::new();
    if band.is_empty() {
        blocks.push(prose(pack.say("counsel-band-all-apart")));
    } else {
        blocks.push(Block::Table(ranking(report, &band, caption(report))));
        let cards = band.iter().map(|r| card(report, r));
        blocks.push(Block::Cards(cards.collect()));
    }
    if band
        .iter()
        .any(|r| !r.reasons_for.is_empty() || !r.reasons_against.is_empty())
    {
        blocks.push(prose(pack.say("counsel-for-you")));
    }
    blocks.extend(shared(report));
    let last = report.band.last().and_then(|b| b.rank);
    if report
        .rest
        .iter()
        .any(|r| r.rank.is_some() && r.rank < last)
    {
        blocks.push(prose(pack.say("counsel-skipped")));
    }
    if !band.is_empty() {
        blocks.push(prose(pack.say("counsel-signed")));
    }
    doc.part("band", title, blocks);
    set_apart(report, &apart, shown, doc);
}

fn caption(report: &Report<'_>) -> String {
    let pack = report.pack();
    let caption = pack.phrase("counsel-caption");
    let norms = wording::norms(pack, &report.receipt);
    caption.text("norms", norms).to_string()
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
    let pack = report.pack();
    let why = match (shown.avoided.is_empty(), shown.reachable) {
        (_, false) => pack.say("counsel-apart-avoided"),
        (true, true) => pack.say("counsel-apart-unreachable"),
        (false, true) => pack.say("counsel-apart-both"),
    };
    let caption = pack
        .phrase("counsel-apart-caption")
        .text("why", why)
        .to_string();
    let mut table = ranking(report, &all, caption);
    for (row, result) in table.rows.iter_mut().zip(&all) {
        row.strong = report.band.iter().any(|b| b.at == result.at);
        add(pack, &mut row.beyond, brought(pack, result, shown));
    }
    let title = pack
        .phrase("counsel-apart-title")
        .number("count", all.len())
        .to_string();
    let mut blocks = vec![Block::Table(table)];
    if !band.is_empty() {
        let cards = band.iter().map(|r| card(report, r));
        blocks.push(Block::Cards(cards.collect()));
    }
    doc.part("ranking", title, blocks);
}

/// A role of the first group: what speaks for it and against it.
fn card(report: &Report<'_>, result: &RoleResult<'_>) -> Card {
    let pack = report.pack();
    let say = |reason: &Reason| {
        let figures = wording::reason(reason, pack);
        match said(reason, pack) {
            Some(said) => format!("{figures}. {said}."),
            None => figures,
        }
    };
    let mut told: Vec<(ListMark, String)> = Vec::new();
    told.extend(result.reasons_for.iter().map(|r| (ListMark::For, say(r))));
    told.extend(
        result
            .reasons_against
            .iter()
            .map(|r| (ListMark::Against, say(r))),
    );
    for (mark, lead, clear) in [
        (ListMark::Beyond, pack.say("counsel-beyond"), true),
        (ListMark::Slightly, pack.say("counsel-slightly"), false),
    ] {
        let conflicts = result
            .own_conflicts
            .iter()
            .filter(|c| c.is_clear() == clear);
        let texts: Vec<&str> = if clear {
            conflicts.map(|c| c.question.text.as_str()).collect()
        } else {
            ids(conflicts)
        };
        let between = if clear { "; " } else { ", " };
        if !texts.is_empty() {
            told.push((mark, format!("{lead}: {}", texts.join(between))));
        }
    }
    Card::new(title(result.role), vec![marks(&pack.language, told)])
}

/// A role's match in words, and its bar.
pub(crate) fn match_and_bar(pack: &Pack, result: &RoleResult<'_>) -> (String, Sparkline) {
    match &result.fit {
        Some(fit) => {
            let (low, high) = wording::reach(fit);
            (wording::matched(pack, fit), Sparkline::Reach(low, high))
        }
        None => (pack.say("counsel-no-match"), Sparkline::Blank),
    }
}

/// Roles with rank, match and bar.
pub(crate) fn ranking(report: &Report<'_>, roles: &[&RoleResult<'_>], caption: String) -> Table {
    let pack = report.pack();
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
        let (matched, bar) = match_and_bar(pack, result);
        let mut row = Row::of(vec![
            text(rank),
            text(&result.role.name),
            text(matched),
            Cell::Picture(bar),
        ]);
        let mark = wording::reach_mark(&pack.language, &pack.roles, result.role);
        row.beyond = mark.map(|mark| Beyond::new(&pack.language, mark));
        if result.fit.is_none() {
            let text = pack.say("counsel-no-match-why");
            add(pack, &mut row.beyond, Some(text));
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
            column(pack.say("column-rank"), ColumnKind::Figures),
            column(pack.say("column-role"), ColumnKind::Name),
            column(pack.say("column-match"), ColumnKind::Figures),
            column("", ColumnKind::Pictures),
        ],
        rows,
    }
}

/// Adds something to mind to what is there already.
fn add(pack: &Pack, beyond: &mut Option<Beyond>, more: Option<String>) {
    let Some(more) = more else { return };
    match beyond {
        Some(there) => there.text = format!("{}; {more}", there.text),
        None => *beyond = Some(Beyond::new(&pack.language, more)),
    }
}

/// Ids of the conditions of some conflicts.
fn ids<'r>(conflicts: impl Iterator<Item = &'r Conflict<'r>>) -> Vec<&'r str> {
    conflicts.map(|c| c.question.id.as_str()).collect()
}

/// What of a role goes clearly beyond what is tolerated, without what all roles share.
fn beyond(pack: &Pack, result: &RoleResult<'_>) -> Option<String> {
    let ids = ids(result.own_conflicts.iter().filter(|c| c.is_clear()));
    (!ids.is_empty()).then(|| {
        pack.phrase("counsel-role-beyond")
            .text("conditions", ids.join(", "))
            .to_string()
    })
}

/// What of a role was asked to be avoided.
fn brought(pack: &Pack, result: &RoleResult<'_>, shown: &ResultOptions<'_>) -> Option<String> {
    let asked = |c: &&Conflict<'_>| shown.avoided.iter().any(|q| q.id == c.question.id);
    let ids = ids(result.conflicts.iter().filter(asked));
    (!ids.is_empty()).then(|| {
        pack.phrase("counsel-role-brings")
            .text("conditions", ids.join(", "))
            .to_string()
    })
}

/// What every role in play brings, said once.
fn shared(report: &Report<'_>) -> Vec<Block> {
    let pack = report.pack();
    let says = |lead: String, clear: bool| {
        let conflicts = report.shared_conflicts.iter();
        let texts: Vec<&str> = conflicts
            .filter(|c| c.is_clear() == clear)
            .map(|c| c.question.text.as_str())
            .collect();
        (!texts.is_empty()).then(|| prose(format!("{lead}: {}", texts.join("; "))))
    };
    let clear = says(pack.say("counsel-all-beyond"), true);
    let slight = says(pack.say("counsel-all-slightly"), false);
    clear.into_iter().chain(slight).collect()
}

/// What some roles bring a little more of than was wished, in one line.
fn slight(pack: &Pack, roles: &[&RoleResult<'_>]) -> Option<Block> {
    let mut ids: Vec<&str> = Vec::new();
    let conflicts = roles.iter().flat_map(|r| &r.own_conflicts);
    for conflict in conflicts.filter(|c| !c.is_clear()) {
        if !ids.contains(&conflict.question.id.as_str()) {
            ids.push(&conflict.question.id);
        }
    }
    let text = || {
        pack.phrase("counsel-some-slightly")
            .text("conditions", ids.join(", "))
            .to_string()
    };
    (!ids.is_empty()).then(|| prose(text()))
}

/// What tells the roles of the band apart, and what would change the result.
pub(crate) fn telling(report: &Report<'_>, view: Audience, doc: &mut Document) {
    let Some(first) = report.band.first() else {
        return;
    };
    let pack = report.pack();
    if view == Audience::Counsellor {
        doc.part(
            "sums",
            pack.say("counsel-sums"),
            vec![Block::Table(sums(report))],
        );
    }
    let mut cards = Vec::new();
    for apart in report.apart.iter().take(COMPARED) {
        let other = &report.comparison.role(apart.other).name;
        let chance = fixed(100.0 * apart.first_better, 0);
        let items = apart
            .differences
            .iter()
            .map(|d| wording::difference(d, &first.role.name, other, pack));
        cards.push(Card::new(
            pack.phrase("counsel-or")
                .text("first", &first.role.name)
                .text("other", other)
                .to_string(),
            vec![
                prose(
                    pack.phrase("counsel-chance")
                        .text("chance", chance)
                        .to_string(),
                ),
                list(items),
            ],
        ));
    }
    if !cards.is_empty() {
        doc.part(
            "apart",
            pack.say("counsel-what-parts"),
            vec![Block::Cards(cards)],
        );
    }
    doc.part(
        "change",
        pack.say("counsel-change"),
        vec![prose(change(report))],
    );
}

fn change(report: &Report<'_>) -> String {
    let pack = report.pack();
    report.change.as_ref().map_or_else(
        || pack.say("counsel-change-none"),
        |change| {
            pack.phrase("counsel-change-is")
                .text("job", &report.comparison.role(change.role).name)
                .text("trait", &pack.traits[change.of].name)
                .text("to", fixed(change.to, 0))
                .text("from", fixed(change.from, 0))
                .to_string()
        },
    )
}

/// The exact parts of the matches of the band, by trait.
fn sums(report: &Report<'_>) -> Table {
    let (comparison, outcome) = (report.comparison, report.outcome);
    let pack = report.pack();
    let roles: Vec<(&RoleResult<'_>, Vec<f64>)> = report
        .band
        .iter()
        .take(COMPARED)
        .filter_map(|r| Some((r, contributions(comparison, outcome, r.at, &r.fit?))))
        .collect();
    let mut columns = vec![column(pack.say("column-trait"), ColumnKind::Name)];
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
    let mut total = Row::of(vec![text(pack.say("counsel-together"))]);
    total
        .cells
        .extend(fits().map(|fit| text(wording::signed(fit.z, 2))));
    total.strong = true;
    let mut error = Row::of(vec![text(pack.say("counsel-error"))]);
    error
        .cells
        .extend(fits().map(|fit| text(fixed(fit.se(), 2))));
    rows.extend([total, error]);
    Table {
        caption: pack.say("counsel-sums-caption"),
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
        add(
            report.pack(),
            &mut row.beyond,
            beyond(report.pack(), result),
        );
    }
    let mut blocks = vec![Block::Table(table)];
    blocks.extend(slight(report.pack(), &rest));
    doc.part("ranking", report.pack().say("counsel-ranking"), blocks);
}
