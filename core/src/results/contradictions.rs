//! Contradictions: pairs of answers on one trait that point in opposite directions.
//!
//! Two answers of one trait differ by their errors alone now and then. A pair counts when the two,
//! after keying, stand on opposite sides of the middle of the scale and differ by more than 1.96
//! standard errors of a difference: the reliable change of Jacobson & Truax (1991), from one question
//! to another in place of one day to another. The error of an answer of weight a is
//! `s * sqrt((1 - r) / (a r))`, as in scoring, section 2. Right-or-wrong questions are left out: a puzzle
//! solved and another missed is no contradiction.

use crate::pack::model::{AnswerFormat, QuestionIx, TraitIx};
use crate::scoring::answers::Answers;
use crate::scoring::comparison::Comparison;

/// Standard errors of a difference that chance exceeds one time in twenty.
pub(crate) const SURE: f64 = 1.96;

/// Two answers on one trait that point opposite ways.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Contradiction {
    /// The trait.
    pub(crate) of: TraitIx,
    /// The question whose answer speaks for the trait.
    pub(crate) high: QuestionIx,
    /// The question whose answer speaks against it.
    pub(crate) low: QuestionIx,
    /// How far apart the two are, in standard errors of a difference.
    pub(crate) errors: f64,
}

/// The widest contradiction of each trait on which the roles in play differ, widest first.
#[must_use]
pub(crate) fn contradictions(comparison: &Comparison<'_>, answers: &Answers) -> Vec<Contradiction> {
    let mut all: Vec<Contradiction> = comparison
        .discriminating_traits()
        .filter(|&k| comparison.pack.format_of(k) == AnswerFormat::Rating)
        .filter_map(|k| widest(comparison, answers, k))
        .collect();
    all.sort_by(|a, b| b.errors.total_cmp(&a.errors));
    all
}

fn widest(comparison: &Comparison<'_>, answers: &Answers, k: TraitIx) -> Option<Contradiction> {
    let (pack, norm) = (comparison.pack, &comparison.norms[k]);
    let answered: Vec<(QuestionIx, f64)> = pack.traits[k]
        .items
        .iter()
        .filter_map(|&q| Some((q, answers.keyed(pack, q)?)))
        .collect();
    let one = norm.sd * norm.sd * (1.0 - norm.reliability) / norm.reliability;
    let mut best: Option<Contradiction> = None;
    for &(high, above) in answered.iter().filter(|(_, u)| *u > 0.5) {
        for &(low, below) in answered.iter().filter(|(_, u)| *u < 0.5) {
            let weight = |q: QuestionIx| pack.questions[q].weight;
            let error = (one / weight(high) + one / weight(low)).sqrt();
            let errors = 100.0 * (above - below) / error;
            if errors > SURE && best.is_none_or(|b| errors > b.errors) {
                best = Some(Contradiction {
                    of: k,
                    high,
                    low,
                    errors,
                });
            }
        }
    }
    best
}
