//! Trait scores with their reliability, computed from answers (scoring, section 2).
//!
//! Raw scores are the percent of the maximum possible (POMP; Cohen, Cohen, Aiken & West 1999),
//! reliability follows Spearman-Brown, and the estimate is Kelley's regressed true score (1927).

use crate::pack::model::TraitIx;
use crate::scoring::answers::{Answers, DONT_KNOW, UNANSWERED};
use crate::scoring::comparison::Comparison;
use crate::scoring::kernel::compiled::{CompiledComparison, CompiledTrait};
use crate::scoring::kernel::simd::{Lanes, registers};
use crate::scoring::norm::Norm;
use pulp::{Scalar, Simd};

/// What the answers say about one trait.
///
/// The raw score is the percent of the maximum possible (Cohen, Cohen, Aiken & West 1999); the estimate of
/// the true score is Kelley's (1927).
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// # let outcome = comparison.assess(&answers);
/// let making = &outcome.scores()[0];
/// assert_eq!(making.raw(), Some(100.0)); // both questions answered with the highest label
/// assert!(making.sem(&comparison.norms()[0]).is_some());
/// assert!((0.0..1.0).contains(&making.reliability()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TraitScore {
    /// Sum of the answered questions' weights times keyed values.
    pub(crate) earned: f64,
    /// Sum of the answered questions' weights; 0 without answers.
    pub(crate) weight: f64,
    /// Kelley's standardised estimate of the true score; 0 without answers.
    pub(crate) estimate: f64,
    /// Reliability rho of the score, 0..1; 0 without answers.
    pub(crate) reliability: f64,
}

impl TraitScore {
    /// Kelley's standardised estimate of the true score; 0 without answers.
    #[must_use]
    pub const fn estimate(&self) -> f64 {
        self.estimate
    }

    /// Reliability rho of the score, 0..1; 0 without answers.
    #[must_use]
    pub const fn reliability(&self) -> f64 {
        self.reliability
    }
}

impl TraitScore {
    /// A trait nobody asked about.
    pub const NOTHING: Self = Self {
        earned: 0.0,
        weight: 0.0,
        estimate: 0.0,
        reliability: 0.0,
    };

    /// Percent of the maximum possible, 0..=100; none without answers.
    #[must_use]
    pub fn raw(&self) -> Option<f64> {
        (self.weight > 0.0).then(|| 100.0 * self.earned / self.weight)
    }

    /// Standard error of measurement of the raw score; none without answers.
    #[must_use]
    pub fn sem(&self, norm: &Norm) -> Option<f64> {
        let noise = (1.0 - self.reliability) / self.reliability;
        (self.weight > 0.0).then(|| norm.sd * noise.sqrt())
    }
}

/// Scores every trait, in pack order.
#[must_use]
pub(crate) fn score(comparison: &Comparison<'_>, answers: &Answers) -> Vec<TraitScore> {
    let codes: Vec<[u8; 1]> = answers.codes().iter().map(|&code| [code]).collect();
    let scales = comparison.plan.scales.iter();
    scales
        .map(|scale| ScoreLanes::of(Scalar::new(), &comparison.plan, scale, &codes).score(0))
        .collect()
}

/// Traits of which more than half of the answers are "I don't know": they count as unanswered, so that
/// saying so costs nothing.
#[must_use]
pub(crate) fn passed_over(comparison: &Comparison<'_>, answers: &Answers) -> Vec<TraitIx> {
    let traits = comparison.pack.traits.iter().enumerate();
    let passed = traits.filter(|(_, t)| {
        let codes = || t.items.iter().map(|&q| answers.code(q));
        let unsure = codes().filter(|&code| code == DONT_KNOW).count();
        2 * unsure > codes().filter(|&code| code != UNANSWERED).count()
    });
    passed.map(|(k, _)| k).collect()
}

/// What the answers of N people to a trait's questions add up to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ScoreLanes<const N: usize> {
    /// Weights times keyed values.
    pub earned: [f64; N],
    /// Weights.
    pub weight: [f64; N],
    /// Answered questions, "I don't know" included.
    pub answered: [f64; N],
    /// Keyed values.
    pub total: [f64; N],
    /// Keyed values of the 1st, 3rd, ... answered question less those of the 2nd, 4th, ...
    pub tilt: [f64; N],
    /// 1 after an even number of answers, -1 after an odd one.
    pub side: [f64; N],
    /// Kelley's estimate.
    pub estimate: [f64; N],
    /// Reliability rho.
    pub reliability: [f64; N],
    /// 1 where the trait is left out because most of its puzzles were passed over, else 0.
    pub passed: [f64; N],
}

