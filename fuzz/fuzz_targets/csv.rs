//! A table of answers.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rolescope::files::feed::Written;

fuzz_target!(|bytes: &[u8]| rolescope_fuzz::rows(Written::Csv, bytes));
