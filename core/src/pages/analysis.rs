//! An analysis as a page with drawings.

use crate::pages::analysis_advice;
use crate::pages::analysis_cells::{estimate, figure, figures};
use crate::pages::analysis_questions;
use crate::pages::analysis_wording;
use crate::pages::closing;
use crate::pages::criterion;
use crate::pages::validity;
use crate::psychometrics::analysis::{Analysis, GroupComparison, RoleStatistics, ScaleStatistics};
use crate::results::report::Receipt;
use crate::scoring::comparison::Comparison;
use crate::write::document::{
    Block, Card, Cell, ColumnKind, Document, Row, Sparkline, Table, column, items, list,
    minor_column, note, prose, words as text,
};
use crate::write::rich_text::RichText;
use crate::write::terminal_text::fixed;
use crate::write::wording as common;

/// Said at the foot of each printed page.
const FOOT: &str = "About questions, never about a person.";

/// What the answers of many people say of the questions, traits and roles: reliability, item statistics,
/// shares of first places, group differences and the validity of ratings where there are any, with advice
/// on weak questions and the rules that it follows.
#[must_use]
pub(crate) fn doc(comparison: &Comparison<'_>, analysis: &Analysis) -> Document {
    let pack = comparison.pack;
    let receipt = Receipt::of(comparison);
    let title = match analysis.persons {
        None => format!("The answers of {} people", analysis.people),
        Some(persons) => format!("{} rows of answers of {persons} people", analysis.people),
    };
    let mut doc = Document::new("analysis", title, FOOT);
    doc.opening = vec![prose(format!(
        "{} {}. Compared with the {}.",
        pack.name,
        pack.version,
        common::norms(pack, &receipt)
    ))];
    doc.opening
        .extend(analysis.persons.map(|_| note(analysis_wording::AGAIN)));
    let people = analysis.persons.unwrap_or(analysis.people);
    doc.opening
        .extend(analysis_wording::loose(people).map(note));
    doc.part("advice", "What to look at", [advice(analysis)]);
    doc.part("scales", "Traits", traits(comparison, analysis));
    for scale in &analysis.scales {
        let of = &pack.traits[scale.trait_ix];
        let blocks = analysis_questions::of_trait(comparison, analysis, scale);
        doc.part("trait", of.name.clone(), blocks);
    }
    doc.part(
        "conditions",
        "Conditions",
        analysis_questions::conditions(comparison, analysis),
    );
    let (lead, pairs) = analysis_wording::together(analysis);
    let together = [prose(RichText::with_code(lead))];
    let together = together.into_iter().chain(items(pairs));
    doc.part("together", "Traits that go together", together);
    doc.part("roles", "Roles", roles(&analysis.roles));
    if let Some(groups) = &analysis.groups {
        doc.part(
            "groups",
            format!("Groups by {}", groups.by),
            differences(groups),
        );
    }
    if let Some(study) = &analysis.criterion {
        doc.part("criterion", criterion::TITLE, criterion::blocks(study));
    }
    if let Some(ratings) = &analysis.ratings {
        doc.part("ratings", validity::TITLE, validity::blocks(ratings));
    }
    let title = "What weak means, and what this rests on".to_owned();
    closing::rests(title, Some(analysis_advice::rules()), comparison, &mut doc);
    doc
}

fn advice(analysis: &Analysis) -> Block {
    let weak = analysis_wording::advice(analysis);
    let weak = weak.iter().map(|line| RichText::with_code(line));
    items(weak).unwrap_or_else(|| prose(analysis_wording::NOTHING_WEAK))
}

fn traits(comparison: &Comparison<'_>, analysis: &Analysis) -> Vec<Block> {
    let row = |scale: &ScaleStatistics| {
        Row::of(vec![
            text(&comparison.pack.traits[scale.trait_ix].name),
            figure(scale.mean, 1),
            figure(scale.sd, 1),
            figure(scale.sem, 1),
            estimate(scale.alpha),
            text(scale.people.to_string()),
            estimate(scale.omega),
            figure(scale.split_half, 2),
            estimate(scale.single),
            figure(Some(scale.assumed_single), 2),
        ])
    };
    let minor = |name: &str| minor_column(name, ColumnKind::Figures);
    let mut blocks = vec![Block::Table(Table {
        caption:
            "Raw scores from 0 to 100 with the standard error of measurement (sem); alpha and \
                  omega with 95 % intervals; half: odd against even questions; how well a single \
                  question measures, and what scoring assumes."
                .to_owned(),
        columns: vec![
            column("trait", ColumnKind::Name),
            figures("mean"),
            figures("sd"),
            figures("sem"),
            figures("alpha"),
            minor("people"),
            minor("omega"),
            minor("half"),
            minor("one question"),
            minor("assumed"),
        ],
        rows: analysis.scales.iter().map(row).collect(),
    })];
    let without = analysis.scales.iter().filter_map(|scale| {
        let why = scale.no_omega.as_ref()?;
        Some(format!("{}: omega was not computed: {why}", scale.id))
    });
    blocks.extend(items(without));
    blocks
}

fn roles(roles: &RoleStatistics) -> Vec<Block> {
    let rows = roles.roles.iter().map(|role| {
        Row::of(vec![
            text(&role.id),
            text(role.first.to_string()),
            text(fixed(role.fair, 2)),
            text(role.in_band.to_string()),
            Cell::Picture(Sparkline::Reach(100.0 * role.share, 100.0 * role.share)),
        ])
    });
    let mut lines = vec![format!("No role alone comes first for {}.", roles.no_first)];
    lines.extend(
        roles
            .mean_band
            .map(|mean| format!("The first group holds {} roles on average.", fixed(mean, 1))),
    );
    lines.extend(roles.states.iter().chain(&roles.flags).map(|share| {
        format!(
            "{}: {} ({})",
            share.word,
            share.people,
            analysis_advice::percent(share.share)
        )
    }));
    vec![
        Block::Table(Table {
            caption: "First: people for whom the role alone comes first; fair: as a ratio to an \
                      equal share; group: people in whose first group it is. The bar is the share \
                      of all people for whom it comes first."
                .to_owned(),
            columns: vec![
                column("role", ColumnKind::Name),
                figures("first"),
                figures("fair"),
                figures("group"),
                column("", ColumnKind::Pictures),
            ],
            rows: rows.collect(),
        }),
        list(lines),
    ]
}

fn differences(groups: &GroupComparison) -> Vec<Block> {
    let card = |group: &_| {
        let apart = items(analysis_wording::apart(group));
        let mut blocks = vec![apart.unwrap_or_else(|| prose(analysis_wording::alike(group)))];
        blocks.extend(analysis_wording::moved(group).map(prose));
        blocks.extend(analysis_wording::asked_alike(group).map(prose));
        blocks.extend(items(analysis_wording::dif(group)));
        Card::new(analysis_wording::group(group), blocks)
    };
    vec![
        prose(analysis_wording::differences(groups)),
        Block::Cards(groups.groups.iter().map(card).collect()),
    ]
}
