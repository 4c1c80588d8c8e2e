//! Rankings of people side by side: [`rank`](crate::scoring::ranking::rank) in lanes.

use crate::scoring::kernel::compiled::CompiledComparison;
use crate::scoring::kernel::match_lanes::{LevelLanes, MatchLanes};
use crate::scoring::kernel::role_bits::RoleBits;
use crate::scoring::kernel::score_lanes::ScoreLanes;
use crate::scoring::kernel::simd::{Lanes, registers};
use crate::scoring::kernel::wide_lanes::WideLanes;
use crate::scoring::ranking::{BAND, Ranking, TIE};
use pulp::Simd;

/// Where the roles stand for N people.
#[derive(Clone, Debug)]
pub(crate) struct RankLanes<const N: usize> {
    /// z with the role's place by name in its lowest bits, so that no two roles of a person have the same:
    /// the largest first.
    keys: Vec<[f64; N]>,
    /// Whether two roles may be within [`TIE`] of each other.
    close: [bool; N],
    /// 0 or more for a role in the band, less for others.
    margin: Vec<[f64; N]>,
    /// Of the first role: key times what is not known, for each trait.
    weights: Vec<[f64; N]>,
    /// What the wide band takes in beside these.
    wide: WideLanes<N>,
    /// The roles in the band.
    band: RoleBits<N>,
    /// The roles in the wide band.
    band_wide: RoleBits<N>,
}

impl<const N: usize> Default for RankLanes<N> {
    fn default() -> Self {
        Self {
            keys: Vec::new(),
            close: [false; N],
            margin: Vec::new(),
            weights: Vec::new(),
            wide: WideLanes::default(),
            band: RoleBits::default(),
            band_wide: RoleBits::default(),
        }
    }
}

impl<const N: usize> RankLanes<N> {
    /// Finds the places and the bands.
    #[inline(always)]
    pub(crate) fn find<S: Simd>(
        &mut self,
        simd: S,
        plan: &CompiledComparison,
        person: &LevelLanes<N>,
        scores: &[ScoreLanes<N>],
        fits: &[MatchLanes<N>],
    ) {
        if fits.is_empty() {
            return;
        }
        let all = |number| Lanes::all(simd, number);
        self.order(simd, plan, fits);
        self.margin.resize(fits.len(), [0.0; N]);
        self.weights.resize(scores.len(), [0.0; N]);
        self.wide.begin(simd, plan, person, scores);
        let mut ties = [0.0; N];
        for register in 0..registers::<S, N>() {
            let mut best = all(f64::NEG_INFINITY);
            for fit in fits {
                best = Lanes::load(simd, &fit.z, register).or_larger(best);
            }
            let mut sharing = all(0.0);
            for (margin, fit) in self.margin.iter_mut().zip(fits) {
                let behind = best - Lanes::load(simd, &fit.z, register);
                let (tie, out) = (all(TIE), all(f64::NEG_INFINITY));
                // one that is no number, where nothing has a match, is behind
                sharing = sharing + tie.if_above(behind, all(1.0), all(0.0));
                tie.if_above(behind, all(0.0), out).store(margin, register);
            }
            sharing.store(&mut ties, register);
        }
        // any of those that share the first rank lets a role in; nearly always there is one
        let most = ties.iter().fold(1, |most, &ties| most.max(whole(ties)));
        let mut first = [0; N];
        for place in 0..most {
            // whoever has fewer of them keeps one that was marked
            for lane in (0..N).filter(|&lane| whole(ties[lane]) > place) {
                first[lane] = role_of(plan, self.keys[place][lane]);
            }
            self.mark(simd, plan, person, (scores, fits), &first);
        }
        self.keep_bands();
    }

