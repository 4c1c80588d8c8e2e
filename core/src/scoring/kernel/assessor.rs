//! Whole outcomes of people side by side, always in the same memory.

use crate::scoring::answers::{Answers, UNANSWERED, keyed};
use crate::scoring::assessment::{Outcome, State, state_of};
use crate::scoring::comparison::Comparison;
use crate::scoring::conditions::{ConditionSet, Tolerances};
use crate::scoring::kernel::match_lanes::{LevelLanes, MatchLanes, fit_into};
use crate::scoring::kernel::quality_lanes::QualityLanes;
use crate::scoring::kernel::rank_lanes::RankLanes;
use crate::scoring::kernel::score_lanes::ScoreLanes;
use crate::scoring::question_part::{QuestionPart, Standing};
use crate::scoring::ranking::{Ranking, rank};
use crate::scoring::role_match::fit;
use pulp::{Arch, Scalar, Simd, WithSimd};

/// Assesses one person.
#[must_use]
pub(crate) fn assess(comparison: &Comparison<'_>, answers: &Answers) -> Outcome {
    let mut assessor = Assessor::new(comparison);
    assessor.person(answers);
    assessor.outcome
}

/// Numbers in the widest register that scoring is compiled for (AVX-512).
const WIDEST: usize = 8;

/// Assesses N people at a time, always in the same memory.
///
/// More than one at a time are computed side by side (SIMD); the bits are those of [`Comparison::assess`].
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// use rolescope_core::Assessor;
///
/// let mut eight: Assessor<'_, 8> = Assessor::new(&comparison);
/// for lane in 0..8 {
///     eight.put(lane, &answers);
/// }
/// eight.assess();
/// assert_eq!(eight.look(2), &comparison.assess(&answers));
/// ```
///
/// N is 1 or a multiple of 8, the widest register of any processor: another does not compile.
#[derive(Clone, Debug)]
pub struct Assessor<'d, const N: usize> {
    comparison: &'d Comparison<'d>,
    codes: Vec<[u8; N]>,
    pace: [Option<f64>; N],
    scores: Vec<ScoreLanes<N>>,
    fits: Vec<MatchLanes<N>>,
    signs: QualityLanes<N>,
    places: RankLanes<N>,
    /// What each tolerates seldom, and what not at all.
    tolerances: [[u64; N]; 2],
    outcome: Outcome,
    features: Arch,
}

impl<'d, const N: usize> Assessor<'d, N> {
    /// An assessor for the people of a run.
    #[must_use]
    pub fn new(comparison: &'d Comparison<'d>) -> Self {
        const {
            assert!(
                N == 1 || N >= WIDEST && N.is_multiple_of(WIDEST),
                "N is 1 or a multiple of the numbers in the widest register"
            );
        }
        Self {
            comparison,
            codes: vec![[UNANSWERED; N]; comparison.pack.questions.len()],
            pace: [None; N],
            scores: Vec::new(),
            fits: Vec::new(),
            signs: QualityLanes::default(),
            places: RankLanes::default(),
            tolerances: [[0; N]; 2],
            outcome: Outcome {
                scores: Vec::new(),
                questions: None,
                fits: Vec::new(),
                ranking: Ranking::default(),
                state: State::Insufficient,
                flags: Vec::new(),
                conflicts: Vec::new(),
                tolerances: Tolerances::default(),
            },
            features: Arch::new(),
        }
    }

    /// Puts the answers of a person at a place below N.
    pub fn put(&mut self, lane: usize, answers: &Answers) {
        for (codes, &code) in self.codes.iter_mut().zip(answers.codes()) {
            codes[lane] = code;
        }
        self.pace[lane] = answers.pace;
    }

    /// Assesses whoever was put at any place.
    pub fn assess(&mut self) {
        if N == 1 {
            self.with_simd(Scalar::new());
        } else {
            self.features.dispatch(self);
        }
    }

