//! Findings in results, as data that pages put into words.
//!
//! [`Report`] explains one outcome, [`Retest`] compares two, [`WhatIf`] is a score put elsewhere,
//! [`DisclosedGroup`] is what may be told of a group without telling on anybody. [`StatedReceipt`] is
//! what a saved result states that it rests on, and [`StatedReceipt::judge`] says whether it still holds.

pub(crate) mod answer_evidence;
pub(crate) mod cell_suppression;
pub(crate) mod contradictions;
pub(crate) mod disclosure;
pub(crate) mod discussion_prompts;
pub(crate) mod report;
pub(crate) mod retest;
pub(crate) mod role_map;
pub(crate) mod sensitivity;
pub(crate) mod verification;
pub(crate) mod what_if;

pub use disclosure::DisclosedGroup;
pub use report::Report;
pub use retest::Retest;
pub use verification::{RecordDifference, StatedNorms, StatedReceipt, VerificationResult};
pub use what_if::WhatIf;
