//! What several commands share, and long parts of one.

pub mod answer_session;
pub mod balance_run;
pub mod block;
pub mod completion_candidates;
pub mod distinct_outputs;
pub mod environment;
pub mod explore;
pub mod files_from;
pub(crate) mod first_choice;
pub mod formats;
pub mod global_args;
pub mod group;
pub(crate) mod id_sample;
pub mod input_args;
pub(crate) mod level_sheet;
pub mod one_person;
pub(crate) mod page_each;
pub(crate) mod page_look;
pub(crate) mod passphrase;
pub mod people_run;
pub(crate) mod person_counts;
pub mod rating_sheet;
pub mod ratings;
pub mod result_page;
pub mod result_verifier;
pub mod retest;
