//! Opens a text of answer codes: whether its first line names columns, and which.

use crate::error::{Error, Result};
use crate::input::code_lines::{CELLS, CodeColumns, CodeReader};
use crate::input::code_shape::{first_line, header_end};
use crate::input::header::{column, known_id};
use crate::input::ledger::Ledger;
use crate::input::opened::{Opening, RecordReader, RecordSource, RowReader, TextBytes};
use crate::input::quoting::Shape;
use crate::input::record_splitter::{LONGEST, RecordSplitter, Splitting};
use crate::input::row_cells::{RowCells, delimiter};
use crate::input::table::without_newline;
use memchr::memchr;
use rolescope_core::Answers;
use std::sync::Arc;

/// Opens lines of answer codes.
///
/// # Errors
/// When there is no column that is to be kept or to say who.
pub(crate) fn open(mut opening: Opening<'_>, mut bytes: TextBytes) -> Result<RecordSource> {
    "answer codes, one a line".clone_into(&mut opening.told.written);
    let options = opening.options;
    let header = header_end(&bytes.start, bytes.newline).filter(|_| !options.input.exact);
    let text = bytes.start.trim_ascii_start();
    let first = memchr(bytes.newline, text).map_or(text, |end| &text[..end]);
    if without_newline(first).len() > LONGEST {
        return Err(Error::failed(format!(
            "{}:1: the first line is over {LONGEST} bytes; it is a code, or names columns",
            opening.name
        )));
    }
    let (mut columns, mut head, mut passed) = (None, Vec::new(), Ledger::default());
    if let Some(end) = header {
        let rest = bytes.start.split_off(end);
        head = std::mem::replace(&mut bytes.start, rest);
        let lines = head.split(|b| *b == bytes.newline).count() as u64 - 1;
        passed = Ledger {
            headers: 1,
            blank: lines - 1,
            ..Ledger::default()
        };
        columns = Some(named(&mut opening, head.trim_ascii(), lines, &bytes)?);
    } else if let Some(keep) = options.keep.first() {
        return Err(Error::failed(format!(
            "{}: no column {keep} to keep: its first line is a code and names no columns",
            opening.name
        )));
    }
    let first = passed.headers + passed.blank + 1;
    let splitter = RecordSplitter::new(bytes.reader, bytes.start, bytes.newline, options.size);
    Ok(RecordSource {
        reader: Arc::new(RecordReader {
            name: opening.name,
            header: head,
            asked: options.pack.questions().len(),
            rows: RowReader::Codes(Box::new(CodeReader {
                newline: bytes.newline,
                columns,
            })),
        }),
        splitter: splitter.starting_at_line(first),
        splitting: Splitting::Lines,
        live: opening.live,
        passed,
        remarks: Vec::new(),
        told: opening.told,
    })
}

/// The columns that a first line names.
fn named(
    opening: &mut Opening<'_>,
    header: &[u8],
    line: u64,
    bytes: &TextBytes,
) -> Result<CodeColumns> {
    let shape = Shape {
        delimiter: delimiter(header),
        separators: 0,
    };
    let mut row = RowCells::default();
    let ended = |line: &[u8]| [line, b"\n"].concat();
    row.split(shape, &ended(header), CELLS);
    let names = row.names();
    let shape = Shape {
        separators: names.len() - 1,
        ..shape
    };
    let first = first_line(&bytes.start, bytes.newline).0;
    row.split(shape, &ended(first), CELLS);
    let code = row
        .texts()
        .iter()
        .position(|cell| Answers::find_answer_code(cell) == Some(0))
        .unwrap_or(names.len() - 1);
    let options = opening.options;
    let place = format!("{}:{line}", opening.name);
    let id = if let Some(wanted) = &options.input.map.id {
        Some(column(&place, &names, wanted, "that says who")?)
    } else {
        // a column of codes is no column of ids, whatever it is called
        let mut others = names.clone();
        if let Some(name) = others.get_mut(code) {
            name.clear();
        }
        known_id(&place, &others, &vec![None; names.len()], false)?
    };
    let keep = options.keep.iter();
    let keep = keep.map(|wanted| column(&place, &names, wanted, "to keep"));
    let keep = keep.collect::<Result<Vec<usize>>>()?;
    opening.told.header = line;
    opening.told.id = id.map(|at| names[at].clone());
    Ok(CodeColumns {
        shape,
        code,
        id,
        keep,
    })
}
