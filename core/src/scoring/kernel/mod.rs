//! The fast path: the comparison compiled for many people side by side.

pub mod compiled;
pub mod simd;
