//! A pack of which one file is whatever it is: the first line names the file, the rest is its text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rolescope_core::pages::ResultOptions;
use rolescope_core::write::Document;
use rolescope_core::{Answers, Comparison, Diagnostic, Pack, SourceFile};
use rolescope_fuzz::{LOOK, harmless, small_files};

fuzz_target!(|input: &str| {
    let (path, content) = input.split_once('\n').unwrap_or(("", input));
    let mut files = small_files();
    match files.iter_mut().find(|file| file.path() == path) {
        Some(file) => *file = SourceFile::new(path, content),
        None => files.push(SourceFile::new(
            format!("profiles/{}", path.replace('/', "")),
            content,
        )),
    }
    let pack = match Pack::parse(&files) {
        Ok(pack) => pack,
        Err(mistakes) => {
            assert!(!mistakes.is_empty());
            harmless(&Diagnostic::show_all(&mistakes, &files, false));
            return;
        }
    };
    let comparison = Comparison::builder(&pack).build();
    let comparison = comparison.expect("a valid pack has roles to compare");
    let mut answers = Answers::none(&pack);
    for q in 0..pack.questions().len() {
        answers
            .set(q, 1)
            .expect("every question has a first answer");
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
});

fn harmless_page(page: &Document) {
    harmless(&page.to_text(LOOK));
    harmless(&page.to_html());
    harmless(&page.to_markdown());
}
