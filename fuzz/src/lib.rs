//! What is fuzzed, a function for each input: the targets call them with what a fuzzer makes up, and
//! `tests/suite/fuzz_corpus.rs` with what a fuzzer has found, so that no fuzzer is needed to hold it.
//!
//! A function does one thing, for a fuzzer finds by the number of its tries.

mod containers;
mod files;
mod packs;
mod quizzes;
mod records;
mod rows;

/// What is done with an input, which panics where a promise is not kept.
pub type Target = fn(&[u8]);

/// Every target by its name.
pub const TARGETS: [(&str, Target); 21] = [
    ("answers", files::answers),
    ("archives", containers::archive),
    ("codes", rows::codes),
    ("csv", rows::csv),
    ("headers", rows::headers),
    ("inputs", rows::inputs),
    ("logos", files::logo),
    ("maps", files::map),
    ("ndjson", rows::ndjson),
    ("norms", files::norms),
    ("pack", packs::pack),
    ("packed", containers::packed),
    ("pages", packs::pages),
    ("pieces", rows::pieces),
    ("ratings", files::ratings),
    ("read", rows::read),
    ("records", records::records),
    ("resume", quizzes::resume),
    ("verify", files::verify),
    ("workbooks", containers::workbook),
    ("zip", containers::zip),
];

/// Does with an input what the target of this name does.
///
/// # Panics
/// When there is no such target, or a promise is not kept.
pub fn run(name: &str, bytes: &[u8]) {
    let found = TARGETS.iter().find(|(known, _)| *known == name);
    let (_, target) = found.expect("a target of this name");
    target(bytes);
}

/// Holds that a text has no character that a terminal would act on.
fn harmless(text: &str) {
    let acts = |c: char| c != '\n' && rolescope_core::text::unprintable(c);
    let found = text.chars().find(|&c| acts(c));
    assert!(found.is_none(), "{found:?} in {text:?}");
}
