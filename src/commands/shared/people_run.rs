//! A run over the people of many inputs, shared by `score`, `analyse` and the group page.

use crate::commands::shared::block::{Block, BlockPerson};
use crate::commands::shared::distinct_outputs::size;
use crate::commands::shared::global_args::{GlobalArgs, say};
use crate::error::{Error, Result};
use crate::input::input_log::{InputSummary, Messages};
use crate::input::mapping::InputOptions;
use crate::input::opened::ReadOptions;
use crate::input::pack_tables::PackTables;
use crate::input::parallel::{Pool, RowWorker, Sinks};
use crate::input::pump::Pump;
use crate::input::row::{KeptField, SheetPart};
use crate::storage::atomic_write::output_file;
use crate::terminal::progress::Progress;
use crate::threads::cores;
use rolescope_core::{Answers, Comparison, Outcome, Pack};
use std::io::IsTerminal as _;
use std::path::Path;

/// Bytes of a piece where little is made of each person.
pub(crate) const PIECE: usize = 256 << 10;

/// Inputs and options of a run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PeopleRun<'a> {
    /// The settings that were typed.
    pub settings: &'a GlobalArgs,
    /// The pack that is answered.
    pub pack: &'a Pack,
    /// Files, folders, `-` for standard input.
    pub inputs: &'a [String],
    /// What was typed about how inputs are read.
    pub input: &'a InputOptions,
    /// Columns that are copied from the input.
    pub keep: &'a [String],
    /// Bytes of a piece.
    pub size: usize,
    /// Stop at the first row or input that cannot be read.
    pub strict: bool,
    /// Write rejected rows as they came in.
    pub raw_rejects: bool,
    /// What is kept of answer files, after the columns.
    pub of_sheets: SheetPart,
    /// Whether the same inputs were read before: what was told of them is not told again.
    pub again: bool,
    /// Threads; one a core without a number.
    pub jobs: Option<u16>,
    /// Where the output goes.
    pub output: Option<&'a Path>,
}

impl<'a> PeopleRun<'a> {
    /// A run over all that stands in these inputs, in pieces of the usual size, with all threads, that goes on
    /// after what cannot be read.
    pub(crate) const fn new(
        settings: &'a GlobalArgs,
        pack: &'a Pack,
        (inputs, input): (&'a [String], &'a InputOptions),
    ) -> Self {
        Self {
            settings,
            pack,
            inputs,
            input,
            keep: &[],
            size: PIECE,
            strict: false,
            raw_rejects: false,
            of_sheets: SheetPart::None,
            again: false,
            jobs: None,
            output: None,
        }
    }

    /// Threads that read: more than two a core would take memory and give nothing.
    pub(crate) fn threads(&self) -> usize {
        let asked = self.jobs.map_or_else(cores, usize::from);
        asked.min(2 * cores())
    }

    /// Reads all people.
    ///
    /// # Errors
    /// Those of [`Pool::run`].
    pub(crate) fn run<W: RowWorker>(
        &self,
        worker: impl Fn() -> W + Sync,
        sinks: Sinks<'_>,
    ) -> Result<(Vec<W>, InputSummary)> {
        let options = ReadOptions {
            pack: self.pack,
            input: self.input,
            keep: self.keep,
            size: self.size,
            tables: PackTables::default(),
        };
        let pump = Pump::new(self.inputs, options);
        // a line of progress among rows would help nobody
        let quiet = self.settings.quiet
            || output_file(self.output).is_none() && std::io::stdout().is_terminal();
        let mut messages = RunMessages {
            settings: self.settings,
            again: self.again,
            progress: Progress::of_bytes(quiet, size(self.inputs), pump.bytes_read()),
        };
        let pool = Pool {
            pack: self.pack,
            keep: self.keep,
            strict: self.strict,
            raw_rejects: self.raw_rejects,
            of_sheets: self.of_sheets,
            jobs: self.threads(),
        };
        pool.run(pump, worker, sinks, &mut messages)
    }
}

/// Messages of a run, printed beside the progress line.
pub(crate) struct RunMessages<'a> {
    /// The settings that were typed.
    pub settings: &'a GlobalArgs,
    /// Whether nothing is told.
    pub again: bool,
    /// How far the run is.
    pub progress: Progress,
}

impl Messages for RunMessages<'_> {
    fn say(&mut self, text: &str) {
        if !self.again {
            self.progress.suspend(|| say(text));
        }
    }

    fn remark(&mut self, text: &str) {
        if !self.again {
            self.progress.suspend(|| self.settings.remark(text));
        }
    }

    fn rows(&mut self, rows: u64) {
        self.progress.rows(rows);
    }
}

/// Worker that assesses people in blocks and passes each outcome to `see`.
pub(crate) struct Assessing<'c, S, F> {
    people: Block<'c>,
    /// What was made of people so far.
    pub state: S,
    see: F,
    enough: fn(&S) -> bool,
}

impl<'c, S, F: FnMut(&mut S, &BlockPerson, &Outcome, &mut Vec<u8>)> Assessing<'c, S, F> {
    /// Nobody yet; `kept` columns are copied from the input, and `enough` ends the run.
    pub(crate) fn new(
        (comparison, kept): (&'c Comparison<'c>, usize),
        state: S,
        enough: fn(&S) -> bool,
        see: F,
    ) -> Self {
        Self {
            people: Block::new(comparison, kept),
            state,
            see,
            enough,
        }
    }

    /// The same, where `see` looks at no more of an outcome than the first `roles` and the bands.
    pub(crate) fn of_first(mut self, roles: Option<usize>) -> Self {
        self.people.first = roles;
        self
    }

    fn assess(&mut self, out: &mut Vec<u8>) {
        let (state, see) = (&mut self.state, &mut self.see);
        self.people
            .assess(|person, outcome| see(state, person, outcome, out));
    }
}

impl<S: Send, F> RowWorker for Assessing<'_, S, F>
where
    F: FnMut(&mut S, &BlockPerson, &Outcome, &mut Vec<u8>) + Send,
{
    fn begin(&mut self, piece: u64) {
        self.people.begin(piece);
    }

    fn person(&mut self, id: &str, answers: &Answers, kept: &[KeptField], out: &mut Vec<u8>) {
        if self.people.add(id, answers, kept) {
            self.assess(out);
        }
    }

    fn settle(&mut self, _: u64, out: &mut Vec<u8>) {
        self.assess(out);
    }

    fn enough(&self) -> bool {
        (self.enough)(&self.state)
    }
}

/// Most bytes of what names a group: each name is kept.
pub(crate) const LONGEST_GROUP: usize = 1000;

/// The mistake of a column of texts that was to split people into groups.
pub(crate) fn too_long_group(by: &str) -> Error {
    Error::failed(format!(
        "{by} has a value of over {LONGEST_GROUP} bytes, which is a text of its own and no group"
    ))
}

/// The mistake of a column that was to split people into groups.
pub(crate) fn too_many_groups(by: &str, most: usize) -> Error {
    Error::failed(format!(
        "{by} has over {most} values, so it tells people apart and no groups"
    ))
}
