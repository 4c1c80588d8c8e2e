//! The wide band of people side by side: [`wide_error`](crate::scoring::difference::wide_error) where it can
//! matter.
//!
//! Two bounds that are nearly free decide of most roles: the doubt of norms adds to the error of the answers a
//! share that is known to lie between two figures for all roles, on traits whose keys are centred and on
//! others, and so do the errors of levels. Only what lies between both bounds is computed in full, with traits
//! instead of people side by side.

use crate::scoring::kernel::compiled::{CompiledComparison, TRAITS_ABREAST};
use crate::scoring::kernel::match_lanes::{LevelLanes, MatchLanes};
use crate::scoring::kernel::role_bits::RoleBits;
use crate::scoring::kernel::score_lanes::ScoreLanes;
use crate::scoring::kernel::simd::{Lanes, registers};
use crate::scoring::ranking::BAND;
use pulp::Simd;

/// Numbers of so many traits that stand next to each other.
type Abreast = [f64; TRAITS_ABREAST];

/// What N people have in common over all roles, and which roles are in their wide bands.
#[derive(Clone, Debug)]
pub(crate) struct WideLanes<const N: usize> {
    /// Of each trait: the square of what stands out for the person, which errors of levels go by.
    own: Vec<[f64; N]>,
    /// 1 and the least and the most that the doubt of a norm adds to the error of the answers, as a share of
    /// it, on traits whose keys are centred.
    pub share: [[f64; N]; 2],
    /// The same on others.
    pub share_beside: [[f64; N]; 2],
    /// The least and the most that the squared error of levels of a role can be, times the square of its
    /// length.
    pub levels: [[f64; N]; 2],
    /// Of each trait: what a squared difference of keys weighs.
    weights: Vec<[f64; N]>,
    /// The roles between both bounds.
    pub open: RoleBits<N>,
    /// 0 or more for a role in the wide band, less for others.
    pub margin: Vec<[f64; N]>,
    /// One person.
    person: Vec<PersonBlock>,
}

/// Of one person, on [`TRAITS_ABREAST`] traits that stand side by side: what every role is compared with.
#[derive(Clone, Copy, Debug)]
struct PersonBlock {
    /// The centred key of the first role over its length.
    first: Abreast,
    /// As [`WideLanes::weights`].
    weights: Abreast,
    /// As [`WideLanes::own`].
    own: Abreast,
    /// 1 where keys are centred, else 0.
    centred: Abreast,
}

impl PersonBlock {
    const NOTHING: Self = Self {
        first: [0.0; TRAITS_ABREAST],
        weights: [0.0; TRAITS_ABREAST],
        own: [0.0; TRAITS_ABREAST],
        centred: [0.0; TRAITS_ABREAST],
    };
}

