//! What can be called: `score` and `score_csv`, and what their arguments come to.

use crate::error::{Error, RolescopeError};
use crate::frame::Frame;
use crate::input::codes::CodeRange;
use crate::pack::{PackArgument, asked, comparison};
use crate::people::{Mistake, People, Reading};
use crate::scored::Scoring;
use crate::table::{ColumnOf, Table};
use crate::threads::cores;
use pyo3::exceptions::PyUserWarning;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use rolescope_core::write::RecordWriter;
use std::ffi::CString;
use std::fmt::Write as _;
use std::sync::Arc;

/// Mistakes that a message lists; the rest are counted.
const TOLD: usize = 5;

/// One text, or several.
#[derive(FromPyObject)]
pub(crate) enum Texts {
    /// One.
    One(String),
    /// Several.
    Several(Vec<String>),
}

/// How many roles a row holds: a number, or all.
#[derive(FromPyObject)]
pub(crate) enum Top {
    /// So many.
    Number(i64),
    /// All of them.
    Word(String),
}

impl Top {
    fn number(self) -> Result<usize, Error> {
        match self {
            Self::Number(n @ 1..) => Ok(usize::try_from(n).unwrap_or(usize::MAX)),
            Self::Word(word) if word == "all" => Ok(usize::MAX),
            Self::Number(n) => Err(Error::failed(format!(
                "top {n}: a number from 1, or \"all\""
            ))),
            Self::Word(word) => Err(Error::failed(format!(
                "top {word:?}: a number from 1, or \"all\""
            ))),
        }
    }
}

/// A call: what is scored, and how it is written.
struct Call {
    pack: Arc<rolescope_core::Pack>,
    family: Option<String>,
    aptitude_weight: f64,
    top: usize,
    reachable: bool,
    jobs: usize,
    people: People,
    /// The rows that are scored.
    rows: Vec<usize>,
    /// The names of the columns that were given.
    names: Vec<String>,
}

/// What can be said of a call by name.
struct Options {
    top: Top,
    id: Option<String>,
    pack: Option<PackArgument>,
    family: Option<String>,
    aptitude_weight: f64,
    reachable: bool,
    partial: bool,
    missing: Option<Texts>,
    codes: Option<Texts>,
    on_reject: String,
    jobs: Option<i64>,
}

impl Call {
    /// Reads what a call was given.
    fn new(data: &Bound<'_, PyAny>, options: Options) -> PyResult<Self> {
        let py = data.py();
        let stop = match options.on_reject.as_str() {
            "raise" => true,
            "skip" => false,
            other => {
                return Err(
                    Error::failed(format!("on_reject {other:?}: \"raise\" or \"skip\"")).into(),
                );
            }
        };
        let jobs = match options.jobs {
            None => cores(),
            Some(jobs @ 1..=256) => usize::try_from(jobs).unwrap_or(1).min(2 * cores()),
            Some(jobs) => {
                return Err(Error::failed(format!("jobs {jobs}: a number from 1 to 256")).into());
            }
        };
        let several = |texts: Option<Texts>| match texts {
            None => Vec::new(),
            Some(Texts::One(text)) => vec![text],
            Some(Texts::Several(texts)) => texts,
        };
        let codes = several(options.codes).into_iter().map(|text| {
            CodeRange::parse(&text).map_err(|why| Error::failed(format!("codes {text:?}: {why}")))
        });
        let reading = Reading {
            id: options.id,
            partial: options.partial,
            missing: several(options.missing),
            codes: codes.collect::<Result<_, _>>()?,
            stop,
            jobs,
        };
        let top = options.top.number()?;
        let pack = asked(options.pack)?;
        let frame = Frame::of(data)?;
        let people = py.detach(|| People::read(&pack, &frame, &reading))?;
        for remark in &people.remarks {
            warn(py, remark)?;
        }
        let names: Vec<String> = frame.columns.into_iter().map(|c| c.name).collect();
        if stop && !people.mistakes.is_empty() {
            return Err(refused(py, &names, &people.mistakes));
        }
        let mut left = people.mistakes.iter().map(|m| m.row).peekable();
        let rows = (0..people.rows).filter(|row| {
            let mut out = false;
            while left.next_if_eq(row).is_some() {
                out = true;
            }
            !out
        });
        Ok(Self {
            rows: rows.collect(),
            family: options.family,
            aptitude_weight: options.aptitude_weight,
            top,
            reachable: options.reachable,
            jobs,
            pack,
            people,
            names,
        })
    }

    /// The cells for which rows were left out.
    fn rejected(&self) -> PyResult<Table> {
        let all = || self.people.mistakes.iter();
        let texts = |text: &dyn Fn(&Mistake) -> String| ColumnOf::Texts(all().map(text).collect());
        let rows = all().map(|m| i64::try_from(m.row).unwrap_or(i64::MAX));
        Table::of_columns(vec![
            ("row", ColumnOf::Numbers(rows.collect())),
            ("column", texts(&|m| self.names[m.column].clone())),
            ("value", texts(&|m| m.cell.value.clone())),
            ("reason", texts(&|m| m.cell.reason.clone())),
        ])
    }

