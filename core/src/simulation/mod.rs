//! Simulation: simulated people, and studies of a pack with them.

pub(crate) mod balance;
pub(crate) mod balance_rules;
pub(crate) mod band_coverage;
pub(crate) mod level_study;
pub(crate) mod quick_quiz_study;
pub(crate) mod respondents;

pub use balance::{Balance, BalanceCounts};
pub use respondents::{SeededRng, SimulatedPerson};
