//! What is measured: traits, questions, roles and conditions, read from text and checked.

pub mod fingerprint;
pub mod lint;
pub mod model;
pub mod outline;
pub mod parse;
