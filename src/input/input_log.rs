//! What is told of the inputs of a run, and how it ends: rejected rows with place and reason, questions
//! that the pack does not have, inputs that could not be read, and whether everybody is accounted for.
//! Every command with people tells them in these words.

use crate::error::{Error, Result};
use crate::input::containers::workbook::place;
use crate::input::ledger::Ledger;
use crate::input::row::{CellMistake, Rejection};
use crate::storage::folder_names::hash_of;
use rolescope_core::Pack;
use rolescope_core::text::inert;
use rolescope_core::text::nearest;
use rolescope_core::write::csv_cell;
use std::collections::{BTreeSet, HashSet};

/// Rejected rows and unknown questions told one by one; the rest are counted.
const SHOWN: usize = 20;
/// Unknown questions that are counted.
const COUNTED: usize = 100_000;
/// Characters of a name or value that are told.
const LONGEST: usize = 60;

/// Whoever hears what is told.
pub trait Messages: Send {
    /// Something that must be heard.
    fn say(&mut self, text: &str);
    /// Something worth saying, unless quiet was asked for.
    fn remark(&mut self, text: &str);
    /// How many rows are done.
    fn rows(&mut self, rows: u64);
}

/// What is found in a piece of an input, until its turn to be told comes.
#[derive(Debug, Default)]
pub(crate) struct PieceLog {
    /// People read.
    pub people: u64,
    rejected: u64,
    /// What else became of its lines.
    pub ledger: Ledger,
    /// What is worth saying about inputs.
    pub remarks: Vec<String>,
    /// The headers of tables that were opened, as they were read.
    pub headers: Vec<u8>,
    told: Vec<String>,
    unknown: UnknownNames,
    unread: Vec<String>,
}

impl PieceLog {
    /// Whether nothing is to be told.
    pub(crate) fn is_empty(&self) -> bool {
        self.remarks.is_empty() && self.unread.is_empty() && self.people + self.rejected == 0
    }

    /// Notes a rejected row.
    pub(crate) fn reject(&mut self, rejection: &Rejection<'_>) {
        self.rejected += 1;
        // one more shows that there are more
        if self.told.len() <= SHOWN {
            self.told.push(message(rejection));
        }
    }

    /// Notes an answer to a question that the pack does not have.
    pub(crate) fn unknown(&mut self, question: &str) {
        self.unknown.add(question);
    }

    /// Notes an input that could not be read, or not to its end.
    pub(crate) fn unread(&mut self, error: &Error) {
        self.unread.push(error.to_string());
    }
}

/// Names that the pack does not have: few are kept, of the others only what tells them apart.
#[derive(Debug, Default)]
struct UnknownNames {
    kept: BTreeSet<String>,
    others: HashSet<u64>,
}

impl UnknownNames {
    /// Adds a name, and says whether it is a new one among those that are kept.
    fn add(&mut self, name: &str) -> bool {
        let short: String = name.chars().take(LONGEST).collect();
        if self.kept.contains(&short) {
            return false;
        }
        if self.kept.len() < SHOWN {
            return self.kept.insert(short);
        }
        self.count(hash_of(short.as_bytes()));
        false
    }

    /// Counts another name, up to a bound.
    fn count(&mut self, name: u64) {
        if self.others.len() < COUNTED + SHOWN {
            self.others.insert(name);
        }
    }

    /// What is said of those that are not named.
    fn more(&self) -> Option<String> {
        // another piece may have counted what is kept of this one
        let kept = self.kept.iter().map(|name| hash_of(name.as_bytes()));
        let both = kept.filter(|name| self.others.contains(name)).count();
        match self.others.len() - both {
            0 => None,
            1 => Some("1 more name is no question, ignored".to_owned()),
            n if n >= COUNTED => Some(format!(
                "at least {COUNTED} more names are no questions, ignored"
            )),
            n => Some(format!("{n} more names are no questions, ignored")),
        }
    }
}

