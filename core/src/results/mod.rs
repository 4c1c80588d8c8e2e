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

pub use disclosure::DisclosedGroup;
pub use report::{Receipt, Report};
pub use retest::Retest;
pub use verification::{
    ChangedPart, RecordDifference, StatedNorms, StatedReceipt, VerificationResult,
};
pub use what_if::{ScoreSetting, WhatIf};
