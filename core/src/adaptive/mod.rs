//! The quick quiz: which question comes next, and when to stop.

pub mod selection;
