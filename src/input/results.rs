//! Saved results, read a record at a time: what `score` and `report` write as NDJSON or JSON.

use crate::error::{Error, Result};
use crate::input::json::JsonValue;
use crate::input::open::unpacked;
use crate::input::opened::cannot_read;
use crate::input::record_splitter::{Chunk, LONGEST, RecordSplitter, Splitting};
use memchr::memmem;
use rolescope_core::results::{StatedNorms, StatedReceipt};
use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::fs::File;
use std::io::Read;

/// Bytes that are read at a time: some two hundred results with their answers.
const SIZE: usize = 1 << 20;

/// What stands in a line: a record, or why there is none.
pub type ResultLine<'t> = (u64, std::result::Result<&'t str, String>);

/// A saved result, as far as checking it needs.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedResult {
    /// Who.
    pub id: String,
    /// The answers as written, by question; none if it does not hold them.
    pub given: Option<Vec<(String, String)>>,
    /// Median seconds a rating.
    pub pace: Option<f64>,
    /// Fingerprint of the answers that it was made from.
    pub fingerprint: Option<String>,
    /// How many roles it lists.
    pub roles: usize,
    /// Whether it says what each trait adds.
    pub explained: bool,
    /// What it depends on besides the answers.
    pub stated: StatedReceipt,
}

impl SavedResult {
    /// Reads a record.
    ///
    /// # Errors
    /// What is wrong with it, and where in the line.
    pub fn parse(text: &str) -> std::result::Result<Self, String> {
        let record: RecordFields = serde_json::from_str(text).map_err(|e| {
            let message = e.to_string();
            let what = message.split(" at line ").next().unwrap_or(&message);
            let what: String = what.chars().take(160).collect();
            format!("column {}: {what}", e.column())
        })?;
        if record.format != 1 {
            return Err(format!(
                "format {}: read it with the rolescope that wrote it",
                record.format
            ));
        }
        if !(0.0..=100.0).contains(&record.receipt.aptitude_weight) {
            return Err("receipt.aptitude_weight: a number from 0 to 100".to_owned());
        }
        Ok(Self {
            id: record.id,
            given: record.answers.map(|given| given.0),
            pace: record.pace,
            fingerprint: record.answers_fingerprint,
            roles: record.roles.0,
            explained: record.roles.1,
            stated: StatedReceipt {
                program: record.receipt.program,
                scoring: record.receipt.scoring,
                fingerprint: record.receipt.fingerprint,
                norms: record.receipt.norms.map(|norms| StatedNorms {
                    name: norms.name,
                    people: norms.people,
                    fingerprint: norms.fingerprint,
                }),
                family: record.receipt.family,
                aptitude_weight: record.receipt.aptitude_weight,
            },
        })
    }
}

/// A record with its answers, in parts.
pub(crate) struct RecordParts<'t> {
    /// Who.
    pub(crate) id: &'t str,
    /// What stands before the answers.
    pub(crate) result: &'t [u8],
    /// The answers, and all behind them.
    pub(crate) answers: &'t [u8],
}

impl<'t> RecordParts<'t> {
    /// The parts of a record, whose answers begin with these bytes; none of one that does not begin as this program
    /// writes it, or has no answers.
    pub(crate) fn of(text: &'t str, start: &[u8]) -> Option<Self> {
        let (id, _) = text
            .strip_prefix("{\"format\":1,\"id\":\"")?
            .split_once('"')?;
        let at = memmem::find(text.as_bytes(), start)?;
        let (result, answers) = text.as_bytes().split_at(at);
        (!id.contains('\\')).then_some(Self {
            id,
            result,
            answers,
        })
    }
}

/// Fields that are named here are there, and only once.
#[derive(serde::Deserialize)]
#[serde(expecting = "an object, the result of a person")]
struct RecordFields {
    format: u64,
    id: String,
    #[serde(rename = "state")]
    _state: IgnoredAny,
    #[serde(rename = "flags")]
    _flags: IgnoredAny,
    #[serde(rename = "band")]
    _band: IgnoredAny,
    #[serde(rename = "band_wide")]
    _band_wide: Option<IgnoredAny>,
    roles: RolesSummary,
    #[serde(rename = "traits")]
    _traits: IgnoredAny,
    receipt: FieldMistake,
    answers: Option<WrittenAnswers>,
    pace: Option<f64>,
    answers_fingerprint: Option<String>,
}

#[derive(serde::Deserialize)]
#[serde(expecting = "an object, the receipt of a result")]
struct FieldMistake {
    program: String,
    // the first version of the formulae did not say so
    #[serde(default = "first_scoring")]
    scoring: u32,
    fingerprint: String,
    norms: Option<NamedRole>,
    family: Option<String>,
    aptitude_weight: f64,
}

/// The version of the formulae that a receipt without one was made by.
const fn first_scoring() -> u32 {
    1
}

#[derive(serde::Deserialize)]
#[serde(expecting = "an object that names norms")]
struct NamedRole {
    name: String,
    people: u64,
    fingerprint: String,
}

