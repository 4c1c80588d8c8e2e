//! `rolescope check`: validates a pack.

use crate::commands::context::Settings;
use crate::error::{Error, Result};
use crate::files::save::Output;
use std::io::Write as _;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct Check {}

impl Check {
    /// Runs the command.
    ///
    /// # Errors
    /// Every mistake in the pack.
    pub fn run(self, settings: &Settings) -> Result<()> {
        let pack = settings.load()?;
        let mut out = Output::open(None)?;
        writeln!(
            out,
            "{} {}: {} roles, {} traits, {} questions in {} sections, no mistakes\n{}",
            pack.name,
            pack.version,
            pack.roles.len(),
            pack.traits.len(),
            pack.questions.len(),
            pack.sections.len(),
            pack.fingerprint
        )
        .map_err(Error::output)?;
        out.finish()
    }
}
