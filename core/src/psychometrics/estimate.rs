//! Shares, and estimates with their confidence interval.

use crate::psychometrics::quantiles::NORMAL_975;
use serde::Serialize;

/// Fewest people for any figure: fewer tell nothing of questions.
pub(crate) const FEWEST: u64 = 10;

/// Fewest people of a group, and of all others, for a comparison: a judgement, for an interval of
/// fewer spans everything.
pub(crate) const COMPARED: u64 = 20;

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

/// A share with Wilson's interval.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub(crate) fn wilson(part: u64, whole: u64) -> Option<Estimate> {
    let (n, p) = (whole as f64, part as f64 / whole.max(1) as f64);
    let z2 = NORMAL_975 * NORMAL_975;
    let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let reach = NORMAL_975 / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    (whole > 0).then_some(Estimate {
        value: p,
        low: if part == 0 { 0.0 } else { middle - reach },
        high: if part == whole { 1.0 } else { middle + reach },
    })
}

/// An area under the ROC curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct Auc {
    /// The area, 0..=1; .5 is what guessing gives.
    pub(crate) value: f64,
    /// Its 95 % interval, 0..=1; none with too few people, or at an end of the scale.
    pub(crate) interval: Option<(f64, f64)>,
}

/// An area with its interval on the logit scale, so that it stays within 0 and 1 (Pepe 2003, section 5.2).
pub(crate) fn on_logit(value: f64, se: Option<f64>, quantile: f64) -> Auc {
    let inside = value > 0.0 && value < 1.0;
    let se = se.filter(|se| inside && *se > 0.0);
    Auc {
        value,
        interval: se.map(|se| {
            let odds = value / (1.0 - value);
            let reach = quantile * se / (value * (1.0 - value));
            let (low, high) = (odds * libm::exp(-reach), odds * libm::exp(reach));
            (low / (1.0 + low), high / (1.0 + high))
        }),
    }
}
