//! Role keys and how well a person fits each role (scoring, sections 3 and 4).

use crate::engine::answers::Answers;
use crate::engine::lanes::{Lanes, registers};
use crate::engine::norms::Norms;
use crate::engine::pack::{Kind, Pack, QuestionIx, Role, RoleIx, TraitIx};
use crate::engine::plan::Plan;
use crate::engine::score::{Sums, TraitScore};
use pulp::{Scalar, Simd};

/// Standard deviations and key lengths up to this count as 0.
pub const NEGLIGIBLE: f64 = 1e-9;

/// What a trait looks like in the population that people are compared with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Norm {
    /// Mean raw score, 0..=100.
    pub mean: f64,
    /// Standard deviation of true scores, above 0.
    pub sd: f64,
    /// Reliability of a single question, 0..1.
    pub reliability: f64,
}

impl Norm {
    /// Reliability of a score whose answered questions weigh so much together (Spearman-Brown).
    #[must_use]
    pub fn reliability_of(&self, weight: f64) -> f64 {
        let information = weight * self.reliability / (1.0 - self.reliability);
        information / (1.0 + information)
    }
}

/// The norms that a pack states.
#[must_use]
pub fn stated_norms(pack: &Pack) -> Vec<Norm> {
    pack.traits
        .iter()
        .enumerate()
        .map(|(k, t)| Norm {
            mean: t.mean,
            sd: t.sd,
            reliability: t
                .reliability
                .unwrap_or_else(|| pack.format_of(k).usual_reliability()),
        })
        .collect()
}

/// Everything that is the same for every person of a run.
#[derive(Clone, Debug)]
pub struct Design<'p> {
    /// The pack.
    pub pack: &'p Pack,
    /// The roles compared, by id: all, or those of one family.
    pub in_play: Vec<RoleIx>,
    /// The family that `in_play` is, if not all.
    pub family: Option<String>,
    /// How much aptitudes count, 0 or more; 1 unless a counsellor sets it.
    pub aptitude_weight: f64,
    /// Norm of each trait.
    pub norms: Vec<Norm>,
    /// Where these were measured; none while they are those that the pack assumes.
    pub measured: Option<Norms>,
    /// Relative level z of each role in play on each trait.
    pub standing: Vec<Vec<f64>>,
    /// Key a of each role in play on each trait.
    pub keys: Vec<Vec<f64>>,
    /// Whether the roles in play differ on each trait.
    pub differs: Vec<bool>,
    /// The same, laid out for scoring.
    pub(crate) plan: Plan,
}

impl<'p> Design<'p> {
    /// The keys of all roles, or of one family.
    pub fn new(pack: &'p Pack, family: Option<&str>, aptitude_weight: f64) -> Self {
        Self::compared(pack, family, aptitude_weight, None)
    }

    /// The same with measured norms in place of the pack's; a trait that they leave out, which no
    /// question measures, keeps its own.
    pub fn compared(
        pack: &'p Pack,
        family: Option<&str>,
        aptitude_weight: f64,
        measured: Option<Norms>,
    ) -> Self {
        let in_play: Vec<RoleIx> = (0..pack.roles.len())
            .filter(|&r| family.is_none_or(|f| pack.roles[r].family == f))
            .collect();
        let mut standing = vec![vec![0.0; pack.traits.len()]; in_play.len()];
        let mut differs = vec![false; pack.traits.len()];
        for k in 0..pack.traits.len() {
            let level = |&r: &RoleIx| pack.roles[r].levels[k];
            let all: Vec<f64> = pack.roles.iter().map(|role| role.levels[k]).collect();
            let sd = population_sd(&all);
            let levels: Vec<f64> = in_play.iter().map(level).collect();
            differs[k] = population_sd(&levels) > NEGLIGIBLE;
            if differs[k] {
                let mean = mean(&levels);
                for (row, level) in standing.iter_mut().zip(levels) {
                    row[k] = (level - mean) / sd;
                }
            }
        }
        let keys: Vec<Vec<f64>> = in_play
            .iter()
            .zip(&standing)
            .map(|(&r, row)| {
                row.iter()
                    .enumerate()
                    .map(|(k, z)| {
                        let key = pack.roles[r].weights[k] * z;
                        match pack.traits[k].kind {
                            Kind::Aptitude => aptitude_weight * key.max(0.0),
                            Kind::Interest | Kind::Preference => key,
                        }
                    })
                    .collect()
            })
            .collect();
        let mut norms = stated_norms(pack);
        if let Some(measured) = &measured {
            for (norm, t) in norms.iter_mut().zip(&pack.traits) {
                *norm = measured.of(&t.id).unwrap_or(*norm);
            }
        }
        Self {
            plan: Plan::new(pack, &in_play, &norms, &keys),
            pack,
            in_play,
            family: family.map(str::to_owned),
            aptitude_weight,
            norms,
            measured,
            standing,
            keys,
            differs,
        }
    }

    /// The role at a position in play.
    #[must_use]
    pub fn role(&self, at: usize) -> &'p Role {
        &self.pack.roles[self.in_play[at]]
    }

    /// Traits on which the roles in play differ.
    pub fn telling_traits(&self) -> impl Iterator<Item = TraitIx> {
        (0..self.differs.len()).filter(|&k| self.differs[k])
    }

    /// Questions that matter here, in the order of asking: those of traits on which the roles in
    /// play differ, and the conditions.
    #[must_use]
    pub fn asked_questions(&self) -> Vec<QuestionIx> {
        self.pack
            .questions
            .iter()
            .enumerate()
            .filter(|(_, question)| question.trait_ix().is_none_or(|k| self.differs[k]))
            .map(|(q, _)| q)
            .collect()
    }

    /// Scored questions of traits on which the roles in play differ, in the order of asking.
    pub fn telling_questions(&self) -> impl Iterator<Item = QuestionIx> {
        self.pack
            .questions
            .iter()
            .enumerate()
            .filter(|(_, question)| question.trait_ix().is_some_and(|k| self.differs[k]))
            .map(|(q, _)| q)
    }
}

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

/// Arithmetic mean; 0 of nothing.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
#[must_use]
pub fn mean(values: &[f64]) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    values.iter().sum::<f64>() / values.len() as f64
}

/// Population standard deviation; 0 of nothing.
#[must_use]
pub fn population_sd(values: &[f64]) -> f64 {
    let centre = mean(values);
    let squares: Vec<f64> = values.iter().map(|v| (v - centre) * (v - centre)).collect();
    mean(&squares).sqrt()
}
