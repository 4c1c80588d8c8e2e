//! One person's answers: a byte a question (scoring, section 1).

use crate::pack::model::{AnswerFormat, Measure, Pack, Question, QuestionIx};

/// The code of a question without an answer.
pub const UNANSWERED: u8 = 0;
/// The code of "I don't know": one more than there are answers to choose from.
pub const DONT_KNOW: u8 = 10;

/// Why something written is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// The pack has no question of this id.
    #[error("no question {0:?}")]
    Question(String),
    /// The question cannot be answered so.
    #[error("{id}: {found:?}: write {right}")]
    Answer {
        /// Id of the question.
        id: String,
        /// What was written.
        found: String,
        /// What may be written.
        right: String,
    },
}

/// The answers of one person, by position of the question: [`UNANSWERED`], 1..=choices, or
/// [`DONT_KNOW`] for a choice.
#[derive(Debug)]
pub struct Answers {
    codes: Vec<u8>,
    /// Questions that were asked at all.
    asked: usize,
    /// Median seconds a rating, where the quiz measured it.
    pub pace: Option<f64>,
}

impl Clone for Answers {
    fn clone(&self) -> Self {
        Self {
            codes: self.codes.clone(),
            asked: self.asked,
            pace: self.pace,
        }
    }

    // a batch copies into memory that is used again
    fn clone_from(&mut self, other: &Self) {
        self.codes.clone_from(&other.codes);
        self.asked = other.asked;
        self.pace = other.pace;
    }
}

// what was asked is known of an input, and is no part of what a person said
impl PartialEq for Answers {
    fn eq(&self, other: &Self) -> bool {
        self.codes == other.codes && self.pace == other.pace
    }
}

impl Answers {
    /// Nothing answered yet.
    #[must_use]
    pub fn none(pack: &Pack) -> Self {
        Self {
            codes: vec![UNANSWERED; pack.questions.len()],
            asked: pack.questions.len(),
            pace: None,
        }
    }

    /// Something answered to every question: for what depends on there being an answer, whatever it is.
    #[must_use]
    pub fn complete(pack: &Pack) -> Self {
        Self {
            codes: vec![1; pack.questions.len()],
            asked: pack.questions.len(),
            pace: None,
        }
    }

    /// How many questions were asked: those of the pack, unless an input has fewer.
    #[must_use]
    pub const fn asked(&self) -> usize {
        self.asked
    }

    /// States how many questions were asked, up to those of the pack.
    pub fn set_asked(&mut self, questions: usize) {
        self.asked = questions.min(self.codes.len());
    }

    /// The code given to a question.
    #[must_use]
    pub fn code(&self, q: QuestionIx) -> u8 {
        self.codes[q]
    }

    /// Records a code: an answer, or [`UNANSWERED`] to take one back.
    pub fn set(&mut self, q: QuestionIx, code: u8) {
        self.codes[q] = code;
    }

    /// Records an answer by the question's id, as it is written in files: a number, a letter, `?`;
    /// nothing takes one back.
    ///
    /// # Errors
    /// When the pack has no such question, or the question no such answer; with what would be right.
    pub fn write(&mut self, pack: &Pack, id: &str, answer: &str) -> Result<(), AnswerError> {
        let q = pack
            .question(id)
            .ok_or_else(|| AnswerError::Question(id.to_owned()))?;
        let question = &pack.questions[q];
        let code = match answer.trim() {
            "" => Some(UNANSWERED),
            answer => code_of(question, answer),
        };
        let code = code.ok_or_else(|| AnswerError::Answer {
            id: id.to_owned(),
            found: answer.to_owned(),
            right: allowed(question),
        })?;
        self.set(q, code);
        Ok(())
    }

    /// Whether a question has an answer.
    #[must_use]
    pub fn has(&self, q: QuestionIx) -> bool {
        self.codes[q] != UNANSWERED
    }

    /// How many questions have an answer.
    #[must_use]
    pub fn count(&self) -> usize {
        self.codes.iter().filter(|&&c| c != UNANSWERED).count()
    }

    /// All codes, by position of the question.
    #[must_use]
    pub fn codes(&self) -> &[u8] {
        &self.codes
    }

    /// All codes, to be filled with those of the next person.
    pub fn codes_mut(&mut self) -> &mut [u8] {
        &mut self.codes
    }

    /// Keyed value u of a scored question, 0..=1; none where unanswered or not scored.
    #[must_use]
    pub fn keyed(&self, pack: &Pack, q: QuestionIx) -> Option<f64> {
        keyed(&pack.questions[q], self.codes[q])
    }
}

/// Keyed value u of a code given to a question, 0..=1; none where unanswered or not scored.
pub(crate) fn keyed(question: &Question, code: u8) -> Option<f64> {
    if code == UNANSWERED {
        return None;
    }
    match &question.measure {
        Measure::Rating { reverse, .. } => {
            let u = f64::from(code - 1) / f64::from(question.choices - 1);
            Some(if *reverse { 1.0 - u } else { u })
        }
        // what a blind guess earns on average, so that honesty costs nothing
        Measure::Choice { .. } if code == DONT_KNOW => Some(1.0 / f64::from(question.choices)),
        Measure::Choice { answer, .. } => Some(f64::from(u8::from(code == *answer))),
        Measure::Condition(_) => None,
    }
}

/// The code for an answer as it is written in files: a number, a letter, or `?`.
#[must_use]
pub fn code_of(question: &Question, written: &str) -> Option<u8> {
    let written = written.trim();
    let code = match question.format() {
        AnswerFormat::Choice => match written.as_bytes() {
            b"?" => return Some(DONT_KNOW),
            [letter] if letter.is_ascii_alphabetic() => letter.to_ascii_lowercase() - b'a' + 1,
            _ => return None,
        },
        AnswerFormat::Rating | AnswerFormat::Condition => match written.as_bytes() {
            [digit] if digit.is_ascii_digit() => digit - b'0',
            _ => return None,
        },
    };
    (1..=question.choices).contains(&code).then_some(code)
}

/// How a code is written in files; empty where unanswered.
#[must_use]
pub fn written(question: &Question, code: u8) -> String {
    match (code, question.format()) {
        (UNANSWERED, _) => String::new(),
        (DONT_KNOW, _) => "?".to_owned(),
        (code, AnswerFormat::Choice) => char::from(b'a' + code - 1).to_string(),
        (code, _) => code.to_string(),
    }
}

/// What may be written for a question, in words.
#[must_use]
pub fn allowed(question: &Question) -> String {
    match question.format() {
        AnswerFormat::Choice => format!(
            "a letter a to {} or ? for \"I don't know\"",
            char::from(b'a' + question.choices - 1)
        ),
        AnswerFormat::Rating | AnswerFormat::Condition => {
            format!("a whole number 1 to {}", question.choices)
        }
    }
}
