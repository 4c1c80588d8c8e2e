//! The commands: arguments and execution, one file or folder each; what several share is in `shared`.

pub mod analyse;
pub mod check;
pub mod code;
pub mod completions;
pub mod learn;
pub mod man;
pub mod method;
pub mod pack;
pub mod questions;
pub mod quiz;
pub mod read;
pub mod report;
pub mod roles;
pub mod sample;
pub mod score;
pub mod session;
pub mod shared;
pub mod verify;
pub mod web;
