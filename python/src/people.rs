//! Who answered what: headers and cells read as the program reads them, a column at a time.

use crate::error::{Error, Result};
use crate::frame::{Column, Frame};
use crate::input::cells::{AnswerForm, Cell, CellOptions, CellRules, survey_code};
use crate::input::codes::CodeRange;
use crate::input::fold::{fold_inner, short};
use crate::input::question_index::{HeaderMeaning, QuestionIndex};
use crate::threads::map_in_order;
use arrow_array::builder::LargeStringBuilder;
use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrowPrimitiveType, LargeStringArray};
use arrow_schema::DataType;
use rolescope_core::{AnswerFormat, Answers, Pack, QuestionIx};
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::sync::Arc;

/// Names that a message lists; the rest are counted.
const NAMED: usize = 20;

/// How columns are read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    /// The column of ids, if not `id`.
    pub(crate) id: Option<String>,
    /// Whether questions may have no column.
    pub(crate) partial: bool,
    /// Values that say that there is no answer.
    pub(crate) missing: Vec<String>,
    /// Numbers of scales that do not count from 1.
    pub(crate) codes: Vec<CodeRange>,
    /// Whether the first mistakes are enough.
    pub(crate) stop: bool,
    /// Threads.
    pub(crate) jobs: usize,
}

/// A cell that is no answer: what was found, and what would be right.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct WrongCell {
    pub(crate) value: String,
    pub(crate) reason: String,
}

/// A mistake and its place.
#[derive(Clone, Debug)]
pub(crate) struct Mistake {
    /// The row, from 0.
    pub(crate) row: usize,
    /// The column, from 0.
    pub(crate) column: usize,
    pub(crate) cell: Arc<WrongCell>,
}

/// The people of a data frame.
#[derive(Debug)]
pub(crate) struct People {
    /// How many rows there are.
    pub(crate) rows: usize,
    /// For each question the code of each row; empty where it has no column.
    pub(crate) codes: Vec<Vec<u8>>,
    /// Who each row is.
    pub(crate) ids: LargeStringArray,
    /// Cells that are no answers, by row and column.
    pub(crate) mistakes: Vec<Mistake>,
    /// What is worth saying once.
    pub(crate) remarks: Vec<String>,
}

impl People {
    /// Reads a data frame.
    ///
    /// # Errors
    /// Where its columns are not those of the pack's questions, or of a type that no answer has.
    pub(crate) fn read(pack: &Pack, frame: &Frame, reading: &Reading) -> Result<Self> {
        fitting(&reading.codes, pack)?;
        let header = Header::resolve(pack, frame, reading)?;
        let rules = CellRules::new(
            pack,
            &CellOptions {
                missing: reading.missing.clone(),
                codes: reading.codes.clone(),
                ..CellOptions::default()
            },
        );
        let most = if reading.stop { NAMED } else { usize::MAX };
        let questions: Vec<QuestionIx> = (0..pack.questions().len()).collect();
        let read = map_in_order(&questions, (reading.jobs, 1), |&q| {
            match header.questions[q] {
                Some(at) => {
                    let column = &frame.columns[at];
                    answers((pack, &rules), q, (at, column), frame.rows, most)
                }
                None => Ok((Vec::new(), Vec::new())),
            }
        });
        let mut people = Self {
            rows: frame.rows,
            codes: Vec::with_capacity(questions.len()),
            ids: LargeStringArray::new_null(0),
            mistakes: Vec::new(),
            remarks: header.remarks,
        };
        for column in read {
            let (codes, mistakes) = column?;
            people.codes.push(codes);
            people.mistakes.extend(mistakes);
        }
        let column = header.id.map(|at| (at, &frame.columns[at]));
        people.ids = ids(column, frame.rows, &mut people.mistakes)?;
        people.mistakes.sort_by_key(|m| (m.row, m.column));
        Ok(people)
    }
}

/// Which column is what.
struct Header {
    /// The column of each question.
    questions: Vec<Option<usize>>,
    id: Option<usize>,
    remarks: Vec<String>,
}

