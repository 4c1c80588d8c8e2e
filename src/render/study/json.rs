//! An analysis as one JSON object, every figure to its last digit.

use crate::engine::design::Design;
use crate::engine::report::Receipt;
use crate::engine::study::analysis::Analysis;
use crate::render::receipt;
use serde::Serialize;
use serde_json::value::RawValue;

/// The object, in lines; `format` rises when a field changes its meaning or goes.
#[derive(Serialize)]
struct Object<'a> {
    format: u8,
    #[serde(flatten)]
    analysis: &'a Analysis,
    receipt: Option<Box<RawValue>>,
}

/// The object as text.
#[must_use]
pub fn object(design: &Design<'_>, analysis: &Analysis) -> String {
    let object = Object {
        format: 1,
        analysis,
        receipt: RawValue::from_string(receipt::json(&Receipt::of(design))).ok(),
    };
    let mut text = serde_json::to_string_pretty(&object).unwrap_or_default();
    text.push('\n');
    text
}
