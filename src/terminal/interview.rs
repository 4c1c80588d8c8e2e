//! The interview as a state machine without a terminal: what is asked next, and what a reply does.

use crate::error::Result;
use crate::terminal::response_time::ResponseTimes;
use rolescope_core::quiz::{PartAhead, QuestionOrder};
use rolescope_core::{
    AnswerFormat, Answers, Comparison, Pack, Practice, Question, QuestionIx, Section,
};

/// Fewest scored questions that are worth an offer to leave them out.
const WORTH_LEAVING_OUT: usize = 2;

/// Reply of a person to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// An answer, by its code.
    Answer(u8),
    /// Leaves the question as it is and goes on.
    Skip,
    /// Goes back to the question before.
    Back,
    /// Looks over all answers.
    Review,
    /// Stops here; everything is saved.
    Stop,
}

/// Choice of a person on the review of all answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewChoice {
    /// The result, with the answers there are.
    Finish,
    /// Answers what is open, in turn.
    Open,
    /// Sees and changes one question.
    Jump(QuestionIx),
    /// What was right in the puzzles, and why.
    Explain,
    /// Back to the questions.
    Return,
    /// Stops here; everything is saved.
    Stop,
}

/// Question to be asked, with its position in the quiz.
#[derive(Clone, Copy, Debug)]
pub struct AskedQuestion<'p> {
    /// The pack.
    pub pack: &'p Pack,
    /// The question.
    pub question: &'p Question,
    /// Its section.
    pub section: &'p Section,
    /// Whether it is the first of its section.
    pub opens: bool,
    /// The part of the quiz that begins with it, if one does.
    pub part: Option<PartAhead>,
    /// Its number, from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// Whether there may be fewer.
    pub at_most: bool,
    /// The answer that it has so far, or [`Answers::UNANSWERED`](rolescope_core::Answers::UNANSWERED).
    pub so_far: u8,
    /// Minutes that the rest will take at this person's pace; none without a clock.
    pub minutes_left: Option<f64>,
}

/// A puzzle that was answered.
#[derive(Clone, Copy, Debug)]
pub struct AnsweredPuzzle<'p> {
    /// The puzzle.
    pub question: &'p Question,
    /// The code of its answer.
    pub code: u8,
}

/// Review of all answers.
#[derive(Clone, Debug)]
pub struct Overview<'p> {
    /// The pack.
    pub pack: &'p Pack,
    /// Every question of this quiz so far, with the code of its answer.
    pub answers: Vec<(QuestionIx, u8)>,
    /// Those without an answer.
    pub open: Vec<QuestionIx>,
    /// Roles in the band now, and about how many were nothing open.
    pub band: (usize, usize),
    /// Whether every question was shown.
    pub ended: bool,
    /// Whether the quiz was finished before, and is looked at again.
    pub again: bool,
    /// Answered puzzles that can be explained: none before the end.
    pub puzzles: Vec<AnsweredPuzzle<'p>>,
}

/// Whether questions that can change nothing are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeaveOut {
    /// They are.
    Yes,
    /// They are asked all the same.
    No,
    /// The person stopped.
    Stop,
}

