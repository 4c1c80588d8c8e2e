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

/// The order in which the questions of a quiz are asked.
///
/// Module [`quiz`](crate::quiz) shows how it is used.
pub struct QuestionOrder<'c>(Box<dyn Order + Send + 'c>);

impl<'c> QuestionOrder<'c> {
    /// These questions, one after the other.
    #[must_use]
    pub fn listed(pack: &Pack, questions: Vec<QuestionIx>) -> Self {
        Self(Box::new(ListedOrder::new(pack, questions)))
    }

    /// The full quiz: all questions of a comparison, with the puzzles spread among the ratings.
    #[must_use]
    pub fn full(comparison: &Comparison<'_>) -> Self {
        Self(Box::new(ListedOrder::spread(comparison)))
    }

    /// The quick quiz for someone who has given these answers before it, and then the conditions that roles
    /// of the band regularly meet.
    #[must_use]
    pub fn quick(comparison: &'c Comparison<'c>, answers: &Answers) -> Self {
        Self(Box::new(QuickOrder::new(comparison, answers)))
    }

    /// Nothing more to ask: the answers are looked over in the order of the full quiz. Questions without an
    /// answer are left open where `open` says so, and left out otherwise.
    #[must_use]
    pub fn review(comparison: &Comparison<'_>, answers: &Answers, open: bool) -> Self {
        Self(Box::new(ReviewOrder::new(comparison, answers, open)))
    }

    /// Questions that count as shown before anything is asked.
    #[must_use]
    pub fn start(&self, answers: &Answers) -> Vec<QuestionIx> {
        self.0.start(answers)
    }

    /// The question after those shown so far; none at the end.
    #[must_use]
    pub fn next(&self, shown: &[QuestionIx], answers: &Answers) -> Option<QuestionIx> {
        self.0.next(shown, answers)
    }

    /// Questions that are still unanswered.
    #[must_use]
    pub fn open(&self, shown: &[QuestionIx], answers: &Answers) -> Vec<QuestionIx> {
        self.0.open(shown, answers)
    }

    /// Questions that come after those shown so far, at most and as far as can be told.
    #[must_use]
    pub fn ahead(&self, shown: &[QuestionIx], answers: &Answers) -> Vec<QuestionIx> {
        self.0.ahead(shown, answers)
    }

    /// How many questions there are, at most. It stays the same throughout a quiz.
    #[must_use]
    pub fn length(&self) -> usize {
        self.0.length()
    }

    /// The number of a question, from 1; `at` is its place among those shown.
    #[must_use]
    pub fn number(&self, q: QuestionIx, at: usize) -> usize {
        self.0.number(q, at)
    }

    /// The part that a question begins after those `shown`; none where it goes on with one, or is the first.
    #[must_use]
    pub fn part(
        &self,
        q: QuestionIx,
        shown: &[QuestionIx],
        answers: &Answers,
    ) -> Option<PartAhead> {
        self.0.part(q, shown, answers)
    }

    /// Whether someone may be asked to leave out scored questions that can change nothing.
    #[must_use]
    pub fn may_be_settled(&self) -> bool {
        self.0.may_be_settled()
    }

    /// Leaves out all scored questions that are not shown yet.
    pub fn leave_out_scored(&self) {
        self.0.leave_out_scored();
    }

    /// Whether there may be fewer.
    #[must_use]
    pub fn may_be_shorter(&self) -> bool {
        self.0.may_be_shorter()
    }

    /// Why the quick quiz asked no more that is scored, once it has ended.
    #[must_use]
    pub fn ended_because(&self) -> Option<StopReason> {
        self.0.ended_because()
    }
}

/// Strategy that chooses the questions of a quiz; its methods are those of [`QuestionOrder`].
trait Order {
    fn start(&self, answers: &Answers) -> Vec<QuestionIx>;
    fn next(&self, shown: &[QuestionIx], answers: &Answers) -> Option<QuestionIx>;
    fn open(&self, shown: &[QuestionIx], answers: &Answers) -> Vec<QuestionIx>;
    fn ahead(&self, shown: &[QuestionIx], answers: &Answers) -> Vec<QuestionIx>;
    fn length(&self) -> usize;

    fn number(&self, q: QuestionIx, at: usize) -> usize {
        let _ = q;
        at + 1
    }

    fn part(&self, q: QuestionIx, shown: &[QuestionIx], answers: &Answers) -> Option<PartAhead>;

    fn may_be_settled(&self) -> bool {
        false
    }

    fn leave_out_scored(&self) {}

    fn may_be_shorter(&self) -> bool {
        false
    }

    fn ended_because(&self) -> Option<StopReason> {
        None
    }
}

/// Most ratings that are asked in a row where there are puzzles to put between.
const RATINGS_IN_A_ROW: usize = 12;

/// All questions in a fixed order.
struct ListedOrder {
    questions: Vec<QuestionIx>,
    /// Section of each of them, where it is known.
    sections: Vec<usize>,
    /// Those that are scored, once they are left out.
    left_out: RefCell<Vec<QuestionIx>>,
    scored: Vec<QuestionIx>,
}

impl ListedOrder {
    fn new(pack: &Pack, questions: Vec<QuestionIx>) -> Self {
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
    fn spread(comparison: &Comparison<'_>) -> Self {
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

impl Order for ListedOrder {
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

    fn may_be_settled(&self) -> bool {
        true
    }

    fn leave_out_scored(&self) {
        self.left_out.borrow_mut().clone_from(&self.scored);
    }
}

/// Nothing more to ask: a quiz whose questions are looked over.
struct ReviewOrder {
    answered: Vec<QuestionIx>,
    open: Vec<QuestionIx>,
}

impl ReviewOrder {
    fn new(comparison: &Comparison<'_>, answers: &Answers, open: bool) -> Self {
        let all = ListedOrder::spread(comparison).questions.into_iter();
        let (answered, others) = all.partition(|&q| answers.has(q));
        let open = if open { others } else { Vec::new() };
        Self { answered, open }
    }
}

impl Order for ReviewOrder {
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
}

/// Adaptive order of the quick quiz, followed by the conditions that roles of the band regularly meet.
struct QuickOrder<'d> {
    comparison: &'d Comparison<'d>,
    stopped: Cell<Option<StopReason>>,
    /// The most scored questions that can be asked, and the most conditions.
    most: (usize, usize),
}

impl<'d> QuickOrder<'d> {
    fn new(comparison: &'d Comparison<'d>, answers: &Answers) -> Self {
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
}

impl Order for QuickOrder<'_> {
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

    fn ended_because(&self) -> Option<StopReason> {
        self.stopped.get()
    }
}
