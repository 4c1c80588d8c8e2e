//! `rolescope method`: the method card.

use crate::commands::balance_run::measure;
use crate::commands::global_args::{GlobalArgs, write_text};
use crate::commands::result_page::OutArgs;
use crate::error::Result;
use rolescope_core::method_page;

/// Arguments of `method`.
#[derive(Debug, clap::Args)]
pub struct MethodArgs {
    #[command(flatten)]
    out: OutArgs,
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
    /// When the pack has mistakes, the format is not for people, or the output fails.
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        self.out.for_people("the method card")?;
        let pack = settings.load()?;
        let comparison = settings.comparison(&pack)?;
        let balance = measure(&comparison, self.seed, self.batches, settings.quiet);
        let path = self.out.output.as_deref();
        let doc = method_page(&comparison, &balance);
        let text = self.out.format.page(&doc, settings, path);
        write_text(&text.unwrap_or_default(), path)
    }
}
