//! What a match is made of: the part of each trait and of each answer, beside the person's own level (scoring,
//! section 4).

use crate::pack::model::QuestionIx;
use crate::scoring::answers::Answers;
use crate::scoring::comparison::Comparison;
use crate::scoring::question_part::{QuestionPart, Standing};
use crate::scoring::role_match::{RoleMatch, centred_key};
use crate::scoring::trait_scores::TraitScore;

/// The person's own level (elevation; Cronbach & Gleser 1953): how far their interests and preferences
/// together stand above the middle of the population, in standard deviations of the norms:
/// `sum_P(zhat) / sum_P(rho)`, and 0 when none was answered.
#[must_use]
pub(crate) fn elevation(comparison: &Comparison<'_>, scores: &[TraitScore]) -> f64 {
    let (mut known, mut level) = (0.0, 0.0);
    for (score, _) in scores.iter().zip(&comparison.centred).filter(|of| *of.1) {
        known += score.reliability;
        level += score.estimate;
    }
    if known > 0.0 { level / known } else { 0.0 }
}

/// Each trait's estimate beside the person's own level: what of an interest or preference stands out for
/// this person, and of any other trait the whole estimate.
#[must_use]
pub(crate) fn own_estimates(comparison: &Comparison<'_>, scores: &[TraitScore]) -> Vec<f64> {
    let level = elevation(comparison, scores);
    let beside = scores.iter().zip(&comparison.centred);
    beside
        .map(|(score, centred)| {
            let own = if *centred {
                score.reliability * level
            } else {
                0.0
            };
            score.estimate - own
        })
        .collect()
}

/// What each trait adds to the match of the role at `at` in play; the sum is its z.
///
/// With the centred key c, the length A of the match and the own level e: `c (zhat - rho e) / A` of an
/// interest or preference, `c zhat / A` of any other trait. Where roles deviate on single questions, what the trait's
/// answers add beside their score counts with the trait.
#[must_use]
pub(crate) fn contributions<'a>(
    comparison: &Comparison<'_>,
    person: impl Into<Standing<'a>>,
    at: usize,
    fit: &RoleMatch,
) -> Vec<f64> {
    let Standing { scores, questions } = person.into();
    let own = own_estimates(comparison, scores);
    contributions_beside(comparison, (&own, questions), at, fit)
}

/// As [`contributions`], of a person whose [estimates beside their own level](own_estimates) are known.
#[must_use]
pub(crate) fn contributions_beside(
    comparison: &Comparison<'_>,
    (own, questions): (&[f64], Option<&QuestionPart>),
    at: usize,
    fit: &RoleMatch,
) -> Vec<f64> {
    let own = own.iter().enumerate();
    let mut parts: Vec<f64> = own
        .map(|(k, own)| centred_key(comparison, at, k, fit) * own / fit.length)
        .collect();
    for (k, part) in questions.iter().flat_map(|of| of.by_trait(at)) {
        parts[k] += part / fit.length;
    }
    parts
}

/// What each answer adds to the match of the role at `at` in play; the sum is its z. Answers of a trait
/// that was left out add nothing and are not listed.
///
/// With the question's weight a and keyed value u and the trait's norm m and s, it is
/// `c rho a / (sum(a) A) ((100 u - m) / s - e)`, without e where the trait's keys are not centred; and
/// where roles deviate on single questions, `d g w / A` more.
#[must_use]
pub(crate) fn answer_contributions<'a>(
    comparison: &Comparison<'_>,
    answers: &Answers,
    person: impl Into<Standing<'a>>,
    at: usize,
    fit: &RoleMatch,
) -> Vec<(QuestionIx, f64)> {
    let Standing { scores, questions } = person.into();
    let pack = comparison.pack;
    let level = elevation(comparison, scores);
    let mut all = Vec::new();
    for (q, question) in pack.questions.iter().enumerate() {
        let (Some(k), Some(u)) = (question.trait_ix(), answers.keyed(pack, q)) else {
            continue;
        };
        let (score, norm) = (&scores[k], &comparison.norms[k]);
        if score.raw().is_none() {
            continue;
        }
        let level = if comparison.centred[k] { level } else { 0.0 };
        let share = score.reliability * question.weight / (score.weight * fit.length);
        let beside = (100.0 * u - norm.mean) / norm.sd - level;
        all.push((q, centred_key(comparison, at, k, fit) * share * beside));
    }
    for (question, part) in questions.iter().flat_map(|of| of.answers(at)) {
        if let Some((_, sum)) = all.iter_mut().find(|(q, _)| *q == question) {
            *sum += part / fit.length;
        }
    }
    all
}
