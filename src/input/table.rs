//! Rows of a table whose cells may say an answer in any form.
//!
//! A column mostly holds few different texts, so what each means is settled once, from the first rows: a
//! cell is then only compared with the texts of its column. Any other text is read by [`CellRules`].

use crate::input::cells::{AnswerForm, Cell, CellRules};
use crate::input::code_tables::WRONG;
use crate::input::containers::framed::{self, FramedRow, Place};
use crate::input::containers::workbook;
use crate::input::header::Header;
use crate::input::known_texts::KnownTexts;
use crate::input::ledger::Ledger;
use crate::input::quoting::{Extent, Quote, Shape, extent, line_end, refusal};
use crate::input::row::{CellMistake, Receiver, Rejection, RowBuffer, text_of};
use memchr::{memchr, memchr_iter};
use rolescope_core::write::csv_cell;
use rolescope_core::{Answers, Pack, QuestionIx};
use std::sync::Arc;

/// Cells beyond the header that are looked at.
const BEYOND: usize = 1 << 12;

/// What a column is.
#[derive(Clone, Debug, Default)]
pub(crate) struct TableColumn {
    /// Its question.
    pub question: Option<QuestionIx>,
    /// Whether it has nothing but codes of a survey system.
    pub survey: bool,
    /// What its texts mean.
    pub known: KnownTexts,
}

/// How the rows of a table stand.
#[derive(Clone, Debug)]
pub(crate) enum TableForm {
    /// As text, and what ends a line.
    Text(Shape, u8),
    /// As rows of a sheet of this name.
    Sheet(String),
    /// As rows that were put together from others; each cell has its place.
    Placed,
}

/// A table being read.
#[derive(Clone, Debug)]
pub(crate) struct TableReader {
    /// How its rows stand.
    pub form: TableForm,
    /// Names of its columns.
    pub names: Vec<String>,
    /// Its columns.
    pub columns: Vec<TableColumn>,
    /// The column of ids.
    pub id: Option<usize>,
    /// The columns that are kept.
    pub keep: Vec<usize>,
    /// How cells are read.
    pub rules: Arc<CellRules>,
    /// Nothing but the program's own dialect.
    pub exact: bool,
    /// Whether a row may lack cells at its end.
    pub short_rows: bool,
    plain: bool,
}

impl TableReader {
    /// A table with this header.
    pub(crate) fn new(
        form: TableForm,
        header: Header,
        columns: Vec<TableColumn>,
        rules: Arc<CellRules>,
    ) -> Self {
        Self {
            form,
            names: header.names,
            columns,
            id: header.id,
            keep: header.keep,
            plain: rules.is_plain(),
            rules,
            exact: false,
            short_rows: false,
        }
    }

    /// Reads whole rows; `line` is that of the first. Returns what is to be counted beside people and
    /// rejected rows.
    pub(crate) fn read(
        &self,
        whose: (&str, &Pack),
        bytes: &[u8],
        line: u64,
        row: &mut RowBuffer,
        receiver: &mut impl Receiver,
    ) -> Ledger {
        match &self.form {
            TableForm::Text(shape, newline) => {
                self.text(whose, (*shape, *newline), bytes, line, row, receiver)
            }
            TableForm::Sheet(_) | TableForm::Placed => {
                self.framed(whose, bytes, line, row, receiver)
            }
        }
    }

    fn text(
        &self,
        (input, pack): (&str, &Pack),
        (shape, newline): (Shape, u8),
        bytes: &[u8],
        mut line: u64,
        row: &mut RowBuffer,
        receiver: &mut impl Receiver,
    ) -> Ledger {
        let (mut at, mut ledger) = (0, Ledger::default());
        while let Some(&first) = bytes.get(at) {
            if first == b'\n' || first == b'\r' {
                line += u64::from(first == newline);
                ledger.blank += u64::from(first == newline);
                at += 1;
                continue;
            }
            let rest = &bytes[at..];
            let (go_on, length) =
                self.record((input, pack), (shape, newline), rest, line, row, receiver);
            let lines = memchr_iter(newline, &rest[..length]).count() as u64;
            ledger.empty += u64::from(go_on.is_none());
            ledger.row(lines);
            line += lines;
            at += length;
            if go_on == Some(false) {
                break;
            }
        }
        ledger
    }

