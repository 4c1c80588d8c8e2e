//! Context of the subcommands of `session`: arguments, pack, store.

use crate::commands::shared::answer_session::{self, AnswerSession, word};
use crate::commands::shared::global_args::{GlobalArgs, say};
use crate::error::{Error, Result};
use crate::storage::answer_file::AnswerSheet;
use crate::storage::label::checked;
use crate::storage::open_answers::OpenAnswers;
use crate::storage::session_store::{SessionStore, StoredEntry};
use crate::storage::stored_person::StoredPerson;
use rolescope_core::Pack;
use std::path::{Path, PathBuf};

/// Context of a subcommand.
#[derive(Debug)]
pub struct SessionContext<'s> {
    /// The settings that were typed.
    pub settings: &'s GlobalArgs,
    /// The pack.
    pub pack: Pack,
    /// The sessions.
    pub store: SessionStore,
    /// The folder, where one was typed.
    pub(crate) dir: Option<PathBuf>,
}

impl SessionContext<'_> {
    /// Finds the session of a label.
    ///
    /// # Errors
    /// When there is none, it is damaged, or it lies in several files.
    pub fn session(&self, typed: &str) -> Result<StoredPerson> {
        let label = checked(typed)?;
        match self.store.find(&label, &self.pack)? {
            StoredEntry::Kept(kept) => Ok(*kept),
            StoredEntry::Damaged(bad) => Err(Error::failed(format!(
                "{} is damaged: {}",
                bad.path.display(),
                bad.reason
            ))),
            StoredEntry::Copies(all) => Err(Error::failed(self.copies(&label, &all))),
        }
    }

    /// What to say of several files of one label.
    fn copies(&self, label: &str, all: &[StoredPerson]) -> String {
        let names = all.iter().map(|kept| kept.path.display().to_string());
        let names: Vec<String> = names.collect();
        format!(
            "{} files have the label {label:?}: {}; `{}` shows how they differ and keeps one",
            all.len(),
            names.join(", "),
            self.command("resolve", label)
        )
    }

    /// Says so where a label has several files.
    pub(crate) fn say_of_copies(&self, label: &str) {
        if let Ok(StoredEntry::Copies(all)) = self.store.find(label, &self.pack) {
            say(&self.copies(label, &all));
        }
    }

    /// Changes what is kept of a session; nothing is written where that fails.
    ///
    /// # Errors
    /// When there is no such session, it is open elsewhere, or it cannot be written.
    pub(crate) fn change<T>(
        &self,
        label: &str,
        change: impl FnOnce(&mut AnswerSheet) -> Result<T>,
    ) -> Result<T> {
        let path = self.session(label)?.path;
        let colour = self.settings.look_of_messages().colour();
        let mut open = OpenAnswers::open(&path, &self.pack, colour, None)?;
        let done = change(open.sheet_mut())?;
        open.save()?;
        open.remarks().iter().for_each(|remark| say(remark));
        Ok(done)
    }

    /// Opens the answer file of a session, to go on with it by `session resume`.
    ///
    /// # Errors
    /// When it cannot be read or is open elsewhere.
    pub(crate) fn open(&self, path: &Path) -> Result<AnswerSession<'_>> {
        let place = answer_session::load(path, &self.pack, self.settings)?;
        Ok(place.resumed_by(|label| self.command("resume", label)))
    }

    /// The command line of another subcommand for the same person.
    #[must_use]
    pub fn command(&self, subcommand: &str, label: &str) -> String {
        let dir = self.dir.as_ref().map_or_else(String::new, |dir| {
            format!(" --dir {}", word(&dir.display().to_string()))
        });
        format!("rolescope session {subcommand} {}{dir}", word(label))
    }
}