/// User interface of the interview.
pub trait Interviewer {
    /// Asks a question and waits for the reply.
    ///
    /// # Errors
    /// When the terminal or the input fails.
    fn ask(&mut self, asked: &AskedQuestion<'_>) -> Result<Reply>;

    /// Shows all answers and waits for a choice.
    ///
    /// # Errors
    /// When the terminal or the input fails.
    fn review(&mut self, overview: &Overview<'_>) -> Result<ReviewChoice>;

    /// Announces a section of puzzles with one to practise on; its answer is not kept.
    ///
    /// # Errors
    /// When the terminal or the input fails.
    fn practise(&mut self, pack: &Pack, section: &Section, practice: &Practice) -> Result<Reply>;

    /// Shows what was right in puzzles, and why; a reply other than to stop goes back to the review.
    ///
    /// # Errors
    /// When the terminal or the input fails.
    fn explain(&mut self, pack: &Pack, puzzles: &[AnsweredPuzzle<'_>]) -> Result<Reply>;

    /// Says that `scored` questions can change nothing in the first group of roles, and asks whether to leave
    /// them out; `others`, about conditions of work, are asked in any case.
    ///
    /// # Errors
    /// When the terminal or the input fails.
    fn leave_out(&mut self, pack: &Pack, scored: usize, others: usize) -> Result<LeaveOut>;
}

/// How an interview ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InterviewEnd {
    /// The result is wanted.
    Done,
    /// Every question has been answered, and nothing else was chosen.
    Complete,
    /// The person stopped.
    Stopped,
}

/// Store of the answers of an interview.
pub trait AnswerRecord {
    /// The answers so far.
    fn answers(&self) -> &Answers;

    /// Saves an answer, and the median response time of ratings in seconds where it is known.
    ///
    /// # Errors
    /// When it cannot be saved.
    fn record(&mut self, question: QuestionIx, code: u8, pace: Option<f64>) -> Result<()>;

    /// Whether the quiz is finished: from then on answers to puzzles stay as they are, since what is right in
    /// them may have been shown.
    fn finished(&self) -> bool;

    /// Records that the quiz is finished.
    ///
    /// # Errors
    /// When it cannot be saved.
    fn finish(&mut self) -> Result<()>;
}

/// Asks the questions of `course` and records every answer before the next question. `clock` gives
/// seconds; without one no pace is kept.
///
/// # Errors
/// When asking or recording fails.
pub fn conduct(
    comparison: &Comparison<'_>,
    course: &QuestionOrder<'_>,
    record: &mut dyn AnswerRecord,
    interviewer: &mut dyn Interviewer,
    clock: Option<&dyn Fn() -> f64>,
) -> Result<InterviewEnd> {
    let mut state = InterviewState {
        comparison,
        course,
        interviewer,
        pace: ResponseTimes::new(clock),
        shown: course.start(record.answers()),
        again: record.finished(),
        record,
        practised: Vec::new(),
        asked_any: false,
        closed: Vec::new(),
        offered: false,
    };
    if state.again {
        state.close_puzzles();
    }
    state.run()
}

struct InterviewState<'a, 'p> {
    comparison: &'a Comparison<'p>,
    course: &'a QuestionOrder<'a>,
    interviewer: &'a mut dyn Interviewer,
    record: &'a mut dyn AnswerRecord,
    pace: ResponseTimes<'a>,
    /// Questions in the order in which Back goes through them.
    shown: Vec<QuestionIx>,
    practised: Vec<usize>,
    asked_any: bool,
    /// Whether the quiz was finished before.
    again: bool,
    /// Puzzles of which it was, or may have been, shown what is right: they are asked no more.
    closed: Vec<QuestionIx>,
    /// Whether it was offered to leave out what can change nothing: once is enough.
    offered: bool,
}

impl<'p> InterviewState<'_, 'p> {
    fn run(mut self) -> Result<InterviewEnd> {
        let mut at = self.shown.len();
        loop {
            if at == self.shown.len() {
                if self.offer_end()? == LeaveOut::Stop {
                    return Ok(InterviewEnd::Stopped);
                }
                let Some(q) = self.course.next(&self.shown, self.record.answers()) else {
                    // nothing was asked: someone came back to look over a complete quiz
                    let complete = self.open().is_empty() && self.asked_any;
                    if complete {
                        return Ok(InterviewEnd::Complete);
                    }
                    match self.review(true)? {
                        Some(end) => return Ok(end),
                        None => continue,
                    }
                };
                self.shown.push(q);
                if self.record.answers().has(q) {
                    at += 1;
                    continue;
                }
                if self.practise(q)? == Some(Reply::Stop) {
                    return Ok(InterviewEnd::Stopped);
                }
            }
            if !self.may_ask(self.shown[at]) {
                at += 1;
                continue;
            }
            self.asked_any = true;
            match self.ask(at)? {
                Reply::Answer(_) | Reply::Skip => at += 1,
                Reply::Back => {
                    let before = self.shown[..at].iter().rposition(|&q| self.may_ask(q));
                    at = before.unwrap_or(at);
                }
                Reply::Stop => return Ok(InterviewEnd::Stopped),
                Reply::Review => {
                    if let Some(end) = self.review(false)? {
                        return Ok(end);
                    }
                }
            }
        }
    }

    /// Offers to leave out the scored questions that are left where no answer to them could change the band
    /// or the order in it.
    fn offer_end(&mut self) -> Result<LeaveOut> {
        let answers = self.record.answers();
        if self.offered || !self.course.may_be_settled() || !self.asked_any {
            return Ok(LeaveOut::No);
        }
        let pack = self.comparison.pack();
        let ahead = self.course.ahead(&self.shown, answers);
        let scored = ahead
            .iter()
            .filter(|&&q| pack.questions()[q].trait_ix().is_some());
        let scored = scored.count();
        if scored < WORTH_LEAVING_OUT || !self.comparison.is_settled(answers) {
            return Ok(LeaveOut::No);
        }
        self.offered = true;
        let choice = self
            .interviewer
            .leave_out(pack, scored, ahead.len() - scored)?;
        if choice == LeaveOut::Yes {
            self.course.leave_out_scored();
        }
        Ok(choice)
    }

    /// Asks the question at a place of `shown`, and records an answer.
    fn ask(&mut self, at: usize) -> Result<Reply> {
        let pack = self.comparison.pack();
        let q = self.shown[at];
        let question = &pack.questions()[q];
        let section = |q: &QuestionIx| pack.questions()[*q].section();
        let answers = self.record.answers();
        let later = self.shown[at + 1..].iter().copied();
        let mut ahead = vec![q];
        ahead.extend(later.filter(|&q| !answers.has(q)));
        ahead.extend(self.course.ahead(&self.shown, answers));
        let asked = AskedQuestion {
            pack,
            question,
            section: &pack.sections()[question.section()],
            opens: !self.shown[..at]
                .iter()
                .any(|q| section(q) == question.section()),
            part: self.course.part(q, &self.shown, answers),
            number: self.course.number(q, at),
            of: self.course.length(),
            at_most: self.course.may_be_shorter(),
            so_far: self.record.answers().code(q),
            minutes_left: self.pace.minutes(pack, &ahead),
        };
        self.pace.start();
        let reply = self.interviewer.ask(&asked)?;
        if let Reply::Answer(code) = reply {
            self.pace.stop(pack, q);
            self.record.record(q, code, self.pace.of_ratings())?;
        }
        Ok(reply)
    }

    /// Announces the section that a question opens, if it has something to practise on.
    fn practise(&mut self, q: QuestionIx) -> Result<Option<Reply>> {
        let pack = self.comparison.pack();
        let number = pack.questions()[q].section();
        let section = &pack.sections()[number];
        let answers = self.record.answers();
        let begun = section.questions().clone().any(|q| answers.has(q));
        let Some(practice) = section.practice() else {
            return Ok(None);
        };
        if begun || self.practised.contains(&number) {
            return Ok(None);
        }
        self.practised.push(number);
        self.interviewer.practise(pack, section, practice).map(Some)
    }

    fn open(&self) -> Vec<QuestionIx> {
        let answers = self.record.answers();
        let mut open = self.course.open(&self.shown, answers);
        open.retain(|&q| !answers.has(q) && self.may_ask(q));
        open
    }

    /// Whether a question may be asked in the review.
    fn may_ask(&self, q: QuestionIx) -> bool {
        !self.closed.contains(&q)
    }

    /// Asks the puzzles that have an answer no more.
    fn close_puzzles(&mut self) {
        let answers = self.record.answers();
        let all = self.comparison.asked_questions().into_iter();
        self.closed = all
            .filter(|&q| self.is_puzzle(q) && answers.has(q))
            .collect();
    }

    fn is_puzzle(&self, q: QuestionIx) -> bool {
        self.comparison.pack().questions()[q].format() == AnswerFormat::Choice
    }

    /// The puzzles of this quiz that have an answer, in the order of asking.
    fn puzzles(&self) -> Vec<AnsweredPuzzle<'p>> {
        let pack = self.comparison.pack();
        let answers = self.record.answers();
        let answered = self.shown.iter().copied();
        answered
            .filter(|&q| self.is_puzzle(q) && answers.has(q))
            .map(|q| AnsweredPuzzle {
                question: &pack.questions()[q],
                code: answers.code(q),
            })
            .collect()
    }

    /// Runs the review until the person continues (none) or ends the interview.
    fn review(&mut self, ended: bool) -> Result<Option<InterviewEnd>> {
        loop {
            let open = self.open();
            let mut all = self.shown.clone();
            all.extend(open.iter().filter(|q| !self.shown.contains(q)));
            all.retain(|&q| self.may_ask(q));
            let answers = self.record.answers();
            let overview = Overview {
                pack: self.comparison.pack(),
                answers: all.iter().map(|&q| (q, answers.code(q))).collect(),
                open: open.clone(),
                band: self.comparison.band_now_and_complete(answers),
                ended,
                again: self.again,
                puzzles: if ended { self.puzzles() } else { Vec::new() },
            };
            let wanted = match self.interviewer.review(&overview)? {
                ReviewChoice::Finish => return Ok(Some(InterviewEnd::Done)),
                ReviewChoice::Stop => return Ok(Some(InterviewEnd::Stopped)),
                ReviewChoice::Return => return Ok(None),
                ReviewChoice::Explain => {
                    // first, so that no kill between the two leaves a puzzle open whose answer was seen
                    self.record.finish()?;
                    self.close_puzzles();
                    match self.interviewer.explain(overview.pack, &overview.puzzles)? {
                        Reply::Stop => return Ok(Some(InterviewEnd::Stopped)),
                        _ => continue,
                    }
                }
                ReviewChoice::Jump(q) => vec![q],
                ReviewChoice::Open => open,
            };
            for q in wanted {
                let at = self.shown.iter().position(|&s| s == q).unwrap_or_else(|| {
                    self.shown.push(q);
                    self.shown.len() - 1
                });
                match self.ask(at)? {
                    Reply::Stop => return Ok(Some(InterviewEnd::Stopped)),
                    Reply::Back | Reply::Review => break,
                    Reply::Answer(_) | Reply::Skip => {}
                }
            }
        }
    }
}
