//! Answers to a career quiz in; ranked roles with their reasons and their error out.
//!
//! A *pack* says what is measured: traits, questions, and roles with a weighted level on every trait. A
//! *comparison* takes the roles of a pack, or of one family of it, and the norms that people are compared
//! with. From the *answers* of a person it computes how well each role fits, which roles cannot be told
//! apart from the first (the *band*), and what speaks for and against each.
//!
//! The crate is pure: it reads no file, starts no thread, asks for no time and knows no terminal. The same
//! pack and answers give the same bytes everywhere. No pack is built in: it comes as texts.
//!
//! ```
//! use rolescope_core::{Answers, Comparison, SourceFile, assess, parse_pack, show_diagnostics};
//! # const TRAITS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/example/questions/traits.toml"));
//! # const LIKES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/example/questions/likes.toml"));
//! # const JOINER: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/example/profiles/joiner.toml"));
//! # const GARDENER: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/example/profiles/gardener.toml"));
//!
//! let files = [
//!     SourceFile::new("questions/traits.toml", TRAITS),
//!     SourceFile::new("questions/likes.toml", LIKES),
//!     SourceFile::new("profiles/joiner.toml", JOINER),
//!     SourceFile::new("profiles/gardener.toml", GARDENER),
//! ];
//! let pack = parse_pack(&files).map_err(|mistakes| show_diagnostics(&mistakes, &files, false))?;
//! let comparison = Comparison::builder(&pack).program("1.0").build()?;
//!
//! let mut answers = Answers::none(&pack);
//! for (question, answer) in [("making-1", "3"), ("making-2", "3"), ("growing-1", "1"), ("rush-1", "3")] {
//!     answers.write(&pack, question, answer)?;
//! }
//! let outcome = assess(&comparison, &answers);
//! assert_eq!(comparison.role(outcome.ranking().order()[0]).id(), "joiner");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The four texts are those of the folder `example/` of this crate.
//!
//! # Chapters
//!
//! 1. **Packs.** [`SourceFile`]s become a [`Pack`] of [`Trait`]s, [`Section`]s, [`Question`]s and
//!    [`Role`]s by [`parse_pack`], or every mistake in them comes back as a [`Diagnostic`] with its place.
//!    [`lint`] finds what is valid and probably not meant.
//! 2. **Answers.** [`Answers`] hold a code a question and take only what the question can have;
//!    [`code_of`], [`written`] and [`allowed`] say how codes are written.
//! 3. **Comparison.** [`Comparison::builder`] checks the family, the weight of aptitudes and the measured
//!    [`Norms`], if any, before anything is computed.
//! 4. **Scoring.** [`assess`] gives an [`Outcome`]: a [`TraitScore`] a trait (percent of the maximum
//!    possible; Cohen, Cohen, Aiken & West 1999; Kelley's estimate, 1927), a match a role, the ranking
//!    with its band, the [`State`] and signs of careless responding. [`Assessor`] does the same for many
//!    people side by side, to the same bits.
//! 5. **The quick quiz.** [`next_question`] chooses what to ask next, or says for which [`StopReason`] no
//!    more need be asked.
//! 6. **Explanation.** [`explain`] finds reasons, differences and the smallest change that would put
//!    another role first; [`with_scores`] and [`avoid`] answer what-if; [`retest`] compares two outcomes.
//! 7. **Many people.** [`AnalysisCounts`] of any parts of them merge to the same whole; [`Analysis`] gives
//!    item statistics, reliability and group differences, [`measured_norms`] norms, [`Validity`] what
//!    ratings say of matches, [`publish`] what may be told of a group without telling on anybody.
//! 8. **Simulation.** [`SeededRng`] draws people; [`BalanceCounts`] and [`Balance`] measure how a pack
//!    treats its roles.
//! 9. **Pages and records.** [`result_page`], [`retest_page`], [`group_page`], [`method_page`] and
//!    [`analysis_page`] compose a [`Document`], which is written as text, Markdown or HTML;
//!    [`RecordWriter`] and [`AnswerWriter`] write CSV and NDJSON; a [`Receipt`] states what a result rests
//!    on, and [`judge`] whether a saved one still holds.
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

pub mod adaptive;
pub mod pack;
pub mod pages;
pub mod psychometrics;
pub mod results;
mod scoring;
pub mod simulation;
pub mod text;
pub mod write;

pub use pack::advice::Lint;
pub use pack::date::Date;
pub use pack::model::{
    AnswerFormat, ConditionIx, Measure, Pack, Practice, Question, QuestionIx, Role, Section, Trait,
    TraitIx, TraitKind,
};
pub use pack::parse::diagnostics::{Diagnostic, SourceFile};
pub use scoring::answers::{AnswerError, Answers};
pub use scoring::assessment::{Assessor, Outcome, State};
pub use scoring::comparison::Comparison;
pub use scoring::comparison_builder::{ComparisonBuilder, ComparisonError};
pub use scoring::conditions::ConditionSet;
pub use scoring::norm::Norm;
pub use scoring::norms::{NormError, NormRule, Norms, TraitNorm};
pub use scoring::ranking::Ranking;
pub use scoring::response_quality::Flag;
pub use scoring::role_match::RoleMatch;
pub use scoring::trait_scores::TraitScore;

#[cfg(test)]
mod tests;
