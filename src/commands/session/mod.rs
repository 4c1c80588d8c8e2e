//! `rolescope session`: its subcommands, and which of them runs.

pub mod context;
pub mod delete;
pub mod enter;
pub mod export;
pub mod import;
pub mod list;
pub mod note;
pub mod resolve;
pub mod run_quiz;
pub mod set;
pub mod show;

use crate::commands::session::context::SessionContext;
use crate::commands::session::delete::DeleteArgs;
use crate::commands::session::enter::EnterArgs;
use crate::commands::session::export::ExportArgs;
use crate::commands::session::import::ImportArgs;
use crate::commands::session::list::ListArgs;
use crate::commands::session::note::NoteArgs;
use crate::commands::session::resolve::ResolveArgs;
use crate::commands::session::run_quiz::{NewArgs, ResumeArgs};
use crate::commands::session::set::SetArgs;
use crate::commands::session::show::{SessionGroupArgs, SessionReportArgs, ShowArgs};
use crate::commands::shared::answer_session::now;
use crate::commands::shared::environment::data_folder;
use crate::commands::shared::global_args::GlobalArgs;
use crate::error::Result;
use crate::storage::session_store::SessionStore;
use crate::threads::both;
use clap::ValueHint;
use std::path::PathBuf;

/// Arguments of `session`.
#[derive(Debug, clap::Args)]
pub struct SessionArgs {
    /// The folder of the sessions, in place of the data folder
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    dir: Option<PathBuf>,
    #[command(subcommand)]
    subcommand: SessionCommand,
}

#[derive(Debug, clap::Subcommand)]
enum SessionCommand {
    /// Run the quiz with a person and save the answers under a label
    #[command(
        after_help = "Examples:\n  rolescope session new s-0413 --quick --tag class=12B --consent\n  \
                            rolescope session new s-0412-nov --again s-0412"
    )]
    New(NewArgs),
    /// List the sessions
    #[command(
        after_help = "Examples:\n  rolescope session list --state unfinished --sort changed\n  \
                            rolescope session list radiation -f csv -o sessions.csv"
    )]
    List(ListArgs),
    /// Resume an unfinished session
    #[command(after_help = "Example:\n  rolescope session resume s-0412")]
    Resume(ResumeArgs),
    /// Type the answers of a paper form
    #[command(
        after_help = "Examples:\n  rolescope session enter s-0501 --tag class=12B\n  \
                            rolescope session enter -o typed.csv      # the forms of many people"
    )]
    Enter(EnterArgs),
    /// Show what is stored about a person
    #[command(after_help = "Example:\n  rolescope session show s-0412")]
    Show(ShowArgs),
    /// Add a dated note to a session
    #[command(
        after_help = "Examples:\n  rolescope session note s-0412 \"Visits the imaging department on Friday.\"\n  \
                            rolescope session note s-0412    # opens $VISUAL or $EDITOR"
    )]
    Note(NoteArgs),
    /// Record tags, consent, a wish, or the person's first sitting
    #[command(
        after_help = "Examples:\n  rolescope session set s-0412 --tag class=12B --consent\n  \
                            rolescope session set s-0412-may --again s-0412"
    )]
    Set(SetArgs),
    /// Write the result page of a session
    #[command(
        after_help = "Examples:\n  rolescope session report s-0412 --for counsellor -f html -o s-0412.html\n  \
                            rolescope session report s-0412-may --since s-0412\n  \
                            rolescope session report --all -f html -o pages"
    )]
    Report(SessionReportArgs),
    /// Write one page about all sessions together, without personal data
    #[command(after_help = "Example:\n  rolescope session group --by month -f html -o all.html")]
    Group(SessionGroupArgs),
    /// Show how files with the same label differ, as a sync service leaves them, and keep one
    #[command(after_help = "Examples:\n  rolescope session resolve s-0412\n  \
                            rolescope session resolve s-0412 --keep newest --notes")]
    Resolve(ResolveArgs),
    /// Delete everything that is stored about a person
    #[command(
        after_help = "Example:\n  rolescope session delete s-0412 --yes    # asks first without --yes\n  \
                            rolescope session delete --before 2025-12-31 --yes"
    )]
    Delete(DeleteArgs),
    /// Write all sessions to one archive file
    #[command(
        after_help = "Examples:\n  rolescope session export may.tar.gz\n  rolescope session export may.tar.gz.age --encrypt"
    )]
    Export(ExportArgs),
    /// Import the sessions of an archive, or one answer file
    #[command(
        after_help = "Examples:\n  rolescope session import sessions.tar.gz\n  \
                            rolescope session import me.toml --label s-0413\n  \
                            rolescope session import sessions.tar.gz --copies newest"
    )]
    Import(ImportArgs),
}

impl SessionArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// Those of the subcommand.
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        let folder = match &self.dir {
            Some(dir) => dir.clone(),
            None => data_folder()?,
        };
        let store = SessionStore::new(folder);
        // a large folder takes longer to be listed than the pack to be checked
        let (ahead, pack) = match &self.subcommand {
            SessionCommand::New(_) => both(
                || store.look_ahead(),
                || {
                    // looks for the time zone, which is kept then
                    drop(now());
                    settings.load_shown()
                },
            ),
            _ => (None, settings.load_shown()),
        };
        let context = SessionContext {
            settings,
            pack: pack?,
            store,
            dir: self.dir,
        };
        match self.subcommand {
            SessionCommand::New(new) => new.run(&context, ahead),
            SessionCommand::List(list) => list.run(&context),
            SessionCommand::Resume(resume) => resume.run(&context),
            SessionCommand::Enter(enter) => enter.run(&context),
            SessionCommand::Show(show) => show.run(&context),
            SessionCommand::Note(note) => note.run(&context),
            SessionCommand::Set(set) => set.run(&context),
            SessionCommand::Report(report) => report.run(&context),
            SessionCommand::Group(group) => group.run(&context),
            SessionCommand::Resolve(resolve) => resolve.run(&context),
            SessionCommand::Delete(delete) => delete.run(&context),
            SessionCommand::Export(export) => export.run(&context),
            SessionCommand::Import(import) => import.run(&context),
        }
    }
}
