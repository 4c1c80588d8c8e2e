//! All tests in one program, linked once.

mod analyse;
mod answer_codes;
#[cfg(unix)] // modes, links and pipes; strace
mod answer_files;
mod aptitude_keys;
mod architecture;
mod batch;
mod batch_inputs;
mod batch_outputs;
mod cli;
#[cfg(unix)] // shells of Unix
mod completions;
mod content;
mod counsellor_day;
#[cfg(unix)] // a shell, `unshare` and signals
mod data_safety;
mod dependencies;
#[cfg(unix)] // the examples are for a shell of Unix
mod docs;
mod documented_figures;
mod documents;
mod examples;
mod fuzz_corpus;
mod group;
mod help;
mod hostile_files;
mod hostile_packs;
mod hostile_text;
mod imports;
mod intake;
mod interview;
mod languages;
mod layering;
mod ledger;
mod level_ratings;
mod limits;
#[cfg(unix)] // a shell, man and mandoc
mod manual;
mod method;
mod no_overwrite;
mod norms;
mod page_each;
mod page_look;
mod pages;
mod paper_entry;
mod people_counted;
mod people_input;
mod pictures;
mod plots;
mod privacy;
mod pseudo_language;
mod public_face;
mod question_screens;
mod questions;
mod quiz_walk;
mod ratings;
mod reference;
mod result_explorer;
mod role_facts;
mod role_map;
mod role_pages;
mod schema;
mod screen;
mod session_copies;
#[cfg(unix)] // whether a pseudo-terminal shows what is typed
mod session_encryption;
mod session_index;
mod session_menus;
mod sessions;
mod shapes;
mod sittings;
mod store_simulation;
mod studies;
mod survey_forms;
mod terminal;
#[cfg(unix)] // signals, and pipes of a shell
mod termination;
mod verify;
mod web;
#[cfg(windows)]
mod windows;
mod wording;
#[cfg(unix)] // strace
mod write_faults;
