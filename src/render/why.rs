//! Which answers made a match: every one of them, and they add up.

use crate::engine::answers::Answers;
use crate::engine::assess::Outcome;
use crate::engine::design::Design;
use crate::engine::fit::{answer_contributions, contributions};
use crate::engine::report::Receipt;
use crate::render::look::{Look, Page, cell, fixed};
use crate::render::words;

/// What each trait and each answer adds to the match of the role at `at` in play.
#[must_use]
pub fn page(
    design: &Design<'_>,
    answers: &Answers,
    outcome: &Outcome,
    at: usize,
    look: Look,
) -> String {
    let pack = design.pack;
    let name = &design.role(at).name;
    let mut page = Page::new(look);
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
             These are the parts that add up to it, by trait and then by answer.",
            words::matched(fit),
            words::norms(&Receipt::of(design)),
            fixed(fit.z, 4),
            fixed(fit.se(), 4)
        ),
    );
    if let Some(few) = words::few(design.measured.as_ref()) {
        page.hanging("! ", 2, &few);
    }
    let mut by_trait: Vec<(usize, f64)> = contributions(design, &outcome.scores, at, fit)
        .into_iter()
        .enumerate()
        .collect();
    let mut by_answer = answer_contributions(design, answers, &outcome.scores, at, fit);
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
        let text = format!("{} \"{}\"", question.text, words::answer(pack, *q, answers));
        line(*part, &text, &mut page);
    }
    sum(by_answer.iter().map(|p| p.1), &mut page);
    page.finish()
}

fn line(part: f64, text: &str, page: &mut Page) {
    page.hanging(&format!("  {:>8}  ", words::signed(part, 4)), 12, text);
}

fn sum(parts: impl Iterator<Item = f64>, page: &mut Page) {
    let ascii = page.look().ascii;
    page.line(&format!(
        "  {:>8}  {}",
        words::signed(parts.sum(), 4),
        cell("together", 8, ascii)
    ));
}
