//! What would change the result (scoring, section 5): the smallest move of one raw trait score
//! that puts another role first.

use crate::pack::model::TraitIx;
use crate::scoring::comparison::{Comparison, NEGLIGIBLE};
use crate::scoring::ranking::Ranking;
use crate::scoring::role_match::{RoleMatch, centred_key};
use crate::scoring::trait_scores::TraitScore;

/// A move of one raw trait score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SmallestChange {
    /// The trait.
    pub of: TraitIx,
    /// The role that comes first then, as a position among the roles in play.
    pub role: usize,
    /// Raw score now, 0..=100.
    pub from: f64,
    /// Raw score at which the other role draws level, 0..=100.
    pub to: f64,
}

/// The smallest change of one answered trait's raw score that puts another role first; none where
/// no single trait does.
#[must_use]
pub(crate) fn smallest(
    comparison: &Comparison<'_>,
    scores: &[TraitScore],
    fits: &[Option<RoleMatch>],
    ranking: &Ranking,
) -> Option<SmallestChange> {
    let firsts: Vec<usize> = ranking.firsts().collect();
    let mut best: Option<SmallestChange> = None;
    for (k, score) in scores.iter().enumerate() {
        let Some(raw) = score.raw() else { continue };
        // z moves linearly with the raw score, with this slope a point
        let slope = |at: usize, fit: &RoleMatch| {
            let key = centred_key(comparison, at, k, fit);
            key / fit.length * score.reliability / comparison.norms[k].sd
        };
        for &b in &ranking.order {
            let Some(fit_b) = &fits[b] else { continue };
            if firsts.contains(&b) {
                continue;
            }
            for direction in [-1.0, 1.0] {
                // b must overtake every role that is first now; the nearest b over all overtakes
                // every other role on the way as well, for it is the first to reach the leader
                let mut steps = 0.0_f64;
                for &a in &firsts {
                    let Some(fit_a) = &fits[a] else { continue };
                    let gain = direction * (slope(b, fit_b) - slope(a, fit_a));
                    steps = steps.max(if gain > 0.0 {
                        (fit_a.z - fit_b.z) / gain
                    } else {
                        f64::INFINITY
                    });
                }
                let to = raw + direction * steps;
                // of equal changes the first in the order of traits, then of the ranking
                let nearer = best.is_none_or(|c| steps < (c.to - c.from).abs() - NEGLIGIBLE);
                if (-NEGLIGIBLE..=100.0 + NEGLIGIBLE).contains(&to) && nearer {
                    best = Some(SmallestChange {
                        of: k,
                        role: b,
                        from: raw,
                        to: to.clamp(0.0, 100.0),
                    });
                }
            }
        }
    }
    best
}