impl<const N: usize> Default for WideLanes<N> {
    fn default() -> Self {
        Self {
            own: Vec::new(),
            share: [[1.0; N]; 2],
            share_beside: [[1.0; N]; 2],
            levels: [[0.0; N]; 2],
            weights: Vec::new(),
            open: RoleBits::default(),
            margin: Vec::new(),
            person: Vec::new(),
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
        self.weights.resize(scores.len(), [0.0; N]);
        self.margin.clear();
        self.margin.resize(plan.roles.len(), [f64::NEG_INFINITY; N]);
        for r in 0..registers::<S, N>() {
            let load = |numbers| Lanes::load(simd, numbers, r);
            let level = load(&person.level) * load(&person.per_known);
            let mut shares = [[all(f64::INFINITY), all(0.0)]; 2];
            let mut levels = [all(0.0); 2];
            let traits = self.own.iter_mut().zip(&mut self.weights);
            for ((scale, score), (own, weight)) in plan.scales.iter().zip(scores).zip(traits) {
                let known = load(&score.reliability);
                let beside = load(&score.estimate) - known * (level * all(scale.centred));
                let square = beside * beside;
                square.store(own, r);
                levels[0] = levels[0] + square * all(scale.flattest);
                levels[1] = levels[1] + square * all(scale.steepest);
                let (unknown, doubt) = (all(1.0) - known, known * known * all(scale.doubt));
                (unknown + doubt).store(weight, r);
                let doubt = doubt / unknown;
                let of = usize::from(scale.centred <= 0.0);
                shares[of][0] = shares[of][0].if_above(doubt, doubt, shares[of][0]);
                shares[of][1] = doubt.or_larger(shares[of][1]);
            }
            for (share, shares) in [&mut self.share, &mut self.share_beside]
                .into_iter()
                .zip(shares)
            {
                // where there is no such trait, nothing is added
                let least = shares[0].if_above(shares[1], all(0.0), shares[0]);
                (all(1.0) + least).store(&mut share[0], r);
                (all(1.0) + shares[1]).store(&mut share[1], r);
            }
            levels[0].store(&mut self.levels[0], r);
            levels[1].store(&mut self.levels[1], r);
        }
    }

    /// The square of the person's error of levels for a role, times the square of its length.
    #[inline(always)]
    pub(crate) fn levels_of(&self, plan: &CompiledComparison, role: usize, lane: usize) -> f64 {
        let traits = self.own.len();
        let slopes = &plan.slopes[role * traits..][..traits];
        let parts = slopes.iter().zip(&self.own);
        parts.map(|(slope, own)| slope * own[lane]).sum()
    }

    /// Decides of roles between both bounds: takes into the wide band those that the first is not ahead of by
    /// more than the wide error allows. `levels` are those of the first.
    #[inline(always)]
    pub(crate) fn decide<S: Simd>(
        &mut self,
        simd: S,
        plan: &CompiledComparison,
        fits: &[MatchLanes<N>],
        (first, levels): (&[usize; N], &[f64; N]),
    ) {
        for lane in 0..N {
            if self.open.count(lane) == 0 {
                continue;
            }
            let leading = &fits[first[lane]];
            self.abreast(plan, leading, (first[lane], lane));
            let length = leading.length[lane];
            let known = levels[lane] / (length * length);
            for role in self.open.iter(lane) {
                let fit = &fits[role];
                let ahead = leading.z[lane] - fit.z[lane];
                let error = known + self.error(simd, plan, fit, (role, lane));
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
        fit: &MatchLanes<N>,
        (first, lane): (usize, usize),
    ) {
        self.person.resize(plan.blocks, PersonBlock::NOTHING);
        let role = &plan.roles_abreast[first * plan.blocks..][..plan.blocks];
        let (per_length, centre) = (1.0 / fit.length[lane], fit.centre[lane]);
        let people = self.weights.chunks(TRAITS_ABREAST);
        let people = people.zip(self.own.chunks(TRAITS_ABREAST));
        let blocks = self.person.iter_mut().zip(&plan.centred_abreast);
        for (((block, centred), role), (weights, own)) in blocks.zip(role).zip(people) {
            let here = block.weights.iter_mut().zip(&mut block.own);
            for ((weight, own), (weights, owns)) in here.zip(weights.iter().zip(own)) {
                (*weight, *own) = (weights[lane], owns[lane]);
            }
            for at in 0..TRAITS_ABREAST {
                let key = role.keys[at] - centre * centred[at];
                block.first[at] = key * per_length;
            }
            block.centred = *centred;
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
        let roles = &plan.roles_abreast[role * plan.blocks..][..plan.blocks];
        let mut sums = [all(0.0); TRAITS_ABREAST];
        for (role, person) in roles.iter().zip(&self.person) {
            for r in 0..registers::<S, TRAITS_ABREAST>() {
                let load = |numbers| Lanes::load(simd, numbers, r);
                let key = load(&role.keys) - centre * load(&person.centred);
                let apart = load(&person.first) - key * scale;
                let levels = load(&role.slopes) * load(&person.own);
                sums[r] = sums[r] + apart * apart * load(&person.weights) + levels * square;
            }
        }
        let mut all_sums = [0.0; TRAITS_ABREAST];
        for r in 0..registers::<S, TRAITS_ABREAST>() {
            sums[r].store(&mut all_sums, r);
        }
        // in this order on every processor
        let pairs: [f64; TRAITS_ABREAST / 2] =
            std::array::from_fn(|n| all_sums[2 * n] + all_sums[2 * n + 1]);
        (pairs[0] + pairs[1]) + (pairs[2] + pairs[3])
    }
}
