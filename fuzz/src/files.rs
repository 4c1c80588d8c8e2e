//! Files that are read whole: answers, norms, maps, ratings, saved results, logos.

use super::harmless;
use super::packs::{pack_files, small};
use rolescope::commands::shared::result_verifier::{CheckedRecord, ResultVerifier};
use rolescope::input::input_log::Messages;
use rolescope::input::mapping::{InputOptions, Mapping};
use rolescope::input::results::ResultLine;
use rolescope::input::{logo, ratings as rated, results};
use rolescope::storage::answer_file::AnswerSheet;
use rolescope::storage::norms_file;
use rolescope_core::results::VerificationResult;
use rolescope_core::{Diagnostic, Pack, SourceFile};
use std::io::Cursor;

/// One person's answer file: read, and what is written of it read again.
pub fn answers(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match AnswerSheet::parse_briefly(text, small()) {
        Ok(sheet) => {
            let text = sheet.to_toml(small());
            let again = AnswerSheet::parse_briefly(&text, small());
            let again = again.unwrap_or_else(|error| panic!("{error}\n{text}"));
            assert_eq!(again.to_toml(small()), text);
            assert_eq!(again.answers.codes(), sheet.answers.codes());
        }
        Err(reason) => assert_eq!(reason.lines().count(), 1, "{reason:?}"),
    }
}

/// Measured norms: read, and what is written of them read again.
pub fn norms(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let read = |text: &str| norms_file::examine(&SourceFile::new("n.toml", text), small());
    match read(text) {
        Ok(norms) => {
            let text = norms_file::text(&norms);
            let again = read(&text).unwrap_or_else(|mistakes| panic!("{mistakes:?}\n{text}"));
            assert_eq!(norms_file::text(&again), text);
        }
        Err(mistakes) => assert!(!mistakes.is_empty()),
    }
}

/// What is said of a file that is wrong: of answers if the first byte is `a`, of norms if it is `n`, of one file of a
/// pack otherwise. Drawing the places of mistakes takes three quarters of the time of reading these, so it is
/// no part of their own targets.
pub fn messages(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else {
        return;
    };
    if *kind == b'a' {
        if let Err(error) = AnswerSheet::of_bytes("a.toml", rest.to_vec(), small(), false) {
            harmless(&error.to_string());
        }
        return;
    }
    let Ok(text) = std::str::from_utf8(rest) else {
        return;
    };
    if *kind == b'n' {
        if let Err(error) = norms_file::parse_text("n.toml", text, small(), false) {
            harmless(&error.to_string());
        }
        return;
    }
    let files = pack_files(text);
    if let Err(mistakes) = Pack::parse(&files) {
        harmless(&Diagnostic::show_all(&mistakes, &files, false));
    }
}

/// A map of columns: read, and what is written of it read again.
pub fn maps(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match Mapping::parse("m.toml", text, small()) {
        Ok(map) => {
            let text = map.to_toml();
            let again = Mapping::parse("again.toml", &text, small());
            let again = again.unwrap_or_else(|error| panic!("{error}\n{text}"));
            assert_eq!(again, map, "{text}");
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Ratings of roles.
pub fn ratings(bytes: &[u8]) {
    let roles: Vec<&str> = small()
        .roles()
        .iter()
        .map(rolescope_core::Role::id)
        .collect();
    if let Err(error) = rated::parse("r.csv", bytes, &roles) {
        assert!(!error.to_string().is_empty());
    }
}

/// A logo: a PNG or a drawing in SVG, of which nothing but a picture comes.
pub fn logos(bytes: &[u8]) {
    if let Err(error) = logo::parse("l.svg", bytes) {
        assert!(!error.to_string().is_empty());
    }
}

/// Hears nothing.
struct Silence;

impl Messages for Silence {
    fn say(&mut self, _: &str) {}
    fn remark(&mut self, _: &str) {}
    fn rows(&mut self, _: u64) {}
}

/// Saved results, each scored again.
pub fn verify(bytes: &[u8]) {
    let (input, mut silence) = (InputOptions::default(), Silence);
    let verifier = ResultVerifier::new(small(), None, (None, &input), &mut silence);
    let mut verifier = verifier.expect("the roles of the pack can be compared");
    let mut told = |line: u64, found: Result<CheckedRecord, String>| {
        let place = ("r.ndjson", line);
        let record = match found {
            Ok(found) => {
                let verdict = &found.verdict;
                harmless(&VerificationResult::failure(
                    place,
                    &found.id,
                    &found.reason,
                ));
                verdict.to_json(place, &found.id)
            }
            Err(why) => VerificationResult::unread_to_json(place, &why),
        };
        assert_eq!(record.lines().count(), 1, "a record is one line");
        let record: serde_json::Value = serde_json::from_str(&record).expect("JSON");
        assert_eq!(record["line"], line);
        Ok(())
    };
    let mut take = |records: &[ResultLine]| verifier.check_all("r.ndjson", records, &mut told);
    if let Err(error) = results::read_from("r.ndjson", Cursor::new(bytes.to_vec()), &mut take) {
        assert!(!error.to_string().is_empty());
    }
}
