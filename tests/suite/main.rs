//! All tests in one program, linked once.

mod aptitude_keys;
mod balance;
mod broken;
mod cli;
mod content;
#[cfg(unix)]
mod docs;
mod engine;
mod examples;
mod floors;
mod help;
mod hostile;
mod interview;
#[cfg(unix)]
mod picture;
mod privacy;
mod questions;
mod reference;
#[cfg(unix)]
mod safekeeping;
#[cfg(unix)]
mod screen;
#[cfg(unix)]
mod sessions;
#[cfg(unix)]
mod terminal;
