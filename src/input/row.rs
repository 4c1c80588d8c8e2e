//! What a row of an input becomes: a person, or a rejection with its place and reason.

use crate::input::column_counts::ColumnCounts;
use crate::input::question_index::HeaderMeaning;
use crate::input::row_cells::RowCells;
use crate::storage::answer_file::AnswerSheet;
use rolescope_core::{Answers, Pack, QuestionIx};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::{self, Write as _};

/// What is done with each row, in the order of the input.
pub trait Receiver {
    /// A person; false ends the reading.
    fn person(&mut self, id: &str, answers: &Answers, kept: &[KeptField]) -> bool;
    /// A row that cannot be scored; false ends the reading.
    fn reject(&mut self, rejection: &Rejection<'_>) -> bool;
    /// An answer to a question that the pack does not have.
    fn unknown(&mut self, question: &str);
}

/// A column or field of the input that goes to the output as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptField {
    /// Its text.
    pub text: String,
    /// Whether the text is JSON and no plain text.
    pub json: bool,
}

/// A row that cannot be scored, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection<'a> {
    /// Where it came from.
    pub input: &'a str,
    /// Its line, from 1.
    pub line: u64,
    /// Place in the line: a column's number from 1, where known.
    pub column: Option<usize>,
    /// The question or column, where one is at fault.
    pub field: String,
    /// What was found.
    pub value: String,
    /// What would be right.
    pub reason: String,
    /// The whole row as it was read.
    pub row: &'a [u8],
    /// The sheet of a workbook, whose rows and columns the places are.
    pub sheet: Option<&'a str>,
    /// What else is wrong with the row.
    pub more: Vec<CellMistake>,
}

/// A cell that is no answer, or another mistake of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CellMistake {
    /// Its line, from 1.
    pub line: u64,
    /// Place in the line: a column's number from 1, where known.
    pub column: Option<usize>,
    /// The question or column, where one is at fault.
    pub field: String,
    /// What was found.
    pub value: String,
    /// What would be right.
    pub reason: String,
}

impl<'a> Rejection<'a> {
    /// A row with these mistakes, of which there is at least one.
    pub(crate) fn of(input: &'a str, mistakes: Vec<CellMistake>, row: &'a [u8]) -> Self {
        let mut all = mistakes.into_iter();
        let first = all.next().unwrap_or_default();
        Self {
            input,
            line: first.line,
            column: first.column,
            field: first.field,
            value: first.value,
            reason: first.reason,
            row,
            sheet: None,
            more: all.collect(),
        }
    }
}

/// A row being read, in memory that is used again.
#[derive(Debug)]
pub struct RowBuffer {
    /// Who.
    pub(crate) id: String,
    /// The answers: those of `codes` once these are read.
    pub(crate) answers: Answers,
    /// Codes of the cells read so far.
    pub(crate) codes: Vec<u8>,
    /// What is carried to the output.
    pub(crate) kept: Vec<KeptField>,
    /// Of each of these, what an answer file has for it.
    of_sheets: Vec<SheetField>,
    /// Cells of a table's row that is not plain.
    pub(crate) cells: RowCells,
    /// Where the cells of such a row end.
    pub(crate) bounds: Vec<usize>,
    /// What is wrong with the row.
    pub(crate) mistakes: Vec<CellMistake>,
    /// What names in records mean, once each was looked up.
    pub(crate) names: HashMap<String, HeaderMeaning>,
    /// What the cells of each question hold, where that is asked for.
    pub counts: Option<Box<ColumnCounts>>,
    /// For each question of NDJSON, and for the start of a line, the one that came after it last.
    pub(crate) after: Vec<QuestionIx>,
}

impl RowBuffer {
    /// An empty row for a pack, with room for the columns that are kept.
    #[must_use]
    pub fn new(pack: &Pack, keep: &[String]) -> Self {
        Self {
            id: String::new(),
            answers: Answers::none(pack),
            codes: vec![Answers::UNANSWERED; pack.questions().len()],
            kept: vec![KeptField::default(); keep.len()],
            of_sheets: keep.iter().map(|name| SheetField::named(name)).collect(),
            cells: RowCells::default(),
            bounds: Vec::new(),
            mistakes: Vec::new(),
            names: HashMap::new(),
            counts: None,
            after: (1..=pack.questions().len()).chain([0]).collect(),
        }
    }

    /// Keeps, after the columns, two fields more that answer files alone have.
    #[must_use]
    pub(crate) fn with(mut self, part: SheetPart) -> Self {
        match part {
            SheetPart::None => {}
            SheetPart::Sittings => self
                .of_sheets
                .extend([SheetField::Person, SheetField::Sitting]),
            SheetPart::Wishes => self
                .of_sheets
                .extend([SheetField::Wish, SheetField::WishedBefore]),
        }
        self.kept.resize(self.of_sheets.len(), KeptField::default());
        self
    }

