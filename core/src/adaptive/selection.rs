//! Item selection and stopping rule of the quick quiz.
//!
//! First a balanced core, one question a trait; then the question that best separates the roles
//! still in the band: the largest cut in the standard error of a difference, summed over the band
//! (scoring, section 5). How much a question cuts does not depend on its answer. Deviations of single questions are
//! left out of that choice; the band, and whether it is decided, count them.

use crate::pack::model::{AnswerFormat, QuestionIx};
use crate::scoring::answers::{Answers, DONT_KNOW};
use crate::scoring::comparison::Comparison;
use crate::scoring::difference::se_of_difference;
use crate::scoring::question_part::{QuestionPart, Standing};
use crate::scoring::ranking::{BAND, Ranking, rank_narrow};
use crate::scoring::role_match::{Matches, RoleMatch, centred_key, fit};
use crate::scoring::trait_scores::{TraitScore, score};
use std::ops::ControlFlow;

/// Why the quick quiz stops.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// use rolescope_core::adaptive::{QuickQuiz, StopReason};
/// use std::ops::ControlFlow;
///
/// let all: Vec<usize> = (0..pack.questions().len()).collect();
/// let next = QuickQuiz::new(&comparison).next(&all, &Answers::complete(&pack));
/// assert_eq!(next, ControlFlow::Break(StopReason::SmallBand));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// The band holds at most [`QuickQuiz::SMALL_BAND`] roles.
    SmallBand,
    /// No answer to any open question can change the band.
    Decided,
    /// [`QuickQuiz::MOST`] questions were asked.
    Enough,
    /// Nothing is left to ask.
    Exhausted,
}

/// What to ask next, and when to stop.
///
/// It knows neither what was asked nor what was answered: whoever asks keeps both, and may go back.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// use rolescope_core::adaptive::QuickQuiz;
///
/// let first = QuickQuiz::new(&comparison).next(&[], &Answers::none(&pack));
/// assert!(first.is_continue());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct QuickQuiz<'c> {
    comparison: &'c Comparison<'c>,
}

impl<'c> QuickQuiz<'c> {
    /// A band this small is small enough.
    pub const SMALL_BAND: usize = 3;
    /// At most this many scored questions.
    pub const MOST: usize = 40;

    /// A quick quiz about the roles of a comparison.
    #[must_use]
    pub const fn new(comparison: &'c Comparison<'c>) -> Self {
        Self { comparison }
    }

    /// What to ask after the questions asked so far, answered or skipped; or why no more need be asked.
    pub fn next(
        &self,
        asked: &[QuestionIx],
        answers: &Answers,
    ) -> ControlFlow<StopReason, QuestionIx> {
        let comparison = self.comparison;
        let pack = comparison.pack;
        let open = |q: &QuestionIx| !asked.contains(q) && !answers.has(*q);
        let core = comparison
            .discriminating_questions()
            .filter(|&q| pack.questions[q].core)
            .find(open);
        if let Some(q) = core {
            return ControlFlow::Continue(q);
        }
        let scores = score(comparison, answers);
        let ranking = ranked(comparison, answers, &scores);
        let asked_so_far = comparison
            .discriminating_questions()
            .filter(|q| !open(q))
            .count();
        if (1..=Self::SMALL_BAND).contains(&ranking.band.len()) {
            return ControlFlow::Break(StopReason::SmallBand);
        }
        if asked_so_far >= Self::MOST {
            return ControlFlow::Break(StopReason::Enough);
        }
        if decided(comparison, &scores, answers, &ranking) {
            return ControlFlow::Break(StopReason::Decided);
        }
        // questions of one trait with the same weight cut alike: the first of each stands for all
        let mut best: Option<(f64, QuestionIx)> = None;
        let mut seen: Vec<(usize, u64)> = Vec::new();
        for q in comparison.discriminating_questions().filter(open) {
            let question = &pack.questions[q];
            let Some(k) = question.trait_ix() else {
                continue;
            };
            let alike = (k, question.weight.to_bits());
            if seen.contains(&alike) {
                continue;
            }
            seen.push(alike);
            let next = with(comparison, answers, &scores, k, question.weight);
            let error = band_error(comparison, &next, &ranking);
            if best.is_none_or(|(least, _)| error < least) {
                best = Some((error, q));
            }
        }
        best.map_or(ControlFlow::Break(StopReason::Exhausted), |(_, q)| {
            ControlFlow::Continue(q)
        })
    }

