//! The match of a person with each role (scoring, section 4).

use crate::pack::model::{QuestionIx, TraitIx, TraitKind};
use crate::scoring::answers::Answers;
use crate::scoring::comparison::{Comparison, NEGLIGIBLE};
use crate::scoring::kernel::compiled::CompiledComparison;
use crate::scoring::kernel::simd::{Lanes, registers};
use crate::scoring::trait_scores::{ScoreLanes, TraitScore};
use pulp::{Scalar, Simd};

/// A squared length of a centred key up to this share of what the key has without the centring is what
/// rounding leaves of nothing.
const ROUNDING: f64 = 1e-12;

/// How well one person fits one role.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// # let outcome = comparison.assess(&answers);
/// let fit = outcome.fits()[1].expect("something was answered");
/// assert!(fit.z() > 0.0 && fit.se() > 0.0); // standard deviations of the population
/// assert!((50.0..=100.0).contains(&fit.matched())); // percent of people
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoleMatch {
    /// Standard normal in the population that the norms describe.
    pub(crate) z: f64,
    /// A: length of the centred key over what is known of the person.
    pub(crate) length: f64,
    /// Square of the length of the centred key over what is not known.
    pub(crate) unknown: f64,
    /// What centring takes from each of the role's keys on interests and preferences: their mean,
    /// weighted by how reliably each is known of the person; 0 where none of these was answered.
    pub(crate) centre: f64,
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
pub(crate) fn fit(comparison: &Comparison<'_>, scores: &[TraitScore]) -> Vec<Option<RoleMatch>> {
    let scores: Vec<ScoreLanes<1>> = scores.iter().map(ScoreLanes::from).collect();
    let mut fits = Vec::new();
    let person = LevelLanes::of(Scalar::new(), &comparison.plan, &scores);
    fit_into(Scalar::new(), &comparison.plan, &person, &scores, &mut fits);
    fits.iter().map(|fit| fit.of(0)).collect()
}

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
    /// Its centre.
    pub centre: [f64; N],
}

impl<const N: usize> MatchLanes<N> {
    const NONE: Self = Self {
        z: [f64::NEG_INFINITY; N],
        length: [0.0; N],
        unknown: [0.0; N],
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

impl From<&Option<RoleMatch>> for MatchLanes<1> {
    fn from(fit: &Option<RoleMatch>) -> Self {
        fit.map_or(Self::NONE, |fit| Self {
            z: [fit.z],
            length: [fit.length],
            unknown: [fit.unknown],
            centre: [fit.centre],
        })
    }
}

/// [`fit`] for N people.
///
/// With m the centre, T the sum of a rho, B that of a, and E that of the estimates, each over the traits
/// whose keys are centred, n of them, and all other sums over all traits: the match is
/// `(sum a zhat - m E) / A`, A squared is `sum a^2 rho - m T`, and the whole key squared, of which A
/// squared is what is known, is `sum a^2 + m (n m - 2 B)`. So no key has to be centred before it is used.
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
    let keys = plan.keys.chunks_exact(scores.len().max(1));
    for ((keys, role), fit) in keys.zip(&plan.roles).zip(fits) {
        let (mut signal, mut known) = ([all(0.0); N], [all(0.0); N]);
        let mut shared = [all(0.0); N];
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
            // less than this is what rounding leaves of nothing
            let least = known[r] * all(ROUNDING) + all(NEGLIGIBLE * NEGLIGIBLE);
            let length = square.sqrt();
            length.store(&mut fit.length, r);
            let z = (signal[r] - centre * load(&person.level)) / length;
            let z = square.if_above(least, z, all(f64::NEG_INFINITY));
            z.store(&mut fit.z, r);
            // what is not known is the rest of the key; rounding can leave a little less than nothing
            let whole = squares + centre * (all(plan.centred) * centre - twice);
            (whole - square)
                .or_larger(all(0.0))
                .store(&mut fit.unknown, r);
        }
    }
}

/// The person's own level (elevation; Cronbach & Gleser 1953): how far their interests and preferences
/// together stand above the middle of the population, in standard deviations of the norms; 0 when none
/// was answered.
#[must_use]
pub(crate) fn elevation(comparison: &Comparison<'_>, scores: &[TraitScore]) -> f64 {
    let (mut known, mut level) = (0.0, 0.0);
    for (score, _) in scores.iter().zip(&comparison.centred).filter(|of| *of.1) {
        known += score.reliability;
        level += score.estimate;
    }
    if known > 0.0 { level / known } else { 0.0 }
}

