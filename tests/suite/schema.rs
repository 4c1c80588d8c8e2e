//! `docs/ndjson.schema.json` against what the program writes. The keywords that it uses are few, so
//! they are checked here; a keyword that is not known fails, and so does a field that the schema
//! does not name, though readers must let one pass.

use crate::batch::{folder, put, sheets};
use crate::help::{root, run, stdout};
use serde_json::{Map, Value, json};

/// Keywords that say nothing about a value.
const WORDS: [&str; 4] = ["$schema", "$defs", "title", "description"];

struct Schema(Value);

impl Schema {
    fn read() -> Self {
        let path = root().join("docs/ndjson.schema.json");
        let text = std::fs::read_to_string(path).expect("the schema is there");
        Self(serde_json::from_str(&text).expect("the schema is JSON"))
    }

    /// What is wrong with a value, if anything.
    fn check(&self, value: &Value) -> Result<(), String> {
        self.holds(&self.0, value, "record")?;
        self.named(&self.0, value, "record")
    }

    fn resolve<'s>(&'s self, schema: &'s Value) -> &'s Value {
        match schema["$ref"].as_str() {
            Some(place) => {
                let pointer = place.strip_prefix('#').expect("within the file");
                self.0.pointer(pointer).expect("the definition is there")
            }
            None => schema,
        }
    }

    fn holds(&self, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
        let Value::Object(keywords) = schema else {
            return match schema {
                Value::Bool(true) => Ok(()),
                _ => Err(format!("{at}: nothing may stand here")),
            };
        };
        for (keyword, wanted) in keywords {
            self.keyword(keywords, (keyword, wanted), value, at)?;
        }
        Ok(())
    }

    fn keyword(
        &self,
        all: &Map<String, Value>,
        (keyword, wanted): (&str, &Value),
        value: &Value,
        at: &str,
    ) -> Result<(), String> {
        if let Some(found) = self.applied(all, (keyword, wanted), value, at) {
            return found;
        }
        let list = || wanted.as_array().expect("a list");
        let bound = || wanted.as_f64().expect("a number");
        let count = || usize::try_from(wanted.as_u64().expect("a count")).expect("a small one");
        let items = value.as_array();
        let right = match keyword {
            "type" => match wanted {
                Value::String(name) => is(value, name),
                _ => list()
                    .iter()
                    .any(|name| is(value, name.as_str().expect("a name"))),
            },
            "const" => value == wanted,
            "enum" => list().contains(value),
            "required" => {
                !value.is_object()
                    || list()
                        .iter()
                        .all(|name| value.get(name.as_str().expect("a name")).is_some())
            }
            "minimum" => value.as_f64().is_none_or(|n| n >= bound()),
            "maximum" => value.as_f64().is_none_or(|n| n <= bound()),
            "minLength" => value
                .as_str()
                .is_none_or(|text| text.chars().count() >= count()),
            "minItems" => items.is_none_or(|items| items.len() >= count()),
            "maxItems" => items.is_none_or(|items| items.len() <= count()),
            "uniqueItems" => {
                items.is_none_or(|items| (1..items.len()).all(|n| !items[..n].contains(&items[n])))
            }
            "pattern" => value
                .as_str()
                .is_none_or(|text| fits(wanted.as_str().expect("a pattern"), text)),
            _ => {
                assert!(
                    WORDS.contains(&keyword),
                    "{at}: {keyword} is not known to this test"
                );
                true
            }
        };
        if right {
            Ok(())
        } else {
            Err(format!("{at}: {value} against {keyword} {wanted}"))
        }
    }

