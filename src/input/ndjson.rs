//! NDJSON: one person a line, `{"id": "...", "answers": {"helping-1": 4, "spatial-2": "c"}}`.
//!
//! Lines of one file mostly name the same questions in the same order, so each question is compared
//! with the one that followed last time before it is looked up: measured on a million lines of 88
//! answers, a quarter of the time of `serde_json`. Any line that has something else (escapes, other
//! fields, a mistake) is read again by `serde_json`, which knows all that JSON may hold.

use crate::input::cells::{AnswerForm, Cell, CellRules};
use crate::input::code_tables::{CodeTables, WRONG};
use crate::input::json::{JsonValue, keep};
use crate::input::json_objects::{between, last_piece};
use crate::input::ledger::Ledger;
use crate::input::mapping::Mapping;
use crate::input::question_index::{HeaderMeaning, HeaderRule, QuestionIndex};
use crate::input::row::{CellMistake, KeptField, Receiver, RowBuffer, text_of};
use crate::input::sample::ROWS;
use memchr::{memchr, memchr_iter, memmem, memrchr};
use rolescope_core::{Answers, Pack, QuestionIx};
use serde::de::{
    Deserialize as _, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor,
};
use serde_json::value::RawValue;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

/// Questions looked at before a name is looked up: blanks leave out a few.
const HOPS: usize = 4;

/// Fields of a line that is read the quick way.
const FIELDS: usize = 16;
/// Fields that are no others'.
const OWN: [&str; 3] = ["id", "answers", "pace"];
/// The mark of an answer that was given as `null`, until the line ends; never an answer's code.
const NULL: u8 = WRONG + 1;

/// Characters of a message about JSON that are told: it may hold a whole text of the line.
const MESSAGE: usize = 160;
/// Names whose meaning is kept.
const NAMES: usize = 10_000;

/// How lines or objects are read.
#[derive(Clone, Debug)]
pub(crate) struct JsonRules {
    /// Known names of questions.
    pub index: Arc<QuestionIndex>,
    /// How answers are read.
    pub rules: Arc<CellRules>,
    /// What a map says of names, if there is one.
    pub map: Option<Arc<Mapping>>,
    /// Nothing but the program's own dialect.
    pub exact: bool,
    /// The field that says who.
    pub id: String,
    /// Questions whose answers are nothing but codes of a survey system.
    pub survey: Vec<bool>,
    /// Whether objects go over several lines, or stand in an array.
    pub objects: bool,
    /// Whether the answers to each question are counted, so that every line is looked at in full.
    pub counts: bool,
}

/// Lines being read.
#[derive(Clone, Debug)]
pub(crate) struct NdjsonReader {
    /// Each question's id as it stands between the quote that opens it and its value; last one that
    /// no line has.
    names: Vec<Vec<u8>>,
    ids: HashMap<String, QuestionIx>,
    codes: CodeTables,
    keep: Vec<String>,
    rules: JsonRules,
    /// Whether a line may be read the quick way.
    plain: bool,
}

impl NdjsonReader {
    /// Lines of answers to a pack; `keep` are the fields that are carried along.
    pub(crate) fn new(pack: &Pack, keep: &[String], rules: JsonRules) -> Self {
        let names = pack.questions().iter().map(|q| format!("{}\":", q.id()));
        let ids = pack.questions().iter().enumerate();
        Self {
            names: names.chain(["\n".to_owned()]).map(String::into).collect(),
            ids: ids
                .map(|(q, question)| (question.id().to_owned(), q))
                .collect(),
            codes: rules.rules.codes().clone(),
            keep: keep.to_vec(),
            plain: !keep.iter().any(|name| OWN.contains(&name.as_str()))
                && rules.rules.is_plain()
                && rules.map.is_none()
                && rules.id == "id"
                && !rules.counts
                && !rules.survey.contains(&true),
            rules,
        }
    }

