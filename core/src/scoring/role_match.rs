//! The match of a person with each role (scoring, section 4).

use crate::pack::model::TraitIx;
use crate::scoring::comparison::{Comparison, NEGLIGIBLE};
use crate::scoring::question_part::Standing;
use crate::scoring::trait_scores::TraitScore;

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
    /// A: length of the centred key over what is known of the person, single questions included.
    pub(crate) length: f64,
    /// Square of the length of the centred key over what is not known, single questions included.
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
///
/// With the role's [centred key](centred_keys) c, the estimates zhat and the reliabilities rho of the
/// person's trait scores, and sums over all traits:
///
/// - length `A = sqrt(sum(c^2 rho))`; up to [`NEGLIGIBLE`] there is no match
/// - match `z = sum(c zhat) / A`, standard normal in a population with the stated norms
/// - standard error `sqrt(sum(c^2 (1 - rho))) / A`
///
/// Where roles deviate on [single questions](crate::scoring::question_part::QuestionPart), with their centred keys d,
/// the information g of a question and the answer w beside the own score, `sum(d g w)` is added to `sum(c zhat)`, and
/// `sum(g d^2)`, its variance, to the square of the length. It is added to the square of the error as well: how much of a
/// single answer would come again, and how much is chance, one answer cannot tell, so all of it is taken for chance.
#[must_use]
pub(crate) fn fit<'a>(
    comparison: &Comparison<'_>,
    person: impl Into<Standing<'a>>,
) -> Vec<Option<RoleMatch>> {
    let person: Standing<'_> = person.into();
    let matches = Matches::new(comparison, person);
    (0..comparison.keys.len())
        .map(|at| matches.of(at))
        .collect()
}

/// The matches of a person, each when it is asked for.
pub(crate) struct Matches<'c, 'd> {
    comparison: &'c Comparison<'d>,
    person: Standing<'c>,
    centring: Centring,
}

impl<'c, 'd> Matches<'c, 'd> {
    /// Those of this person.
    pub(crate) fn new(comparison: &'c Comparison<'d>, person: impl Into<Standing<'c>>) -> Self {
        let person = person.into();
        Self {
            comparison,
            centring: Centring::of(comparison, person.scores),
            person,
        }
    }

    /// The match of the role at `at` in play, as [`fit`] says.
    pub(crate) fn of(&self, at: usize) -> Option<RoleMatch> {
        let Standing { scores, questions } = self.person;
        let key = &self.comparison.keys[at];
        let centre = self.centring.centre(key);
        let (mut signal, mut known, mut unknown) = (0.0, 0.0, 0.0);
        let traits = key.iter().zip(&self.comparison.centred).zip(scores);
        for ((a, centred), score) in traits {
            let c = if *centred { a - centre } else { *a };
            signal += c * score.estimate;
            known += c * c * score.reliability;
            unknown += c * c * (1.0 - score.reliability);
        }
        if let Some(questions) = questions {
            signal += questions.answers(at).map(|of| of.1).sum::<f64>();
            let square = questions.square(at);
            known += square;
            unknown += square;
        }
        let length = known.sqrt();
        (length > NEGLIGIBLE).then(|| RoleMatch {
            z: signal / length,
            length,
            unknown,
            centre,
        })
    }
}

/// How reliably a person is known on the traits P whose keys are centred.
struct Centring {
    /// Reliability of each trait of P; 0 of any other.
    weights: Vec<f64>,
    /// Their sum.
    known: f64,
}

impl Centring {
    fn of(comparison: &Comparison<'_>, scores: &[TraitScore]) -> Self {
        let traits = scores.iter().zip(&comparison.centred);
        let weight = |(score, centred): (&TraitScore, &bool)| {
            if *centred { score.reliability } else { 0.0 }
        };
        let weights: Vec<f64> = traits.map(weight).collect();
        let known = weights.iter().sum();
        Self { weights, known }
    }

    /// What centring takes from a role's keys on P: their mean weighted by reliability,
    /// `sum_P(a rho) / sum_P(rho)`; 0 where nothing of P was answered.
    fn centre(&self, key: &[f64]) -> f64 {
        let weighted = key.iter().zip(&self.weights).map(|(a, rho)| a * rho);
        if self.known > 0.0 {
            weighted.sum::<f64>() / self.known
        } else {
            0.0
        }
    }
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

/// The keys of all roles in play, centred for someone with these scores: so a constant added to the true
/// score of every interest and preference changes no match, whatever was left unanswered.
#[must_use]
pub(crate) fn centred_keys(comparison: &Comparison<'_>, scores: &[TraitScore]) -> Vec<Vec<f64>> {
    let centring = Centring::of(comparison, scores);
    let centred = |key: &Vec<f64>| {
        let centre = centring.centre(key);
        let key = key.iter().zip(&comparison.centred);
        key.map(|(a, centred)| if *centred { a - centre } else { *a })
            .collect()
    };
    comparison.keys.iter().map(centred).collect()
}

/// The standard normal distribution function, from `erfc` of libm and not the platform's.
#[must_use]
pub(crate) fn phi(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}
