//! What pages end with: what the figures mean, and what all of it rests on.

use crate::engine::design::Design;
use crate::engine::report::Receipt;
use crate::render::page::doc::{Block, Doc};
use crate::render::words;

/// What the figures of a person mean, and what they are for.
pub(crate) fn figures(design: &Design<'_>, doc: &mut Doc) {
    let blocks = vec![
        Block::Prose(words::figures(&Receipt::of(design))),
        Block::Prose(words::PURPOSE.to_owned()),
    ];
    doc.part("figures", "What the figures mean", blocks);
}

/// The receipt, after what else a page rests on, and whom the pack credits.
pub(crate) fn rests(
    title: &'static str,
    before: Option<String>,
    design: &Design<'_>,
    doc: &mut Doc,
) {
    let receipt = words::receipt(&Receipt::of(design));
    let credit = design.pack.attribution.iter().cloned();
    let texts = before.into_iter().chain([receipt]).chain(credit);
    doc.part("rests", title, texts.map(Block::Prose).collect());
}

/// Its usual title.
pub(crate) const RESTS: &str = "What this rests on";
