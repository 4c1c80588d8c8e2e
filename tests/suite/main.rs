//! All tests in one program, linked once.

mod abreast;
mod analyse;
mod apart;
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
mod documents;
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
mod ledger;
mod made;
#[cfg(unix)]
mod manual;
mod method;
mod norms;
mod pages;
#[cfg(unix)]
mod picture;
mod plainly;
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
mod words;
