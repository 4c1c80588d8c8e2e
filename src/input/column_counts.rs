//! What the cells of each column hold, for whoever is shown how a file is read.

use crate::input::cells::AnswerForm;
use crate::input::fold::short;
use rolescope_core::{Answers, Pack, QuestionIx};

/// The cells of one question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CellCounts {
    /// Answers by number, letter or `?`.
    pub codes: u64,
    /// Answers by their text.
    pub texts: u64,
    /// Answers by the code of a survey system.
    pub survey: u64,
    /// Cells that say that there is no answer.
    pub missing: u64,
    /// Cells that are neither.
    pub wrong: u64,
    /// The first of these: its place, what it is, and why it is none.
    pub first: Option<(String, String, String)>,
}

/// The cells of every question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnCounts(pub Vec<CellCounts>);

impl ColumnCounts {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(pack: &Pack) -> Self {
        Self(vec![CellCounts::default(); pack.questions().len()])
    }

    /// Counts a cell.
    pub(crate) fn count(
        &mut self,
        q: QuestionIx,
        cell: &str,
        found: &Result<(u8, AnswerForm), String>,
        place: impl FnOnce() -> String,
    ) {
        let counts = &mut self.0[q];
        match found {
            Ok((Answers::UNANSWERED, _)) => counts.missing += 1,
            Ok((_, AnswerForm::Code)) => counts.codes += 1,
            Ok((_, AnswerForm::Text)) => counts.texts += 1,
            Ok((_, AnswerForm::Survey)) => counts.survey += 1,
            Err(reason) => {
                counts.wrong += 1;
                counts
                    .first
                    .get_or_insert_with(|| (place(), short(cell), reason.clone()));
            }
        }
    }
}
