//! The rules by which a question or a trait is weak.

use crate::engine::pack::{Format, Question};
use crate::engine::study::advice::Advice;
use crate::engine::study::analysis::{Item, Scale};
use crate::engine::study::figures::share;
use crate::engine::study::items::PART;

/// Fewest answers for a judgement: below this a correlation is known to no better than .14. A
/// judgement.
pub const JUDGED: u64 = 50;
/// An item-rest correlation below this is hardly any, and so is a discrimination (Ebel & Frisbie 1991).
pub const APART: f64 = 0.2;
/// An item-rest correlation of a rating below this is less than is good (Nunnally & Bernstein 1994).
pub const LOOSE: f64 = 0.3;
/// A facility above this tells nobody apart. A judgement.
pub const EASY: f64 = 0.95;
/// A facility less than this above a blind guess's is hardly more. A judgement.
pub const OVER_CHANCE: f64 = 0.1;
/// A wrong option that fewer take does not work (Haladyna & Downing 1993).
pub const IDLE: f64 = 0.05;
/// A rating with more answers at one end tells too few apart. A judgement.
pub const END: f64 = 0.5;
/// A question that more leave out. A judgement.
pub const SKIPPED: f64 = 0.1;
/// A trait with more people at one end of its scale (Terwee et al. 2007).
pub const SCALE_END: f64 = 0.15;
/// Alpha that research asks for (Nunnally & Bernstein 1994).
pub const RELIABLE: f64 = 0.7;

/// What is weak about a question, worst first.
pub(crate) fn item(item: &Item, question: &Question) -> Vec<Advice> {
    let mut found = Vec::new();
    let mut when = |weak: bool, advice: Advice| {
        if weak {
            found.push(advice);
        }
    };
    if item.answered < JUDGED {
        return vec![Advice::Few];
    }
    let choice = question.format() == Format::Choice;
    let n = root(item.answered);
    if let Some(r) = item.item_rest {
        // half a 95 % interval of a correlation; a threshold must be missed by more than chance
        let reach = 1.96 * (1.0 - r * r) / n;
        if r + reach < 0.0 {
            when(true, Advice::Reversed);
        } else if !choice {
            when(r + reach < APART, Advice::Apart);
            when((APART..LOOSE).contains(&(r + reach)), Advice::Loose);
        }
    }
    when(item.sd == Some(0.0), Advice::Constant);
    if let Some(puzzle) = &item.puzzle {
        let right = item.options.iter().find(|o| o.answer == puzzle.right);
        let wrong = || {
            let letters = item.options.iter().filter(|o| o.answer != "?");
            letters.filter(|o| o.answer != puzzle.right)
        };
        let better = wrong().any(|o| {
            let apart = o.rest.zip(right.and_then(|r| r.rest));
            o.share >= IDLE && apart.is_some_and(|(wrong, right)| wrong > right)
        });
        when(better, Advice::Miskeyed);
        when(puzzle.pull_share > puzzle.facility, Advice::Pulls);
        when(puzzle.facility > EASY, Advice::Easy);
        let chance = 1.0 / f64::from(question.choices);
        when(puzzle.facility < chance + OVER_CHANCE, Advice::Hard);
        // of two shares, each of PART of the people
        let spread = 2.0 * puzzle.facility * (1.0 - puzzle.facility) / PART;
        let reach = 1.96 * spread.sqrt() / n;
        when(
            puzzle.discrimination.is_some_and(|d| d + reach < APART),
            Advice::Dull,
        );
        when(
            puzzle.facility <= EASY && wrong().any(|o| o.share < IDLE),
            Advice::Idle,
        );
    }
    when(item.floor.is_some_and(|share| share > END), Advice::Floor);
    when(
        item.ceiling.is_some_and(|share| share > END),
        Advice::Ceiling,
    );
    let asked = item.answered + item.skipped;
    when(share(item.skipped, asked) > SKIPPED, Advice::Skipped);
    found
}

/// What is weak about a trait.
pub(crate) fn scale(scale: &Scale) -> Vec<Advice> {
    let mut found = Vec::new();
    if scale.people < JUDGED {
        return vec![Advice::Few];
    }
    if scale.alpha.is_some_and(|alpha| alpha.value < RELIABLE) {
        found.push(Advice::Unreliable);
    }
    if let Some(single) = scale.single {
        if single.high < scale.assumed_single {
            found.push(Advice::Worse);
        }
        if single.low > scale.assumed_single {
            found.push(Advice::Better);
        }
    }
    let bars = &scale.histogram.bars;
    let end = |bar: Option<&u64>| bar.is_some_and(|&n| share(n, scale.people) > SCALE_END);
    if end(bars.first()) {
        found.push(Advice::Floor);
    }
    if end(bars.last()) {
        found.push(Advice::Ceiling);
    }
    found
}

#[expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]
fn root(people: u64) -> f64 {
    (people as f64).sqrt()
}
