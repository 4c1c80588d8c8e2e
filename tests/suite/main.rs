//! All tests in one program, linked once.

mod analyse;
#[cfg(unix)]
mod answer_codes;
#[cfg(unix)]
mod answer_files;
mod aptitude_keys;
#[cfg(unix)]
mod architecture;
mod batch;
mod batch_inputs;
mod batch_outputs;
mod cli;
#[cfg(unix)]
mod completions;
mod content;
#[cfg(unix)]
mod data_safety;
mod dependencies;
#[cfg(unix)]
mod docs;
mod documented_figures;
mod documents;
mod examples;
mod group;
mod help;
mod hostile_packs;
#[cfg(unix)]
mod hostile_text;
mod imports;
mod intake;
mod interview;
mod layering;
mod ledger;
mod limits;
#[cfg(unix)]
mod manual;
mod method;
mod no_overwrite;
mod norms;
#[cfg(unix)]
mod page_each;
mod pages;
#[cfg(unix)]
mod paper_entry;
mod people_counted;
mod people_input;
#[cfg(unix)]
mod pictures;
mod plots;
mod privacy;
mod public_face;
mod question_screens;
mod questions;
#[cfg(unix)]
mod quiz_walk;
mod ratings;
mod reference;
#[cfg(unix)]
mod result_explorer;
mod role_facts;
mod role_map;
mod role_pages;
mod schema;
#[cfg(unix)]
mod screen;
mod session_copies;
#[cfg(unix)]
mod sessions;
#[cfg(unix)]
mod shapes;
mod sittings;
#[cfg(unix)]
mod store_simulation;
mod survey_forms;
#[cfg(unix)]
mod terminal;
#[cfg(unix)]
mod termination;
mod verify;
mod web;
#[cfg(windows)]
mod windows;
mod wording;
#[cfg(unix)]
mod write_faults;
