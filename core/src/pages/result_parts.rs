//! Parts that every view of a result has.

use crate::pages::result_options::ResultOptions;
use crate::results::report::Report;
use crate::write::document::{Block, list, note, prose};
use crate::write::rich_text::RichText;
use crate::write::terminal_text::fixed;
use crate::write::wording;

/// What is said where no role fits better than it fits most.
pub(crate) fn nobody_fits(report: &Report<'_>) -> Option<Block> {
    (!report.stands_out).then(|| {
        let elsewhere = report.pack().elsewhere.iter();
        let text = elsewhere.fold(wording::NOBODY_FITS.to_owned(), |text, more| {
            text + " " + more
        });
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
            let (name, from, to) = (&pack.traits[s.of].name, fixed(s.from, 0), fixed(s.to, 0));
            format!("\"{name}\" were {to} instead of {from}")
        })
        .collect();
    let avoided = shown.avoided.iter();
    supposed
        .extend(avoided.map(|q| format!("\"{}\" were ruled out", q.text.trim_end_matches('.'))));
    if !supposed.is_empty() {
        blocks.push(note(format!(
            "This is a what-if, not the result of the answers. It shows what would follow if {}.",
            supposed.join(", and if ")
        )));
    }
    let receipt = &report.receipt;
    if let Some(family) = receipt.family {
        blocks.push(note(format!(
            "Only the roles of the family \"{family}\" are compared here."
        )));
    }
    #[expect(clippy::float_cmp, reason = "1 is what it is unless set")]
    if receipt.aptitude_weight != 1.0 {
        blocks.push(note(format!(
            "Aptitudes count {} times as much here as they usually do.",
            receipt.aptitude_weight
        )));
    }
    blocks
}

pub(crate) fn missing(report: &Report<'_>) -> Vec<Block> {
    let item = |&k: &usize| {
        let t = &report.pack().traits[k];
        let questions = wording::count(t.items.len(), "question", "questions");
        if report.passed_over.contains(&k) {
            format!(
                "{}: most of {questions} answered with \"I don't know\"",
                t.name
            )
        } else {
            format!("{}: none of {questions} answered", t.name)
        }
    };
    vec![list(None, report.missing.iter().map(item))]
}