    /// Holds a keyword that applies other schemas, to the value or to what it has within; none where the
    /// keyword is no such.
    fn applied(
        &self,
        all: &Map<String, Value>,
        (keyword, wanted): (&str, &Value),
        value: &Value,
        at: &str,
    ) -> Option<Result<(), String>> {
        let list = || wanted.as_array().expect("a list");
        let fields = || value.as_object().into_iter().flatten();
        let within = |name: &str| format!("{at}.{name}");
        Some(match keyword {
            "$ref" => self.holds(self.resolve(&json!({ "$ref": wanted })), value, at),
            "properties" => {
                let mut schemas = wanted.as_object().expect("an object").iter();
                schemas.try_for_each(|(name, schema)| match value.get(name) {
                    Some(value) => self.holds(schema, value, &within(name)),
                    None => Ok(()),
                })
            }
            "additionalProperties" => {
                let named =
                    |name: &str| all.get("properties").is_some_and(|p| p.get(name).is_some());
                let mut others = fields().filter(|(name, _)| !named(name));
                others.try_for_each(|(name, value)| self.holds(wanted, value, &within(name)))
            }
            "propertyNames" => fields().try_for_each(|(name, _)| {
                self.holds(wanted, &Value::from(name.as_str()), &within(name))
            }),
            "items" => {
                let mut items = value.as_array().into_iter().flatten().enumerate();
                items.try_for_each(|(n, value)| self.holds(wanted, value, &format!("{at}[{n}]")))
            }
            "anyOf" => {
                let mut branches = list().iter();
                let any = branches.any(|schema| self.holds(schema, value, at).is_ok());
                any.then_some(())
                    .ok_or_else(|| format!("{at}: {value} against {keyword} {wanted}"))
            }
            "allOf" => {
                let mut branches = list().iter();
                branches.try_for_each(|schema| self.holds(schema, value, at))
            }
            "if" => {
                let right = self.holds(wanted, value, at).is_ok();
                let branch = all.get(if right { "then" } else { "else" });
                branch.map_or(Ok(()), |schema| self.holds(schema, value, at))
            }
            "then" | "else" => Ok(()),
            _ => return None,
        })
    }

    /// Holds that every field of a value is named by the schema.
    fn named(&self, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
        let schema = self.resolve(schema);
        for (n, value) in value.as_array().into_iter().flatten().enumerate() {
            self.named(&schema["items"], value, &format!("{at}[{n}]"))?;
        }
        for (name, value) in value.as_object().into_iter().flatten() {
            let place = format!("{at}.{name}");
            match (&schema["properties"][name], &schema["additionalProperties"]) {
                (Value::Null, Value::Null) => return Err(format!("{place} is not in the schema")),
                (Value::Null, Value::Bool(true)) => {}
                (Value::Null, other) => self.named(other, value, &place)?,
                (own, _) => self.named(own, value, &place)?,
            }
        }
        Ok(())
    }
}

fn is(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        "null" => value.is_null(),
        _ => panic!("the type {name} is not known to this test"),
    }
}

/// The patterns of the schema, by hand.
fn fits(pattern: &str, text: &str) -> bool {
    let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    match pattern {
        "^[a-z0-9]+(-[a-z0-9]+)*$" => text
            .split('-')
            .all(|part| !part.is_empty() && part.chars().all(word)),
        "^sha256:[0-9a-f]{64}$" => text.strip_prefix("sha256:").is_some_and(|hex| {
            hex.len() == 64 && hex.chars().all(|c| word(c) && c.is_ascii_hexdigit())
        }),
        _ => panic!("the pattern {pattern} is not known to this test"),
    }
}

/// Records of all kinds: both packs, few answers and many, with and without what is asked for.
fn records() -> Vec<String> {
    let folder = folder();
    let mut rows = sheets(200, "csv");
    let header = rows.lines().next().expect("a header").to_owned();
    rows.extend(["none", &",".repeat(header.matches(',').count()), "\n"]);
    put(folder.path(), "a.csv", rows);
    put(
        folder.path(),
        "b.ndjson",
        "{\"id\":\"x\",\"pace\":0.5,\"who\":{\"a\":[1]},\"answers\":{\"helping-1\":4}}\n{\"answers\":{}}\n",
    );
    let path = |name: &str| root().join(name).display().to_string();
    let (small, reference, norms) = (
        path("tests/packs/small"),
        path("tests/reference/answers.ndjson"),
        path("tests/reference/norms.toml"),
    );
    let runs: [&[&str]; 7] = [
        &["a.csv"],
        &[
            "a.csv",
            "--explain",
            "--top",
            "all",
            "--keep",
            "helping-1,id",
        ],
        &[
            "a.csv",
            "--family",
            "imaging",
            "--aptitude-weight",
            "0.5",
            "--top",
            "1",
        ],
        &[
            "b.ndjson",
            "--keep",
            "who,none",
            "--top",
            "all",
            "--with-answers",
        ],
        &[&reference, "--pack", &small, "--explain", "--top", "all"],
        &[&reference, "--pack", &small],
        &[&reference, "--pack", &small, "--norms", &norms],
    ];
    let mut all = Vec::new();
    for arguments in runs {
        let output = run(
            folder.path(),
            &[&["score", "-f", "ndjson"], arguments].concat(),
            b"",
        );
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        all.extend(stdout(&output).lines().map(str::to_owned));
    }
    all
}

