//! Trait scores with their reliability, computed from answers (scoring, section 2).
//!
//! Raw scores are the percent of the maximum possible (POMP; Cohen, Cohen, Aiken & West 1999),
//! reliability follows Spearman-Brown, and the estimate is Kelley's regressed true score (1927).

use crate::pack::model::{Pack, TraitIx};
use crate::scoring::answers::{Answers, DONT_KNOW, UNANSWERED};
use crate::scoring::comparison::Comparison;
use crate::scoring::norm::Norm;

/// What the answers say about one trait.
///
/// The raw score is the percent of the maximum possible (Cohen, Cohen, Aiken & West 1999); the estimate of
/// the true score is Kelley's (1927).
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// # let outcome = comparison.assess(&answers);
/// let making = &outcome.scores()[0];
/// assert_eq!(making.raw(), Some(100.0)); // both questions answered with the highest label
/// assert!(making.sem(&comparison.norms()[0]).is_some());
/// assert!((0.0..1.0).contains(&making.reliability()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TraitScore {
    /// Sum of the answered questions' weights times keyed values.
    pub(crate) earned: f64,
    /// Sum of the answered questions' weights; 0 without answers.
    pub(crate) weight: f64,
    /// Kelley's standardised estimate of the true score; 0 without answers.
    pub(crate) estimate: f64,
    /// Reliability rho of the score, 0..1; 0 without answers.
    pub(crate) reliability: f64,
}

impl TraitScore {
    /// Kelley's standardised estimate of the true score; 0 without answers.
    #[must_use]
    pub const fn estimate(&self) -> f64 {
        self.estimate
    }

    /// Reliability rho of the score, 0..1; 0 without answers.
    #[must_use]
    pub const fn reliability(&self) -> f64 {
        self.reliability
    }
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
///
/// With the answered questions' weights a and keyed values u, the trait's norm m and s, and the reliability
/// r of a single question:
///
/// - raw score `x = 100 sum(a u) / sum(a)`
/// - reliability `rho = G / (1 + G)`, `G = sum(a) r / (1 - r)`
/// - estimate of the true score `rho (x - m) / s`
///
/// A trait without answers, or one that was [passed over](passed_over), has [`TraitScore::NOTHING`].
#[must_use]
pub(crate) fn score(comparison: &Comparison<'_>, answers: &Answers) -> Vec<TraitScore> {
    let pack = comparison.pack;
    let score = |(k, norm): (TraitIx, &Norm)| {
        if is_passed_over(pack, answers, k) {
            return TraitScore::NOTHING;
        }
        let mut score = TraitScore::NOTHING;
        for &q in &pack.traits[k].items {
            if let Some(keyed) = answers.keyed(pack, q) {
                let weight = pack.questions[q].weight;
                score.earned += weight * keyed;
                score.weight += weight;
            }
        }
        score.reliability = norm.reliability_of(score.weight);
        let estimate = |raw| norm.estimate_of(raw, score.reliability);
        score.estimate = score.raw().map_or(0.0, estimate);
        score
    };
    comparison.norms.iter().enumerate().map(score).collect()
}

/// Traits of which more than half of the answers are "I don't know": they count as unanswered, so that
/// saying so costs nothing.
#[must_use]
pub(crate) fn passed_over(comparison: &Comparison<'_>, answers: &Answers) -> Vec<TraitIx> {
    let traits = 0..comparison.pack.traits.len();
    let passed = traits.filter(|&k| is_passed_over(comparison.pack, answers, k));
    passed.collect()
}

fn is_passed_over(pack: &Pack, answers: &Answers, k: TraitIx) -> bool {
    let codes = || pack.traits[k].items.iter().map(|&q| answers.code(q));
    let unsure = codes().filter(|&code| code == DONT_KNOW).count();
    2 * unsure > codes().filter(|&code| code != UNANSWERED).count()
}
