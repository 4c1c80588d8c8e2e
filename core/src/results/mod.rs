//! Findings in results, as data that pages put into words.

pub(crate) mod cell_suppression;
pub(crate) mod contradictions;
pub(crate) mod disclosure;
pub(crate) mod discussion_prompts;
pub(crate) mod report;
pub(crate) mod retest;
pub(crate) mod sensitivity;
pub(crate) mod verification;
pub(crate) mod what_if;
