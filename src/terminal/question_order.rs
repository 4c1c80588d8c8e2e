//! Order of the questions of a quiz: all of them in order, or the adaptive choice of the quick quiz.

use rolescope_core::adaptive::{NextQuestion, StopReason, conditions_of_band, next_question};
use rolescope_core::{Answers, Comparison, QuestionIx, adaptive};
use std::cell::Cell;

/// Strategy that chooses the questions of a quiz.
pub trait QuestionOrder {
    /// Questions that count as shown before anything is asked.
    fn start(&self, answers: &Answers) -> Vec<QuestionIx>;

    /// The question after those shown so far; none at the end.
    fn next(&self, shown: &[QuestionIx], answers: &Answers) -> Option<QuestionIx>;

    /// Questions that are still unanswered.
    fn open(&self, shown: &[QuestionIx], answers: &Answers) -> Vec<QuestionIx>;

    /// How many questions there are, at most.
    fn length(&self) -> usize;

    /// Whether there may be fewer.
    fn may_be_shorter(&self) -> bool;
}

/// All questions in order.
pub struct FullOrder(pub Vec<QuestionIx>);

impl QuestionOrder for FullOrder {
    fn start(&self, answers: &Answers) -> Vec<QuestionIx> {
        self.0
            .iter()
            .copied()
            .take_while(|&q| answers.has(q))
            .collect()
    }

    fn next(&self, shown: &[QuestionIx], _: &Answers) -> Option<QuestionIx> {
        self.0.iter().copied().find(|q| !shown.contains(q))
    }

    fn open(&self, _: &[QuestionIx], answers: &Answers) -> Vec<QuestionIx> {
        self.0
            .iter()
            .copied()
            .filter(|&q| !answers.has(q))
            .collect()
    }

    fn length(&self) -> usize {
        self.0.len()
    }

    fn may_be_shorter(&self) -> bool {
        false
    }
}

/// Adaptive order of the quick quiz, followed by the conditions that roles of the band regularly meet.
pub struct QuickOrder<'d> {
    comparison: &'d Comparison<'d>,
    stopped: Cell<Option<StopReason>>,
}

impl<'d> QuickOrder<'d> {
    /// A quick quiz.
    #[must_use]
    pub const fn new(comparison: &'d Comparison<'d>) -> Self {
        Self {
            comparison,
            stopped: Cell::new(None),
        }
    }

    /// Why the adaptive part ended, once it has.
    pub const fn why(&self) -> Option<StopReason> {
        self.stopped.get()
    }
}

impl QuestionOrder for QuickOrder<'_> {
    fn start(&self, answers: &Answers) -> Vec<QuestionIx> {
        let all = self.comparison.asked_questions().into_iter();
        all.filter(|&q| answers.has(q)).collect()
    }

    fn next(&self, shown: &[QuestionIx], answers: &Answers) -> Option<QuestionIx> {
        if self.stopped.get().is_none() {
            match next_question(self.comparison, shown, answers) {
                NextQuestion::Ask(q) => return Some(q),
                NextQuestion::Stop(why) => self.stopped.set(Some(why)),
            }
        }
        let scores = self.comparison.scores(answers);
        let fits = self.comparison.matches(&scores);
        let ranking = self.comparison.rank(&scores, &fits);
        conditions_of_band(self.comparison, &ranking)
            .into_iter()
            .find(|q| !shown.contains(q))
    }

    fn open(&self, shown: &[QuestionIx], answers: &Answers) -> Vec<QuestionIx> {
        shown.iter().copied().filter(|&q| !answers.has(q)).collect()
    }

    fn length(&self) -> usize {
        adaptive::MOST
    }

    fn may_be_shorter(&self) -> bool {
        true
    }
}
