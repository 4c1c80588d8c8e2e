//! Order of the questions of a quiz: all of them with the puzzles spread among the ratings, or the adaptive
//! choice of the quick quiz.

use crate::adaptive::selection::{QuickQuiz, StopReason};
use crate::pack::model::{AnswerFormat, Pack, QuestionIx};
use crate::scoring::answers::Answers;
use crate::scoring::comparison::Comparison;
use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;

/// A run of questions of one section that begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartAhead {
    /// How many questions it has.
    pub questions: usize,
    /// How many questions are left with them, at most.
    pub left: usize,
}

/// Strategy that chooses the questions of a quiz.
pub trait QuestionOrder {
    /// Questions that count as shown before anything is asked.
    fn start(&self, answers: &Answers) -> Vec<QuestionIx>;

    /// The question after those shown so far; none at the end.
    fn next(&self, shown: &[QuestionIx], answers: &Answers) -> Option<QuestionIx>;

    /// Questions that are still unanswered.
    fn open(&self, shown: &[QuestionIx], answers: &Answers) -> Vec<QuestionIx>;

    /// Questions that come after those shown so far, at most and as far as can be told.
    fn ahead(&self, shown: &[QuestionIx], answers: &Answers) -> Vec<QuestionIx>;

    /// How many questions there are, at most. It stays the same throughout a quiz.
    fn length(&self) -> usize;

    /// The number of a question, from 1; `at` is its place among those shown.
    fn number(&self, q: QuestionIx, at: usize) -> usize {
        let _ = q;
        at + 1
    }

    /// The part that a question begins after those `shown`; none where it goes on with one, or is the first.
    fn part(&self, q: QuestionIx, shown: &[QuestionIx], answers: &Answers) -> Option<PartAhead>;

    /// Whether someone may be asked to leave out scored questions that can change nothing.
    fn may_be_settled(&self) -> bool {
        false
    }

    /// Leaves out all scored questions that are not shown yet.
    fn leave_out_scored(&self) {}

    /// Whether there may be fewer.
    fn may_be_shorter(&self) -> bool;
}

/// Most ratings that are asked in a row where there are puzzles to put between.
const RATINGS_IN_A_ROW: usize = 12;

/// All questions in a fixed order.
pub struct FullOrder {
    questions: Vec<QuestionIx>,
    /// Section of each of them, where it is known.
    sections: Vec<usize>,
    /// Those that are scored, once they are left out.
    left_out: RefCell<Vec<QuestionIx>>,
    scored: Vec<QuestionIx>,
}

impl FullOrder {
    /// These questions, one after the other.
    #[must_use]
    pub fn new(pack: &Pack, questions: Vec<QuestionIx>) -> Self {
        let scored = questions.iter().copied();
        Self {
            sections: questions.iter().map(|&q| section(pack, q)).collect(),
            left_out: RefCell::default(),
            scored: scored
                .filter(|&q| pack.questions()[q].trait_ix().is_some())
                .collect(),
            questions,
        }
    }

    /// The questions, in their order.
    #[must_use]
    pub fn questions(&self) -> &[QuestionIx] {
        &self.questions
    }

