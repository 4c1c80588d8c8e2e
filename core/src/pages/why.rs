//! Which answers made a match: every one of them, and they add up.

use crate::results::report::Receipt;
use crate::scoring::answers::Answers;
use crate::scoring::assessment::Outcome;
use crate::scoring::comparison::Comparison;
use crate::scoring::role_match::{answer_contributions, contributions, elevation};
use crate::write::terminal_text::{TextPage, TextStyle, cell, fixed};
use crate::write::wording;

/// What each trait and each answer adds to the match of the role at `at` in play.
#[must_use]
pub fn page(
    comparison: &Comparison<'_>,
    answers: &Answers,
    outcome: &Outcome,
    at: usize,
    look: TextStyle,
) -> String {
    let pack = comparison.pack;
    let name = &comparison.role(at).name;
    let mut page = TextPage::new(look);
    page.heading(&format!("Why: {name}"));
    let Some(fit) = &outcome.fits[at] else {
        page.prose(
            0,
            "There is no match: nothing was answered that this role asks about.",
        );
        return page.finish();
    };
    page.prose(
        0,
        &format!(
            "Match {} ({}), which is {} on its standard normal scale, with a standard error of {}. \
             These are the parts that add up to it, by trait and then by answer; interests and preferences \
             count by what they stand out beside the person's own level ({}).",
            wording::matched(fit),
            wording::norms(&Receipt::of(comparison)),
            fixed(fit.z, 4),
            fixed(fit.se(), 4),
            wording::signed(elevation(comparison, &outcome.scores), 2)
        ),
    );
    if let Some(few) = wording::few(comparison.measured.as_ref()) {
        page.hanging("! ", 2, &few);
    }
    let mut by_trait: Vec<(usize, f64)> = contributions(comparison, &outcome.scores, at, fit)
        .into_iter()
        .enumerate()
        .collect();
    let mut by_answer = answer_contributions(comparison, answers, &outcome.scores, at, fit);
    by_trait.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    by_answer.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    page.heading("By trait");
    for (k, part) in &by_trait {
        line(*part, &pack.traits[*k].name, &mut page);
    }
    sum(by_trait.iter().map(|p| p.1), &mut page);
    page.heading("By answer");
    for (q, part) in &by_answer {
        let question = &pack.questions[*q];
        let text = format!(
            "{} \"{}\"",
            question.text,
            wording::answer(pack, *q, answers)
        );
        line(*part, &text, &mut page);
    }
    sum(by_answer.iter().map(|p| p.1), &mut page);
    page.finish()
}

fn line(part: f64, text: &str, page: &mut TextPage) {
    page.hanging(&format!("  {:>8}  ", wording::signed(part, 4)), 12, text);
}

fn sum(parts: impl Iterator<Item = f64>, page: &mut TextPage) {
    let ascii = page.look().ascii;
    page.line(&format!(
        "  {:>8}  {}",
        wording::signed(parts.sum(), 4),
        cell("together", 8, ascii)
    ));
}
