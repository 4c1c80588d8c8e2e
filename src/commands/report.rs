//! `rolescope report`: the result page of saved answers.

use crate::commands::context::{ResultFormat, Settings, role_at, write_result, write_text};
use crate::engine::assess::assess;
use crate::error::Result;
use crate::files::sheet::Sheet;
use crate::render::why;
use std::path::PathBuf;

/// Arguments of `report`.
#[derive(Debug, clap::Args)]
pub struct Report {
    /// An answer file, as the quiz saves it
    answers: PathBuf,
    /// How to write the result
    #[arg(short, long, default_value = "text")]
    format: ResultFormat,
    /// Show what every answer adds to the match of this role
    #[arg(long, value_name = "ROLE", conflicts_with = "format")]
    why: Option<String>,
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
        if let Some(typed) = &self.why {
            let at = role_at(&design, typed)?;
            let outcome = assess(&design, &sheet.answers);
            let look = settings.look_for(self.output.as_deref());
            let text = why::page(&design, &sheet.answers, &outcome, at, look);
            return write_text(&text, self.output.as_deref());
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