impl Header {
    fn resolve(pack: &Pack, frame: &Frame, reading: &Reading) -> Result<Self> {
        let names: Vec<&str> = frame.columns.iter().map(|c| c.name.as_str()).collect();
        let all = pack.questions();
        let index = QuestionIndex::new(pack);
        let wanted = reading.id.as_deref();
        let id = match (one(&names, wanted.unwrap_or("id"))?, wanted) {
            (None, Some(wanted)) => {
                return Err(Error::failed(format!(
                    "no column {wanted:?} of ids; there are {}",
                    listed(names.iter().copied())
                )));
            }
            (found, _) => found,
        };
        let mut claims: Vec<Vec<(usize, bool)>> = vec![Vec::new(); all.len()];
        let mut unknown = Vec::new();
        for (at, name) in names.iter().enumerate().filter(|(at, _)| id != Some(*at)) {
            match index.meaning(name) {
                HeaderMeaning::None => unknown.push(*name),
                HeaderMeaning::One {
                    question, repeated, ..
                } => claims[question].push((at, repeated)),
                HeaderMeaning::Several(several) => {
                    let ids: Vec<&str> = several.iter().map(|&q| all[q].id()).collect();
                    return Err(Error::failed(format!(
                        "column {:?} can mean {}: give it the id of one for its name",
                        short(name),
                        ids.join(" and ")
                    )));
                }
            }
        }
        let mut questions = Vec::with_capacity(all.len());
        for (question, claims) in all.iter().zip(&claims) {
            // a library numbers a name that it had used already
            let first: Vec<_> = claims.iter().filter(|claim| !claim.1).collect();
            let left = if first.is_empty() {
                claims.iter().collect()
            } else {
                first
            };
            questions.push(match left[..] {
                [] => None,
                [&(at, _)] => Some(at),
                [a, b, ..] => {
                    return Err(Error::failed(format!(
                        "columns {:?} and {:?} both mean {}: leave one out",
                        short(names[a.0]),
                        short(names[b.0]),
                        question.id()
                    )));
                }
            });
        }
        let lacking: Vec<QuestionIx> = (0..all.len()).filter(|&q| questions[q].is_none()).collect();
        let mut remarks = Vec::new();
        if !lacking.is_empty() {
            let told = Self::lacking(pack, &index, &lacking, &unknown);
            if !reading.partial || lacking.len() == all.len() {
                return Err(Error::failed(told));
            }
            remarks.push(told);
        }
        Ok(Self {
            questions,
            id,
            remarks,
        })
    }

    /// What is to be said of questions without a column.
    fn lacking(
        pack: &Pack,
        index: &QuestionIndex,
        lacking: &[QuestionIx],
        unknown: &[&str],
    ) -> String {
        let all = pack.questions();
        let ids = lacking.iter().map(|&q| all[q].id());
        let have = if lacking.len() == 1 { "has" } else { "have" };
        let mut told = format!(
            "{} of {} questions {have} no column: {}",
            lacking.len(),
            all.len(),
            listed(ids)
        );
        for name in unknown.iter().take(NAMED) {
            if let Some(near) = index.near(name).filter(|q| lacking.contains(q)) {
                let _ = write!(
                    told,
                    "; column {:?}: did you mean {}?",
                    short(name),
                    all[near].id()
                );
            }
        }
        if lacking.len() < all.len() {
            told += "; partial=True goes on without them";
        } else {
            told += "; rolescope.questions() lists what columns are called";
        }
        told
    }
}

/// The only column of a name.
fn one(names: &[&str], wanted: &str) -> Result<Option<usize>> {
    let mut found = (0..names.len()).filter(|&at| names[at] == wanted);
    match (found.next(), found.next()) {
        (at, None) => Ok(at),
        (_, Some(_)) => Err(Error::failed(format!(
            "two columns are called {wanted:?}: leave one out"
        ))),
    }
}

/// A few names, and how many more.
fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let all: Vec<String> = names.map(short).collect();
    match all.len().saturating_sub(NAMED) {
        0 => all.join(", "),
        more => format!("{} and {more} more", all[..NAMED].join(", ")),
    }
}

/// Holds that each range of codes is that of a scale, and no two are of one.
fn fitting(codes: &[CodeRange], pack: &Pack) -> Result<()> {
    let scales = pack.questions().iter();
    let scales = scales.filter(|q| q.format() != AnswerFormat::Choice);
    let sizes: BTreeSet<u16> = scales.map(|q| u16::from(q.choices())).collect();
    for (n, range) in codes.iter().enumerate() {
        if !sizes.contains(&range.size()) {
            let sizes: Vec<String> = sizes.iter().map(u16::to_string).collect();
            return Err(Error::failed(format!(
                "codes {:?}: these are {} numbers, but the scales of this pack have {} answers",
                range.text(),
                range.size(),
                sizes.join(" or ")
            )));
        }
        if codes[..n].iter().any(|other| other.size() == range.size()) {
            return Err(Error::failed(format!(
                "codes: two ranges for scales of {} answers; give one",
                range.size()
            )));
        }
    }
    Ok(())
}