    /// Puts the roles of each person in their order.
    #[inline(always)]
    fn order<S: Simd>(&mut self, simd: S, plan: &CompiledComparison, fits: &[MatchLanes<N>]) {
        let keys = &mut self.keys;
        keys.resize(fits.len(), [0.0; N]);
        let places = places(plan);
        for ((key, &place), fit) in keys.iter_mut().zip(&plan.name_place).zip(fits) {
            let (first, last) = (places - 1 - place as u64, place as u64);
            for lane in 0..N {
                // there is no -0, which would have the bits of a negative number
                let z = fit.z[lane].max(f64::MIN) + 0.0;
                // of two negative numbers the larger has the smaller bits
                let place = if z < 0.0 { last } else { first };
                key[lane] = f64::from_bits(z.to_bits() & !(places - 1) | place);
            }
        }
        sort(simd, keys);
        let all = |number| Lanes::all(simd, number);
        let (mut least, mut close) = ([all(1.0); N], [0.0; N]);
        for pair in keys.windows(2) {
            for r in 0..registers::<S, N>() {
                let (z, next) = (
                    Lanes::load(simd, &pair[0], r),
                    Lanes::load(simd, &pair[1], r),
                );
                // twice that, and what the lowest bits of a large z can be: who is close is looked at again
                let near = all(TIE) * (all(2.0) + z * z);
                least[r] = (z - next).if_above(near, least[r], all(0.0));
            }
        }
        for r in 0..registers::<S, N>() {
            (all(1.0) - least[r]).store(&mut close, r);
        }
        self.close = close.map(|close| close > 0.0);
    }

    /// Makes sets of the roles in the bands.
    #[inline(always)]
    fn keep_bands(&mut self) {
        self.band.clear(self.margin.len());
        self.band_wide.clear(self.margin.len());
        let margins = self.margin.iter().zip(&self.wide.margin);
        for (role, (margin, wide)) in margins.enumerate() {
            self.band.put(role, margin, |margin| margin >= 0.0);
            self.band_wide.put(role, margin, |margin| margin >= 0.0);
            self.band_wide.put(role, wide, |margin| margin >= 0.0);
        }
    }

    /// Marks the roles that the answers cannot tell apart from one that shares the first rank.
    ///
    /// The variance of the difference of two matches is that of each less twice their covariance,
    /// `sum_k c_ak c_bk (1 - rho_k) / (A_a A_b)`. With m the centres, B the sums of keys over the n traits
    /// on which they are centred, and R the sum of the reliabilities there, that sum is
    /// `sum_k a_ak a_bk (1 - rho_k) - m_a B_b - m_b (B_a - m_a (n + R))`.
    #[inline(always)]
    fn mark<S: Simd>(
        &mut self,
        simd: S,
        plan: &CompiledComparison,
        person: &LevelLanes<N>,
        (scores, fits): (&[ScoreLanes<N>], &[MatchLanes<N>]),
        firsts: &[usize; N],
    ) {
        let all = |number| Lanes::all(simd, number);
        let traits = scores.len();
        let (mut z, mut length, mut unknown) = ([0.0; N], [0.0; N], [0.0; N]);
        let (mut centre, mut rest) = ([0.0; N], [0.0; N]);
        let (mut levels, mut beside) = ([0.0; N], [0.0; N]);
        for lane in 0..N {
            let first = firsts[lane];
            let (role, fit) = (&plan.roles[first], &fits[first]);
            levels[lane] = self.wide.levels_of(plan, first, lane);
            z[lane] = fit.z[lane];
            length[lane] = fit.length[lane];
            unknown[lane] = fit.unknown[lane];
            beside[lane] = fit.unknown_beside[lane];
            centre[lane] = fit.centre[lane];
            let whole = plan.centred + person.known[lane];
            rest[lane] = role.sum - centre[lane] * whole;
            let keys = &plan.keys[first * traits..][..traits];
            for ((weight, key), score) in self.weights.iter_mut().zip(keys).zip(scores) {
                weight[lane] = key * (1.0 - score.reliability[lane]);
            }
        }
        // what of the bound is the same for every role, times its factor squared
        let (mut first_square, mut first_unknown) = ([0.0; N], [0.0; N]);
        let (mut first_twice, mut first_beside) = ([0.0; N], [0.0; N]);
        let (mut first_levels, mut first_bounds) = ([0.0; N], [[0.0; N]; 2]);
        for r in 0..registers::<S, N>() {
            let load = |numbers| Lanes::load(simd, numbers, r);
            let first = all(BAND * BAND) * load(&length);
            let square = first * load(&length);
            square.store(&mut first_square, r);
            (first + first).store(&mut first_twice, r);
            (all(BAND * BAND) * load(&unknown)).store(&mut first_unknown, r);
            (all(BAND * BAND) * load(&beside)).store(&mut first_beside, r);
            (all(BAND * BAND) * load(&levels)).store(&mut first_levels, r);
            for (bound, levels) in first_bounds.iter_mut().zip(&self.wide.levels) {
                (square * load(levels)).store(bound, r);
            }
        }
        let keys = plan.keys.chunks_exact(traits.max(1));
        self.wide.open.clear(fits.len());
        let mut open = [0.0; N];
        let margins = self.margin.iter_mut().zip(&mut self.wide.margin);
        let roles = plan.roles.iter().zip(fits).zip(margins).enumerate();
        for (keys, (at, ((role, fit), (margin, wide)))) in keys.zip(roles) {
            let (mut shared, mut shared_beside) = ([all(0.0); N], [all(0.0); N]);
            for run in &role.runs {
                let keys = keys[run.traits.clone()].iter();
                let sums = if run.centred {
                    &mut shared
                } else {
                    &mut shared_beside
                };
                for (&a, weight) in keys.zip(&self.weights[run.traits.clone()]) {
                    let a = all(a);
                    for r in 0..registers::<S, N>() {
                        sums[r] = sums[r] + a * Lanes::load(simd, weight, r);
                    }
                }
            }
            let sum = all(role.sum);
            for r in 0..registers::<S, N>() {
                let load = |numbers| Lanes::load(simd, numbers, r);
                // all times both lengths squared: the sign stays, and divisions take long
                let own = load(&fit.length);
                let (square, twice) = (own * own, load(&first_twice) * own);
                let centring = load(&centre) * sum + load(&fit.centre) * load(&rest);
                let together = (shared[r] + shared_beside[r] - centring) * twice;
                let variance = load(&first_unknown) * square
                    + load(&fit.unknown) * load(&first_square)
                    - together;
                // squares, for a difference from the first is never below 0
                let apart = (load(&z) - load(&fit.z)) * (load(&length) * own);
                let apart = apart * apart;
                let inside = (variance - apart).or_larger(load(margin));
                // of the variance what is on traits whose keys are not centred
                let beside = load(&first_beside) * square
                    + load(&fit.unknown_beside) * load(&first_square)
                    - shared_beside[r] * twice;
                let levels = load(&first_levels) * square - apart;
                let mut bounds = [all(0.0); 2];
                for (n, bound) in bounds.iter_mut().enumerate() {
                    let (of_centred, of_others) = (&self.wide.share[n], &self.wide.share_beside[n]);
                    let answers = (variance - beside) * load(of_centred) + beside * load(of_others);
                    *bound = answers + levels + load(&first_bounds[n]);
                }
                // above the lower bound it is in, between both it is not known yet
                let least = inside.or_larger(bounds[0]);
                let least = least.or_larger(load(wide));
                let unknown = bounds[1].if_above(all(0.0), all(1.0), all(0.0));
                let unknown = all(0.0).if_above(least, unknown, all(0.0));
                inside.store(margin, r);
                least.store(wide, r);
                unknown.store(&mut open, r);
            }
            self.wide.open.put(at, &open, |open| open > 0.0);
        }
        self.wide.decide(simd, plan, fits, (firsts, &levels));
    }

