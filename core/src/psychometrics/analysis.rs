//! Result types of an item analysis: questions, traits, roles and groups.
//!
//! Plain figures; `statistics.rs` computes them, `docs/analyse.md` states their formulae.
//! Written as JSON by its field names, so a field that changes its name or meaning is a new format.

use crate::pack::model::{QuestionIx, TraitIx};
use crate::psychometrics::advice::Weakness;
use crate::psychometrics::counts::AnalysisCounts;
use crate::psychometrics::criterion_study::CriterionStudy;
use crate::psychometrics::dif::ItemDif;
pub(crate) use crate::psychometrics::estimate::Estimate;
use crate::psychometrics::estimate::FEWEST;
use crate::psychometrics::validity::{RatedRole, Validity};
use serde::Serialize;

/// Everything that was found.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// use rolescope_core::psychometrics::{Analysis, AnalysisCounts};
/// use rolescope_core::simulation::SimulatedPeople;
///
/// let mut counts = AnalysisCounts::new(&comparison).expect("a few questions");
/// let mut simulated = SimulatedPeople::new(&comparison, 7);
/// for _ in 0..40 {
///     let answers = simulated.mixed(0.0);
///     counts.add(&answers, &comparison.assess(&answers), None);
/// }
/// assert!(counts.people() >= Analysis::FEWEST);
/// let analysis = Analysis::new(&comparison, &counts, None);
/// assert_eq!(analysis.page(&comparison).title(), "The answers of 40 people");
/// assert!(analysis.to_csv().starts_with("part,id,detail,statistic,value,low,high\n"));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Analysis {
    /// People read, with answers or without.
    pub(crate) people: u64,
    /// Every question, in the order of asking.
    pub(crate) items: Vec<ItemStatistics>,
    /// Every trait, in pack order.
    pub(crate) scales: Vec<ScaleStatistics>,
    /// Pairs of traits, the first before the second in pack order.
    pub(crate) correlations: Vec<TraitCorrelation>,
    /// What the roles make of these people.
    pub(crate) roles: RoleStatistics,
    /// Groups of people, where a column splits them.
    pub(crate) groups: Option<GroupComparison>,
    /// What people's ratings of roles say of their matches, where there are some.
    pub(crate) ratings: Option<Validity>,
    /// Of how many people the answers are, where some people are counted more than once.
    #[serde(skip)]
    pub(crate) persons: Option<u64>,
    /// What people's own roles say of their matches, where a column names them.
    pub(crate) criterion: Option<CriterionStudy>,
}

impl Analysis {
    /// Fewest people whose answers can be analysed.
    pub const FEWEST: u64 = FEWEST;

    /// Questions whose answers go against those of their trait's other questions.
    pub fn reversed(&self) -> impl Iterator<Item = QuestionIx> + '_ {
        let items = self.items.iter();
        items
            .filter(|item| item.advice.contains(&Weakness::Reversed))
            .map(|item| item.question)
    }

    /// States that the answers are those of so many people, of whom some are counted more than once: pages then call
    /// what was counted rows, and say what that does to the figures.
    pub fn set_persons(&mut self, persons: u64) {
        self.persons = (persons < self.people).then_some(persons);
    }

    /// Pearson's correlation of the raw scores of two traits; none where one does not vary.
    pub(crate) fn correlation(&self, one: TraitIx, other: TraitIx) -> Option<f64> {
        let mut pairs = self.correlations.iter();
        let pair = pairs.find(|pair| pair.of == (one, other) || pair.of == (other, one));
        pair.and_then(|pair| pair.r)
    }

    /// Puts what people's own roles say of their matches beside the rest: `column` named them, and the counts are
    /// [with](AnalysisCounts::with_criterion) them.
    pub fn add_criterion(&mut self, counts: &AnalysisCounts, column: &str) {
        let criterion = counts.criterion.as_ref();
        self.criterion = criterion.map(|counts| CriterionStudy::new(counts, column));
    }

    /// Puts the ratings that each of some people gave to roles beside their matches; the order of people
    /// changes no more than rounding.
    pub fn add_ratings(&mut self, people: &[Vec<RatedRole>]) {
        self.ratings = Some(Validity::new(people));
    }
}

