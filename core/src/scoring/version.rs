//! Version of the scoring formulae.

/// Version of the formulae, which results state and the pack's fingerprint covers.
pub(crate) const SCORING: u32 = 2;