type Meaning = std::result::Result<u8, Arc<WrongCell>>;

/// The codes of a column of answers, and the first mistakes.
fn answers(
    (pack, rules): (&Pack, &CellRules),
    q: QuestionIx,
    (at, column): (usize, &Column),
    rows: usize,
    most: usize,
) -> Result<(Vec<u8>, Vec<Mistake>)> {
    let mut reader = CellReader::new(pack, rules, q, false);
    let mut found = reader.column((at, column), rows, most)?;
    // as the program has it: where no text is an answer and some are codes of a survey system, all are
    if reader.codes && !reader.texts_answered {
        reader = CellReader::new(pack, rules, q, true);
        found = reader.column((at, column), rows, most)?;
    }
    Ok(found)
}

/// Numbers whose meaning is looked up by their place.
const NUMBERS: usize = 16;
/// Texts of a column whose meanings are kept: more are no scale.
const KEPT: usize = 1024;

/// Reads the cells of one question, each different one once.
struct CellReader<'a> {
    pack: &'a Pack,
    rules: &'a CellRules,
    q: QuestionIx,
    survey: bool,
    numbers: [Option<Meaning>; NUMBERS],
    /// Texts of one byte, which nearly all are.
    bytes: Vec<Option<Meaning>>,
    texts: HashMap<String, Meaning>,
    /// Whether any text is an answer.
    texts_answered: bool,
    /// Whether any other is the code of a survey system.
    codes: bool,
}

impl<'a> CellReader<'a> {
    fn new(pack: &'a Pack, rules: &'a CellRules, q: QuestionIx, survey: bool) -> Self {
        Self {
            pack,
            rules,
            q,
            survey,
            numbers: [const { None }; NUMBERS],
            bytes: vec![None; 128],
            texts: HashMap::new(),
            texts_answered: false,
            codes: false,
        }
    }

    /// The codes of a column, and the first mistakes.
    fn column(
        &mut self,
        (at, column): (usize, &Column),
        rows: usize,
        most: usize,
    ) -> Result<(Vec<u8>, Vec<Mistake>)> {
        let (mut codes, mut mistakes) = (Vec::with_capacity(rows), Vec::new());
        for piece in &column.pieces {
            let known = self.cells(piece.as_ref(), &mut |meaning| match meaning {
                Ok(code) => codes.push(*code),
                Err(cell) => {
                    if mistakes.len() < most {
                        mistakes.push(Mistake {
                            row: codes.len(),
                            column: at,
                            cell: Arc::clone(cell),
                        });
                    }
                    codes.push(Answers::UNANSWERED);
                }
            });
            if !known {
                return Err(Error::failed(format!(
                    "column {:?} is of the type {}: answers are whole numbers or texts",
                    column.name,
                    piece.data_type()
                )));
            }
        }
        Ok((codes, mistakes))
    }

    /// Shows what each cell means; false where no answer is of their type.
    fn cells(&mut self, cells: &dyn Array, see: &mut dyn FnMut(&Meaning)) -> bool {
        match cells.data_type() {
            DataType::Null => (0..cells.len()).for_each(|_| see(&NONE)),
            DataType::Int8 => self.whole::<Int8Type>(cells, see),
            DataType::Int16 => self.whole::<Int16Type>(cells, see),
            DataType::Int32 => self.whole::<Int32Type>(cells, see),
            DataType::Int64 => self.whole::<Int64Type>(cells, see),
            DataType::UInt8 => self.whole::<UInt8Type>(cells, see),
            DataType::UInt16 => self.whole::<UInt16Type>(cells, see),
            DataType::UInt32 => self.whole::<UInt32Type>(cells, see),
            DataType::UInt64 => self.whole::<UInt64Type>(cells, see),
            DataType::Float16 => self.decimal::<Float16Type>(cells, see),
            DataType::Float32 => self.decimal::<Float32Type>(cells, see),
            DataType::Float64 => self.decimal::<Float64Type>(cells, see),
            DataType::Utf8 => self.written(cells.as_string::<i32>().iter(), see),
            DataType::LargeUtf8 => self.written(cells.as_string::<i64>().iter(), see),
            DataType::Utf8View => self.written(cells.as_string_view().iter(), see),
            DataType::Dictionary(..) => return self.categories(cells, see),
            _ => return false,
        }
        true
    }

