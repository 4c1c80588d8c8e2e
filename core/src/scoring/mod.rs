//! The method: from answers to trait scores, matches, ranks and the band.

pub(crate) mod answers;
pub(crate) mod assessment;
pub(crate) mod comparison;
pub(crate) mod comparison_builder;
pub(crate) mod conditions;
pub(crate) mod kernel;
pub(crate) mod norm;
pub(crate) mod norms;
pub(crate) mod ranking;
pub(crate) mod response_quality;
pub(crate) mod role_match;
mod steps;
pub(crate) mod trait_scores;
pub(crate) mod version;

pub(crate) use version::SCORING;

#[cfg(test)]
mod tests;
