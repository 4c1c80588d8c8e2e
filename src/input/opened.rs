//! An input that is opened, and what is known of how it is read.

use crate::error::Error;
use crate::input::cells::CellRules;
use crate::input::code_lines::CodeReader;
use crate::input::csv::CsvReader;
use crate::input::header::HeaderContext;
use crate::input::ledger::Ledger;
use crate::input::live::ByteSource;
use crate::input::mapping::{InputOptions, Layout};
use crate::input::ndjson::NdjsonReader;
use crate::input::pack_tables::PackTables;
use crate::input::question_index::{HeaderRule, QuestionIndex};
use crate::input::record_splitter::{LONGEST, RecordSplitter, Splitting};
use crate::input::table::TableReader;
use rolescope_core::{Pack, QuestionIx};
use std::io::{self, Read as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64};

/// What all inputs of a run have in common.
#[derive(Clone, Debug)]
pub struct ReadOptions<'a> {
    /// The pack that is answered.
    pub pack: &'a Pack,
    /// What a person has said about how inputs are read.
    pub input: &'a InputOptions,
    /// Columns or fields carried to the output.
    pub keep: &'a [String],
    /// Bytes of one piece.
    pub size: usize,
    /// What is made of the pack once for all inputs: new for every pack and `input`.
    pub tables: PackTables,
}

/// What a run shares with whoever watches it.
#[derive(Clone, Debug, Default)]
pub(crate) struct RunFlags {
    /// Bytes read so far, before decompression.
    pub read: Arc<AtomicU64>,
    /// Whether the run has ended and nothing more is waited for.
    pub stop: Arc<AtomicBool>,
}

/// An input, opened: where its people come from.
pub(crate) enum OpenedInput {
    /// Records of a stream.
    Records(Box<RecordSource>),
    /// One person's answer file, whole.
    Sheet {
        /// What messages call it.
        name: String,
        /// What it holds.
        bytes: Vec<u8>,
    },
    /// Files of a folder, in the order of their names, and what is worth saying of others.
    Folder(Vec<PathBuf>, Vec<String>),
}

/// A stream of records, and how each is read.
pub(crate) struct RecordSource {
    /// How records are read, by any thread.
    pub reader: Arc<RecordReader>,
    /// What cuts them.
    pub splitter: RecordSplitter<ByteSource>,
    /// Where it cuts.
    pub splitting: Splitting,
    /// Whether another program writes the input now.
    pub live: bool,
    /// Lines before the first record, and what they are.
    pub passed: Ledger,
    /// What is worth saying about it.
    pub remarks: Vec<String>,
    /// How it is read.
    pub told: Described,
}

/// How the records of an input are read.
#[derive(Debug)]
pub(crate) struct RecordReader {
    /// What messages call the input.
    pub name: String,
    /// The header of a table as it was read, with its line end.
    pub header: Vec<u8>,
    /// How many questions it has columns for.
    pub asked: usize,
    /// How its rows are read.
    pub rows: RowReader,
}

/// How rows are read.
#[derive(Debug)]
pub(crate) enum RowReader {
    /// As cells of one byte, mostly.
    Table(Box<CsvReader>),
    /// As cells of any form.
    Cells(Box<TableReader>),
    /// As JSON.
    Lines(Box<NdjsonReader>),
    /// As answer codes.
    Codes(Box<CodeReader>),
}

/// How an input is read, in words and places.
#[derive(Clone, Debug, Default)]
pub struct Described {
    /// What it came in, as `gzip, `, or the kind of a workbook.
    pub container: String,
    /// Its encoding.
    pub encoding: String,
    /// What it is: a table with commas, NDJSON.
    pub written: String,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// How people and questions stand.
    pub layout: Option<Layout>,
    /// The line of the header.
    pub header: u64,
    /// Rows that were passed over, and why.
    pub passed: Vec<(u64, &'static str)>,
    /// Its columns: their names, the question of each, and by what it was known.
    pub columns: Vec<(String, Option<(QuestionIx, HeaderRule)>)>,
    /// The column that says who.
    pub id: Option<String>,
    /// Whether questions that nobody answered may be left out.
    pub open: bool,
}

impl Described {
    /// What it came in, before how it is written.
    #[must_use]
    pub fn container_words(&self) -> String {
        match self.container.as_str() {
            "" => String::new(),
            container => format!("{}, ", container.trim_end_matches([',', ' '])),
        }
    }
}

/// The start of a text and where more comes from.
pub(crate) struct TextBytes {
    /// Where more comes from.
    pub reader: ByteSource,
    /// What was read already.
    pub start: Vec<u8>,
    /// What ends a line.
    pub newline: u8,
    /// Whether that is all.
    pub ended: bool,
}

/// An input being opened.
pub(crate) struct Opening<'a> {
    /// What messages call it.
    pub name: String,
    /// What is known so far.
    pub told: Described,
    /// What all inputs have in common.
    pub options: &'a ReadOptions<'a>,
    /// Whether another program writes it now.
    pub live: bool,
}

impl<'a> Opening<'a> {
    /// What headers are looked at with.
    pub(crate) fn context<'c>(&self, index: &'c QuestionIndex) -> HeaderContext<'c>
    where
        'a: 'c,
    {
        HeaderContext {
            pack: self.options.pack,
            index,
            options: self.options.input,
            keep: self.options.keep,
        }
    }

    /// How cells are read.
    pub(crate) fn rules(&self) -> Arc<CellRules> {
        let options = self.options;
        options.tables.rules(options.pack, options.input)
    }

    /// What headers mean.
    pub(crate) fn index(&self) -> Arc<QuestionIndex> {
        self.options.tables.index(self.options.pack)
    }
}

/// Reads on to the end, however long the writer pauses, but no more than `most` bytes.
pub(crate) fn read_all(reader: &mut ByteSource, most: u64, bytes: &mut Vec<u8>) -> io::Result<()> {
    let most = bytes.len() as u64 + most;
    loop {
        let left = most.saturating_sub(bytes.len() as u64);
        match reader.by_ref().take(left).read_to_end(bytes) {
            Err(paused) if paused.kind() == io::ErrorKind::WouldBlock => {}
            read => return read.map(|_| ()),
        }
    }
}

pub(crate) fn cannot_read(name: &str, source: io::Error) -> Error {
    if source.kind() == io::ErrorKind::UnexpectedEof {
        return Error::failed(format!(
            "cannot read {name}: it ends early, so part of it is missing"
        ));
    }
    Error::io(format!("cannot read {name}"), source)
}

pub(crate) fn unclosed(name: &str, line: u64, cell: usize) -> Error {
    Error::failed(format!(
        "{name}:{line}:{cell}: a quote that opens here is not closed within {LONGEST} bytes or by the \
         end of the input; close it or take it out"
    ))
}
