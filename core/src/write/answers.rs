//! The answers of a person within a record, so that it can be checked later without any other file.

use crate::pack::fingerprint;
use crate::pack::model::{AnswerFormat, Pack, QuestionIx};
use crate::scoring::answers::{Answers, UNANSWERED};
use crate::write::receipt::json_text;

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
pub struct AnswerWriter<'p> {
    pack: &'p Pack,
    /// `"question":` of each question.
    names: Vec<String>,
    /// Questions by id.
    sorted: Vec<QuestionIx>,
}

impl<'p> AnswerWriter<'p> {
    /// Answers to a pack.
    #[must_use]
    pub fn new(pack: &'p Pack) -> Self {
        let names = pack.questions.iter().map(|q| json_text(&q.id) + ":");
        let mut sorted: Vec<QuestionIx> = (0..pack.questions.len()).collect();
        sorted.sort_by_key(|&q| &pack.questions[q].id);
        Self {
            pack,
            names: names.collect(),
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
        let given: Vec<(&str, String)> = (self.sorted.iter())
            .filter(|&&q| answers.has(q))
            .map(|&q| {
                let question = &self.pack.questions[q];
                (question.id.as_str(), question.written(answers.code(q)))
            })
            .collect();
        let given = given.iter().map(|(id, answer)| (*id, answer.as_str()));
        Self::fingerprint_of(given, answers.pace)
    }

    /// Adds to a record, which ends with `}`, the answers in the order of asking, the pace if there
    /// is one, and their fingerprint.
    pub fn add(&self, out: &mut Vec<u8>, answers: &Answers) {
        out.pop();
        out.extend_from_slice(b",\"answers\":{");
        let mut between: &[u8] = b"";
        for (q, question) in self.pack.questions.iter().enumerate() {
            let code = answers.code(q);
            if code == UNANSWERED {
                continue;
            }
            out.extend_from_slice(between);
            between = b",";
            out.extend_from_slice(self.names[q].as_bytes());
            let answer = question.written(code);
            match question.format() {
                AnswerFormat::Choice => out.extend_from_slice(json_text(&answer).as_bytes()),
                AnswerFormat::Rating | AnswerFormat::Condition => {
                    out.extend_from_slice(answer.as_bytes());
                }
            }
        }
        out.push(b'}');
        if let Some(pace) = answers.pace {
            out.extend_from_slice(format!(",\"pace\":{pace:?}").as_bytes());
        }
        let fingerprint = self.fingerprint(answers);
        out.extend_from_slice(format!(",\"answers_fingerprint\":\"{fingerprint}\"}}").as_bytes());
    }
}
