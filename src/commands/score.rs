//! `rolescope score`: scores answer sheets and writes one result a person.

use crate::commands::shared::block::BlockPerson;
use crate::commands::shared::distinct_outputs::ensure_outputs_distinct;
use crate::commands::shared::files_from::FilesFrom;
use crate::commands::shared::global_args::GlobalArgs;
use crate::commands::shared::id_sample::RepeatedIds;
use crate::commands::shared::input_args::InputArgs;
use crate::commands::shared::people_run::{Assessing, PeopleRun};
use crate::error::{Error, Result};
use crate::input::input_log::{InputSummary, REJECTS};
use crate::input::parallel::Sinks;
use crate::storage::atomic_write::{Output, output_file, same_file};
use clap::{ValueEnum, ValueHint};
use rolescope_core::write::{AnswerWriter, CarriedField, RecordWriter, TextStyle};
use rolescope_core::{Comparison, Outcome, State};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Output format of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RowFormat {
    /// Lines for people.
    Table,
    /// Table in wide format for programs.
    Csv,
    /// A JSON object a line.
    Ndjson,
    /// One JSON array of the same objects.
    Json,
}

/// How rejected rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RejectsForm {
    /// A table with the place, the value and the reason of each.
    Table,
    /// As they came in, under their header: to be mended and scored again.
    Input,
}

/// Memory of all threads together for pieces and their results, in bytes; half of what the program may
/// take in all.
const MEMORY: usize = 24 << 20;
/// Size of a piece in bytes: by measurement, smaller ones take longer and larger ones gain nothing.
const PIECE: std::ops::RangeInclusive<usize> = 16 << 10..=512 << 10;