    /// Keeps what an answer file has.
    pub(crate) fn keep_of(&mut self, sheet: &AnswerSheet) {
        for (kept, field) in self.kept.iter_mut().zip(&self.of_sheets) {
            kept.text.push_str(&field.of(sheet));
        }
    }

    /// Makes the codes the answers; false where one is no answer to its question.
    pub(crate) fn fill(&mut self) -> bool {
        self.answers.set_all(&self.codes).is_ok()
    }

    /// Gives the row to the receiver: a person, who is called `unnamed` where the row has no id, or a
    /// rejection of `whole`, the row as it stands in the input, or in the sheet of a workbook. False ends
    /// the reading.
    pub(crate) fn hand_on(
        &mut self,
        (input, sheet): (&str, Option<&str>),
        whole: &[u8],
        unnamed: fmt::Arguments<'_>,
        receiver: &mut impl Receiver,
    ) -> bool {
        if self.id.is_empty() {
            let _ = self.id.write_fmt(unnamed);
        }
        if self.mistakes.is_empty() && self.fill() {
            return receiver.person(&self.id, &self.answers, &self.kept);
        }
        let mut rejection = Rejection::of(input, std::mem::take(&mut self.mistakes), whole);
        rejection.sheet = sheet;
        receiver.reject(&rejection)
    }

    /// Nothing answered, nothing kept.
    pub(crate) fn clear(&mut self) {
        self.id.clear();
        self.codes.fill(Answers::UNANSWERED);
        self.answers.clear();
        self.mistakes.clear();
        for kept in &mut self.kept {
            kept.text.clear();
            kept.json = false;
        }
    }
}

/// What is kept of answer files besides columns: two fields, empty for rows of tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SheetPart {
    /// Nothing.
    #[default]
    None,
    /// The label of the person's first sitting, and a text that is greater the later a sitting is.
    Sittings,
    /// What the person wanted to be, and a text that is not empty where that was written down before the quiz ended.
    Wishes,
}

/// What an answer file has beside answers that can be kept, or split a group.
#[derive(Clone, Debug, PartialEq, Eq)]
enum SheetField {
    /// Whether the quiz was finished.
    Finished,
    /// The month when it began.
    Month,
    /// The value of the tag of this name; the name where it has no value.
    Tag(String),
    /// The label of the person's first sitting.
    Person,
    /// A text that is greater the later the sitting is, finished ones after others.
    Sitting,
    /// What the person wanted to be.
    Wish,
    /// Whether that was written down before the quiz ended.
    WishedBefore,
}

impl SheetField {
    fn named(name: &str) -> Self {
        match name {
            "finished" => Self::Finished,
            "month" => Self::Month,
            name => Self::Tag(name.to_owned()),
        }
    }

    /// Its text: empty where the file does not say.
    fn of<'s>(&'s self, sheet: &'s AnswerSheet) -> Cow<'s, str> {
        match self {
            Self::Finished if sheet.finished.is_some() => "finished".into(),
            Self::Finished => "unfinished".into(),
            Self::Month => {
                let began = sheet.started.as_deref();
                let month = began.and_then(|began| began.get(..7));
                month.unwrap_or_default().into()
            }
            Self::Tag(name) => {
                let value = sheet.facts.tags.get(name).map(String::as_str);
                let value = value.map(|value| if value.is_empty() { name } else { value });
                value.unwrap_or_default().into()
            }
            Self::Person => sheet.person().into(),
            Self::Wish => sheet.facts.wish.as_deref().unwrap_or_default().into(),
            Self::WishedBefore => match sheet.wish() {
                Some((_, true)) => "before".into(),
                _ => "".into(),
            },
            Self::Sitting => {
                let finished = u8::from(sheet.finished.is_some());
                let moment = sheet.moment().unwrap_or_default();
                // seconds before 1970 stand before those after it
                let moment = moment.cast_unsigned() ^ (1 << 63);
                format!("{finished} {moment:020} {:05}", sheet.answers.count()).into()
            }
        }
    }
}

/// An id as it is kept: UTF-8 without control characters, no spaces around it.
pub(crate) fn text_of(cell: &[u8]) -> Result<&str, &'static str> {
    let text = std::str::from_utf8(cell)
        .map_err(|_| "this is not UTF-8 text; save the file as \"CSV UTF-8\"")?;
    if text.contains('\0') {
        return Err("a text has no NUL characters");
    }
    Ok(text.trim())
}