    /// The outcome of the person at a place.
    pub fn look(&mut self, lane: usize) -> &Outcome {
        let comparison = self.comparison;
        let roles = comparison.candidates.len();
        self.begin(lane, roles);
        let scores = self.scores.iter().map(|score| score.score(lane));
        self.outcome.scores.extend(scores);
        if comparison.deviations.is_some() {
            // what single questions add is not laid out in lanes
            let outcome = &mut self.outcome;
            let questions = &comparison.pack.questions;
            let value = |q: usize| keyed(&questions[q], self.codes[q][lane]);
            outcome.questions = QuestionPart::of(comparison, &outcome.scores, value);
            let person = Standing::new(&outcome.scores, outcome.questions.as_ref());
            outcome.fits = fit(comparison, person);
            outcome.ranking = rank(comparison, person, &outcome.fits);
        } else {
            self.outcome.fits.clear();
            let fits = self.fits.iter().map(|fit| fit.of(lane));
            self.outcome.fits.extend(fits);
        }
        self.end(lane);
        let outcome = &mut self.outcome;
        let limits = comparison.plan.beyond.iter();
        let conflicts = limits.map(|role| outcome.tolerances.conflicts(role));
        outcome.conflicts.clear();
        outcome.conflicts.extend(conflicts);
        outcome
    }

    /// The outcome of the person at a place as far as a list of the first `roles` shows it: a match, a rank
    /// and conflicts of these alone, the bands of all, and no trait scores.
    ///
    /// It takes a fraction of the time of [`Assessor::look`].
    pub fn look_at_first(&mut self, lane: usize, roles: usize) -> &Outcome {
        let comparison = self.comparison;
        if comparison.deviations.is_some() {
            return self.look(lane);
        }
        self.begin(lane, roles);
        self.end(lane);
        let outcome = &mut self.outcome;
        outcome.fits.clear();
        outcome.fits.resize(self.fits.len(), None);
        outcome.conflicts.clear();
        outcome
            .conflicts
            .resize(self.fits.len(), ConditionSet::default());
        for &at in &outcome.ranking.order {
            outcome.fits[at] = self.fits[at].of(lane);
            outcome.conflicts[at] = outcome.tolerances.conflicts(&comparison.plan.beyond[at]);
        }
        outcome
    }

    /// Begins an outcome with what needs no score and no match.
    #[inline(always)]
    fn begin(&mut self, lane: usize, roles: usize) {
        let outcome = &mut self.outcome;
        outcome.scores.clear();
        self.signs.flags(lane, self.pace[lane], &mut outcome.flags);
        outcome.tolerances = Tolerances::of(&self.tolerances, lane);
        if self.comparison.deviations.is_none() {
            let (plan, place) = (&self.comparison.plan, (lane, roles));
            self.places
                .ranking(plan, &self.fits, place, &mut outcome.ranking);
        }
    }

    /// Ends an outcome that has a ranking.
    #[inline(always)]
    fn end(&mut self, lane: usize) {
        let outcome = &mut self.outcome;
        let enough = self.signs.enough[lane];
        outcome.state = state_of(self.comparison, enough, &outcome.ranking, &outcome.flags);
        if outcome.state == State::Insufficient {
            outcome.ranking.clear();
        }
    }
}

impl Assessor<'_, 1> {
    /// The outcome of one person.
    pub fn person(&mut self, answers: &Answers) -> &Outcome {
        self.put(0, answers);
        self.assess();
        self.look(0)
    }
}

/// One way through for all processors: the same operations in the same order, so the same bits.
impl<const N: usize> WithSimd for &mut Assessor<'_, N> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (comparison, plan) = (self.comparison, &self.comparison.plan);
        self.scores.resize(plan.scales.len(), ScoreLanes::NOTHING);
        for (scale, score) in plan.scales.iter().zip(&mut self.scores) {
            score.find(simd, plan, scale, &self.codes);
        }
        self.signs.find(simd, comparison, &self.codes, &self.scores);
        let conditions = comparison.pack.conditions.iter();
        self.tolerances = Tolerances::of_all(conditions.map(|&q| &self.codes[q]));
        if comparison.deviations.is_some() {
            return;
        }
        let person = LevelLanes::of(simd, plan, &self.scores);
        fit_into(simd, plan, &person, &self.scores, &mut self.fits);
        self.places
            .find(simd, plan, &person, &self.scores, &self.fits);
    }
}
