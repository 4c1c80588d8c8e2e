//! Roles of one person side by side: [`fit`](crate::scoring::role_match::fit) and
//! [`se_of_difference`](crate::scoring::difference::se_of_difference), to the same bits.
//!
//! A sum over traits waits for each of its additions; those of eight roles do not wait for each other. Measured on
//! the simulations of a pack of 200 roles, which go through all roles after every question.

use crate::scoring::comparison::{Comparison, NEGLIGIBLE};
use crate::scoring::difference::se_of_difference;
use crate::scoring::question_part::Standing;
use crate::scoring::role_match::{Centring, Matches, RoleMatch};

/// Roles that are computed together.
const ABREAST: usize = 8;
type Abreast = [f64; ABREAST];

/// What so many roles have of each trait.
fn of_roles(part: &[usize], of: impl Fn(usize) -> f64) -> Abreast {
    let mut all = [0.0; ABREAST];
    for (one, &at) in all.iter_mut().zip(part) {
        *one = of(at);
    }
    all
}

/// The matches of a person with these roles in play, in their order.
pub(crate) fn matches(
    comparison: &Comparison<'_>,
    person: Standing<'_>,
    roles: impl Iterator<Item = usize>,
) -> Vec<Option<RoleMatch>> {
    if person.questions.is_some() {
        // what single questions add is not laid out side by side
        let matches = Matches::new(comparison, person);
        return roles.map(|at| matches.of(at)).collect();
    }
    let centring = Centring::of(comparison, person.scores);
    let roles: Vec<usize> = roles.collect();
    let mut all = Vec::with_capacity(roles.len());
    for part in roles.chunks(ABREAST) {
        let key = |k: usize| of_roles(part, |at| comparison.keys[at][k]);
        // as the sum of an iterator begins
        let mut centre = [-0.0; ABREAST];
        for (k, weight) in centring.weights.iter().enumerate() {
            let key = key(k);
            for n in 0..ABREAST {
                centre[n] += key[n] * weight;
            }
        }
        for centre in &mut centre {
            *centre = centring.over_known(*centre);
        }
        let (mut signal, mut known) = ([0.0; ABREAST], [0.0; ABREAST]);
        let mut unknown = [0.0; ABREAST];
        let traits = person.scores.iter().zip(&comparison.centred).enumerate();
        for (k, (score, centred)) in traits {
            let mut key = key(k);
            if *centred {
                for n in 0..ABREAST {
                    key[n] -= centre[n];
                }
            }
            for n in 0..ABREAST {
                let c = key[n];
                signal[n] += c * score.estimate;
                known[n] += c * c * score.reliability;
                unknown[n] += c * c * (1.0 - score.reliability);
            }
        }
        all.extend((0..part.len()).map(|n| {
            let length = known[n].sqrt();
            (length > NEGLIGIBLE).then(|| RoleMatch {
                z: signal[n] / length,
                length,
                unknown: unknown[n],
                centre: centre[n],
            })
        }));
    }
    all
}

/// Standard errors of the differences between the match of a role in play and those of others.
pub(crate) fn errors_from(
    comparison: &Comparison<'_>,
    person: Standing<'_>,
    (a, fit_a): (usize, &RoleMatch),
    others: &[(usize, &RoleMatch)],
) -> Vec<f64> {
    if person.questions.is_some() {
        let error = |&other| se_of_difference(comparison, person, (a, fit_a), other);
        return others.iter().map(error).collect();
    }
    let scale_a = 1.0 / fit_a.length;
    let mut all = Vec::with_capacity(others.len());
    for part in others.chunks(ABREAST) {
        let (mut roles, mut centre, mut scale) = ([0; ABREAST], [0.0; ABREAST], [0.0; ABREAST]);
        for (n, (b, fit_b)) in part.iter().enumerate() {
            (roles[n], centre[n], scale[n]) = (*b, fit_b.centre, 1.0 / fit_b.length);
        }
        let mut sum = [0.0; ABREAST];
        let traits = person.scores.iter().zip(&comparison.centred).enumerate();
        for (k, (score, centred)) in traits {
            let mut key_a = comparison.keys[a][k];
            let mut key = of_roles(&roles[..part.len()], |at| comparison.keys[at][k]);
            if *centred {
                key_a -= fit_a.centre;
                for n in 0..ABREAST {
                    key[n] -= centre[n];
                }
            }
            let (own, left) = (key_a * scale_a, 1.0 - score.reliability);
            for n in 0..ABREAST {
                let apart = own - key[n] * scale[n];
                sum[n] += apart * apart * left;
            }
        }
        all.extend(sum[..part.len()].iter().map(|sum| sum.sqrt()));
    }
    all
}
