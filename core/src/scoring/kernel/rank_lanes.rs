//! Rankings of people side by side: [`rank`](crate::scoring::ranking::rank) in lanes.

use crate::scoring::kernel::compiled::CompiledComparison;
use crate::scoring::kernel::match_lanes::{LevelLanes, MatchLanes};
use crate::scoring::kernel::score_lanes::ScoreLanes;
use crate::scoring::kernel::simd::{Lanes, count, registers};
use crate::scoring::kernel::wide_lanes::WideLanes;
use crate::scoring::ranking::{BAND, Ranking, TIE};
use pulp::Simd;

/// Where the roles stand for N people.
#[derive(Clone, Debug, Default)]
pub(crate) struct RankLanes<const N: usize> {
    /// z with the role's place by name in its lowest bits: no two roles of a person have the same.
    keys: Vec<[f64; N]>,
    /// How many roles stand before each.
    before: Vec<[f64; N]>,
    /// 0 or more for a role in the band, less for others.
    margin: Vec<[f64; N]>,
    /// Of the first role: key times what is not known, for each trait.
    weights: Vec<[f64; N]>,
    /// What the wide band takes in beside these.
    wide: WideLanes<N>,
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
        let (mut first, mut ties) = ([0.0; N], [0.0; N]);
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
        for place in 0..most {
            let place = all(count(place));
            for register in 0..registers::<S, N>() {
                let load = |numbers| Lanes::load(simd, numbers, register);
                let mut here = load(&first);
                for (at, before) in self.before.iter().enumerate() {
                    here = load(before).if_equal(place, all(count(at)), here);
                }
                // whoever has fewer of them keeps one that was marked
                let kept = load(&first);
                let here = load(&ties).if_above(place, here, kept);
                here.store(&mut first, register);
            }
            self.mark(simd, plan, person, (scores, fits), &first);
        }
    }

    /// Counts how many roles stand before each: no branch for the processor to guess wrong.
    #[inline(always)]
    fn order<S: Simd>(&mut self, simd: S, plan: &CompiledComparison, fits: &[MatchLanes<N>]) {
        let all = |number| Lanes::all(simd, number);
        let load = |numbers: &[f64; N], r| Lanes::load(simd, numbers, r);
        let Self { keys, before, .. } = self;
        keys.resize(fits.len(), [0.0; N]);
        before.resize(fits.len(), [0.0; N]);
        let places = fits.len().next_power_of_two() as u64;
        for ((key, &place), fit) in keys.iter_mut().zip(&plan.name_place).zip(fits) {
            let (first, last) = (places - 1 - place as u64, place as u64);
            for lane in 0..N {
                let z = fit.z[lane].max(f64::MIN);
                // of two negative numbers the larger has the smaller bits
                let place = if z < 0.0 { last } else { first };
                key[lane] = f64::from_bits(z.to_bits() & !(places - 1) | place);
            }
        }
        for a in 0..fits.len() {
            // everyone before it in the pack, less those that it is better than
            let mut ahead = [all(count(a)); N];
            let key = keys[a];
            for (other, behind) in keys[..a].iter().zip(&mut before[..a]) {
                for r in 0..registers::<S, N>() {
                    let (key, other) = (load(&key, r), load(other, r));
                    let better = key.if_above(other, all(1.0), all(0.0));
                    (load(behind, r) + better).store(behind, r);
                    ahead[r] = ahead[r] - better;
                }
            }
            for r in 0..registers::<S, N>() {
                ahead[r].store(&mut before[a], r);
            }
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
        first: &[f64; N],
    ) {
        let all = |number| Lanes::all(simd, number);
        let traits = scores.len();
        let (mut z, mut length, mut unknown) = ([0.0; N], [0.0; N], [0.0; N]);
        let (mut centre, mut rest) = ([0.0; N], [0.0; N]);
        let (mut levels, mut firsts, mut beside) = ([0.0; N], [0; N], [0.0; N]);
        for lane in 0..N {
            let first = whole(first[lane]);
            let (role, fit) = (&plan.roles[first], &fits[first]);
            firsts[lane] = first;
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
        let mut undecided = [0.0; N];
        let margins = self.margin.iter_mut().zip(&mut self.wide.open);
        let margins = margins.zip(&mut self.wide.margin);
        let roles = plan.roles.iter().zip(fits).zip(margins);
        for (keys, ((role, fit), ((margin, open), wide))) in keys.zip(roles) {
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
                let more = load(&undecided) + unknown;
                inside.store(margin, r);
                least.store(wide, r);
                unknown.store(open, r);
                more.store(&mut undecided, r);
            }
        }
        let people = (scores, fits);
        self.wide
            .decide(simd, plan, people, &undecided, (&firsts, &levels));
    }

    /// The ranking of one of the N, into one that is used again.
    #[inline(always)]
    pub(crate) fn ranking(
        &self,
        plan: &CompiledComparison,
        fits: &[MatchLanes<N>],
        lane: usize,
        ranking: &mut Ranking,
    ) {
        let Ranking {
            order,
            ranks,
            band,
            band_wide,
        } = ranking;
        order.resize(fits.len(), 0);
        ranks.resize(fits.len(), None);
        let mut ranked = 0;
        for (at, ((before, fit), rank)) in self.before.iter().zip(fits).zip(&mut *ranks).enumerate()
        {
            let place = whole(before[lane]);
            order[place] = at;
            let matched = fit.z[lane] > f64::NEG_INFINITY;
            *rank = matched.then_some(place + 1);
            ranked += usize::from(matched);
        }
        share_ranks(plan, fits, lane, &mut order[..ranked], ranks);
        band.clear();
        band_wide.clear();
        for &at in &order[..ranked] {
            let inside = self.margin[at][lane] >= 0.0;
            if inside {
                band.push(at);
            }
            if inside || self.wide.holds(at, lane) {
                band_wide.push(at);
            }
        }
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
