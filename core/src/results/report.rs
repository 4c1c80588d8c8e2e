//! Content of a result page as data, in the order of importance.

use crate::pack::model::{Pack, Question, Role, TraitIx};
use crate::pack::role_facts::Neighbour;
use crate::results::answer_evidence::{AnswerShares, Evidence};
use crate::results::sensitivity::{SmallestChange, smallest};
use crate::scoring::SCORING;
use crate::scoring::answers::Answers;
use crate::scoring::assessment::{Outcome, State};
use crate::scoring::comparison::{Comparison, mean};
use crate::scoring::contributions::{contributions, elevation, own_estimates};
use crate::scoring::difference::probability_better;
use crate::scoring::norms::Norms;
use crate::scoring::role_match::{RoleMatch, centred_key};
use crate::scoring::trait_scores::{TraitScore, passed_over};

/// A first match below this means that no role stands out for this person.
const STANDS_OUT: f64 = 0.5;
/// Estimates beyond this are called low or high.
const MIDDLING: f64 = 0.5;
/// Reasons shown for and against a role.
const REASONS: usize = 3;
/// What adds less than this to a match, either way, is no reason.
const SMALLEST_REASON: f64 = 0.10;
/// Interests and preferences that stand out beside a person's own level by no more than this, root mean
/// square, are all alike: error alone makes them about so different, mixed people's differ by about .85.
const ALIKE: f64 = 0.5;
/// A conflict of this degree is clearly beyond what a person wished; one below is a little more.
const CLEARLY: u8 = 2;

/// In which part of the population a person stands on a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PopulationThird {
    /// Estimate below -0.5.
    Low,
    /// Between.
    Middling,
    /// Estimate above 0.5.
    High,
}

impl PopulationThird {
    /// The word for an estimate.
    #[must_use]
    pub(crate) fn of(estimate: f64) -> Self {
        if estimate < -MIDDLING {
            Self::Low
        } else if estimate > MIDDLING {
            Self::High
        } else {
            Self::Middling
        }
    }
}

/// Why a trait speaks for or against a role.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reason {
    /// The trait.
    pub(crate) of: TraitIx,
    /// What it adds to the match; negative speaks against.
    pub(crate) contribution: f64,
    /// The person's estimate on it, for interests and preferences beside the person's own level.
    pub(crate) estimate: f64,
    /// Whether it counts for the role to have more of it.
    pub(crate) asks_more: bool,
    /// Whether the roles in play have, on average, the other side of it; if not, the role has more or less
    /// of it only beside its other interests and preferences.
    pub(crate) than_most: bool,
    /// What the person answered that stands behind it; none where no answer points that way.
    pub(crate) evidence: Option<Evidence>,
}

/// A condition that goes beyond what the person tolerates.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conflict<'a> {
    /// Its question.
    pub(crate) question: &'a Question,
    /// By how much, 1..=3: 1 is a little more than was wished, 2 and 3 are clearly beyond.
    pub(crate) degree: u8,
}

impl Conflict<'_> {
    /// Whether it is more than a little.
    #[must_use]
    pub(crate) const fn is_clear(&self) -> bool {
        self.degree >= CLEARLY
    }
}

/// A trait on which two roles ask for different things.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct RoleDifference {
    /// The trait.
    pub(crate) of: TraitIx,
    /// Whether the first of the two asks for more of it.
    pub(crate) first_asks_more: bool,
    /// What the person's score adds to the lead of the first; negative speaks for the other.
    pub(crate) contribution: f64,
    /// The person's raw score on it.
    pub(crate) raw: Option<f64>,
}

/// What tells a role of the band from the first.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Distinction {
    /// The other role, as a position among the roles in play.
    pub(crate) other: usize,
    /// The traits on which the two differ most, at most three.
    pub(crate) differences: Vec<RoleDifference>,
    /// Probability that the first truly fits better, 0..=1.
    pub(crate) first_better: f64,
}

