//! What only speed asks for: people side by side in SIMD lanes, sixteen at a time.
//!
//! Each file holds one step of the method in lanes; properties of the tests hold it to the plain formula
//! of the folder above. Whole outcomes come from here for one person too, so a person alone and the same
//! person in a table have the same bits.

pub(crate) mod answer_counts;
pub(crate) mod assessor;
pub(crate) mod compiled;
pub(crate) mod match_lanes;
pub(crate) mod quality_lanes;
pub(crate) mod rank_lanes;
pub(crate) mod role_bits;
pub(crate) mod score_lanes;
pub(crate) mod simd;
pub(crate) mod wide_lanes;
