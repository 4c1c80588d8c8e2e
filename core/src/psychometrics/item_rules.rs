//! The rules by which a question or a trait is weak. A correlation, a discrimination or alpha must miss
//! its rule by more than chance: by its whole 95 % interval.

use crate::pack::model::{AnswerFormat, Question};
use crate::psychometrics::advice::Weakness;
use crate::psychometrics::analysis::{
    ItemStatistics, OptionStatistics, PuzzleStatistics, ScaleStatistics,
};
use crate::psychometrics::estimate::share;
use crate::psychometrics::quantiles::NORMAL_975;

/// The upper and the lower part of people that discrimination compares (Kelley 1939).
pub(crate) const PART: f64 = 0.27;
/// Fewest answers for a judgement: below this a correlation is known to no better than .14. A
/// judgement.
pub(crate) const JUDGED: u64 = 50;
/// An item-rest correlation below this is hardly any, and so is a discrimination (Ebel & Frisbie 1991).
pub(crate) const APART: f64 = 0.2;
/// An item-rest correlation of a rating below this is less than is good (Nunnally & Bernstein 1994).
pub(crate) const LOOSE: f64 = 0.3;
/// A facility above this tells nobody apart. A judgement.
pub(crate) const EASY: f64 = 0.95;
/// A facility less than this above a blind guess's is hardly more. A judgement.
pub(crate) const OVER_CHANCE: f64 = 0.1;
/// A wrong option that fewer take does not work (Haladyna & Downing 1993).
pub(crate) const IDLE: f64 = 0.05;
/// A rating with more answers at one end tells too few apart. A judgement.
pub(crate) const END: f64 = 0.5;
/// A rating whose mean is further from the middle of 0 to 100 leans: it leads, or the norm does not fit. A judgement.
pub(crate) const LEAN: f64 = 25.0;
/// A question that more leave out. A judgement.
pub(crate) const SKIPPED: f64 = 0.1;
/// A trait with more people at one end of its scale (Terwee et al. 2007).
pub(crate) const SCALE_END: f64 = 0.15;
/// Alpha that research asks for (Nunnally & Bernstein 1994).
pub(crate) const RELIABLE: f64 = 0.7;

/// What is weak about a question, worst first.
pub(crate) fn item(item: &ItemStatistics, question: &Question) -> Vec<Weakness> {
    if item.answered < JUDGED {
        return vec![Weakness::Few];
    }
    let mut found = Vec::new();
    let choice = question.format() == AnswerFormat::Choice;
    if let Some(r) = item.item_rest {
        let most = r + NORMAL_975 * (1.0 - r * r) / root(item.answered);
        if most < 0.0 {
            found.push(Weakness::Reversed);
        } else if !choice && most < APART {
            found.push(Weakness::Apart);
        } else if !choice && most < LOOSE {
            found.push(Weakness::Loose);
        }
    }
    if item.sd == Some(0.0) {
        found.push(Weakness::Constant);
    }
    if let Some(puzzle) = &item.puzzle {
        of_puzzle(item, puzzle, f64::from(question.choices), &mut found);
    }
    let asked = item.answered + item.skipped;
    let over = |share: Option<f64>| share.is_some_and(|share| share > END);
    for (weak, advice) in [
        (over(item.floor), Weakness::Floor),
        (over(item.ceiling), Weakness::Ceiling),
        (
            !choice && !over(item.floor) && !over(item.ceiling) && leans(item),
            Weakness::ExtremeMean,
        ),
        (share(item.skipped, asked) > SKIPPED, Weakness::Skipped),
    ] {
        if weak {
            found.push(advice);
        }
    }
    found
}

/// Whether the whole 95 % interval of the mean is near one end.
fn leans(item: &ItemStatistics) -> bool {
    item.mean.zip(item.sd).is_some_and(|(mean, sd)| {
        (mean - 50.0).abs() - NORMAL_975 * sd / root(item.answered) > LEAN
    })
}

