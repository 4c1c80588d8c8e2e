//! The quick quiz: which question comes next, and when to stop.

pub(crate) mod selection;
