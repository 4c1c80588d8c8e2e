//! What is measured: traits, questions, roles and conditions, read from text and checked.

pub mod advice;
pub mod date;
pub mod fingerprint;
pub mod import_tahatu;
pub mod lint;
mod lint_facts;
pub mod model;
pub mod outline;
pub mod parse;
pub mod role_facts;
