//! `rolescope method`: the method card.

use crate::commands::shared::balance_run::measure;
use crate::commands::shared::formats::PageOutput;
use crate::commands::shared::global_args::GlobalArgs;
use crate::error::Result;

/// Arguments of `method`.
#[derive(Debug, clap::Args)]
pub struct MethodArgs {
    #[command(flatten)]
    out: PageOutput,
    /// How many batches of 500 mixed people, and 20 like each role
    #[arg(long, value_name = "N", default_value_t = 40, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    batches: u64,
    /// Seed of the simulation
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl MethodArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// When the pack has mistakes or the output fails.
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        let pack = settings.load()?;
        let comparison = settings.comparison(&pack)?;
        let balance = measure(&comparison, self.seed, self.batches, settings.quiet);
        self.out.write(settings, &comparison.method_page(&balance))
    }
}
