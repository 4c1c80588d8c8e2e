//! From answers to trait scores (scoring, section 2).
//!
//! Raw scores are the percent of the maximum possible (POMP; Cohen, Cohen, Aiken & West 1999),
//! reliability follows Spearman-Brown, and the estimate is Kelley's regressed true score (1927).

use crate::engine::answers::Answers;
use crate::engine::fit::Design;

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
pub fn score(design: &Design<'_>, answers: &Answers) -> Vec<TraitScore> {
    let pack = design.pack;
    pack.traits
        .iter()
        .zip(&design.norms)
        .map(|(t, norm)| {
            let (mut weight, mut earned) = (0.0, 0.0);
            for &q in &t.items {
                if let Some(u) = answers.keyed(pack, q) {
                    weight += pack.questions[q].weight;
                    earned += pack.questions[q].weight * u;
                }
            }
            if weight == 0.0 {
                return TraitScore::NOTHING;
            }
            let raw = 100.0 * earned / weight;
            // sum of g_i = a_i r / (1 - r), then Spearman-Brown
            let information = weight * norm.reliability / (1.0 - norm.reliability);
            let reliability = information / (1.0 + information);
            TraitScore {
                raw: Some(raw),
                sem: Some(norm.sd * ((1.0 - reliability) / reliability).sqrt()),
                estimate: reliability * (raw - norm.mean) / norm.sd,
                reliability,
                weight,
            }
        })
        .collect()
}