    /// Conditions worth asking afterwards: those that a role of the band meets regularly.
    #[must_use]
    pub fn conditions(&self, answers: &Answers) -> Vec<QuestionIx> {
        let comparison = self.comparison;
        let scores = score(comparison, answers);
        let ranking = ranked(comparison, answers, &scores);
        let in_band = |c: usize| {
            let mut band = ranking.band.iter();
            band.any(|&at| comparison.role(at).exposures[c] >= 2)
        };
        let all = comparison.pack.conditions.iter().enumerate();
        all.filter(|(c, _)| in_band(*c)).map(|(_, &q)| q).collect()
    }
}

/// The ranking by these answers, whose scores these are.
fn ranked(comparison: &Comparison<'_>, answers: &Answers, scores: &[TraitScore]) -> Ranking {
    let keyed = |q| answers.keyed(comparison.pack, q);
    let questions = QuestionPart::of(comparison, scores, keyed);
    let person = Standing::new(scores, questions.as_ref());
    rank_narrow(comparison, person, &fit(comparison, person))
}

/// Single questions were every one answered, what is open like the own score of its trait; `scores` are those of now.
fn complete_questions(
    comparison: &Comparison<'_>,
    answers: &Answers,
    scores: &[TraitScore],
) -> Option<QuestionPart> {
    QuestionPart::complete(comparison, scores, |q| answers.keyed(comparison.pack, q))
}

/// The scores after one more answer to a trait that is not "I don't know", were its estimate to stay the
/// same. Where most of its puzzles stay passed over, the answer changes nothing.
fn with(
    comparison: &Comparison<'_>,
    answers: &Answers,
    scores: &[TraitScore],
    k: usize,
    weight: f64,
) -> Vec<TraitScore> {
    let mut scores = scores.to_vec();
    let given = Given::of(comparison, answers, k);
    if 2 * given.unsure <= given.answered + 1 {
        let score = &mut scores[k];
        score.weight = given.weight + weight;
        score.reliability = comparison.norms[k].reliability_of(score.weight);
    }
    scores
}

/// What was answered of one trait's questions.
struct Given {
    /// How many, "I don't know" included.
    answered: usize,
    /// How many by "I don't know".
    unsure: usize,
    /// What those answered weigh together.
    weight: f64,
}

impl Given {
    fn of(comparison: &Comparison<'_>, answers: &Answers, k: usize) -> Self {
        let pack = comparison.pack;
        let answered = || {
            let items = pack.traits[k].items.iter().copied();
            items.filter(|&q| answers.has(q))
        };
        Self {
            answered: answered().count(),
            unsure: (answered().filter(|&q| answers.code(q) == DONT_KNOW)).count(),
            weight: answered().map(|q| pack.questions[q].weight).sum(),
        }
    }
}

/// Sum over the band of the standard error of the difference from the first role.
fn band_error(comparison: &Comparison<'_>, scores: &[TraitScore], ranking: &Ranking) -> f64 {
    let matches = Matches::new(comparison, scores);
    let Some((&first, others)) = ranking.band.split_first() else {
        return 0.0;
    };
    let Some(fit_a) = matches.of(first) else {
        return 0.0;
    };
    let fits = others.iter().filter_map(|&b| Some((b, matches.of(b)?)));
    fits.map(|(b, fit_b)| se_of_difference(comparison, scores, (first, &fit_a), (b, &fit_b)))
        .sum()
}

/// Whether every way of answering the open questions leads to the band there is now.
///
/// Taken at the full set of questions: there reliabilities and key lengths are fixed, so a
/// difference of two matches is linear in the open answers and its bounds are exact. Nothing is decided
/// while open puzzles can still lead to a trait that is left out, for that changes the lengths.
#[must_use]
pub(crate) fn decided(
    comparison: &Comparison<'_>,
    scores: &[TraitScore],
    answers: &Answers,
    ranking: &Ranking,
) -> bool {
    let pack = comparison.pack;
    let can_be_left_out = |k: usize| {
        let (given, all) = (
            Given::of(comparison, answers, k),
            pack.traits[k].items.len(),
        );
        let open = all - given.answered;
        let puzzles = pack.format_of(k) == AnswerFormat::Choice;
        puzzles && open > 0 && 2 * given.unsure <= all && 2 * (given.unsure + open) > all
    };
    if comparison.discriminating_traits().any(can_be_left_out) {
        return false;
    }
    let complete = complete(comparison, scores, answers);
    let questions = complete_questions(comparison, answers, scores);
    let complete = Standing::new(&complete, questions.as_ref());
    let matches = Matches::new(comparison, complete);
    let Some(first) = ranking.first_alone() else {
        return false;
    };
    let Some(fit_a) = &matches.of(first) else {
        return false;
    };
    (0..comparison.candidates.len())
        .filter(|&b| b != first)
        .all(|b| {
            let Some(fit_b) = &matches.of(b) else {
                return false;
            };
            let (least, most) = bounds(comparison, complete, answers, (first, fit_a), (b, fit_b));
            let bound = BAND * se_of_difference(comparison, complete, (first, fit_a), (b, fit_b));
            if ranking.band.contains(&b) {
                least > 0.0 && most <= bound
            } else {
                least > bound
            }
        })
}

