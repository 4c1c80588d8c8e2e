//! Tests that reach what the crate keeps to itself. They read the packs, references and snapshots of
//! the project, which lies around this crate; those of the program use the public face only.

mod abreast;
mod balance;
mod broken;
mod disclosure;
mod engine;
mod forms;
mod help;
mod made;
mod plainly;
mod properties;
mod sealed;
mod study;
mod talk;
mod validity;