    /// Those that are asked.
    fn asked(&self) -> impl Iterator<Item = QuestionIx> {
        let left_out = self.left_out.borrow();
        self.questions
            .iter()
            .copied()
            .filter(|q| !left_out.contains(q))
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// The questions of a comparison, with the puzzles spread among the ratings: some after each part of at
    /// most twelve, those that come first within their trait first. A pack lists a trait's puzzles from
    /// easy to hard. What is no puzzle keeps the order of the pack.
    #[must_use]
    pub fn spread(comparison: &Comparison<'_>) -> Self {
        let pack = comparison.pack();
        let asked = comparison.asked_questions();
        let format = |q: QuestionIx| pack.questions()[q].format();
        let (puzzles, others): (Vec<_>, Vec<_>) = asked
            .into_iter()
            .partition(|&q| format(q) == AnswerFormat::Choice);
        // parts of a section are as long as each other, give or take one question
        let mut parts: Vec<&[QuestionIx]> = Vec::new();
        for run in others.chunk_by(|&a, &b| section(pack, a) == section(pack, b)) {
            let most = if format(run[0]) == AnswerFormat::Rating {
                RATINGS_IN_A_ROW
            } else {
                run.len()
            };
            let count = run.len().div_ceil(most);
            parts.extend(
                (0..count).map(|n| &run[n * run.len() / count..(n + 1) * run.len() / count]),
            );
        }
        let rated = |part: &&[QuestionIx]| format(part[0]) == AnswerFormat::Rating;
        let places = parts.iter().filter(|part| rated(part)).count();
        if places == 0 {
            return Self::new(pack, comparison.asked_questions());
        }
        let puzzles = easy_first(pack, &puzzles);
        let mut order = Vec::new();
        let mut passed = 0;
        for part in &parts {
            order.extend_from_slice(part);
            if rated(part) {
                let due = |n: usize| puzzles.len() * n / places;
                order.extend_from_slice(&puzzles[due(passed)..due(passed + 1)]);
                passed += 1;
            }
        }
        Self::new(pack, order)
    }
}

/// The section of a question.
fn section(pack: &Pack, q: QuestionIx) -> usize {
    pack.questions()[q].section()
}

/// Puzzles by their place within their trait, then in the order of the pack.
fn easy_first(pack: &Pack, puzzles: &[QuestionIx]) -> Vec<QuestionIx> {
    let of = |q: QuestionIx| pack.questions()[q].trait_ix();
    let mut placed: Vec<(usize, QuestionIx)> = (puzzles.iter().enumerate())
        .map(|(at, &q)| {
            let before = puzzles[..at].iter().filter(|&&p| of(p) == of(q));
            (before.count(), q)
        })
        .collect();
    placed.sort_by_key(|&(place, _)| place);
    placed.into_iter().map(|(_, q)| q).collect()
}

impl QuestionOrder for FullOrder {
    fn start(&self, answers: &Answers) -> Vec<QuestionIx> {
        self.asked().take_while(|&q| answers.has(q)).collect()
    }

    fn next(&self, shown: &[QuestionIx], _: &Answers) -> Option<QuestionIx> {
        self.asked().find(|q| !shown.contains(q))
    }

    fn open(&self, _: &[QuestionIx], answers: &Answers) -> Vec<QuestionIx> {
        self.asked().filter(|&q| !answers.has(q)).collect()
    }

    fn ahead(&self, shown: &[QuestionIx], answers: &Answers) -> Vec<QuestionIx> {
        self.asked()
            .filter(|q| !shown.contains(q) && !answers.has(*q))
            .collect()
    }

    fn length(&self) -> usize {
        self.questions.len()
    }

    fn number(&self, q: QuestionIx, at: usize) -> usize {
        let place = self.questions.iter().position(|&other| other == q);
        place.unwrap_or(at) + 1
    }

    fn part(&self, q: QuestionIx, shown: &[QuestionIx], answers: &Answers) -> Option<PartAhead> {
        let at = self.questions.iter().position(|&other| other == q)?;
        let section = self.sections[at];
        if at == 0 || self.sections[at - 1] == section {
            return None;
        }
        let run = self.sections[at..].iter().take_while(|&&s| s == section);
        let ahead = self.ahead(shown, answers);
        Some(PartAhead {
            questions: run.count(),
            left: ahead.iter().filter(|&&other| other != q).count() + 1,
        })
    }

    fn may_be_shorter(&self) -> bool {
        false
    }

    fn may_be_settled(&self) -> bool {
        true
    }

    fn leave_out_scored(&self) {
        self.left_out.borrow_mut().clone_from(&self.scored);
    }
}

/// Nothing more to ask: a quiz whose questions are looked over.
pub struct ReviewOrder {
    answered: Vec<QuestionIx>,
    open: Vec<QuestionIx>,
}

impl ReviewOrder {
    /// The questions of a comparison that have an answer, in the order of the full quiz.
    #[must_use]
    pub fn of_answered(comparison: &Comparison<'_>, answers: &Answers) -> Self {
        Self {
            open: Vec::new(),
            ..Self::of_all(comparison, answers)
        }
    }

    /// The same with the questions that have none yet, as open ones.
    #[must_use]
    pub fn of_all(comparison: &Comparison<'_>, answers: &Answers) -> Self {
        let all = FullOrder::spread(comparison).questions.into_iter();
        let (answered, open) = all.partition(|&q| answers.has(q));
        Self { answered, open }
    }
}

impl QuestionOrder for ReviewOrder {
    fn start(&self, _: &Answers) -> Vec<QuestionIx> {
        self.answered.clone()
    }

    fn next(&self, _: &[QuestionIx], _: &Answers) -> Option<QuestionIx> {
        None
    }

