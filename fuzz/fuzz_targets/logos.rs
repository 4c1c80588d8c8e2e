//! The target `logos`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rolescope_fuzz::logos(bytes));
