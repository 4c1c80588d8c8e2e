//! `session delete`: removes everything that is stored about a person.

use crate::commands::session::context::SessionContext;
use crate::commands::shared::completion_candidates;
use crate::commands::shared::global_args::say;
use crate::error::{Error, Result};
use crate::storage::label::checked;
use crate::storage::session_store::{StoredEntry, StoredPerson};
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
    label: String,
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
        let label = checked(&self.label)?;
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
        if !self.yes {
            if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
                return Err(Error::Usage(
                    "nobody is here to confirm this; --yes deletes without asking".to_owned(),
                ));
            }
            if !confirm(
                &format!("Delete {shown}: {holds}? This cannot be undone"),
                false,
            )? {
                say("Nothing was deleted.");
                return Ok(());
            }
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
}

/// How many answers and notes are in some files.
fn held(all: &[&StoredPerson]) -> String {
    let sum = |of: fn(&StoredPerson) -> usize| all.iter().map(|kept| of(kept)).sum();
    let answers = sum(|kept| kept.sheet.answers.count());
    let notes = sum(|kept| kept.sheet.notes.len());
    let answers = count(answers, "answer", "answers");
    format!("{answers} and {}", count(notes, "note", "notes"))
}
