//! The wide band of people side by side: [`wide_error`](crate::scoring::difference::wide_error) where it can
//! matter.
//!
//! Few roles are in the wide band and not in the band, so each is first held to a bound that is nearly free:
//! the doubt of norms adds at most a share of the error of the answers that is the same for all roles, and
//! levels at most what they would for a role with the steepest of every trait. Only what passes is computed
//! in full, with traits instead of people side by side.

use crate::scoring::kernel::compiled::{CompiledComparison, TRAITS_ABREAST};
use crate::scoring::kernel::match_lanes::{LevelLanes, MatchLanes};
use crate::scoring::kernel::score_lanes::ScoreLanes;
use crate::scoring::kernel::simd::{Lanes, registers};
use crate::scoring::ranking::BAND;
use pulp::Simd;

/// Numbers of so many traits that stand next to each other.
type Abreast = [f64; TRAITS_ABREAST];

/// What rounding may take from a bound.
const ROOM: f64 = 1.0 + 1e-9;

/// What N people have in common over all roles, and which roles are in their wide bands.
#[derive(Clone, Debug)]
pub(crate) struct WideLanes<const N: usize> {
    /// Of each trait: the square of what stands out for the person, which errors of levels go by.
    own: Vec<[f64; N]>,
    /// 1 and the most that the doubt of a norm adds to the error of the answers, as a share of it.
    pub share: [f64; N],
    /// The most that the squared error of levels of a role can be, times the square of its length.
    pub steepest: [f64; N],
    /// 0 or more for a role that the bound lets in, less for others.
    pub reach: Vec<[f64; N]>,
    /// 0 for a role that is in the wide band and not in the band, less for others.
    margin: Vec<[f64; N]>,
    /// Of one person and the first role: its centred key over its length.
    first: Vec<Abreast>,
    /// Of one person: what a squared difference of keys weighs.
    weights: Vec<Abreast>,
    /// Of one person: as `own`.
    own_abreast: Vec<Abreast>,
}

impl<const N: usize> Default for WideLanes<N> {
    fn default() -> Self {
        Self {
            own: Vec::new(),
            share: [1.0; N],
            steepest: [0.0; N],
            reach: Vec::new(),
            margin: Vec::new(),
            first: Vec::new(),
            weights: Vec::new(),
            own_abreast: Vec::new(),
        }
    }
}

impl<const N: usize> WideLanes<N> {
    /// What the bounds go by, before any role.
    #[inline(always)]
    pub(crate) fn begin<S: Simd>(
        &mut self,
        simd: S,
        plan: &CompiledComparison,
        person: &LevelLanes<N>,
        scores: &[ScoreLanes<N>],
    ) {
        let all = |number| Lanes::all(simd, number);
        self.own.resize(scores.len(), [0.0; N]);
        self.reach.resize(plan.roles.len(), [0.0; N]);
        self.margin.clear();
        self.margin.resize(plan.roles.len(), [f64::NEG_INFINITY; N]);
        for r in 0..registers::<S, N>() {
            let load = |numbers| Lanes::load(simd, numbers, r);
            let level = load(&person.level) * load(&person.per_known);
            let (mut share, mut steepest) = (all(0.0), all(0.0));
            for ((scale, score), own) in plan.scales.iter().zip(scores).zip(&mut self.own) {
                let known = load(&score.reliability);
                let beside = load(&score.estimate) - known * (level * all(scale.centred));
                let square = beside * beside;
                square.store(own, r);
                steepest = steepest + square * all(scale.steepest);
                let doubt = known * known * all(scale.doubt) / (all(1.0) - known);
                share = doubt.or_larger(share);
            }
            (all(1.0) + share).store(&mut self.share, r);
            steepest.store(&mut self.steepest, r);
        }
    }

    /// The square of the person's error of levels for a role, times the square of its length.
    #[inline(always)]
    pub(crate) fn levels(&self, plan: &CompiledComparison, role: usize, lane: usize) -> f64 {
        let traits = self.own.len();
        let slopes = &plan.slopes[role * traits..][..traits];
        let parts = slopes.iter().zip(&self.own);
        parts.map(|(slope, own)| slope * own[lane]).sum()
    }

