//! A pack of which one file is whatever it is: the first line names the file, the rest is its text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rolescope::content::check;
use rolescope::engine::answers::Answers;
use rolescope::engine::assess::assess;
use rolescope::engine::design::Design;
use rolescope::engine::report::explain;
use rolescope::input::mistakes::{File, show};
use rolescope::render::form::Form;
use rolescope::render::page::{html, markdown, text};
use rolescope::render::result::{Shown, doc};
use rolescope::render::{catalogue, form_html, form_markdown, form_text};
use rolescope_fuzz::{LOOK, harmless, small_files};

fuzz_target!(|input: &str| {
    let (path, text) = input.split_once('\n').unwrap_or(("", input));
    let mut files = small_files();
    match files.iter_mut().find(|file| file.path == path) {
        Some(file) => file.text = text.to_owned(),
        None => files.push(File {
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
    let design = Design::new(&pack, None, 1.0);
    let mut answers = Answers::none(&pack);
    for q in 0..pack.questions.len() {
        answers.set(q, 1);
    }
    let outcome = assess(&design, &answers);
    for fit in outcome.fits.iter().flatten() {
        assert!(fit.z.is_finite());
    }
    let report = explain(&design, &answers, &outcome);
    let page = doc(&report, &answers, "me", &Shown::default());
    harmless(&text::page(&page, LOOK));
    harmless(&html::page(&page));
    harmless(&markdown::page(&page));
    let form = Form::new(&design, true);
    harmless(&form_text::page(&form, LOOK));
    harmless(&form_html::page(&form));
    harmless(&form_markdown::page(&form));
    for role in &pack.roles {
        harmless(&catalogue::role(&pack, role, LOOK));
    }
});
