//! `session delete`: removes everything that is stored about a person.

use crate::commands::session::context::SessionContext;
use crate::commands::session::list::local;
use crate::commands::shared::completion_candidates;
use crate::commands::shared::global_args::say;
use crate::error::{Error, Result};
use crate::storage::label::checked;
use crate::storage::session_facts::Tag;
use crate::storage::session_store::StoredEntry;
use crate::storage::stored_person::StoredPerson;
use crate::terminal::menus::confirm;
use clap_complete::engine::ArgValueCandidates;
use rolescope_core::text::inert;
use rolescope_core::write::count;
use std::io::IsTerminal as _;

/// Arguments of `session delete`.
#[derive(Debug, clap::Args)]
pub struct DeleteArgs {
    /// Whose session; of a damaged file, its name without .toml
    #[arg(add = ArgValueCandidates::new(completion_candidates::labels))]
    #[arg(required_unless_present_any = ["tags", "before"], conflicts_with_all = ["tags", "before"])]
    label: Option<String>,
    /// All sessions with this tag: its name, or NAME=VALUE; of several, with all
    #[arg(long = "tag", value_name = "TAG", value_parser = Tag::parse)]
    tags: Vec<Tag>,
    /// All sessions from before this day: by the end of the quiz, or where it has none by its beginning, or by the
    /// last change of the file
    #[arg(long, value_name = "DAY")]
    before: Option<jiff::civil::Date>,
    /// Do not ask for confirmation
    #[arg(long)]
    yes: bool,
}

impl DeleteArgs {
    /// Runs the subcommand.
    ///
    /// # Errors
    /// When there is no such session, it is open elsewhere, or it was not confirmed.
    pub fn run(self, context: &SessionContext<'_>) -> Result<()> {
        let Some(label) = &self.label else {
            return self.many(context);
        };
        let label = checked(label)?;
        let (paths, holds, id) = match context.store.find(&label, &context.pack)? {
            StoredEntry::Kept(kept) => {
                let holds = held(&[&*kept]);
                (vec![kept.path], holds, Some(kept.sheet.id))
            }
            // whoever wants to be forgotten is not forgotten in one copy alone
            StoredEntry::Copies(all) => {
                let copies: Vec<&StoredPerson> = all.iter().collect();
                let holds = format!("{} files with {}", all.len(), held(&copies));
                let paths = all.iter().map(|kept| kept.path.clone());
                (paths.collect(), holds, Some(label.clone()))
            }
            StoredEntry::Damaged(bad) => (vec![bad.path], "a damaged file".to_owned(), None),
        };
        let shown = inert(&label);
        if !self.confirmed(&format!("{shown}: {holds}"))? {
            return Ok(());
        }
        context.store.remove(&paths, id.as_deref())?;
        let gone = paths.iter().map(|path| path.display().to_string());
        let gone: Vec<String> = gone.collect();
        context.settings.remark(&format!(
            "Gone: {shown}, {holds}, {}. Archives, pages and backups made before still hold a copy.",
            gone.join(", ")
        ));
        Ok(())
    }

    /// Whether this may be deleted; says so where not.
    fn confirmed(&self, what: &str) -> Result<bool> {
        if self.yes {
            return Ok(true);
        }
        if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
            return Err(Error::Usage(
                "nobody is here to confirm this; --yes deletes without asking".to_owned(),
            ));
        }
        let sure = confirm(&format!("Delete {what}? This cannot be undone"), false)?;
        if !sure {
            say("Nothing was deleted.");
        }
        Ok(sure)
    }

    /// Deletes all sessions with the tags and from before the day.
    fn many(&self, context: &SessionContext<'_>) -> Result<()> {
        let found = context.store.each(&context.pack, |kept| {
            let tagged = self.tags.iter().all(|tag| tag.is_of(&kept.sheet.facts));
            let old = self.before.is_none_or(|before| day(&kept) < Some(before));
            (tagged && old).then_some((kept.sheet.id, kept.path))
        })?;
        let damaged = found.iter().filter(|one| one.is_err()).count();
        if damaged > 0 {
            say(&format!(
                "left alone: {}, whose tags and days cannot be read",
                count(damaged, "damaged file", "damaged files")
            ));
        }
        let found: Vec<_> = found
            .into_iter()
            .filter_map(|one| one.ok().flatten())
            .collect();
        if found.is_empty() {
            context
                .settings
                .remark("No session fits; nothing was deleted.");
            return Ok(());
        }
        let labels: Vec<String> = found
            .iter()
            .take(LABELS)
            .map(|(label, _)| inert(label).into_owned())
            .collect();
        let more = if found.len() > LABELS { ", ..." } else { "" };
        let what = format!(
            "{} ({}{more})",
            count(found.len(), "session", "sessions"),
            labels.join(", ")
        );
        if !self.confirmed(&what)? {
            return Ok(());
        }
        let mut left = 0;
        for (label, path) in &found {
            if let Err(why) = context
                .store
                .remove(std::slice::from_ref(path), Some(label))
            {
                say(&format!("not deleted: {}: {why}", inert(label)));
                left += 1;
            }
        }
        context.settings.remark(&format!(
            "Gone: {}. Archives, pages and backups made before still hold a copy.",
            count(found.len() - left, "session", "sessions")
        ));
        if left == 0 {
            return Ok(());
        }
        let left = count(left, "session was", "sessions were");
        Err(Error::Partly(format!("{left} not deleted; see above")))
    }
}

/// Labels that are shown before sessions are deleted.
const LABELS: usize = 10;

/// The day of a session, as its file states it.
fn day(kept: &StoredPerson) -> Option<jiff::civil::Date> {
    let moment = kept
        .sheet
        .finished
        .as_deref()
        .or(kept.sheet.started.as_deref());
    let day = moment.and_then(|moment| moment.get(..10)?.parse().ok());
    day.or_else(|| local(kept.changed).get(..10)?.parse().ok())
}

/// How many answers and notes are in some files.
fn held(all: &[&StoredPerson]) -> String {
    let sum = |of: fn(&StoredPerson) -> usize| all.iter().map(|kept| of(kept)).sum();
    let answers = sum(|kept| kept.sheet.answers.count());
    let notes = sum(|kept| kept.sheet.notes.len());
    let answers = count(answers, "answer", "answers");
    format!("{answers} and {}", count(notes, "note", "notes"))
}
