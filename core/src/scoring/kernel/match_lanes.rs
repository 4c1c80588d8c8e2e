//! Matches of people side by side: [`fit`](crate::scoring::role_match::fit) in lanes.

use crate::scoring::comparison::NEGLIGIBLE;
use crate::scoring::kernel::compiled::CompiledComparison;
use crate::scoring::kernel::score_lanes::ScoreLanes;
use crate::scoring::kernel::simd::{Lanes, registers};
use crate::scoring::role_match::RoleMatch;
use pulp::Simd;

/// A squared length of a centred key below this share of what the key has without the centring has lost
/// too many digits to the difference that it is.
const DIGITS_LOST: f64 = 1e-6;

/// What N people are over the traits on which keys are centred.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LevelLanes<const N: usize> {
    /// Sum of the reliabilities.
    pub known: [f64; N],
    /// One over it; 0 where nothing of these traits was answered.
    pub per_known: [f64; N],
    /// Sum of the estimates.
    pub level: [f64; N],
}

impl<const N: usize> LevelLanes<N> {
    /// The sums.
    #[inline(always)]
    pub(crate) fn of<S: Simd>(
        simd: S,
        plan: &CompiledComparison,
        scores: &[ScoreLanes<N>],
    ) -> Self {
        let mut sums = Self {
            known: [0.0; N],
            per_known: [0.0; N],
            level: [0.0; N],
        };
        let (none, one) = (Lanes::all(simd, 0.0), Lanes::all(simd, 1.0));
        for r in 0..registers::<S, N>() {
            let load = |numbers| Lanes::load(simd, numbers, r);
            let (mut known, mut level) = (none, none);
            for run in &plan.runs {
                for score in &scores[run.traits.clone()] {
                    known = known + load(&score.reliability);
                    level = level + load(&score.estimate);
                }
            }
            known.store(&mut sums.known, r);
            let per_known = known.if_above(none, one / known, none);
            per_known.store(&mut sums.per_known, r);
            level.store(&mut sums.level, r);
        }
        sums
    }
}

/// How well N people fit one role.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MatchLanes<const N: usize> {
    /// z of a [`RoleMatch`]; minus infinity where there is no match.
    pub z: [f64; N],
    /// Its length; anything where there is no match.
    pub length: [f64; N],
    /// What is unknown; anything where there is no match.
    pub unknown: [f64; N],
    /// What of it is on traits whose keys are not centred.
    pub unknown_beside: [f64; N],
    /// Its centre.
    pub centre: [f64; N],
}

impl<const N: usize> MatchLanes<N> {
    const NONE: Self = Self {
        z: [f64::NEG_INFINITY; N],
        length: [0.0; N],
        unknown: [0.0; N],
        unknown_beside: [0.0; N],
        centre: [0.0; N],
    };

    /// The fit of one of the N.
    #[inline(always)]
    pub(crate) fn of(&self, lane: usize) -> Option<RoleMatch> {
        let z = self.z[lane];
        (z > f64::NEG_INFINITY).then_some(RoleMatch {
            z,
            length: self.length[lane],
            unknown: self.unknown[lane],
            centre: self.centre[lane],
        })
    }
}

