//! Packs: traits, questions, roles and conditions, read from text and checked.

mod accessors;
pub(crate) mod advice;
pub(crate) mod date;
pub(crate) mod fingerprint;
pub(crate) mod import_tahatu;
pub(crate) mod lint;
pub(crate) mod lint_facts;
pub(crate) mod model;
pub(crate) mod outline;
pub(crate) mod parse;
pub(crate) mod role_facts;

pub use import_tahatu::ImportError;
pub use parse::diagnostics::Diagnostics;
pub use parse::fields::{Fields, IdEntry};
pub use role_facts::{Reach, ReachState, RoleFacts, Source};
