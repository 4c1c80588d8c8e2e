//! `rolescope check`: validates a pack, then measures its balance by simulation.

use crate::commands::balance_run::measure;
use crate::commands::formats::PageOutput;
use crate::commands::global_args::GlobalArgs;
use crate::error::{Error, Result};
use rolescope_core::pack::lint::lint;
use rolescope_core::pages::balance;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Validate only, simulate nobody
    #[arg(long)]
    no_simulation: bool,
    /// How many batches of 500 mixed people, and 20 like each role
    #[arg(long, value_name = "N", default_value_t = 40, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    batches: u64,
    /// Another seed gives other people
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Judge the age of sources as of this year, not today
    #[arg(long, value_name = "YEAR")]
    year: Option<u16>,
    #[command(flatten)]
    out: PageOutput,
}

impl CheckArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// Every mistake in the pack, or that a rule is broken or something should be mended.
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        let pack = settings.load()?;
        let comparison = settings.comparison(&pack)?;
        let year = self.year.unwrap_or_else(this_year);
        let lints = lint(&comparison, year);
        let balance = (!self.no_simulation)
            .then(|| measure(&comparison, self.seed, self.batches, settings.quiet));

        let doc = balance::page(&comparison, &lints, balance.as_ref());
        self.out.write(settings, &doc)?;

        let to_mend = lints.iter().filter(|l| !l.note).count();
        let broken = balance.map_or(0, |b| b.verdicts().iter().filter(|v| !v.kept).count());
        if to_mend + broken > 0 {
            return Err(Error::failed(format!(
                "{broken} rules broken, {to_mend} things to mend; see above"
            )));
        }
        Ok(())
    }
}

fn this_year() -> u16 {
    u16::try_from(jiff::ZonedDateTime::now().year()).unwrap_or_default()
}
