//! Small tables that people fill in, such as ratings: CSV with some columns that must be there, in any order, and
//! others that are left alone.

use crate::error::{Error, Result};
use crate::input::open::unpacked;
use crate::input::opened::cannot_read;
use crate::input::quoting::{Extent, Shape, extent, line_end, refusal};
use crate::input::row_cells::{RowCells, delimiter};
use memchr::memchr_iter;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// Such a file may be this large, in bytes.
const LARGEST: u64 = 64 << 20;
/// Columns of a table that are looked at.
const COLUMNS: usize = 100;
/// Mistakes shown; the rest are counted.
const SHOWN: usize = 20;

/// What a table is for, as messages say it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TableKind<const N: usize> {
    /// What it holds: "ratings".
    pub(crate) holds: &'static str,
    /// Its header.
    pub(crate) header: &'static str,
    /// The command that writes an empty one.
    pub(crate) command: &'static str,
    /// The columns that are read.
    pub(crate) columns: [&'static str; N],
}

/// Takes the cells of a row, or says what is wrong with them.
pub(crate) type TakeRow<'t, const N: usize> =
    dyn FnMut([&str; N]) -> std::result::Result<(), String> + 't;

impl<const N: usize> TableKind<N> {
    /// Gives the cells of each row of a file to `take`.
    ///
    /// # Errors
    /// When it cannot be read, is no such table, or has a mistake: all are shown, with their lines.
    pub(crate) fn read(&self, path: &Path, take: &mut TakeRow<'_, N>) -> Result<()> {
        let name = path.display().to_string();
        let reading = |source| Error::io(format!("cannot read {name}"), source);
        let file = File::open(path).map_err(reading)?;
        let give = format!("give the table that `{}` writes, filled in", self.command);
        let (rest, mut bytes) = unpacked(&name, file, "CSV UTF-8", &give, None)?;
        rest.take((LARGEST + 1).saturating_sub(bytes.len() as u64))
            .read_to_end(&mut bytes)
            .map_err(|source| cannot_read(&name, source))?;
        if bytes.len() as u64 > LARGEST {
            let holds = self.holds;
            return Err(Error::failed(format!(
                "{name} has over {LARGEST} bytes; a file of {holds} is smaller"
            )));
        }
        self.parse(&name, &bytes, take)
    }

    /// The same with the bytes of a file.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn parse(&self, name: &str, bytes: &[u8], take: &mut TakeRow<'_, N>) -> Result<()> {
        let text = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
        if let Err(wrong) = std::str::from_utf8(text) {
            let line = 1 + memchr_iter(b'\n', &text[..wrong.valid_up_to()]).count();
            return Err(Error::failed(format!(
                "{name}:{line}: this is not UTF-8 text; save it as \"CSV UTF-8\""
            )));
        }
        // the last row may lack its line end, which is what ends a record
        let text = [text, b"\n"].concat();
        let mut shape = Shape {
            delimiter: delimiter(&text),
            separators: 0,
        };
        let mut cells = RowCells::default();
        let breaks = text.iter().take_while(|b| b"\r\n".contains(b)).count();
        // the line end that was added is left to an empty file
        let begin = breaks.min(text.len() - 1);
        let (length, refused) = record(name, 1, &text[begin..], shape, &mut cells)?;
        if let Some(reason) = refused {
            return Err(Error::failed(format!("{name}:1: the header: {reason}")));
        }
        let mut at = begin + length;
        let header = cells.names();
        shape.separators = header.len() - 1;
        let column = |wanted: &str| {
            header
                .iter()
                .position(|name| name == wanted)
                .ok_or_else(|| {
                    let TableKind {
                        header, command, ..
                    } = self;
                    Error::failed(format!(
                        "{name}:1: no column {wanted}; a header looks like this: {header}\n\
                 `{command}` writes such a table"
                    ))
                })
        };
        let mut columns = [0; N];
        for (at, wanted) in self.columns.iter().enumerate() {
            columns[at] = column(wanted)?;
        }
        let (mut mistakes, mut more): (Vec<String>, usize) = (Vec::new(), 0);
        let (mut line, mut counted) = (1, 0);
        while at < text.len() {
            let blank = |b: &&u8| b"\r\n".contains(*b);
            let start = at + text[at..].iter().take_while(blank).count();
            line += memchr_iter(b'\n', &text[counted..start]).count();
            counted = start;
            if start == text.len() {
                break;
            }
            let (taken, refused) = record(name, line, &text[start..], shape, &mut cells)?;
            at = start + taken;
            let row = cells.names();
            let found = columns.map(|c| row.get(c).map_or("", String::as_str));
            let added = refused.map_or_else(|| take(found), |reason| Err(reason.to_owned()));
            if let Err(mistake) = added {
                if mistakes.len() < SHOWN {
                    mistakes.push(format!("{name}:{line}: {mistake}"));
                } else {
                    more += 1;
                }
            }
        }
        if more > 0 {
            mistakes.push(format!("and {more} rows more"));
        }
        if mistakes.is_empty() {
            return Ok(());
        }
        Err(Error::Mistakes(mistakes.join("\n")))
    }
}

/// Takes the cells of the record at the start of a text; gives its length, and why it is refused, if so.
///
/// # Errors
/// When a quotation mark is open at the end: it would take the rest of the file into one cell.
fn record(
    name: &str,
    line: usize,
    text: &[u8],
    shape: Shape,
    cells: &mut RowCells,
) -> Result<(usize, Option<&'static str>)> {
    match extent(text, shape, true) {
        Extent::Whole(length) => {
            cells.split(shape, &text[..length], COLUMNS);
            Ok((length, None))
        }
        Extent::Refused(quote, behind) => Ok((line_end(text, quote.at), Some(refusal(behind)))),
        Extent::Cut(_) => Err(Error::failed(format!(
            "{name}:{line}: a quotation mark (\") is opened in this row and never closed"
        ))),
    }
}
