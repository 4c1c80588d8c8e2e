//! Descriptions of TOML values for messages.

use toml::de::DeValue;

/// Whether a word is a kebab-case id.
#[must_use]
pub(crate) fn is_id(word: &str) -> bool {
    !word.is_empty()
        && word.split('-').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// The number that a value is, if it is a finite one.
pub(crate) fn as_number(value: &DeValue<'_>) -> Option<f64> {
    let number = match value {
        DeValue::Integer(i) => {
            #[expect(clippy::cast_precision_loss, reason = "levels and years are small")]
            let number = i64::from_str_radix(i.as_str(), i.radix()).ok()? as f64;
            number
        }
        DeValue::Float(f) => f.as_str().parse().ok()?,
        _ => return None,
    };
    number.is_finite().then_some(number)
}

/// What kind of value was found, in words.
pub(crate) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Float(f) if f.as_str().ends_with("inf") || f.as_str().ends_with("nan") => {
            "no finite number"
        }
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
