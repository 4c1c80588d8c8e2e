//! The target `workbooks`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rolescope_fuzz::workbooks(bytes));