    fn whole<T: ArrowPrimitiveType>(&mut self, cells: &dyn Array, see: &mut dyn FnMut(&Meaning))
    where
        T::Native: Into<i128>,
    {
        for cell in cells.as_primitive::<T>() {
            match cell {
                Some(number) => self.number(number.into(), see),
                None => see(&NONE),
            }
        }
    }

    fn decimal<T: ArrowPrimitiveType>(&mut self, cells: &dyn Array, see: &mut dyn FnMut(&Meaning))
    where
        T::Native: Into<f64>,
    {
        for cell in cells.as_primitive::<T>() {
            match cell.map(Into::<f64>::into) {
                None => see(&NONE),
                // what data frames without nulls have for no answer
                Some(number) if number.is_nan() => see(&NONE),
                Some(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
                    #[expect(clippy::cast_possible_truncation, reason = "it is whole and small")]
                    self.number(number as i128, see);
                }
                Some(number) => see(&self.meaning(&number.to_string())),
            }
        }
    }

    fn number(&mut self, number: i128, see: &mut dyn FnMut(&Meaning)) {
        let known = usize::try_from(number).ok().filter(|&n| n < NUMBERS);
        match known {
            Some(n) => {
                if self.numbers[n].is_none() {
                    self.numbers[n] = Some(self.meaning(&number.to_string()));
                }
                if let Some(meaning) = &self.numbers[n] {
                    see(meaning);
                }
            }
            None => see(&self.meaning(&number.to_string())),
        }
    }

    fn written<'c>(
        &mut self,
        cells: impl Iterator<Item = Option<&'c str>>,
        see: &mut dyn FnMut(&Meaning),
    ) {
        for cell in cells {
            let Some(text) = cell.filter(|text| !text.is_empty()) else {
                see(&NONE);
                continue;
            };
            if let [byte @ 0..128] = *text.as_bytes() {
                let byte = usize::from(byte);
                if self.bytes[byte].is_none() {
                    self.bytes[byte] = Some(self.text(text));
                }
                if let Some(meaning) = &self.bytes[byte] {
                    see(meaning);
                }
            } else if let Some(meaning) = self.texts.get(text) {
                see(meaning);
            } else {
                let meaning = self.text(text);
                see(&meaning);
                if self.texts.len() < KEPT {
                    self.texts.insert(text.to_owned(), meaning);
                }
            }
        }
    }

    /// Cells that are places in a list of values: each value is read once, and only where a cell has it.
    fn categories(&mut self, cells: &dyn Array, see: &mut dyn FnMut(&Meaning)) -> bool {
        let Some(cells) = cells.as_any_dictionary_opt() else {
            return false;
        };
        let values = cells.values();
        // also where no cell has any of them, their type must be right
        if !self.cells(values.slice(0, 0).as_ref(), &mut |_| ()) {
            return false;
        }
        if values.is_empty() {
            (0..cells.len()).for_each(|_| see(&NONE));
            return true;
        }
        let nulls = cells.nulls();
        let keys = cells.normalized_keys().into_iter().enumerate();
        let keys: Vec<Option<usize>> = keys
            .map(|(at, key)| nulls.is_none_or(|n| n.is_valid(at)).then_some(key))
            .collect();
        let mut used = vec![false; values.len()];
        for key in keys.iter().flatten() {
            used[*key] = true;
        }
        let mut meanings: Vec<Meaning> = vec![NONE; values.len()];
        for value in (0..values.len()).filter(|&value| used[value]) {
            self.cells(values.slice(value, 1).as_ref(), &mut |meaning| {
                meanings[value].clone_from(meaning);
            });
        }
        for key in keys {
            see(key.map_or(&NONE, |key| &meanings[key]));
        }
        true
    }

    /// What a text means, and whether codes of a survey system are in the column.
    fn text(&mut self, text: &str) -> Meaning {
        let meaning = self.meaning(text);
        match &meaning {
            Ok(code) => self.texts_answered |= *code != Answers::UNANSWERED,
            Err(_) => self.codes |= survey_code(&fold_inner(text.trim())).is_some(),
        }
        meaning
    }

    /// What a value means, as the program reads it.
    fn meaning(&self, value: &str) -> Meaning {
        let wrong = |reason: &str| {
            let value = short(value);
            let reason = in_python(reason);
            Err(Arc::new(WrongCell { value, reason }))
        };
        match self.rules.read(self.pack, self.q, value, self.survey) {
            Cell::Answer(_, form) if self.survey && form != AnswerForm::Survey => {
                wrong("the column has codes as A1, and this is none")
            }
            Cell::Answer(code, _) => Ok(code),
            Cell::Missing => NONE,
            Cell::Wrong(reason) => wrong(&reason),
        }
    }
}

