//! The ranking, and the band of roles that the answers cannot tell apart from the first (scoring,
//! section 5).

use crate::engine::fit::{Design, Fit, Fits, phi};
use crate::engine::plan::Plan;
use crate::engine::score::{Sums, TraitScore};

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
    let scores: Vec<Sums<1>> = scores.iter().map(Sums::from).collect();
    let fits: Vec<Fits<1>> = fits.iter().map(Fits::from).collect();
    let (mut places, mut ranking) = (Places::default(), Ranking::default());
    places.find(&design.plan, &scores, &fits);
    places.ranking(&design.plan, &fits, 0, &mut ranking);
    ranking
}

/// Where the roles stand for N people.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places<const N: usize> {
    /// A whole number that is larger the better the match, with the role's place by name in its
    /// lowest bits: no two roles of a person have the same.
    keys: Vec<[i64; N]>,
    /// How many roles stand before each.
    before: Vec<[i64; N]>,
    /// Whether a role shares the first rank and was not yet compared with the others.
    tied: Vec<[bool; N]>,
    /// Whether a role is in the band.
    within: Vec<[bool; N]>,
    /// Of the first role: key times what is not known, for each trait.
    weights: Vec<[f64; N]>,
}

impl<const N: usize> Places<N> {
    /// Finds the places and the bands.
    #[inline(always)]
    pub(crate) fn find(&mut self, plan: &Plan, scores: &[Sums<N>], fits: &[Fits<N>]) {
        self.count(plan, fits);
        self.tied.resize(fits.len(), [false; N]);
        self.within.resize(fits.len(), [false; N]);
        self.weights.resize(scores.len(), [0.0; N]);
        let mut best = [f64::NEG_INFINITY; N];
        for fit in fits {
            for lane in 0..N {
                best[lane] = if fit.z[lane] > best[lane] {
                    fit.z[lane]
                } else {
                    best[lane]
                };
            }
        }
        for ((tied, within), fit) in self.tied.iter_mut().zip(&mut self.within).zip(fits) {
            for lane in 0..N {
                tied[lane] = best[lane] - fit.z[lane] <= TIE;
                within[lane] = tied[lane];
            }
        }
        // once for nearly everyone, for a tie at the top is rare
        let mut first = [0; N];
        while self.next_first(&mut first) {
            self.mark(plan, scores, fits, &first);
        }
    }

    /// Counts how many roles stand before each: no branch for the processor to guess wrong.
    #[inline(always)]
    #[expect(
        clippy::cast_possible_wrap,
        clippy::cast_sign_loss,
        reason = "below the number of roles, or bits as they are"
    )]
    fn count(&mut self, plan: &Plan, fits: &[Fits<N>]) {
        let Self { keys, before, .. } = self;
        let mask = fits.len().next_power_of_two() as i64 - 1;
        keys.resize(fits.len(), [0; N]);
        before.resize(fits.len(), [0; N]);
        for ((key, &place), fit) in keys.iter_mut().zip(&plan.name_place).zip(fits) {
            for lane in 0..N {
                let bits = fit.z[lane].to_bits() as i64;
                let sign = if bits < 0 { i64::MAX } else { 0 };
                key[lane] = (bits ^ sign) & !mask | (mask - place as i64);
            }
        }
        for a in 0..fits.len() {
            let key = keys[a];
            let mut ahead = [0; N];
            for (other, behind) in keys[..a].iter().zip(&mut before[..a]) {
                for lane in 0..N {
                    let better = i64::from(key[lane] > other[lane]);
                    behind[lane] += better;
                    ahead[lane] += 1 - better;
                }
            }
            before[a] = ahead;
        }
    }

    /// For each of the N a role that shares the first rank and was not yet taken; false when there is
    /// none left.
    #[inline(always)]
    fn next_first(&mut self, first: &mut [usize; N]) -> bool {
        let (mut found, mut any) = ([false; N], false);
        for (at, tied) in self.tied.iter_mut().enumerate() {
            for lane in 0..N {
                if tied[lane] & !found[lane] {
                    first[lane] = at;
                    found[lane] = true;
                    tied[lane] = false;
                    any = true;
                }
            }
        }
        any
    }

    /// Marks the roles that the answers cannot tell apart from one that shares the first rank.
    ///
    /// The variance of the difference of two matches is that of each less twice their covariance,
    /// `sum_k a_ak a_bk (1 - rho_k) / (A_a A_b)`.
    #[inline(always)]
    fn mark(&mut self, plan: &Plan, scores: &[Sums<N>], fits: &[Fits<N>], first: &[usize; N]) {
        let traits = scores.len();
        let (mut z, mut scale, mut variance) = ([0.0; N], [0.0; N], [0.0; N]);
        for lane in 0..N {
            let fit = &fits[first[lane]];
            z[lane] = fit.z[lane];
            scale[lane] = 1.0 / fit.length[lane];
            variance[lane] = fit.unknown[lane] * scale[lane] * scale[lane];
            let keys = &plan.keys[first[lane] * traits..][..traits];
            for (weight, key) in self.weights.iter_mut().zip(keys) {
                weight[lane] = key.a;
            }
        }
        for (weight, score) in self.weights.iter_mut().zip(scores) {
            for lane in 0..N {
                weight[lane] *= 1.0 - score.reliability[lane];
            }
        }
        let keys = plan.keys.chunks_exact(traits.max(1));
        for ((keys, fit), within) in keys.zip(fits).zip(&mut self.within) {
            let mut shared = [0.0; N];
            for (key, weight) in keys.iter().zip(&self.weights) {
                for lane in 0..N {
                    shared[lane] += key.a * weight[lane];
                }
            }
            for lane in 0..N {
                let own = 1.0 / fit.length[lane];
                let covariance = shared[lane] * scale[lane] * own;
                let apart = z[lane] - fit.z[lane];
                let variance = variance[lane] + fit.unknown[lane] * own * own - 2.0 * covariance;
                // squares, for a difference from the first is never below 0; rounding can leave a
                // little less than nothing of the variance of two roles of one profile
                within[lane] |= apart * apart <= BAND * BAND * variance.max(0.0);
            }
        }
    }

    /// The ranking of one of the N, into one that is used again.
    #[inline(always)]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "below the number of roles"
    )]
    pub(crate) fn ranking(
        &self,
        plan: &Plan,
        fits: &[Fits<N>],
        lane: usize,
        ranking: &mut Ranking,
    ) {
        let Ranking { order, ranks, band } = ranking;
        order.resize(fits.len(), 0);
        let mut ranked = 0;
        for (at, (before, fit)) in self.before.iter().zip(fits).enumerate() {
            order[before[lane] as usize] = at;
            ranked += usize::from(fit.z[lane] > f64::NEG_INFINITY);
        }
        let by_name = |tied: &mut [usize]| {
            if tied.len() > 1 {
                tied.sort_unstable_by_key(|&at| plan.name_place[at]);
            }
        };
        ranks.clear();
        ranks.resize(fits.len(), None);
        let (mut group, mut first) = (0, f64::INFINITY);
        for place in 0..ranked {
            let at = order[place];
            let this = fits[at].z[lane];
            if first - this > TIE {
                by_name(&mut order[group..place]);
                (group, first) = (place, this);
            }
            ranks[at] = Some(group + 1);
        }
        by_name(&mut order[group..ranked]);
        band.clear();
        for &at in &order[..ranked] {
            if self.within[at][lane] {
                band.push(at);
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
