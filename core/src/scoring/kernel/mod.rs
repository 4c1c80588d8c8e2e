//! The fast path: the comparison compiled for many people side by side.

pub(crate) mod compiled;
pub(crate) mod simd;
