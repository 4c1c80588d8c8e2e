//! A quiz that goes on: an answer file, a byte 0xFF, and what is typed. Every answer is saved, and
//! what was saved last is what the person ends with.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rolescope::files::sheet::Sheet;
use rolescope::ui::course::{Course, Full, Quick};
use rolescope::ui::interview::conduct;
use rolescope::ui::lines::Lines;
use rolescope_fuzz::{design, harmless, small};

fuzz_target!(|bytes: &[u8]| {
    let at = bytes.iter().position(|&b| b == 0xFF).unwrap_or(bytes.len());
    let (file, typed) = bytes.split_at(at);
    let typed = typed.get(1..).unwrap_or_default();
    let sheet = Sheet::of_bytes("a.toml", file.to_vec(), small(), false);
    let sheet = sheet.unwrap_or_else(|_| Sheet::new("me".to_owned(), small()));
    let full = Full(design().asked_questions());
    let quick = Quick::new(design());
    let courses: [(&dyn Course, bool); 2] = [(&full, false), (&quick, true)];
    for (course, patient) in courses {
        let mut sheet = sheet.clone();
        let mut answers = sheet.answers.clone();
        let mut printed = Vec::new();
        let mut lines = Lines::new(typed, &mut printed, patient);
        let ended = conduct(
            design(),
            course,
            &mut answers,
            &mut lines,
            None,
            &mut |now| {
                sheet.answers = now.clone();
                Ok(())
            },
        );
        if ended.is_ok() {
            assert_eq!(sheet.answers.codes(), answers.codes());
        }
        let text = sheet.to_toml(small());
        let again = Sheet::parse("a.toml", &text, small(), false).expect("it can be read again");
        assert_eq!(again.answers.codes(), answers.codes());
        harmless(&String::from_utf8_lossy(&printed));
    }
});
