//! `rolescope score`: answer sheets in, results out, a row a person.

use crate::commands::block::BlockPerson;
use crate::commands::distinct_outputs::{apart, size};
use crate::commands::global_args::GlobalArgs;
use crate::commands::ordered_run::{OrderedRun, Outputs, RowWriter};
use crate::commands::run_counts::{REJECTS, RunCounts};
use crate::commands::run_log::RunLog;
use crate::error::{Error, Result};
use crate::input::feed::{Feed, FeedOptions};
use crate::input::format::InputFormat;
use crate::input::tasks::cores;
use crate::storage::atomic_write::{Output, same_file};
use crate::terminal::progress::Progress;
use clap::{ValueEnum, ValueHint};
use rolescope_core::{
    AnswerWriter, CarriedField, Comparison, Outcome, RecordWriter, TextStyle, Top, table_header,
    table_row,
};
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RowFormat {
    /// Lines for people.
    Table,
    /// A wide table for programs.
    Csv,
    /// A JSON object a line.
    Ndjson,
    /// One JSON array of the same objects.
    Json,
}

/// Bytes that all threads together hold in tasks and what is made of them; half of what the whole
/// program may take.
const MEMORY: usize = 24 << 20;
/// Bytes of a task: measured, smaller ones cost time and larger ones gain nothing.
const TASK: std::ops::RangeInclusive<usize> = 16 << 10..=512 << 10;

/// Arguments of `score`.
#[derive(Debug, clap::Args)]
pub struct ScoreArgs {
    /// Answer files, folders of them, or - for standard input
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    inputs: Vec<String>,
    /// How to write the results
    #[arg(short, long, default_value = "table")]
    format: RowFormat,
    /// How the input is written, where name and content do not tell
    #[arg(long, value_name = "FORMAT", value_parser = InputFormat::parse)]
    input_format: Option<InputFormat>,
    /// How many roles a row holds: a number, or all
    #[arg(long, value_name = "N", default_value = "5")]
    top: Top,
    /// Columns (of NDJSON: fields) of the input to carry to the end of each row
    #[arg(long, value_name = "COL,...", value_delimiter = ',')]
    keep: Vec<String>,
    /// With ndjson and json: what each trait adds to each role's match
    #[arg(long)]
    explain: bool,
    /// With ndjson and json: the answers too, so that `rolescope verify` can check the results
    #[arg(long)]
    with_answers: bool,
    /// Write rows that cannot be scored to this CSV file
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Stop at the first row that cannot be scored
    #[arg(long)]
    strict: bool,
    /// Threads to use [default: one a core]
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
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
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
        self.apart(settings)?;
        let pack = settings.load()?;
        let comparison = settings.comparison(&pack)?;
        let jobs = self.jobs.map_or_else(cores, usize::from);
        let rows = ScoreRows {
            comparison: &comparison,
            format: self.format,
            look: settings.look(),
            records: RecordWriter::new(&comparison, self.top, self.explain, &self.keep),
            answered: self.with_answers.then(|| AnswerWriter::new(&pack)),
        };
        let wanted = FeedOptions {
            pack: &pack,
            written: self.input_format,
            keep: &self.keep,
            size: self.task(&comparison, jobs),
        };
        let feed = Feed::new(&self.inputs, wanted);
        let rejects = self.rejects.as_deref().map(|path| Output::open(Some(path)));
        let mut rejects = rejects.transpose()?;
        if let Some(rejects) = &mut rejects {
            let header = rejects.write_all(REJECTS);
            header.map_err(|e| Error::io("cannot write the rejected rows", e))?;
        }
        let (before, skip) = rows.before();
        let sinks = Outputs {
            out: match self.format {
                RowFormat::Table => Output::open(self.output.as_deref())?,
                _ => Output::open_records(self.output.as_deref())?,
            },
            before,
            skip,
            listener: RunLog {
                settings,
                pack: &pack,
                progress: Progress::of_bytes(
                    // a line of progress among rows would help nobody
                    settings.quiet || self.output.is_none() && std::io::stdout().is_terminal(),
                    size(&self.inputs),
                    feed.bytes_read(),
                ),
                told: 0,
            },
            rejects,
        };
        let batch = OrderedRun {
            comparison: &comparison,
            writer: &rows,
            kept: self.keep.len(),
            strict: self.strict,
            rejects: self.rejects.is_some(),
            jobs,
        };
        let (mut sinks, tally) = batch.run(feed, sinks)?;
        sinks.out.write_all(rows.after()).map_err(Error::output)?;
        sinks.out.finish()?;
        if let Some(rejects) = sinks.rejects {
            rejects.finish()?;
        }
        drop(sinks.listener);
        end(&tally, settings)
    }

    /// Holds that no output takes the place of an input or of the other output, and that each column
    /// is kept once.
    fn apart(&self, settings: &GlobalArgs) -> Result<()> {
        for (n, column) in self.keep.iter().enumerate() {
            if self.keep[..n].contains(column) {
                return Err(Error::Usage(format!("--keep names {column} twice")));
            }
        }
        let inputs = self.inputs.iter().map(Path::new);
        let norms = settings.norms.as_deref();
        apart(inputs.chain(norms), &[&self.output, &self.rejects])?;
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

    /// Bytes of one task, so that all threads together stay within [`MEMORY`]: a person's results
    /// may take many times the space of the answers.
    fn task(&self, comparison: &Comparison<'_>, jobs: usize) -> usize {
        let roles = self.top.of(comparison.candidates().len());
        let traits = comparison.pack().traits().len();
        let answers = 2 * comparison.pack().questions().len() + 16;
        let results = match self.format {
            RowFormat::Table => 100,
            RowFormat::Csv => 80 + 40 * roles,
            RowFormat::Ndjson | RowFormat::Json => {
                let explained = if self.explain { 24 * traits } else { 0 };
                let told = if self.with_answers { 10 * answers } else { 0 };
                600 + 80 * traits + roles * (110 + explained) + told
            }
        };
        let each = MEMORY / jobs * answers / (answers + results);
        each.clamp(*TASK.start(), *TASK.end())
    }
}

