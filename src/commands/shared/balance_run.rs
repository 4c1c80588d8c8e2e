//! Measures the balance of a pack by simulation on all cores.

use crate::commands::shared::environment::data_folder;
use crate::storage::kept_figures::KeptFigures;
use crate::terminal::progress::Progress;
use crate::threads::{cores, on_threads};
use rolescope_core::Comparison;
use rolescope_core::simulation::{Balance, BalanceCounts};
use std::sync::atomic::{AtomicU64, Ordering};

/// How much is simulated.
#[derive(Debug, clap::Args)]
pub(crate) struct SimulationArgs {
    /// How many batches of 500 mixed people, and 20 like each role
    #[arg(long, value_name = "N", default_value_t = Self::USUAL.batches, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    batches: u64,
    /// Seed of the simulation
    #[arg(long, default_value_t = Self::USUAL.seed)]
    seed: u64,
}

impl SimulationArgs {
    /// What is simulated where nothing else is asked for.
    pub(crate) const USUAL: Self = Self {
        batches: 40,
        seed: 1,
    };
}

/// The figures that were found before for the same comparison by the same program, or else simulated now.
pub(crate) fn known(
    comparison: &Comparison<'_>,
    simulation: &SimulationArgs,
    quiet: bool,
) -> Balance {
    let kept = kept(comparison, simulation);
    let before = kept.as_ref().and_then(KeptFigures::read);
    before.unwrap_or_else(|| simulated(comparison, simulation, quiet, kept.as_ref()))
}

/// Simulates batches on every core, and keeps the figures; they do not depend on how many cores there are.
pub(crate) fn measure(
    comparison: &Comparison<'_>,
    simulation: &SimulationArgs,
    quiet: bool,
) -> Balance {
    let kept = kept(comparison, simulation);
    simulated(comparison, simulation, quiet, kept.as_ref())
}

fn kept(comparison: &Comparison<'_>, simulation: &SimulationArgs) -> Option<KeptFigures> {
    let much = (simulation.batches, simulation.seed);
    KeptFigures::new(data_folder().ok()?, comparison, much)
}

fn simulated(
    comparison: &Comparison<'_>,
    simulation: &SimulationArgs,
    quiet: bool,
    kept: Option<&KeptFigures>,
) -> Balance {
    let SimulationArgs { batches, seed } = *simulation;
    let all = batches * BalanceCounts::batch_size(comparison);
    let progress = Progress::of_counted(quiet, all, "simulated people");
    let next = AtomicU64::new(0);
    let work = || {
        let mut mine = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= batches {
                return mine;
            }
            mine.push((number, BalanceCounts::simulate(comparison, seed, number)));
            progress.add(BalanceCounts::batch_size(comparison));
        }
    };
    let mut done: Vec<(u64, BalanceCounts)> = on_threads(cores(), work).concat();
    done.sort_by_key(|(number, _)| *number);
    let mut all = BalanceCounts::default();
    for (_, counts) in &done {
        all.add(counts);
    }
    let balance = all.figures();
    if let Some(kept) = kept {
        kept.write(&balance);
    }
    balance
}
