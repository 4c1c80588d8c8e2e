//! The answers of a person within a record, so that it can be checked later without any other file.

use crate::pack::fingerprint;
use crate::pack::model::{AnswerFormat, Pack, Question, QuestionIx};
use crate::scoring::answers::{Answers, DONT_KNOW, UNANSWERED};
use crate::write::padded_key::PaddedKey;
use crate::write::padded_output::PaddedOutput;
use crate::write::receipt::json_text;

/// Bytes that a line of a fingerprint mostly has at most.
const LINE: usize = 40;

/// What stands before a fingerprint.
const FINGERPRINT: &[u8] = b",\"answers_fingerprint\":\"";

/// Adds answers to records, all words looked up once.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// # let outcome = comparison.assess(&answers);
/// use rolescope_core::write::{AnswerWriter, RecordWriter};
///
/// let mut record = RecordWriter::new(&comparison).json_line("anna", &answers, &outcome).into_bytes();
/// AnswerWriter::new(&pack).add(&mut record, &answers);
/// assert!(String::from_utf8(record)?.contains("\"answers\":{\"making-1\":3,"));
/// # Ok::<(), std::string::FromUtf8Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct AnswerWriter {
    questions: Vec<WrittenQuestion>,
    /// The answers to questions of each kind: few, so that all stay in the fastest memory.
    answers: Vec<WrittenAnswers>,
    /// Questions by id.
    sorted: Vec<QuestionIx>,
}

/// A question in a record and in what a fingerprint is taken of.
#[derive(Clone, Debug)]
struct WrittenQuestion {
    /// `"question":`.
    json: PaddedKey,
    /// `answer "question" `.
    line: PaddedKey,
    /// Which of [`AnswerWriter::answers`] are its answers.
    answers: usize,
}

/// The answers to a question by their codes.
#[derive(Clone, Debug, PartialEq)]
struct WrittenAnswers {
    /// `4,` or `"d",`.
    json: Vec<PaddedKey>,
    /// `"4"` or `"d"`, and a newline.
    line: Vec<PaddedKey>,
    /// The code of each answer that is written as one byte; 0 for other bytes.
    codes: Vec<u8>,
}

impl WrittenAnswers {
    fn new(question: &Question) -> Self {
        let texts = || (UNANSWERED..=DONT_KNOW).map(|code| question.written(code));
        let mut codes = vec![UNANSWERED; 256];
        for (code, text) in (UNANSWERED..).zip(texts()) {
            if let [byte] = text.as_bytes() {
                codes[usize::from(*byte)] = code;
            }
        }
        Self {
            json: texts()
                .map(|text| match question.format() {
                    AnswerFormat::Choice => json_text(&text) + ",",
                    AnswerFormat::Rating | AnswerFormat::Condition => text + ",",
                })
                .map(PaddedKey::new)
                .collect(),
            line: texts()
                .map(|text| PaddedKey::new(fingerprint::answer_text(&text)))
                .collect(),
            codes,
        }
    }

    /// The code of the answer that a text begins with as it is written into records, and what stands behind it.
    fn read<'t>(&self, text: &'t [u8]) -> Option<(u8, &'t [u8])> {
        let byte = match text {
            [b'"', byte, ..] | [byte, ..] => *byte,
            [] => return None,
        };
        let code = self.codes[usize::from(byte)];
        let written = self.json[usize::from(code)].bytes().strip_suffix(b",")?;
        Some((code, text.strip_prefix(written)?))
    }
}

impl AnswerWriter {
    /// How what is added to a record begins.
    pub const START: &[u8] = b",\"answers\":{";

    /// Answers to a pack.
    #[must_use]
    pub fn new(pack: &Pack) -> Self {
        let mut answers: Vec<WrittenAnswers> = Vec::new();
        let questions = pack.questions.iter().map(|question| {
            let own = WrittenAnswers::new(question);
            let known = answers.iter().position(|known| *known == own);
            WrittenQuestion {
                json: PaddedKey::new(json_text(&question.id) + ":"),
                line: PaddedKey::new(fingerprint::answer_start(&question.id)),
                answers: known.unwrap_or_else(|| {
                    answers.push(own);
                    answers.len() - 1
                }),
            }
        });
        let questions = questions.collect();
        let mut sorted: Vec<QuestionIx> = (0..pack.questions.len()).collect();
        sorted.sort_by_key(|&q| &pack.questions[q].id);
        Self {
            questions,
            answers,
            sorted,
        }
    }

