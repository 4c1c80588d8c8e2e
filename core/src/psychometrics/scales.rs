//! Scale statistics: score distribution, reliability and standard error of measurement of each trait.

use crate::psychometrics::analysis::{Histogram, ScaleStatistics};
use crate::psychometrics::answer_tables::AnswerTables;
use crate::psychometrics::counts::AnalysisCounts;
use crate::psychometrics::covariance::Covariances;
use crate::psychometrics::estimate::Estimate;
use crate::psychometrics::factor::{OmegaUnavailable, factor};
use crate::psychometrics::item_rules;
use crate::psychometrics::moments::mean_and_sd;
use crate::psychometrics::quantiles::f_quantile;
use crate::scoring::comparison::Comparison;

/// Every trait, in pack order.
pub(crate) fn scales(
    comparison: &Comparison<'_>,
    counts: &AnalysisCounts,
    tables: &AnswerTables,
) -> Vec<ScaleStatistics> {
    let mut all: Vec<ScaleStatistics> = (0..comparison.pack.traits.len())
        .map(|k| bare(comparison, k))
        .collect();
    let layout = &counts.layout;
    for (at, place) in layout.scales.iter().enumerate() {
        let scale = &mut all[place.trait_ix];
        let both = counts.moments.both(at, at);
        scale.people = both.people;
        scale.complete = tables.complete[at];
        (scale.mean, scale.sd) = mean_and_sd((both.people, both.x, both.xx));
        scale.histogram.bars = counts.bars[place.histogram..][..place.bars].to_vec();
        match Covariances::of(layout, at, tables) {
            Some(covariances) => {
                let omega = reliabilities(scale, &covariances, place.weight);
                scale.no_omega = omega
                    .err()
                    .map(|why| reason(comparison, why, scale.trait_ix));
            }
            None => {
                scale.no_omega = Some(reason(
                    comparison,
                    OmegaUnavailable::FewPeople,
                    place.trait_ix,
                ));
            }
        }
    }
    for scale in &mut all {
        scale.advice = item_rules::scale(scale);
    }
    all
}

fn bare(comparison: &Comparison<'_>, k: usize) -> ScaleStatistics {
    let t = &comparison.pack.traits[k];
    ScaleStatistics {
        trait_ix: k,
        id: t.id.clone(),
        kind: t.kind.word(),
        questions: t.items.len(),
        people: 0,
        complete: 0,
        fewest: 0,
        mean: None,
        sd: None,
        histogram: Histogram::default(),
        alpha: None,
        omega: None,
        no_omega: None,
        sem: None,
        split_half: None,
        single: None,
        assumed_single: comparison.norms[k].reliability,
        advice: Vec::new(),
    }
}

/// All that follows from covariances; why there is no omega.
fn reliabilities(
    scale: &mut ScaleStatistics,
    covariances: &Covariances,
    weight: f64,
) -> Result<(), OmegaUnavailable> {
    scale.fewest = covariances.fewest;
    scale.split_half = covariances.split_half();
    if let Some(alpha) = covariances.alpha() {
        let alpha = feldt(alpha, covariances.fewest, covariances.items());
        // of the score with all questions answered
        let variance = 10_000.0 * covariances.total() / (weight * weight);
        scale.sem = Some((variance * (1.0 - alpha.value).max(0.0)).sqrt());
        scale.single = Some(alpha.map(|alpha| single(alpha, weight)));
        scale.alpha = Some(alpha);
    }
    let factor = factor(covariances)?;
    scale.omega = Some(factor.interval().ok_or(OmegaUnavailable::Unsettled)?);
    Ok(())
}

/// Reliability of a single question of weight 1 from that of the whole: Spearman and Brown's formula
/// turned round, which scoring uses the other way.
pub(crate) fn single(alpha: f64, weight: f64) -> f64 {
    alpha / (alpha + weight * (1.0 - alpha))
}

impl Estimate {
    /// Another figure that rises with this one, with its interval.
    fn map(self, of: impl Fn(f64) -> f64) -> Self {
        Self {
            value: of(self.value),
            low: of(self.low),
            high: of(self.high),
        }
    }
}

/// Alpha with its 95 % interval: (1 - alpha) over its true value follows F with n - 1 and
/// (n - 1)(k - 1) degrees of freedom (Feldt 1965; Feldt, Woodruff & Salih 1987).
#[expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]
#[must_use]
pub(crate) fn feldt(alpha: f64, people: u64, items: usize) -> Estimate {
    let d1 = people.saturating_sub(1).max(1) as f64;
    let d2 = d1 * (items.max(2) - 1) as f64;
    let end = |p: f64| 1.0 - (1.0 - alpha) * f_quantile(p, d1, d2);
    Estimate {
        value: alpha,
        low: end(0.975),
        high: end(0.025),
    }
}

/// Why there is no omega, in words.
fn reason(comparison: &Comparison<'_>, why: OmegaUnavailable, k: usize) -> String {
    let id = |item: usize| &comparison.pack.questions[comparison.pack.traits[k].items[item]].id;
    match why {
        OmegaUnavailable::FewItems => "one factor needs three questions".to_owned(),
        OmegaUnavailable::ManyItems => "more than sixty questions are not fitted".to_owned(),
        OmegaUnavailable::Constant => "everyone gives the same answer to a question".to_owned(),
        OmegaUnavailable::FewPeople => "too few people answered the same two questions".to_owned(),
        OmegaUnavailable::Heywood(item) => format!(
            "the fit leaves {} without variance of its own (Heywood case)",
            id(item)
        ),
        OmegaUnavailable::Unsettled => "one factor does not describe these answers".to_owned(),
    }
}
