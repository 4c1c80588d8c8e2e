//! What the first rows say of all: which texts each column has, whether it holds codes of a survey
//! system, and whether its numbers can be read in two ways.

use crate::error::{Error, Result};
use crate::input::cells::{AnswerForm, Cell, CellRules, survey_code};
use crate::input::codes::number;
use crate::input::fold::fold_inner;
use crate::input::header::{Header, HeaderContext};
use crate::input::known_texts::KnownTexts;
use crate::input::sample::SampleRow;
use crate::input::table::TableColumn;
use rolescope_core::{AnswerFormat, Answers, QuestionIx};
use std::collections::BTreeMap;

/// The columns of a table, from its first people. `place` gives the name of a row and a column.
///
/// # Errors
/// When its numbers can be read in two ways.
pub(crate) fn columns(
    name: &str,
    rows: &[SampleRow],
    header: &Header,
    context: HeaderContext<'_>,
    rules: &CellRules,
    place: impl Fn(u64, usize) -> String,
) -> Result<Vec<TableColumn>> {
    let mut columns = Vec::with_capacity(header.names.len());
    let mut zeros = Zeros::default();
    for (at, question) in header.questions.iter().enumerate() {
        let Some(q) = *question else {
            columns.push(TableColumn::default());
            continue;
        };
        let mut texts: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
        for row in rows {
            if let Some(cell) = row.cells.get(at).filter(|cell| !cell.is_empty()) {
                texts.entry(cell).or_insert((0, row.line)).0 += 1;
            }
        }
        let is_code = |text: &&str| survey_code(&fold_inner(text)).is_some();
        // a cell that is neither code nor answer says nothing of the others
        let answered =
            |text: &str| matches!(rules.read(context.pack, q, text, false), Cell::Answer(..));
        let codes = texts.keys().any(|text| is_code(text) && !answered(text));
        let survey = !context.options.exact && codes && !texts.keys().any(|text| answered(text));
        let mut known = Vec::new();
        for (text, (count, line)) in texts {
            match rules.read(context.pack, q, text, survey) {
                Cell::Answer(code, form) if !survey || form == AnswerForm::Survey => {
                    if code == context.pack.questions()[q].choices() {
                        zeros.tops.push(q);
                    }
                    known.push((count, text.to_owned(), code, form));
                }
                Cell::Missing => known.push((
                    count,
                    text.to_owned(),
                    Answers::UNANSWERED,
                    AnswerForm::Code,
                )),
                _ => {
                    if number(&fold_inner(text)) == Some(0.0) {
                        zeros.found.push((q, place(line, at + 1)));
                    }
                }
            }
        }
        known.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let known = known
            .into_iter()
            .map(|(_, text, code, form)| (text, code, form));
        columns.push(TableColumn {
            question: Some(q),
            survey,
            known: KnownTexts::new(known),
        });
    }
    if !context.options.exact {
        zeros.refuse(name, context)?;
    }
    Ok(columns)
}

/// Zeros among ratings, and columns that hold the last answer of their scale.
#[derive(Default)]
struct Zeros {
    found: Vec<(QuestionIx, String)>,
    tops: Vec<QuestionIx>,
}

impl Zeros {
    /// Refuses a table whose scales may count from 0.
    fn refuse(&self, name: &str, context: HeaderContext<'_>) -> Result<()> {
        let questions = &context.pack.questions();
        let scale = |q: QuestionIx| (questions[q].format(), questions[q].choices());
        for (q, place) in &self.found {
            let (format, choices) = scale(*q);
            if format == AnswerFormat::Choice
                || self.tops.iter().any(|top| scale(*top) == (format, choices))
            {
                continue;
            }
            let same: Vec<&str> = (self.found.iter())
                .filter(|(other, _)| scale(*other) == (format, choices))
                .map(|(other, _)| questions[*other].id())
                .take(3)
                .collect();
            let top = &context.pack.sections()[questions[*q].section()].labels()
                [usize::from(choices) - 1];
            let file = if name.contains(' ') { "FILE" } else { name };
            return Err(Error::failed(format!(
                "{name}:{place}: these answers can be read in two ways: {} hold 0, and no such column holds \
                 {choices} ({top:?})\n  if 0 is the first answer:    rolescope read {file} --codes 0..{}\n  \
                 if 0 means not answered:     rolescope read {file} --missing 0\nEvery command that reads \
                 answers takes the same option.",
                same.join(", "),
                choices - 1
            )));
        }
        Ok(())
    }
}

/// Whether a row may lack cells at its end: where no program has written empty ones there.
pub(crate) fn short_rows(rows: &[SampleRow], columns: usize) -> bool {
    let full = rows
        .iter()
        .filter(|row| row.cells.len() >= columns && !row.is_empty());
    !full
        .into_iter()
        .any(|row| row.cells[columns - 1].trim().is_empty())
}
