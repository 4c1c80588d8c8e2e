//! A JSON value as far as answers need it: what a list or an object holds is passed over, so that
//! memory does not grow with what a line holds.

use crate::files::rows::Kept;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Found {
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

impl Found {
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

impl<'de> Deserialize<'de> for Found {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Found, E> {
        Ok(Found::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Found, E> {
        Ok(Found::Other(if value { "true" } else { "false" }))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Found, E> {
        Ok(Found::Whole(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Found, E> {
        Ok(Found::Whole(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Found, E> {
        Ok(Found::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Found, E> {
        Ok(Found::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Found, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Found::Other("[...]"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Found::Other("{...}"))
    }
}

/// Keeps a value: a text as it reads, `null` as nothing, all else as the JSON that it is, to the last
/// digit.
///
/// # Errors
/// When a text is none.
pub(crate) fn keep(kept: &mut Kept, value: &RawValue) -> serde_json::Result<()> {
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
    use super::{Found, keep};
    use crate::files::rows::Kept;

    #[test]
    fn a_value_is_known_and_what_it_holds_passed_over() {
        let found = |text| serde_json::from_str::<Found>(text).expect("JSON");
        assert_eq!(found("null"), Found::Null);
        assert_eq!(found("\"a\\u0062\""), Found::Text("ab".to_owned()));
        assert_eq!(
            found("18446744073709551615").written(),
            u64::MAX.to_string()
        );
        assert_eq!(found("-3"), Found::Whole("-3".to_owned()));
        assert_eq!(
            found("18446744073709551616"),
            Found::Number(2.0_f64.powi(64))
        );
        assert_eq!(found("4.0").written(), "4.0");
        assert_eq!(found("[1,[2,{}]]"), Found::Other("[...]"));
        assert_eq!(found("{\"a\":{\"b\":[]}}"), Found::Other("{...}"));
        assert!(serde_json::from_str::<Found>("[1,").is_err());
    }

    #[test]
    fn what_is_kept_is_kept_to_the_last_digit() {
        let kept = |text| {
            let mut kept = Kept::default();
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