    /// Reads the record at the front of `rest`. Returns whether to go on, nothing where all its cells
    /// are empty; and its bytes.
    pub(crate) fn record(
        &self,
        (input, pack): (&str, &Pack),
        (shape, newline): (Shape, u8),
        rest: &[u8],
        line: u64,
        row: &mut RowBuffer,
        receiver: &mut impl Receiver,
    ) -> (Option<bool>, usize) {
        row.clear();
        let end = memchr(newline, rest).map_or(rest.len(), |end| end + 1);
        let simple = newline == b'\n'
            && !rest[..end].contains(&b'"')
            && !rest[..end.saturating_sub(2)].contains(&b'\r');
        let (length, blank) = if simple {
            let text = without_newline(&rest[..end]);
            let blank = self.plain_cells(pack, shape.delimiter, text, line, row);
            (end, blank)
        } else {
            match extent(rest, shape, true) {
                Extent::Whole(length) => {
                    let mut cells = std::mem::take(&mut row.cells);
                    cells.split(shape, &rest[..length], self.names.len() + BEYOND);
                    let blank = cells.blank();
                    if !blank {
                        let all = cells.iter().enumerate().map(|(at, cell)| (at, cell, None));
                        self.cells(pack, all, cells.total(), line, row);
                    }
                    row.cells = cells;
                    (length, blank)
                }
                Extent::Refused(quote, behind) => {
                    return self.refused(
                        input,
                        (shape, newline),
                        rest,
                        line,
                        (quote, behind),
                        receiver,
                    );
                }
                // a piece ends behind a record, and so in a quote only where that is refused
                Extent::Cut(quote) => {
                    let quote = quote.unwrap_or(Quote { at: 0, cell: 0 });
                    return self.refused(
                        input,
                        (shape, newline),
                        rest,
                        line,
                        (quote, false),
                        receiver,
                    );
                }
            }
        };
        if blank {
            return (None, length);
        }
        let whole = without_newline(&rest[..length]);
        (
            Some(self.hand_on(input, whole, line, row, receiver)),
            length,
        )
    }

    /// Gives a row that was read to the receiver.
    fn hand_on(
        &self,
        input: &str,
        whole: &[u8],
        line: u64,
        row: &mut RowBuffer,
        receiver: &mut impl Receiver,
    ) -> bool {
        let sheet = match &self.form {
            TableForm::Sheet(sheet) => Some(sheet.as_str()),
            _ => None,
        };
        row.hand_on((input, sheet), whole, format_args!("row {line}"), receiver)
    }

    /// Rejects a row for a quote in its last line.
    fn refused(
        &self,
        input: &str,
        (shape, newline): (Shape, u8),
        rest: &[u8],
        line: u64,
        (quote, behind): (Quote, bool),
        receiver: &mut impl Receiver,
    ) -> (Option<bool>, usize) {
        let whole = &rest[..line_end(rest, quote.at)];
        let from = without_newline(&whole[quote.at..]);
        let value = from.split(|&b| b == shape.delimiter).next();
        let before = memchr_iter(newline, &whole[..quote.at]).count();
        let mistake = CellMistake {
            line: line + before as u64,
            column: Some(quote.cell + 1),
            field: self.names.get(quote.cell).cloned().unwrap_or_default(),
            value: String::from_utf8_lossy(value.unwrap_or_default()).into_owned(),
            reason: refusal(behind).to_owned(),
        };
        let go_on = receiver.reject(&Rejection::of(input, vec![mistake], without_newline(whole)));
        (Some(go_on), whole.len())
    }

