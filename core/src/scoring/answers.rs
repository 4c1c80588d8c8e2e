//! Answers of one person, one byte a question (scoring, section 1).

use crate::pack::model::{AnswerFormat, Measure, Pack, Question, QuestionIx};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// The code of a question without an answer.
pub(crate) const UNANSWERED: u8 = 0;
/// The code of "I don't know": one more than there are answers to choose from.
pub(crate) const DONT_KNOW: u8 = 10;

/// Why something is no answer.
///
/// ```
/// # use rolescope_core::{Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// use rolescope_core::{AnswerError, Answers};
///
/// let refused = Answers::none(&pack).set(0, 4);
/// assert_eq!(refused, Err(AnswerError::Code(0, 4)));
/// ```
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AnswerError {
    /// The pack has no question at this position.
    #[error("no question at position {0}")]
    Position(usize),
    /// The question at this position has no answer of this code.
    #[error("question at position {0}: no answer has the code {1}")]
    Code(usize, u8),
    /// Codes are not as many as there are questions.
    #[error("{found} answers to {right} questions")]
    Length {
        /// How many codes were given.
        found: usize,
        /// How many questions there are.
        right: usize,
    },
    /// The seconds a rating are out of range.
    #[error("seconds from 0 to 86400")]
    Pace,
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
    /// A text is no code of answers to the pack.
    #[error("{}{reason}", group_at(*.group, .found))]
    AnswerCode {
        /// The group at fault, from 1; `RS1` is the first.
        group: Option<usize>,
        /// Where in the text it begins, in characters from 0.
        at: usize,
        /// What was found there, as it was written.
        found: String,
        /// What is wrong, and what would be right.
        reason: String,
    },
}

/// The group of a code that is at fault, where it is known, to begin a message.
fn group_at(group: Option<usize>, found: &str) -> String {
    group.map_or_else(String::new, |group| format!("group {group}, {found:?}: "))
}

/// The answers of one person, by position of the question: [`Answers::UNANSWERED`], 1..=choices, or
/// [`Answers::DONT_KNOW`] for a choice.
///
/// ```
/// use rolescope_core::{AnswerError, Answers, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
///
/// let mut answers = Answers::none(&pack);
/// answers.set(0, 3)?; // the third label of the first question
/// answers.write(&pack, "rush-1", "2")?;
/// assert_eq!(answers.count(), 2);
/// assert_eq!(answers.set(0, 200), Err(AnswerError::Code(0, 200)));
/// # Ok::<(), AnswerError>(())
/// ```
#[derive(Debug)]
pub struct Answers {
    codes: Vec<u8>,
    /// Questions that were asked at all.
    asked: usize,
    /// What may be answered to each question: the same for all who are asked them.
    limits: Arc<Limits>,
    /// Median seconds a rating, where the quiz measured it.
    pub(crate) pace: Option<f64>,
}

impl Answers {
    /// Median seconds a rating, where the quiz measured it.
    #[must_use]
    pub const fn pace(&self) -> Option<f64> {
        self.pace
    }
}

/// What may be answered to each question, by position: a list of each bound, so that the bounds of many
/// questions are looked at together.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Limits {
    /// The largest code of an answer.
    most: Vec<u8>,
    /// The code of "I don't know" where there is one, else again [`Answers::UNANSWERED`].
    extra: Vec<u8>,
}

impl Limits {
    fn of(questions: &[Question]) -> Self {
        let extra = |question: &Question| match question.format() {
            AnswerFormat::Choice => DONT_KNOW,
            AnswerFormat::Rating | AnswerFormat::Condition => UNANSWERED,
        };
        Self {
            most: questions.iter().map(|question| question.choices).collect(),
            extra: questions.iter().map(extra).collect(),
        }
    }

    /// For each of these codes, whether it is an answer to the question at its position.
    #[expect(
        clippy::needless_bitwise_bool,
        reason = "a branch would end the vector"
    )]
    fn allow(&self, codes: &[u8]) -> impl Iterator<Item = bool> {
        let bounds = self.most.iter().zip(&self.extra);
        // without a branch many codes are looked at together
        codes
            .iter()
            .zip(bounds)
            .map(|(&code, (&most, &extra))| (code <= most) | (code == extra))
    }
}

impl PartialEq for Answers {
    fn eq(&self, other: &Self) -> bool {
        self.codes == other.codes && self.pace == other.pace
    }
}

impl Clone for Answers {
    fn clone(&self) -> Self {
        Self {
            codes: self.codes.clone(),
            asked: self.asked,
            limits: Arc::clone(&self.limits),
            pace: self.pace,
        }
    }

    // a batch copies into memory that is used again
    fn clone_from(&mut self, other: &Self) {
        self.codes.clone_from(&other.codes);
        self.asked = other.asked;
        if !Arc::ptr_eq(&self.limits, &other.limits) {
            self.limits = Arc::clone(&other.limits);
        }
        self.pace = other.pace;
    }
}

