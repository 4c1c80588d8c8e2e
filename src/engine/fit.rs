//! How well a person fits each role (scoring, section 4).

use crate::engine::answers::Answers;
use crate::engine::design::{Design, NEGLIGIBLE};
use crate::engine::lanes::{Lanes, registers};
use crate::engine::pack::QuestionIx;
use crate::engine::plan::Plan;
use crate::engine::score::{Sums, TraitScore};
use pulp::{Scalar, Simd};

/// How well one person fits one role.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Standard normal in the population that the norms describe.
    pub z: f64,
    /// A: length of the key over what is known of the person.
    pub length: f64,
    /// Square of the length of the key over what is not known.
    pub unknown: f64,
}

impl Fit {
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
pub fn fit(design: &Design<'_>, scores: &[TraitScore]) -> Vec<Option<Fit>> {
    let scores: Vec<Sums<1>> = scores.iter().map(Sums::from).collect();
    let mut fits = Vec::new();
    fit_into(Scalar::new(), &design.plan, &scores, &mut fits);
    fits.iter().map(|fit| fit.of(0)).collect()
}

/// How well N people fit one role.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fits<const N: usize> {
    /// z of a [`Fit`]; minus infinity where there is no match.
    pub z: [f64; N],
    /// Its length.
    pub length: [f64; N],
    /// What is unknown.
    pub unknown: [f64; N],
}

impl<const N: usize> Fits<N> {
    const NONE: Self = Self {
        z: [f64::NEG_INFINITY; N],
        length: [0.0; N],
        unknown: [0.0; N],
    };

    /// The fit of one of the N.
    #[inline(always)]
    pub(crate) fn of(&self, lane: usize) -> Option<Fit> {
        let length = self.length[lane];
        (length > NEGLIGIBLE).then_some(Fit {
            z: self.z[lane],
            length,
            unknown: self.unknown[lane],
        })
    }
}

impl From<&Option<Fit>> for Fits<1> {
    fn from(fit: &Option<Fit>) -> Self {
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
    plan: &Plan,
    scores: &[Sums<N>],
    fits: &mut Vec<Fits<N>>,
) {
    let all = |number| Lanes::all(simd, number);
    fits.resize(plan.squares.len(), Fits::NONE);
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
pub fn contributions(design: &Design<'_>, scores: &[TraitScore], at: usize, fit: &Fit) -> Vec<f64> {
    design.keys[at]
        .iter()
        .zip(scores)
        .map(|(a, score)| a * score.estimate / fit.length)
        .collect()
}

/// What each answer adds to the match of the role at `at` in play; the sum is its z.
#[must_use]
pub fn answer_contributions(
    design: &Design<'_>,
    answers: &Answers,
    scores: &[TraitScore],
    at: usize,
    fit: &Fit,
) -> Vec<(QuestionIx, f64)> {
    let pack = design.pack;
    let mut all = Vec::new();
    for (q, question) in pack.questions.iter().enumerate() {
        let (Some(k), Some(u)) = (question.trait_ix(), answers.keyed(pack, q)) else {
            continue;
        };
        let (score, norm) = (&scores[k], &design.norms[k]);
        let share = score.reliability * question.weight * (100.0 * u - norm.mean)
            / (norm.sd * score.weight * fit.length);
        all.push((q, design.keys[at][k] * share));
    }
    all
}

/// The standard normal distribution function, from `erfc` of libm and not the platform's.
#[must_use]
pub fn phi(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}