/// The same of a question with one right option among so many.
fn of_puzzle(
    item: &ItemStatistics,
    puzzle: &PuzzleStatistics,
    options: f64,
    found: &mut Vec<Weakness>,
) {
    let right = puzzle.facility;
    let miskeyed = !better(item).is_empty();
    // where the key is in doubt, what follows from it says nothing more
    let doubtful = miskeyed || found.contains(&Weakness::Reversed);
    // two shares, each of PART of the people
    let spread = (2.0 * right * (1.0 - right) / PART).sqrt();
    let most = |d: f64| d + NORMAL_975 * spread / root(item.answered);
    let dull = puzzle.discrimination.is_some_and(|d| most(d) < APART);
    for (weak, advice) in [
        (miskeyed, Weakness::Miskeyed),
        (puzzle.pull_share > right, Weakness::DistractorDominates),
        (right > EASY, Weakness::Easy),
        (
            !doubtful && right < 1.0 / options + OVER_CHANCE,
            Weakness::Hard,
        ),
        (
            !doubtful && right <= EASY && dull,
            Weakness::LowDiscrimination,
        ),
        (
            right <= EASY && !idle(item).is_empty(),
            Weakness::NonfunctioningDistractor,
        ),
    ] {
        if weak {
            found.push(advice);
        }
    }
}

/// The wrong options of a puzzle.
fn wrong(item: &ItemStatistics) -> impl Iterator<Item = &OptionStatistics> {
    let right = item.puzzle.as_ref().map(|puzzle| puzzle.right.as_str());
    let letters = item.options.iter().filter(|o| o.answer != "?");
    letters.filter(move |o| right.is_some_and(|right| o.answer != right))
}

/// Wrong options that hardly anyone takes.
pub(crate) fn idle(item: &ItemStatistics) -> Vec<&str> {
    let idle = wrong(item).filter(|o| o.share < IDLE);
    idle.map(|o| o.answer.as_str()).collect()
}

/// Wrong options whose takers do better elsewhere than those who are right, by more than chance.
pub(crate) fn better(item: &ItemStatistics) -> Vec<&str> {
    let right = item.puzzle.as_ref().map(|puzzle| &puzzle.right);
    let right = item.options.iter().find(|o| Some(&o.answer) == right);
    let Some((right, rest)) = right.and_then(|o| Some((o, o.rest?))) else {
        return Vec::new();
    };
    let spread = rest_sd(item);
    let surely = |o: &&OptionStatistics| {
        let se = spread * (share(1, o.people) + share(1, right.people)).sqrt();
        let apart = o.rest.map(|wrong| wrong - rest);
        o.share >= IDLE && apart.is_some_and(|apart| apart > NORMAL_975 * se)
    };
    let better = wrong(item).filter(surely);
    better.map(|o| o.answer.as_str()).collect()
}

/// Standard deviation of the rest scores of all who have one.
#[expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]
fn rest_sd(item: &ItemStatistics) -> f64 {
    let (mut people, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for point in &item.curve {
        let n = point.people as f64;
        people += n;
        sum += n * point.rest;
        squares += n * point.rest * point.rest;
    }
    let mean = sum / people;
    (squares / people - mean * mean).max(0.0).sqrt()
}

/// What is weak about a trait.
pub(crate) fn scale(scale: &ScaleStatistics) -> Vec<Weakness> {
    let mut found = Vec::new();
    if scale.people < JUDGED {
        return vec![Weakness::Few];
    }
    if scale.alpha.is_some_and(|alpha| alpha.high < RELIABLE) {
        found.push(Weakness::Unreliable);
    }
    if let Some(single) = scale.single {
        if single.high < scale.assumed_single {
            found.push(Weakness::Worse);
        }
        if single.low > scale.assumed_single {
            found.push(Weakness::Better);
        }
    }
    let bars = &scale.histogram.bars;
    let end = |bar: Option<&u64>| bar.is_some_and(|&n| share(n, scale.people) > SCALE_END);
    if end(bars.first()) {
        found.push(Weakness::Floor);
    }
    if end(bars.last()) {
        found.push(Weakness::Ceiling);
    }
    found
}

#[expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]
fn root(people: u64) -> f64 {
    (people as f64).sqrt()
}
