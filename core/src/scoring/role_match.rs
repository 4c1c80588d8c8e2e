//! How well a person fits each role (scoring, section 4).

use crate::pack::model::QuestionIx;
use crate::scoring::answers::Answers;
use crate::scoring::comparison::{Comparison, NEGLIGIBLE};
use crate::scoring::kernel::compiled::CompiledComparison;
use crate::scoring::kernel::simd::{Lanes, registers};
use crate::scoring::trait_scores::{ScoreLanes, TraitScore};
use pulp::{Scalar, Simd};

/// How well one person fits one role.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoleMatch {
    /// Standard normal in the population that the norms describe.
    pub(crate) z: f64,
    /// A: length of the key over what is known of the person.
    pub(crate) length: f64,
    /// Square of the length of the key over what is not known.
    pub(crate) unknown: f64,
}

impl RoleMatch {
    /// Standard normal in the population that the norms describe.
    #[must_use]
    pub const fn z(&self) -> f64 {
        self.z
    }
}

impl RoleMatch {
    /// Share of people, in percent, that this role fits less well, 0..=100.
    #[must_use]
    pub fn matched(&self) -> f64 {
        100.0 * phi(self.z)
    }

    /// Standard error of `z`.
    #[must_use]
    pub fn se(&self) -> f64 {
        self.unknown.sqrt() / self.length
    }
}

/// Match of every role in play; none where nothing was answered that the role asks about.
#[must_use]
pub fn fit(comparison: &Comparison<'_>, scores: &[TraitScore]) -> Vec<Option<RoleMatch>> {
    let scores: Vec<ScoreLanes<1>> = scores.iter().map(ScoreLanes::from).collect();
    let mut fits = Vec::new();
    fit_into(Scalar::new(), &comparison.plan, &scores, &mut fits);
    fits.iter().map(|fit| fit.of(0)).collect()
}

/// How well N people fit one role.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MatchLanes<const N: usize> {
    /// z of a [`RoleMatch`]; minus infinity where there is no match.
    pub z: [f64; N],
    /// Its length.
    pub length: [f64; N],
    /// What is unknown.
    pub unknown: [f64; N],
}

impl<const N: usize> MatchLanes<N> {
    const NONE: Self = Self {
        z: [f64::NEG_INFINITY; N],
        length: [0.0; N],
        unknown: [0.0; N],
    };

    /// The fit of one of the N.
    #[inline(always)]
    pub(crate) fn of(&self, lane: usize) -> Option<RoleMatch> {
        let length = self.length[lane];
        (length > NEGLIGIBLE).then_some(RoleMatch {
            z: self.z[lane],
            length,
            unknown: self.unknown[lane],
        })
    }
}

impl From<&Option<RoleMatch>> for MatchLanes<1> {
    fn from(fit: &Option<RoleMatch>) -> Self {
        fit.map_or(Self::NONE, |fit| Self {
            z: [fit.z],
            length: [fit.length],
            unknown: [fit.unknown],
        })
    }
}

/// [`fit`] for N people.
#[inline(always)]
pub(crate) fn fit_into<S: Simd, const N: usize>(
    simd: S,
    plan: &CompiledComparison,
    scores: &[ScoreLanes<N>],
    fits: &mut Vec<MatchLanes<N>>,
) {
    let all = |number| Lanes::all(simd, number);
    fits.resize(plan.squares.len(), MatchLanes::NONE);
    let keys = plan.keys.chunks_exact(scores.len().max(1));
    for ((keys, &whole), fit) in keys.zip(&plan.squares).zip(fits) {
        let (mut signal, mut known) = ([all(0.0); N], [all(0.0); N]);
        for (key, score) in keys.iter().zip(scores) {
            let (a, square) = (all(key.a), all(key.square));
            for r in 0..registers::<S, N>() {
                signal[r] = signal[r] + a * Lanes::load(simd, &score.estimate, r);
                known[r] = known[r] + square * Lanes::load(simd, &score.reliability, r);
            }
        }
        for r in 0..registers::<S, N>() {
            let length = known[r].sqrt();
            let z = signal[r] / length;
            let z = length.if_above(all(NEGLIGIBLE), z, all(f64::NEG_INFINITY));
            z.store(&mut fit.z, r);
            length.store(&mut fit.length, r);
            // what is not known is the rest of the key; rounding can leave a little less than nothing
            let unknown = (all(whole) - known[r]).or_larger(all(0.0));
            unknown.store(&mut fit.unknown, r);
        }
    }
}

/// What each trait adds to the match of the role at `at` in play; the sum is its z.
#[must_use]
pub(crate) fn contributions(
    comparison: &Comparison<'_>,
    scores: &[TraitScore],
    at: usize,
    fit: &RoleMatch,
) -> Vec<f64> {
    comparison.keys[at]
        .iter()
        .zip(scores)
        .map(|(a, score)| a * score.estimate / fit.length)
        .collect()
}

/// What each answer adds to the match of the role at `at` in play; the sum is its z.
#[must_use]
pub(crate) fn answer_contributions(
    comparison: &Comparison<'_>,
    answers: &Answers,
    scores: &[TraitScore],
    at: usize,
    fit: &RoleMatch,
) -> Vec<(QuestionIx, f64)> {
    let pack = comparison.pack;
    let mut all = Vec::new();
    for (q, question) in pack.questions.iter().enumerate() {
        let (Some(k), Some(u)) = (question.trait_ix(), answers.keyed(pack, q)) else {
            continue;
        };
        let (score, norm) = (&scores[k], &comparison.norms[k]);
        let share = score.reliability * question.weight * (100.0 * u - norm.mean)
            / (norm.sd * score.weight * fit.length);
        all.push((q, comparison.keys[at][k] * share));
    }
    all
}

/// The standard normal distribution function, from `erfc` of libm and not the platform's.
#[must_use]
pub(crate) fn phi(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}
