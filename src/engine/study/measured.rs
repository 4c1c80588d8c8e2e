//! Norms from answers.

use crate::engine::fit::{Design, Norm};
use crate::engine::pack::TraitIx;
use crate::engine::study::analysis::Scale;
use crate::engine::study::counts::Counts;
use crate::engine::study::covariance::{Covariances, alone};
use crate::engine::study::layout::Layout;
use crate::engine::study::scales::single;

/// Fewest people for norms, unless forced: the standard error of a mean is then a tenth of the
/// standard deviation.
pub const NORMED: u64 = 100;

/// The norm of a trait as these people have it, and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// The trait.
    pub trait_ix: TraitIx,
    /// The norm: mean raw score, standard deviation of true scores, reliability of one question.
    pub norm: Norm,
    /// The fewest people behind it.
    pub people: u64,
}

/// The norms of all traits.
///
/// # Errors
/// The traits that cannot be measured: fewer than two questions, too few people, or answers to their
/// questions that do not go together, so that alpha is not above 0.
pub fn measured(
    design: &Design<'_>,
    layout: &Layout,
    counts: &Counts,
    scales: &[Scale],
) -> Result<Vec<Measured>, Vec<TraitIx>> {
    let mut known: Vec<Option<Measured>> = vec![None; design.pack.traits.len()];
    for (at, place) in layout.scales.iter().enumerate() {
        let k = place.trait_ix;
        let alpha = scales[k].alpha.map(|alpha| alpha.value);
        let covariances = Covariances::of(layout, at, counts);
        known[k] = alpha
            .filter(|alpha| *alpha > 0.0 && *alpha < 1.0)
            .zip(covariances)
            .map(|(alpha, covariances)| Measured {
                trait_ix: k,
                norm: Norm {
                    mean: mean(layout, at, counts),
                    // of observed scores times the root of their reliability
                    sd: 100.0 * (covariances.total() * alpha).sqrt() / place.weight,
                    reliability: single(alpha, place.weight),
                },
                people: covariances.fewest,
            });
    }
    let unknown: Vec<TraitIx> = (0..known.len()).filter(|&k| known[k].is_none()).collect();
    if unknown.is_empty() {
        Ok(known.into_iter().flatten().collect())
    } else {
        Err(unknown)
    }
}

/// Mean raw score with all questions answered, 0..=100.
#[expect(clippy::cast_precision_loss, reason = "rounded once, at the end")]
fn mean(layout: &Layout, at: usize, counts: &Counts) -> f64 {
    let scale = &layout.scales[at];
    let mut sum = 0.0;
    for item in &layout.items[scale.items.clone()] {
        let (people, parts, _) = alone(item, counts);
        sum += item.worth * (parts as f64 / people as f64);
    }
    100.0 * sum / scale.weight
}
