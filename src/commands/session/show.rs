//! `session show`, `session report` and `session group`: summary and pages of stored sessions.

use crate::commands::quiz::QuizOptions;
use crate::commands::session::context::SessionContext;
use crate::commands::session::list::{local, progress};
use crate::commands::shared::completion_candidates;
use crate::commands::shared::formats::{OutputFormat, PageOutput, RecordFormat, pages_or};
use crate::commands::shared::group;
use crate::commands::shared::page_each;
use crate::commands::shared::page_look::PageLookArgs;
use crate::commands::shared::result_page::{PageArgs, ResultOutput};
use crate::commands::shared::retest;
use crate::error::{Error, Result};
use crate::input::format::InputFormat;
use crate::input::mapping::InputOptions;
use crate::storage::answer_file::AnswerSheet;
use crate::storage::stored_person::StoredPerson;
use clap_complete::engine::ArgValueCandidates;
use rolescope_core::pages::SessionPerson;
use rolescope_core::text::{inert, nearest};
use std::collections::BTreeSet;
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
    /// Runs the subcommand.
    ///
    /// # Errors
    /// When there is no such session.
    pub fn run(self, context: &SessionContext<'_>) -> Result<()> {
        let comparison = context.settings.comparison(&context.pack)?;
        let kept = context.session(&self.label)?;
        let sheet = &kept.sheet;
        let outcome = comparison.assess(&sheet.answers);
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
            other_pack: given.is_some_and(|g| g.fingerprint != context.pack.fingerprint()),
            dropped: sheet.dropped.len(),
            recorded: &sheet.facts.in_lines(),
            notes: &notes,
            next: &context.command(
                if sheet.finished.is_some() {
                    "report"
                } else {
                    "resume"
                },
                &sheet.id,
            ),
        };
        let doc = person.page(&comparison, &outcome);
        self.out.write(context.settings, &doc)
    }
}

/// Arguments of `session report`.
#[derive(Debug, clap::Args)]
pub struct SessionReportArgs {
    /// Whose session
    #[arg(required_unless_present = "all", add = ArgValueCandidates::new(completion_candidates::labels))]
    label: Option<String>,
    /// Write a page for each session into the folder that -o names: with a page that leads to all, and a file
    /// that prints all
    #[arg(long, conflicts_with_all = ["label", "since", "what_if", "avoid", "why", "with_answers"])]
    all: bool,
    /// With --all: replace pages that are in the folder already
    #[arg(long, requires = "all")]
    force: bool,
    #[command(flatten)]
    page: PageArgs,
    /// Compare with this other session of the same person (retest) [default: the sitting before, of those that
    /// are linked]
    #[arg(long, value_name = "LABEL", num_args = 0..=1, default_missing_value = "", conflicts_with_all = ["view", "what_if", "avoid", "why", "with_answers"],
          add = ArgValueCandidates::new(completion_candidates::labels))]
    since: Option<String>,
    #[command(flatten)]
    out: ResultOutput,
}

impl SessionReportArgs {
    /// Runs the subcommand.
    ///
    /// # Errors
    /// When there is no such session or the page cannot be written.
    pub fn run(self, context: &SessionContext<'_>) -> Result<()> {
        let comparison = context.settings.comparison(&context.pack)?;
        let Some(label) = &self.label else {
            let folder = context.store.folder().display().to_string();
            let input = answer_files();
            let shown = (&self.page.options(), self.force);
            let inputs = (&[folder][..], &input);
            return page_each::write(context.settings, &self.out, &comparison, inputs, shown);
        };
        let kept = context.session(label)?;
        let sheet = &kept.sheet;
        if let Some(since) = &self.since {
            let old = match since.as_str() {
                "" => sitting_before(context, sheet)?,
                since => context.session(since)?.sheet,
            };
            return retest::write(context.settings, &self.out, &comparison, [&old, sheet]);
        }
        if self.page.is_walk(&self.out) {
            let asking = QuizOptions::of_result(self.page.plain, self.page.reachable);
            let open = || context.open(&kept.path);
            return asking.look_at(context.settings, &comparison, sheet, Some(&open));
        }
        self.page
            .run(context.settings, &self.out, &comparison, sheet)
    }
}

/// How the files of sessions are read.
fn answer_files() -> InputOptions {
    InputOptions {
        format: Some(InputFormat::Toml),
        ..InputOptions::default()
    }
}

/// The latest sitting of the same person that began before another.
fn sitting_before(context: &SessionContext<'_>, sheet: &AnswerSheet) -> Result<AnswerSheet> {
    let person = sheet.person();
    let all = context.store.sittings(person, &context.pack)?;
    let before = all
        .into_iter()
        .filter(|other| other.id != sheet.id && other.moment() < sheet.moment());
    before.max_by_key(AnswerSheet::moment).ok_or_else(|| {
        Error::Usage(format!(
            "no earlier sitting is linked to {:?}; name it after --since, or link it by `{} --again LABEL`",
            inert(&sheet.id),
            context.command("set", &sheet.id)
        ))
    })
}

/// Arguments of `session group`.
#[derive(Debug, clap::Args)]
pub struct SessionGroupArgs {
    /// Split the sessions by whether they are finished, by the month in which they began, or by a tag: finished,
    /// month, or its name
    #[arg(long, value_name = "WHAT")]
    by: Option<String>,
    /// How to write it
    #[arg(short, long, default_value = "text", value_parser = pages_or(&[RecordFormat::Csv]))]
    format: OutputFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    page_look: PageLookArgs,
}

impl SessionGroupArgs {
    /// Runs the subcommand.
    ///
    /// # Errors
    /// When fewer than five people can be read, or the page cannot be written.
    pub fn run(self, context: &SessionContext<'_>) -> Result<()> {
        let comparison = context.settings.comparison(&context.pack)?;
        let folder = context.store.folder().display().to_string();
        let input = answer_files();
        let inputs = (&[folder][..], &input);
        let by = self.by.as_deref();
        if let Some(by) = by {
            ensure_split(context, by)?;
        }
        let out = (self.format, self.output.as_deref(), &self.page_look);
        group::write(context.settings, out, &comparison, inputs, by)
    }
}

/// Ensures that sessions can be split by this: each file says whether it is finished and its month, and some
/// session has a tag of this name.
fn ensure_split(context: &SessionContext<'_>, by: &str) -> Result<()> {
    let mut names: BTreeSet<String> = ["finished", "month"].map(str::to_owned).into();
    if names.contains(by) {
        return Ok(());
    }
    let tags = |kept: StoredPerson| kept.sheet.facts.tags.into_keys().collect::<Vec<_>>();
    for tags in context
        .store
        .each(&context.pack, tags)?
        .into_iter()
        .flatten()
    {
        names.extend(tags);
    }
    if names.contains(by) {
        return Ok(());
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let near = nearest(by, names.iter().copied()).map_or_else(
        || format!("there are {}", names.join(", ")),
        |near| format!("did you mean {near}?"),
    );
    Err(Error::Usage(format!(
        "no session has a tag {:?}; {}",
        inert(by),
        inert(&near)
    )))
}