/// What was told so far of a run.
pub(crate) struct InputLog<'a> {
    pack: &'a Pack,
    messages: &'a mut dyn Messages,
    told: usize,
    unknown: UnknownNames,
    summary: InputSummary,
}

/// What became of all that a run was given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InputSummary {
    /// People read.
    pub people: u64,
    /// Rows rejected.
    pub rejected: u64,
    /// Inputs that could not be read, or not to their end.
    pub unread: u64,
    /// All inputs.
    pub inputs: u64,
    ledger: Ledger,
}

impl<'a> InputLog<'a> {
    /// Nothing told yet.
    pub(crate) fn new(pack: &'a Pack, messages: &'a mut dyn Messages) -> Self {
        Self {
            pack,
            messages,
            told: 0,
            unknown: UnknownNames::default(),
            summary: InputSummary::default(),
        }
    }

    /// Tells what was found in the next piece, in the order of the inputs, and empties it.
    pub(crate) fn take(&mut self, piece: &mut PieceLog) {
        let piece = std::mem::take(piece);
        for remark in &piece.remarks {
            self.messages.remark(&inert(remark));
        }
        for told in &piece.told {
            self.told += 1;
            match self.told {
                n if n <= SHOWN => self.messages.say(told),
                n if n == SHOWN + 1 => {
                    let more = "further rejected rows are only counted";
                    self.messages.say(more);
                }
                _ => {}
            }
        }
        for question in piece.unknown.kept {
            if self.unknown.add(&question) {
                let ids = self
                    .pack
                    .questions()
                    .iter()
                    .map(rolescope_core::Question::id);
                let near = nearest(&question, ids);
                let near = near.map_or_else(String::new, |n| format!("; did you mean {n}?"));
                let text = format!("no question {question}, ignored{near}");
                self.messages.remark(&inert(&text));
            }
        }
        for name in piece.unknown.others {
            self.unknown.count(name);
        }
        for unread in &piece.unread {
            self.messages.say(&format!("not read: {unread}"));
        }
        let all = &mut self.summary;
        all.people += piece.people;
        all.rejected += piece.rejected;
        all.unread += piece.unread.len() as u64;
        all.ledger.add(piece.ledger);
        self.messages.rows(all.people + all.rejected);
    }

    /// Ends the log: `ledger` is what was handed out of so many inputs.
    ///
    /// # Errors
    /// When somebody is not accounted for: a mistake of the program.
    pub(crate) fn close(mut self, ledger: Ledger, inputs: u64) -> Result<InputSummary> {
        let all = &mut self.summary;
        all.inputs = inputs;
        all.ledger.add(ledger);
        all.ledger.close(all.people, all.rejected)?;
        if let Some(more) = self.unknown.more() {
            self.messages.remark(&more);
        }
        Ok(self.summary)
    }

    /// What is known of a run that was ended before the end of its inputs.
    pub(crate) const fn so_far(&self) -> InputSummary {
        self.summary
    }
}

impl InputSummary {
    /// What was passed over, if anything was.
    #[must_use]
    pub fn passed_over(&self) -> Option<String> {
        self.ledger.passed_over()
    }

    /// Holds that somebody was read, where rows or inputs were left out; `done` is what is done with
    /// people, as "scored".
    ///
    /// # Errors
    /// When nobody was.
    pub fn somebody(&self, done: &str) -> Result<()> {
        if self.people > 0 || self.rejected + self.unread == 0 {
            return Ok(());
        }
        let rows = match self.rejected {
            0 => None,
            1 => Some("the only row was rejected".to_owned()),
            n => Some(format!("all of {n} rows were rejected")),
        };
        let inputs = match (self.unread, &rows) {
            (0, _) => None,
            (n, None) => Some(format!("none of {n} inputs could be read")),
            (n, Some(_)) => Some(format!("{n} of {} inputs could not be read", self.inputs)),
        };
        let why: Vec<String> = [rows, inputs].into_iter().flatten().collect();
        let why = why.join(" and ");
        Err(Error::Nothing(format!("{why}; nothing could be {done}")))
    }

