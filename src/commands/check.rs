//! `rolescope check`: validates a pack, then measures its balance by simulation.

use crate::commands::shared::balance_run::{SimulationArgs, measure};
use crate::commands::shared::formats::PageOutput;
use crate::commands::shared::global_args::GlobalArgs;
use crate::error::{Error, Result};
use crate::input::level_ratings;
use rolescope_core::Date;
use rolescope_core::psychometrics::LevelRatings;
use std::path::PathBuf;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Validate only, without simulation
    #[arg(long)]
    no_simulation: bool,
    #[command(flatten)]
    simulation: SimulationArgs,
    /// Year or day at which the age of facts is judged, 2026 or 2026-11-27 [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    year: Option<Date>,
    /// Instead: what these tables of people in the work say of levels and conditions, from `roles --level-sheet`
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["no_simulation", "batches", "seed", "year"])]
    levels: Vec<PathBuf>,
    #[command(flatten)]
    out: PageOutput,
}

impl CheckArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// Every mistake in the pack or in rated levels, or that a rule is broken or something should be mended.
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        // what it measures is the same in every language
        let (pack, files) = settings.load_own()?;
        let asked = settings.asked_language(&pack, &files)?;
        if !self.levels.is_empty() {
            let mut ratings = LevelRatings::new(&pack);
            for path in &self.levels {
                level_ratings::read(path, &mut ratings)?;
            }
            return self.out.write(settings, &ratings.page());
        }
        let comparison = settings.comparison(&pack)?;
        let today = self.year.unwrap_or_else(today);
        let mut lints = comparison.lint(today);
        let languages = pack.lint_languages(&files, asked.as_deref());
        lints.extend(languages.map_err(|all| settings.mistakes(&all, &files))?);
        let balance =
            (!self.no_simulation).then(|| measure(&comparison, &self.simulation, settings.quiet));

        let doc = comparison.check_page(&lints, balance.as_ref());
        self.out.write(settings, &doc)?;

        let to_mend = lints.iter().filter(|l| !l.note()).count();
        let broken = balance.map_or(0, |balance| balance.broken_rules());
        if to_mend + broken > 0 {
            return Err(Error::failed(format!(
                "{broken} rules broken, {to_mend} things to mend; see above"
            )));
        }
        Ok(())
    }
}

/// A year, which is its first day, or a day.
pub(crate) fn day(text: &str) -> std::result::Result<Date, String> {
    let year = || {
        text.parse()
            .ok()
            .filter(|year| (1900..=2100).contains(year))
    };
    Date::parse(text)
        .or_else(|| year().map(Date::start_of))
        .ok_or_else(|| "a year or a day: 2026 or 2026-11-27".to_owned())
}

/// Today, where the program runs.
pub(crate) fn today() -> Date {
    let now = jiff::ZonedDateTime::now();
    let year = u16::try_from(now.year()).unwrap_or_default();
    let (month, day) = (now.month(), now.day());
    let small = |n: i8| u8::try_from(n).unwrap_or_default();
    Date::new(year, small(month), small(day)).unwrap_or(Date::start_of(year))
}
