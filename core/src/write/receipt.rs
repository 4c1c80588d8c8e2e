//! What a record says that its numbers depend on (scoring, section 8).

use crate::results::report::Receipt;

/// The receipt as a JSON object.
#[must_use]
pub(crate) fn json(receipt: &Receipt<'_>) -> String {
    let norms = receipt.norms.map_or_else(
        || "null".to_owned(),
        |norms| {
            format!(
                "{{\"name\":{},\"people\":{},\"fingerprint\":{}}}",
                json_text(norms.name()),
                norms.people(),
                json_text(norms.fingerprint())
            )
        },
    );
    format!(
        "{{\"program\":{},\"scoring\":{},\"pack\":{},\"version\":{},\"fingerprint\":{},\"norms\":{norms},\
         \"family\":{},\"aptitude_weight\":{:?}}}",
        json_text(receipt.program),
        receipt.scoring,
        json_text(receipt.pack),
        json_text(receipt.version),
        json_text(receipt.fingerprint),
        receipt.family.map_or_else(|| "null".to_owned(), json_text),
        receipt.aptitude_weight
    )
}

/// A text as JSON writes it.
#[must_use]
pub(crate) fn json_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
