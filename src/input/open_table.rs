//! Opens a table: finds its header, tells its layout and settles what its columns hold.

use crate::error::{Error, Result};
use crate::input::cells::CellRules;
use crate::input::containers::framed::{self, FramedRow, FramedRows};
use crate::input::containers::workbook;
use crate::input::first_rows::FirstRows;
use crate::input::format::InputFormat;
use crate::input::header::{self, Header, HeaderContext};
use crate::input::layout::{self, Found};
use crate::input::ledger::Ledger;
use crate::input::live::ByteSource;
use crate::input::mapping::{ColumnSource, InputOptions, Layout, Mapping};
use crate::input::opened::{
    Opening, RecordReader, RecordSource, RowReader, TextBytes, cannot_read, read_all, unclosed,
};
use crate::input::pivot::{self, PivotRow, Pivoted};
use crate::input::question_index::QuestionIndex;
use crate::input::quoting::{Extent, Shape, extent};
use crate::input::record_splitter::{RecordSplitter, Splitting};
use crate::input::row_cells::{RowCells, delimiter as delimiter_of};
use crate::input::sample::{self, HEADER_ROWS, SampleRow};
use crate::input::settle;
use crate::input::table::{TableForm, TableReader, as_csv, without_newline};
use crate::input::table_start::{COLUMNS, TableStart, bounded, delimiter};
use memchr::memchr_iter;
use std::io::Cursor;
use std::sync::Arc;

/// Opens a table of text.
///
/// # Errors
/// When its header cannot be found, or can be read in two ways.
pub(crate) fn text(
    mut opening: Opening<'_>,
    mut bytes: TextBytes,
    format: InputFormat,
) -> Result<RecordSource> {
    let options = opening.options;
    let index = opening.index();
    let start = TableStart::taken_from(&mut bytes, format, options.input.exact);
    let delimiter = start.delimiter.unwrap_or_else(|| {
        delimiter(&bytes, opening.context(&index)).unwrap_or_else(|| delimiter_of(&bytes.start))
    });
    let shape = Shape {
        delimiter,
        separators: 0,
    };
    bounded((&opening.name, start.line), &bytes, shape)?;
    let rules = opening.rules();
    let mut few = start.rows(&bytes, shape, 2 * HEADER_ROWS);
    let context = opening.context(&index);
    let found = match layout::find(&opening.name, &few, context, &rules) {
        Ok(found) if found.layout == Layout::Wide => found,
        _ => {
            // what is found among more rows may stand behind the first ones
            few = start.rows(&bytes, shape, sample::ROWS);
            layout::find(&opening.name, &few, context, &rules)?
        }
    };
    let written = match delimiter {
        b'\t' => "a table with tabs",
        b';' => "a table with semicolons",
        b'|' => "a table with bars",
        _ => "a table with commas",
    };
    written.clone_into(&mut opening.told.written);
    if found.layout != Layout::Wide {
        return put_together(opening, bytes, (&index, &rules), shape, (&few, &found));
    }
    let place = format!("{}:{}", opening.name, few[found.header].line);
    let header = header::resolve(&place, found.names.clone(), context, false)?;
    let shape = Shape {
        separators: header.names.len() - 1,
        ..shape
    };
    let last = &few[found.data - 1];
    let (end, next_line) = (last.end, last.line + last.lines);
    let head = bytes.start[..end.min(bytes.start.len())].to_vec();
    let rest = bytes.start.split_off(end.min(bytes.start.len()));
    let passed = start.passed(&few[..found.data], next_line);
    let asked = header.questions.iter().flatten().count();
    let remarks = remarks(&opening, &found, &header);
    describe(&mut opening, &found, &header, few[found.header].line);
    let first = FirstRows {
        bytes: &rest,
        ended: bytes.ended,
        line: next_line,
        shape,
        newline: bytes.newline,
    };
    let reader = first.reader(&opening, &index, header, rules)?;
    let splitter = RecordSplitter::new(bytes.reader, rest, bytes.newline, options.size);
    Ok(RecordSource {
        reader: Arc::new(RecordReader {
            name: opening.name,
            header: head,
            asked,
            rows: reader,
        }),
        splitter: splitter.starting_at_line(next_line),
        splitting: Splitting::Table(shape),
        live: opening.live,
        passed,
        remarks,
        told: opening.told,
    })
}

