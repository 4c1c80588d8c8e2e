//! A JSON object a line.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rolescope::files::feed::Written;

fuzz_target!(|bytes: &[u8]| rolescope_fuzz::rows(Written::Ndjson, bytes));
