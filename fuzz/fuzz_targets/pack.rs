//! A pack of which one file is whatever it is: the first line names the file, the rest is its text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rolescope_core::{
    Answers, Comparison, Document, FormOptions, PageFormat, ResultOptions, SourceFile, assess,
    explain, form_page, page_text, parse_pack, result_page, role_page, show_diagnostics,
};
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
    let pack = match parse_pack(&files) {
        Ok(pack) => pack,
        Err(mistakes) => {
            assert!(!mistakes.is_empty());
            harmless(&show_diagnostics(&mistakes, &files, false));
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
    let outcome = assess(&comparison, &answers);
    for fit in outcome.fits().iter().flatten() {
        assert!(fit.z().is_finite());
    }
    let report = explain(&comparison, &answers, &outcome);
    let page = result_page(&report, &answers, "me", &ResultOptions::default());
    in_every_format(&page);
    let key = FormOptions {
        key: true,
        title: None,
    };
    in_every_format(&form_page(&comparison, key));
    for role in pack.roles() {
        in_every_format(&role_page(&pack, role));
    }
});

fn in_every_format(page: &Document) {
    for format in [PageFormat::Text, PageFormat::Html, PageFormat::Markdown] {
        harmless(&page_text(page, format, LOOK));
    }
}
