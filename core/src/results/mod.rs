//! Facts about results before they become words.

pub mod cell_suppression;
pub mod contradictions;
pub mod disclosure;
pub mod discussion_prompts;
pub mod group_counts;
pub mod report;
pub mod retest;
pub mod sensitivity;
pub mod verification;
pub mod what_if;
