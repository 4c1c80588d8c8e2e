//! The ranking, and the band of roles that the answers cannot tell apart from the first (scoring,
//! section 5).

use crate::engine::fit::{Design, Fit, phi};
use crate::engine::score::TraitScore;

/// Matches within this of the first of their group are equal.
pub const TIE: f64 = 1e-9;
/// One-sided 90 % of the standard normal, exactly as stated.
pub const BAND: f64 = 1.2816;

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
    rank_into(design, scores, fits, &mut Vec::new(), &mut ranking);
    ranking
}

/// [`rank`] into a ranking that is used again.
pub(crate) fn rank_into(
    design: &Design<'_>,
    scores: &[TraitScore],
    fits: &[Option<Fit>],
    keys: &mut Vec<u64>,
    ranking: &mut Ranking,
) {
    let plan = &design.plan;
    let Ranking { order, ranks, band } = ranking;
    // a number that sorts as the match does, best first, with the role's place by name in its lowest
    // bits: sorting numbers takes a third of the time of sorting places by a comparison
    let mask = fits.len().next_power_of_two() as u64 - 1;
    keys.clear();
    keys.extend(
        fits.iter()
            .zip(&plan.name_place)
            .filter_map(|(fit, &place)| {
                let bits = fit.as_ref()?.z.to_bits();
                let descending = if bits >> 63 == 0 {
                    !bits ^ (1 << 63)
                } else {
                    bits
                };
                Some(descending & !mask | place as u64)
            }),
    );
    keys.sort_unstable();
    let ranked = keys.len();
    order.clear();
    #[expect(clippy::cast_possible_truncation, reason = "below the number of roles")]
    order.extend(keys.iter().map(|key| plan.by_name[(key & mask) as usize]));
    if ranked < fits.len() {
        order.extend(plan.by_name.iter().filter(|&&at| fits[at].is_none()));
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
        let this = z(order[place]);
        if first - this > TIE {
            by_name(&mut order[group..place]);
            (group, first) = (place, this);
        }
        ranks[order[place]] = Some(group + 1);
    }
    by_name(&mut order[group..ranked]);
    band.clear();
    let firsts = ranks.iter().filter(|&&r| r == Some(1)).count();
    for &b in &order[..ranked] {
        let within = |&a: &usize| match (&fits[a], &fits[b]) {
            (Some(first), Some(other)) => {
                a == b || cannot_tell(design, scores, (a, first), (b, other))
            }
            _ => false,
        };
        if order[..firsts].iter().any(within) {
            band.push(b);
        }
    }
}

/// Whether the answers cannot tell role b from role a, which is not behind it by more than a tie.
fn cannot_tell(
    design: &Design<'_>,
    scores: &[TraitScore],
    (a, fit_a): (usize, &Fit),
    (b, fit_b): (usize, &Fit),
) -> bool {
    let apart = fit_a.z - fit_b.z;
    // the error of a difference is at most the sum of the errors (Minkowski), which is known: two
    // roles in three need no more; the slack is for rounding
    apart <= BAND * (fit_a.se + fit_b.se) + TIE
        && apart <= BAND * se_of_difference(design, scores, (a, fit_a), (b, fit_b))
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