    /// Takes roles that the bound lets in, and that are not in the band, into the wide band, where one that
    /// shares the first rank is not ahead of them by more than the wide error allows. `levels` are those of
    /// that role.
    #[inline(always)]
    pub(crate) fn mark<S: Simd>(
        &mut self,
        simd: S,
        plan: &CompiledComparison,
        (scores, fits): (&[ScoreLanes<N>], &[MatchLanes<N>]),
        band: &[[f64; N]],
        (first, levels): (&[usize; N], &[f64; N]),
    ) {
        for lane in 0..N {
            let mut begun = false;
            for role in 0..fits.len() {
                let known = band[role][lane] >= 0.0 || self.margin[role][lane] >= 0.0;
                if known || self.reach[role][lane] < 0.0 {
                    continue;
                }
                if !begun {
                    self.abreast(plan, scores, &fits[first[lane]], (first[lane], lane));
                    begun = true;
                }
                let ahead = fits[first[lane]].z[lane] - fits[role].z[lane];
                let length = fits[first[lane]].length[lane];
                let known = levels[lane] / (length * length);
                let error = known + self.error(simd, plan, &fits[role], (role, lane));
                if ahead * ahead <= BAND * BAND * error {
                    self.margin[role][lane] = 0.0;
                }
            }
        }
    }

    /// Lays out what of a person every role is compared with.
    #[inline(always)]
    fn abreast(
        &mut self,
        plan: &CompiledComparison,
        scores: &[ScoreLanes<N>],
        fit: &MatchLanes<N>,
        (first, lane): (usize, usize),
    ) {
        let blocks = plan.blocks;
        for of in [&mut self.first, &mut self.weights, &mut self.own_abreast] {
            of.resize(blocks, [0.0; TRAITS_ABREAST]);
        }
        let keys = &plan.keys_abreast[first * blocks..][..blocks];
        let per_length = 1.0 / fit.length[lane];
        let centre = fit.centre[lane];
        for (k, (scale, score)) in plan.scales.iter().zip(scores).enumerate() {
            let (block, at) = (k / TRAITS_ABREAST, k % TRAITS_ABREAST);
            let known = score.reliability[lane];
            let key = keys[block][at] - centre * scale.centred;
            self.first[block][at] = key * per_length;
            self.weights[block][at] = (1.0 - known) + known * known * scale.doubt;
            self.own_abreast[block][at] = self.own[k][lane];
        }
    }

    /// The square of the wide error of the difference of the first role and this one, without what the
    /// levels of the first add.
    #[inline(always)]
    fn error<S: Simd>(
        &self,
        simd: S,
        plan: &CompiledComparison,
        fit: &MatchLanes<N>,
        (role, lane): (usize, usize),
    ) -> f64 {
        let all = |number| Lanes::all(simd, number);
        let per_length = 1.0 / fit.length[lane];
        let (centre, scale) = (all(fit.centre[lane]), all(per_length));
        let square = all(per_length * per_length);
        let mut sums = [0.0; TRAITS_ABREAST];
        for r in 0..registers::<S, TRAITS_ABREAST>() {
            let load = |numbers| Lanes::load(simd, numbers, r);
            let mut sum = all(0.0);
            for block in 0..plan.blocks {
                let at = role * plan.blocks + block;
                let key =
                    load(&plan.keys_abreast[at]) - centre * load(&plan.centred_abreast[block]);
                let apart = load(&self.first[block]) - key * scale;
                let levels = load(&plan.slopes_abreast[at]) * load(&self.own_abreast[block]);
                sum = sum + apart * apart * load(&self.weights[block]) + levels * square;
            }
            sum.store(&mut sums, r);
        }
        // in this order on every processor
        let [a, b, c, d, e, f, g, h] = sums;
        ((a + b) + (c + d)) + ((e + f) + (g + h))
    }

    /// Whether a role is in the wide band of one of the N and not in the band.
    #[inline(always)]
    pub(crate) fn holds(&self, role: usize, lane: usize) -> bool {
        self.margin[role][lane] >= 0.0
    }
}

/// Leaves room for rounding in a bound: so nothing is kept out by it that the exact error lets in.
#[inline(always)]
pub(crate) fn with_room<S: Simd>(simd: S, bound: Lanes<S>) -> Lanes<S> {
    bound * Lanes::all(simd, ROOM)
}