/// One question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct ItemStatistics {
    /// Its position in the pack.
    #[serde(skip)]
    pub(crate) question: QuestionIx,
    /// Its id.
    pub(crate) id: String,
    /// Id of the trait that it measures; none for a condition.
    #[serde(rename = "trait")]
    pub(crate) of: Option<String>,
    /// `rating`, `choice` or `condition`.
    pub(crate) format: &'static str,
    /// People who answered; for a choice "I don't know" is an answer.
    pub(crate) answered: u64,
    /// People who did not.
    pub(crate) skipped: u64,
    /// Every answer that can be given, in the order of the labels or options; `?` last.
    pub(crate) options: Vec<OptionStatistics>,
    /// Mean keyed value of those who answered, 0..=100; none for a condition or without answers.
    pub(crate) mean: Option<f64>,
    /// Standard deviation of the keyed values (n - 1), 0..=100; none with fewer than two answers.
    pub(crate) sd: Option<f64>,
    /// Share of those who answered at the lowest keyed value, 0..=1; ratings only.
    pub(crate) floor: Option<f64>,
    /// Share of those who answered at the highest keyed value, 0..=1; ratings only.
    pub(crate) ceiling: Option<f64>,
    /// Correlation with the sum of the other questions of its trait, -1..=1; none where either does
    /// not vary, or the trait has no other question.
    pub(crate) item_rest: Option<f64>,
    /// Cronbach's alpha of its trait without it; none with fewer than two others.
    pub(crate) alpha_without: Option<f64>,
    /// What holds of a question with one right option only.
    pub(crate) puzzle: Option<PuzzleStatistics>,
    /// Mean keyed value by rest score, of people who answered all questions of the trait; lowest rest
    /// score first, places without people left out. Empty for conditions.
    pub(crate) curve: Vec<CurvePoint>,
    /// What is weak about it, worst first.
    pub(crate) advice: Vec<Weakness>,
}

/// One answer that can be given to a question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct OptionStatistics {
    /// As files write it: `1`, `a`, `?`.
    pub(crate) answer: String,
    /// People who gave it.
    pub(crate) people: u64,
    /// Their share of those who answered, 0..=1; 0 where nobody did.
    pub(crate) share: f64,
    /// Mean rest score of those among them who answered all questions of the trait, 0..=100; none
    /// without such people and for conditions.
    pub(crate) rest: Option<f64>,
}

/// A question with one right option.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct PuzzleStatistics {
    /// The right option, as files write it.
    pub(crate) right: String,
    /// Share of those who answered who are right, 0..=1; "I don't know" is not right.
    pub(crate) facility: f64,
    /// Right answers in the upper 27 % by rest score less those in the lower 27 %, -1..=1, of people
    /// who answered all questions of the trait; none with fewer than ten.
    pub(crate) discrimination: Option<f64>,
    /// The wrong option that most people took, as files write it; none where nobody took one.
    pub(crate) pull: Option<String>,
    /// Share of those who answered who took it, 0..=1.
    pub(crate) pull_share: f64,
}

/// A place on a question's curve.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct CurvePoint {
    /// Rest score: percent of what the trait's other questions can give, 0..=100.
    pub(crate) rest: f64,
    /// People there.
    pub(crate) people: u64,
    /// Their mean keyed value, 0..=100; "I don't know" counts as not right.
    pub(crate) mean: f64,
    /// How many of them gave each answer, in the order of [`ItemStatistics::options`].
    pub(crate) options: Vec<u64>,
}

/// The questions of one trait together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct ScaleStatistics {
    /// Its position in the pack.
    #[serde(skip)]
    pub(crate) trait_ix: TraitIx,
    /// Its id.
    pub(crate) id: String,
    /// `interest`, `preference` or `aptitude`.
    pub(crate) kind: &'static str,
    /// How many questions measure it.
    pub(crate) questions: usize,
    /// People who answered at least one of them.
    pub(crate) people: u64,
    /// People who answered all of them.
    pub(crate) complete: u64,
    /// The fewest people who answered both of two questions: what intervals are computed with.
    pub(crate) fewest: u64,
    /// Mean raw score, 0..=100.
    pub(crate) mean: Option<f64>,
    /// Standard deviation of the raw scores (n - 1).
    pub(crate) sd: Option<f64>,
    /// People by raw score.
    pub(crate) histogram: Histogram,
    /// Cronbach's alpha with Feldt's interval.
    pub(crate) alpha: Option<Estimate>,
    /// Coefficient omega of one factor, with an interval by the delta method on the logit.
    pub(crate) omega: Option<Estimate>,
    /// Why there is no omega.
    pub(crate) no_omega: Option<String>,
    /// Standard error of measurement of a raw score with all questions answered, by alpha.
    pub(crate) sem: Option<f64>,
    /// Reliability by the odd and the even questions (Flanagan and Rulon).
    pub(crate) split_half: Option<f64>,
    /// Reliability of a single question, by alpha and its interval.
    pub(crate) single: Option<Estimate>,
    /// What scoring takes it to be.
    pub(crate) assumed_single: f64,
    /// What is weak about it.
    pub(crate) advice: Vec<Weakness>,
}

