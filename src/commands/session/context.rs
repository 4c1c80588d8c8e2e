//! Context of the subcommands of `session`: arguments, pack, store.

use crate::commands::shared::answer_session::{self, AnswerSession, word};
use crate::commands::shared::global_args::GlobalArgs;
use crate::error::Result;
use crate::storage::answer_file::AnswerSheet;
use crate::storage::label::checked;
use crate::storage::lock::AnswerLock;
use crate::storage::session_store::{SessionStore, StoredPerson};
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
    /// When there is none, or it is damaged.
    pub fn session(&self, typed: &str) -> Result<StoredPerson> {
        self.store.kept(&checked(typed)?, &self.pack)
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
        let _lock = AnswerLock::take(&path)?;
        let colour = self.settings.look_of_messages().colour();
        let mut sheet = AnswerSheet::load(&path, &self.pack, colour)?;
        let done = change(&mut sheet)?;
        sheet.save(&path, &self.pack)?;
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
