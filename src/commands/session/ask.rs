//! `session new` and `session resume`: the quiz, kept under a label.

use crate::commands::candidates;
use crate::commands::place::{self, Place};
use crate::commands::quiz::Asking;
use crate::commands::session::errand::Desk;
use crate::error::Result;
use crate::files::label::checked;
use clap_complete::engine::ArgValueCandidates;

/// Arguments of `session new`.
#[derive(Debug, clap::Args)]
pub struct New {
    /// Who: a number or pseudonym serves as well as a name
    label: String,
    #[command(flatten)]
    asking: Asking,
}

impl New {
    /// Runs the errand.
    ///
    /// # Errors
    /// When the label is there already or the quiz fails.
    pub fn run(self, desk: &Desk<'_>) -> Result<()> {
        // what cannot be asked should leave no file behind
        desk.settings.design(&desk.pack)?;
        let place = place::new_in(&desk.store, checked(&self.label)?, &desk.pack)?;
        ask(desk, self.asking, place)
    }
}

/// Arguments of `session resume`.
#[derive(Debug, clap::Args)]
pub struct Resume {
    /// Whose session
    #[arg(add = ArgValueCandidates::new(candidates::labels))]
    label: String,
    #[command(flatten)]
    asking: Asking,
}

impl Resume {
    /// Runs the errand.
    ///
    /// # Errors
    /// When there is no such session, it is open elsewhere, or the quiz fails.
    pub fn run(self, desk: &Desk<'_>) -> Result<()> {
        let kept = desk.session(&self.label)?;
        let place = place::load(&kept.path, &desk.pack, desk.settings)?;
        ask(desk, self.asking, place)
    }
}

fn ask(desk: &Desk<'_>, asking: Asking, mut place: Place) -> Result<()> {
    place.resume = desk.command("resume", &place.sheet.id);
    let design = desk.settings.design(&desk.pack)?;
    asking.run(desk.settings, &design, place)
}
