//! From answers to trait scores (scoring, section 2).
//!
//! Raw scores are the percent of the maximum possible (POMP; Cohen, Cohen, Aiken & West 1999),
//! reliability follows Spearman-Brown, and the estimate is Kelley's regressed true score (1927).

use crate::engine::answers::Answers;
use crate::engine::fit::{Design, Norm};
use crate::engine::plan::{Plan, Scale};

/// What the answers say about one trait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TraitScore {
    /// Sum of the answered questions' weights times keyed values.
    pub earned: f64,
    /// Sum of the answered questions' weights; 0 without answers.
    pub weight: f64,
    /// Kelley's standardised estimate of the true score; 0 without answers.
    pub estimate: f64,
    /// Reliability rho of the score, 0..1; 0 without answers.
    pub reliability: f64,
}

impl TraitScore {
    /// A trait nobody asked about.
    pub const NOTHING: Self = Self {
        earned: 0.0,
        weight: 0.0,
        estimate: 0.0,
        reliability: 0.0,
    };

    /// Percent of the maximum possible, 0..=100; none without answers.
    #[must_use]
    pub fn raw(&self) -> Option<f64> {
        (self.weight > 0.0).then(|| 100.0 * self.earned / self.weight)
    }

    /// Standard error of measurement of the raw score; none without answers.
    #[must_use]
    pub fn sem(&self, norm: &Norm) -> Option<f64> {
        let noise = (1.0 - self.reliability) / self.reliability;
        (self.weight > 0.0).then(|| norm.sd * noise.sqrt())
    }
}

/// Scores every trait, in pack order.
#[must_use]
pub fn score(design: &Design<'_>, answers: &Answers) -> Vec<TraitScore> {
    let codes: Vec<[u8; 1]> = answers.codes().iter().map(|&code| [code]).collect();
    let scales = design.plan.scales.iter();
    scales
        .map(|scale| Sums::of(&design.plan, scale, &codes).score(0))
        .collect()
}

/// What the answers of N people to a trait's questions add up to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sums<const N: usize> {
    /// Weights times keyed values.
    pub earned: [f64; N],
    /// Weights.
    pub weight: [f64; N],
    /// Answered questions.
    pub answered: [f64; N],
    /// Keyed values.
    pub total: [f64; N],
    /// Keyed values of the 1st, 3rd, ... answered question less those of the 2nd, 4th, ...
    pub tilt: [f64; N],
    /// Kelley's estimate.
    pub estimate: [f64; N],
    /// Reliability rho.
    pub reliability: [f64; N],
}

impl<const N: usize> Sums<N> {
    const NOTHING: Self = Self {
        earned: [0.0; N],
        weight: [0.0; N],
        answered: [0.0; N],
        total: [0.0; N],
        tilt: [0.0; N],
        estimate: [0.0; N],
        reliability: [0.0; N],
    };

    /// The sums over a scale; `codes` are those of N people to each question.
    #[inline(always)]
    pub(crate) fn of(plan: &Plan, scale: &Scale, codes: &[[u8; N]]) -> Self {
        let mut sums = Self::NOTHING;
        let mut side = [1.0; N];
        for item in &plan.items[scale.items.clone()] {
            let codes = &codes[item.question];
            for lane in 0..N {
                let x = f64::from(codes[lane]);
                let u = item.worth.keyed(x);
                let given = if x > 0.0 { 1.0 } else { 0.0 };
                sums.earned[lane] += item.weight * u;
                sums.weight[lane] += item.weight * given;
                sums.answered[lane] += given;
                sums.total[lane] += u;
                sums.tilt[lane] += side[lane] * u;
                side[lane] *= 1.0 - 2.0 * given;
            }
        }
        for lane in 0..N {
            // rho = G / (1 + G) with G = weight r / (1 - r), and the estimate
            // rho (100 earned / weight - m) / s without a division by the weight
            let information = sums.weight[lane] * scale.information;
            let unknown = 1.0 / (1.0 + information);
            let above = 100.0 * sums.earned[lane] - scale.mean * sums.weight[lane];
            sums.estimate[lane] = above * scale.slope * unknown;
            sums.reliability[lane] = information * unknown;
        }
        sums
    }

    /// The score of one of the N.
    #[inline(always)]
    pub(crate) fn score(&self, lane: usize) -> TraitScore {
        TraitScore {
            earned: self.earned[lane],
            weight: self.weight[lane],
            estimate: self.estimate[lane],
            reliability: self.reliability[lane],
        }
    }
}

impl From<&TraitScore> for Sums<1> {
    fn from(score: &TraitScore) -> Self {
        Self {
            earned: [score.earned],
            weight: [score.weight],
            estimate: [score.estimate],
            reliability: [score.reliability],
            ..Self::NOTHING
        }
    }
}
