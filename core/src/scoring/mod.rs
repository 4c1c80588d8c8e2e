//! The method: from answers to trait scores, matches, ranks and the band.

/// Version of the formulae, which results state and the pack's fingerprint covers.
pub const SCORING: u32 = 2;

pub mod answers;
pub mod assessment;
pub mod comparison;
pub mod conditions;
pub mod kernel;
pub mod norm;
pub mod norms;
pub mod ranking;
pub mod response_quality;
pub mod role_match;
pub mod trait_scores;

#[cfg(test)]
mod tests;
