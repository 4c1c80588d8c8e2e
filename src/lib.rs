//! Rolescope: which medical technician and imaging roles fit a person, and why.
//!
//! The whole plan, ground floor first. Each floor uses only the floors above it in this list
//! (`tests/suite/floors.rs` holds that). `docs/architecture.md` walks through it.
//!
//! To score people in a program of your own, take the floors from `error` to `content`; nothing there
//! prints, or reads anything that is not given to it but [`content::load::folder`]:
//!
//! ```
//! use rolescope::content::{check::check, load::built_in};
//! use rolescope::engine::{answers::Answers, assess::assess, design::Design};
//!
//! let pack = check(&built_in()).expect("the built-in pack has no mistakes");
//! let design = Design::new(&pack, None, 1.0); // all roles; aptitudes count in full
//! let mut answers = Answers::none(&pack);
//! for answer in "helping-1=2 life-science-1=3 physics-1=5 making-1=4 procedure-1=5 artistic-1=2 \
//!     patient-time-1=2 pace-1=2 teamwork-1=3 variety-1=2 invasive-1=1 steady-hands-1=5".split(' ') {
//!     let (question, written) = answer.split_once('=').expect("a question and its answer");
//!     answers.write(&pack, question, written)?;
//! }
//! let outcome = assess(&design, &answers);
//! for &at in &outcome.ranking.band {
//!     println!("{}", design.role(at).name); // a dozen answers leave many that cannot be told apart
//! }
//! # let roles = outcome.ranking.band.len();
//! # assert!(roles > 0 && roles < pack.roles.len(), "{roles}");
//! # Ok::<(), rolescope::engine::answers::NoAnswer>(())
//! ```
#![cfg_attr(
    not(test),
    deny(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used)
)]

pub mod error;

/// Answers in, ranked roles and their reasons out: pure, no terminal, no disk, no clock.
pub mod engine {
    pub mod answers;
    pub mod assess;
    pub mod balance;
    pub mod change;
    pub mod conditions;
    pub mod contradict;
    pub mod coverage;
    pub mod design;
    pub mod fingerprint;
    pub mod fit;
    pub mod flags;
    pub mod group;
    mod lanes;
    pub mod norm;
    pub mod norms;
    pub mod pack;
    pub mod plan;
    pub mod publish;
    pub mod quick;
    pub mod quick_study;
    pub mod rank;
    pub mod report;
    pub mod retest;
    pub mod rules;
    pub mod score;
    pub mod simulate;
    /// What the answers of many people say about the questions.
    pub mod study {
        pub mod advice;
        pub mod analysis;
        pub mod counts;
        pub mod covariance;
        pub mod factor;
        pub mod figures;
        pub mod groups;
        pub mod items;
        pub mod layout;
        pub mod measured;
        pub mod moments;
        pub mod ratings;
        pub mod scales;
        pub mod shuffle;
        pub mod solve;
        pub mod tables;
        pub mod tails;
        pub mod weak;
    }
    pub mod suppose;
    pub mod talk;
    pub mod text;
    pub mod verify;
    pub mod withhold;
}

/// TOML read with the place of every value, so that each mistake can be shown where it stands.
pub mod input {
    pub mod fields;
    pub mod mistakes;
    pub mod values;
}

/// TOML text in, a valid [`engine::pack::Pack`] out.
pub mod content {
    pub mod check;
    pub mod items;
    pub mod lint;
    pub mod load;
    pub mod outline;
    pub mod profiles;
    pub mod questions;
}

/// What people keep: one person's answer file, and tables of many.
pub mod files {
    pub mod archive;
    pub mod chunks;
    pub mod differ;
    pub mod draft;
    pub mod feed;
    pub mod half;
    pub mod header;
    pub mod inflate;
    pub mod json;
    pub mod label;
    pub mod ledger;
    pub mod lines;
    pub mod lock;
    pub mod norms;
    pub mod people;
    pub mod ratings;
    pub mod records;
    pub mod results;
    pub mod rows;
    pub mod save;
    pub mod sheet;
    pub mod store;
    pub mod table;
    pub mod tasks;
    pub mod text;
    pub mod written;
}

/// Results as text for people and as records for programs, on any writer.
pub mod render {
    pub mod answered;
    pub mod balance;
    pub mod catalogue;
    pub mod digits;
    pub mod form;
    pub mod form_html;
    pub mod form_markdown;
    pub mod form_text;
    pub mod lines;
    pub mod look;
    pub mod markup;
    /// Pages for people: what they say once, and how each format writes it.
    pub mod page {
        pub mod band;
        pub(crate) mod closing;
        pub mod doc;
        pub mod drawn;
        pub mod evidence;
        pub mod formulae;
        pub mod group;
        pub mod group_csv;
        pub mod html;
        pub mod markdown;
        pub mod method;
        pub mod plot;
        pub mod retest;
        pub mod role;
        pub mod svg;
        pub mod talk;
        pub mod text;
        pub mod traits;
    }
    pub mod receipt;
    pub mod records;
    pub mod result;
    pub mod session;
    pub mod sessions;
    pub mod verdict;
    /// What the answers of many people say about the questions.
    pub mod study {
        pub mod csv;
        pub mod differences;
        pub mod json;
        pub mod page;
        pub mod questions;
        pub mod said;
        pub mod text;
        pub mod validity;
        pub mod words;
    }
    pub mod why;
    pub mod word;
    pub mod words;
}

/// A person at a terminal.
pub mod ui {
    pub mod course;
    pub mod interview;
    pub mod keys;
    pub mod lines;
    pub mod menus;
    pub mod pace;
    pub mod progress;
    pub mod screens;
}

/// The errands, one file each: arguments and `run`.
pub mod commands {
    mod abreast;
    pub mod analyse;
    pub mod batch;
    pub mod candidates;
    pub mod census;
    pub mod check;
    pub mod completions;
    pub mod context;
    pub mod group;
    mod inputs;
    pub mod man;
    pub mod measure;
    pub mod method;
    pub mod pack;
    pub mod page;
    pub mod place;
    pub mod questions;
    pub mod quiz;
    pub mod ratings;
    pub mod recheck;
    pub mod report;
    pub mod retest;
    pub mod roles;
    pub mod sample;
    pub mod score;
    pub mod sheet;
    pub mod tally;
    pub mod teller;
    pub mod verify;

    /// The errands of `session`.
    pub mod session {
        pub mod ask;
        pub mod carry;
        pub mod delete;
        pub mod errand;
        pub mod list;
        pub mod note;
        pub mod show;
    }
}

pub mod cli;
