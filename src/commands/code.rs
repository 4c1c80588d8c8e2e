//! `rolescope code`: writes answers as codes that survive a message.

use crate::commands::shared::distinct_outputs::ensure_outputs_distinct;
use crate::commands::shared::global_args::{GlobalArgs, write_records};
use crate::commands::shared::input_args::InputArgs;
use crate::commands::shared::one_person::{is_answers_of_many, load};
use crate::commands::shared::people_run::PeopleRun;
use crate::error::{Error, Result};
use crate::input::parallel::{RowWorker, Sinks};
use crate::input::row::KeptField;
use crate::storage::atomic_write::{Output, output_file};
use clap::ValueHint;
use rolescope_core::write::csv_cell;
use rolescope_core::{Answers, Pack};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Arguments of `code`.
#[derive(Debug, clap::Args)]
pub struct CodeArgs {
    /// Answer files, folders of them, any other files of answers, or - for standard input. Of one answer
    /// file the code alone is written, of anything else a line ID,CODE a person
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    inputs: Vec<String>,
    #[command(flatten)]
    input: InputArgs,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
}

impl CodeArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// When an input cannot be read, the output fails, or rows were rejected.
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        ensure_outputs_distinct(self.inputs.iter().map(Path::new), &[&self.output])?;
        let pack = settings.load()?;
        let input = self.input.options(&pack)?;
        if let [only] = &self.inputs[..]
            && only != "-"
            && !Path::new(only).is_dir()
            && !is_answers_of_many(Path::new(only), &input)
        {
            let sheet = load(settings, Path::new(only), &pack, &input, None)?;
            let code = sheet.answers.answer_code(&pack) + "\n";
            return write_records(&code, output_file(self.output.as_deref()));
        }
        let run = PeopleRun {
            output: self.output.as_deref(),
            ..PeopleRun::new(settings, &pack, (&self.inputs, &input))
        };
        let mut out = Output::open_records(self.output.as_deref())?;
        let mut before = &b"id,code\n"[..];
        let mut write = |bytes: &[u8], now: bool| {
            // where an input cannot be read and nobody comes of it, nothing stands above nobody
            if bytes.is_empty() && !before.is_empty() {
                return Ok(());
            }
            let written = out
                .write_all(std::mem::take(&mut before))
                .and_then(|()| out.write_all(bytes))
                .and_then(|()| if now { out.flush() } else { Ok(()) });
            written.map_err(Error::output)
        };
        let sinks = Sinks {
            out: Some(&mut write),
            rejects: None,
        };
        let (_, read) = run.run(|| CodeWorker { pack: &pack }, sinks)?;
        out.write_all(before).map_err(Error::output)?;
        out.finish()?;
        read.end("written")
    }
}

/// Writes people as they come.
struct CodeWorker<'p> {
    pack: &'p Pack,
}

impl RowWorker for CodeWorker<'_> {
    fn person(&mut self, id: &str, answers: &Answers, _: &[KeptField], out: &mut Vec<u8>) {
        csv_cell(out, id);
        out.push(b',');
        out.extend_from_slice(answers.answer_code(self.pack).as_bytes());
        out.push(b'\n');
    }

    fn settle(&mut self, _: u64, _: &mut Vec<u8>) {}

    fn enough(&self) -> bool {
        false
    }
}
