//! `session show`, `session report` and `session group`: what the answers say, of one person or all.

use crate::commands::completion_candidates;
use crate::commands::formats::{OutputFormat, PageOutput, RecordFormat, pages_or};
use crate::commands::group::GroupArgs;
use crate::commands::result_page::{PageArgs, ResultOutput};
use crate::commands::retest;
use crate::commands::session::context::SessionContext;
use crate::commands::session::list::{local, progress};
use crate::error::Result;
use clap_complete::engine::ArgValueCandidates;
use rolescope_core::pages::session;
use rolescope_core::pages::session::SessionPerson;
use rolescope_core::scoring::assessment::assess;
use std::path::PathBuf;

/// Arguments of `session show`.
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// Whose session
    #[arg(add = ArgValueCandidates::new(completion_candidates::labels))]
    label: String,
    #[command(flatten)]
    out: PageOutput,
}

impl ShowArgs {
    /// Runs the errand.
    ///
    /// # Errors
    /// When there is no such session.
    pub fn run(self, desk: &SessionContext<'_>) -> Result<()> {
        let comparison = desk.settings.comparison(&desk.pack)?;
        let kept = desk.session(&self.label)?;
        let sheet = &kept.sheet;
        let outcome = assess(&comparison, &sheet.answers);
        let given = sheet.given.as_ref();
        let notes: Vec<(&str, &str)> = sheet
            .notes
            .iter()
            .map(|note| (note.date.as_str(), note.text.as_str()))
            .collect();
        let person = SessionPerson {
            label: &sheet.id,
            file: &kept.path.display().to_string(),
            started: sheet.started.as_deref(),
            finished: sheet.finished.as_deref(),
            changed: &local(kept.changed),
            progress: progress(&comparison.asked_questions(), &sheet.answers),
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
        let doc = session::page(&comparison, &person, &outcome);
        self.out.write(desk.settings, &doc)
    }
}

/// Arguments of `session report`.
#[derive(Debug, clap::Args)]
pub struct SessionReportArgs {
    /// Whose session
    #[arg(add = ArgValueCandidates::new(completion_candidates::labels))]
    label: String,
    #[command(flatten)]
    page: PageArgs,
    /// Show what changed since this older session of the same person
    #[arg(long, value_name = "LABEL", conflicts_with_all = ["view", "what_if", "avoid", "why", "with_answers"],
          add = ArgValueCandidates::new(completion_candidates::labels))]
    since: Option<String>,
    #[command(flatten)]
    out: ResultOutput,
}

impl SessionReportArgs {
    /// Runs the errand.
    ///
    /// # Errors
    /// When there is no such session or the page cannot be written.
    pub fn run(self, desk: &SessionContext<'_>) -> Result<()> {
        let comparison = desk.settings.comparison(&desk.pack)?;
        let sheet = desk.session(&self.label)?.sheet;
        if let Some(since) = &self.since {
            let old = desk.session(since)?.sheet;
            return retest::write(desk.settings, &self.out, &comparison, [&old, &sheet]);
        }
        self.page.run(desk.settings, &self.out, &comparison, &sheet)
    }
}

/// Arguments of `session group`.
#[derive(Debug, clap::Args)]
pub struct SessionGroupArgs {
    /// How to write it
    #[arg(short, long, default_value = "text", value_parser = pages_or(&[RecordFormat::Csv]))]
    format: OutputFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl SessionGroupArgs {
    /// Runs the errand.
    ///
    /// # Errors
    /// When fewer than five people can be read, or the page cannot be written.
    pub fn run(self, desk: &SessionContext<'_>) -> Result<()> {
        let comparison = desk.settings.comparison(&desk.pack)?;
        let folder = desk.store.folder().display().to_string();
        let all = GroupArgs { by: None };
        let path = self.output.as_deref();
        all.run(desk.settings, self.format, path, &comparison, &[folder])
    }
}