#[test]
fn every_record_is_as_the_schema_says() {
    let schema = Schema::read();
    let (mut without, mut explained, mut kept, mut measured, mut answered) = (0, 0, 0, 0, 0);
    let mut states = Vec::new();
    let records = records();
    for line in &records {
        let record: Value = serde_json::from_str(line).expect("JSON");
        if let Err(wrong) = schema.check(&record) {
            panic!("{wrong}\n{line}");
        }
        states.push(record["state"].as_str().expect("a state").to_owned());
        let roles = record["roles"].as_array().expect("a list");
        without += roles.iter().filter(|role| role["rank"].is_null()).count();
        explained += roles
            .iter()
            .filter(|role| role["contributions"].is_object())
            .count();
        kept += usize::from(record.get("kept").is_some());
        answered += usize::from(record["answers"].is_object());
        measured += usize::from(record["receipt"]["norms"].is_object());
    }
    for state in ["clear", "unclear", "insufficient"] {
        assert!(
            states.iter().any(|s| s == state),
            "no {state} in the records"
        );
    }
    assert!(
        without > 0 && explained > 0 && kept > 0 && measured > 0 && answered > 0,
        "{without}, {explained}, {kept}, {measured}, {answered}"
    );
}

#[test]
fn numbers_have_the_decimals_that_the_schema_states() {
    for line in records() {
        for (name, decimals) in [
            ("z", 4),
            ("se", 4),
            ("reliability", 4),
            ("match", 2),
            ("raw", 2),
            ("sem", 2),
        ] {
            for rest in line.split(&format!("\"{name}\":")).skip(1) {
                let number = rest.split([',', '}']).next().expect("a value");
                let written = number
                    .rsplit_once('.')
                    .is_some_and(|(_, d)| d.len() == decimals);
                assert!(number == "null" || written, "{name}: {number} in {line}");
                assert!(!number.starts_with("-0.0000") && !number.starts_with("-0.00,"));
            }
        }
    }
}

#[test]
fn the_schema_refuses_what_is_wrong() {
    let schema = Schema::read();
    let records = records();
    let clear = records
        .iter()
        .find(|line| line.contains("\"state\":\"clear\""))
        .expect("one");
    let record: Value = serde_json::from_str(clear).expect("JSON");
    let changes: [(&str, Value); 14] = [
        ("/format", json!(2)),
        ("/id", json!(7)),
        ("/id", json!("")),
        ("/state", json!("sure")),
        ("/state", json!("insufficient")),
        ("/flags", json!(["late"])),
        ("/band", json!(["mri-technologist", "mri-technologist"])),
        ("/band_wide", json!([])),
        ("/roles/0/rank", json!(0)),
        ("/roles/0/match", json!(100.5)),
        ("/roles/0/z", json!(null)),
        ("/roles/0/role", json!("MRI technologist")),
        ("/traits/helping/raw", json!("75.00")),
        ("/receipt/fingerprint", json!("sha256:0")),
    ];
    for (place, value) in changes {
        let mut other = record.clone();
        *other.pointer_mut(place).expect("it is there") = value;
        assert!(schema.check(&other).is_err(), "{place}");
    }
    for field in [
        "format",
        "id",
        "state",
        "flags",
        "band",
        "band_wide",
        "roles",
        "traits",
        "receipt",
    ] {
        let mut without = record.clone();
        without.as_object_mut().expect("an object").remove(field);
        assert!(schema.check(&without).is_err(), "without {field}");
    }
    let mut more = record;
    more["roles"][0]["colour"] = json!("red");
    assert_eq!(
        schema.check(&more),
        Err("record.roles[0].colour is not in the schema".to_owned())
    );
}