/// The least and the most that the match of a role may be ahead of another's with every question answered.
fn bounds(
    comparison: &Comparison<'_>,
    Standing {
        scores: complete,
        questions,
    }: Standing<'_>,
    answers: &Answers,
    (first, fit_a): (usize, &RoleMatch),
    (b, fit_b): (usize, &RoleMatch),
) -> (f64, f64) {
    let pack = comparison.pack;
    let (mut least, mut most) = (0.0, 0.0);
    for (k, t) in pack.traits.iter().enumerate() {
        let norm = &comparison.norms[k];
        if complete[k].reliability <= 0.0 {
            continue;
        }
        let apart = centred_key(comparison, first, k, fit_a) / fit_a.length
            - centred_key(comparison, b, k, fit_b) / fit_b.length;
        // of the trait's estimate, a point of keyed value from 0 to 100
        let point = apart * complete[k].reliability / norm.sd;
        for &q in &t.items {
            let question = &pack.questions[q];
            let share = question.weight / complete[k].weight;
            // its own deviations: their sum over the trait's questions is 0, so any place of the scale serves as its zero
            let own = questions.map_or(0.0, |of| {
                of.slope(first, q) / fit_a.length - of.slope(b, q) / fit_b.length
            });
            let part = |u: f64| (point * share + own / norm.sd) * (100.0 * u - norm.mean);
            // an open answer may be worth anything from nothing to all
            let (low, high) = answers
                .keyed(pack, q)
                .map_or((part(0.0), part(1.0)), |u| (part(u), part(u)));
            least += low.min(high);
            most += low.max(high);
        }
    }
    (least, most)
}

/// The scores were every question answered and every estimate to stay as it is, which is what more
/// answers lead to on average. A trait most of whose puzzles were passed over stays left out.
#[must_use]
pub(crate) fn complete(
    comparison: &Comparison<'_>,
    scores: &[TraitScore],
    answers: &Answers,
) -> Vec<TraitScore> {
    let pack = comparison.pack;
    pack.traits
        .iter()
        .enumerate()
        .zip(scores)
        .map(|((k, t), score)| {
            if 2 * Given::of(comparison, answers, k).unsure > t.items.len() {
                return TraitScore::NOTHING;
            }
            let weight: f64 = t.items.iter().map(|&q| pack.questions[q].weight).sum();
            TraitScore {
                weight,
                reliability: comparison.norms[k].reliability_of(weight),
                ..*score
            }
        })
        .collect()
}

impl Comparison<'_> {
    /// Whether every way of answering the open questions leads to the band there is now, its roles in the order
    /// that they have now: stricter than the rule of the quick quiz, which asks for the band alone.
    #[must_use]
    pub fn is_settled(&self, answers: &Answers) -> bool {
        let comparison = self;
        let scores = score(comparison, answers);
        let ranking = ranked(comparison, answers, &scores);
        if ranking.band.is_empty() || !decided(comparison, &scores, answers, &ranking) {
            return false;
        }
        let complete = complete(comparison, &scores, answers);
        let questions = complete_questions(comparison, answers, &scores);
        let complete = Standing::new(&complete, questions.as_ref());
        let fits = fit(comparison, complete);
        ranking.band.windows(2).all(|pair| {
            let (Some(fit_a), Some(fit_b)) = (&fits[pair[0]], &fits[pair[1]]) else {
                return false;
            };
            bounds(
                comparison,
                complete,
                answers,
                (pair[0], fit_a),
                (pair[1], fit_b),
            )
            .0 > 0.0
        })
    }

    /// How many roles the band holds now, and about how many it would hold were every question
    /// answered.
    #[must_use]
    pub fn band_now_and_complete(&self, answers: &Answers) -> (usize, usize) {
        let comparison = self;
        let scores = score(comparison, answers);
        let complete = complete(comparison, &scores, answers);
        let questions = complete_questions(comparison, answers, &scores);
        let complete = Standing::new(&complete, questions.as_ref());
        let then = rank_narrow(comparison, complete, &fit(comparison, complete));
        (
            ranked(comparison, answers, &scores).band.len(),
            then.band.len(),
        )
    }
}
