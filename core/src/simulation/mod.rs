//! Simulated people, and what they show of a pack.

pub(crate) mod balance;
pub(crate) mod balance_rules;
pub(crate) mod band_coverage;
pub(crate) mod level_study;
pub(crate) mod quick_quiz_study;
pub(crate) mod respondents;
