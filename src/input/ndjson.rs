//! NDJSON: one person a line, `{"id": "...", "answers": {"helping-1": 4, "spatial-2": "c"}}`.
//!
//! Lines of one file mostly name the same questions in the same order, so each question is compared
//! with the one that followed last time before it is looked up: measured on a million lines of 88
//! answers, a quarter of the time of `serde_json`. Any line that has something else (escapes, other
//! fields, a mistake) is read again by `serde_json`, which knows all that JSON may hold.

use crate::input::json::{JsonValue, keep};
use crate::input::ledger::Ledger;
use crate::input::row::{CodeTables, Receiver, Rejection, RowBuffer, WRONG, text_of};
use memchr::memchr;
use rolescope_core::{Pack, QuestionIx, UNANSWERED, allowed, code_of};
use serde::de::{
    Deserialize as _, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor,
};
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::fmt;
use std::fmt::Write as _;

/// Questions looked at before a name is looked up: blanks leave out a few.
const HOPS: usize = 4;

/// Characters of a message about JSON that are told: it may hold a whole text of the line.
const MESSAGE: usize = 160;

/// Lines being read.
#[derive(Clone, Debug)]
pub(crate) struct NdjsonReader {
    /// Each question's id as it stands between the quote that opens it and its value; last one that
    /// no line has.
    names: Vec<Vec<u8>>,
    ids: HashMap<String, QuestionIx>,
    codes: CodeTables,
    keep: Vec<String>,
}

impl NdjsonReader {
    /// Lines of answers to a pack; `keep` are the fields that are carried along.
    pub(crate) fn new(pack: &Pack, keep: &[String]) -> Self {
        let names = pack.questions.iter().map(|q| format!("{}\":", q.id));
        let ids = pack.questions.iter().enumerate();
        Self {
            names: names.chain(["\n".to_owned()]).map(String::into).collect(),
            ids: ids.map(|(q, question)| (question.id.clone(), q)).collect(),
            codes: CodeTables::new(pack),
            keep: keep.to_vec(),
        }
    }

    /// Reads whole lines; `first` is the number of the first. Returns what is to be counted beside
    /// people and rejected lines.
    pub(crate) fn read(
        &self,
        (input, pack): (&str, &Pack),
        bytes: &[u8],
        first: u64,
        row: &mut RowBuffer,
        receiver: &mut impl Receiver,
    ) -> Ledger {
        let mut rest = bytes;
        let mut ledger = Ledger::default();
        for line in first.. {
            let Some(end) = memchr(b'\n', rest) else {
                break;
            };
            let whole = rest[..end].trim_ascii_end();
            let text = whole.trim_ascii_start();
            rest = &rest[end + 1..];
            if text.is_empty() {
                ledger.blank += 1;
                continue;
            }
            row.clear();
            let read = match self.quick(text, row) {
                Some(()) => Ok(()),
                None => self.slow((input, pack), line, whole, row, receiver),
            };
            if row.id.is_empty() {
                let _ = write!(row.id, "line-{line}");
            }
            let go_on = match read {
                Ok(()) => receiver.person(&row.id, &row.answers, &row.kept),
                Err(rejection) => receiver.reject(&rejection),
            };
            if !go_on {
                break;
            }
        }
        ledger
    }

    /// Reads a line of an id and answers without anything unusual; none of any other.
    fn quick(&self, text: &[u8], row: &mut RowBuffer) -> Option<()> {
        if !row.kept.is_empty() {
            return None;
        }
        let mut text = spaced(text.strip_prefix(b"{\"id\":")?);
        if let Some(quoted) = text.strip_prefix(b"\"") {
            let id = &quoted[..memchr(b'"', quoted)?];
            if id.iter().any(|&b| b == b'\\' || b < b' ') {
                return None;
            }
            row.id.push_str(text_of(id).ok()?);
            text = &quoted[id.len() + 1..];
        } else {
            let id = &text[..memchr(b',', text)?];
            if !matches!(id, [b'1'..=b'9', more @ ..] if more.len() < 15 && more.iter().all(u8::is_ascii_digit))
            {
                return None;
            }
            row.id.push_str(std::str::from_utf8(id).ok()?);
            text = &text[id.len()..];
        }
        text = spaced(spaced(text.strip_prefix(b",")?).strip_prefix(b"\"answers\":")?);
        text = text.strip_prefix(b"{")?;
        if text == b"}}" {
            return Some(());
        }
        let codes = row.answers.codes_mut();
        let mut last = self.names.len() - 1;
        loop {
            text = text.strip_prefix(b"\"")?;
            let mut q = row.after[last];
            let mut hops = 0;
            while !text.starts_with(&self.names[q]) {
                hops += 1;
                q = if hops < HOPS {
                    row.after[q]
                } else {
                    let id = std::str::from_utf8(&text[..memchr(b'"', text)?]).ok()?;
                    let q = *self.ids.get(id)?;
                    row.after[last] = q;
                    if !text.starts_with(&self.names[q]) {
                        return None;
                    }
                    q
                };
            }
            last = q;
            text = spaced(&text[self.names[q].len()..]);
            let ([b'"', byte, b'"', ref more @ ..] | [byte @ b'0'..=b'9', ref more @ ..]) = *text
            else {
                return None;
            };
            let code = self.codes.code(q, byte);
            if code == WRONG || codes[q] != UNANSWERED {
                return None;
            }
            codes[q] = code;
            text = match *more {
                [b',', ref more @ ..] => spaced(more),
                [b'}', b'}'] => return Some(()),
                _ => return None,
            };
        }
    }

