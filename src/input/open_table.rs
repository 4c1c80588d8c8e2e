//! Opens a table: finds its header, tells its layout and settles what its columns hold.

use crate::error::{Error, Result};
use crate::input::cells::CellRules;
use crate::input::containers::framed::{self, FramedRow, FramedRows};
use crate::input::containers::workbook;
use crate::input::csv::CsvReader;
use crate::input::format::InputFormat;
use crate::input::header::{self, Header, HeaderContext};
use crate::input::layout::{self, Found};
use crate::input::ledger::Ledger;
use crate::input::live::ByteSource;
use crate::input::mapping::{ColumnSource, InputOptions, Layout, Mapping};
use crate::input::opened::{
    Opening, ReadOptions, RecordReader, RecordSource, RowReader, TextBytes, cannot_read, read_all,
    unclosed,
};
use crate::input::pivot::{self, PivotRow, Pivoted};
use crate::input::question_index::QuestionIndex;
use crate::input::quoting::{Extent, Shape, extent};
use crate::input::record_splitter::{LONGEST, RecordSplitter, Splitting};
use crate::input::row::RowBuffer;
use crate::input::row_cells::{RowCells, delimiter as delimiter_of};
use crate::input::sample::{self, HEADER_ROWS, SampleRow};
use crate::input::settle;
use crate::input::table::{TableForm, TableReader, as_csv, without_newline};
use memchr::{memchr, memchr_iter, memmem};
use std::io::Cursor;
use std::sync::Arc;

