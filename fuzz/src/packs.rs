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

/// A pack of six questions, at least one of each kind, for readers of rows: what is made of a pack for each input takes as
/// long as its questions are many, and rows are what is fuzzed there.
pub(crate) fn few() -> &'static Pack {
    static PACK: OnceLock<Pack> = OnceLock::new();
    PACK.get_or_init(|| {
        let role = |name: &str, [making, spatial, variety]: [u8; 3]| {
            format!(
                "name = \"{name}\"\nfamily = \"technician\"\nsummary = \"A role for tests.\"\n\
                 description = \"No such job is meant.\"\ntypical_day = [\"Start.\", \"Work.\", \"Go home.\"]\n\
                 sources = [{{ title = \"A source\", url = \"https://example.org/a\", year = 2024 }}]\n\
                 [traits.making]\nlevel = {making}\n[traits.spatial]\nlevel = {spatial}\n[traits.variety]\nlevel = {variety}\n[conditions]\nblood = 2\n"
            )
        };
        let files = [
            SourceFile::new("profiles/mender.toml", &role("Mender", [9, 2, 3])),
            SourceFile::new("profiles/reader.toml", &role("Reader", [2, 9, 5])),
            SourceFile::new("profiles/scanner.toml", &role("Scanner", [5, 4, 9])),
            SourceFile::new("questions/a.toml", FEW_LIKES),
            SourceFile::new("questions/b.toml", FEW_SHAPES),
            SourceFile::new("questions/c.toml", FEW_CONDITIONS),
            SourceFile::new("questions/traits.toml", FEW_TRAITS),
        ];
        let pack = Pack::parse(&files);
        pack.unwrap_or_else(|mistakes| panic!("{}", Diagnostic::show_all(&mistakes, &files, false)))
    })
}

const FEW_LIKES: &str = r#"
title = "What draws you"
format = "rating"
order = 1
instructions = "Say how much you would like each activity."
labels = ["Strongly dislike", "Dislike", "Not sure", "Like", "Strongly like"]
[[question]]
id = "making-1"
text = "Mend a broken pump."
trait = "making"
core = true
[[question]]
id = "making-2"
text = "Build a shelf."
trait = "making"
core = true
[[question]]
id = "variety-1"
text = "Do something new."
trait = "variety"
core = true
"#;
const FEW_SHAPES: &str = r#"
title = "Shapes"
format = "choice"
order = 2
instructions = "Choose one answer, or say that you do not know."
[[question]]
id = "spatial-1"
text = "How many faces has a cube?"
trait = "spatial"
core = true
options = ["four", "six", "eight", "twelve"]
answer = "b"
because = "Count them."
[[question]]
id = "spatial-2"
text = "Has a square four equal sides?"
trait = "spatial"
core = true
options = ["yes", "no"]
answer = "a"
because = "Picture it."
"#;
const FEW_CONDITIONS: &str = r#"
title = "What you could live with"
format = "condition"
order = 3
instructions = "Say what you could live with at work."
labels = ["Fine", "Seldom", "Not for me"]
[[question]]
id = "blood"
text = "Seeing blood."
"#;
const FEW_TRAITS: &str = r#"
name = "A few questions"
version = "1.0"
[[trait]]
id = "making"
name = "Making things"
kind = "interest"
term = "RIASEC Realistic"
low = "You would rather leave tools to others."
high = "You like to build and mend."
mean = 50.0
sd = 22.0
[[trait]]
id = "spatial"
name = "Spatial thinking"
kind = "aptitude"
term = "Visualization"
low = "Turning shapes in your mind is hard for you."
high = "Turning shapes in your mind is easy for you."
mean = 62.5
sd = 16.5
[[trait]]
id = "variety"
name = "Variety"
kind = "preference"
term = "Importance of Repeating Same Tasks, reversed"
low = "You like days that are alike."
high = "You like every day to be new."
mean = 50.0
sd = 22.0
"#;

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
pub(crate) fn pack_files(input: &str) -> Vec<SourceFile> {
    let (path, content) = input.split_once('\n').unwrap_or(("", input));
    let text = |name: &str, text| SourceFile::new(name, if name == path { content } else { text });
    let mut files: Vec<SourceFile> = SMALL.iter().map(|(name, all)| text(name, all)).collect();
    if !SMALL.iter().any(|(name, _)| *name == path) {
        let name = format!("profiles/{}", path.replace('/', ""));
        files.push(SourceFile::new(name, content));
    }
    files
}

/// A pack of which one file is whatever it is: it is valid, or there are mistakes in it.
pub fn pack(input: &[u8]) {
    let Ok(input) = std::str::from_utf8(input) else {
        return;
    };
    match Pack::parse(&pack_files(input)) {
        Ok(pack) => assert!(pack.questions().len() < 2_100 && !pack.roles().is_empty()),
        Err(mistakes) => assert!(!mistakes.is_empty()),
    }
}

/// The same, with a person who gave every question its first answer, and all pages.
pub fn pages(input: &[u8]) {
    let Ok(input) = std::str::from_utf8(input) else {
        return;
    };
    let Ok(pack) = Pack::parse(&pack_files(input)) else {
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
