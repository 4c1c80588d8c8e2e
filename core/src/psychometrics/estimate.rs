//! Shares, and estimates with their confidence interval.

use serde::Serialize;

/// Fewest people for any figure: fewer tell nothing of questions.
pub(crate) const FEWEST: u64 = 10;

/// A figure with its 95 % confidence interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct Estimate {
    /// The figure.
    pub(crate) value: f64,
    /// Lower end of the interval.
    pub(crate) low: f64,
    /// Upper end of the interval.
    pub(crate) high: f64,
}

/// A share of a whole, 0..=1; 0 of nobody.
#[expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]
pub(crate) fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}
