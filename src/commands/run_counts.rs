//! What a run over many sheets counts and tells, and the rows that it rejects.

use crate::error::Result;
use crate::input::ledger::Ledger;
use crate::input::row::Rejection;
use rolescope_core::{csv_cell, inert};

/// Rejections and unknown questions shown one by one; the rest are counted.
pub(crate) const SHOWN: usize = 20;

/// What a run counts.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RunCounts {
    /// Rows read.
    pub rows: u64,
    /// Of them, those without a clear pattern.
    pub unclear: u64,
    /// Those with too few answers.
    pub insufficient: u64,
    /// Those that could not be scored.
    pub rejected: u64,
    /// What else became of the lines that were read.
    pub ledger: Ledger,
}

impl RunCounts {
    /// Counts what another has counted.
    pub(crate) fn add(&mut self, other: Self) {
        self.rows += other.rows;
        self.unclear += other.unclear;
        self.insufficient += other.insufficient;
        self.rejected += other.rejected;
        self.ledger.add(other.ledger);
    }

    /// Holds that all that was read is accounted for.
    ///
    /// # Errors
    /// When it is not.
    pub(crate) fn close(&self) -> Result<()> {
        self.ledger.close(self.rows - self.rejected, self.rejected)
    }
}

/// A rejection as a message tells it, in a line.
#[derive(Clone, Debug)]
pub(crate) struct RejectionMessage(pub String);

impl RejectionMessage {
    /// Of a rejection.
    pub(crate) fn of(rejection: &Rejection<'_>) -> Self {
        let place = rejection
            .column
            .map_or_else(String::new, |column| format!(":{column}"));
        let found = if rejection.field.is_empty() {
            String::new()
        } else {
            let value: String = rejection.value.chars().take(60).collect();
            format!("{}: {:?}: ", inert(&rejection.field), inert(&value))
        };
        Self(format!(
            "{}:{}{place}: {found}{}",
            inert(rejection.input),
            rejection.line,
            rejection.reason
        ))
    }
}

/// What is done with finished work, always by one thread at a time and in the order of the input.
pub(crate) trait RunListener: Send {
    /// Something worth saying about an input.
    fn remark(&mut self, text: &str);
    /// A rejected row; told for the first [`SHOWN`] and one more.
    fn rejected(&mut self, told: &RejectionMessage);
    /// An answer to a question that the pack does not have; told for the first few.
    fn unknown(&mut self, question: &str);
    /// So much is done.
    fn done(&mut self, tally: &RunCounts);
}

/// The header of a file of rejected rows.
pub(crate) const REJECTS: &[u8] = b"file,line,column,value,reason,row\n";

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
    csv_cell(out, &rejection.reason);
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