/// Arguments of `score`.
#[derive(Debug, clap::Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of its own"
)]
pub struct ScoreArgs {
    /// Answer files, folders of them, or - for standard input
    #[arg(required_unless_present = "files_from", value_hint = ValueHint::AnyPath)]
    inputs: Vec<String>,
    #[command(flatten)]
    list: FilesFrom,
    /// How to write the results
    #[arg(short, long, default_value = "table")]
    format: RowFormat,
    #[command(flatten)]
    input: InputArgs,
    /// How many roles a row holds: a number, or all
    #[arg(long, value_name = "N", default_value = "5", value_parser = number_of_roles)]
    top: usize,
    /// Columns of the input (NDJSON: fields) to copy to the end of each row
    #[arg(long, value_name = "COL,...", value_delimiter = ',')]
    keep: Vec<String>,
    /// With ndjson and json: add the contribution of each trait to the match of each role
    #[arg(long)]
    explain: bool,
    /// With csv: say in `reach_N` whether a way leads into each role; with a table: name the first
    /// role that is open (ndjson and json always say it)
    #[arg(long)]
    reachable: bool,
    /// With ndjson and json: add the answers, so that `rolescope verify` can check the results
    #[arg(long)]
    with_answers: bool,
    /// Write rows that cannot be scored to this CSV file, or - for standard output
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// How to write them: a table with their places and reasons, or the rows as they came in, to be mended
    /// and scored again
    #[arg(
        long,
        value_name = "FORM",
        default_value = "table",
        requires = "rejects"
    )]
    rejects_as: RejectsForm,
    /// Stop at the first row that cannot be scored, or input that cannot be read
    #[arg(long)]
    strict: bool,
    /// Threads to use, at most two a core [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl ScoreArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// When an input cannot be read, the output fails, or rows were rejected.
    pub fn run(mut self, settings: &GlobalArgs) -> Result<()> {
        self.ensure_format_shows_what_is_asked()?;
        self.inputs = self.list.after(&self.inputs)?;
        self.ensure_outputs_distinct(settings)?;
        self.ensure_one_header()?;
        let pack = settings.load()?;
        let comparison = settings.comparison(&pack)?;
        let rows = ScoreRows {
            format: self.format,
            look: settings.look(),
            records: RecordWriter::new(&comparison)
                .best(self.top)
                .explained(self.explain)
                .keeping(&self.keep)
                .with_reach(self.reachable),
            answered: self.with_answers.then(|| AnswerWriter::new(&pack)),
        };
        self.distinct_columns(&comparison)?;
        let input = self.input.options(&pack)?;
        let mut run = PeopleRun {
            keep: &self.keep,
            strict: self.strict,
            jobs: self.jobs,
            raw_rejects: self.rejects_as == RejectsForm::Input,
            output: self.output.as_deref(),
            ..PeopleRun::new(settings, &pack, (&self.inputs, &input))
        };
        run.size = self.piece(&comparison, run.threads());
        let rejects = self.rejects.as_deref().map(|path| Output::open(Some(path)));
        let mut rejects = rejects.transpose()?;
        let mut out = match self.format {
            RowFormat::Table => Output::open(self.output.as_deref())?,
            _ => Output::open_records(self.output.as_deref())?,
        };
        let (mut before, mut skip) = rows.before();
        let mut write = |bytes: &[u8], now: bool| {
            // where an input cannot be read and nobody comes of it, nothing stands above nobody
            if bytes.is_empty() && !before.is_empty() {
                return Ok(());
            }
            out.write_all(&std::mem::take(&mut before))
                .map_err(Error::output)?;
            let skipped = skip.min(bytes.len());
            skip -= skipped;
            out.write_all(&bytes[skipped..]).map_err(Error::output)?;
            if now {
                out.flush().map_err(Error::output)
            } else {
                Ok(())
            }
        };
        let mut reject = rejects.as_mut().map(|rejects| {
            // what came in brings its own header
            let mut header = match self.rejects_as {
                RejectsForm::Table => REJECTS,
                RejectsForm::Input => b"",
            };
            move |bytes: &[u8], now: bool| {
                let written = rejects
                    .write_all(std::mem::take(&mut header))
                    .and_then(|()| rejects.write_all(bytes))
                    .and_then(|()| if now { rejects.flush() } else { Ok(()) });
                written.map_err(|e| Error::io("cannot write the rejected rows", e))
            }
        });
        let sinks = Sinks {
            out: Some(&mut write),
            rejects: reject.as_mut().map(|reject| reject as _),
        };
        let shown = self.shown();
        let worker = || {
            Assessing::new(
                (&comparison, self.keep.len()),
                ScoreCounts::default(),
                |_| false,
                |counts, person, outcome, out| {
                    counts.add(&person.id, outcome.state());
                    rows.person(out, person, outcome);
                },
            )
            .of_first(shown)
        };
        let (workers, read) = run.run(worker, sinks)?;
        out.write_all(&before).map_err(Error::output)?;
        if let Some(reject) = &mut reject {
            reject(b"", false)?;
        }
        out.write_all(rows.after()).map_err(Error::output)?;
        out.finish()?;
        if let Some(rejects) = rejects {
            rejects.finish()?;
        }
        let mut counts = ScoreCounts::default();
        for worker in workers {
            counts.unclear += worker.state.unclear;
            counts.insufficient += worker.state.insufficient;
            counts.ids.merge(worker.state.ids);
        }
        end(&counts, &read, settings)
    }

    /// Ensures that the format has a place for what was asked to be written beside the results.
    fn ensure_format_shows_what_is_asked(&self) -> Result<()> {
        let asked = [
            (self.explain, "--explain"),
            (self.with_answers, "--with-answers"),
        ];
        if let (false, Some((_, option))) = (
            matches!(self.format, RowFormat::Ndjson | RowFormat::Json),
            asked.iter().find(|(asked, _)| *asked),
        ) {
            return Err(Error::Usage(format!("{option} needs -f ndjson or -f json")));
        }
        Ok(())
    }

    /// Ensures that rejected rows that are written as they came in all stand under one header.
    fn ensure_one_header(&self) -> Result<()> {
        if self.rejects_as == RejectsForm::Input
            && (self.inputs.len() != 1 || Path::new(&self.inputs[0]).is_dir())
        {
            return Err(Error::Usage(
                "--rejects-as input keeps the header of one input; give one file at a time"
                    .to_owned(),
            ));
        }
        Ok(())
    }

    /// Ensures that no output overwrites an input or the other output, and that each column is kept
    /// once.
    fn ensure_outputs_distinct(&self, settings: &GlobalArgs) -> Result<()> {
        for (n, column) in self.keep.iter().enumerate() {
            if self.keep[..n].contains(column) {
                return Err(Error::Usage(format!("--keep names {column} twice")));
            }
        }
        let inputs = self.inputs.iter().map(Path::new);
        let norms = settings.norms.as_deref();
        ensure_outputs_distinct(inputs.chain(norms), &[&self.output, &self.rejects])?;
        let output = output_file(self.output.as_deref());
        if output.is_none() && self.rejects.as_deref() == Some(Path::new("-")) {
            return Err(Error::Usage(
                "results and rejected rows cannot both go to standard output; give one a file"
                    .to_owned(),
            ));
        }
        if let (Some(output), Some(rejects)) = (&self.output, &self.rejects)
            && same_file(output, rejects)
        {
            return Err(Error::Usage(format!(
                "results and rejected rows cannot both go to {}",
                output.display()
            )));
        }
        Ok(())
    }

    /// Ensures that no kept column has the name of an output column, so that names stay unique.
    fn distinct_columns(&self, comparison: &Comparison<'_>) -> Result<()> {
        if self.format != RowFormat::Csv {
            return Ok(()); // they stand apart there, or are not shown
        }
        let header = RecordWriter::new(comparison)
            .best(self.top)
            .csv_header_line();
        let mut names = header.split(',');
        match names.find(|name| self.keep.iter().any(|kept| kept == name)) {
            Some(name) => Err(Error::Usage(format!(
                "--keep {name}: the output has a column {name} of its own; rename it in the input, or \
                 use -f ndjson, where what is kept stands apart"
            ))),
            None => Ok(()),
        }
    }

    /// How many roles a row shows, where it shows of all others no more than the bands.
    const fn shown(&self) -> Option<usize> {
        match self.format {
            RowFormat::Csv => Some(self.top),
            RowFormat::Table if !self.reachable => Some(1),
            RowFormat::Table | RowFormat::Ndjson | RowFormat::Json => None,
        }
    }

    /// Size of one piece in bytes, so that all threads together stay within [`MEMORY`]: the results of a
    /// person may take many times the space of the answers.
    fn piece(&self, comparison: &Comparison<'_>, jobs: usize) -> usize {
        let roles = self.top.min(comparison.candidates().len());
        let traits = comparison.pack().traits().len();
        let answers = 2 * comparison.pack().questions().len() + 16;
        let results = match self.format {
            RowFormat::Table => 100,
            RowFormat::Csv => 80 + 52 * roles,
            RowFormat::Ndjson | RowFormat::Json => {
                let explained = if self.explain { 24 * traits } else { 0 };
                let told = if self.with_answers { 10 * answers } else { 0 };
                600 + 80 * traits + roles * (132 + explained) + told
            }
        };
        let each = MEMORY / jobs * answers / (answers + results);
        each.clamp(*PIECE.start(), *PIECE.end())
    }
}