/// Opens a table of text in another layout, which is read whole and put together to people: `few`
/// are its first rows, and `found` is what stands among them.
fn put_together(
    opening: Opening<'_>,
    mut bytes: TextBytes,
    (index, rules): (&QuestionIndex, &Arc<CellRules>),
    shape: Shape,
    (few, found): (&[SampleRow], &Found),
) -> Result<RecordSource> {
    let most = if found.layout == Layout::Long {
        pivot::LONG
    } else {
        pivot::TURNED
    };
    let more = most.saturating_sub(bytes.start.len() as u64);
    read_all(&mut bytes.reader, more + 1, &mut bytes.start)
        .map_err(|source| cannot_read(&opening.name, source))?;
    if bytes.start.len() as u64 > most {
        return Err(Error::failed(format!(
            "{} is a {} table of over {most} bytes, which is not put together; write a row a person",
            opening.name,
            found.layout.word()
        )));
    }
    if bytes.start.last() != Some(&bytes.newline) {
        bytes.start.push(bytes.newline);
    }
    bytes.ended = true;
    let shape = Shape {
        separators: found.names.len() - 1,
        ..shape
    };
    let header = header_bytes(&bytes.start, few, found);
    let name = opening.name.clone();
    let rows = text_rows(&name, &bytes, shape, few, found);
    pivoted(opening, index, rules, found, rows, None, header)
}

/// Opens a sheet of a workbook, of which these are the rows.
///
/// # Errors
/// As [`text`].
pub(crate) fn sheet(mut opening: Opening<'_>, bytes: Vec<u8>, sheet: &str) -> Result<RecordSource> {
    let options = opening.options;
    let index = opening.index();
    let rules = opening.rules();
    let name = format!("{}:{sheet}", opening.name);
    let rows = sample::of_framed(&bytes, sample::ROWS + HEADER_ROWS);
    let found = layout::find(&name, &rows, opening.context(&index), &rules)?;
    "a sheet".clone_into(&mut opening.told.written);
    if found.layout != Layout::Wide {
        let all = framed_rows(&bytes, found.data);
        let header = as_csv(
            bytes
                .split(|b| *b == b'\n')
                .nth(found.header)
                .unwrap_or_default(),
        );
        return pivoted(
            opening,
            &index,
            &rules,
            &found,
            all,
            Some(sheet),
            [&header[..], b"\n"].concat(),
        );
    }
    let place = format!("{name}:{}", rows[found.header].line);
    let header = header::resolve(&place, found.names.clone(), opening.context(&index), false)?;
    let asked = header.questions.iter().flatten().count();
    let remarks = remarks(&opening, &found, &header);
    describe(&mut opening, &found, &header, rows[found.header].line);
    let last = &rows[found.data - 1];
    let (end, next_line) = (last.end, last.line + 1);
    let place = |row: u64, column: usize| format!("{sheet}!{}", workbook::place(row, column));
    let columns = settle::columns(
        &opening.name,
        &rows[found.data..],
        &header,
        opening.context(&index),
        &rules,
        place,
    )?;
    let blank = memchr_iter(b'\n', &bytes[..end]).count() as u64;
    let empty = rows[..found.data]
        .iter()
        .filter(|row| row.cells.len() < 2 && row.is_empty())
        .count() as u64;
    let passed = Ledger {
        blank: empty,
        headers: blank - empty,
        ..Ledger::default()
    };
    let mut head = FramedRows::default();
    for cell in &header.names {
        head.cell(cell.as_bytes(), None);
    }
    let mut raw = as_csv(&head.bytes);
    raw.push(b'\n');
    let mut general = TableReader::new(TableForm::Sheet(sheet.to_owned()), header, columns, rules);
    general.short_rows = true;
    let mut bytes = bytes;
    let rest = bytes.split_off(end);
    let splitter = RecordSplitter::new(empty_source(), rest, b'\n', options.size);
    Ok(RecordSource {
        reader: Arc::new(RecordReader {
            name: opening.name,
            header: raw,
            asked,
            rows: RowReader::Cells(Box::new(general)),
        }),
        splitter: splitter.starting_at_line(next_line),
        splitting: Splitting::Lines,
        live: false,
        passed,
        remarks,
        told: opening.told,
    })
}

