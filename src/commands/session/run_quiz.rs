//! `session new` and `session resume`: runs the quiz of a labelled session.

use crate::commands::quiz::QuizOptions;
use crate::commands::session::context::SessionContext;
use crate::commands::session::set::FactsArgs;
use crate::commands::shared::answer_session;
use crate::commands::shared::answer_session::AnswerSession;
use crate::commands::shared::completion_candidates;
use crate::error::Result;
use crate::storage::label::checked;
use crate::storage::session_facts::SessionFacts;
use crate::storage::session_store::LockedStore;
use clap_complete::engine::ArgValueCandidates;
use std::time::{Duration, Instant};

/// How long a quiz takes after which nobody minds a tenth of a second.
const LONG: Duration = Duration::from_secs(1);

/// Arguments of `session new`.
#[derive(Debug, clap::Args)]
pub struct NewArgs {
    /// Label of the person: a number or pseudonym is as good as a name
    label: String,
    #[command(flatten)]
    facts: FactsArgs,
    #[command(flatten)]
    asking: QuizOptions,
}

impl NewArgs {
    /// Runs the subcommand; the store may have been looked at ahead.
    ///
    /// # Errors
    /// When the label is there already or the quiz fails.
    pub(crate) fn run(
        self,
        context: &SessionContext<'_>,
        ahead: Option<LockedStore>,
    ) -> Result<()> {
        // what cannot be asked should leave no file behind
        context.settings.comparison(&context.pack)?;
        let label = checked(&self.label)?;
        let mut facts = SessionFacts::default();
        self.facts.record(context, &label, &mut facts)?;
        let of = (label.clone(), facts);
        let place = answer_session::new_in(&context.store, of, &context.pack, ahead)?;
        let place = place.resumed_by(|label| context.command("resume", label));
        let begun = Instant::now();
        let asked = ask(context, self.asking, place);
        // a label that somebody wrote into a file in place is not seen in the first moment: each file of a large
        // store would have to be asked for, while a person waits
        if begun.elapsed() > LONG {
            context.say_of_copies(&label);
        }
        asked
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
    /// Runs the subcommand.
    ///
    /// # Errors
    /// When there is no such session, it is open elsewhere, or the quiz fails.
    pub fn run(self, context: &SessionContext<'_>) -> Result<()> {
        let kept = context.session(&self.label)?;
        ask(context, self.asking, context.open(&kept.path)?)
    }
}

fn ask(context: &SessionContext<'_>, asking: QuizOptions, place: AnswerSession<'_>) -> Result<()> {
    let comparison = context.settings.comparison(&context.pack)?;
    asking.run(context.settings, &comparison, place)
}
