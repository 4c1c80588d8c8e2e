//! Simulated people (scoring, section 9): one definition for samples, checks and tests.

use crate::pack::model::{Measure, Trait, TraitKind};
use crate::scoring::answers::{Answers, UNANSWERED};
use crate::scoring::comparison::Comparison;
use crate::scoring::trait_scores::TraitScore;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// A seeded stream of random numbers, the same on every platform and in every version.
pub(crate) struct SeededRng {
    stream: Xoshiro256PlusPlus,
    spare: Option<f64>,
}

impl SeededRng {
    /// The stream of this seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            stream: Xoshiro256PlusPlus::seed_from_u64(seed),
            spare: None,
        }
    }

    /// Uniform in [0, 1), with 53 bits.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    pub(crate) fn uniform(&mut self) -> f64 {
        (self.stream.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform in 0..n.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "u < 1, so the product is below n"
    )]
    pub(crate) fn below(&mut self, n: u8) -> u8 {
        (self.uniform() * f64::from(n)) as u8
    }

    /// Standard normal, by the polar method (Marsaglia & Bray 1964), with libm's logarithm.
    pub(crate) fn normal(&mut self) -> f64 {
        if let Some(z) = self.spare.take() {
            return z;
        }
        loop {
            let (x, y) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let s = x * x + y * y;
            if s > 0.0 && s < 1.0 {
                let scale = (-2.0 * libm::log(s) / s).sqrt();
                self.spare = Some(y * scale);
                return x * scale;
            }
        }
    }
}

/// Simulated people, one after the other, and their answers.
///
/// The same comparison and seed give the same people on every platform and in every version.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// use rolescope_core::simulation::SimulatedPeople;
///
/// let mut people = SimulatedPeople::new(&comparison, 7);
/// let answers = people.like(1, 0.0); // none left blank
/// assert_eq!(answers.count(), 6);
/// let mut again = SimulatedPeople::new(&comparison, 7);
/// assert_eq!(again.like(1, 0.0).codes(), answers.codes());
/// ```
pub struct SimulatedPeople<'c> {
    comparison: &'c Comparison<'c>,
    chance: SeededRng,
}

impl<'c> SimulatedPeople<'c> {
    /// The people of a seed, who answer the questions of a comparison.
    #[must_use]
    pub fn new(comparison: &'c Comparison<'c>, seed: u64) -> Self {
        let chance = SeededRng::new(seed);
        Self { comparison, chance }
    }

    /// The answers of someone of the mixed population, whose traits are independent and standard normal: to
    /// every question, each left blank with probability `blank`.
    pub fn mixed(&mut self, blank: f64) -> Answers {
        let person = SimulatedPerson::mixed(self.comparison, &mut self.chance);
        person.answers(self.comparison, blank, &mut self.chance)
    }

    /// The answers of someone made like the role at `at` in play, with a clear pattern: to every question, each
    /// left blank with probability `blank`.
    ///
    /// # Panics
    /// Where there is no such role in play.
    pub fn like(&mut self, at: usize, blank: f64) -> Answers {
        let person = SimulatedPerson::like(self.comparison, at, &mut self.chance);
        person.answers(self.comparison, blank, &mut self.chance)
    }
}

/// A simulated person: the true standing z on each trait, and a habit of saying yes.
#[derive(Clone, Debug)]
pub(crate) struct SimulatedPerson {
    /// True standing on each trait, standardised.
    pub(crate) relative_levels: Vec<f64>,
    /// Added to every rating before rounding, in labels.
    pub(crate) yea_saying: f64,
    /// What is added to the standing by which single questions are answered, by question; empty where nothing is.
    pub(crate) beside: Vec<f64>,
}

impl SimulatedPerson {
    /// Someone of the mixed population: independent traits, standard normal.
    pub(crate) fn mixed(comparison: &Comparison<'_>, chance: &mut SeededRng) -> Self {
        Self {
            relative_levels: comparison
                .pack
                .traits
                .iter()
                .map(|_| chance.normal())
                .collect(),
            yea_saying: 0.0,
            beside: Vec::new(),
        }
    }
}

/// Someone of a population in which a share f of the variance of interests and preferences is common to
/// all of them, as in people who differ in how much they like everything.
pub(crate) fn with_common_part(
    comparison: &Comparison<'_>,
    f: f64,
    chance: &mut SeededRng,
) -> SimulatedPerson {
    let common = chance.normal();
    let traits = comparison.pack.traits.iter();
    let draw = |t: &Trait| {
        let own = chance.normal();
        match t.kind {
            TraitKind::Aptitude => own,
            TraitKind::Interest | TraitKind::Preference => {
                (1.0 - f).sqrt() * own + f.sqrt() * common
            }
        }
    };
    SimulatedPerson {
        relative_levels: traits.map(draw).collect(),
        yea_saying: 0.0,
        beside: Vec::new(),
    }
}

