//! What is measured: traits, questions, roles and conditions, read from text and checked.

mod accessors;
pub(crate) mod fingerprint;
pub(crate) mod lint;
pub(crate) mod model;
pub(crate) mod outline;
pub(crate) mod parse;