/// Opens a table in another layout, or records that are put together like one.
pub(crate) fn pivoted(
    mut opening: Opening<'_>,
    index: &QuestionIndex,
    rules: &Arc<CellRules>,
    found: &Found,
    rows: impl Iterator<Item = Result<PivotRow>>,
    sheet: Option<&str>,
    header_bytes: Vec<u8>,
) -> Result<RecordSource> {
    let options = opening.options;
    let name = sheet.map_or_else(
        || opening.name.clone(),
        |sheet| format!("{}:{sheet}", opening.name),
    );
    let long = found.layout == Layout::Long;
    let Pivoted {
        names,
        labels,
        rows,
        taken,
        empty,
        remarks: mut said,
    } = if long {
        pivot::long(&name, found, rows, opening.context(index))?
    } else {
        pivot::transposed(&name, found, rows)?
    };
    // what was put together has columns by id
    let by_id = InputOptions {
        map: Mapping::default(),
        columns: ColumnSource::Header,
        ..options.input.clone()
    };
    let context = HeaderContext {
        options: if long { &by_id } else { options.input },
        ..opening.context(index)
    };
    let place = format!("{name}:1");
    let header = header::resolve(&place, names, context, long)?;
    if !long {
        said.extend(header.remarks.iter().cloned());
    }
    let said: Vec<String> = said
        .iter()
        .map(|remark| format!("{name}: {remark}"))
        .collect();
    let header_line = found.passed.len() as u64 + 1;
    let mut shown = header.clone();
    if long {
        shown.names = labels;
    }
    describe(&mut opening, found, &shown, header_line);
    let sample = sample::of_framed(&rows, sample::ROWS);
    let line = |row: u64, column: usize| format!("person {row}, {}", header.names[column - 1]);
    let columns = settle::columns(&opening.name, &sample, &header, context, rules, line)?;
    // what nobody answered has no row
    let asked = if long {
        options.pack.questions().len()
    } else {
        header.questions.iter().flatten().count()
    };
    let form = sheet.map_or(TableForm::Placed, |sheet| {
        TableForm::Sheet(sheet.to_owned())
    });
    let mut general = TableReader::new(form, header, columns, Arc::clone(rules));
    general.short_rows = true;
    // the rows that people were put together from
    let passed = Ledger {
        lines: taken + empty,
        headers: taken,
        empty,
        ..Ledger::default()
    };
    Ok(RecordSource {
        reader: Arc::new(RecordReader {
            name: opening.name,
            header: header_bytes,
            asked,
            rows: RowReader::Cells(Box::new(general)),
        }),
        splitter: RecordSplitter::new(empty_source(), rows, b'\n', options.size),
        splitting: Splitting::Lines,
        live: false,
        passed,
        remarks: said,
        told: opening.told,
    })
}

fn empty_source() -> ByteSource {
    ByteSource::Plain(Box::new(Cursor::new(Vec::new())))
}

/// The bytes of the header's row, with its line end.
fn header_bytes(start: &[u8], rows: &[SampleRow], found: &Found) -> Vec<u8> {
    let end = rows[found.header].end;
    let from = found
        .header
        .checked_sub(1)
        .map_or(0, |before| rows[before].end);
    start[from..end.min(start.len())].to_vec()
}

/// Rows of a text behind its header.
fn text_rows<'b>(
    name: &'b str,
    bytes: &'b TextBytes,
    shape: Shape,
    few: &[SampleRow],
    found: &Found,
) -> Box<dyn Iterator<Item = Result<PivotRow>> + 'b> {
    let last = &few[found.data - 1];
    let (mut at, mut line) = (last.end, last.line + last.lines);
    let mut cells = RowCells::default();
    let (text, newline) = (&bytes.start[..], bytes.newline);
    Box::new(std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let length = match extent(rest, shape, true) {
            Extent::Whole(length) => length,
            Extent::Refused(quote, _) | Extent::Cut(Some(quote)) => {
                at = text.len();
                let before = memchr_iter(newline, &rest[..quote.at]).count() as u64;
                return Some(Err(unclosed(name, line + before, quote.cell + 1)));
            }
            Extent::Cut(None) => rest.len(),
        };
        let record = &rest[..length];
        cells.split(shape, record, COLUMNS);
        let row = PivotRow {
            line,
            cells: cells.texts(),
            raw: without_newline(record).to_vec(),
        };
        line += memchr_iter(newline, record).count() as u64;
        at += length;
        Some(Ok(row))
    }))
}

/// Rows of a sheet behind so many.
fn framed_rows(bytes: &[u8], skip: usize) -> impl Iterator<Item = Result<PivotRow>> + '_ {
    let lines = (1..).zip(bytes.split(|b| *b == b'\n'));
    let lines = lines.skip(skip).filter(|(_, line)| !line.is_empty());
    lines.filter_map(|(line, text)| match FramedRow::of(text) {
        FramedRow::Cells(text, _) => {
            let mut cells = Vec::new();
            framed::cells(text, |cell, _| {
                cells.push(String::from_utf8_lossy(cell).into_owned());
            });
            Some(Ok(PivotRow {
                line,
                cells,
                raw: as_csv(text),
            }))
        }
        FramedRow::Mistake(_) => None,
    })
}

/// What is worth saying about a table.
fn remarks(opening: &Opening<'_>, found: &Found, header: &Header) -> Vec<String> {
    let passed = found
        .passed
        .iter()
        .map(|(line, why)| format!("line {line} passed over: {why}"));
    let all = passed.chain(header.remarks.iter().cloned());
    all.map(|remark| format!("{}: {remark}", opening.name))
        .collect()
}

fn describe(opening: &mut Opening<'_>, found: &Found, header: &Header, line: u64) {
    let counts = opening.options.input.counts;
    let told = &mut opening.told;
    told.layout = Some(found.layout);
    told.header = line;
    if !counts {
        return;
    }
    told.passed.clone_from(&found.passed);
    told.id = header.id.map(|at| header.names[at].clone());
    let columns = header
        .names
        .iter()
        .zip(&header.questions)
        .zip(&header.rules);
    told.columns = columns
        .map(|((name, question), rule)| (name.clone(), question.zip(*rule)))
        .collect();
}
