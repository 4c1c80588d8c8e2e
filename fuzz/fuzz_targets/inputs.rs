//! Any file: containers, encodings, layouts and headers as they are told from its bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| rolescope_fuzz::rows(None, bytes));
