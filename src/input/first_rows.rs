//! The first people of a table of text, by whom the reader of all is chosen.

use crate::error::Result;
use crate::input::cells::CellRules;
use crate::input::csv::CsvReader;
use crate::input::header::Header;
use crate::input::opened::{Opening, ReadOptions, RowReader};
use crate::input::question_index::QuestionIndex;
use crate::input::quoting::Shape;
use crate::input::row::RowBuffer;
use crate::input::sample;
use crate::input::settle;
use crate::input::table::{TableColumn, TableForm, TableReader};
use memchr::memmem;
use std::sync::Arc;

/// The first people of a table of text, by whom it is told how all are read.
pub(crate) struct FirstRows<'b> {
    /// Their text.
    pub bytes: &'b [u8],
    /// Whether that is all.
    pub ended: bool,
    /// The line of the first of them.
    pub line: u64,
    /// How they are written.
    pub shape: Shape,
    /// What ends a line.
    pub newline: u8,
}

impl FirstRows<'_> {
    /// The quickest reader that reads them, and so probably all, as they are meant.
    ///
    /// # Errors
    /// When their numbers can be read in two ways.
    pub(crate) fn reader(
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
        let mut general = TableReader::new(self.form(), header, columns, rules);
        general.short_rows = !exact && short;
        general.exact = exact;
        Ok(if quick {
            RowReader::Table(Box::new(self.quick(general)))
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
        );
        let quick = self.quick(general);
        let mut row = RowBuffer::new(options.pack, options.keep);
        if !exact && !quick.all_plain(self.bytes, self.ended, &mut row) {
            return None;
        }
        let mut general = quick.into_general();
        general.exact = exact;
        general.short_rows =
            !exact && !writes_empty_cells(self.bytes, self.shape.delimiter, self.newline);
        Some(self.quick(general))
    }

    fn form(&self) -> TableForm {
        TableForm::Text(self.shape, self.newline)
    }

    fn quick(&self, general: TableReader) -> CsvReader {
        CsvReader::new(general, (self.shape, self.newline))
    }
}

/// Whether a row at the start of a table ends with an empty cell.
fn writes_empty_cells(rest: &[u8], delimiter: u8, newline: u8) -> bool {
    memmem::find(rest, &[delimiter, newline]).is_some()
        || memmem::find(rest, &[delimiter, b'\r', newline]).is_some()
}

fn plain_columns(header: &Header) -> Vec<TableColumn> {
    let columns = header.questions.iter().map(|question| TableColumn {
        question: *question,
        ..TableColumn::default()
    });
    columns.collect()
}