    /// Whether all lines at the start of an input are plain; the last may be cut off.
    pub(crate) fn all_plain(&self, bytes: &[u8], row: &mut RowBuffer) -> bool {
        if !self.plain || self.rules.objects {
            return false;
        }
        let whole = memrchr(b'\n', bytes).map_or(bytes, |end| &bytes[..end]);
        let mut lines = whole
            .split(|&b| b == b'\n')
            .map(<[u8]>::trim_ascii)
            .take(ROWS);
        lines.all(|text| {
            row.clear();
            // without an id another field may say who
            text.is_empty() || self.quick(text, row) == Some(true)
        })
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
        if self.rules.objects {
            return self.objects((input, pack), bytes, first, row, receiver);
        }
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
            if self.quick(text, row).is_none_or(|_| !row.fill()) {
                self.slow(pack, line, whole, row, receiver);
            }
            if !row.hand_on((input, None), whole, format_args!("line-{line}"), receiver) {
                break;
            }
        }
        ledger
    }

    /// Reads objects that may go over several lines.
    fn objects(
        &self,
        (input, pack): (&str, &Pack),
        bytes: &[u8],
        mut line: u64,
        row: &mut RowBuffer,
        receiver: &mut impl Receiver,
    ) -> Ledger {
        let (mut at, mut rows, first) = (0, 0, line);
        let lines = |from: usize, to: usize| memchr_iter(b'\n', &bytes[from..to]).count() as u64;
        while at < bytes.len() {
            let start = at + bytes[at..].iter().take_while(|b| between(**b)).count();
            line += lines(at, start);
            at = start;
            if at == bytes.len() {
                break;
            }
            let length = last_piece(&bytes[at..]);
            let whole = bytes[at..at + length].trim_ascii_end();
            row.clear();
            self.slow(pack, line, whole, row, receiver);
            rows += 1;
            let go_on = row.hand_on((input, None), whole, format_args!("line-{line}"), receiver);
            line += lines(at, at + length);
            at += length;
            if !go_on {
                break;
            }
        }
        Ledger {
            inner: (line - first).cast_signed() - rows,
            ..Ledger::default()
        }
    }

    /// Reads a line of answers without anything unusual, whatever other fields it has and in whatever order;
    /// gives whether it has an id. None of any other line, nor of one with a mistake.
    fn quick(&self, text: &[u8], row: &mut RowBuffer) -> Option<bool> {
        if !self.plain {
            return None;
        }
        let mut text = text.strip_prefix(b"{")?;
        let mut names: [&str; FIELDS] = [""; FIELDS];
        for count in 0..FIELDS {
            let (name, value) = named(text)?;
            if names[..count].contains(&name) {
                return None;
            }
            names[count] = name;
            let rest = match name {
                "id" => quick_id(value, &mut row.id)?,
                "answers" => self.quick_answers(value, row)?,
                "pace" => {
                    let rest = passed(value, None)?;
                    let pace = std::str::from_utf8(&value[..value.len() - rest.len()]).ok()?;
                    row.answers.set_pace(Some(pace.parse().ok()?)).ok()?;
                    rest
                }
                _ => {
                    let kept = self.keep.iter().position(|kept| kept == name);
                    passed(value, kept.map(|kept| &mut row.kept[kept]))?
                }
            };
            text = match rest {
                [b',', rest @ ..] => spaced(rest),
                b"}" => return names.contains(&"answers").then(|| names.contains(&"id")),
                _ => return None,
            };
        }
        None
    }

    /// Reads an object of answers of one byte each, or `null`, to questions by their ids; gives what stands
    /// behind it.
    fn quick_answers<'t>(&self, text: &'t [u8], row: &mut RowBuffer) -> Option<&'t [u8]> {
        let mut text = text.strip_prefix(b"{")?;
        if let [b'}', rest @ ..] = text {
            return Some(rest);
        }
        let codes = &mut row.codes;
        let mut last = self.names.len() - 1;
        let mut nulls = false;
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
            let (code, more) = match *text {
                [b'"', byte, b'"', ref more @ ..] | [byte @ b'0'..=b'9', ref more @ ..] => {
                    (self.codes.code(q, byte), more)
                }
                [b'n', b'u', b'l', b'l', ref more @ ..] => {
                    nulls = true;
                    (NULL, more)
                }
                _ => return None,
            };
            if code == WRONG || codes[q] != Answers::UNANSWERED {
                return None;
            }
            codes[q] = code;
            text = match *more {
                [b',', ref more @ ..] => spaced(more),
                [b'}', ref more @ ..] => {
                    if nulls {
                        let null = codes.iter_mut().filter(|code| **code == NULL);
                        null.for_each(|code| *code = Answers::UNANSWERED);
                    }
                    return Some(more);
                }
                _ => return None,
            };
        }
    }

    /// Reads any line or object; what is wrong with it is noted in the row.
    fn slow(
        &self,
        pack: &Pack,
        line: u64,
        text: &[u8],
        row: &mut RowBuffer,
        receiver: &mut impl Receiver,
    ) {
        row.clear();
        let mut person = PersonSeed {
            lines: self,
            pack,
            text,
            line,
            seen: vec![false; pack.questions().len()],
            flat: Vec::new(),
            row,
            unknown: &mut |id| receiver.unknown(id),
        };
        let mut reader = serde_json::Deserializer::from_slice(text);
        let read = person.deserialize(&mut reader).and_then(|()| reader.end());
        if let Err(e) = read {
            let what = e.to_string();
            let what = what.split(" at line ").next().unwrap_or(&what);
            let what: String = what.chars().take(MESSAGE).collect();
            let first = e.line().max(1) as u64 - 1;
            row.mistakes.clear();
            row.mistakes.push(CellMistake {
                line: line + first,
                column: Some(e.column().max(1)),
                reason: format!("{what}; a line is {{\"id\": \"...\", \"answers\": {{...}}}}"),
                ..CellMistake::default()
            });
        }
    }
}