    fn framed(
        &self,
        (input, pack): (&str, &Pack),
        bytes: &[u8],
        first: u64,
        row: &mut RowBuffer,
        receiver: &mut impl Receiver,
    ) -> Ledger {
        let mut ledger = Ledger::default();
        let mut rest = bytes;
        for line in first.. {
            let Some(end) = memchr(b'\n', rest) else {
                break;
            };
            let text = &rest[..end];
            rest = &rest[end + 1..];
            if text.is_empty() {
                ledger.blank += 1;
                continue;
            }
            let (cells, raw) = match FramedRow::of(text) {
                FramedRow::Cells(cells, raw) => (cells, raw),
                FramedRow::Mistake(told) => {
                    let Some(((line, column), [field, value, reason], raw)) = framed::mistake(told)
                    else {
                        continue;
                    };
                    let mistake = CellMistake {
                        line,
                        column: (column > 0).then_some(column),
                        field,
                        value,
                        reason,
                    };
                    if !receiver.reject(&Rejection::of(input, vec![mistake], &raw)) {
                        break;
                    }
                    continue;
                }
            };
            row.clear();
            let (mut at, mut blank, mut place) = (0, true, None);
            framed::cells(cells, |cell, found: Option<Place>| {
                blank &= cell.trim_ascii().is_empty();
                place = place.or(found);
                self.cell(pack, at, cell, found.unwrap_or((line, at + 1)), row);
                at += 1;
            });
            if blank {
                ledger.empty += 1;
                continue;
            }
            let line = place.map_or(line, |(line, _)| line);
            let whole = match raw {
                _ if row.mistakes.is_empty() => Vec::new(),
                Some(raw) => framed::raw(raw),
                None => as_csv(cells),
            };
            if !self.hand_on(input, &whole, line, row, receiver) {
                break;
            }
        }
        ledger
    }

    /// Reads the cells of a row without quotes; whether all are empty.
    fn plain_cells(
        &self,
        pack: &Pack,
        delimiter: u8,
        text: &[u8],
        line: u64,
        row: &mut RowBuffer,
    ) -> bool {
        let mut bounds = std::mem::take(&mut row.bounds);
        bounds.clear();
        bounds.extend(memchr_iter(delimiter, text));
        bounds.push(text.len());
        let (mut from, mut blank) = (0, true);
        if bounds.len() == self.columns.len() {
            // what nearly every row has; the columns go along with the cells
            for (at, (column, &end)) in self.columns.iter().zip(&bounds).enumerate() {
                let cell = &text[from..end];
                blank = blank && cell.trim_ascii().is_empty();
                from = end + 1;
                self.column_cell(pack, (at, column), cell, (line, at + 1), row);
            }
        } else {
            let all = bounds.iter().enumerate().map(|(at, &end)| {
                let cell = &text[from..end];
                from = end + 1;
                (at, cell, None)
            });
            blank = text
                .iter()
                .all(|b| *b == delimiter || b.is_ascii_whitespace());
            if !blank {
                self.cells(pack, all, bounds.len(), line, row);
            }
        }
        row.bounds = bounds;
        blank
    }

    /// Reads the cells of a row, of which there are so many.
    fn cells<'c>(
        &self,
        pack: &Pack,
        cells: impl Iterator<Item = (usize, &'c [u8], Option<Place>)>,
        total: usize,
        line: u64,
        row: &mut RowBuffer,
    ) {
        let (wanted, mut last_blank, mut beyond) = (self.names.len(), false, false);
        let mut seen = 0;
        for (at, cell, place) in cells {
            last_blank = cell.trim_ascii().is_empty();
            beyond |= at >= wanted && !last_blank;
            self.cell(pack, at, cell, place.unwrap_or((line, at + 1)), row);
            seen = at + 1;
        }
        // a row of which most is missing was cut off
        let cut = matches!(self.form, TableForm::Text(..)) && total * 2 < wanted;
        let lacks = total < wanted && (self.exact || !self.short_rows || last_blank || cut);
        let over = total > wanted && (self.exact || beyond || seen < total);
        if lacks || over {
            // each cell may stand under another header
            row.mistakes.clear();
            let more = if lacks && !self.exact {
                "; cells may be left out only at the end of a row, and with their separators"
            } else {
                ""
            };
            row.mistakes.push(CellMistake {
                line,
                column: None,
                field: String::new(),
                value: String::new(),
                reason: format!("{total} cells where the header has {wanted}{more}"),
            });
        }
    }

    #[inline]
    fn cell(&self, pack: &Pack, at: usize, cell: &[u8], place: Place, row: &mut RowBuffer) {
        if let Some(column) = self.columns.get(at) {
            self.column_cell(pack, (at, column), cell, place, row);
        }
    }

