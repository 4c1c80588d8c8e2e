//! The difference of two roles: its error, and how likely one truly fits better (scoring, section 5).

use crate::pack::model::TraitKind;
use crate::scoring::comparison::{Comparison, NEGLIGIBLE};
use crate::scoring::contributions::own_estimates;
use crate::scoring::role_match::{RoleMatch, phi};
use crate::scoring::trait_scores::TraitScore;

/// Standard error of the difference between the matches of two roles in play, from the answers' own error:
/// `sqrt(sum((c_a / A_a - c_b / A_b)^2 (1 - rho)))` over all traits.
#[must_use]
pub(crate) fn se_of_difference(
    comparison: &Comparison<'_>,
    scores: &[TraitScore],
    (a, fit_a): (usize, &RoleMatch),
    (b, fit_b): (usize, &RoleMatch),
) -> f64 {
    let (scale_a, scale_b) = (1.0 / fit_a.length, 1.0 / fit_b.length);
    let mut sum = 0.0;
    let keys = comparison.keys[a].iter().zip(&comparison.keys[b]);
    for ((keys, centred), score) in keys.zip(&comparison.centred).zip(scores) {
        let (mut key_a, mut key_b) = (*keys.0, *keys.1);
        if *centred {
            (key_a, key_b) = (key_a - fit_a.centre, key_b - fit_b.centre);
        }
        let apart = key_a * scale_a - key_b * scale_b;
        sum += apart * apart * (1.0 - score.reliability);
    }
    sum.sqrt()
}

/// Probability that role a truly fits better than role b, 0..=1, given the error of the answers and that
/// of the levels of both roles.
#[must_use]
pub(crate) fn probability_better(
    comparison: &Comparison<'_>,
    scores: &[TraitScore],
    (a, fit_a): (usize, &RoleMatch),
    (b, fit_b): (usize, &RoleMatch),
) -> f64 {
    let se = se_of_difference(comparison, scores, (a, fit_a), (b, fit_b));
    let own = own_estimates(comparison, scores);
    let levels_a = level_error(comparison, &own, a, fit_a);
    let levels_b = level_error(comparison, &own, b, fit_b);
    let error = (se * se + levels_a * levels_a + levels_b * levels_b).sqrt();
    if error <= NEGLIGIBLE {
        return 0.5;
    }
    phi((fit_a.z - fit_b.z) / error)
}

/// L: standard error of the match of the role at `at` in play that comes from its levels, each of which
/// may be off by its spread.
///
/// The slope of z in a level is the weight, and for aptitudes the aptitude weight, over the standard
/// deviation of levels, times what the person's estimate stands out by. An aptitude whose key is 0, and
/// would be with a level one spread higher, counts nothing. `own` are the person's [`own_estimates`].
#[must_use]
pub(crate) fn level_error(
    comparison: &Comparison<'_>,
    own: &[f64],
    at: usize,
    fit: &RoleMatch,
) -> f64 {
    let (pack, role) = (comparison.pack, comparison.role(at));
    let mut sum = 0.0;
    for (k, own) in own.iter().enumerate() {
        let sd = comparison.level_sds[k];
        if sd <= NEGLIGIBLE {
            continue;
        }
        let step = role.spreads[k] / sd;
        let counts = match pack.traits[k].kind {
            TraitKind::Aptitude if comparison.relative_levels[at][k] + step <= NEGLIGIBLE => 0.0,
            TraitKind::Aptitude => comparison.aptitude_weight,
            TraitKind::Interest | TraitKind::Preference => 1.0,
        };
        let part = counts * role.weights[k] * step * own / fit.length;
        sum += part * part;
    }
    sum.sqrt()
}
