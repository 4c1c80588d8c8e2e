//! `rolescope session`: which errand, and what all of them share.

use crate::commands::context::Settings;
use crate::commands::place::{data_folder, word};
use crate::commands::session::ask::{New, Resume};
use crate::commands::session::carry::{Export, Import};
use crate::commands::session::delete::Delete;
use crate::commands::session::list::List;
use crate::commands::session::note::Note;
use crate::commands::session::show::{Group, Report, Show};
use crate::engine::pack::Pack;
use crate::error::Result;
use crate::files::label::checked;
use crate::files::store::{Kept, Store};
use clap::ValueHint;
use std::path::PathBuf;

/// Arguments of `session`.
#[derive(Debug, clap::Args)]
pub struct Session {
    /// The folder of the sessions, in place of the data folder
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    dir: Option<PathBuf>,
    #[command(subcommand)]
    errand: Errand,
}

#[derive(Debug, clap::Subcommand)]
enum Errand {
    /// Ask a person the quiz; the answers are kept under a label
    #[command(after_help = "Example:\n  rolescope session new s-0413 --quick")]
    New(New),
    /// List the sessions
    #[command(
        after_help = "Examples:\n  rolescope session list --state unfinished --sort changed\n  \
                            rolescope session list radiation -f csv -o sessions.csv"
    )]
    List(List),
    /// Go on with an unfinished session
    #[command(after_help = "Example:\n  rolescope session resume s-0412")]
    Resume(Resume),
    /// Show what is kept of a person
    #[command(after_help = "Example:\n  rolescope session show s-0412")]
    Show(Show),
    /// Add a dated note to a session
    #[command(
        after_help = "Examples:\n  rolescope session note s-0412 \"Visits the imaging department on Friday.\"\n  \
                            rolescope session note s-0412    # opens $VISUAL or $EDITOR"
    )]
    Note(Note),
    /// Write the result page of a session
    #[command(
        after_help = "Examples:\n  rolescope session report s-0412 --for counsellor -f html -o s-0412.html\n  \
                            rolescope session report s-0412-may --since s-0412"
    )]
    Report(Report),
    /// Tell of all sessions together, without telling of anyone
    #[command(after_help = "Example:\n  rolescope session group -f html -o all.html")]
    Group(Group),
    /// Delete all that is kept of a person
    #[command(
        after_help = "Example:\n  rolescope session delete s-0412 --yes    # asks first without --yes"
    )]
    Delete(Delete),
    /// Write all sessions to one archive file
    #[command(after_help = "Example:\n  rolescope session export may.tar.gz")]
    Export(Export),
    /// Take in the sessions of an archive, or one answer file
    #[command(
        after_help = "Examples:\n  rolescope session import sessions.tar.gz\n  \
                            rolescope session import me.toml --label s-0413"
    )]
    Import(Import),
}

impl Session {
    /// Runs the command.
    ///
    /// # Errors
    /// Those of the errand.
    pub fn run(self, settings: &Settings) -> Result<()> {
        let folder = match &self.dir {
            Some(dir) => dir.clone(),
            None => data_folder()?,
        };
        let desk = Desk {
            settings,
            pack: settings.load()?,
            store: Store::new(folder),
            dir: self.dir,
        };
        match self.errand {
            Errand::New(new) => new.run(&desk),
            Errand::List(list) => list.run(&desk),
            Errand::Resume(resume) => resume.run(&desk),
            Errand::Show(show) => show.run(&desk),
            Errand::Note(note) => note.run(&desk),
            Errand::Report(report) => report.run(&desk),
            Errand::Group(group) => group.run(&desk),
            Errand::Delete(delete) => delete.run(&desk),
            Errand::Export(export) => export.run(&desk),
            Errand::Import(import) => import.run(&desk),
        }
    }
}

/// What every errand works with.
#[derive(Debug)]
pub struct Desk<'s> {
    /// The settings that were typed.
    pub settings: &'s Settings,
    /// The pack.
    pub pack: Pack,
    /// The sessions.
    pub store: Store,
    dir: Option<PathBuf>,
}

impl Desk<'_> {
    /// The session of the label that was typed.
    ///
    /// # Errors
    /// When there is none, or it is damaged.
    pub fn session(&self, typed: &str) -> Result<Kept> {
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