/// Each trait's estimate beside the person's own level: what of an interest or preference stands out for
/// this person, and of any other trait the whole estimate.
#[must_use]
pub(crate) fn own_estimates(comparison: &Comparison<'_>, scores: &[TraitScore]) -> Vec<f64> {
    let level = elevation(comparison, scores);
    let beside = scores.iter().zip(&comparison.centred);
    beside
        .map(|(score, centred)| {
            let own = if *centred {
                score.reliability * level
            } else {
                0.0
            };
            score.estimate - own
        })
        .collect()
}

/// The key on trait `k` of the role at `at` in play, centred for the person of this match.
#[must_use]
pub(crate) fn centred_key(
    comparison: &Comparison<'_>,
    at: usize,
    k: TraitIx,
    fit: &RoleMatch,
) -> f64 {
    let centre = if comparison.centred[k] {
        fit.centre
    } else {
        0.0
    };
    comparison.keys[at][k] - centre
}

/// The keys of all roles in play, centred for someone with these scores.
#[must_use]
pub(crate) fn centred_keys(comparison: &Comparison<'_>, scores: &[TraitScore]) -> Vec<Vec<f64>> {
    let weight = |k: usize| f64::from(u8::from(comparison.centred[k])) * scores[k].reliability;
    let known: f64 = (0..scores.len()).map(weight).sum();
    let centred = |keys: &Vec<f64>| {
        let shared: f64 = keys.iter().enumerate().map(|(k, a)| a * weight(k)).sum();
        let centre = if known > 0.0 { shared / known } else { 0.0 };
        let keys = keys.iter().zip(&comparison.centred);
        keys.map(|(a, centred)| if *centred { a - centre } else { *a })
            .collect()
    };
    comparison.keys.iter().map(centred).collect()
}

/// What each trait adds to the match of the role at `at` in play; the sum is its z.
#[must_use]
pub(crate) fn contributions(
    comparison: &Comparison<'_>,
    scores: &[TraitScore],
    at: usize,
    fit: &RoleMatch,
) -> Vec<f64> {
    let own = own_estimates(comparison, scores).into_iter().enumerate();
    own.map(|(k, own)| centred_key(comparison, at, k, fit) * own / fit.length)
        .collect()
}

/// What each answer adds to the match of the role at `at` in play; the sum is its z. Answers of a trait
/// that was left out add nothing and are not listed.
#[must_use]
pub(crate) fn answer_contributions(
    comparison: &Comparison<'_>,
    answers: &Answers,
    scores: &[TraitScore],
    at: usize,
    fit: &RoleMatch,
) -> Vec<(QuestionIx, f64)> {
    let pack = comparison.pack;
    let level = elevation(comparison, scores);
    let mut all = Vec::new();
    for (q, question) in pack.questions.iter().enumerate() {
        let (Some(k), Some(u)) = (question.trait_ix(), answers.keyed(pack, q)) else {
            continue;
        };
        let (score, norm) = (&scores[k], &comparison.norms[k]);
        if score.raw().is_none() {
            continue;
        }
        let level = if comparison.centred[k] { level } else { 0.0 };
        let share = score.reliability * question.weight / (score.weight * fit.length);
        let beside = (100.0 * u - norm.mean) / norm.sd - level;
        all.push((q, centred_key(comparison, at, k, fit) * share * beside));
    }
    all
}

/// L: standard error of the match of the role at `at` in play that comes from its levels, each of which
/// may be off by its spread.
///
/// The slope of z in a level is the weight, and for aptitudes the aptitude weight, over the standard
/// deviation of levels, times what the person's estimate stands out by. An aptitude whose key is 0, and
/// would be with a level one spread higher, counts nothing. `own` are the person's [`own_estimates`].
#[must_use]
pub(crate) fn level_error(
    comparison: &Comparison<'_>,
    own: &[f64],
    at: usize,
    fit: &RoleMatch,
) -> f64 {
    let (pack, role) = (comparison.pack, comparison.role(at));
    let mut sum = 0.0;
    for (k, own) in own.iter().enumerate() {
        let sd = comparison.level_sds[k];
        if sd <= NEGLIGIBLE {
            continue;
        }
        let step = role.spreads[k] / sd;
        let counts = match pack.traits[k].kind {
            TraitKind::Aptitude if comparison.relative_levels[at][k] + step <= NEGLIGIBLE => 0.0,
            TraitKind::Aptitude => comparison.aptitude_weight,
            TraitKind::Interest | TraitKind::Preference => 1.0,
        };
        let part = counts * role.weights[k] * step * own / fit.length;
        sum += part * part;
    }
    sum.sqrt()
}

/// The standard normal distribution function, from `erfc` of libm and not the platform's.
#[must_use]
pub(crate) fn phi(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}
