//! Parts that every view of a result has.

use crate::pages::result_options::ResultOptions;
use crate::results::report::Report;
use crate::write::document::{Block, list, note, prose};
use crate::write::rich_text::RichText;
use crate::write::terminal_text::fixed;

/// What is said where no role fits better than it fits most.
pub(crate) fn nobody_fits(report: &Report<'_>) -> Option<Block> {
    (!report.stands_out).then(|| {
        let pack = report.pack();
        let elsewhere = pack.elsewhere.iter();
        let text = elsewhere.fold(pack.say("result-nobody"), |text, more| text + " " + more);
        prose(RichText::with_addresses(&text))
    })
}

/// Says what of this page is not as answered, and what is compared with what.
pub(crate) fn suppositions(report: &Report<'_>, shown: &ResultOptions<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let pack = report.pack();
    let mut supposed: Vec<String> = shown
        .supposed
        .iter()
        .map(|s| {
            let supposed = pack.phrase("result-what-if-trait");
            let supposed = supposed.text("trait", &pack.traits[s.of].name);
            let supposed = supposed.text("from", fixed(s.from, 0));
            supposed.text("to", fixed(s.to, 0)).to_string()
        })
        .collect();
    let avoided = shown.avoided.iter();
    supposed.extend(avoided.map(|q| {
        let avoided = pack.phrase("result-what-if-avoided");
        let condition = q.text.trim_end_matches('.');
        avoided.text("condition", condition).to_string()
    }));
    let and_if = |first: String, then: String| {
        let both = pack.phrase("result-what-if-and").text("first", first);
        both.text("then", then).to_string()
    };
    if let Some(supposed) = supposed.into_iter().reduce(and_if) {
        let what_if = pack.phrase("result-what-if").text("supposed", supposed);
        blocks.push(note(what_if.to_string()));
    }
    let receipt = &report.receipt;
    if let Some(family) = receipt.family {
        let only = pack.phrase("result-family").text("family", family);
        blocks.push(note(only.to_string()));
    }
    #[expect(clippy::float_cmp, reason = "1 is what it is unless set")]
    if receipt.aptitude_weight != 1.0 {
        let weight = receipt.aptitude_weight.to_string();
        let weight = pack.phrase("result-weight").text("weight", weight);
        blocks.push(note(weight.to_string()));
    }
    blocks
}

pub(crate) fn missing(report: &Report<'_>) -> Vec<Block> {
    let item = |&k: &usize| {
        let t = &report.pack().traits[k];
        let missing = if report.passed_over.contains(&k) {
            report.pack().phrase("result-missing-unknown")
        } else {
            report.pack().phrase("result-missing-none")
        };
        let missing = missing.number("count", t.items.len());
        missing.text("trait", &t.name).to_string()
    };
    vec![list(report.missing.iter().map(item))]
}