    fn open(&self, _: &[QuestionIx], answers: &Answers) -> Vec<QuestionIx> {
        let open = self.open.iter().copied();
        open.filter(|&q| !answers.has(q)).collect()
    }

    fn ahead(&self, _: &[QuestionIx], _: &Answers) -> Vec<QuestionIx> {
        Vec::new()
    }

    fn length(&self) -> usize {
        self.answered.len() + self.open.len()
    }

    fn part(&self, _: QuestionIx, _: &[QuestionIx], _: &Answers) -> Option<PartAhead> {
        None
    }

    fn number(&self, q: QuestionIx, at: usize) -> usize {
        let mut all = self.answered.iter().chain(&self.open);
        all.position(|&other| other == q).unwrap_or(at) + 1
    }

    fn may_be_shorter(&self) -> bool {
        false
    }
}

/// Adaptive order of the quick quiz, followed by the conditions that roles of the band regularly meet.
pub struct QuickOrder<'d> {
    comparison: &'d Comparison<'d>,
    stopped: Cell<Option<StopReason>>,
    /// The most scored questions that can be asked, and the most conditions.
    most: (usize, usize),
}

impl<'d> QuickOrder<'d> {
    /// A quick quiz for someone who has given these answers before it.
    #[must_use]
    pub fn new(comparison: &'d Comparison<'d>, answers: &Answers) -> Self {
        let pack = comparison.pack();
        let scored: Vec<QuestionIx> = comparison.discriminating_questions().collect();
        // those of the core are asked in any case, and what has an answer counts as asked
        let sure = scored
            .iter()
            .filter(|&&q| pack.questions()[q].core() || answers.has(q));
        let sure = sure.count();
        let conditions = (pack.conditions().iter().enumerate()).filter(|&(c, &q)| {
            answers.has(q)
                || (0..comparison.candidates().len())
                    .any(|at| comparison.role(at).exposures()[c] >= 2)
        });
        Self {
            most: (
                scored.len().min(QuickQuiz::MOST).max(sure),
                conditions.count(),
            ),
            comparison,
            stopped: Cell::new(None),
        }
    }

    /// The conditions that roles of the band meet regularly.
    fn conditions(&self, answers: &Answers) -> Vec<QuestionIx> {
        QuickQuiz::new(self.comparison).conditions(answers)
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
            match QuickQuiz::new(self.comparison).next(shown, answers) {
                ControlFlow::Continue(q) => return Some(q),
                ControlFlow::Break(why) => self.stopped.set(Some(why)),
            }
        }
        self.conditions(answers)
            .into_iter()
            .find(|q| !shown.contains(q))
    }

    fn open(&self, shown: &[QuestionIx], answers: &Answers) -> Vec<QuestionIx> {
        shown.iter().copied().filter(|&q| !answers.has(q)).collect()
    }

    fn ahead(&self, shown: &[QuestionIx], answers: &Answers) -> Vec<QuestionIx> {
        let pack = self.comparison.pack();
        let open = |q: &QuestionIx| !shown.contains(q) && !answers.has(*q);
        if self.stopped.get().is_some() {
            return self.conditions(answers).into_iter().filter(open).collect();
        }
        let scored: Vec<QuestionIx> = self.comparison.discriminating_questions().collect();
        let done = scored.iter().filter(|q| !open(q)).count();
        let (mut core, others): (Vec<_>, Vec<_>) =
            (scored.iter().copied().filter(open)).partition(|&q| pack.questions()[q].core());
        // which of the others will be asked is not known: some from everywhere
        let room = QuickQuiz::MOST.saturating_sub(done + core.len());
        let some = room.min(others.len());
        core.extend((0..some).map(|n| others[n * others.len() / some]));
        let conditions = pack.conditions().iter().copied();
        core.extend(conditions.filter(open).take(self.most.1));
        core
    }

    fn length(&self) -> usize {
        self.most.0 + self.most.1
    }

    fn part(&self, q: QuestionIx, shown: &[QuestionIx], answers: &Answers) -> Option<PartAhead> {
        let pack = self.comparison.pack();
        let condition = |q: QuestionIx| pack.questions()[q].trait_ix().is_none();
        let before = shown.iter().copied().filter(|&other| other != q);
        if !condition(q) || before.clone().any(condition) || before.count() == 0 {
            return None;
        }
        let ahead = self.ahead(shown, answers);
        let left = ahead.iter().filter(|&&other| other != q).count() + 1;
        Some(PartAhead {
            questions: left,
            left,
        })
    }

    fn may_be_shorter(&self) -> bool {
        true
    }
}
