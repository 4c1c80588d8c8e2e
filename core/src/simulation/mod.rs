//! Simulation: simulated people, and studies of a pack with them.
//!
//! [`SimulatedPeople`] are drawn from a population with the norms of the pack, or like one role.
//! [`BalanceCounts`] are what a pack makes of many of them: a batch has a number and a seed, and gives the same counts on every platform; batches may be simulated in any order
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
//! let page = comparison.check_page(&[], Some(&counts.figures()));
//! assert!(page.to_html().contains("mixed people: mean band"));
//! ```

pub(crate) mod balance;
pub(crate) mod balance_rules;
pub(crate) mod band_coverage;
pub(crate) mod level_study;
pub(crate) mod norm_study;
pub(crate) mod quick_quiz_study;
pub(crate) mod respondents;

pub use balance::{Balance, BalanceCounts};
pub use respondents::SimulatedPeople;
