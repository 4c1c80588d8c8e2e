//! What pages end with: what the figures mean, and what all of it rests on.

use crate::results::report::Receipt;
use crate::scoring::comparison::Comparison;
use crate::text::language::Language;
use crate::write::document::{Document, prose};
use crate::write::rich_text::RichText;
use crate::write::wording;

/// What the figures of a person mean, and what they are for.
pub(crate) fn figures(comparison: &Comparison<'_>, doc: &mut Document) {
    let blocks = [
        prose(wording::figures(comparison.pack, &Receipt::of(comparison))),
        prose(comparison.say("page-purpose")),
    ];
    doc.part("figures", comparison.say("figures-title"), blocks);
}

/// The receipt, after what else a page rests on, and whom the pack credits.
pub(crate) fn rests(
    title: String,
    before: Option<String>,
    comparison: &Comparison<'_>,
    doc: &mut Document,
) {
    let receipt = wording::receipt(comparison.pack, &Receipt::of(comparison));
    let credit = comparison.pack.attribution.as_deref();
    let texts = before.into_iter().chain([receipt]).map(RichText::from);
    let texts = texts.chain(credit.map(RichText::with_addresses));
    doc.part("rests", title, texts.map(prose));
}

/// Whom the pack credits: wherever levels or facts are shown.
pub(crate) fn credit(language: &Language, credit: Option<&str>, doc: &mut Document) {
    let credit = credit.map(RichText::with_addresses);
    let title = language.phrase("page-credit").to_string();
    doc.part("rests", title, credit.map(prose));
}