    /// The ranking of one of the N, into one that is used again: of no more than the first `roles` and of
    /// those in the bands.
    #[inline(always)]
    pub(crate) fn ranking(
        &self,
        plan: &CompiledComparison,
        fits: &[MatchLanes<N>],
        (lane, roles): (usize, usize),
        ranking: &mut Ranking,
    ) {
        let Ranking {
            order,
            ranks,
            band,
            band_wide,
        } = ranking;
        order.clear();
        ranks.clear();
        ranks.resize(fits.len(), None);
        band.clear();
        band_wide.clear();
        // of roles that tie any may come first by name
        let (roles, close) = (roles.min(fits.len()), self.close[lane]);
        let wanted = if close { fits.len() } else { roles };
        let mut ranked = 0;
        for (place, keys) in self.keys[..wanted].iter().enumerate() {
            let at = role_of(plan, keys[lane]);
            order.push(at);
            if fits[at].z[lane] > f64::NEG_INFINITY {
                ranks[at] = Some(place + 1);
                ranked += 1;
            }
        }
        if close {
            share_ranks(plan, fits, lane, &mut order[..ranked], ranks);
        }
        let mut left = self.band_wide.count(lane);
        let mut place = 0;
        while left > 0
            && let Some(keys) = self.keys.get(place)
        {
            // where there are ties, only their order tells
            let at = match order.get(place) {
                Some(&at) => at,
                None => role_of(plan, keys[lane]),
            };
            if self.band_wide.has(at, lane) {
                band_wide.push(at);
                left -= 1;
                if self.band.has(at, lane) {
                    band.push(at);
                }
            }
            place += 1;
        }
        for at in order.drain(roles..) {
            ranks[at] = None;
        }
    }
}