/// [`fit`] for N people.
///
/// With m the centre, T the sum of a rho, B that of a, and E that of the estimates, each over the traits
/// whose keys are centred, n of them, and all other sums over all traits: the match is
/// `(sum a zhat - m E) / A`, A squared is `sum a^2 rho - m T`, and the whole key squared, of which A
/// squared is what is known, is `sum a^2 + m (n m - 2 B)`. So no key has to be centred before it is used,
/// but where centring leaves next to nothing of it: there the difference has no digits, and the key is.
#[inline(always)]
pub(crate) fn fit_into<S: Simd, const N: usize>(
    simd: S,
    plan: &CompiledComparison,
    person: &LevelLanes<N>,
    scores: &[ScoreLanes<N>],
    fits: &mut Vec<MatchLanes<N>>,
) {
    let all = |number| Lanes::all(simd, number);
    fits.resize(plan.roles.len(), MatchLanes::NONE);
    let mut lost = [all(0.0); N];
    let keys = plan.keys.chunks_exact(scores.len().max(1));
    for ((keys, role), fit) in keys.zip(&plan.roles).zip(&mut *fits) {
        let (mut signal, mut known) = ([all(0.0); N], [all(0.0); N]);
        let (mut shared, mut known_beside) = ([all(0.0); N], [all(0.0); N]);
        for run in &role.runs {
            let keys = keys[run.traits.clone()].iter();
            let of_run = keys.zip(&scores[run.traits.clone()]);
            if run.centred {
                for (&a, score) in of_run {
                    let a = all(a);
                    for r in 0..registers::<S, N>() {
                        let weighted = a * Lanes::load(simd, &score.reliability, r);
                        signal[r] = signal[r] + a * Lanes::load(simd, &score.estimate, r);
                        known[r] = known[r] + a * weighted;
                        shared[r] = shared[r] + weighted;
                    }
                }
            } else {
                for (&a, score) in of_run {
                    let a = all(a);
                    for r in 0..registers::<S, N>() {
                        let weighted = a * Lanes::load(simd, &score.reliability, r);
                        signal[r] = signal[r] + a * Lanes::load(simd, &score.estimate, r);
                        known[r] = known[r] + a * weighted;
                        known_beside[r] = known_beside[r] + a * weighted;
                    }
                }
            }
        }
        let (squares, twice) = (all(role.squares), all(2.0 * role.sum));
        for r in 0..registers::<S, N>() {
            let load = |numbers| Lanes::load(simd, numbers, r);
            let centre = shared[r] * load(&person.per_known);
            centre.store(&mut fit.centre, r);
            let square = known[r] - centre * shared[r];
            let least = known[r] * all(DIGITS_LOST) + all(NEGLIGIBLE * NEGLIGIBLE);
            let length = square.sqrt();
            length.store(&mut fit.length, r);
            let z = (signal[r] - centre * load(&person.level)) / length;
            let z = square.if_above(least, z, all(f64::NEG_INFINITY));
            z.store(&mut fit.z, r);
            lost[r] = square.if_above(least, lost[r], all(1.0));
            // what is not known is the rest of the key; rounding can leave a little less than nothing
            let whole = squares + centre * (all(plan.centred) * centre - twice);
            (whole - square)
                .or_larger(all(0.0))
                .store(&mut fit.unknown, r);
            (all(role.squares_beside) - known_beside[r]).store(&mut fit.unknown_beside, r);
        }
    }
    let mut digits_lost = [0.0; N];
    for r in 0..registers::<S, N>() {
        lost[r].store(&mut digits_lost, r);
    }
    for lane in (0..N).filter(|&lane| digits_lost[lane] > 0.0) {
        fit_alone(plan, scores, fits, lane);
    }
}

/// [`fit_into`] for those roles of one person that have no match yet, with keys that are centred first.
#[cold]
fn fit_alone<const N: usize>(
    plan: &CompiledComparison,
    scores: &[ScoreLanes<N>],
    fits: &mut [MatchLanes<N>],
    lane: usize,
) {
    let keys = plan.keys.chunks_exact(scores.len().max(1));
    for ((keys, role), fit) in keys.zip(&plan.roles).zip(fits) {
        if fit.z[lane] > f64::NEG_INFINITY {
            continue;
        }
        let (mut signal, mut known, mut unknown) = (0.0, 0.0, 0.0);
        let mut unknown_beside = 0.0;
        for run in &role.runs {
            let centre = if run.centred { fit.centre[lane] } else { 0.0 };
            for k in run.traits.clone() {
                let (c, score) = (keys[k] - centre, &scores[k]);
                let reliability = score.reliability[lane];
                signal += c * score.estimate[lane];
                known += c * c * reliability;
                unknown += c * c * (1.0 - reliability);
                if !run.centred {
                    unknown_beside += c * c * (1.0 - reliability);
                }
            }
        }
        let length = known.sqrt();
        if length > NEGLIGIBLE {
            fit.z[lane] = signal / length;
            fit.length[lane] = length;
            fit.unknown[lane] = unknown;
            fit.unknown_beside[lane] = unknown_beside;
        }
    }
}
