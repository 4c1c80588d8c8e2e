//! What pages end with: what the figures mean, and what all of it rests on.

use crate::results::report::Receipt;
use crate::scoring::comparison::Comparison;
use crate::write::document::{Block, Document};
use crate::write::wording;

/// What the figures of a person mean, and what they are for.
pub(crate) fn figures(comparison: &Comparison<'_>, doc: &mut Document) {
    let blocks = vec![
        Block::Prose(wording::figures(&Receipt::of(comparison))),
        Block::Prose(wording::PURPOSE.to_owned()),
    ];
    doc.part("figures", "What the figures mean", blocks);
}

/// The receipt, after what else a page rests on, and whom the pack credits.
pub(crate) fn rests(
    title: &'static str,
    before: Option<String>,
    comparison: &Comparison<'_>,
    doc: &mut Document,
) {
    let receipt = wording::receipt(&Receipt::of(comparison));
    let credit = comparison.pack.attribution.iter().cloned();
    let texts = before.into_iter().chain([receipt]).chain(credit);
    doc.part("rests", title, texts.map(Block::Prose).collect());
}

/// Its usual title.
pub(crate) const RESTS: &str = "What this rests on";
