//! Answers to a career quiz in; ranked roles with their reasons and their error out.
//!
//! A *pack* says what is measured: traits, questions, and roles with a weighted level on every trait. A
//! *comparison* takes the roles of a pack, or of one family of it, and the norms that people are compared
//! with. From the *answers* of a person it computes how well each role fits, which roles cannot be told
//! apart from the first (the *band*), and what speaks for and against each.
//!
//! ```
//! use rolescope_core::pages::ResultOptions;
//! use rolescope_core::{Answers, Comparison, Diagnostic, Pack, SourceFile};
//!
//! let files = SourceFile::example(); // or `SourceFile::new(path, text)` of each file of a pack
//! let pack = Pack::parse(&files).map_err(|all| Diagnostic::show_all(&all, &files, false))?;
//! let comparison = Comparison::builder(&pack).program("1.0").build()?;
//!
//! let mut answers = Answers::none(&pack);
//! for (question, answer) in [("making-1", "3"), ("making-2", "3"), ("growing-1", "1"), ("rush-1", "3")] {
//!     answers.write(&pack, question, answer)?;
//! }
//! let outcome = comparison.assess(&answers);
//! assert_eq!(comparison.role(outcome.ranking().order()[0]).id(), "joiner");
//!
//! let report = comparison.explain(&answers, &outcome);
//! let page = report.page(&answers, "anna", &ResultOptions::default());
//! assert!(page.to_html().contains("Joiner"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The crate is pure: it reads no file, starts no thread, asks for no time and knows no terminal. The same
//! pack and answers give the same bytes everywhere. It builds for WebAssembly.
//!
//! # Packs
//!
//! [`SourceFile`]s become a [`Pack`] of [`Trait`]s, [`Section`]s, [`Question`]s and [`Role`]s by
//! [`Pack::parse`], or every mistake in them comes back as a [`Diagnostic`] with its place.
//! [`Comparison::lint`] finds what is valid and probably not meant. Module [`pack`] has the reader of TOML
//! with places.
//!
//! Traits, questions, conditions and roles are known by their positions in the pack; where a role is said to
//! be at a position *in play*, that is its place among [`Comparison::candidates`].
//!
//! # Questions and answers
//!
//! [`Answers`] hold a code a question and take only what the question can have. [`Question::code_of`],
//! [`Question::written`] and [`Question::allowed`] say how codes are written in files, and
//! [`Question::you_like`] and [`Question::you_dislike`] how an answer reads to the person.
//!
//! # Scoring
//!
//! [`Comparison::builder`] checks the family, the weight of aptitudes and the measured [`Norms`], if any,
//! before anything is computed. [`Comparison::assess`] gives an [`Outcome`]:
//!
//! - a [`TraitScore`] a trait: the percent of the maximum possible (Cohen, Cohen, Aiken & West 1999) and
//!   Kelley's estimate of the true score (1927);
//! - a [`RoleMatch`] a role, standard normal in the population that the norms describe;
//! - the [`Ranking`] with its band, the [`State`], and [`Flag`]s of careless responding.
//!
//! [`Assessor`] does the same for many people side by side, to the same bits.
//!
//! # Explanation
//!
//! [`Comparison::explain`] finds reasons, differences and the smallest change that would put another role
//! first; [`Comparison::with_scores`] and [`Comparison::avoid`] answer what-if; [`Comparison::retest`]
//! compares two outcomes. What they give, what may be told of a group, and whether a saved result still
//! holds are in module [`results`].
//!
//! # Quick quiz
//!
//! [`QuickQuiz`](adaptive::QuickQuiz) chooses what to ask next, or says why no more need be asked.
//! [`Comparison::is_settled`] says the same of a quiz that asks everything.
//!
//! Module [`quiz`] orders the questions of a full or quick quiz, and estimates the time that is left.
//!
//! # Pages
//!
//! A page is a method of what it is about, as [`Report::page`](results::Report::page) and
//! [`Comparison::roles_page`] are: it composes a [`Document`](write::Document), which is written as text,
//! Markdown or HTML. Module [`pages`] names all of them.
//!
//! # Records
//!
//! Module [`write`](mod@write) writes results of many people as CSV and NDJSON, and text for a terminal;
//! module [`text`] makes text of strangers safe to show.
//!
//! # Analysis
//!
//! Module [`psychometrics`] analyses the answers of many people: item statistics, reliability, norms,
//! group differences, validity of ratings. Counts of any parts of them merge to the same whole.
//!
//! # Simulation
//!
//! Module [`simulation`] draws people and measures how a pack treats its roles.
//!
//! # What cannot be done
//!
//! A pack, a comparison and answers are valid by construction: no field of theirs can be set from outside.
//!
//! ```compile_fail,E0451
//! fn forge(pack: rolescope_core::Pack) -> rolescope_core::Pack {
//!     rolescope_core::Pack { name: String::new(), ..pack }
//! }
//! ```
//!
//! ```compile_fail,E0616
//! fn forge(comparison: &mut rolescope_core::Comparison<'_>) {
//!     comparison.keys[0][0] = -21.8;
//! }
//! ```
//!
//! ```compile_fail,E0616
//! fn forge(pack: &mut rolescope_core::Pack) {
//!     pack.conditions[0] = 9999;
//! }
//! ```
//!
//! An answer that its question does not have, an unknown family, a family of one role and a weight below 0
//! or not finite come back as an error: see [`Answers::set`] and [`ComparisonBuilder`].
#![cfg_attr(
    not(test),
    deny(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used)
)]
#![forbid(unsafe_code)]
#![warn(unnameable_types)]

pub mod adaptive;
pub mod pack;
pub mod pages;
pub mod psychometrics;
pub mod quiz;
pub mod results;
mod scoring;
pub mod simulation;
pub mod text;
pub mod write;

pub use pack::advice::Lint;
pub use pack::date::Date;
pub use pack::model::{
    AnswerFormat, Measure, Pack, Practice, Question, QuestionIx, Role, Section, Trait, TraitKind,
};
pub use pack::parse::diagnostics::{Diagnostic, SourceFile};
pub use scoring::answers::{AnswerError, Answers};
pub use scoring::assessment::{Outcome, State};
pub use scoring::comparison::Comparison;
pub use scoring::comparison_builder::{ComparisonBuilder, ComparisonError};
pub use scoring::kernel::assessor::Assessor;
pub use scoring::norm::Norm;
pub use scoring::norms::{NormError, Norms};
pub use scoring::ranking::Ranking;
pub use scoring::response_quality::Flag;
pub use scoring::role_match::RoleMatch;
pub use scoring::trait_scores::TraitScore;

#[cfg(test)]
mod tests;

/// The example of the crate's README, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
