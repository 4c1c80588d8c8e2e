//! Tasks that any thread can do: pieces of an input, read into rows.

use crate::input::csv::CsvReader;
use crate::input::ledger::Ledger;
use crate::input::ndjson::NdjsonReader;
use crate::input::record_splitter::{LONGEST, SHOWN};
use crate::input::row::{Receiver, Rejection, RowBuffer};
use crate::storage::answer_file::AnswerSheet;
use crate::storage::text_file::{LARGEST, bytes_of};
use rolescope_core::Pack;
use std::path::PathBuf;
use std::sync::Arc;

/// How many threads are of use: as many as run at the same time.
#[must_use]
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// An input of rows, opened.
#[derive(Debug)]
pub struct OpenInput {
    /// What messages call it.
    pub(crate) name: String,
    /// How its rows are read.
    pub(crate) rows: RowReader,
}

/// How rows are read.
#[derive(Debug)]
pub(crate) enum RowReader {
    /// As cells.
    Table(Box<CsvReader>),
    /// As JSON.
    Lines(NdjsonReader),
}

/// Something to be done by any thread.
#[derive(Debug)]
pub enum Task {
    /// Rows, in the caller's buffer, the first on this line.
    Rows(Arc<OpenInput>, u64),
    /// A row over the bound, on this line, that starts so.
    TooLong(Arc<OpenInput>, u64, Vec<u8>),
    /// Answer files.
    Files(Vec<PathBuf>),
    /// One answer file, as its name and what it holds.
    Text(String, Vec<u8>),
}

/// Does a task: gives its rows to the receiver. Returns what else a ledger is to count.
pub fn work(
    work: &Task,
    pack: &Pack,
    bytes: &[u8],
    row: &mut RowBuffer,
    receiver: &mut impl Receiver,
) -> Ledger {
    match work {
        Task::Rows(source, line) => {
            let whose = (source.name.as_str(), pack);
            return match &source.rows {
                RowReader::Table(table) => table.read(whose, bytes, *line, row, receiver),
                RowReader::Lines(lines) => lines.read(whose, bytes, *line, row, receiver),
            };
        }
        Task::TooLong(source, line, start) => {
            receiver.reject(&Rejection {
                input: &source.name,
                line: *line,
                column: None,
                field: String::new(),
                value: String::new(),
                reason: format!("the row is over {LONGEST} bytes; a row of answers is smaller"),
                row: start,
            });
        }
        Task::Files(paths) => {
            for path in paths {
                let name = path.display().to_string();
                let go_on = match bytes_of(path) {
                    Ok(bytes) => sheet(&name, &bytes, pack, row, receiver),
                    Err(e) => receiver.reject(&unread(&name, format!("cannot be read: {e}"), b"")),
                };
                if !go_on {
                    break;
                }
            }
        }
        Task::Text(name, bytes) => {
            sheet(name, bytes, pack, row, receiver);
        }
    }
    Ledger::default()
}

/// A person's answer file, read: true to go on.
fn sheet(
    name: &str,
    bytes: &[u8],
    pack: &Pack,
    row: &mut RowBuffer,
    receiver: &mut impl Receiver,
) -> bool {
    match AnswerSheet::of_bytes(name, bytes.to_vec(), pack, false) {
        Ok(sheet) => {
            for (id, _) in &sheet.dropped {
                receiver.unknown(id);
            }
            row.clear();
            receiver.person(&sheet.id, &sheet.answers, &row.kept)
        }
        Err(error) => {
            let reason = error.to_string().trim_end().to_owned();
            let mut unread = unread(name, reason, bytes);
            if let Some((line, column, reason)) = placed(name, &unread.reason) {
                (unread.line, unread.column) = (line, Some(column));
                unread.reason = reason;
            }
            receiver.reject(&unread)
        }
    }
}

/// An answer file that cannot be scored, whole if it is no larger than one may be.
fn unread<'a>(input: &'a str, reason: String, bytes: &'a [u8]) -> Rejection<'a> {
    let whole = bytes.len() as u64 <= LARGEST;
    Rejection {
        input,
        line: 1,
        column: None,
        field: String::new(),
        value: String::new(),
        reason,
        row: if whole { bytes } else { &bytes[..SHOWN] },
    }
}

/// The place that a message begins with, and the rest of it.
fn placed(name: &str, message: &str) -> Option<(u64, usize, String)> {
    let place = message.strip_prefix(name)?.strip_prefix(':')?;
    let mut parts = place.splitn(3, ':');
    let (line, column) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some((line, column, parts.next()?.trim_start().to_owned()))
}