fn end(tally: &RunCounts, settings: &GlobalArgs) -> Result<()> {
    let passed = tally.ledger.passed_over();
    settings.remark(&format!(
        "{} scored ({} unclear, {} insufficient), {} rejected{}",
        tally.rows - tally.rejected,
        tally.unclear,
        tally.insufficient,
        tally.rejected,
        passed.map_or_else(String::new, |passed| format!(", {passed}"))
    ));
    if tally.rejected > 0 {
        return Err(Error::Rejected {
            rejected: tally.rejected,
            rows: tally.rows,
        });
    }
    Ok(())
}

/// How people are written.
struct ScoreRows<'a> {
    comparison: &'a Comparison<'a>,
    format: RowFormat,
    look: TextStyle,
    records: RecordWriter<'a>,
    answered: Option<AnswerWriter<'a>>,
}

impl ScoreRows<'_> {
    /// What stands before the first person, and how many of that one's bytes are left out.
    fn before(&self) -> (Vec<u8>, usize) {
        match self.format {
            RowFormat::Table => ((table_header(self.look) + "\n").into_bytes(), 0),
            RowFormat::Csv => {
                let mut header = Vec::new();
                self.records.csv_header(&mut header);
                (header, 0)
            }
            RowFormat::Ndjson => (Vec::new(), 0),
            RowFormat::Json => (b"[\n".to_vec(), BETWEEN.len()),
        }
    }

    /// What stands after the last person.
    const fn after(&self) -> &[u8] {
        match self.format {
            RowFormat::Json => b"\n]\n",
            _ => b"",
        }
    }
}

/// What stands before each object of an array but the first.
const BETWEEN: &[u8] = b",\n";

impl RowWriter for ScoreRows<'_> {
    fn person(&self, out: &mut Vec<u8>, person: &BlockPerson, outcome: &Outcome) {
        let id = &person.id;
        let carried: Vec<CarriedField<'_>> = (person.kept.iter())
            .map(|kept| CarriedField::new(&kept.text, kept.json))
            .collect();
        match self.format {
            RowFormat::Table => {
                out.extend_from_slice(
                    table_row(self.comparison, id, outcome, self.look).as_bytes(),
                );
                out.push(b'\n');
            }
            RowFormat::Csv => self.records.csv(out, id, outcome, &carried),
            RowFormat::Ndjson | RowFormat::Json => {
                if self.format == RowFormat::Json {
                    out.extend_from_slice(BETWEEN);
                }
                self.records.json(out, id, outcome, &carried);
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
