//! The target `headers`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rolescope_fuzz::headers(bytes));
