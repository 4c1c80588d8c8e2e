//! The method: from answers to trait scores, matches, ranks and the band.
//!
//! One file an idea, in the order of computation: what people answered (`answers`), what they are compared with
//! (`norm`, `norms`, `comparison`), their trait scores (`trait_scores`), the match of each role (`role_match`)
//! and what it is made of (`contributions`), what single
//! questions add (`deviations`, `question_part`), the difference of two roles (`difference`), the ranking and its
//! band (`ranking`), signs of careless responding (`response_quality`), conditions of work (`conditions`), and
//! the whole (`assessment`). The formulae stand here as they are stated, for one person; explanations, what-if,
//! the quick quiz and simulations compute by them. `kernel` computes whole outcomes, of people side by side.

pub(crate) mod answers;
pub(crate) mod assessment;
pub(crate) mod comparison;
pub(crate) mod comparison_builder;
pub(crate) mod conditions;
pub(crate) mod contributions;
pub(crate) mod deviations;
pub(crate) mod difference;
pub(crate) mod kernel;
pub(crate) mod norm;
pub(crate) mod norms;
pub(crate) mod question_part;
pub(crate) mod ranking;
pub(crate) mod response_quality;
pub(crate) mod role_match;
mod steps;
pub(crate) mod trait_scores;
pub(crate) mod version;

pub(crate) use version::SCORING;

#[cfg(test)]
mod tests;