/// The name of a field without escapes, and what stands behind its colon.
fn named(text: &[u8]) -> Option<(&str, &[u8])> {
    let text = text.strip_prefix(b"\"")?;
    let (name, rest) = text.split_at(memchr(b'"', text)?);
    let value = rest.strip_prefix(b"\":")?;
    if name.iter().any(|&b| b == b'\\' || b < b' ') {
        return None;
    }
    Some((std::str::from_utf8(name).ok()?, spaced(value)))
}

/// Reads an id that is a text without escapes or a short whole number; gives what stands behind it.
fn quick_id<'t>(text: &'t [u8], id: &mut String) -> Option<&'t [u8]> {
    let (found, rest) = if let Some(quoted) = text.strip_prefix(b"\"") {
        let (found, rest) = quoted.split_at(memchr(b'"', quoted)?);
        if found.iter().any(|&b| b == b'\\' || b < b' ') {
            return None;
        }
        (found, &rest[1..])
    } else {
        let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
        if digits > 15 || !matches!(text, [b'1'..=b'9', ..]) {
            return None;
        }
        text.split_at(digits)
    };
    id.push_str(text_of(found).ok()?);
    Some(rest)
}

/// Passes over the value of a field that is no answer, and keeps it where it is to be kept; gives what stands
/// behind it. None where another reader may see a mistake in it: a text with escapes, a number that may be too
/// great.
fn passed<'t>(text: &'t [u8], kept: Option<&mut KeptField>) -> Option<&'t [u8]> {
    let value = <&RawValue>::deserialize(&mut serde_json::Deserializer::from_slice(text)).ok()?;
    let written = value.get();
    let number = written.starts_with(|c: char| c == '-' || c.is_ascii_digit());
    if !text.starts_with(&written.as_bytes()[..1])
        || written.contains('\\')
        || (number && (written.len() > 20 || written.contains(['e', 'E'])))
    {
        return None;
    }
    if let Some(kept) = kept {
        keep(kept, value).ok()?;
    }
    Some(&text[written.len()..])
}

/// Without the space that may stand after a colon or a comma.
fn spaced(text: &[u8]) -> &[u8] {
    text.strip_prefix(b" ").unwrap_or(text)
}

/// A person being read: nothing is kept but answers, whatever the line holds.
struct PersonSeed<'p, 'u> {
    lines: &'p NdjsonReader,
    pack: &'p Pack,
    text: &'p [u8],
    line: u64,
    /// Questions that were named.
    seen: Vec<bool>,
    /// Fields that may be answers where there is no field of answers.
    flat: Vec<(String, JsonValue)>,
    row: &'p mut RowBuffer,
    unknown: &'p mut (dyn FnMut(&str) + 'u),
}

