//! `session show` and `session report`: one person.

use crate::commands::context::{ResultFormat, write_result, write_text};
use crate::commands::session::errand::Desk;
use crate::commands::session::list::{local, progress};
use crate::engine::assess::assess;
use crate::error::Result;
use crate::render::session::{self, Person};
use std::path::PathBuf;

/// Arguments of `session show`.
#[derive(Debug, clap::Args)]
pub struct Show {
    /// Whose session
    label: String,
}

impl Show {
    /// Runs the errand.
    ///
    /// # Errors
    /// When there is no such session.
    pub fn run(self, desk: &Desk<'_>) -> Result<()> {
        let design = desk.settings.design(&desk.pack)?;
        let kept = desk.session(&self.label)?;
        let sheet = &kept.sheet;
        let outcome = assess(&design, &sheet.answers);
        let given = sheet.given.as_ref();
        let notes: Vec<(&str, &str)> = sheet
            .notes
            .iter()
            .map(|note| (note.date.as_str(), note.text.as_str()))
            .collect();
        let person = Person {
            label: &sheet.id,
            file: &kept.path.display().to_string(),
            started: sheet.started.as_deref(),
            finished: sheet.finished.as_deref(),
            changed: &local(kept.changed),
            progress: progress(&design.asked_questions(), &sheet.answers),
            pack: given.map(|given| (given.name.as_str(), given.version.as_str())),
            other_pack: given.is_some_and(|g| g.fingerprint != desk.pack.fingerprint),
            dropped: sheet.dropped.len(),
            notes: &notes,
            next: &desk.command(
                if sheet.finished.is_some() {
                    "report"
                } else {
                    "resume"
                },
                &sheet.id,
            ),
        };
        let text = session::page(&design, &person, &outcome, desk.settings.look());
        write_text(&text, None)
    }
}

/// Arguments of `session report`.
#[derive(Debug, clap::Args)]
pub struct Report {
    /// Whose session
    label: String,
    /// How to write the result
    #[arg(short, long, default_value = "text")]
    format: ResultFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Report {
    /// Runs the errand.
    ///
    /// # Errors
    /// When there is no such session or the result cannot be written.
    pub fn run(self, desk: &Desk<'_>) -> Result<()> {
        let design = desk.settings.design(&desk.pack)?;
        let sheet = desk.session(&self.label)?.sheet;
        write_result(
            desk.settings,
            &design,
            &sheet,
            self.format,
            self.output.as_deref(),
        )
    }
}