impl<const N: usize> ScoreLanes<N> {
    const NOTHING: Self = Self {
        earned: [0.0; N],
        weight: [0.0; N],
        answered: [0.0; N],
        total: [0.0; N],
        tilt: [0.0; N],
        side: [1.0; N],
        estimate: [0.0; N],
        reliability: [0.0; N],
        passed: [0.0; N],
    };

    /// The sums over a scale; `codes` are those of N people to each question.
    #[inline(always)]
    pub(crate) fn of<S: Simd>(
        simd: S,
        plan: &CompiledComparison,
        scale: &CompiledTrait,
        codes: &[[u8; N]],
    ) -> Self {
        let mut sums = Self::NOTHING;
        let all = |number| Lanes::all(simd, number);
        let (mut earned, mut weight) = ([all(0.0); N], [all(0.0); N]);
        let (mut answered, mut total) = ([all(0.0); N], [all(0.0); N]);
        let (mut tilt, mut side) = ([all(0.0); N], [all(1.0); N]);
        let mut unsure = [all(0.0); N];
        for item in &plan.items[scale.items.clone()] {
            let mut x = [0.0; N];
            for (x, &code) in x.iter_mut().zip(&codes[item.question]) {
                *x = f64::from(code);
            }
            for r in 0..registers::<S, N>() {
                let x = Lanes::load(simd, &x, r);
                let u = item.worth.keyed(simd, x);
                let given = x.if_above(all(0.0), all(1.0), all(0.0));
                earned[r] = earned[r] + all(item.weight) * u;
                weight[r] = weight[r] + all(item.weight) * given;
                answered[r] = answered[r] + given;
                total[r] = total[r] + u;
                tilt[r] = tilt[r] + side[r] * u;
                side[r] = side[r] * (all(1.0) - all(2.0) * given);
                if !scale.rating {
                    let passed = x.if_equal(all(f64::from(DONT_KNOW)), all(1.0), all(0.0));
                    unsure[r] = unsure[r] + passed;
                }
            }
        }
        for r in 0..registers::<S, N>() {
            if !scale.rating {
                // mostly passed over is not answered: this is what scoring, section 1, leaves out
                let passed = all(2.0) * unsure[r];
                let known = passed.if_above(answered[r], all(0.0), all(1.0));
                earned[r] = earned[r] * known;
                weight[r] = weight[r] * known;
                (all(1.0) - known).store(&mut sums.passed, r);
            }
            // rho = G / (1 + G) with G = weight r / (1 - r), and the estimate
            // rho (100 earned / weight - m) / s without a division by the weight
            let information = weight[r] * all(scale.information);
            let unknown = all(1.0) / (all(1.0) + information);
            let above = all(100.0) * earned[r] - all(scale.mean) * weight[r];
            let estimate = above * all(scale.slope) * unknown;
            estimate.store(&mut sums.estimate, r);
            (information * unknown).store(&mut sums.reliability, r);
            earned[r].store(&mut sums.earned, r);
            weight[r].store(&mut sums.weight, r);
            answered[r].store(&mut sums.answered, r);
            total[r].store(&mut sums.total, r);
            tilt[r].store(&mut sums.tilt, r);
            side[r].store(&mut sums.side, r);
        }
        sums
    }

    /// The score of one of the N.
    #[inline(always)]
    pub(crate) fn score(&self, lane: usize) -> TraitScore {
        TraitScore {
            earned: self.earned[lane],
            weight: self.weight[lane],
            estimate: self.estimate[lane],
            reliability: self.reliability[lane],
        }
    }
}

impl From<&TraitScore> for ScoreLanes<1> {
    fn from(score: &TraitScore) -> Self {
        Self {
            earned: [score.earned],
            weight: [score.weight],
            estimate: [score.estimate],
            reliability: [score.reliability],
            ..Self::NOTHING
        }
    }
}