impl PersonSeed<'_, '_> {
    fn deserialize<'de, D: Deserializer<'de>>(&mut self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_map(LineSeed(self))
    }

    fn mistake(&mut self, field: &str, value: String, reason: String) {
        let (line, column) = self.place(field);
        self.row.mistakes.push(CellMistake {
            line,
            column,
            field: field.to_owned(),
            value,
            reason,
        });
    }

    /// Where the name of a field stands.
    fn place(&self, field: &str) -> (u64, Option<usize>) {
        let name = serde_json::Value::from(field).to_string();
        let found = memmem::find(self.text, name.as_bytes());
        let before = found.map_or(&[][..], |at| &self.text[..at]);
        let line = memchr_iter(b'\n', before).count() as u64;
        let start = memrchr(b'\n', before).map_or(0, |at| at + 1);
        (self.line + line, found.map(|at| at - start + 1))
    }

    fn id(&mut self, name: &str, value: JsonValue) {
        match value {
            JsonValue::Text(id) => match text_of(id.as_bytes()) {
                Ok(id) => self.row.id.push_str(id),
                Err(reason) => self.mistake(name, id, reason.to_owned()),
            },
            JsonValue::Whole(id) => self.row.id.push_str(&id),
            JsonValue::Null => {}
            JsonValue::Number(number)
                if !self.lines.rules.exact && number.fract() == 0.0 && number.abs() < 1e15 =>
            {
                self.row.id.push_str(&number.to_string());
            }
            other => self.mistake(
                name,
                other.written(),
                "an id is a text or a whole number below 2^64".to_owned(),
            ),
        }
    }

    fn pace(&mut self, value: JsonValue) {
        let pace = value.number().filter(|p| Answers::PACE.contains(p));
        let _ = self.row.answers.set_pace(pace); // within its range
        if pace.is_none() && value != JsonValue::Null {
            let reason = "write seconds as a number 0 to 86400".to_owned();
            self.mistake("pace", value.written(), reason);
        }
    }

    /// Reads the value of a field.
    fn field<'de, D: Deserializer<'de>>(&mut self, name: &str, reader: D) -> Result<(), D::Error> {
        match name {
            "answers" => return reader.deserialize_map(AnswersSeed(self)),
            name if name == self.lines.rules.id => {
                self.row.id.clear();
                self.id(name, JsonValue::deserialize(reader)?);
            }
            "pace" => self.pace(JsonValue::deserialize(reader)?),
            _ => {
                let value = JsonValue::deserialize(reader)?;
                self.flat.push((name.to_owned(), value));
            }
        }
        Ok(())
    }

    /// What a name means; each name is looked up once.
    fn meaning(&mut self, name: &str) -> HeaderMeaning {
        let rules = &self.lines.rules;
        let one = |question| HeaderMeaning::One {
            question,
            rule: HeaderRule::Id,
            repeated: false,
        };
        if let Some(map) = &rules.map {
            let mapped = map.column(name).and_then(|id| self.lines.ids.get(id));
            return mapped.map_or(HeaderMeaning::None, |&q| one(q));
        }
        if let Some(&q) = self.lines.ids.get(name) {
            return one(q);
        }
        if rules.exact {
            return HeaderMeaning::None;
        }
        if let Some(known) = self.row.names.get(name) {
            return known.clone();
        }
        let found = rules.index.meaning(name);
        if self.row.names.len() < NAMES {
            self.row.names.insert(name.to_owned(), found.clone());
        }
        found
    }