impl Answers {
    /// Nothing answered yet.
    #[must_use]
    pub fn none(pack: &Pack) -> Self {
        Self {
            codes: vec![UNANSWERED; pack.questions.len()],
            asked: pack.questions.len(),
            limits: Arc::new(Limits::of(&pack.questions)),
            pace: None,
        }
    }

    /// Something answered to every question: for what depends on there being an answer, whatever it is.
    #[must_use]
    pub fn complete(pack: &Pack) -> Self {
        let mut all = Self::none(pack);
        all.codes.fill(1);
        all
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

    /// The code of a question without an answer: 0.
    pub const UNANSWERED: u8 = UNANSWERED;
    /// The code of "I don't know" to a choice: 10, one more than there are answers to choose from.
    pub const DONT_KNOW: u8 = DONT_KNOW;
    /// Seconds a rating that may be stated.
    pub const PACE: RangeInclusive<f64> = 0.0..=86_400.0;

    /// The code given to a question.
    #[must_use]
    pub fn code(&self, q: QuestionIx) -> u8 {
        self.codes[q]
    }

    /// Records a code: an answer, or [`Answers::UNANSWERED`] to take one back.
    ///
    /// # Errors
    /// When there is no question at this position, or it has no answer of this code; nothing is then
    /// recorded.
    pub fn set(&mut self, q: QuestionIx, code: u8) -> Result<(), AnswerError> {
        let (most, extra) = (self.limits.most.get(q), self.limits.extra.get(q));
        let (&most, &extra) = most.zip(extra).ok_or(AnswerError::Position(q))?;
        if code > most && code != extra {
            return Err(AnswerError::Code(q, code));
        }
        self.codes[q] = code;
        Ok(())
    }

    /// Records the codes of all questions, by position.
    ///
    /// # Errors
    /// When they are not as many as the questions, or one is no answer to its question; nothing is then
    /// recorded.
    pub fn set_all(&mut self, codes: &[u8]) -> Result<(), AnswerError> {
        if codes.len() != self.codes.len() {
            let (found, right) = (codes.len(), self.codes.len());
            return Err(AnswerError::Length { found, right });
        }
        // in bytes, as codes are, so that as many as possible are looked at together
        let wrong = |any, one: bool| any | u8::from(!one);
        if self.limits.allow(codes).fold(0, wrong) != 0
            && let Some(q) = self.limits.allow(codes).position(|one| !one)
        {
            return Err(AnswerError::Code(q, codes[q]));
        }
        self.codes.copy_from_slice(codes);
        Ok(())
    }

    /// States the median seconds a rating, or that they were not measured.
    ///
    /// # Errors
    /// When they are out of [`Answers::PACE`]; nothing is then stated.
    pub fn set_pace(&mut self, seconds: Option<f64>) -> Result<(), AnswerError> {
        if seconds.is_some_and(|seconds| !Self::PACE.contains(&seconds)) {
            return Err(AnswerError::Pace);
        }
        self.pace = seconds;
        Ok(())
    }

    /// Takes back every answer, and the pace.
    pub fn clear(&mut self) {
        self.codes.fill(UNANSWERED);
        self.pace = None;
    }

    /// Records a code that is known to be an answer.
    pub(crate) fn put(&mut self, q: QuestionIx, code: u8) {
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
            answer => question.code_of(answer),
        };
        let code = code.ok_or_else(|| AnswerError::Answer {
            id: id.to_owned(),
            found: answer.to_owned(),
            right: question.allowed(),
        })?;
        self.put(q, code);
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

impl Question {
    /// The code for an answer as it is written in files: a number, a letter, or `?`.
    #[must_use]
    pub fn code_of(&self, written: &str) -> Option<u8> {
        let written = written.trim();
        let code = match self.format() {
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
        (1..=self.choices).contains(&code).then_some(code)
    }

    /// How a code is written in files; empty where unanswered.
    #[must_use]
    pub fn written(&self, code: u8) -> String {
        match (code, self.format()) {
            (UNANSWERED, _) => String::new(),
            (DONT_KNOW, _) => "?".to_owned(),
            (code, AnswerFormat::Choice) => char::from(b'a' + code - 1).to_string(),
            (code, _) => code.to_string(),
        }
    }

    /// What may be written for a question, in words.
    #[must_use]
    pub fn allowed(&self) -> String {
        match self.format() {
            AnswerFormat::Choice => format!(
                "a letter a to {} or ? for \"I don't know\"",
                char::from(b'a' + self.choices - 1)
            ),
            AnswerFormat::Rating | AnswerFormat::Condition => {
                format!("a whole number 1 to {}", self.choices)
            }
        }
    }
}
