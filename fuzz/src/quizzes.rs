//! A quiz that goes on: an answer file, a byte 0xFF, and what is typed. Every answer is saved, and
//! what was saved last is what the person ends with.

use super::harmless;
use super::packs::{comparison, small};
use rolescope::error::Result;
use rolescope::storage::answer_file::AnswerSheet;
use rolescope::terminal::interview::{AnswerRecord, conduct};
use rolescope::terminal::line_mode::LineMode;
use rolescope_core::quiz::QuestionOrder;
use rolescope_core::{Answers, QuestionIx};

/// Keeps the answers in the sheet, as a file would.
struct KeptAnswers(AnswerSheet);

impl AnswerRecord for KeptAnswers {
    fn answers(&self) -> &Answers {
        &self.0.answers
    }

    fn record(&mut self, question: QuestionIx, code: u8, pace: Option<f64>) -> Result<()> {
        let answers = &mut self.0.answers;
        let pace = pace.or(answers.pace());
        answers.set_pace(pace).expect("a pace in its range");
        answers
            .set(question, code)
            .expect("an answer of the question");
        Ok(())
    }

    fn finished(&self) -> bool {
        self.0.finished.is_some()
    }

    fn finish(&mut self) -> Result<()> {
        let now = || "2026-11-27T09:00:00+13:00".to_owned();
        self.0.finished.get_or_insert_with(now);
        Ok(())
    }
}

/// Goes on with a quiz in lines, in both orders of its questions.
pub fn resume(bytes: &[u8]) {
    let at = bytes.iter().position(|&b| b == 0xFF).unwrap_or(bytes.len());
    let (file, typed) = bytes.split_at(at);
    let typed = typed.get(1..).unwrap_or_default();
    let sheet = AnswerSheet::of_bytes("a.toml", file.to_vec(), small(), false);
    let sheet = sheet.unwrap_or_else(|_| AnswerSheet::new("me".to_owned(), small()));
    let full = QuestionOrder::full(comparison());
    let quick = QuestionOrder::quick(comparison(), &sheet.answers);
    let courses: [(&QuestionOrder<'_>, bool); 2] = [(&full, false), (&quick, true)];
    for (course, patient) in courses {
        let mut kept = KeptAnswers(sheet.clone());
        let mut printed = Vec::new();
        let mut lines = LineMode::new(typed, &mut printed, patient);
        // one that ends with an error has saved what came before it
        let _ = conduct(comparison(), course, &mut kept, &mut lines, None);
        let sheet = kept.0;
        let text = sheet.to_toml(small());
        let again =
            AnswerSheet::parse("a.toml", &text, small(), false).expect("it can be read again");
        assert_eq!(again.answers.codes(), sheet.answers.codes());
        harmless(&String::from_utf8_lossy(&printed));
    }
}
