//! From answers to trait scores (scoring, section 2).
//!
//! Raw scores are the percent of the maximum possible (POMP; Cohen, Cohen, Aiken & West 1999),
//! reliability follows Spearman-Brown, and the estimate is Kelley's regressed true score (1927).

use crate::engine::answers::{Answers, UNANSWERED};
use crate::engine::fit::Design;
use crate::engine::plan::{Known, slot};

/// What the answers say about one trait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TraitScore {
    /// Percent of the maximum possible, 0..=100; none without answers.
    pub raw: Option<f64>,
    /// Standard error of measurement of `raw`; none without answers.
    pub sem: Option<f64>,
    /// Kelley's standardised estimate of the true score; 0 without answers.
    pub estimate: f64,
    /// Reliability rho of the score, 0..1; 0 without answers.
    pub reliability: f64,
    /// Sum of the answered questions' weights.
    pub weight: f64,
}

impl TraitScore {
    /// A trait nobody asked about.
    pub const NOTHING: Self = Self {
        raw: None,
        sem: None,
        estimate: 0.0,
        reliability: 0.0,
        weight: 0.0,
    };
}

/// Scores every trait, in pack order.
#[must_use]
pub fn score(design: &Design<'_>, answers: &Answers) -> Vec<TraitScore> {
    let mut scores = Vec::new();
    score_into(design, answers, &mut scores, &mut Vec::new());
    scores
}

/// [`score`] into a list that is used again; `whole` tells of each trait whether all its questions
/// have an answer.
pub(crate) fn score_into(
    design: &Design<'_>,
    answers: &Answers,
    scores: &mut Vec<TraitScore>,
    whole: &mut Vec<bool>,
) {
    whole.clear();
    let plan = &design.plan;
    let codes = answers.codes();
    scores.clear();
    scores.extend(plan.scales.iter().zip(&design.norms).map(|(scale, norm)| {
        let items = &plan.items[scale.items.clone()];
        let (mut earned, mut all) = (0.0, true);
        for item in items {
            let code = codes[item.question];
            earned += item.earned[slot(code)];
            all &= code != UNANSWERED;
        }
        whole.push(all);
        let known = if all {
            scale.full
        } else {
            let mut weight = 0.0;
            for item in items {
                if codes[item.question] != UNANSWERED {
                    weight += item.weight;
                }
            }
            Known::of(weight, norm)
        };
        known.map_or(TraitScore::NOTHING, |known| {
            let raw = 100.0 * earned / known.weight;
            TraitScore {
                raw: Some(raw),
                sem: Some(known.sem),
                estimate: known.slope * (raw - norm.mean),
                reliability: known.reliability,
                weight: known.weight,
            }
        })
    }));
}
