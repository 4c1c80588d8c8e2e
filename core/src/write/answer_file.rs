//! Answer file: one person's answers as TOML, in the order of asking.

use crate::pack::model::{AnswerFormat, Pack};
use crate::scoring::answers::{Answers, UNANSWERED};
use std::fmt::Write as _;

/// The format that is written.
const FORMAT: u16 = 1;

/// The text of an answer file. Dates are written as they are given: as TOML writes a date and time.
///
/// ```
/// # use rolescope_core::{Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// use rolescope_core::Answers;
/// use rolescope_core::write::AnswerFile;
///
/// let mut answers = Answers::none(&pack);
/// answers.write(&pack, "rush-1", "2")?;
/// let file = AnswerFile::new("anna", &answers).started(Some("2026-03-02T09:14:00+13:00"));
/// assert!(file.to_toml(&pack).ends_with("\n[answers]\nrush-1 = 2\n"));
/// # Ok::<(), rolescope_core::AnswerError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct AnswerFile<'a> {
    id: &'a str,
    started: Option<&'a str>,
    finished: Option<&'a str>,
    /// Name, version and fingerprint of the pack that the answers were given to.
    given: Option<[&'a str; 3]>,
    answers: &'a Answers,
    /// Answers to questions that the pack does not have, as they were written.
    dropped: &'a [(String, String)],
}

impl<'a> AnswerFile<'a> {
    /// The answers of the person whom `id` names.
    #[must_use]
    pub const fn new(id: &'a str, answers: &'a Answers) -> Self {
        Self {
            id,
            started: None,
            finished: None,
            given: None,
            answers,
            dropped: &[],
        }
    }

    /// When the quiz began.
    #[must_use]
    pub const fn started(mut self, moment: Option<&'a str>) -> Self {
        self.started = moment;
        self
    }

    /// When it ended.
    #[must_use]
    pub const fn finished(mut self, moment: Option<&'a str>) -> Self {
        self.finished = moment;
        self
    }

    /// Name, version and fingerprint of the pack that the answers were given to.
    #[must_use]
    pub const fn given_to(mut self, pack: Option<[&'a str; 3]>) -> Self {
        self.given = pack;
        self
    }

    /// Answers to questions that the pack does not have: id and answer, as TOML writes it.
    #[must_use]
    pub const fn dropped(mut self, dropped: &'a [(String, String)]) -> Self {
        self.dropped = dropped;
        self
    }

    /// The first lines of a file for the person whom `id` names.
    #[must_use]
    pub fn head(id: &str) -> String {
        format!("format = {FORMAT}\nid = {}\n", quoted(id))
    }

    /// The file; answers stand in the order of the pack.
    #[must_use]
    pub fn to_toml(&self, pack: &Pack) -> String {
        let mut text = Self::head(self.id);
        for (key, moment) in [("started", self.started), ("finished", self.finished)] {
            if let Some(moment) = moment {
                let _ = writeln!(text, "{key} = {moment}");
            }
        }
        if let Some(given) = self.given {
            let [name, version, fingerprint] = given.map(quoted);
            let _ = writeln!(
                text,
                "pack = {{ name = {name}, version = {version}, fingerprint = {fingerprint} }}"
            );
        }
        if let Some(pace) = self.answers.pace() {
            let _ = writeln!(text, "pace = {pace:.1}");
        }
        text.push_str("\n[answers]\n");
        for (q, question) in pack.questions.iter().enumerate() {
            let code = self.answers.code(q);
            if code != UNANSWERED {
                let answer = question.written(code);
                let answer = match question.format() {
                    AnswerFormat::Choice => quoted(&answer),
                    AnswerFormat::Rating | AnswerFormat::Condition => answer,
                };
                let _ = writeln!(text, "{} = {answer}", question.id);
            }
        }
        for (id, answer) in self.dropped {
            let _ = writeln!(text, "{} = {answer}", quoted(id));
        }
        text
    }
}

/// Quotes a text as a TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
