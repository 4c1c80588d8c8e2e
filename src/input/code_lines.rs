//! Answer codes, one a line: alone, behind an id, or in a column of a table.

use crate::input::ledger::Ledger;
use crate::input::quoting::Shape;
use crate::input::row::{CellMistake, Receiver, RowBuffer, text_of};
use crate::input::row_cells::RowCells;
use crate::input::table::without_newline;
use memchr::{memchr, memchr_iter};
use rolescope_core::{AnswerError, Answers, Pack};

/// Most cells of a row that are looked at.
pub(crate) const CELLS: usize = 1000;

/// The columns of a table of codes.
#[derive(Clone, Debug)]
pub(crate) struct CodeColumns {
    /// How cells are divided.
    pub shape: Shape,
    /// The column of codes.
    pub code: usize,
    /// The column that says who.
    pub id: Option<usize>,
    /// Columns that are carried along.
    pub keep: Vec<usize>,
}

/// Lines being read.
#[derive(Clone, Debug)]
pub(crate) struct CodeReader {
    /// What ends a line.
    pub newline: u8,
    /// The columns, where the first line names them.
    pub columns: Option<CodeColumns>,
}

impl CodeReader {
    /// Reads whole lines; `first` is the number of the first. Returns what is to be counted beside people
    /// and rejected lines.
    pub(crate) fn read(
        &self,
        (input, pack): (&str, &Pack),
        bytes: &[u8],
        first: u64,
        row: &mut RowBuffer,
        receiver: &mut impl Receiver,
    ) -> Ledger {
        let (mut rest, mut ledger) = (bytes, Ledger::default());
        let mut cells = RowCells::default();
        for line in first.. {
            let Some(end) = memchr(self.newline, rest) else {
                break;
            };
            let record = &rest[..=end];
            let whole = without_newline(&rest[..end]);
            rest = &rest[end + 1..];
            if whole.trim_ascii().is_empty() {
                ledger.blank += 1;
                continue;
            }
            row.clear();
            let read = match &self.columns {
                Some(columns) => columns.read(pack, record, &mut cells, row),
                None => alone(pack, whole, row),
            };
            match read {
                Ok(Read::Person) => {}
                Ok(Read::Empty) => {
                    ledger.empty += 1;
                    continue;
                }
                Err(mistake) => row.mistakes.push(CellMistake { line, ..mistake }),
            }
            if !row.hand_on((input, None), whole, format_args!("line-{line}"), receiver) {
                break;
            }
        }
        ledger
    }
}

/// What a line without a mistake is.
enum Read {
    /// A person.
    Person,
    /// Nothing but empty cells.
    Empty,
}

impl CodeColumns {
    fn read(
        &self,
        pack: &Pack,
        record: &[u8],
        cells: &mut RowCells,
        row: &mut RowBuffer,
    ) -> Result<Read, CellMistake> {
        if memchr_iter(b'"', record).count() % 2 == 1 {
            return Err(of_line(
                "a quote opens here and is not closed on this line; a code and who it is of stand on one line",
            ));
        }
        cells.split(self.shape, record, CELLS);
        if cells.blank() {
            return Ok(Read::Empty);
        }
        let text = |at: usize| -> Result<&str, CellMistake> {
            let cell = if at < cells.total().min(CELLS) {
                cells.get(at)
            } else {
                b""
            };
            text_of(cell).map_err(|reason| CellMistake {
                column: Some(at + 1),
                ..of_line(reason)
            })
        };
        if let Some(id) = self.id {
            row.id.push_str(text(id)?);
        }
        for (kept, &at) in row.kept.iter_mut().zip(&self.keep) {
            kept.text.push_str(text(at)?);
        }
        let code = text(self.code)?;
        take(pack, code, row).map_err(|mistake| CellMistake {
            column: Some(self.code + 1),
            ..mistake
        })
    }
}

/// Reads a line with a code, and perhaps an id before it.
fn alone(pack: &Pack, whole: &[u8], row: &mut RowBuffer) -> Result<Read, CellMistake> {
    let text = text_of(whole).map_err(of_line)?;
    let whole = text.trim_end().trim_end_matches('"');
    let between = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"');
    // where no code is found, the last cell is looked at to say why
    let at = Answers::find_answer_code(whole).unwrap_or_else(|| {
        let last = whole.rfind([',', ';', '\t', '"']);
        last.map_or(0, |last| last + 1)
    });
    let id = whole[..at].trim_matches(between);
    if id.contains([',', ';', '\t']) {
        return Err(of_line(
            "more than one cell before the code; write ID,CODE, or name the columns in a first line",
        ));
    }
    row.id.push_str(id);
    take(pack, &whole[at..], row).map_err(|mistake| CellMistake {
        column: mistake
            .column
            .map(|column| text[..at].chars().count() + column),
        ..mistake
    })
}

/// Takes the answers of a code; places count from its start.
fn take(pack: &Pack, code: &str, row: &mut RowBuffer) -> Result<Read, CellMistake> {
    let answers = Answers::from_answer_code(pack, code).map_err(|error| match error {
        AnswerError::AnswerCode {
            group,
            at,
            found,
            reason,
        } => CellMistake {
            line: 0,
            column: Some(at + 1),
            field: group.map_or_else(|| "code".to_owned(), |group| format!("group {group}")),
            value: found,
            reason,
        },
        other => of_line(&other.to_string()),
    })?;
    row.codes.copy_from_slice(answers.codes());
    Ok(Read::Person)
}

fn of_line(reason: &str) -> CellMistake {
    CellMistake {
        column: Some(1),
        reason: reason.to_owned(),
        ..CellMistake::default()
    }
}
