//! Packs: traits, questions, roles and conditions, read from text and checked.
//!
//! The parts of a [`Pack`](crate::Pack) are at the root of the crate. Here is [`Fields`], the
//! reader of TOML tables that packs are read with, for other files whose mistakes are to be told with their
//! places.

mod accessors;
pub(crate) mod advice;
pub(crate) mod date;
pub(crate) mod fingerprint;
mod layout;
pub(crate) mod lint;
pub(crate) mod lint_facts;
pub(crate) mod model;
pub(crate) mod parse;
pub(crate) mod role_facts;

pub use parse::fields::{Fields, IdEntry};
