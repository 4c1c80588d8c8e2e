//! `rolescope check`: validates a pack, then measures its balance by simulation.

use crate::commands::context::Settings;
use crate::content::lint::{Lint, lint};
use crate::engine::balance::{Balance, Counts, batch, batch_size};
use crate::engine::fit::Design;
use crate::engine::report::Receipt;
use crate::error::{Error, Result};
use crate::files::save::Output;
use crate::render::balance;
use crate::render::look::{Look, Page};
use crate::render::words;
use crate::ui::progress::Progress;
use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct Check {
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
}

impl Check {
    /// Runs the command.
    ///
    /// # Errors
    /// Every mistake in the pack, or that a rule is broken or something should be mended.
    pub fn run(self, settings: &Settings) -> Result<()> {
        let pack = settings.load()?;
        let design = settings.design(&pack)?;
        let look = settings.look();
        let year = self.year.unwrap_or_else(this_year);
        let lints = lint(&design, year);
        let balance = (!self.no_simulation)
            .then(|| simulate(&design, self.seed, self.batches, settings.quiet));

        let mut text = format!(
            "{} {}: {} roles, {} traits, {} questions in {} sections, no mistakes\n{}\n",
            pack.name,
            pack.version,
            pack.roles.len(),
            pack.traits.len(),
            pack.questions.len(),
            pack.sections.len(),
            pack.fingerprint
        );
        if design.measured.is_some() {
            text.push_str("compared with ");
            text.push_str(&words::norms(&Receipt::of(&design)));
            text.push('\n');
        }
        text.push_str(&advice(&lints, look));
        if let Some(balance) = &balance {
            text.push('\n');
            text.push_str(&balance::page(&design, balance, look));
        }
        let mut out = Output::open(None)?;
        out.write_all(text.as_bytes()).map_err(Error::output)?;
        out.finish()?;

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

fn advice(lints: &[Lint], look: Look) -> String {
    if lints.is_empty() {
        return String::new();
    }
    let mut page = Page::new(look);
    page.gap();
    page.heading("Advice");
    for lint in lints {
        let mark = if lint.note { "note  " } else { "mend  " };
        page.hanging(
            &format!("  {mark}  "),
            10,
            &format!("{}: {}", lint.found, lint.help),
        );
    }
    page.finish()
}

fn this_year() -> u16 {
    u16::try_from(jiff::ZonedDateTime::now().year()).unwrap_or_default()
}

/// Simulates batches on every core; the figures do not depend on how many there are.
fn simulate(design: &Design<'_>, seed: u64, batches: u64, quiet: bool) -> Balance {
    let progress = Progress::new(quiet, "simulated people");
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let next = AtomicU64::new(0);
    let mut done: Vec<(u64, Counts)> = std::thread::scope(|scope| {
        let work = || {
            let mut mine = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= batches {
                    return mine;
                }
                mine.push((number, batch(design, seed, number)));
                progress.add(batch_size(design));
            }
        };
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_default())
            .collect()
    });
    done.sort_by_key(|(number, _)| *number);
    let mut all = Counts::default();
    for (_, counts) in &done {
        all.add(counts);
    }
    all.figures()
}