/// No answer.
const NONE: Meaning = Ok(Answers::UNANSWERED);

/// What the program advises, for a caller: `--codes 0..4` is `codes="0..4"` here.
fn in_python(reason: &str) -> String {
    let mut told = reason.to_owned();
    for name in ["codes", "missing"] {
        let option = format!("--{name} ");
        while let Some(at) = told.find(&option) {
            let value = &told[at + option.len()..];
            let end = value.find([';', ' ', ',']).unwrap_or(value.len());
            let argument = format!("{name}={:?}", &value[..end]);
            told.replace_range(at..at + option.len() + end, &argument);
        }
    }
    told
}

/// Who each row is: the text of its id, else its line in the file that the frame would be.
fn ids(
    column: Option<(usize, &Column)>,
    rows: usize,
    mistakes: &mut Vec<Mistake>,
) -> Result<LargeStringArray> {
    let mut all = Ids {
        column: column.map_or(0, |(at, _)| at),
        row: 0,
        built: LargeStringBuilder::with_capacity(rows, 12 * rows),
        mistakes,
    };
    match column {
        None => (0..rows).for_each(|_| all.push("")),
        Some((_, column)) => {
            for piece in &column.pieces {
                if !all.piece(piece.as_ref()) {
                    return Err(Error::failed(format!(
                        "column {:?} is of the type {}: ids are texts or whole numbers",
                        column.name,
                        piece.data_type()
                    )));
                }
            }
        }
    }
    Ok(all.built.finish())
}

/// Ids read so far.
struct Ids<'m> {
    column: usize,
    row: usize,
    built: LargeStringBuilder,
    mistakes: &'m mut Vec<Mistake>,
}

impl Ids<'_> {
    fn push(&mut self, text: &str) {
        let text = text.trim();
        if text.contains('\0') {
            self.mistakes.push(Mistake {
                row: self.row,
                column: self.column,
                cell: Arc::new(WrongCell {
                    value: short(text),
                    reason: "a text has no NUL characters".to_owned(),
                }),
            });
        }
        if text.is_empty() {
            // the header is the first line
            self.built.append_value(format!("row {}", self.row + 2));
        } else {
            self.built.append_value(text);
        }
        self.row += 1;
    }

    fn piece(&mut self, cells: &dyn Array) -> bool {
        match cells.data_type() {
            DataType::Null => (0..cells.len()).for_each(|_| self.push("")),
            DataType::Int8 => self.whole::<Int8Type>(cells),
            DataType::Int16 => self.whole::<Int16Type>(cells),
            DataType::Int32 => self.whole::<Int32Type>(cells),
            DataType::Int64 => self.whole::<Int64Type>(cells),
            DataType::UInt8 => self.whole::<UInt8Type>(cells),
            DataType::UInt16 => self.whole::<UInt16Type>(cells),
            DataType::UInt32 => self.whole::<UInt32Type>(cells),
            DataType::UInt64 => self.whole::<UInt64Type>(cells),
            DataType::Utf8 => self.texts(cells.as_string::<i32>().iter()),
            DataType::LargeUtf8 => self.texts(cells.as_string::<i64>().iter()),
            DataType::Utf8View => self.texts(cells.as_string_view().iter()),
            DataType::Dictionary(..) => return self.categories(cells),
            _ => return false,
        }
        true
    }

    fn texts<'c>(&mut self, cells: impl Iterator<Item = Option<&'c str>>) {
        cells.for_each(|cell| self.push(cell.unwrap_or_default()));
    }

    fn whole<T: ArrowPrimitiveType>(&mut self, cells: &dyn Array)
    where
        T::Native: std::fmt::Display,
    {
        for cell in cells.as_primitive::<T>() {
            match cell {
                Some(number) => self.push(&number.to_string()),
                None => self.push(""),
            }
        }
    }

    fn categories(&mut self, cells: &dyn Array) -> bool {
        let Some(cells) = cells.as_any_dictionary_opt() else {
            return false;
        };
        let values = cells.values();
        if values.is_empty() {
            (0..cells.len()).for_each(|_| self.push(""));
            return true;
        }
        let nulls = cells.nulls();
        for (at, key) in cells.normalized_keys().into_iter().enumerate() {
            if nulls.is_some_and(|nulls| nulls.is_null(at)) {
                self.push("");
            } else if !self.piece(values.slice(key, 1).as_ref()) {
                return false;
            }
        }
        true
    }
}
