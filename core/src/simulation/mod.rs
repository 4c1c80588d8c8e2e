//! Simulation: simulated people, and studies of a pack with them.
//!
//! People are drawn from a population with the norms of the pack, or like one role. A batch of them has a
//! number and a seed, and gives the same counts on every platform; batches may be simulated in any order
//! and are added in the order of their numbers.
//!
//! ```
//! # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
//! # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
//! # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
//! use rolescope_core::simulation::BalanceCounts;
//!
//! let mut counts = BalanceCounts::simulate(&comparison, 1, 0);
//! counts.add(&BalanceCounts::simulate(&comparison, 1, 1));
//! for verdict in counts.figures().verdicts() {
//!     println!("{}: {:.2}", verdict.rule(), verdict.measured());
//! }
//! ```

pub(crate) mod balance;
pub(crate) mod balance_rules;
pub(crate) mod band_coverage;
pub(crate) mod level_study;
pub(crate) mod quick_quiz_study;
pub(crate) mod respondents;

pub use balance::{Balance, BalanceCounts};
pub use balance_rules::RuleResult;
pub use respondents::{SeededRng, SimulatedPerson};
