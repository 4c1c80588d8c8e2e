//! The target `inputs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rolescope_fuzz::inputs(bytes));
