//! TOML text in, a valid pack out, every mistake with its place.

pub mod check;
pub mod diagnostics;
pub mod fields;
pub mod items;
pub mod profiles;
pub mod questions;
pub mod role_facts;
pub mod values;