    /// Reads an answer; whether the name is a question's.
    fn answer(&mut self, name: &str, value: JsonValue) -> bool {
        let q = match self.meaning(name) {
            HeaderMeaning::One { question, .. } => question,
            HeaderMeaning::None => return false,
            HeaderMeaning::Several(all) => {
                let ids: Vec<&str> = all.iter().map(|&q| self.pack.questions()[q].id()).collect();
                let reason = format!("this can mean {}; write the id of one", ids.join(" and "));
                self.mistake(name, value.written(), reason);
                return true;
            }
        };
        if std::mem::replace(&mut self.seen[q], true) {
            self.mistake(
                name,
                value.written(),
                "answered twice; write one answer".to_owned(),
            );
            return true;
        }
        let text = match value {
            JsonValue::Null => String::new(),
            other => other.written(),
        };
        let survey = self.lines.rules.survey.get(q).copied().unwrap_or(false);
        let found = match self.lines.rules.rules.read(self.pack, q, &text, survey) {
            Cell::Answer(code, form) => Ok((code, form)),
            Cell::Missing => Ok((Answers::UNANSWERED, AnswerForm::Code)),
            Cell::Wrong(reason) => Err(reason),
        };
        if self.row.counts.is_some() {
            let (line, column) = self.place(name);
            if let Some(counts) = &mut self.row.counts {
                counts.count(q, &text, &found, || {
                    format!("{line}:{}", column.unwrap_or(1))
                });
            }
        }
        match found {
            Ok((code, _)) => self.row.codes[q] = code,
            Err(reason) => self.mistake(name, text, reason),
        }
        true
    }

