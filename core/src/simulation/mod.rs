//! Simulated people, and what they show of a pack.

pub mod balance;
pub mod balance_rules;
pub mod band_coverage;
pub mod level_study;
pub mod quick_quiz_study;
pub mod respondents;
