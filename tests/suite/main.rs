//! All tests in one program, linked once.

mod analyse;
mod aptitude_keys;
mod balance;
mod batch;
#[cfg(unix)]
mod batch_ends;
mod batch_inputs;
mod batch_outputs;
mod broken;
mod cli;
mod content;
#[cfg(unix)]
mod docs;
mod engine;
mod examples;
mod floors;
mod group;
mod help;
mod hostile;
mod interview;
mod method;
mod norms;
mod pages;
#[cfg(unix)]
mod picture;
mod plots;
mod privacy;
mod questions;
mod ratings;
mod reference;
#[cfg(unix)]
mod safekeeping;
mod schema;
#[cfg(unix)]
mod screen;
#[cfg(unix)]
mod sessions;
mod study;
mod talk;
#[cfg(unix)]
mod terminal;
mod verify;
mod words;
