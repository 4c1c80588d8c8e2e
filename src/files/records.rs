//! Many answer sheets in: tables, NDJSON lines, TOML files and folders of these, one row at a time.

use crate::engine::answers::Answers;
use crate::engine::pack::Pack;
use crate::error::{Error, Result};
use crate::files::sheet::Sheet;
use crate::files::{lines, table};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// How an input is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// Cells between commas, or semicolons.
    Csv,
    /// Cells between tabs.
    Tsv,
    /// A JSON object a line.
    Ndjson,
    /// One person's answer file.
    Toml,
}

/// One person, read.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub id: String,
    /// The answers.
    pub answers: Answers,
}

/// A row that cannot be scored, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Where it came from.
    pub input: String,
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

impl Rejection {
    /// A rejection of a whole line.
    pub fn of_line(line: u64, column: Option<usize>, reason: impl Into<String>) -> Self {
        Self {
            input: String::new(),
            line,
            column,
            field: String::new(),
            value: String::new(),
            reason: reason.into(),
        }
    }
}

/// What is done with each row, and with remarks about a whole input.
pub trait Receiver {
    /// A row, scored or rejected next.
    fn row(&mut self, row: std::result::Result<Person, Rejection>) -> Result<()>;
    /// Something worth saying once about an input.
    fn remark(&mut self, input: &str, remark: &str);
}

/// Reads one input: a file, a folder of answer files, or `-` for standard input.
///
/// # Errors
/// When an input cannot be read at all, or the receiver fails. Bad rows are given to the receiver.
pub fn read(
    input: &str,
    written: Option<Written>,
    pack: &Pack,
    receiver: &mut dyn Receiver,
) -> Result<()> {
    if input == "-" {
        return stream(
            "standard input",
            std::io::stdin().lock(),
            written,
            pack,
            receiver,
        );
    }
    let path = Path::new(input);
    if path.is_dir() {
        return folder(path, pack, receiver);
    }
    if written.or_else(|| by_name(path)) == Some(Written::Toml) {
        return sheet(path, pack, receiver);
    }
    let file =
        File::open(path).map_err(|source| Error::io(format!("cannot open {input}"), source))?;
    let written = written.or_else(|| by_name(path));
    stream(input, BufReader::new(file), written, pack, receiver)
}

fn by_name(path: &Path) -> Option<Written> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    match extension.as_str() {
        "csv" => Some(Written::Csv),
        "tsv" => Some(Written::Tsv),
        "ndjson" | "jsonl" => Some(Written::Ndjson),
        "toml" => Some(Written::Toml),
        _ => None,
    }
}

fn stream(
    name: &str,
    mut reader: impl BufRead,
    written: Option<Written>,
    pack: &Pack,
    receiver: &mut dyn Receiver,
) -> Result<()> {
    let cannot = |source| Error::io(format!("cannot read {name}"), source);
    let start = reader.fill_buf().map_err(cannot)?;
    if start.is_empty() {
        return Err(Error::failed(format!(
            "{name} is empty; give a table whose header names questions, or NDJSON"
        )));
    }
    match written.unwrap_or_else(|| by_content(start)) {
        Written::Ndjson => lines::read(name, reader, pack, receiver),
        Written::Toml => {
            let mut text = String::new();
            reader.read_to_string(&mut text).map_err(cannot)?;
            match Sheet::parse(name, &text, pack, false) {
                Ok(sheet) => receiver.row(Ok(Person {
                    id: sheet.id,
                    answers: sheet.answers,
                })),
                Err(error) => receiver.row(Err(in_input(
                    name,
                    Rejection::of_line(1, None, error.to_string()),
                ))),
            }
        }
        written => {
            let delimiter = if written == Written::Tsv {
                b'\t'
            } else {
                table::delimiter(start)
            };
            table::read(name, reader, delimiter, pack, receiver)
        }
    }
}

fn by_content(start: &[u8]) -> Written {
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let first = start.trim_ascii_start();
    if first.starts_with(b"{") {
        Written::Ndjson
    } else if first.starts_with(b"format = ") || first.starts_with(b"format=") {
        Written::Toml
    } else {
        Written::Csv
    }
}

/// The rejection, with the name of its input.
pub(crate) fn in_input(name: &str, rejection: Rejection) -> Rejection {
    Rejection {
        input: name.to_owned(),
        ..rejection
    }
}

fn sheet(path: &Path, pack: &Pack, receiver: &mut dyn Receiver) -> Result<()> {
    let name = path.display().to_string();
    match Sheet::load(path, pack, false) {
        Ok(sheet) => {
            if !sheet.dropped.is_empty() {
                let ids: Vec<&str> = sheet.dropped.iter().map(|(id, _)| id.as_str()).collect();
                receiver.remark(&name, &format!("not in this pack: {}", ids.join(", ")));
            }
            receiver.row(Ok(Person {
                id: sheet.id,
                answers: sheet.answers,
            }))
        }
        Err(Error::Mistakes(text)) => {
            let rejection = Rejection::of_line(1, None, text.trim_end().to_owned());
            receiver.row(Err(in_input(&name, rejection)))
        }
        Err(error) => Err(error),
    }
}

fn folder(path: &Path, pack: &Pack, receiver: &mut dyn Receiver) -> Result<()> {
    let cannot = |source| Error::io(format!("cannot list {}", path.display()), source);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(cannot)? {
        let file = entry.map_err(cannot)?.path();
        let hidden = file
            .file_name()
            .is_some_and(|n| n.to_string_lossy().starts_with('.'));
        if !hidden && by_name(&file) == Some(Written::Toml) {
            files.push(file);
        }
    }
    if files.is_empty() {
        return Err(Error::failed(format!(
            "{} has no answer files (*.toml)",
            path.display()
        )));
    }
    files.sort();
    for file in files {
        sheet(&file, pack, receiver)?;
    }
    Ok(())
}
