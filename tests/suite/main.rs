//! All tests in one program, linked once.

mod aptitude_keys;
mod broken;
mod cli;
mod content;
mod engine;
mod floors;
mod help;
mod hostile;
mod interview;
mod questions;
mod readme;
mod reference;
#[cfg(unix)]
mod screen;
