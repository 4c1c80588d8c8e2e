//! Which questions a quiz asks: all in order, or the quick choice.

use crate::engine::answers::Answers;
use crate::engine::design::Design;
use crate::engine::pack::QuestionIx;
use crate::engine::quick::{MOST, Next, Stop, conditions, next};
use crate::engine::{fit, rank, score};
use std::cell::Cell;

/// The questions of a quiz.
pub trait Course {
    /// Questions that count as shown before anything is asked.
    fn start(&self, answers: &Answers) -> Vec<QuestionIx>;

    /// The question after those shown so far; none at the end.
    fn next(&self, shown: &[QuestionIx], answers: &Answers) -> Option<QuestionIx>;

    /// Questions that may have been left open.
    fn open(&self, shown: &[QuestionIx], answers: &Answers) -> Vec<QuestionIx>;

    /// How many questions there are, at most.
    fn length(&self) -> usize;

    /// Whether there may be fewer.
    fn may_be_shorter(&self) -> bool;
}

/// Every question, in order.
pub struct Full(pub Vec<QuestionIx>);

impl Course for Full {
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

/// The quick choice, and then the conditions that the roles still in the band meet regularly.
pub struct Quick<'d> {
    design: &'d Design<'d>,
    stopped: Cell<Option<Stop>>,
}

impl<'d> Quick<'d> {
    /// A quick quiz.
    #[must_use]
    pub const fn new(design: &'d Design<'d>) -> Self {
        Self {
            design,
            stopped: Cell::new(None),
        }
    }

    /// Why it stopped asking scored questions, once it has.
    pub const fn why(&self) -> Option<Stop> {
        self.stopped.get()
    }
}

impl Course for Quick<'_> {
    fn start(&self, answers: &Answers) -> Vec<QuestionIx> {
        let all = self.design.asked_questions().into_iter();
        all.filter(|&q| answers.has(q)).collect()
    }

    fn next(&self, shown: &[QuestionIx], answers: &Answers) -> Option<QuestionIx> {
        if self.stopped.get().is_none() {
            match next(self.design, shown, answers) {
                Next::Ask(q) => return Some(q),
                Next::Stop(why) => self.stopped.set(Some(why)),
            }
        }
        let scores = score::score(self.design, answers);
        let fits = fit::fit(self.design, &scores);
        let ranking = rank::rank(self.design, &scores, &fits);
        conditions(self.design, &ranking)
            .into_iter()
            .find(|q| !shown.contains(q))
    }

    fn open(&self, shown: &[QuestionIx], answers: &Answers) -> Vec<QuestionIx> {
        shown.iter().copied().filter(|&q| !answers.has(q)).collect()
    }

    fn length(&self) -> usize {
        MOST
    }

    fn may_be_shorter(&self) -> bool {
        true
    }
}
