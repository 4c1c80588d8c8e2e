//! Tasks that any thread can do: pieces of an input, read into rows.

use crate::engine::pack::Pack;
use crate::error::{Error, Result};
use crate::files::chunks::LONGEST;
use crate::files::lines::Lines;
use crate::files::rows::{Receiver, Rejection, Row};
use crate::files::sheet::Sheet;
use crate::files::table::Table;
use std::path::PathBuf;
use std::sync::Arc;

/// An input of rows, opened.
#[derive(Debug)]
pub struct Source {
    /// What messages call it.
    pub(crate) name: String,
    /// How its rows are read.
    pub(crate) rows: Rows,
}

/// How rows are read.
#[derive(Debug)]
pub(crate) enum Rows {
    /// As cells.
    Table(Box<Table>),
    /// As JSON.
    Lines(Lines),
}

/// Something to be done by any thread.
#[derive(Debug)]
pub enum Work {
    /// Rows, in the caller's buffer, the first on this line.
    Rows(Arc<Source>, u64),
    /// A row over the bound, on this line, that starts so.
    TooLong(Arc<Source>, u64, Vec<u8>),
    /// Answer files.
    Files(Vec<PathBuf>),
    /// One answer file, as name and text.
    Text(String, String),
}

/// Does a task: gives its rows to the receiver.
///
/// # Errors
/// When an answer file cannot be read.
pub fn work(
    work: &Work,
    pack: &Pack,
    bytes: &[u8],
    row: &mut Row,
    receiver: &mut impl Receiver,
) -> Result<()> {
    match work {
        Work::Rows(source, line) => {
            let whose = (source.name.as_str(), pack);
            match &source.rows {
                Rows::Table(table) => table.read(whose, bytes, *line, row, receiver),
                Rows::Lines(lines) => lines.read(whose, bytes, *line, row, receiver),
            }
        }
        Work::TooLong(source, line, start) => {
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
        Work::Files(paths) => {
            for path in paths {
                let name = path.display().to_string();
                if !sheet(&name, Sheet::load(path, pack, false), row, receiver)? {
                    break;
                }
            }
        }
        Work::Text(name, text) => {
            sheet(name, Sheet::parse(name, text, pack, false), row, receiver)?;
        }
    }
    Ok(())
}

/// A person's answer file, read: true to go on.
fn sheet(
    name: &str,
    sheet: Result<Sheet>,
    row: &mut Row,
    receiver: &mut impl Receiver,
) -> Result<bool> {
    match sheet {
        Ok(sheet) => {
            for (id, _) in &sheet.dropped {
                receiver.unknown(id);
            }
            row.clear();
            Ok(receiver.person(&sheet.id, &sheet.answers, &row.kept))
        }
        Err(Error::Mistakes(text)) => Ok(receiver.reject(&Rejection {
            input: name,
            line: 1,
            column: None,
            field: String::new(),
            value: String::new(),
            reason: text.trim_end().to_owned(),
            row: b"",
        })),
        Err(error) => Err(error),
    }
}