/// Numbers that the places of all roles by name are below: a power of two, so that a place is bits.
const fn places(plan: &CompiledComparison) -> u64 {
    plan.roles.len().next_power_of_two() as u64
}

/// The role whose key this is.
#[expect(clippy::cast_possible_truncation, reason = "below the number of roles")]
#[inline(always)]
fn role_of(plan: &CompiledComparison, key: f64) -> usize {
    let last = places(plan) - 1;
    let place = key.to_bits() & last;
    let place = if key.is_sign_negative() {
        place
    } else {
        last - place
    };
    plan.by_name[place as usize]
}

/// Sorts N lists of numbers side by side, the largest first: Batcher's merge exchange (Knuth, The Art of
/// Computer Programming, 5.2.2 M). Which places are compared does not depend on the numbers, so one step
/// serves all people, and there is no branch for the processor to guess wrong. Of n numbers it compares
/// about `n log2(n)^2 / 4` pairs.
#[inline(always)]
fn sort<S: Simd, const N: usize>(simd: S, lists: &mut [[f64; N]]) {
    let half = lists.len().next_power_of_two() / 2;
    let mut size = half;
    while size > 0 {
        let (mut start, mut apart, mut next) = (0, size, half);
        loop {
            for from in (start..lists.len() - apart).step_by(2 * size) {
                let (above, below) = lists.split_at_mut(from + apart);
                // the last run may be cut off by the end of the list
                for (above, below) in above[from..].iter_mut().zip(below).take(size) {
                    for r in 0..registers::<S, N>() {
                        let (one, other) =
                            (Lanes::load(simd, above, r), Lanes::load(simd, below, r));
                        one.if_above(other, one, other).store(above, r);
                        one.if_above(other, other, one).store(below, r);
                    }
                }
            }
            if next == size {
                break;
            }
            (start, apart, next) = (size, next - size, next / 2);
        }
        size /= 2;
    }
}

/// Gives roles within [`TIE`] of the first of their group its rank, and puts them in the order of
/// their names.
#[inline(always)]
fn share_ranks<const N: usize>(
    plan: &CompiledComparison,
    fits: &[MatchLanes<N>],
    lane: usize,
    order: &mut [usize],
    ranks: &mut [Option<usize>],
) {
    // a tie is rare, and one look shows that there is none
    let (mut tied, mut last) = (false, f64::INFINITY);
    for &at in &*order {
        let z = fits[at].z[lane];
        tied |= last - z <= TIE;
        last = z;
    }
    let mut place = if tied { 1 } else { order.len() };
    while place < order.len() {
        let (first, group) = (fits[order[place - 1]].z[lane], place - 1);
        while place < order.len() && first - fits[order[place]].z[lane] <= TIE {
            ranks[order[place]] = Some(group + 1);
            place += 1;
        }
        if place - group > 1 {
            order[group..place].sort_unstable_by_key(|&at| plan.name_place[at]);
        }
        place += 1;
    }
}

/// A small whole number from one with a fraction: added to 2^52 it stands in the lowest bits, which
/// saves the tests of a conversion.
#[expect(clippy::cast_possible_truncation, reason = "below the number of roles")]
#[inline(always)]
fn whole(n: f64) -> usize {
    const SHIFT: f64 = 4_503_599_627_370_496.0;
    ((n + SHIFT).to_bits() - SHIFT.to_bits()) as usize
}

#[cfg(test)]
mod tests {
    use super::sort;
    use crate::simulation::respondents::SeededRng;
    use pulp::Scalar;

    #[test]
    fn lists_side_by_side_are_sorted() {
        let mut chance = SeededRng::new(7);
        for length in 0..70 {
            let mut lists: Vec<[f64; 2]> = (0..length)
                .map(|_| [chance.uniform(), (chance.uniform() * 9.0).floor()])
                .collect();
            let of = |lists: &[[f64; 2]], lane: usize| -> Vec<f64> {
                lists.iter().map(|numbers| numbers[lane]).collect()
            };
            let mut sorted = [of(&lists, 0), of(&lists, 1)];
            for list in &mut sorted {
                list.sort_by(|a, b| b.total_cmp(a));
            }
            sort(Scalar::new(), &mut lists);
            assert_eq!([of(&lists, 0), of(&lists, 1)], sorted, "{length} numbers");
        }
    }
}
