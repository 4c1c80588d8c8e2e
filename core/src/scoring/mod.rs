//! The method: from answers to trait scores, matches, ranks and the band.

/// Version of the formulae, which results state and the pack's fingerprint covers.
pub(crate) const SCORING: u32 = 2;

pub(crate) mod answers;
pub(crate) mod assessment;
pub(crate) mod comparison;
pub(crate) mod conditions;
pub(crate) mod kernel;
pub(crate) mod norm;
pub(crate) mod norms;
pub(crate) mod ranking;
pub(crate) mod response_quality;
pub(crate) mod role_match;
pub(crate) mod trait_scores;

#[cfg(test)]
mod tests;
