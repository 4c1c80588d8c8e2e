//! The program: what can be typed, and what it does with files and terminals. Everything else is in
//! `rolescope_core`.
#![cfg_attr(
    not(test),
    deny(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used)
)]

pub mod builtin;
pub mod cli;
pub mod commands;
pub mod error;
pub mod input;
pub mod storage;
pub mod terminal;
pub mod threads;
pub mod web;
