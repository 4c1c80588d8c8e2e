//! `session show`, `session report` and `session group`: what the answers say, of one person or all.

use crate::commands::candidates;
use crate::commands::context::write_text;
use crate::commands::group::GroupArgs;
use crate::commands::page::{OutArgs, PageArgs};
use crate::commands::retest;
use crate::commands::session::errand::Desk;
use crate::commands::session::list::{local, progress};
use crate::engine::assess::assess;
use crate::error::Result;
use crate::render::session::{self, Person};
use clap_complete::engine::ArgValueCandidates;

/// Arguments of `session show`.
#[derive(Debug, clap::Args)]
pub struct Show {
    /// Whose session
    #[arg(add = ArgValueCandidates::new(candidates::labels))]
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
    #[arg(add = ArgValueCandidates::new(candidates::labels))]
    label: String,
    #[command(flatten)]
    page: PageArgs,
    /// Show what changed since this older session of the same person
    #[arg(long, value_name = "LABEL", conflicts_with_all = ["view", "what_if", "avoid", "why", "with_answers"],
          add = ArgValueCandidates::new(candidates::labels))]
    since: Option<String>,
    #[command(flatten)]
    out: OutArgs,
}

impl Report {
    /// Runs the errand.
    ///
    /// # Errors
    /// When there is no such session or the page cannot be written.
    pub fn run(self, desk: &Desk<'_>) -> Result<()> {
        let design = desk.settings.design(&desk.pack)?;
        let sheet = desk.session(&self.label)?.sheet;
        if let Some(since) = &self.since {
            let old = desk.session(since)?.sheet;
            return retest::write(desk.settings, &self.out, &design, [&old, &sheet]);
        }
        self.page.run(desk.settings, &self.out, &design, &sheet)
    }
}

/// Arguments of `session group`.
#[derive(Debug, clap::Args)]
pub struct Group {
    #[command(flatten)]
    out: OutArgs,
}

impl Group {
    /// Runs the errand.
    ///
    /// # Errors
    /// When fewer than five people can be read, or the page cannot be written.
    pub fn run(self, desk: &Desk<'_>) -> Result<()> {
        let design = desk.settings.design(&desk.pack)?;
        let folder = desk.store.folder().display().to_string();
        let all = GroupArgs { by: None };
        all.run(desk.settings, &self.out, &design, &[folder])
    }
}
