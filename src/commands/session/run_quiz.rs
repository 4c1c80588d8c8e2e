//! `session new` and `session resume`: the quiz, kept under a label.

use crate::commands::answer_session;
use crate::commands::answer_session::AnswerSession;
use crate::commands::completion_candidates;
use crate::commands::quiz::QuizOptions;
use crate::commands::session::context::SessionContext;
use crate::error::Result;
use crate::storage::label::checked;
use clap_complete::engine::ArgValueCandidates;

/// Arguments of `session new`.
#[derive(Debug, clap::Args)]
pub struct NewArgs {
    /// Who: a number or pseudonym serves as well as a name
    label: String,
    #[command(flatten)]
    asking: QuizOptions,
}

impl NewArgs {
    /// Runs the errand.
    ///
    /// # Errors
    /// When the label is there already or the quiz fails.
    pub fn run(self, desk: &SessionContext<'_>) -> Result<()> {
        // what cannot be asked should leave no file behind
        desk.settings.comparison(&desk.pack)?;
        let place = answer_session::new_in(&desk.store, checked(&self.label)?, &desk.pack)?;
        ask(desk, self.asking, place)
    }
}

/// Arguments of `session resume`.
#[derive(Debug, clap::Args)]
pub struct ResumeArgs {
    /// Whose session
    #[arg(add = ArgValueCandidates::new(completion_candidates::labels))]
    label: String,
    #[command(flatten)]
    asking: QuizOptions,
}

impl ResumeArgs {
    /// Runs the errand.
    ///
    /// # Errors
    /// When there is no such session, it is open elsewhere, or the quiz fails.
    pub fn run(self, desk: &SessionContext<'_>) -> Result<()> {
        let kept = desk.session(&self.label)?;
        let place = answer_session::load(&kept.path, &desk.pack, desk.settings)?;
        ask(desk, self.asking, place)
    }
}

fn ask(desk: &SessionContext<'_>, asking: QuizOptions, mut place: AnswerSession) -> Result<()> {
    place.resume = desk.command("resume", &place.sheet.id);
    let comparison = desk.settings.comparison(&desk.pack)?;
    asking.run(desk.settings, &comparison, place)
}