    /// How the run ends; `done` is what was done with people, as "scored".
    ///
    /// # Errors
    /// When rows or inputs were left out.
    pub fn end(&self, done: &str) -> Result<()> {
        self.somebody(done)?;
        let rows = (self.rejected > 0).then(|| {
            let rows = self.people + self.rejected;
            format!("{} of {rows} rows were rejected", self.rejected)
        });
        let inputs = (self.unread > 0).then(|| {
            format!(
                "{} of {} inputs could not be read",
                self.unread, self.inputs
            )
        });
        let left: Vec<String> = [rows, inputs].into_iter().flatten().collect();
        if left.is_empty() {
            return Ok(());
        }
        let left = left.join(" and ");
        Err(Error::Partly(format!("{left}; the others were {done}")))
    }
}

/// A rejection as a message tells it, a line for each mistake.
pub(crate) fn message(rejection: &Rejection<'_>) -> String {
    let first = CellMistake {
        line: rejection.line,
        column: rejection.column,
        field: rejection.field.clone(),
        value: rejection.value.clone(),
        reason: rejection.reason.clone(),
    };
    let all = std::iter::once(&first).chain(&rejection.more).take(SHOWN);
    let mut lines: Vec<String> = all.map(|mistake| told(rejection, mistake)).collect();
    if rejection.more.len() >= SHOWN {
        let more = rejection.more.len() + 1 - SHOWN;
        lines.push(format!(
            "{}:{}: and {more} mistakes more",
            inert(rejection.input),
            rejection.line
        ));
    }
    lines.join("\n")
}

/// A mistake of a row with its place.
fn told(rejection: &Rejection<'_>, mistake: &CellMistake) -> String {
    let place = match (rejection.sheet, mistake.column) {
        (Some(sheet), column) => {
            format!(
                "{}!{}",
                inert(sheet),
                place(mistake.line, column.unwrap_or(1))
            )
        }
        (None, Some(column)) => format!("{}:{column}", mistake.line),
        (None, None) => mistake.line.to_string(),
    };
    let found = if mistake.field.is_empty() {
        String::new()
    } else {
        let value: String = mistake.value.chars().take(LONGEST).collect();
        format!(
            "{}: {:?}: ",
            inert(&shortened(&mistake.field)),
            inert(&value)
        )
    };
    format!(
        "{}:{place}: {found}{}",
        inert(rejection.input),
        inert(&mistake.reason)
    )
}

/// A header, which may be a whole question, as a message names it.
fn shortened(field: &str) -> String {
    field.chars().take(LONGEST).collect()
}

/// The header of a file of rejected rows.
pub const REJECTS: &[u8] = b"file,line,column,value,reason,row\n";

/// Adds a rejected row to that file; the row itself as it was read.
pub(crate) fn reject_row(out: &mut Vec<u8>, rejection: &Rejection<'_>) {
    let column = match rejection.column {
        _ if !rejection.field.is_empty() => rejection.field.clone(),
        Some(column) => column.to_string(),
        None => String::new(),
    };
    csv_cell(out, rejection.input);
    out.extend_from_slice(format!(",{},", rejection.line).as_bytes());
    csv_cell(out, &column);
    out.push(b',');
    csv_cell(out, &rejection.value);
    out.push(b',');
    let more = rejection.more.iter().map(|m| {
        if m.field.is_empty() {
            return format!("; line {}: {}", m.line, m.reason);
        }
        format!("; {}: {:?}: {}", m.field, m.value, m.reason)
    });
    let reasons = rejection.reason.clone() + &more.collect::<String>();
    csv_cell(out, &reasons);
    out.push(b',');
    row_cell(out, rejection.row);
    out.push(b'\n');
}

/// Adds a row as a cell, byte for byte, whatever its encoding: a mark that is taken off again where
/// a spreadsheet would run it, and where it starts with one.
fn row_cell(out: &mut Vec<u8>, row: &[u8]) {
    out.push(b'"');
    if let Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\'') = row.first() {
        out.push(b'\'');
    }
    for &byte in row {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}