/// A role as a result shows it.
#[derive(Clone, Debug)]
pub(crate) struct RoleResult<'a> {
    /// Position among the roles in play.
    pub(crate) at: usize,
    /// The role.
    pub(crate) role: &'a Role,
    /// Shared rank, from 1.
    pub(crate) rank: Option<usize>,
    /// Its match.
    pub(crate) fit: Option<RoleMatch>,
    /// Conditions that go beyond what the person tolerates, in the order of asking.
    pub(crate) conflicts: Vec<Conflict<'a>>,
    /// Those of them that tell this role from others: without what all roles in play share.
    pub(crate) own_conflicts: Vec<Conflict<'a>>,
    /// At most three traits that speak for it, strongest first.
    pub(crate) reasons_for: Vec<Reason>,
    /// At most three traits that speak against it, strongest first.
    pub(crate) reasons_against: Vec<Reason>,
    /// Of the roles easily confused with it, the one with the most similar profile, one of the
    /// band before others.
    pub(crate) nearest: Option<&'a Neighbour>,
}

/// What a saved result needs to be checked again (scoring, section 8).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Receipt<'a> {
    /// Version of the program.
    pub(crate) program: &'a str,
    /// Version of the formulae.
    pub(crate) scoring: u32,
    /// Name of the pack.
    pub(crate) pack: &'a str,
    /// Version of the pack.
    pub(crate) version: &'a str,
    /// Fingerprint of the pack's scoring content.
    pub(crate) fingerprint: &'a str,
    /// The measured norms, if not those that the pack assumes.
    pub(crate) norms: Option<&'a Norms>,
    /// The family in play, if not all roles.
    pub(crate) family: Option<&'a str>,
    /// How much aptitudes count.
    pub(crate) aptitude_weight: f64,
}

impl<'a> Receipt<'a> {
    /// The receipt of every result of a design.
    pub(crate) fn of(comparison: &'a Comparison<'_>) -> Self {
        Self {
            program: &comparison.program,
            scoring: SCORING,
            pack: &comparison.pack.name,
            version: &comparison.pack.version,
            fingerprint: &comparison.pack.fingerprint,
            norms: comparison.measured.as_ref(),
            family: comparison.family.as_deref(),
            aptitude_weight: comparison.aptitude_weight,
        }
    }
}

/// All a result page says.
///
/// [`Comparison::explain`] gives it, and [`Report::page`] puts it into words.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// # let outcome = comparison.assess(&answers);
/// let report = comparison.explain(&answers, &outcome);
/// assert_eq!(report.score(0).raw(), Some(100.0));
/// ```
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// What was compared with what.
    pub(crate) comparison: &'a Comparison<'a>,
    /// The numbers behind it.
    pub(crate) outcome: &'a Outcome,
    /// Roles that cannot be told apart from the first.
    pub(crate) band: Vec<RoleResult<'a>>,
    /// The ranking after the band; roles without a match last.
    pub(crate) rest: Vec<RoleResult<'a>>,
    /// Whether the first role fits better than it fits most.
    pub(crate) stands_out: bool,
    /// Conflicts that every role in play brings, each with the least degree.
    pub(crate) shared_conflicts: Vec<Conflict<'a>>,
    /// The person's own level over interests and preferences, in standard deviations of the norms; none
    /// where none was answered.
    pub(crate) own_level: Option<f64>,
    /// Whether no interest or preference stands out beside that level.
    pub(crate) alike: bool,
    /// What tells the other roles of the band from the first.
    pub(crate) apart: Vec<Distinction>,
    /// The smallest move of one trait that puts another role first.
    pub(crate) change: Option<SmallestChange>,
    /// Condition questions without an answer.
    pub(crate) not_asked: Vec<&'a Question>,
    /// Traits that matter here and have no score.
    pub(crate) missing: Vec<TraitIx>,
    /// Traits left out because most of their puzzles were passed over.
    pub(crate) passed_over: Vec<TraitIx>,
    /// What the result rests on.
    pub(crate) receipt: Receipt<'a>,
}

impl<'a> Report<'a> {
    /// The pack.
    #[must_use]
    pub fn pack(&self) -> &'a Pack {
        self.comparison.pack
    }

    /// How many roles beside the band could come first if norms or levels are a little off; none where
    /// nothing is ranked or the band holds every role that has a match.
    #[must_use]
    pub(crate) fn could_come_first(&self) -> Option<usize> {
        let ranking = &self.outcome.ranking;
        let beside = ranking.ranks.iter().flatten().count() - ranking.band.len();
        (beside > 0).then(|| ranking.band_wide.len() - ranking.band.len())
    }

    /// Score of a trait.
    #[must_use]
    pub fn score(&self, k: TraitIx) -> &TraitScore {
        &self.outcome.scores[k]
    }
}

