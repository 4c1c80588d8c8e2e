//! What stands out in a person, as bars: a few traits, strongest first, each with a word.

use crate::pack::model::{TraitIx, TraitKind};
use crate::results::report::Report;
use crate::scoring::contributions::own_estimates;
use crate::write::document::{
    Block, Cell, ColumnKind, Row, Sparkline, Table, column, words as text,
};

/// Strengths that are shown.
const SHOWN: usize = 4;
/// An estimate above this stands out, in standard deviations of the norms.
const STANDS_OUT: f64 = 0.5;
/// From this on it stands out clearly.
const CLEARLY: f64 = 1.0;
/// The estimate at which a bar is full.
const FULL: f64 = 2.0;

/// What stands out in the person of a report: interests and preferences beside the person's own level,
/// aptitudes beside the norm, at most four, strongest first. Nothing where nothing does.
///
/// The bar is full at two standard deviations; its shaded end is one standard error to either side, cut
/// off at both ends of the bar.
pub(crate) fn strengths(report: &Report<'_>) -> Vec<Block> {
    let comparison = report.comparison;
    let scores = &report.outcome.scores;
    let own = own_estimates(comparison, scores);
    let mut strong: Vec<TraitIx> = (0..own.len()).filter(|&k| own[k] > STANDS_OUT).collect();
    strong.sort_by(|&a, &b| own[b].total_cmp(&own[a]));
    strong.truncate(SHOWN);
    if strong.is_empty() {
        return Vec::new();
    }
    let row = |&k: &TraitIx| {
        let t = &report.pack().traits[k];
        let error = (1.0 - scores[k].reliability).sqrt();
        let place = |estimate: f64| (100.0 * estimate / FULL).clamp(0.0, 100.0);
        Row::of(vec![
            text(&t.name),
            text(report.pack().say(word(t.kind, own[k]))),
            Cell::Picture(Sparkline::Reach(
                place(own[k] - error),
                place(own[k] + error),
            )),
        ])
    };
    vec![Block::Table(Table {
        caption: String::new(),
        columns: vec![
            column("", ColumnKind::Name),
            column("", ColumnKind::Words),
            column("", ColumnKind::Pictures),
        ],
        rows: strong.iter().map(row).collect(),
    })]
}

/// The message that says what a strength is, in a word or two.
const fn word(kind: TraitKind, estimate: f64) -> &'static str {
    let clearly = estimate > CLEARLY;
    match (kind, clearly) {
        (TraitKind::Interest, true) => "result-strong-interest",
        (TraitKind::Interest, false) => "result-interest",
        (TraitKind::Preference, true) => "result-liked-a-lot",
        (TraitKind::Preference, false) => "result-liked",
        (TraitKind::Aptitude, true) => "result-done-very-well",
        (TraitKind::Aptitude, false) => "result-done-well",
    }
}
