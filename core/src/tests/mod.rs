//! Tests that reach what the crate keeps to itself. They read the packs, references and snapshots of
//! the project, which lies around this crate; those of the program use the public face only.

mod added_answers;
mod answer_codes;
mod answer_sentences;
mod assessment_blocks;
mod balance;
mod broken_packs;
mod crate_limits;
mod disclosure;
mod findings;
mod forms;
mod generators;
mod help;
mod naive_reference;
mod properties;
mod psychometrics;
mod role_facts;
mod role_map;
mod scoring;
mod sealed;
mod student_pages;
mod studies;
mod validity;
