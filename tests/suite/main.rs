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
mod group;
mod help;
mod hostile;
mod interview;
mod pages;
#[cfg(unix)]
mod picture;
mod questions;
mod reference;
#[cfg(unix)]
mod screen;
mod talk;
#[cfg(unix)]
mod terminal;
