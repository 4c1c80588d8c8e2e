//! Norm of one trait: the mean, spread and reliability that people are compared with (scoring, section 2).

use crate::pack::model::Pack;

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
