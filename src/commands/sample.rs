//! `rolescope sample`: simulated answer sheets, labelled as simulated.

use crate::commands::shared::completion_candidates;
use crate::commands::shared::global_args::{GlobalArgs, role_at};
use crate::error::{Error, Result};
use crate::storage::atomic_write::Output;
use clap::ValueEnum;
use clap_complete::engine::ArgValueCandidates;
use rolescope_core::simulation::SimulatedPeople;
use rolescope_core::{AnswerFormat, Answers, Pack};
use std::io::Write as _;
use std::path::PathBuf;

/// Output format of answer sheets.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum SheetFormat {
    /// A table.
    #[default]
    Csv,
    /// A JSON object a line.
    Ndjson,
}

/// Arguments of `sample`.
#[derive(Debug, clap::Args)]
pub struct SampleArgs {
    /// How many people
    #[arg(short, default_value_t = 5)]
    n: u64,
    /// Seed of the random number generator
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Simulate people who resemble this role, instead of a mixed population
    #[arg(long, value_name = "ROLE", add = ArgValueCandidates::new(completion_candidates::roles))]
    like: Option<String>,
    /// Share of answers left blank, 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, value_parser = share)]
    blank: f64,
    /// How to write the sheets
    #[arg(short, long, default_value = "csv")]
    format: SheetFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

fn share(text: &str) -> std::result::Result<f64, String> {
    match text.parse::<f64>() {
        Ok(s) if (0.0..=1.0).contains(&s) => Ok(s),
        _ => Err("a number from 0 to 1".to_owned()),
    }
}

impl SampleArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// When there is no such role or the output fails.
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        let pack = settings.load()?;
        let comparison = settings.comparison(&pack)?;
        let role = self
            .like
            .as_deref()
            .map(|typed| role_at(&comparison, typed))
            .transpose()?;
        let mut out = Output::open(self.output.as_deref())?;
        if matches!(self.format, SheetFormat::Csv) {
            let ids: Vec<&str> = pack
                .questions()
                .iter()
                .map(rolescope_core::Question::id)
                .collect();
            writeln!(out, "id,{}", ids.join(",")).map_err(Error::output)?;
        }
        let mut people = SimulatedPeople::new(&comparison, self.seed);
        for n in 1..=self.n {
            let answers = match role {
                Some(at) => people.like(at, self.blank),
                None => people.mixed(self.blank),
            };
            let line = match self.format {
                SheetFormat::Csv => csv_line(&pack, n, &answers),
                SheetFormat::Ndjson => json_line(&pack, n, &answers),
            };
            writeln!(out, "{line}").map_err(Error::output)?;
        }
        out.finish()
    }
}

fn csv_line(pack: &Pack, n: u64, answers: &Answers) -> String {
    let mut line = format!("simulated-{n}");
    for (q, question) in pack.questions().iter().enumerate() {
        line.push(',');
        line.push_str(&question.written(answers.code(q)));
    }
    line
}

fn json_line(pack: &Pack, n: u64, answers: &Answers) -> String {
    let mut cells = Vec::new();
    for (q, question) in pack.questions().iter().enumerate() {
        let code = answers.code(q);
        if code == Answers::UNANSWERED {
            continue;
        }
        let answer = question.written(code);
        cells.push(match question.format() {
            AnswerFormat::Choice => format!("\"{}\":\"{answer}\"", question.id()),
            AnswerFormat::Rating | AnswerFormat::Condition => {
                format!("\"{}\":{answer}", question.id())
            }
        });
    }
    format!(
        "{{\"id\":\"simulated-{n}\",\"answers\":{{{}}}}}",
        cells.join(",")
    )
}
