//! One person's answer file: read, and what is written of it read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rolescope::storage::answer_file::AnswerSheet;
use rolescope_fuzz::{harmless, small};

fuzz_target!(|bytes: &[u8]| {
    match AnswerSheet::of_bytes("a.toml", bytes.to_vec(), small(), false) {
        Ok(sheet) => {
            let text = sheet.to_toml(small());
            let again = AnswerSheet::parse("b.toml", &text, small(), false);
            let again = again.unwrap_or_else(|error| panic!("{error}\n{text}"));
            assert_eq!(again.to_toml(small()), text);
            assert_eq!(again.answers.codes(), sheet.answers.codes());
        }
        Err(error) => harmless(&error.to_string()),
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        if let Err(reason) = AnswerSheet::parse_briefly(text, small()) {
            assert_eq!(reason.lines().count(), 1, "{reason:?}");
        }
    }
});
