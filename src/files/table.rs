//! Tables: a header of question ids in any order, one person a row.

use crate::engine::answers::{Answers, allowed, code_of};
use crate::engine::pack::{Pack, QuestionIx};
use crate::error::{Error, Result};
use crate::files::records::{Person, Receiver, Rejection, in_input};
use crate::input::mistakes::nearest;
use csv::ByteRecord;
use std::io::Read;

/// What separates the cells of a table that starts like this.
pub(crate) fn delimiter(start: &[u8]) -> u8 {
    let header = start.split(|&b| b == b'\n').next().unwrap_or(start);
    let count = |d: u8| header.split(|&b| b == d).count();
    b",;\t"
        .iter()
        .copied()
        .rev()
        .max_by_key(|&d| count(d))
        .unwrap_or(b',')
}

/// What the columns of a table are.
struct Columns {
    id: Option<usize>,
    names: Vec<String>,
    questions: Vec<Option<QuestionIx>>,
}

/// Reads every row of a table.
///
/// # Errors
/// When the input cannot be read, its header names no question or one twice, or the receiver fails.
pub(crate) fn read(
    name: &str,
    reader: impl Read,
    delimiter: u8,
    pack: &Pack,
    receiver: &mut dyn Receiver,
) -> Result<()> {
    let mut table = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(reader);
    let cannot = |e: csv::Error| Error::failed(format!("cannot read {name}: {e}"));
    let header = table.byte_headers().map_err(cannot)?.clone();
    let columns = columns(name, &header, pack)?;
    remark(name, &columns, pack, receiver);
    let mut record = ByteRecord::new();
    let mut number = 0_u64;
    while table.read_byte_record(&mut record).map_err(cannot)? {
        number += 1;
        let line = record.position().map_or(0, csv::Position::line);
        let row = person(&record, line, number, &columns, pack);
        receiver.row(row.map_err(|rejection| in_input(name, rejection)))?;
    }
    Ok(())
}

fn columns(name: &str, header: &ByteRecord, pack: &Pack) -> Result<Columns> {
    let names: Vec<String> = header
        .iter()
        .map(|cell| String::from_utf8_lossy(cell).trim().to_owned())
        .collect();
    for (at, column) in names.iter().enumerate() {
        if names[..at].contains(column) && (column == "id" || pack.question(column).is_some()) {
            return Err(Error::failed(format!(
                "{name}:1: column {} is called {column} like an earlier one; each stands once",
                at + 1
            )));
        }
    }
    let questions: Vec<Option<QuestionIx>> =
        names.iter().map(|column| pack.question(column)).collect();
    if questions.iter().all(Option::is_none) {
        let example: Vec<&str> = pack
            .questions
            .iter()
            .take(3)
            .map(|q| q.id.as_str())
            .collect();
        return Err(Error::failed(format!(
            "{name}:1: no column is a question's id; a header looks like this: id,{},...",
            example.join(",")
        )));
    }
    Ok(Columns {
        id: names.iter().position(|column| column == "id"),
        names,
        questions,
    })
}

fn remark(name: &str, columns: &Columns, pack: &Pack, receiver: &mut dyn Receiver) {
    for (at, column) in columns.names.iter().enumerate() {
        if columns.questions[at].is_none() && Some(at) != columns.id {
            let ids = pack.questions.iter().map(|q| q.id.as_str());
            let near =
                nearest(column, ids).map_or_else(String::new, |n| format!("; did you mean {n}?"));
            receiver.remark(
                name,
                &format!("column {} ({column}) is no question, ignored{near}", at + 1),
            );
        }
    }
    let missing: Vec<&str> = pack
        .questions
        .iter()
        .enumerate()
        .filter(|(q, _)| !columns.questions.contains(&Some(*q)))
        .map(|(_, question)| question.id.as_str())
        .collect();
    if !missing.is_empty() {
        receiver.remark(name, &format!("no column for {}", missing.join(", ")));
    }
}

fn person(
    record: &ByteRecord,
    line: u64,
    number: u64,
    columns: &Columns,
    pack: &Pack,
) -> std::result::Result<Person, Rejection> {
    if record.len() != columns.names.len() {
        return Err(Rejection::of_line(
            line,
            None,
            format!(
                "{} cells where the header has {}",
                record.len(),
                columns.names.len()
            ),
        ));
    }
    let mut answers = Answers::none(pack);
    for (at, cell) in record.iter().enumerate() {
        let Some(q) = columns.questions[at] else {
            continue;
        };
        if cell.trim_ascii().is_empty() {
            continue;
        }
        let code = std::str::from_utf8(cell)
            .ok()
            .and_then(|text| code_of(&pack.questions[q], text));
        match code {
            Some(code) => answers.set(q, code),
            None => {
                return Err(Rejection {
                    field: columns.names[at].clone(),
                    value: String::from_utf8_lossy(cell).into_owned(),
                    ..Rejection::of_line(
                        line,
                        Some(at + 1),
                        format!("write {}", allowed(&pack.questions[q])),
                    )
                });
            }
        }
    }
    let id = columns
        .id
        .and_then(|at| record.get(at))
        .map(|cell| String::from_utf8_lossy(cell).trim().to_owned())
        .filter(|id| !id.is_empty());
    Ok(Person {
        id: id.unwrap_or_else(|| format!("row-{number}")),
        answers,
    })
}
