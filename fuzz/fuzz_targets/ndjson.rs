//! A JSON object a line.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rolescope::input::format::InputFormat;

fuzz_target!(|bytes: &[u8]| rolescope_fuzz::rows(InputFormat::Ndjson, bytes));