/// How many roles there are, and whether one says what each trait adds.
struct RolesSummary(usize, bool);

impl<'de> Deserialize<'de> for RolesSummary {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> std::result::Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(expecting = "an object, the match of a role")]
        struct Role {
            contributions: Option<IgnoredAny>,
        }
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = RolesSummary;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of roles")
            }
            fn visit_seq<A: SeqAccess<'de>>(
                self,
                mut list: A,
            ) -> std::result::Result<RolesSummary, A::Error> {
                let mut roles = RolesSummary(0, false);
                while let Some(role) = list.next_element::<Role>()? {
                    roles = RolesSummary(roles.0 + 1, roles.1 || role.contributions.is_some());
                }
                Ok(roles)
            }
        }
        reader.deserialize_seq(All)
    }
}

/// Answers as written; `null` and blank are none.
struct WrittenAnswers(Vec<(String, String)>);

impl<'de> Deserialize<'de> for WrittenAnswers {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> std::result::Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = WrittenAnswers;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of answers")
            }
            fn visit_map<A: MapAccess<'de>>(
                self,
                mut map: A,
            ) -> std::result::Result<WrittenAnswers, A::Error> {
                let mut given = Vec::new();
                while let Some((id, value)) = map.next_entry::<String, JsonValue>()? {
                    match value {
                        JsonValue::Null => {}
                        JsonValue::Text(text) if text.trim().is_empty() => {}
                        other => given.push((id, other.written())),
                    }
                }
                given.sort();
                if let Some(pair) = given.windows(2).find(|pair| pair[0].0 == pair[1].0) {
                    let id: String = pair[0].0.chars().take(60).collect();
                    return Err(A::Error::custom(format!("{id} is answered twice")));
                }
                Ok(WrittenAnswers(given))
            }
        }
        reader.deserialize_map(All)
    }
}

/// Reads the records of an input, `-` for standard input, each with its line, many at a time: NDJSON, or the lines
/// of an array. A line that cannot be read comes as what is wrong with it.
///
/// # Errors
/// When the input cannot be read, or `take` fails.
pub fn read(input: &str, take: &mut impl FnMut(&[ResultLine<'_>]) -> Result<()>) -> Result<()> {
    if input == "-" {
        return read_from("standard input", std::io::stdin(), take);
    }
    let cannot = |source| Error::io(format!("cannot open {input}"), source);
    read_from(input, File::open(input).map_err(cannot)?, take)
}

/// The same of an input that is read from `reader`; `name` is what messages call it.
///
/// # Errors
/// As [`read`].
pub fn read_from(
    name: &str,
    reader: impl Read + Send + 'static,
    take: &mut impl FnMut(&[ResultLine<'_>]) -> Result<()>,
) -> Result<()> {
    let give = "give a result that `score` or `report` wrote with -f ndjson";
    let (reader, start) = unpacked(name, reader, "UTF-8", give, None)?;
    let mut chunks = RecordSplitter::new(reader, start, b'\n', SIZE);
    let mut bytes = Vec::new();
    loop {
        match chunks
            .next(Splitting::Lines, &mut bytes)
            .map_err(|e| cannot_read(name, e))?
        {
            Chunk::Records { line } => {
                let mut records = Vec::new();
                for (number, text) in (line..).zip(bytes.split(|&b| b == b'\n')) {
                    let added = add_objects((name, number), text, &mut records);
                    if added.is_err() {
                        take(&records)?;
                        return added;
                    }
                }
                take(&records)?;
            }
            Chunk::TooLong { line, .. } => {
                let reason = format!("the line is over {LONGEST} bytes; a saved result is smaller");
                take(&[(line, Err(reason))])?;
            }
            Chunk::Unclosed { .. } => {}
            Chunk::End => return Ok(()),
        }
    }
}

/// Adds the objects of a line, which may be part of an array or a whole one.
fn add_objects<'t>(
    (name, line): (&str, u64),
    text: &'t [u8],
    records: &mut Vec<ResultLine<'t>>,
) -> Result<()> {
    let Ok(text) = std::str::from_utf8(text) else {
        records.push((line, Err("this is not UTF-8 text".to_owned())));
        return Ok(());
    };
    let text = text.trim();
    let whole = text.starts_with('[') && text.ends_with(']');
    if let (true, Ok(all)) = (whole, serde_json::from_str::<Vec<&RawValue>>(text)) {
        records.extend(all.into_iter().map(|one| (line, Ok(one.get()))));
        return Ok(());
    }
    let text = text.strip_prefix('[').unwrap_or(text);
    let text = text.strip_suffix(']').unwrap_or(text).trim();
    let text = text.strip_suffix(',').unwrap_or(text).trim();
    match text {
        "" => {}
        "{" => {
            return Err(Error::failed(format!(
                "{name}:{line}: the record goes on in the next line; write each in a line of its own, as \
             `jq -c '.[]'` does"
            )));
        }
        text => records.push((line, Ok(text))),
    }
    Ok(())
}