    /// The fingerprint of answers as they are written: pairs of question and answer, sorted by question,
    /// and the pace. Unlike answers by position these may be of another pack.
    pub fn fingerprint_of<'a>(
        given: impl Iterator<Item = (&'a str, &'a str)>,
        pace: Option<f64>,
    ) -> String {
        fingerprint::of_answers(given, pace)
    }

    /// The fingerprint of answers: of questions by id with what was answered, and of the pace.
    #[must_use]
    pub fn fingerprint(&self, answers: &Answers) -> String {
        let mut lines = Vec::with_capacity(LINE * self.sorted.len());
        let mut row = PaddedOutput::new(&mut lines);
        for &q in self.sorted.iter().filter(|&&q| answers.has(q)) {
            let question = &self.questions[q];
            row.key(&question.line);
            row.key(&self.answers[question.answers].line[usize::from(answers.code(q))]);
        }
        row.finish();
        fingerprint::of_lines(lines, answers.pace)
    }

    /// Adds to a record, which ends with `}`, the answers in the order of asking, the pace if there
    /// is one, and their fingerprint.
    pub fn add(&self, out: &mut Vec<u8>, answers: &Answers) {
        out.pop();
        out.extend_from_slice(Self::START);
        let mut row = PaddedOutput::new(out);
        let start = row.end();
        for (question, &code) in self.questions.iter().zip(answers.codes()) {
            if code != UNANSWERED {
                row.key(&question.json);
                row.key(&self.answers[question.answers].json[usize::from(code)]);
            }
        }
        row.end_list(start, b'}');
        row.finish();
        if let Some(pace) = answers.pace {
            out.extend_from_slice(format!(",\"pace\":{pace:?}").as_bytes());
        }
        let fingerprint = self.fingerprint(answers);
        out.extend_from_slice(FINGERPRINT);
        out.extend_from_slice(fingerprint.as_bytes());
        out.extend_from_slice(b"\"}");
    }

    /// Reads back what [`AnswerWriter::add`] added to a record: a text that begins where the answers do, and goes to
    /// the end of the record. Whether they are there, written just so, with a fingerprint that is theirs.
    pub fn read(&self, text: &[u8], answers: &mut Answers) -> bool {
        answers.clear();
        let rest = self.read_answers(text, answers);
        let rest = rest.and_then(|rest| {
            let Some(pace) = rest.strip_prefix(b",\"pace\":") else {
                return Some(rest);
            };
            let length = pace.iter().take_while(|byte| **byte != b',').count();
            let (pace, rest) = pace.split_at(length);
            let pace = std::str::from_utf8(pace).ok()?.parse().ok()?;
            answers.set_pace(Some(pace)).ok()?;
            Some(rest)
        });
        let fingerprint = rest
            .and_then(|rest| rest.strip_prefix(FINGERPRINT))
            .and_then(|rest| rest.strip_suffix(b"\"}"));
        fingerprint.is_some_and(|kept| kept == self.fingerprint(answers).as_bytes())
    }

    /// Reads the object of answers; gives what stands behind it.
    fn read_answers<'t>(&self, text: &'t [u8], answers: &mut Answers) -> Option<&'t [u8]> {
        let mut text = text.strip_prefix(Self::START)?;
        if let [b'}', rest @ ..] = text {
            return Some(rest);
        }
        for (q, question) in self.questions.iter().enumerate() {
            let Some(answer) = text.strip_prefix(question.json.bytes()) else {
                continue;
            };
            let (code, rest) = self.answers[question.answers].read(answer)?;
            answers.set(q, code).ok()?;
            match rest {
                [b',', rest @ ..] => text = rest,
                [b'}', rest @ ..] => return Some(rest),
                _ => return None,
            }
        }
        None
    }
}