impl<'a> Comparison<'a> {
    /// Everything that a result page says about an outcome.
    #[must_use]
    pub fn explain(&'a self, answers: &Answers, outcome: &'a Outcome) -> Report<'a> {
        let pack = self.pack;
        let ranking = &outcome.ranking;
        let shared = shared_conflicts(self, outcome);
        let (band, rest): (Vec<usize>, Vec<usize>) = ranking
            .order
            .iter()
            .partition(|at| ranking.band.contains(at));
        let all = |places: Vec<usize>| {
            places
                .into_iter()
                .map(|at| role_result(self, answers, outcome, at, &shared))
                .collect::<Vec<_>>()
        };
        let (band, rest) = (all(band), all(rest));
        Report {
            stands_out: band
                .first()
                .and_then(|first| first.fit)
                .is_some_and(|fit| fit.z >= STANDS_OUT),
            own_level: (0..pack.traits.len())
                .any(|k| self.centred[k] && outcome.scores[k].raw().is_some())
                .then(|| elevation(self, &outcome.scores)),
            alike: alike(self, outcome),
            passed_over: passed_over(self, answers),
            apart: apart(self, outcome),
            change: (outcome.state != State::Insufficient)
                .then(|| smallest(self, &outcome.scores, &outcome.fits, ranking))
                .flatten(),
            not_asked: pack
                .conditions
                .iter()
                .filter(|&&q| !answers.has(q))
                .map(|&q| &pack.questions[q])
                .collect(),
            missing: self
                .discriminating_traits()
                .filter(|&k| outcome.scores[k].raw().is_none())
                .collect(),
            receipt: Receipt::of(self),
            shared_conflicts: shared,
            comparison: self,
            outcome,
            band,
            rest,
        }
    }
}

/// Conflicts of the role at `at` in play.
fn conflicts<'a>(
    comparison: &'a Comparison<'a>,
    outcome: &'a Outcome,
    at: usize,
) -> Vec<Conflict<'a>> {
    let pack = comparison.pack;
    let beyond = outcome.beyond(comparison, at);
    beyond
        .map(|(c, degree)| Conflict {
            question: &pack.questions[pack.conditions[c]],
            degree,
        })
        .collect()
}

/// The degree of a condition among some conflicts; 0 where it is not one.
fn degree_in(conflicts: &[Conflict<'_>], id: &str) -> u8 {
    let found = conflicts.iter().find(|c| c.question.id == id);
    found.map_or(0, |c| c.degree)
}

fn shared_conflicts<'a>(comparison: &'a Comparison<'a>, outcome: &'a Outcome) -> Vec<Conflict<'a>> {
    let roles = 0..comparison.candidates.len();
    let mut all = roles.map(|at| conflicts(comparison, outcome, at));
    let mut shared = all.next().unwrap_or_default();
    for role in all {
        for conflict in &mut shared {
            let here = degree_in(&role, &conflict.question.id);
            conflict.degree = conflict.degree.min(here);
        }
        shared.retain(|conflict| conflict.degree > 0);
    }
    shared
}

/// Whether the interests and preferences that were answered stand out by no more than error makes them.
fn alike(comparison: &Comparison<'_>, outcome: &Outcome) -> bool {
    let own = own_estimates(comparison, &outcome.scores);
    let answered = |&k: &usize| comparison.centred[k] && outcome.scores[k].raw().is_some();
    let squares: Vec<f64> = (0..own.len())
        .filter(answered)
        .map(|k| own[k] * own[k])
        .collect();
    squares.len() > 1 && mean(&squares).sqrt() <= ALIKE
}