    /// Takes the fields of a record without a field of answers for answers, unless only the program's own
    /// dialect is read.
    fn flat(&mut self) {
        let fields = std::mem::take(&mut self.flat);
        if self.lines.rules.exact {
            let reason = "missing field `answers`; a line is {\"id\": \"...\", \"answers\": {...}}";
            return self.mistake("answers", String::new(), reason.to_owned());
        }
        let result = fields.iter().any(|(name, _)| name == "receipt");
        let mut known = false;
        for (name, value) in fields {
            known |= self.answer(&name, value);
        }
        if !known && result {
            self.mistake(
                "answers",
                String::new(),
                "this is a result without its answers; have it made with --with-answers".to_owned(),
            );
        } else if !known && self.row.mistakes.is_empty() {
            self.mistake(
                "answers",
                String::new(),
                "missing field `answers`, and no other field is a question; a line is {\"id\": \"...\", \"answers\": {...}}"
                    .to_owned(),
            );
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
        let mut names: HashSet<String> = HashSet::new();
        while let Some(name) = map.next_key::<String>()? {
            if names.contains(&name) {
                let reason = format!("{name} is given twice; write it once");
                person.mistake(&name, String::new(), reason);
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            if let Some(kept) = person.lines.keep.iter().position(|k| *k == name) {
                let value: Box<RawValue> = map.next_value()?;
                keep(&mut person.row.kept[kept], &value).map_err(A::Error::custom)?;
                let mut reader = serde_json::Deserializer::from_str(value.get());
                let read = person.field(&name, &mut reader);
                read.map_err(A::Error::custom)?;
            } else {
                map.next_value_seed(FieldSeed(person, &name))?;
            }
            names.insert(name);
        }
        if !names.contains("answers") {
            person.flat();
        }
        Ok(())
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
            if !self.0.answer(&id, value) {
                (self.0.unknown)(&id);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{JsonRules, NdjsonReader};
    use crate::builtin::built_in;
    use crate::input::cells::{CellOptions, CellRules};
    use crate::input::question_index::QuestionIndex;
    use crate::input::row::{KeptField, Receiver, Rejection, RowBuffer};
    use proptest::prelude::*;
    use rolescope_core::{Answers, Pack};
    use std::sync::{Arc, LazyLock};

    static PACK: LazyLock<Pack> =
        LazyLock::new(|| Pack::parse(&built_in()).expect("the pack is valid"));

    /// What became of lines, in their order.
    #[derive(Debug, Default, PartialEq)]
    struct Told(Vec<String>);

    impl Receiver for Told {
        fn person(&mut self, id: &str, answers: &Answers, kept: &[KeptField]) -> bool {
            self.0.push(format!("{id:?} {answers:?} {kept:?}"));
            true
        }
        fn reject(&mut self, rejection: &Rejection<'_>) -> bool {
            self.0.push(format!("{rejection:?}"));
            true
        }
        fn unknown(&mut self, question: &str) {
            self.0.push(format!("unknown {question:?}"));
        }
    }

    fn reader() -> NdjsonReader {
        let index = Arc::new(QuestionIndex::new(&PACK));
        let rules = JsonRules {
            rules: Arc::new(CellRules::new(&PACK, &CellOptions::default())),
            index,
            map: None,
            exact: false,
            id: "id".to_owned(),
            survey: vec![false; PACK.questions().len()],
            objects: false,
            counts: false,
        };
        NdjsonReader::new(&PACK, &["class".to_owned()], rules)
    }

    /// What a reader makes of lines.
    fn told(reader: &NdjsonReader, lines: &str) -> Told {
        let mut row = RowBuffer::new(&PACK, &["class".to_owned()]);
        let mut told = Told::default();
        reader.read(("input", &PACK), lines.as_bytes(), 1, &mut row, &mut told);
        told
    }

    proptest! {
        #[test]
        fn lines_read_the_quick_way_are_as_serde_json_reads_them(
            lines in prop::collection::vec(
                (
                    prop::collection::vec(prop::sample::select(FIELDS_OF_LINES), 0..5),
                    prop::collection::vec(prop::sample::select(ANSWERS_OF_LINES), 0..5),
                    0..6_usize,
                    prop::sample::select(&[",", ", ", " ,"][..]),
                ),
                1..4,
            )
        ) {
            let mut text = String::new();
            for (mut fields, answers, at, comma) in lines {
                let answers = format!("\"answers\":{{{}}}", answers.join(comma));
                if at < 5 {
                    fields.insert(at.min(fields.len()), &answers);
                }
                text += &["{", &fields.join(comma), "}\n"].concat();
            }
            let quick = reader();
            prop_assert!(quick.plain);
            let slow = NdjsonReader { plain: false, ..quick.clone() };
            prop_assert_eq!(told(&quick, &text), told(&slow, &text), "{}", text);
        }
    }

    #[test]
    fn other_fields_nulls_and_orders_are_read_the_quick_way() {
        let quick = reader();
        let mut row = RowBuffer::new(&PACK, &["class".to_owned()]);
        for (line, named) in [
            (r#"{"id":"a","answers":{"helping-1":4}}"#, true),
            (r#"{"answers": {"helping-1": null}, "id": 7}"#, true),
            (r#"{"pace":2.5,"answers":{},"of":"é"}"#, false),
            (
                r#"{"id":"a","class":"7B","answers":{"helping-1":4},"x":{"y":[1,{}]}}"#,
                true,
            ),
        ] {
            row.clear();
            assert_eq!(
                quick.quick(line.as_bytes(), &mut row),
                Some(named),
                "{line}"
            );
        }
    }

    const FIELDS_OF_LINES: &[&str] = &[
        r#""id":"a""#,
        r#""id": "é 1""#,
        r#""id":" ""#,
        r#""id":17"#,
        r#""id":017"#,
        r#""id":1234567890123456"#,
        r#""id":null"#,
        r#""id":"\u0041""#,
        r#""class":"7B""#,
        r#""class":null"#,
        r#""class": [1, "x\ty"]"#,
        r#""class":-0.50"#,
        r#""class":"a"b"#,
        r#""pace":2.5"#,
        r#""pace":null"#,
        r#""pace":-1"#,
        r#""pace":"2""#,
        r#""pace":1e1"#,
        r#""other":{"y":[1e999]}"#,
        r#""other":1e999"#,
        r#""other":"\ud800""#,
        r#""other":true"#,
        r#""other":tru"#,
        r#""other":  1"#,
        r#""other":[1,]"#,
        r#""other":18446744073709551616"#,
        "\"other\":\"a\tb\"",
        r#""öther":{}"#,
        r#""helping-1":4"#,
    ];

    const ANSWERS_OF_LINES: &[&str] = &[
        r#""helping-1":4"#,
        r#""helping-1":null"#,
        r#""helping-2": 5"#,
        r#""helping-2":9"#,
        r#""helping-2":12"#,
        r#""helping-3":"3""#,
        r#""helping-3":"Like""#,
        r#""spatial-1":"a""#,
        r#""spatial-1":"?""#,
        r#""spatial-1":"""#,
        r#""spatial-2":null"#,
        r#""blood":1.0"#,
        r#""no-such":1"#,
    ];
}