    #[inline]
    fn column_cell(
        &self,
        pack: &Pack,
        (at, column): (usize, &TableColumn),
        cell: &[u8],
        place: Place,
        row: &mut RowBuffer,
    ) {
        if let Some(q) = column.question {
            let found = self.answer(pack, column, q, cell);
            if let Some(counts) = &mut row.counts {
                let text = String::from_utf8_lossy(cell);
                counts.count(q, &text, &found, || self.place(place));
            }
            match found {
                Ok((code, _)) => row.codes[q] = code,
                Err(reason) => self.mistake(at, cell, place, reason, row),
            }
        }
        if self.id == Some(at) || self.keep.contains(&at) {
            match text_of(cell) {
                Ok(text) => {
                    if self.id == Some(at) {
                        row.id.push_str(text);
                    }
                    for (kept, _) in row
                        .kept
                        .iter_mut()
                        .zip(&self.keep)
                        .filter(|(_, k)| **k == at)
                    {
                        kept.text.push_str(text);
                    }
                }
                Err(reason) => self.mistake(at, cell, place, reason.to_owned(), row),
            }
        }
    }

    /// The name of a place, without that of the file.
    fn place(&self, (line, column): Place) -> String {
        match &self.form {
            TableForm::Sheet(sheet) => format!("{sheet}!{}", workbook::place(line, column)),
            TableForm::Text(..) | TableForm::Placed => format!("{line}:{column}"),
        }
    }

    #[cold]
    fn mistake(
        &self,
        at: usize,
        cell: &[u8],
        (line, column): Place,
        reason: String,
        row: &mut RowBuffer,
    ) {
        row.mistakes.push(CellMistake {
            line,
            column: Some(column),
            field: self.names[at].clone(),
            value: String::from_utf8_lossy(cell).into_owned(),
            reason,
        });
    }

    /// The code of a cell, and in what form it was written.
    #[inline]
    fn answer(
        &self,
        pack: &Pack,
        column: &TableColumn,
        q: QuestionIx,
        cell: &[u8],
    ) -> Result<(u8, AnswerForm), String> {
        if cell.is_empty() {
            return Ok((Answers::UNANSWERED, AnswerForm::Code));
        }
        if let [byte] = *cell
            && self.plain
            && !column.survey
        {
            let code = self.rules.codes().code(q, byte);
            if code != WRONG {
                return Ok((code, AnswerForm::Code));
            }
        }
        if let Some(found) = column.known.get(cell) {
            return Ok(found);
        }
        self.unknown(pack, column, q, cell)
    }

    /// The same for a text that the first rows do not have.
    #[cold]
    fn unknown(
        &self,
        pack: &Pack,
        column: &TableColumn,
        q: QuestionIx,
        cell: &[u8],
    ) -> Result<(u8, AnswerForm), String> {
        let text = String::from_utf8_lossy(cell);
        if !self.exact && std::str::from_utf8(cell).is_err() {
            return Err(
                "this is not UTF-8 text; say its encoding by --encoding, as windows-1252"
                    .to_owned(),
            );
        }
        match self.rules.read(pack, q, &text, column.survey) {
            Cell::Answer(_, form) if column.survey && form != AnswerForm::Survey => Err(
                "the first rows of this column have only codes as A1, and this is none".to_owned(),
            ),
            Cell::Answer(code, form) => Ok((code, form)),
            Cell::Missing => Ok((Answers::UNANSWERED, AnswerForm::Code)),
            Cell::Wrong(reason) => Err(reason),
        }
    }
}

/// A row without what ends it; spaces and tabs at its end are cells.
pub(crate) fn without_newline(row: &[u8]) -> &[u8] {
    let row = row.strip_suffix(b"\n").unwrap_or(row);
    row.strip_suffix(b"\r").unwrap_or(row)
}

/// Cells of a sheet as a row of CSV, without a newline.
pub(crate) fn as_csv(cells: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    framed::cells(cells, |cell, _| {
        csv_cell(&mut out, &String::from_utf8_lossy(cell));
        out.push(b',');
    });
    out.pop();
    out
}