/// Most columns of a table: what each takes is kept for the whole run.
const COLUMNS: usize = 1 << 18;
/// Bytes of a text that is put together to other rows.
const ROOMIEST: u64 = 256 << 20;
/// Characters that may divide cells, the likeliest last.
const DELIMITERS: [u8; 4] = [b'|', b'\t', b';', b','];

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
    let index = QuestionIndex::new(options.pack);
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
    let few = start.rows(&bytes, shape, 2 * HEADER_ROWS);
    let context = opening.context(&index);
    let found = match layout::find(&opening.name, &few, context, &rules) {
        Ok(found) if found.layout == Layout::Wide => found,
        _ => {
            let more = start.rows(&bytes, shape, sample::ROWS);
            layout::find(&opening.name, &more, context, &rules)?
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

/// What stands above the first row of a table.
struct TableStart {
    /// The delimiter, where the file states it.
    delimiter: Option<u8>,
    /// The line of the first row.
    line: u64,
    /// Blank lines above it.
    blank: u64,
}

impl TableStart {
    /// Takes it off the text, so that the text begins with the first row.
    fn taken_from(bytes: &mut TextBytes, format: InputFormat, exact: bool) -> Self {
        let mut line = 1;
        let mut stated = (format == InputFormat::Tsv).then_some(b'\t');
        if !exact && let Some((delimiter, length)) = stated_delimiter(&bytes.start) {
            stated = Some(delimiter);
            bytes.start.drain(..length);
            line = 2;
        }
        // blank lines above a table are not among its first rows
        let above = bytes
            .start
            .iter()
            .take_while(|b| b"\r\n".contains(b))
            .count();
        let blank = memchr_iter(bytes.newline, &bytes.start[..above]).count() as u64;
        bytes.start.drain(..above);
        Self {
            delimiter: stated,
            line: line + blank,
            blank,
        }
    }

    /// The first rows, each with its line in the file.
    fn rows(&self, bytes: &TextBytes, shape: Shape, most: usize) -> Vec<SampleRow> {
        let mut rows = sample::of_text(&bytes.start, shape, bytes.newline, bytes.ended, most);
        for row in &mut rows {
            row.line += self.line - 1;
        }
        rows
    }

    /// The lines above the first person, who stands on `next_line` below these rows.
    fn passed(&self, head: &[SampleRow], next_line: u64) -> Ledger {
        let empty = head
            .iter()
            .filter(|row| row.is_empty() && row.cells.len() < 2);
        let blank = empty.count() as u64 + self.blank;
        Ledger {
            blank,
            headers: next_line - 1 - blank,
            ..Ledger::default()
        }
    }
}

/// Opens a table of text in another layout, which is read whole and put together to people. `head` is
/// its first rows and what was found among them.
fn put_together(
    opening: Opening<'_>,
    mut bytes: TextBytes,
    (index, rules): (&QuestionIndex, &Arc<CellRules>),
    shape: Shape,
    (few, found): (&[SampleRow], &Found),
) -> Result<RecordSource> {
    let more = ROOMIEST.saturating_sub(bytes.start.len() as u64);
    read_all(&mut bytes.reader, more + 1, &mut bytes.start)
        .map_err(|source| cannot_read(&opening.name, source))?;
    if bytes.start.len() as u64 > ROOMIEST {
        return Err(Error::failed(format!(
            "{} is a {} table of over {ROOMIEST} bytes, which is not put together; write a row a person",
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

/// The first people of a table of text, by whom it is told how all are read.
struct FirstRows<'b> {
    bytes: &'b [u8],
    /// Whether that is all.
    ended: bool,
    /// The line of the first of them.
    line: u64,
    shape: Shape,
    newline: u8,
}

impl FirstRows<'_> {
    /// The quickest reader that reads them, and so probably all, as they are meant.
    ///
    /// # Errors
    /// When their numbers can be read in two ways.
    fn reader(
        &self,
        opening: &Opening<'_>,
        index: &QuestionIndex,
        header: Header,
        rules: Arc<CellRules>,
    ) -> Result<RowReader> {
        let options = opening.options;
        let exact = options.input.exact;
        let plain_rules = rules.is_plain() && !options.input.counts;
        if plain_rules
            && header.is_plain()
            && let Some(reader) = self.plain_reader(options, &header, &rules)
        {
            return Ok(RowReader::Table(Box::new(reader)));
        }
        let rows = sample::of_text(
            self.bytes,
            self.shape,
            self.newline,
            self.ended,
            sample::ROWS,
        );
        let line = |row: u64, column: usize| format!("{}:{column}", row + self.line - 1);
        let columns = settle::columns(
            &opening.name,
            &rows,
            &header,
            opening.context(index),
            &rules,
            line,
        )?;
        let quick = plain_rules && columns.iter().all(|column| !column.survey);
        let short = settle::short_rows(&rows, header.names.len());
        let mut general = TableReader::new(self.form(), header, columns, rules, options.pack);
        general.short_rows = !exact && short;
        general.exact = exact;
        Ok(if quick {
            RowReader::Table(Box::new(self.quick(general, options)))
        } else {
            RowReader::Cells(Box::new(general))
        })
    }

    /// The reader of a table in the program's own dialect, if these rows are of one: then nothing has to
    /// be told from their texts.
    fn plain_reader(
        &self,
        options: &ReadOptions<'_>,
        header: &Header,
        rules: &Arc<CellRules>,
    ) -> Option<CsvReader> {
        let exact = options.input.exact;
        let general = TableReader::new(
            self.form(),
            header.clone(),
            plain_columns(header),
            Arc::clone(rules),
            options.pack,
        );
        let quick = self.quick(general, options);
        let mut row = RowBuffer::new(options.pack, options.keep);
        if !exact && !quick.all_plain(self.bytes, self.ended, &mut row) {
            return None;
        }
        let mut general = quick.into_general();
        general.exact = exact;
        general.short_rows =
            !exact && !writes_empty_cells(self.bytes, self.shape.delimiter, self.newline);
        Some(self.quick(general, options))
    }

    fn form(&self) -> TableForm {
        TableForm::Text(self.shape, self.newline)
    }

    fn quick(&self, general: TableReader, options: &ReadOptions<'_>) -> CsvReader {
        CsvReader::new(general, (self.shape, self.newline), options.pack)
    }
}

/// Opens a sheet of a workbook, of which these are the rows.
///
/// # Errors
/// As [`text`].
pub(crate) fn sheet(mut opening: Opening<'_>, bytes: Vec<u8>, sheet: &str) -> Result<RecordSource> {
    let options = opening.options;
    let index = QuestionIndex::new(options.pack);
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
    let mut general = TableReader::new(
        TableForm::Sheet(sheet.to_owned()),
        header,
        columns,
        rules,
        options.pack,
    );
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
    let mut general = TableReader::new(form, header, columns, Arc::clone(rules), options.pack);
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

/// A first line that states the delimiter, as a spreadsheet program writes it; and its length.
fn stated_delimiter(start: &[u8]) -> Option<(u8, usize)> {
    let end = memchr(b'\n', start)?;
    let line = without_newline(&start[..=end]);
    let line = line
        .strip_prefix(b"\"")
        .and_then(|l| l.strip_suffix(b"\""))
        .unwrap_or(line);
    match line {
        [s, e, p, b'=', delimiter] if [s, e, p].map(u8::to_ascii_lowercase) == *b"sep" => {
            Some((*delimiter, end + 1))
        }
        _ => None,
    }
}

/// The delimiter by which a row of the first names most questions, if one does.
fn delimiter(bytes: &TextBytes, context: HeaderContext<'_>) -> Option<u8> {
    if context.options.exact {
        return None;
    }
    let usual = delimiter_of(&bytes.start);
    let most = |delimiter: u8| {
        let shape = Shape {
            delimiter,
            separators: 0,
        };
        let rows = sample::of_text(&bytes.start, shape, bytes.newline, bytes.ended, HEADER_ROWS);
        let counts = rows
            .iter()
            .map(|row| context.questions_in(row.cells.iter().map(String::as_str)));
        counts.max().unwrap_or(0)
    };
    let all = context.index.len();
    if first_names_all(bytes, usual, context) {
        return Some(usual);
    }
    let mut found = DELIMITERS.map(|delimiter| (most(delimiter), delimiter == usual, delimiter));
    found.sort_unstable();
    let (count, _, delimiter) = found[DELIMITERS.len() - 1];
    (count >= context.fewest().min(all).max(1)).then_some(delimiter)
}

/// Whether the first row names every question by its id.
fn first_names_all(bytes: &TextBytes, delimiter: u8, context: HeaderContext<'_>) -> bool {
    let shape = Shape {
        delimiter,
        separators: 0,
    };
    let rows = sample::of_text(&bytes.start, shape, bytes.newline, bytes.ended, 1);
    rows.first().is_some_and(|row| {
        let known = row
            .cells
            .iter()
            .filter(|cell| context.index.exact(cell.trim()).is_some());
        known.count() == context.index.len()
    })
}

/// Holds that the first row ends, and has no more columns than a table may have.
fn bounded((name, first): (&str, u64), bytes: &TextBytes, shape: Shape) -> Result<()> {
    let start = &bytes.start;
    let blank = start.iter().take_while(|b| b"\r\n".contains(b)).count();
    let record = &start[blank..];
    let line = first + memchr_iter(bytes.newline, &start[..blank]).count() as u64;
    let closed;
    let record = if bytes.ended && record.last() != Some(&bytes.newline) {
        closed = [record, &[bytes.newline]].concat();
        &closed[..]
    } else {
        record
    };
    let length = match extent(record, shape, bytes.ended || start.len() > LONGEST) {
        Extent::Whole(length) if length <= LONGEST => length,
        Extent::Refused(quote, _) | Extent::Cut(Some(quote)) => {
            let before = memchr_iter(bytes.newline, &record[..quote.at]).count() as u64;
            return Err(unclosed(name, line + before, quote.cell + 1));
        }
        Extent::Whole(_) | Extent::Cut(None) => {
            return Err(Error::failed(format!(
                "{name}:{line}: the header is over {LONGEST} bytes"
            )));
        }
    };
    let mut cells = RowCells::default();
    cells.split(shape, &record[..length], COLUMNS);
    if cells.total() > COLUMNS {
        return Err(Error::failed(format!(
            "{name}:{line}: {} columns, more than {COLUMNS}; leave out those that are not needed",
            cells.total()
        )));
    }
    Ok(())
}

/// Whether a row at the start of a table ends with an empty cell.
fn writes_empty_cells(rest: &[u8], delimiter: u8, newline: u8) -> bool {
    memmem::find(rest, &[delimiter, newline]).is_some()
        || memmem::find(rest, &[delimiter, b'\r', newline]).is_some()
}

fn plain_columns(header: &Header) -> Vec<crate::input::table::TableColumn> {
    let columns = header
        .questions
        .iter()
        .map(|question| crate::input::table::TableColumn {
            question: *question,
            ..crate::input::table::TableColumn::default()
        });
    columns.collect()
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