/// Counts of people by the state of their result.
#[derive(Clone, Debug, Default)]
struct ScoreCounts {
    unclear: u64,
    insufficient: u64,
    ids: RepeatedIds,
}

impl ScoreCounts {
    fn add(&mut self, id: &str, state: State) {
        self.ids.add(id);
        match state {
            State::Clear => {}
            State::Unclear => self.unclear += 1,
            State::Insufficient => self.insufficient += 1,
        }
    }
}

fn end(counts: &ScoreCounts, read: &InputSummary, settings: &GlobalArgs) -> Result<()> {
    let passed = read.passed_over();
    settings.remark(&format!(
        "{} scored ({} unclear, {} insufficient), {} rejected{}{}",
        read.people,
        counts.unclear,
        counts.insufficient,
        read.rejected,
        passed.map_or_else(String::new, |passed| format!(", {passed}")),
        (counts.ids.told()).map_or_else(String::new, |told| format!("; {told}"))
    ));
    read.end("scored")
}

/// How many roles a row holds: `all` is every role in play.
fn number_of_roles(text: &str) -> std::result::Result<usize, String> {
    match text.parse() {
        _ if text == "all" => Ok(usize::MAX),
        Ok(n) if n > 0 => Ok(n),
        _ => Err("a number from 1, or all".to_owned()),
    }
}

/// Writer of result rows.
struct ScoreRows<'a> {
    format: RowFormat,
    look: TextStyle,
    records: RecordWriter<'a>,
    answered: Option<AnswerWriter>,
}

impl ScoreRows<'_> {
    /// The bytes before the first person, and how many bytes of the first row are left out.
    fn before(&self) -> (Vec<u8>, usize) {
        match self.format {
            RowFormat::Table => (
                (self.records.table_header(self.look) + "\n").into_bytes(),
                0,
            ),
            RowFormat::Csv => {
                let mut header = Vec::new();
                self.records.csv_header(&mut header);
                (header, 0)
            }
            RowFormat::Ndjson => (Vec::new(), 0),
            RowFormat::Json => (b"[\n".to_vec(), BETWEEN.len()),
        }
    }

    /// The bytes after the last person.
    const fn after(&self) -> &[u8] {
        match self.format {
            RowFormat::Json => b"\n]\n",
            _ => b"",
        }
    }
}

/// Separator before each object of an array but the first.
const BETWEEN: &[u8] = b",\n";

impl ScoreRows<'_> {
    /// Adds a person to the output.
    fn person(&self, out: &mut Vec<u8>, person: &BlockPerson, outcome: &Outcome) {
        let id = &person.id;
        let carried: Vec<CarriedField<'_>> = (person.kept.iter())
            .map(|kept| CarriedField::new(&kept.text, kept.json))
            .collect();
        match self.format {
            RowFormat::Table => {
                let line = self.records.table_row(id, outcome, self.look);
                out.extend_from_slice(line.as_bytes());
                out.push(b'\n');
            }
            RowFormat::Csv => self.records.csv(out, id, outcome, &carried),
            RowFormat::Ndjson | RowFormat::Json => {
                if self.format == RowFormat::Json {
                    out.extend_from_slice(BETWEEN);
                }
                self.records.json(out, id, outcome, &carried);
                RecordWriter::counts(out, &person.answers);
                if let Some(answered) = &self.answered {
                    answered.add(out, &person.answers);
                }
                if self.format == RowFormat::Ndjson {
                    out.push(b'\n');
                }
            }
        }
    }
}
