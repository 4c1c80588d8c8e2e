//! All tests in one program, linked once.

mod aptitude_keys;
mod balance;
mod broken;
mod cli;
mod content;
mod engine;
mod floors;
mod help;
mod interview;
mod readme;
mod reference;
#[cfg(unix)]
mod screen;
