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

/// Makes public what each target does, and a list of all by name.
macro_rules! targets {
    ($($module:ident::$name:ident,)*) => {
        $(pub use $module::$name;)*

        /// Every target by its name.
        pub const TARGETS: &[(&str, Target)] = &[$((stringify!($name), $name),)*];
    };
}

targets! {
    containers::archives,
    containers::packed,
    containers::workbooks,
    containers::zip,
    files::answers,
    files::logos,
    files::maps,
    files::messages,
    files::norms,
    files::ratings,
    files::verify,
    packs::pack,
    packs::pages,
    quizzes::resume,
    records::records,
    rows::codes,
    rows::csv,
    rows::headers,
    rows::inputs,
    rows::ndjson,
    rows::pieces,
    rows::read,
    rows::tables,
}

/// Holds that a text has no character that a terminal would act on.
fn harmless(text: &str) {
    let acts = |c: char| c != '\n' && rolescope_core::text::unprintable(c);
    let found = text.chars().find(|&c| acts(c));
    assert!(found.is_none(), "{found:?} in {text:?}");
}
