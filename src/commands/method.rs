//! `rolescope method`: the method card.

use crate::commands::shared::balance_run::{SimulationArgs, known};
use crate::commands::shared::formats::PageOutput;
use crate::commands::shared::global_args::GlobalArgs;
use crate::error::Result;

/// Arguments of `method`.
#[derive(Debug, clap::Args)]
pub struct MethodArgs {
    #[command(flatten)]
    out: PageOutput,
    #[command(flatten)]
    simulation: SimulationArgs,
}

impl MethodArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// When the pack has mistakes or the output fails.
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        let pack = settings.load_shown()?;
        let comparison = settings.comparison(&pack)?;
        let balance = known(&comparison, &self.simulation, settings.quiet);
        self.out.write(settings, &comparison.method_page(&balance))
    }
}
