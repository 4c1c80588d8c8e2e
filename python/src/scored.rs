//! Scores rows in blocks on several threads: as columns, or as the bytes that the program writes.

use crate::error::{Error, Result};
use crate::people::People;
use crate::threads::map_in_order;
use arrow_array::builder::{Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use rolescope_core::write::RecordWriter;
use rolescope_core::{Answers, Assessor, Comparison, Outcome};
use std::sync::Arc;

/// Rows that a thread takes at a time.
const BLOCK: usize = 8192;
/// People that are assessed side by side.
const LANES: usize = 16;

/// Rows of people and how they are written.
pub(crate) struct Scoring<'a> {
    pub(crate) comparison: &'a Comparison<'a>,
    pub(crate) people: &'a People,
    /// The rows that are scored, in order.
    pub(crate) rows: &'a [usize],
    pub(crate) records: RecordWriter<'a>,
    pub(crate) jobs: usize,
}

impl Scoring<'_> {
    /// The bytes of CSV, with the header.
    pub(crate) fn csv(&self) -> Result<Vec<u8>> {
        let mut out = Vec::new();
        self.records.csv_header(&mut out);
        for block in self.blocks(|rows| {
            let mut out = Vec::new();
            self.each(rows, |id, outcome| {
                self.records.csv(&mut out, id, outcome, &[]);
            })?;
            Ok(out)
        }) {
            out.extend_from_slice(&block?);
        }
        Ok(out)
    }

    /// The names and types of the columns: ranks are whole numbers, matches decimals, all else text.
    pub(crate) fn schema(&self) -> SchemaRef {
        let header = self.records.csv_header_line();
        let fields: Vec<Field> = (header.split(',').enumerate())
            .map(|(at, name)| {
                let kind = match name.split_once('_') {
                    Some(("rank", _)) => DataType::Int64,
                    Some(("match", _)) => DataType::Float64,
                    _ => DataType::Utf8,
                };
                // who and the state are always there
                Field::new(name, kind, at > 1)
            })
            .collect();
        Arc::new(Schema::new(fields))
    }

    /// The columns, a batch for each block.
    pub(crate) fn columns(&self, schema: &SchemaRef) -> Result<Vec<RecordBatch>> {
        let blocks = self.blocks(|rows| {
            let fields = schema.fields().iter();
            let mut columns: Vec<Cells> = fields.map(|f| Cells::new(f.data_type())).collect();
            let mut line = Vec::new();
            self.each(rows, |id, outcome| {
                line.clear();
                // what is written is what is told: a match has the decimals that the program writes
                self.records.csv(&mut line, "", outcome, &[]);
                let mut written = line.trim_ascii_end().split(|&b| b == b',');
                // the id as it is: in a file a formula is kept from running
                written.next();
                let mut columns = columns.iter_mut();
                if let Some(who) = columns.next() {
                    who.push(id);
                }
                for (cells, text) in columns.zip(written) {
                    cells.push(std::str::from_utf8(text).unwrap_or_default());
                }
            })?;
            let columns = columns.into_iter().map(Cells::finish).collect();
            RecordBatch::try_new(Arc::clone(schema), columns)
                .map_err(|why| Error::failed(format!("the columns cannot be laid out: {why}")))
        });
        blocks.into_iter().collect()
    }

    fn blocks<T: Send>(&self, make: impl Fn(&[usize]) -> Result<T> + Sync) -> Vec<Result<T>> {
        let blocks: Vec<&[usize]> = self.rows.chunks(BLOCK).collect();
        map_in_order(&blocks, (self.jobs, 1), |rows| make(rows))
    }

    /// Assesses these rows and shows each in order.
    fn each(&self, rows: &[usize], mut see: impl FnMut(&str, &Outcome)) -> Result<()> {
        let mut assessor: Assessor<'_, LANES> = Assessor::new(self.comparison);
        let mut answers = Answers::none(self.comparison.pack());
        let mut codes = vec![Answers::UNANSWERED; self.people.codes.len()];
        for lanes in rows.chunks(LANES) {
            for (lane, &row) in lanes.iter().enumerate() {
                for (code, column) in codes.iter_mut().zip(&self.people.codes) {
                    *code = column.get(row).copied().unwrap_or(Answers::UNANSWERED);
                }
                (answers.set_all(&codes))
                    .map_err(|why| Error::failed(format!("row {row} (from 0): {why}")))?;
                assessor.put(lane, &answers);
            }
            assessor.assess();
            for (lane, &row) in lanes.iter().enumerate() {
                see(self.people.ids.value(row), assessor.look(lane));
            }
        }
        Ok(())
    }
}

/// The cells of a column so far.
enum Cells {
    Text(StringBuilder),
    Whole(Int64Builder),
    Decimal(Float64Builder),
}

impl Cells {
    fn new(kind: &DataType) -> Self {
        match kind {
            DataType::Int64 => Self::Whole(Int64Builder::new()),
            DataType::Float64 => Self::Decimal(Float64Builder::new()),
            _ => Self::Text(StringBuilder::new()),
        }
    }

    /// Adds a cell as it is written; an empty one is null.
    fn push(&mut self, text: &str) {
        match self {
            Self::Text(cells) => cells.append_option((!text.is_empty()).then_some(text)),
            Self::Whole(cells) => cells.append_option(text.parse().ok()),
            Self::Decimal(cells) => cells.append_option(text.parse().ok()),
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            Self::Text(mut cells) => Arc::new(cells.finish()),
            Self::Whole(mut cells) => Arc::new(cells.finish()),
            Self::Decimal(mut cells) => Arc::new(cells.finish()),
        }
    }
}
