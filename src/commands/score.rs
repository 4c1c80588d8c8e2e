//! `rolescope score`: answer sheets in, results out, a row a person.

use crate::commands::context::{Settings, say};
use crate::engine::assess::{State, assess};
use crate::engine::fit::Design;
use crate::error::{Error, Result};
use crate::files::records::{self, Person, Receiver, Rejection, Written};
use crate::files::save::Output;
use crate::render::look::{Look, inert};
use crate::render::records::{Top, csv_header, csv_row, ndjson, table_header, table_row};
use crate::ui::progress::Progress;
use clap::ValueEnum;
use std::io::Write as _;
use std::path::PathBuf;

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RowFormat {
    /// Lines for people.
    Table,
    /// A wide table for programs.
    Csv,
    /// A JSON object a line.
    Ndjson,
}

/// Rejections shown one by one; the rest are counted.
const SHOWN: u64 = 20;

/// Arguments of `score`.
#[derive(Debug, clap::Args)]
pub struct Score {
    /// Answer files, folders of them, or - for standard input
    #[arg(required = true)]
    inputs: Vec<String>,
    /// How to write the results
    #[arg(short, long, default_value = "table")]
    format: RowFormat,
    /// How the input is written, where name and content do not tell
    #[arg(long, value_name = "FORMAT", value_parser = written)]
    input_format: Option<Written>,
    /// How many roles a row holds: a number, or all
    #[arg(long, value_name = "N", default_value = "5")]
    top: Top,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

fn written(text: &str) -> std::result::Result<Written, String> {
    match text {
        "csv" => Ok(Written::Csv),
        "tsv" => Ok(Written::Tsv),
        "ndjson" => Ok(Written::Ndjson),
        "toml" => Ok(Written::Toml),
        _ => Err("csv, tsv, ndjson or toml".to_owned()),
    }
}

impl Score {
    /// Runs the command.
    ///
    /// # Errors
    /// When an input cannot be read, the output fails, or rows were rejected.
    pub fn run(self, settings: &Settings) -> Result<()> {
        let pack = settings.load()?;
        let design = settings.design(&pack)?;
        let mut scorer = Scorer {
            settings,
            design: &design,
            format: self.format,
            top: self.top,
            look: settings.look(),
            out: Output::open(self.output.as_deref())?,
            progress: Progress::new(settings.quiet, "people"),
            tally: Tally::default(),
        };
        scorer.header()?;
        for input in &self.inputs {
            records::read(input, self.input_format, &pack, &mut scorer)?;
        }
        let Scorer {
            out,
            progress,
            tally,
            ..
        } = scorer;
        out.finish()?;
        drop(progress);
        tally.end(settings)
    }
}

#[derive(Default)]
struct Tally {
    rows: u64,
    unclear: u64,
    insufficient: u64,
    rejected: u64,
}

impl Tally {
    fn end(self, settings: &Settings) -> Result<()> {
        settings.remark(&format!(
            "{} scored ({} unclear, {} insufficient), {} rejected",
            self.rows - self.rejected,
            self.unclear,
            self.insufficient,
            self.rejected
        ));
        if self.rejected > 0 {
            return Err(Error::Rejected {
                rejected: self.rejected,
                rows: self.rows,
            });
        }
        Ok(())
    }
}

struct Scorer<'a> {
    settings: &'a Settings,
    design: &'a Design<'a>,
    format: RowFormat,
    top: Top,
    look: Look,
    out: Output,
    progress: Progress,
    tally: Tally,
}

impl Scorer<'_> {
    fn header(&mut self) -> Result<()> {
        let header = match self.format {
            RowFormat::Table => table_header(self.look),
            RowFormat::Csv => csv_header(self.design, self.top),
            RowFormat::Ndjson => return Ok(()),
        };
        writeln!(self.out, "{header}").map_err(Error::output)
    }

    fn reject(&self, rejection: &Rejection) {
        let place = rejection
            .column
            .map_or_else(String::new, |column| format!(":{column}"));
        let found = if rejection.field.is_empty() {
            String::new()
        } else {
            let value: String = rejection.value.chars().take(60).collect();
            format!("{}: {:?}: ", rejection.field, inert(&value))
        };
        self.progress.suspend(|| {
            say(&format!(
                "{}:{}{place}: {found}{}",
                inert(&rejection.input),
                rejection.line,
                rejection.reason
            ));
        });
    }
}

impl Receiver for Scorer<'_> {
    fn row(&mut self, row: std::result::Result<Person, Rejection>) -> Result<()> {
        self.tally.rows += 1;
        self.progress.add(1);
        let person = match row {
            Ok(person) => person,
            Err(rejection) => {
                self.tally.rejected += 1;
                match self.tally.rejected {
                    ..=SHOWN => self.reject(&rejection),
                    n if n == SHOWN + 1 => say("further rejected rows are only counted"),
                    _ => {}
                }
                return Ok(());
            }
        };
        let outcome = assess(self.design, &person.answers);
        match outcome.state {
            State::Clear => {}
            State::Unclear => self.tally.unclear += 1,
            State::Insufficient => self.tally.insufficient += 1,
        }
        let line = match self.format {
            RowFormat::Table => table_row(self.design, &person.id, &outcome, self.look),
            RowFormat::Csv => csv_row(self.design, &person.id, &outcome, self.top),
            RowFormat::Ndjson => ndjson(self.design, &person.id, &outcome, self.top),
        };
        writeln!(self.out, "{line}").map_err(Error::output)
    }

    fn remark(&mut self, input: &str, remark: &str) {
        self.settings
            .remark(&format!("{}: {}", inert(input), inert(remark)));
    }
}
