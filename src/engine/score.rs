//! From answers to trait scores (scoring, section 2).
//!
//! Raw scores are the percent of the maximum possible (POMP; Cohen, Cohen, Aiken & West 1999),
//! reliability follows Spearman-Brown, and the estimate is Kelley's regressed true score (1927).

use crate::engine::answers::Answers;
use crate::engine::fit::Design;
use crate::engine::plan::{EARNED, Gain, Known, Plan, Scale, WEIGHT};

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

/// [`score`] into a list that is used again; `sums` are what the answers of each trait add up to.
#[inline(always)]
pub(crate) fn score_into(
    design: &Design<'_>,
    answers: &Answers,
    scores: &mut Vec<TraitScore>,
    sums: &mut Vec<Gain>,
) {
    let plan = &design.plan;
    let codes = answers.codes();
    sums.resize(plan.scales.len(), Gain::default());
    scores.resize(plan.scales.len(), TraitScore::NOTHING);
    // loops and no iterator's `extend`: that would be a function of its own, compiled for any
    // processor
    for (sums, scale) in sums.iter_mut().zip(&plan.scales) {
        *sums = sum(plan, scale, codes);
    }
    let of = plan.scales.iter().zip(&design.norms).zip(sums);
    for (score, ((scale, norm), sums)) in scores.iter_mut().zip(of) {
        let known = if scale.whole(sums) {
            scale.full
        } else {
            Known::of(sums[WEIGHT], norm)
        };
        *score = match known {
            Some(known) => {
                let raw = 100.0 * sums[EARNED] / known.weight;
                TraitScore {
                    raw: Some(raw),
                    sem: Some(known.sem),
                    estimate: known.slope * (raw - norm.mean),
                    reliability: known.reliability,
                    weight: known.weight,
                }
            }
            None => TraitScore::NOTHING,
        };
    }
}

/// What the answers of a trait add up to, in pack order.
#[inline(always)]
fn sum(plan: &Plan, scale: &Scale, codes: &[u8]) -> Gain {
    let mut sums = Gain::default();
    for item in &plan.items[scale.items.clone()] {
        let gain = plan.gain(item, codes[item.question]);
        for (sum, gain) in sums.iter_mut().zip(gain) {
            *sum += gain;
        }
    }
    sums
}
