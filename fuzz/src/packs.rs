//! Packs: the small one that answers are given to, and those that a fuzzer makes of it.

use super::harmless;
use rolescope_core::pages::ResultOptions;
use rolescope_core::write::{Document, TextStyle};
use rolescope_core::{Answers, Comparison, Diagnostic, Pack, SourceFile};
use std::sync::OnceLock;

/// A file of the small pack of the tests, by its path in the pack.
macro_rules! small_file {
    ($path:literal) => {
        (
            $path,
            include_str!(concat!("../../tests/packs/small/", $path)),
        )
    };
}

/// The files of the small pack of the tests.
const SMALL: [(&str, &str); 11] = [
    small_file!("profiles/carer.toml"),
    small_file!("profiles/fitter.toml"),
    small_file!("profiles/mender.toml"),
    small_file!("profiles/reader.toml"),
    small_file!("profiles/scanner.toml"),
    small_file!("questions/conditions.toml"),
    small_file!("questions/hands.toml"),
    small_file!("questions/interests.toml"),
    small_file!("questions/preferences.toml"),
    small_file!("questions/shapes.toml"),
    small_file!("questions/traits.toml"),
];

/// Plain text, as a pipe gets it.
pub(crate) const LOOK: TextStyle = TextStyle::new(80);

/// The small pack.
pub(crate) fn small() -> &'static Pack {
    static PACK: OnceLock<Pack> = OnceLock::new();
    PACK.get_or_init(|| {
        let files = SMALL.map(|(path, text)| SourceFile::new(path, text));
        Pack::parse(&files).expect("the small pack is valid")
    })
}

/// Compared with all roles of the small pack.
pub(crate) fn comparison() -> &'static Comparison<'static> {
    static COMPARISON: OnceLock<Comparison<'static>> = OnceLock::new();
    COMPARISON.get_or_init(|| {
        let comparison = Comparison::builder(small()).build();
        comparison.expect("the small pack has roles to compare")
    })
}

/// The files of a pack of which one file is whatever it is: the first line of an input names the file,
/// the rest is its text.
fn files(input: &str) -> Vec<SourceFile> {
    let (path, content) = input.split_once('\n').unwrap_or(("", input));
    let text = |name: &str, text| SourceFile::new(name, if name == path { content } else { text });
    let mut files: Vec<SourceFile> = SMALL.iter().map(|(name, all)| text(name, all)).collect();
    if !SMALL.iter().any(|(name, _)| *name == path) {
        let name = format!("profiles/{}", path.replace('/', ""));
        files.push(SourceFile::new(name, content));
    }
    files
}

/// A pack of which one file is whatever it is: it is valid, or what is wrong is told.
pub(crate) fn pack(input: &[u8]) {
    let Ok(input) = std::str::from_utf8(input) else {
        return;
    };
    let files = files(input);
    match Pack::parse(&files) {
        Ok(pack) => assert!(pack.questions().len() < 2_100 && !pack.roles().is_empty()),
        Err(mistakes) => {
            assert!(!mistakes.is_empty());
            harmless(&Diagnostic::show_all(&mistakes, &files, false));
        }
    }
}

/// The same, with a person who gave every question its first answer, and all pages.
pub(crate) fn pages(input: &[u8]) {
    let Ok(input) = std::str::from_utf8(input) else {
        return;
    };
    let Ok(pack) = Pack::parse(&files(input)) else {
        return;
    };
    let comparison = Comparison::builder(&pack).build();
    let comparison = comparison.expect("a valid pack has roles to compare");
    let mut answers = Answers::none(&pack);
    for q in 0..pack.questions().len() {
        let first = answers.set(q, 1);
        first.expect("every question has a first answer");
    }
    let outcome = comparison.assess(&answers);
    for fit in outcome.fits().iter().flatten() {
        assert!(fit.z().is_finite());
    }
    let report = comparison.explain(&answers, &outcome);
    let page = report.page(&answers, "me", &ResultOptions::default());
    harmless_page(&page);
    harmless_page(&comparison.form_page(None, true));
    for role in pack.roles() {
        harmless_page(&role.page(&pack));
    }
}

fn harmless_page(page: &Document) {
    harmless(&page.to_text(LOOK));
    harmless(&page.to_html());
    harmless(&page.to_markdown());
}
