//! An analysis as one JSON object, every figure to its last digit.

use crate::engine::fit::Design;
use crate::engine::study::analysis::Analysis;
use serde::Serialize;

/// The object, in lines; `format` rises when a field changes its meaning or goes.
#[derive(Serialize)]
struct Object<'a> {
    format: u8,
    program: &'static str,
    pack: &'a str,
    version: &'a str,
    fingerprint: &'a str,
    family: Option<&'a str>,
    #[serde(flatten)]
    analysis: &'a Analysis,
}

/// The object as text.
#[must_use]
pub fn object(design: &Design<'_>, analysis: &Analysis) -> String {
    let object = Object {
        format: 1,
        program: env!("CARGO_PKG_VERSION"),
        pack: &design.pack.name,
        version: &design.pack.version,
        fingerprint: &design.pack.fingerprint,
        family: design.family.as_deref(),
        analysis,
    };
    let mut text = serde_json::to_string_pretty(&object).unwrap_or_default();
    text.push('\n');
    text
}
