//! The difference of two roles: its error, and how likely one truly fits better (scoring, section 5).

use crate::scoring::comparison::{Comparison, NEGLIGIBLE};
use crate::scoring::contributions::own_estimates;
use crate::scoring::question_part::Standing;
use crate::scoring::role_match::{RoleMatch, centred_key, phi};

/// Standard error of the difference between the matches of two roles in play, from the answers' own error:
/// `sqrt(sum((c_a / A_a - c_b / A_b)^2 (1 - rho)))` over all traits; and where roles deviate on single questions the sum
/// over these, `sum(g (d_a / A_a - d_b / A_b)^2)`, under the same root.
#[must_use]
pub(crate) fn se_of_difference<'a>(
    comparison: &Comparison<'_>,
    person: impl Into<Standing<'a>>,
    (a, fit_a): (usize, &RoleMatch),
    (b, fit_b): (usize, &RoleMatch),
) -> f64 {
    let Standing { scores, questions } = person.into();
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
    if let Some(questions) = questions {
        sum += questions.square_apart((a, fit_a.length), (b, fit_b.length));
    }
    sum.sqrt()
}

/// Probability that role a truly fits better than role b, 0..=1, given the error of the answers and that
/// of the levels of both roles.
#[must_use]
pub(crate) fn probability_better<'a>(
    comparison: &Comparison<'_>,
    person: impl Into<Standing<'a>>,
    (a, fit_a): (usize, &RoleMatch),
    (b, fit_b): (usize, &RoleMatch),
) -> f64 {
    let person = person.into();
    let se = se_of_difference(comparison, person, (a, fit_a), (b, fit_b));
    let own = own_estimates(comparison, person.scores);
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
/// The slope of z in a level is that of the key, times what the person's estimate stands out by, over the
/// length of the key. A level that is off moves the levels of all questions of its trait alike, so deviations of single
/// questions add nothing. `own` are the person's [`own_estimates`].
#[must_use]
pub(crate) fn level_error(
    comparison: &Comparison<'_>,
    own: &[f64],
    at: usize,
    fit: &RoleMatch,
) -> f64 {
    let slopes = comparison.level_slopes[at].iter().zip(own);
    let part = slopes.map(|(slope, own)| slope * own / fit.length);
    part.map(|part| part * part).sum::<f64>().sqrt()
}

/// Standard error of the difference between the matches of two roles in play from all that may be off: the
/// answers, the means of the norms and the levels of both roles.
///
/// With D the difference of the two keys, each over its length, tau the doubt of a norm's mean and s the
/// norm's standard deviation, `sqrt(SE^2 + sum(D^2 rho^2 tau^2 / s^2) + L_a^2 + L_b^2)`. A mean that is off moves no
/// answer beside the own score, so deviations of single questions add to SE only. `own` are the person's
/// [`own_estimates`].
#[must_use]
pub(crate) fn wide_error<'a>(
    comparison: &Comparison<'_>,
    (person, own): (impl Into<Standing<'a>>, &[f64]),
    (a, fit_a): (usize, &RoleMatch),
    (b, fit_b): (usize, &RoleMatch),
) -> f64 {
    let person = person.into();
    let se = se_of_difference(comparison, person, (a, fit_a), (b, fit_b));
    let mut sum = se * se;
    for (k, score) in person.scores.iter().enumerate() {
        let apart = centred_key(comparison, a, k, fit_a) / fit_a.length
            - centred_key(comparison, b, k, fit_b) / fit_b.length;
        let shift = score.reliability * comparison.doubts[k] / comparison.norms[k].sd;
        sum += apart * shift * apart * shift;
    }
    for (at, fit) in [(a, fit_a), (b, fit_b)] {
        let error = level_error(comparison, own, at, fit);
        sum += error * error;
    }
    sum.sqrt()
}