impl SimulatedPerson {
    /// Someone made like the role at `at` in play, with a clear pattern, and as many points off on single questions as
    /// the role is.
    pub(crate) fn like(comparison: &Comparison<'_>, at: usize, chance: &mut SeededRng) -> Self {
        Self {
            relative_levels: comparison.relative_levels[at]
                .iter()
                .map(|z| z.clamp(-2.2, 2.2) + 0.5 * chance.normal())
                .collect(),
            yea_saying: 0.0,
            beside: beside(comparison, at),
        }
    }
}

/// How far the role at `at` in play is off the level of the trait on each question, in standard deviations of levels.
fn beside(comparison: &Comparison<'_>, at: usize) -> Vec<f64> {
    let Some(deviations) = &comparison.deviations else {
        return Vec::new();
    };
    let mut beside = vec![0.0; comparison.pack.questions.len()];
    for (&q, &relative) in deviations.items.iter().zip(&deviations.relative[at]) {
        beside[q] = relative;
    }
    beside
}

/// Shares of simulated people whom a condition suits, or suits seldom. Assumed: no figure is scored
/// from them.
const MOSTLY_FINE: f64 = 0.7;
const SELDOM: f64 = 0.2;

impl SimulatedPerson {
    /// Answers of a person to every question, each left blank with probability `blank`.
    pub(crate) fn answers(
        &self,
        comparison: &Comparison<'_>,
        blank: f64,
        chance: &mut SeededRng,
    ) -> Answers {
        let pack = comparison.pack;
        let mut answers = Answers::none(pack);
        for (q, question) in pack.questions.iter().enumerate() {
            let code = match &question.measure {
                Measure::Rating { of, reverse } => {
                    let norm = &comparison.norms[*of];
                    let noise = norm.sd * ((1.0 - norm.reliability) / norm.reliability).sqrt();
                    let own =
                        self.relative_levels[*of] + self.beside.get(q).copied().unwrap_or(0.0);
                    let keyed = norm.mean + norm.sd * own + noise * chance.normal();
                    let shown = if *reverse { 100.0 - keyed } else { keyed };
                    rating(shown, question.choices, self.yea_saying)
                }
                Measure::Choice { of, answer, .. } => {
                    let norm = &comparison.norms[*of];
                    let floor = 100.0 / f64::from(question.choices);
                    let right =
                        (norm.mean + norm.sd * self.relative_levels[*of]).clamp(floor, 98.0);
                    if chance.uniform() < right / 100.0 {
                        *answer
                    } else {
                        let wrong = 1 + chance.below(question.choices - 1);
                        if wrong < *answer { wrong } else { wrong + 1 }
                    }
                }
                Measure::Condition(_) => match chance.uniform() {
                    u if u < MOSTLY_FINE => 1,
                    u if u < MOSTLY_FINE + SELDOM => 2,
                    _ => 3,
                },
            };
            let skipped = blank > 0.0 && chance.uniform() < blank;
            answers.put(q, if skipped { UNANSWERED } else { code });
        }
        answers
    }
}

/// The label nearest to a place on the 0..=100 scale, shifted by a habit of saying yes.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 1..=labels, at most 9"
)]
fn rating(place: f64, labels: u8, shift: f64) -> u8 {
    let top = f64::from(labels);
    let label = 1.0 + place / 100.0 * (top - 1.0) + shift;
    label.round().clamp(1.0, top) as u8
}

/// Trait scores drawn as the norms say, with the reliability that these answered questions give:
/// the population in which every match is standard normal.
#[cfg(test)]
pub(crate) fn scores(
    comparison: &Comparison<'_>,
    person: &SimulatedPerson,
    answered: &Answers,
    chance: &mut SeededRng,
) -> Vec<TraitScore> {
    let scores = crate::scoring::trait_scores::score(comparison, answered);
    drawn(scores, person, chance)
}

/// The same from scores of someone who answered the same questions.
pub(crate) fn drawn(
    mut scores: Vec<TraitScore>,
    person: &SimulatedPerson,
    chance: &mut SeededRng,
) -> Vec<TraitScore> {
    for (score, z) in scores.iter_mut().zip(&person.relative_levels) {
        let rho = score.reliability;
        score.estimate = rho * z + (rho * (1.0 - rho)).sqrt() * chance.normal();
    }
    scores
}