/// People by raw score: bar `n` of `bars` stands at `100 * n / (bars - 1)` and counts those nearest
/// to it. With all questions answered, and not more than 41 scores possible, each has its bar.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Histogram {
    /// How many people at each.
    pub(crate) bars: Vec<u64>,
}

impl Histogram {
    /// The raw score at which a bar stands.
    #[expect(clippy::cast_precision_loss, reason = "at most 41 bars")]
    #[must_use]
    pub(crate) fn score(&self, bar: usize) -> f64 {
        100.0 * bar as f64 / self.bars.len().saturating_sub(1).max(1) as f64
    }
}

/// How two traits go together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct TraitCorrelation {
    /// The first, by position.
    #[serde(skip)]
    pub(crate) of: (TraitIx, TraitIx),
    /// Their ids.
    pub(crate) traits: [String; 2],
    /// People with a score on both.
    pub(crate) people: u64,
    /// Pearson's correlation of raw scores; none where one does not vary.
    pub(crate) r: Option<f64>,
}

/// What the roles make of these people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct RoleStatistics {
    /// Every role in play, by id.
    pub(crate) roles: Vec<RoleShare>,
    /// People for whom no role comes first alone.
    pub(crate) no_first: u64,
    /// People by the number of roles in their band, from 0.
    pub(crate) band_sizes: Vec<u64>,
    /// Mean size of the bands that hold a role; none without any.
    pub(crate) mean_band: Option<f64>,
    /// People in each state.
    pub(crate) states: Vec<Proportion>,
    /// People with each flag.
    pub(crate) flags: Vec<Proportion>,
}

/// One role.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct RoleShare {
    /// Its position among the roles in play.
    #[serde(skip)]
    pub(crate) at: usize,
    /// Its id.
    pub(crate) id: String,
    /// People for whom it alone comes first.
    pub(crate) first: u64,
    /// Their share of all people, 0..=1.
    pub(crate) share: f64,
    /// That share as a ratio to an equal one, 0 or more.
    pub(crate) fair: f64,
    /// People in whose band it is.
    pub(crate) in_band: u64,
}

/// How many of all people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Proportion {
    /// The word in records.
    pub(crate) word: &'static str,
    /// People.
    pub(crate) people: u64,
    /// Their share of all, 0..=1.
    pub(crate) share: f64,
}

/// People by a column of the input.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct GroupComparison {
    /// The column.
    pub(crate) by: String,
    /// Every group, by name; an empty name is a blank cell.
    pub(crate) groups: Vec<GroupStatistics>,
    /// How many intervals of differences and ratios there are: one in twenty misses by chance alone.
    pub(crate) intervals: usize,
}

/// One group, against all other people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct GroupStatistics {
    /// What its people have in common.
    pub(crate) name: String,
    /// How many they are.
    pub(crate) people: u64,
    /// Whether it and the others are large enough to be compared.
    pub(crate) compared: bool,
    /// Every trait, in pack order; empty where not compared.
    pub(crate) traits: Vec<GroupTrait>,
    /// Every role in play, by id; empty where not compared.
    pub(crate) firsts: Vec<GroupFirst>,
    /// How far first places differ altogether; none where not compared.
    pub(crate) moved: Option<FirstsMoved>,
    /// Questions that enough people answered, in the order of traits.
    pub(crate) questions: Vec<ItemDif>,
}

/// Half the sum of the differences of all shares of first places, of one group and of all others: the share of its
/// people for whom another role would have to come first, for the shares to be alike.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct FirstsMoved {
    /// That share, 0..=1.
    pub(crate) share: f64,
    /// What chance alone gives on average where all are of one population.
    pub(crate) by_chance: f64,
}

/// A trait in one group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct GroupTrait {
    /// Its id.
    pub(crate) id: String,
    /// People of the group with a score.
    pub(crate) people: u64,
    /// Their mean raw score.
    pub(crate) mean: Option<f64>,
    /// Standard deviation of their raw scores (n - 1).
    pub(crate) sd: Option<f64>,
    /// Hedges' g: by how many standard deviations they stand above the others.
    pub(crate) difference: Option<Estimate>,
}

/// First places of a role in one group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct GroupFirst {
    /// Its id.
    pub(crate) id: String,
    /// People of the group for whom it alone comes first.
    pub(crate) first: u64,
    /// Their share of the group, 0..=1.
    pub(crate) share: f64,
    /// That share as a ratio to the others'; none where either has none.
    pub(crate) ratio: Option<Estimate>,
}
