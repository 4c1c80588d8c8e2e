//! What a header means.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| rolescope_fuzz::header(text));
