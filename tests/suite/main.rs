//! All tests in one program, linked once.

mod analyse;
mod aptitude_keys;
#[cfg(unix)]
mod architecture;
mod balance;
mod batch;
#[cfg(unix)]
mod batch_ends;
mod batch_inputs;
mod batch_outputs;
mod bounds;
mod broken;
mod cli;
mod content;
#[cfg(unix)]
mod docs;
mod engine;
mod examples;
#[cfg(unix)]
mod faults;
mod figures;
mod floors;
mod group;
mod help;
mod hostile;
#[cfg(unix)]
mod inert;
mod interview;
#[cfg(unix)]
mod manual;
mod method;
mod norms;
mod pages;
#[cfg(unix)]
mod picture;
mod plots;
mod privacy;
mod properties;
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
#[cfg(unix)]
mod shells;
mod study;
mod supply;
mod talk;
#[cfg(unix)]
mod terminal;
mod verify;