    /// Scores, while other threads of Python may run.
    fn run<T: Send>(
        &self,
        py: Python<'_>,
        make: impl Fn(&Scoring<'_>) -> Result<T, Error> + Send,
    ) -> PyResult<T> {
        let made = py.detach(move || {
            let comparison = comparison(&self.pack, self.family.as_deref(), self.aptitude_weight)?;
            let records = RecordWriter::new(&comparison)
                .best(self.top)
                .with_reach(self.reachable);
            make(&Scoring {
                comparison: &comparison,
                people: &self.people,
                rows: &self.rows,
                records,
                jobs: self.jobs,
            })
        });
        Ok(made?)
    }
}

/// Scores the people of a data frame and gives columns: those of `rolescope score -f csv`.
#[pyfunction]
#[pyo3(signature = (
    data, *, top=Top::Number(5), id=None, pack=None, family=None, aptitude_weight=1.0, reachable=false,
    partial=false, missing=None, codes=None, on_reject="raise".to_owned(), jobs=None
))]
#[expect(clippy::too_many_arguments, reason = "each has its name in Python")]
pub(crate) fn score(
    data: &Bound<'_, PyAny>,
    top: Top,
    id: Option<String>,
    pack: Option<PackArgument>,
    family: Option<String>,
    aptitude_weight: f64,
    reachable: bool,
    partial: bool,
    missing: Option<Texts>,
    codes: Option<Texts>,
    on_reject: String,
    jobs: Option<i64>,
) -> PyResult<Table> {
    let py = data.py();
    let options = Options {
        top,
        id,
        pack,
        family,
        aptitude_weight,
        reachable,
        partial,
        missing,
        codes,
        on_reject,
        jobs,
    };
    let call = Call::new(data, options)?;
    let (schema, batches) = call.run(py, |scoring| {
        let schema = scoring.schema();
        let batches = scoring.columns(&schema)?;
        Ok((schema, batches))
    })?;
    let rejected = call.rejected()?;
    Ok(Table::new(schema, batches, Some(Py::new(py, rejected)?)))
}

/// Scores the people of a data frame and gives the bytes that `rolescope score -f csv` writes.
#[pyfunction]
#[pyo3(signature = (
    data, *, top=Top::Number(5), id=None, pack=None, family=None, aptitude_weight=1.0, reachable=false,
    partial=false, missing=None, codes=None, on_reject="raise".to_owned(), jobs=None
))]
#[expect(clippy::too_many_arguments, reason = "each has its name in Python")]
pub(crate) fn score_csv<'py>(
    data: &Bound<'py, PyAny>,
    top: Top,
    id: Option<String>,
    pack: Option<PackArgument>,
    family: Option<String>,
    aptitude_weight: f64,
    reachable: bool,
    partial: bool,
    missing: Option<Texts>,
    codes: Option<Texts>,
    on_reject: String,
    jobs: Option<i64>,
) -> PyResult<Bound<'py, PyBytes>> {
    let py = data.py();
    let options = Options {
        top,
        id,
        pack,
        family,
        aptitude_weight,
        reachable,
        partial,
        missing,
        codes,
        on_reject,
        jobs,
    };
    let call = Call::new(data, options)?;
    let left = call.people.rows - call.rows.len();
    if let (1.., Some(first)) = (left, call.people.mistakes.first()) {
        let of = call.people.rows;
        let told = mistake(&call.names, first);
        warn(
            py,
            &format!("{left} of {of} rows are left out; the first: {told}"),
        )?;
    }
    let csv = call.run(py, |scoring| scoring.csv())?;
    Ok(PyBytes::new(py, &csv))
}

/// A mistake and its place.
fn mistake(names: &[String], mistake: &Mistake) -> String {
    format!(
        "row {} (from 0), column {:?}: {:?}: {}",
        mistake.row, names[mistake.column], mistake.cell.value, mistake.cell.reason
    )
}

/// The exception for cells that are no answers: the first few in its message, the first as its attributes.
fn refused(py: Python<'_>, names: &[String], mistakes: &[Mistake]) -> PyErr {
    let mut told = String::new();
    for one in mistakes.iter().take(TOLD) {
        let _ = writeln!(told, "{}", mistake(names, one));
    }
    if mistakes.len() > TOLD {
        told += "and more cells\n";
    }
    told += "on_reject=\"skip\" leaves such rows out";
    let error = RolescopeError::new_err(told);
    if let Some(first) = mistakes.first() {
        let value = error.value(py);
        let name = names[first.column].as_str();
        let set = [
            value.setattr("row", first.row),
            value.setattr("column", name),
            value.setattr("value", first.cell.value.as_str()),
            value.setattr("reason", first.cell.reason.as_str()),
        ];
        if let Some(Err(why)) = set.into_iter().find(Result::is_err) {
            return why;
        }
    }
    error
}

/// A warning at the line of the caller.
fn warn(py: Python<'_>, text: &str) -> PyResult<()> {
    let text = CString::new(text.replace('\0', "\u{FFFD}")).unwrap_or_default();
    PyErr::warn(py, &py.get_type::<PyUserWarning>(), &text, 1)
}
