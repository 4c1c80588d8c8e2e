//! `rolescope report`: the result page of saved answers.

use crate::commands::context::{ResultFormat, Settings, write_result};
use crate::error::Result;
use crate::files::sheet::Sheet;
use std::path::PathBuf;

/// Arguments of `report`.
#[derive(Debug, clap::Args)]
pub struct Report {
    /// An answer file, as the quiz saves it
    answers: PathBuf,
    /// How to write the result
    #[arg(short, long, default_value = "text")]
    format: ResultFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Report {
    /// Runs the command.
    ///
    /// # Errors
    /// When the answers cannot be read or the result cannot be written.
    pub fn run(self, settings: &Settings) -> Result<()> {
        let pack = settings.load()?;
        let design = settings.design(&pack)?;
        let colour = settings.look_of_messages().colour;
        let sheet = Sheet::load(&self.answers, &pack, colour)?;
        if !sheet.dropped.is_empty() {
            let ids: Vec<&str> = sheet.dropped.iter().map(|(id, _)| id.as_str()).collect();
            settings.remark(&format!(
                "{}: not in this pack, so not scored: {}",
                self.answers.display(),
                ids.join(", ")
            ));
        }
        write_result(
            settings,
            &design,
            &sheet,
            self.format,
            self.output.as_deref(),
        )
    }
}
