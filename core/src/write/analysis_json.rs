//! An analysis as one JSON object, every figure to its last digit.

use crate::psychometrics::analysis::Analysis;
use crate::results::report::Receipt;
use crate::scoring::comparison::Comparison;
use crate::write::receipt;
use serde::Serialize;
use serde_json::value::RawValue;

/// The object, in lines; `format` rises when a field changes its meaning or goes.
#[derive(Serialize)]
struct JsonObject<'a> {
    format: u8,
    #[serde(flatten)]
    analysis: &'a Analysis,
    receipt: Option<Box<RawValue>>,
}

impl Analysis {
    /// The object as text.
    #[must_use]
    pub fn to_json(&self, comparison: &Comparison<'_>) -> String {
        let object = JsonObject {
            format: 1,
            analysis: self,
            receipt: RawValue::from_string(receipt::json(&Receipt::of(comparison))).ok(),
        };
        let mut text = serde_json::to_string_pretty(&object).unwrap_or_default();
        text.push('\n');
        text
    }
}
