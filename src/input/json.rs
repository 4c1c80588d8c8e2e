//! A JSON value as far as answers need it: what a list or an object holds is passed over, so that
//! memory does not grow with what a line holds.

use crate::input::row::KeptField;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum JsonValue {
    /// `null`.
    Null,
    /// A text.
    Text(String),
    /// A whole number, every digit of it.
    Whole(String),
    /// Another number, as near as 64 bits come.
    Number(f64),
    /// Something that is no answer.
    Other(&'static str),
}

impl JsonValue {
    /// The value as a number, if it is one.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Whole(digits) => digits.parse().ok(),
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The value as a message shows it.
    pub(crate) fn written(self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Text(text) | Self::Whole(text) => text,
            Self::Number(number) => serde_json::Value::from(number).to_string(),
            Self::Other(what) => what.to_owned(),
        }
    }
}

impl<'de> Deserialize<'de> for JsonValue {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = JsonValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<JsonValue, E> {
        Ok(JsonValue::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<JsonValue, E> {
        Ok(JsonValue::Other(if value { "true" } else { "false" }))
    }

    fn visit_u64<E>(self, value: u64) -> Result<JsonValue, E> {
        Ok(JsonValue::Whole(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<JsonValue, E> {
        Ok(JsonValue::Whole(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<JsonValue, E> {
        Ok(JsonValue::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<JsonValue, E> {
        Ok(JsonValue::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<JsonValue, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(JsonValue::Other("[...]"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsonValue, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(JsonValue::Other("{...}"))
    }
}

/// Keeps a value: a text as it reads, `null` as nothing, all else as the JSON that it is, to the last
/// digit.
///
/// # Errors
/// When a text is none.
pub(crate) fn keep(kept: &mut KeptField, value: &RawValue) -> serde_json::Result<()> {
    kept.text.clear();
    kept.json = false;
    match value.get() {
        "null" => {}
        text if text.starts_with('"') => kept.text = serde_json::from_str(text)?,
        other => {
            kept.json = true;
            // within JSON it is a space, but some readers end a line at it
            kept.text
                .extend(other.chars().map(|c| if c == '\r' { ' ' } else { c }));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{JsonValue, keep};
    use crate::input::row::KeptField;

    #[test]
    fn a_value_is_known_and_what_it_holds_passed_over() {
        let found = |text| serde_json::from_str::<JsonValue>(text).expect("JSON");
        assert_eq!(found("null"), JsonValue::Null);
        assert_eq!(found("\"a\\u0062\""), JsonValue::Text("ab".to_owned()));
        assert_eq!(
            found("18446744073709551615").written(),
            u64::MAX.to_string()
        );
        assert_eq!(found("-3"), JsonValue::Whole("-3".to_owned()));
        assert_eq!(
            found("18446744073709551616"),
            JsonValue::Number(2.0_f64.powi(64))
        );
        assert_eq!(found("4.0").written(), "4.0");
        assert_eq!(found("[1,[2,{}]]"), JsonValue::Other("[...]"));
        assert_eq!(found("{\"a\":{\"b\":[]}}"), JsonValue::Other("{...}"));
        assert!(serde_json::from_str::<JsonValue>("[1,").is_err());
    }

    #[test]
    fn what_is_kept_is_kept_to_the_last_digit() {
        let kept = |text| {
            let mut kept = KeptField::default();
            let value = serde_json::from_str(text).expect("JSON");
            keep(&mut kept, value).expect("kept");
            (kept.text, kept.json)
        };
        let exact = [
            "12345678901234567890123",
            "1e400",
            "0.10",
            "{\"b\":1,\"a\":[2]}",
            "true",
        ];
        for text in exact {
            assert_eq!(kept(text), (text.to_owned(), true));
        }
        assert_eq!(kept("\"x\\ny\""), ("x\ny".to_owned(), false));
        assert_eq!(kept("null"), (String::new(), false));
        assert_eq!(kept("[1,\r2]"), ("[1, 2]".to_owned(), true));
    }
}
