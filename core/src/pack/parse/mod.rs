//! Parser of packs: TOML text in, a valid pack or all mistakes with their places out.

pub(crate) mod check;
pub(crate) mod deviation_edit;
pub(crate) mod diagnostics;
mod example;
pub(crate) mod fields;
pub(crate) mod items;
pub(crate) mod languages;
pub(crate) mod level_edit;
pub(crate) mod profile_edit;
pub(crate) mod profiles;
pub(crate) mod questions;
pub(crate) mod role_facts;
mod translation;
pub(crate) mod values;
