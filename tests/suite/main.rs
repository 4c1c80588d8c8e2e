//! All tests in one program, linked once.

mod aptitude_keys;
mod balance;
mod broken;
mod cli;
mod content;
mod engine;
mod floors;
mod help;
mod hostile;
mod interview;
#[cfg(unix)]
mod picture;
mod questions;
mod readme;
mod reference;
#[cfg(unix)]
mod screen;
