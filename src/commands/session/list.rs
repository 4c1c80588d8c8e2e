//! `session list`: everyone in lines.

use crate::commands::context::{write_records, write_text};
use crate::commands::session::errand::Desk;
use crate::engine::answers::Answers;
use crate::engine::assess::assess;
use crate::engine::design::Design;
use crate::engine::pack::QuestionIx;
use crate::engine::text::plain;
use crate::error::Result;
use crate::files::store::{Damaged, Kept};
use crate::render::sessions::{self, Row};
use clap::ValueEnum;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::cmp::Reverse;
use std::path::PathBuf;
use std::time::SystemTime;

/// Arguments of `session list`.
#[derive(Debug, clap::Args)]
pub struct List {
    /// Only those whose label, first role or notes hold this text
    text: Option<String>,
    /// Only those in this state
    #[arg(long)]
    state: Option<State>,
    /// By label, latest change first, or fewest answers first
    #[arg(long, value_name = "BY", default_value = "label")]
    sort: Sort,
    /// How to write the list
    #[arg(short, long, default_value = "text")]
    format: Format,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The state of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum State {
    Clear,
    Unclear,
    Insufficient,
    Unfinished,
    Damaged,
}

impl State {
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
enum Sort {
    Label,
    Changed,
    Progress,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Csv,
    Json,
}

impl List {
    /// Runs the errand.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn run(self, desk: &Desk<'_>) -> Result<()> {
        let design = desk.settings.design(&desk.pack)?;
        let asked = design.asked_questions();
        let wanted = self.text.as_deref().map(plain);
        let holds = |text: &str| {
            let wanted = wanted.as_deref();
            wanted.is_none_or(|wanted| plain(text).contains(wanted))
        };
        let fits = |state: &str| self.state.is_none_or(|wanted| wanted.word() == state);
        let found = desk.store.each(&desk.pack, |kept| {
            let row = row(&design, &asked, &kept);
            let hit = holds(&row.label)
                || row.first_name.as_deref().is_some_and(holds)
                || kept.sheet.notes.iter().any(|note| holds(&note.text));
            (hit && fits(row.state)).then_some(row)
        })?;
        let all = found.len();
        let mut rows: Vec<Row> = found
            .into_iter()
            .filter_map(|one| match one {
                Ok(row) => row,
                Err(bad) => Some(damaged(bad)).filter(|r| holds(&r.label) && fits(r.state)),
            })
            .collect();
        match self.sort {
            Sort::Label => rows.sort_by_cached_key(|r| (r.label.to_lowercase(), r.label.clone())),
            Sort::Changed => rows.sort_by_key(|r| Reverse(r.changed_at)),
            Sort::Progress => rows.sort_by_key(|r| r.answered),
        }
        if rows.is_empty() {
            desk.settings.remark(&match all {
                0 => "No sessions yet. Begin one with: rolescope session new LABEL".to_owned(),
                n => format!("None of the {n} sessions fits."),
            });
        }
        let path = self.output.as_deref();
        let text = match self.format {
            Format::Text => sessions::text(&rows, desk.settings.look_for(path)),
            Format::Csv => sessions::csv(&rows),
            Format::Json => sessions::json(&rows),
        };
        match self.format {
            Format::Text => write_text(&text, path),
            Format::Csv | Format::Json => write_records(&text, path),
        }
    }
}

/// A moment of this system in local time, as TOML writes it.
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

fn row(design: &Design<'_>, asked: &[QuestionIx], kept: &Kept) -> Row {
    let sheet = &kept.sheet;
    let (answered, questions) = progress(asked, &sheet.answers);
    // half the answers give a first role that the other half may well change
    let outcome = sheet
        .finished
        .is_some()
        .then(|| assess(design, &sheet.answers));
    let first = outcome.as_ref().and_then(|o| o.ranking.order.first());
    let first = first.map(|&at| design.role(at));
    Row {
        label: sheet.id.clone(),
        state: outcome.map_or(State::Unfinished.word(), |o| o.state.word()),
        answered,
        questions,
        changed: local(kept.changed),
        changed_at: kept.changed,
        first_role: first.map(|role| role.id.clone()),
        first_name: first.map(|role| role.name.clone()),
        notes: sheet.notes.len(),
        file: kept.path.display().to_string(),
        problem: None,
    }
}

fn damaged(bad: Damaged) -> Row {
    let changed = std::fs::symlink_metadata(&bad.path).and_then(|data| data.modified());
    let changed = changed.unwrap_or(SystemTime::UNIX_EPOCH);
    Row {
        label: bad.stem(),
        state: State::Damaged.word(),
        answered: 0,
        questions: 0,
        changed: local(changed),
        changed_at: changed,
        first_role: None,
        first_name: None,
        notes: 0,
        file: bad.path.display().to_string(),
        problem: Some(bad.reason),
    }
}
