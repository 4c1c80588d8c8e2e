//! Measures the balance of a pack by simulation on all cores.

use crate::terminal::progress::Progress;
use crate::threads::{cores, on_threads};
use rolescope_core::Comparison;
use rolescope_core::simulation::{Balance, BalanceCounts};
use std::sync::atomic::{AtomicU64, Ordering};

/// Simulates batches on every core; the figures do not depend on how many there are.
pub(crate) fn measure(
    comparison: &Comparison<'_>,
    seed: u64,
    batches: u64,
    quiet: bool,
) -> Balance {
    let progress = Progress::new(quiet, "simulated people");
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
    all.figures()
}