fn role_result<'a>(
    comparison: &'a Comparison<'a>,
    answers: &Answers,
    outcome: &'a Outcome,
    at: usize,
    shared: &[Conflict<'a>],
) -> RoleResult<'a> {
    let fit = outcome.fits[at];
    let by_answer = fit.map(|fit| AnswerShares::of(comparison, answers, &outcome.scores, at, &fit));
    let own = own_estimates(comparison, &outcome.scores);
    let asks_more = |k: usize| fit.is_some_and(|fit| centred_key(comparison, at, k, &fit) > 0.0);
    let conflicts = conflicts(comparison, outcome, at);
    let own_conflicts = conflicts.iter().filter(|conflict| {
        let common = degree_in(shared, &conflict.question.id);
        common == 0 || (conflict.degree > common && conflict.is_clear())
    });
    let mut reasons: Vec<Reason> = fit
        .map(|fit| contributions(comparison, outcome, at, &fit))
        .unwrap_or_default()
        .into_iter()
        .enumerate()
        .map(|(k, contribution)| Reason {
            of: k,
            contribution,
            estimate: own[k],
            asks_more: asks_more(k),
            than_most: asks_more(k) == (comparison.keys[at][k] > 0.0),
            evidence: by_answer
                .as_ref()
                .and_then(|by_answer| by_answer.evidence(k, contribution, asks_more(k))),
        })
        .collect();
    reasons.sort_by(|a, b| b.contribution.total_cmp(&a.contribution));
    RoleResult {
        at,
        role: comparison.role(at),
        rank: outcome.ranking.ranks[at],
        fit,
        own_conflicts: own_conflicts.copied().collect(),
        conflicts,
        reasons_for: reasons
            .iter()
            .take(REASONS)
            .filter(|r| r.contribution >= SMALLEST_REASON)
            .copied()
            .collect(),
        reasons_against: reasons
            .iter()
            .rev()
            .take(REASONS)
            .filter(|r| r.contribution <= -SMALLEST_REASON)
            .copied()
            .collect(),
        nearest: nearest(comparison, outcome, at),
    }
}

fn nearest<'a>(
    comparison: &'a Comparison<'a>,
    outcome: &Outcome,
    at: usize,
) -> Option<&'a Neighbour> {
    let place = |n: &&Neighbour| comparison.candidates.iter().position(|&r| r == n.role);
    let distance = |n: &&Neighbour| -> f64 {
        place(n).map_or(f64::INFINITY, |other| {
            let (a, b) = (
                &comparison.relative_levels[at],
                &comparison.relative_levels[other],
            );
            a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum()
        })
    };
    let elsewhere = |n: &&Neighbour| !place(n).is_some_and(|p| outcome.ranking.band.contains(&p));
    comparison.role(at).facts.neighbours.iter().min_by(|a, b| {
        (elsewhere(a), distance(a))
            .partial_cmp(&(elsewhere(b), distance(b)))
            .unwrap_or(std::cmp::Ordering::Equal)
    })
}

fn apart(comparison: &Comparison<'_>, outcome: &Outcome) -> Vec<Distinction> {
    let band = &outcome.ranking.band;
    let Some((&first, others)) = band.split_first() else {
        return Vec::new();
    };
    let scores = &outcome.scores;
    let own = own_estimates(comparison, scores);
    others
        .iter()
        .filter_map(|&other| {
            let (fit_a, fit_b) = (outcome.fits[first].as_ref()?, outcome.fits[other].as_ref()?);
            let mut beside = vec![0.0; scores.len()];
            for (at, fit, sign) in [(first, fit_a, 1.0), (other, fit_b, -1.0)] {
                for (k, part) in outcome.questions.iter().flat_map(|of| of.by_trait(at)) {
                    beside[k] += sign * part / fit.length;
                }
            }
            let mut differences: Vec<(f64, RoleDifference)> = comparison
                .discriminating_traits()
                .map(|k| {
                    let apart = centred_key(comparison, first, k, fit_a) / fit_a.length
                        - centred_key(comparison, other, k, fit_b) / fit_b.length;
                    let difference = RoleDifference {
                        of: k,
                        first_asks_more: apart > 0.0,
                        contribution: apart * own[k] + beside[k],
                        raw: scores[k].raw(),
                    };
                    (apart.abs(), difference)
                })
                .filter(|(apart, _)| *apart > 0.0)
                .collect();
            differences.sort_by(|x, y| y.0.total_cmp(&x.0));
            Some(Distinction {
                other,
                differences: differences.into_iter().take(REASONS).map(|d| d.1).collect(),
                first_better: probability_better(
                    comparison,
                    outcome,
                    (first, fit_a),
                    (other, fit_b),
                ),
            })
        })
        .collect()
}
