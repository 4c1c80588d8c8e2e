//! Career matching: answers to a quiz in, ranked roles with their reasons and their error out.
#![cfg_attr(
    not(test),
    deny(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used)
)]

pub mod adaptive;
pub mod pack;
pub mod pages;
pub mod psychometrics;
pub mod results;
pub mod scoring;
pub mod simulation;
pub mod text;
pub mod write;

#[cfg(test)]
mod tests;
