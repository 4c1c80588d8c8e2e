//! A pack of which one file is whatever it is: the first line names the file, the rest is its text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rolescope_core::pack::parse::check;
use rolescope_core::pack::parse::diagnostics::{SourceFile, show};
use rolescope_core::pages::form::Form;
use rolescope_core::pages::result::{ResultOptions, doc};
use rolescope_core::pages::roles;
use rolescope_core::results::report::explain;
use rolescope_core::scoring::answers::Answers;
use rolescope_core::scoring::assessment::assess;
use rolescope_core::scoring::comparison::Comparison;
use rolescope_core::write::{form_html, form_markdown, form_text, html, markdown, text};
use rolescope_fuzz::{LOOK, harmless, small_files};

fuzz_target!(|input: &str| {
    let (path, text) = input.split_once('\n').unwrap_or(("", input));
    let mut files = small_files();
    match files.iter_mut().find(|file| file.path == path) {
        Some(file) => file.text = text.to_owned(),
        None => files.push(SourceFile {
            path: format!("profiles/{}", path.replace('/', "")),
            text: text.to_owned(),
        }),
    }
    let pack = match check::check(&files) {
        Ok(pack) => pack,
        Err(mistakes) => {
            assert!(!mistakes.is_empty());
            harmless(&show(&mistakes, &files, false));
            return;
        }
    };
    let comparison = Comparison::new(&pack, None, 1.0);
    let mut answers = Answers::none(&pack);
    for q in 0..pack.questions.len() {
        answers.set(q, 1);
    }
    let outcome = assess(&comparison, &answers);
    for fit in outcome.fits.iter().flatten() {
        assert!(fit.z.is_finite());
    }
    let report = explain(&comparison, &answers, &outcome);
    let page = doc(&report, &answers, "me", &ResultOptions::default());
    harmless(&text::page(&page, LOOK));
    harmless(&html::page(&page));
    harmless(&markdown::page(&page));
    let form = Form::new(&comparison, true);
    harmless(&form_text::page(&form, LOOK));
    harmless(&form_html::page(&form));
    harmless(&form_markdown::page(&form));
    for role in &pack.roles {
        harmless(&roles::role(&pack, role, LOOK));
    }
});
