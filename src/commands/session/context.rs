//! `rolescope session`: which errand, and what all of them share.

use crate::commands::answer_session::{data_folder, word};
use crate::commands::global_args::GlobalArgs;
use crate::commands::session::delete::DeleteArgs;
use crate::commands::session::list::ListArgs;
use crate::commands::session::note::NoteArgs;
use crate::commands::session::run_quiz::{NewArgs, ResumeArgs};
use crate::commands::session::show::{SessionGroupArgs, SessionReportArgs, ShowArgs};
use crate::commands::session::transfer::{ExportArgs, ImportArgs};
use crate::error::Result;
use crate::storage::label::checked;
use crate::storage::session_store::{SessionStore, StoredPerson};
use clap::ValueHint;
use rolescope_core::Pack;
use std::path::PathBuf;

/// Arguments of `session`.
#[derive(Debug, clap::Args)]
pub struct SessionArgs {
    /// The folder of the sessions, in place of the data folder
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    dir: Option<PathBuf>,
    #[command(subcommand)]
    errand: SessionCommand,
}

#[derive(Debug, clap::Subcommand)]
enum SessionCommand {
    /// Ask a person the quiz; the answers are kept under a label
    #[command(after_help = "Example:\n  rolescope session new s-0413 --quick")]
    New(NewArgs),
    /// List the sessions
    #[command(
        after_help = "Examples:\n  rolescope session list --state unfinished --sort changed\n  \
                            rolescope session list radiation -f csv -o sessions.csv"
    )]
    List(ListArgs),
    /// Go on with an unfinished session
    #[command(after_help = "Example:\n  rolescope session resume s-0412")]
    Resume(ResumeArgs),
    /// Show what is kept of a person
    #[command(after_help = "Example:\n  rolescope session show s-0412")]
    Show(ShowArgs),
    /// Add a dated note to a session
    #[command(
        after_help = "Examples:\n  rolescope session note s-0412 \"Visits the imaging department on Friday.\"\n  \
                            rolescope session note s-0412    # opens $VISUAL or $EDITOR"
    )]
    Note(NoteArgs),
    /// Write the result page of a session
    #[command(
        after_help = "Examples:\n  rolescope session report s-0412 --for counsellor -f html -o s-0412.html\n  \
                            rolescope session report s-0412-may --since s-0412"
    )]
    Report(SessionReportArgs),
    /// Tell of all sessions together, without telling of anyone
    #[command(after_help = "Example:\n  rolescope session group -f html -o all.html")]
    Group(SessionGroupArgs),
    /// Delete all that is kept of a person
    #[command(
        after_help = "Example:\n  rolescope session delete s-0412 --yes    # asks first without --yes"
    )]
    Delete(DeleteArgs),
    /// Write all sessions to one archive file
    #[command(after_help = "Example:\n  rolescope session export may.tar.gz")]
    Export(ExportArgs),
    /// Take in the sessions of an archive, or one answer file
    #[command(
        after_help = "Examples:\n  rolescope session import sessions.tar.gz\n  \
                            rolescope session import me.toml --label s-0413"
    )]
    Import(ImportArgs),
}

impl SessionArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// Those of the errand.
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        let folder = match &self.dir {
            Some(dir) => dir.clone(),
            None => data_folder()?,
        };
        let desk = SessionContext {
            settings,
            pack: settings.load()?,
            store: SessionStore::new(folder),
            dir: self.dir,
        };
        match self.errand {
            SessionCommand::New(new) => new.run(&desk),
            SessionCommand::List(list) => list.run(&desk),
            SessionCommand::Resume(resume) => resume.run(&desk),
            SessionCommand::Show(show) => show.run(&desk),
            SessionCommand::Note(note) => note.run(&desk),
            SessionCommand::Report(report) => report.run(&desk),
            SessionCommand::Group(group) => group.run(&desk),
            SessionCommand::Delete(delete) => delete.run(&desk),
            SessionCommand::Export(export) => export.run(&desk),
            SessionCommand::Import(import) => import.run(&desk),
        }
    }
}

/// What every errand works with.
#[derive(Debug)]
pub struct SessionContext<'s> {
    /// The settings that were typed.
    pub settings: &'s GlobalArgs,
    /// The pack.
    pub pack: Pack,
    /// The sessions.
    pub store: SessionStore,
    dir: Option<PathBuf>,
}

impl SessionContext<'_> {
    /// The session of the label that was typed.
    ///
    /// # Errors
    /// When there is none, or it is damaged.
    pub fn session(&self, typed: &str) -> Result<StoredPerson> {
        self.store.kept(&checked(typed)?, &self.pack)
    }

    /// A command that does another errand with the same person.
    #[must_use]
    pub fn command(&self, errand: &str, label: &str) -> String {
        let dir = self.dir.as_ref().map_or_else(String::new, |dir| {
            format!(" --dir {}", word(&dir.display().to_string()))
        });
        format!("rolescope session {errand} {}{dir}", word(label))
    }
}
