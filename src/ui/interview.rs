//! The conversation of a quiz, without a terminal: what is asked next, and what a reply does.

use crate::engine::answers::Answers;
use crate::engine::pack::{Format, Pack, Question, QuestionIx, Section};
use crate::error::Result;

/// What a person said to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// An answer, by its code.
    Answer(u8),
    /// Leaves the question as it is and goes on.
    Skip,
    /// Goes back to the question before.
    Back,
    /// Stops here; everything is saved.
    Stop,
}

/// A question and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'p> {
    /// The pack.
    pub pack: &'p Pack,
    /// The question.
    pub question: &'p Question,
    /// Its section.
    pub section: &'p Section,
    /// Whether it opens its section here.
    pub opens: bool,
    /// Its number, from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// The answer that it has so far, or [`UNANSWERED`](crate::engine::answers::UNANSWERED).
    pub so_far: u8,
    /// Minutes that the rest will take at this person's pace, once that is known.
    pub minutes_left: Option<f64>,
}

/// Someone who is asked.
pub trait Interviewer {
    /// Asks a question and waits for the reply.
    ///
    /// # Errors
    /// When the terminal or the input fails.
    fn ask(&mut self, asked: &Asked<'_>) -> Result<Reply>;
}

/// How a conversation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Every question was shown.
    Done,
    /// The person stopped.
    Stopped,
}

/// A pause longer than this, in seconds, is no pace.
const PAUSE: f64 = 120.0;
/// A pace needs at least this many ratings.
const ENOUGH: usize = 10;

/// Asks `questions` in order, from the first without an answer, and calls `changed` after every
/// change, before the next question. `clock` gives seconds; without one no pace is kept.
///
/// # Errors
/// When asking or `changed` fails.
pub fn conduct(
    pack: &Pack,
    questions: &[QuestionIx],
    answers: &mut Answers,
    interviewer: &mut dyn Interviewer,
    clock: Option<&dyn Fn() -> f64>,
    changed: &mut dyn FnMut(&Answers) -> Result<()>,
) -> Result<End> {
    let open = |answers: &Answers, from: usize| {
        (from..questions.len())
            .find(|&at| !answers.has(questions[at]))
            .unwrap_or(questions.len())
    };
    let (mut ratings, mut all) = (Vec::new(), Vec::new());
    let mut at = open(answers, 0);
    // beyond this, questions with an answer are passed over; up to it, back has shown them
    let mut furthest = at;
    while at < questions.len() {
        let q = questions[at];
        let question = &pack.questions[q];
        let asked = Asked {
            pack,
            question,
            section: &pack.sections[question.section],
            opens: at == 0 || pack.questions[questions[at - 1]].section != question.section,
            number: at + 1,
            of: questions.len(),
            so_far: answers.code(q),
            minutes_left: median(&all).map(|seconds| seconds * count(questions.len() - at) / 60.0),
        };
        let before = clock.map(|now| now());
        let reply = interviewer.ask(&asked)?;
        let seconds = clock.zip(before).map(|(now, before)| now() - before);
        match reply {
            Reply::Answer(code) => {
                if let Some(seconds) = seconds.filter(|s| *s < PAUSE) {
                    all.push(seconds);
                    if question.format() == Format::Rating {
                        ratings.push(seconds);
                    }
                    if ratings.len() >= ENOUGH {
                        answers.pace = median(&ratings);
                    }
                }
                answers.set(q, code);
                changed(answers)?;
            }
            Reply::Skip => {}
            Reply::Back => {
                at = at.saturating_sub(1);
                continue;
            }
            Reply::Stop => return Ok(End::Stopped),
        }
        at = if at < furthest {
            at + 1
        } else {
            open(answers, at + 1)
        };
        furthest = furthest.max(at);
    }
    Ok(End::Done)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "at most some thousand questions"
)]
fn count(n: usize) -> f64 {
    n as f64
}

fn median(seconds: &[f64]) -> Option<f64> {
    let mut sorted = seconds.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}
