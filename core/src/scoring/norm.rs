//! Norm of one trait: the mean, spread and reliability that people are compared with (scoring, section 2).

use crate::pack::model::{Pack, Trait, TraitKind};

/// Doubt of an assumed mean of an interest or preference, in points: the standard deviation of the means of
/// six interests of 17,129 people around the assumed 50.
pub(crate) const ASSUMED_DOUBT: f64 = 13.6;
/// Measured people for whom an assumed mean counts: so many people halve the variance of its doubt.
pub(crate) const ASSUMED_PEOPLE: f64 = 3.0;

/// What a trait looks like in the population that people are compared with.
///
/// ```
/// use rolescope_core::Norm;
///
/// let norm = Norm { mean: 50.0, sd: 22.0, reliability: 0.43 };
/// // four questions of weight 1 measure better than one
/// assert!(norm.reliability_of(4.0) > norm.reliability_of(1.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Norm {
    /// Mean raw score, 0..=100.
    pub mean: f64,
    /// Standard deviation of true scores, above 0.
    pub sd: f64,
    /// Reliability of a single question, 0..1.
    pub reliability: f64,
}

impl Norm {
    /// Reliability of a score whose answered questions weigh so much together (Spearman-Brown).
    #[must_use]
    pub fn reliability_of(&self, weight: f64) -> f64 {
        let information = weight * self.reliability / (1.0 - self.reliability);
        information / (1.0 + information)
    }

    /// Standardised estimate of the true score behind a raw score of this reliability (Kelley 1927).
    #[must_use]
    pub(crate) fn estimate_of(&self, raw: f64, reliability: f64) -> f64 {
        reliability * (raw - self.mean) / self.sd
    }
}

impl Trait {
    /// tau: how far the mean of this trait's norm may be off, in points, as a standard deviation, where so
    /// many people are behind it; 0 people where it is assumed.
    ///
    /// `tau = tau_0 / sqrt(1 + n / 3)`. `tau_0` is what the pack states, or [`ASSUMED_DOUBT`] for interests and
    /// preferences and 0 for aptitudes.
    #[must_use]
    pub(crate) fn doubt_of(&self, people: u32) -> f64 {
        let usual = match self.kind {
            TraitKind::Aptitude => 0.0,
            TraitKind::Interest | TraitKind::Preference => ASSUMED_DOUBT,
        };
        self.norm_doubt.unwrap_or(usual) / (1.0 + f64::from(people) / ASSUMED_PEOPLE).sqrt()
    }
}

impl Pack {
    /// The norms that a pack states.
    #[must_use]
    pub fn stated_norms(&self) -> Vec<Norm> {
        self.traits
            .iter()
            .enumerate()
            .map(|(k, t)| Norm {
                mean: t.mean,
                sd: t.sd,
                reliability: t
                    .reliability
                    .unwrap_or_else(|| self.format_of(k).usual_reliability()),
            })
            .collect()
    }
}
