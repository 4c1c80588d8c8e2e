//! Where two records of one person first differ.

use rolescope_core::results::RecordDifference;
use serde_json::Value;

/// The first place at which what `score` writes differs; the receipt, and whatever else a record
/// holds, is not looked at. Numbers are the same if their values are, however they are written.
#[must_use]
pub fn difference(found: &str, right: &[u8]) -> Option<RecordDifference> {
    let found = serde_json::from_str(found).unwrap_or(Value::Null);
    let right = serde_json::from_slice(right).unwrap_or(Value::Null);
    let fields = ["state", "flags", "band", "band_wide", "roles", "traits"];
    // a result from before there was a wide band has none, and may hold all the same
    let older = |field: &&str| *field == "band_wide" && found[*field].is_null();
    let mut fields = fields.into_iter().filter(|field| !older(field));
    fields.find_map(|field| differ(&found[field], &right[field], field))
}

fn differ(found: &Value, right: &Value, place: &str) -> Option<RecordDifference> {
    match (found, right) {
        (Value::Object(a), Value::Object(b)) => {
            let more = a.keys().filter(|key| !b.contains_key(*key));
            // whether a way leads into a role is a fact of the pack and no part of the result
            let scored = |key: &&String| !(place.starts_with("roles.") && *key == "reach");
            b.keys()
                .chain(more)
                .filter(scored)
                .find_map(|key| differ(&found[key], &right[key], &format!("{place}.{key}")))
        }
        (Value::Array(a), Value::Array(b)) if place == "roles" => {
            let pairs = (0..a.len().max(b.len())).map(|n| (&found[n], &right[n]));
            pairs.enumerate().find_map(|(n, (a, b))| {
                let place = match (a["role"].as_str(), b["role"].as_str()) {
                    (Some(a), Some(b)) if a == b => format!("roles.{a}"),
                    _ => return Some(told(&a["role"], &b["role"], &format!("roles[{n}]"))),
                };
                differ(a, b, &place)
            })
        }
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => None,
        _ if found == right => None,
        _ => Some(told(found, right, place)),
    }
}

fn told(found: &Value, right: &Value, place: &str) -> RecordDifference {
    // the decimals that a record has
    let decimals = match place.rsplit('.').next() {
        Some("match" | "raw" | "sem") => 2,
        Some("rank") => 0,
        _ => 4,
    };
    let shown = |value: &Value| match value {
        Value::Null => "nothing".to_owned(),
        Value::Number(number) => number.as_f64().map_or_else(
            || number.to_string(),
            |value| {
                let text = format!("{value:.decimals$}");
                // one with more digits than a record has is shown as it is
                let same = text.parse() == Ok(value);
                if same { text } else { number.to_string() }
            },
        ),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    RecordDifference::new(place, &shown(found), &shown(right))
}

#[cfg(test)]
mod tests {
    use super::difference;

    const RIGHT: &str = r#"{"state":"clear","flags":[],"band":["a"],"band_wide":["a","b"],"roles":[
        {"role":"a","rank":1,"z":1.4871,"match":93.10,"conflicts":[]},
        {"role":"b","rank":null,"z":null,"match":null,"conflicts":["shifts"]}],
        "traits":{"helping":{"raw":75.00,"z":0.8535}},"receipt":{"program":"1"}}"#;

    fn told(from: &str, to: &str) -> Option<(String, String, String)> {
        let found = RIGHT.replacen(from, to, 1);
        assert_ne!(found, RIGHT, "{from} is there");
        let told = difference(&found, RIGHT.as_bytes())?;
        Some(
            [told.place(), told.found(), told.right()]
                .map(str::to_owned)
                .into(),
        )
    }

    #[test]
    fn what_differs_is_told_with_its_place() {
        for (from, to, place, found, right) in [
            ("clear", "unclear", "state", "unclear", "clear"),
            ("93.10", "93.2", "roles.a.match", "93.20", "93.10"),
            ("93.10", "93.123", "roles.a.match", "93.123", "93.10"),
            ("\"rank\":1", "\"rank\":2", "roles.a.rank", "2", "1"),
            ("\"rank\":1,", "", "roles.a.rank", "nothing", "1"),
            ("1.4871", "null", "roles.a.z", "nothing", "1.4871"),
            ("\"role\":\"b\"", "\"role\":\"c\"", "roles[1]", "c", "b"),
            ("0.8535", "1e400", "", "", ""),
            ("\"shifts\"", "", "roles.b.conflicts", "[]", "[\"shifts\"]"),
            (
                "0.8535}",
                "0.8535,\"x\":1}",
                "traits.helping.x",
                "1.0000",
                "nothing",
            ),
            ("\"band\":[\"a\"],", "", "band", "nothing", "[\"a\"]"),
            (
                "\"band_wide\":[\"a\",\"b\"]",
                "\"band_wide\":[\"a\"]",
                "band_wide",
                "[\"a\"]",
                "[\"a\",\"b\"]",
            ),
        ] {
            let expected = (place.to_owned(), found.to_owned(), right.to_owned());
            if place.is_empty() {
                // no JSON number that 64 bits hold: the whole record is none
                assert!(told(from, to).is_some());
            } else {
                assert_eq!(told(from, to), Some(expected), "{from} to {to}");
            }
        }
    }

    #[test]
    fn the_same_in_other_writing_is_the_same() {
        assert_eq!(told("93.10", "93.1"), None);
        assert_eq!(told("75.00", "75"), None);
        assert_eq!(told("\"program\":\"1\"", "\"program\":\"2\""), None);
        assert_eq!(told("\"band_wide\":[\"a\",\"b\"],", ""), None);
        assert_eq!(told("{\"state\"", "{ \"more\": 1, \"state\""), None);
        let reach = "\"reach\":\"open\",\"rank\":1";
        assert_eq!(told("\"rank\":1", reach), None);
    }
}
