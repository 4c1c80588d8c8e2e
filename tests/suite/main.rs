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
#[cfg(unix)]
mod picture;
mod readme;
mod reference;
#[cfg(unix)]
mod screen;
