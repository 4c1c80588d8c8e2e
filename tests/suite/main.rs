//! All tests in one program, linked once.

mod analyse;
mod apart;
mod aptitude_keys;
#[cfg(unix)]
mod architecture;
mod batch;
#[cfg(unix)]
mod batch_ends;
mod batch_inputs;
mod batch_outputs;
mod bounds;
mod cli;
mod content;
#[cfg(unix)]
mod docs;
mod examples;
#[cfg(unix)]
mod faults;
mod figures;
mod group;
mod help;
mod hostile;
mod imports;
#[cfg(unix)]
mod inert;
mod interview;
mod layering;
mod ledger;
#[cfg(unix)]
mod manual;
mod method;
mod norms;
mod one_way;
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
#[cfg(unix)]
mod shells;
mod supply;
#[cfg(unix)]
mod terminal;
mod verify;
mod words;