    /// Reads any line.
    #[expect(clippy::result_large_err, reason = "a rejection is rare")]
    fn slow<'r>(
        &self,
        (input, pack): (&'r str, &Pack),
        line: u64,
        text: &'r [u8],
        row: &mut RowBuffer,
        receiver: &mut impl Receiver,
    ) -> Result<(), Rejection<'r>> {
        row.clear();
        let rejection =
            |column: Option<usize>, (field, value): (String, String), reason| Rejection {
                input,
                line,
                column,
                field,
                value,
                reason,
                row: text,
            };
        let mut person = PersonSeed {
            lines: self,
            pack,
            row,
            wrong: None,
            unknown: &mut |id| receiver.unknown(id),
        };
        let mut reader = serde_json::Deserializer::from_slice(text);
        let read = person.deserialize(&mut reader).and_then(|()| reader.end());
        read.map_err(|e| {
            let what = e.to_string();
            let what = what.split(" at line ").next().unwrap_or(&what);
            let what: String = what.chars().take(MESSAGE).collect();
            let reason = format!("{what}; a line is {{\"id\": \"...\", \"answers\": {{...}}}}");
            rejection(Some(e.column()), Default::default(), reason)
        })?;
        match person.wrong.take() {
            Some((field, value, reason)) => Err(rejection(None, (field, value), reason)),
            None => Ok(()),
        }
    }
}

/// Without the space that may stand after a colon or a comma.
fn spaced(text: &[u8]) -> &[u8] {
    text.strip_prefix(b" ").unwrap_or(text)
}

/// A person being read: nothing is kept but answers, whatever the line holds.
struct PersonSeed<'p, 'u> {
    lines: &'p NdjsonReader,
    pack: &'p Pack,
    row: &'p mut RowBuffer,
    wrong: Option<(String, String, String)>,
    unknown: &'p mut (dyn FnMut(&str) + 'u),
}

impl PersonSeed<'_, '_> {
    fn deserialize<'de, D: Deserializer<'de>>(&mut self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_map(LineSeed(self))
    }

    fn mistake(&mut self, field: &str, value: String, reason: String) {
        self.wrong
            .get_or_insert_with(|| (field.to_owned(), value, reason));
    }

    fn id(&mut self, value: JsonValue) {
        match value {
            JsonValue::Text(id) => match text_of(id.as_bytes()) {
                Ok(id) => self.row.id.push_str(id),
                Err(reason) => self.mistake("id", id, reason.to_owned()),
            },
            JsonValue::Whole(id) => self.row.id.push_str(&id),
            JsonValue::Null => {}
            other => self.mistake(
                "id",
                other.written(),
                "an id is a text or a whole number below 2^64".to_owned(),
            ),
        }
    }

    fn pace(&mut self, value: JsonValue) {
        self.row.answers.pace = value.number().filter(|p| (0.0..=86_400.0).contains(p));
        if self.row.answers.pace.is_none() && value != JsonValue::Null {
            let reason = "write seconds as a number 0 to 86400".to_owned();
            self.mistake("pace", value.written(), reason);
        }
    }

    /// Reads the value of a field.
    fn field<'de, D: Deserializer<'de>>(&mut self, name: &str, reader: D) -> Result<(), D::Error> {
        match name {
            "answers" => return reader.deserialize_map(AnswersSeed(self)),
            "id" => {
                self.row.id.clear();
                self.id(JsonValue::deserialize(reader)?);
            }
            "pace" => self.pace(JsonValue::deserialize(reader)?),
            _ => drop(IgnoredAny::deserialize(reader)?),
        }
        Ok(())
    }

    fn answer(&mut self, id: &str, value: JsonValue) {
        let Some(&q) = self.lines.ids.get(id) else {
            (self.unknown)(id);
            return;
        };
        let question = &self.pack.questions[q];
        let answer = match value {
            JsonValue::Null => return,
            JsonValue::Text(text) if text.trim().is_empty() => return,
            other => other.written(),
        };
        let codes = self.row.answers.codes_mut();
        match code_of(question, &answer) {
            Some(_) if codes[q] != UNANSWERED => {
                self.mistake(id, answer, "answered twice; write one answer".to_owned());
            }
            Some(code) => codes[q] = code,
            None => self.mistake(id, answer, format!("write {}", allowed(question))),
        }
    }
}

/// The object of a line.
struct LineSeed<'a, 'p, 'u>(&'a mut PersonSeed<'p, 'u>);

impl<'de> Visitor<'de> for LineSeed<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `answers`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self(person) = self;
        let mut answered = false;
        while let Some(key) = map.next_key::<String>()? {
            if key == "answers" && std::mem::replace(&mut answered, true) {
                return Err(A::Error::duplicate_field("answers"));
            }
            let Some(kept) = person.lines.keep.iter().position(|k| *k == key) else {
                map.next_value_seed(FieldSeed(person, &key))?;
                continue;
            };
            let value: Box<RawValue> = map.next_value()?;
            keep(&mut person.row.kept[kept], &value).map_err(A::Error::custom)?;
            let mut reader = serde_json::Deserializer::from_str(value.get());
            let read = person.field(&key, &mut reader);
            read.map_err(A::Error::custom)?;
        }
        if answered {
            Ok(())
        } else {
            Err(A::Error::missing_field("answers"))
        }
    }
}

/// A field of that object, by name.
struct FieldSeed<'a, 'p, 'u>(&'a mut PersonSeed<'p, 'u>, &'a str);

impl<'de> DeserializeSeed<'de> for FieldSeed<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        self.0.field(self.1, reader)
    }
}

/// The object of answers.
struct AnswersSeed<'a, 'p, 'u>(&'a mut PersonSeed<'p, 'u>);

impl<'de> Visitor<'de> for AnswersSeed<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of answers")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((id, value)) = map.next_entry::<String, JsonValue>()? {
            self.0.answer(&id, value);
        }
        Ok(())
    }
}
