//! The ranking, and the band of roles that the answers cannot tell apart from the first (scoring,
//! section 5).

use crate::engine::fit::{Design, Fit, phi};
use crate::engine::plan::LANES;
use crate::engine::score::TraitScore;

/// Matches within this of the first of their group are equal.
pub const TIE: f64 = 1e-9;
/// One-sided 90 % of the standard normal, exactly as stated.
pub const BAND: f64 = 1.2816;

/// Up to so many roles are put in order by counting.
const COUNTED: usize = 64;

/// Roles in play, ordered. Everything here is a position among the roles in play.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranking {
    /// Best first, ties by name; roles without a match last, by name.
    pub order: Vec<usize>,
    /// Shared rank of each role, from 1; none without a match.
    pub ranks: Vec<Option<usize>>,
    /// Roles that cannot be told apart from the first, in `order`.
    pub band: Vec<usize>,
}

impl Ranking {
    /// Takes every role out.
    pub(crate) fn clear(&mut self) {
        self.order.clear();
        self.ranks.clear();
        self.band.clear();
    }

    /// The roles that share the first rank.
    pub fn firsts(&self) -> impl Iterator<Item = usize> {
        self.order
            .iter()
            .copied()
            .filter(|&at| self.ranks[at] == Some(1))
    }
}

/// Ranks the roles in play.
#[must_use]
pub fn rank(design: &Design<'_>, scores: &[TraitScore], fits: &[Option<Fit>]) -> Ranking {
    let mut ranking = Ranking::default();
    rank_into(design, scores, fits, &mut Scratch::default(), &mut ranking);
    ranking
}

/// What ranking needs from person to person.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    keys: Vec<[i64; LANES]>,
    weights: Vec<f64>,
    within: Vec<bool>,
}

/// [`rank`] into a ranking that is used again.
#[inline(always)]
#[expect(
    clippy::cast_possible_wrap,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "below the number of roles, or bits as they are"
)]
pub(crate) fn rank_into(
    design: &Design<'_>,
    scores: &[TraitScore],
    fits: &[Option<Fit>],
    scratch: &mut Scratch,
    ranking: &mut Ranking,
) {
    let plan = &design.plan;
    let Scratch {
        keys,
        weights,
        within,
    } = scratch;
    let Ranking { order, ranks, band } = ranking;
    // a whole number that is larger the better the match, with the role's place by name in its lowest
    // bits; roles without a match last
    let mask = fits.len().next_power_of_two() as i64 - 1;
    keys.clear();
    keys.resize(fits.len().div_ceil(LANES), [i64::MIN; LANES]);
    let places = keys.as_flattened_mut().iter_mut().zip(&plan.name_place);
    for ((key, &place), fit) in places.zip(fits) {
        let bits = fit.map_or(f64::NEG_INFINITY, |fit| fit.z).to_bits();
        let ascending = (bits ^ ((bits as i64 >> 63) as u64 >> 1)) as i64;
        *key = ascending & !mask | (mask - place as i64);
    }
    let ranked = fits.iter().flatten().count();
    order.resize(fits.len(), 0);
    if fits.len() > COUNTED {
        let keys = keys.as_flattened();
        order.clear();
        order.extend(0..fits.len());
        order.sort_unstable_by_key(|&at| std::cmp::Reverse(keys[at]));
    } else {
        // how many are better than each one: no branch for the processor to guess wrong
        let mut at = 0;
        for group in &*keys {
            let mut better = [0; LANES];
            for &other in keys.as_flattened() {
                for lane in 0..LANES {
                    better[lane] += i64::from(other > group[lane]);
                }
            }
            for place in better.into_iter().take(fits.len() - at) {
                order[place as usize] = at;
                at += 1;
            }
        }
    }
    let z = |at: usize| fits[at].map_or(f64::NEG_INFINITY, |fit| fit.z);
    let by_name = |tied: &mut [usize]| {
        if tied.len() > 1 {
            tied.sort_unstable_by_key(|&at| plan.name_place[at]);
        }
    };
    ranks.clear();
    ranks.resize(fits.len(), None);
    let (mut group, mut first) = (0, order.first().map_or(0.0, |&at| z(at)));
    for place in 0..ranked {
        let at = order[place];
        let this = z(at);
        if first - this > TIE {
            by_name(&mut order[group..place]);
            (group, first) = (place, this);
        }
        ranks[at] = Some(group + 1);
    }
    by_name(&mut order[group..ranked]);
    let tied = |&&at: &&usize| ranks[at] == Some(1);
    let firsts = order[..ranked].iter().take_while(tied).count();
    within.clear();
    within.resize(fits.len(), false);
    for &first in &order[..firsts] {
        mark_within(design, scores, fits, first, (weights, within));
        within[first] = true;
    }
    band.clear();
    for &at in &order[..ranked] {
        if within[at] {
            band.push(at);
        }
    }
}

/// Marks the roles that the answers cannot tell apart from role a.
///
/// The variance of the difference of two matches is that of each less twice their covariance,
/// `sum_k a_ak a_bk (1 - rho_k) / (A_a A_b)`, which is computed for several roles at a time.
#[inline(always)]
fn mark_within(
    design: &Design<'_>,
    scores: &[TraitScore],
    fits: &[Option<Fit>],
    a: usize,
    (weights, within): (&mut Vec<f64>, &mut [bool]),
) {
    let Some(first) = &fits[a] else {
        return;
    };
    weights.resize(scores.len(), 0.0);
    for ((weight, key), score) in weights.iter_mut().zip(&design.keys[a]).zip(scores) {
        *weight = key * (1.0 - score.reliability);
    }
    let groups = design.plan.keys.chunks_exact(scores.len().max(1));
    let groups = groups.zip(fits.chunks(LANES)).zip(within.chunks_mut(LANES));
    for ((keys, fits), within) in groups {
        let mut shared = [0.0; LANES];
        for (key, weight) in keys.iter().zip(&*weights) {
            for lane in 0..LANES {
                shared[lane] += key[lane] * weight;
            }
        }
        for ((fit, within), shared) in fits.iter().zip(within).zip(shared) {
            if let Some(fit) = fit {
                let apart = first.z - fit.z;
                let covariance = shared / (first.length * fit.length);
                let variance = first.se * first.se + fit.se * fit.se - 2.0 * covariance;
                // rounding can leave a little less than nothing for roles of one profile
                *within |= apart <= BAND * variance.max(0.0).sqrt();
            }
        }
    }
}

/// Standard error of the difference between the matches of two roles in play.
#[must_use]
pub fn se_of_difference(
    design: &Design<'_>,
    scores: &[TraitScore],
    (a, fit_a): (usize, &Fit),
    (b, fit_b): (usize, &Fit),
) -> f64 {
    let (scale_a, scale_b) = (1.0 / fit_a.length, 1.0 / fit_b.length);
    let mut sum = 0.0;
    let keys = design.keys[a].iter().zip(&design.keys[b]);
    for ((key_a, key_b), score) in keys.zip(scores) {
        let apart = key_a * scale_a - key_b * scale_b;
        sum += apart * apart * (1.0 - score.reliability);
    }
    sum.sqrt()
}

/// Probability that role a truly fits better than role b, 0..=1.
#[must_use]
pub fn probability_better(
    design: &Design<'_>,
    scores: &[TraitScore],
    (a, fit_a): (usize, &Fit),
    (b, fit_b): (usize, &Fit),
) -> f64 {
    let se = se_of_difference(design, scores, (a, fit_a), (b, fit_b));
    if se == 0.0 {
        return 0.5;
    }
    phi((fit_a.z - fit_b.z) / se)
}
