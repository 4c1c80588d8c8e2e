//! `session list`: a list of all sessions.

use crate::commands::session::context::SessionContext;
use crate::commands::shared::formats::{OutputFormat, RecordFormat, pages_or, write_page};
use crate::commands::shared::global_args::write_records;
use crate::error::Result;
use crate::storage::session_facts::Tag;
use crate::storage::stored_person::{DamagedFile, StoredPerson};
use clap::ValueEnum;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rolescope_core::pages::SessionRow;
use rolescope_core::text::plain;
use rolescope_core::{Answers, Comparison, QuestionIx};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

/// Arguments of `session list`.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    /// Only those whose label, first role, tags, wish or notes hold this text
    text: Option<String>,
    /// Only those with this tag: its name, or NAME=VALUE; of several, with all
    #[arg(long = "tag", value_name = "TAG", value_parser = Tag::parse)]
    tags: Vec<Tag>,
    /// Only those in this state
    #[arg(long)]
    state: Option<SessionState>,
    /// Sort by label, by latest change, or by fewest answers
    #[arg(long, value_name = "BY", default_value = "label")]
    sort: ListOrder,
    /// How to write the list
    #[arg(short, long, default_value = "text",
          value_parser = pages_or(&[RecordFormat::Csv, RecordFormat::Json]))]
    format: OutputFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The state of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SessionState {
    Clear,
    Unclear,
    Insufficient,
    Unfinished,
    Damaged,
}

impl SessionState {
    const fn word(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Unclear => "unclear",
            Self::Insufficient => "insufficient",
            Self::Unfinished => "unfinished",
            Self::Damaged => "damaged",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ListOrder {
    Label,
    Changed,
    Progress,
}

impl ListArgs {
    /// Runs the subcommand.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn run(self, context: &SessionContext<'_>) -> Result<()> {
        let comparison = context.settings.comparison(&context.pack)?;
        let asked = comparison.asked_questions();
        let wanted = self.text.as_deref().map(plain);
        let holds = |text: &str| {
            let wanted = wanted.as_deref();
            wanted.is_none_or(|wanted| plain(text).contains(wanted))
        };
        let fits = |state: &str| self.state.is_none_or(|wanted| wanted.word() == state);
        let found = context.store.each(&context.pack, |kept| {
            let row = row(&comparison, &asked, &kept);
            let hit = holds(&row.label)
                || row.first_name.as_deref().is_some_and(holds)
                || holds(&row.tags)
                || kept.sheet.facts.wish.as_deref().is_some_and(holds)
                || kept.sheet.notes.iter().any(|note| holds(&note.text));
            let tagged = self.tags.iter().all(|tag| tag.is_of(&kept.sheet.facts));
            let shown = (hit && tagged && fits(row.state)).then_some(row);
            (kept.sheet.id, shown)
        })?;
        let mut files: HashMap<String, usize> = HashMap::new();
        for (label, _) in found.iter().flatten() {
            *files.entry(label.clone()).or_default() += 1;
        }
        let all = found.len();
        let mut rows: Vec<SessionRow> = found
            .into_iter()
            .filter_map(|one| match one {
                Ok((label, row)) => {
                    let several = files.get(&label).copied().filter(|n| *n > 1);
                    let problem = several.map(|n| {
                        let command = context.command("resolve", &label);
                        format!("{n} files have this label: `{command}` shows how they differ")
                    });
                    row.map(|row| SessionRow { problem, ..row })
                }
                Err(bad) => {
                    let shown = |row: &SessionRow| holds(&row.label) && fits(row.state);
                    let all = self.tags.is_empty();
                    Some(damaged(bad)).filter(|row| all && shown(row))
                }
            })
            .collect();
        match self.sort {
            ListOrder::Label => {
                rows.sort_by_cached_key(|r| (r.label.to_lowercase(), r.label.clone()));
            }
            ListOrder::Changed => rows.sort_by_key(|r| Reverse(r.changed_at)),
            ListOrder::Progress => rows.sort_by_key(|r| r.answered),
        }
        if rows.is_empty() {
            context.settings.remark(&match all {
                0 => "No sessions yet. Begin one with: rolescope session new LABEL".to_owned(),
                n => format!("None of the {n} sessions fits."),
            });
        }
        let path = self.output.as_deref();
        match self.format {
            // what was remarked says it, and no file is made of nothing
            OutputFormat::Page(_) if rows.is_empty() && path.is_none() => Ok(()),
            OutputFormat::Page(format) => {
                write_page(context.settings, &SessionRow::page(&rows), format, path)
            }
            OutputFormat::Records(RecordFormat::Csv) => {
                write_records(&SessionRow::csv(&rows), path)
            }
            OutputFormat::Records(_) => write_records(&SessionRow::json(&rows), path),
        }
    }
}

/// A point in time as local time in TOML format.
#[must_use]
pub fn local(moment: SystemTime) -> String {
    let moment = Timestamp::try_from(moment).unwrap_or_default();
    let moment = moment.to_zoned_datetime(TimeZone::system());
    moment.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// How many questions are answered, and how many are asked.
#[must_use]
pub fn progress(asked: &[QuestionIx], answers: &Answers) -> (usize, usize) {
    let answered = asked.iter().filter(|&&q| answers.has(q)).count();
    (answered, asked.len())
}

fn row(comparison: &Comparison<'_>, asked: &[QuestionIx], kept: &StoredPerson) -> SessionRow {
    let sheet = &kept.sheet;
    let (answered, questions) = progress(asked, &sheet.answers);
    // half the answers give a first role that the other half may well change
    let outcome = sheet
        .finished
        .is_some()
        .then(|| comparison.assess(&sheet.answers));
    let first = outcome.as_ref().and_then(|o| o.ranking().order().first());
    let first = first.map(|&at| comparison.role(at));
    SessionRow {
        label: sheet.id.clone(),
        state: outcome.map_or(SessionState::Unfinished.word(), |o| o.state().word()),
        answered,
        questions,
        changed: local(kept.changed),
        changed_at: since_1970(kept.changed),
        first_role: first.map(|role| role.id().to_owned()),
        first_name: first.map(|role| role.name().to_owned()),
        notes: sheet.notes.len(),
        tags: sheet.facts.tags_in_a_line(),
        first_sitting: sheet.facts.first.clone(),
        consent: sheet.facts.consent.clone(),
        file: kept.path.display().to_string(),
        problem: None,
    }
}

/// Nanoseconds since 1970 began, negative before.
fn since_1970(moment: SystemTime) -> i128 {
    let nanoseconds = |span: Duration| i128::try_from(span.as_nanos()).unwrap_or(i128::MAX);
    match moment.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => nanoseconds(after),
        Err(before) => -nanoseconds(before.duration()),
    }
}

fn damaged(bad: DamagedFile) -> SessionRow {
    let changed = std::fs::symlink_metadata(&bad.path).and_then(|data| data.modified());
    let changed = changed.unwrap_or(SystemTime::UNIX_EPOCH);
    SessionRow {
        label: bad.stem(),
        state: SessionState::Damaged.word(),
        answered: 0,
        questions: 0,
        changed: local(changed),
        changed_at: since_1970(changed),
        first_role: None,
        first_name: None,
        notes: 0,
        tags: String::new(),
        first_sitting: None,
        consent: None,
        file: bad.path.display().to_string(),
        problem: Some(bad.reason),
    }
}
