//! NDJSON: one person a line, `{"id": "...", "answers": {"helping-1": 4, "spatial-2": "c"}}`.

use crate::engine::answers::{Answers, allowed, code_of};
use crate::engine::pack::{Pack, QuestionIx};
use crate::error::{Error, Result};
use crate::files::records::{Person, Receiver, Rejection, in_input};
use crate::input::mistakes::nearest;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap};
use std::io::BufRead;

#[derive(Deserialize)]
struct Line {
    id: Option<Value>,
    answers: Map<String, Value>,
    #[serde(default)]
    pace: Option<f64>,
}

/// Reads every line of an input.
///
/// # Errors
/// When the input cannot be read, or the receiver fails.
pub(crate) fn read(
    name: &str,
    mut reader: impl BufRead,
    pack: &Pack,
    receiver: &mut dyn Receiver,
) -> Result<()> {
    let ids: HashMap<&str, QuestionIx> = pack
        .questions
        .iter()
        .enumerate()
        .map(|(q, question)| (question.id.as_str(), q))
        .collect();
    let mut unknown = BTreeSet::new();
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        let read = reader
            .read_until(b'\n', &mut line)
            .map_err(|source| Error::io(format!("cannot read {name}"), source))?;
        if read == 0 {
            break;
        }
        number += 1;
        let text = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line);
        if text.trim_ascii().is_empty() {
            continue;
        }
        let row = person(text, number, &ids, pack, &mut unknown);
        receiver.row(row.map_err(|rejection| in_input(name, rejection)))?;
    }
    for id in &unknown {
        let near = nearest(id, ids.keys().copied())
            .map_or_else(String::new, |n| format!("; did you mean {n}?"));
        receiver.remark(name, &format!("no question {id}, ignored{near}"));
    }
    Ok(())
}

fn person(
    text: &[u8],
    number: u64,
    ids: &HashMap<&str, QuestionIx>,
    pack: &Pack,
    unknown: &mut BTreeSet<String>,
) -> std::result::Result<Person, Rejection> {
    let line: Line = serde_json::from_slice(text).map_err(|e| {
        let what = e.to_string();
        let what = what.split(" at line ").next().unwrap_or(&what);
        Rejection::of_line(
            number,
            Some(e.column()),
            format!("{what}; a line is {{\"id\": \"...\", \"answers\": {{...}}}}"),
        )
    })?;
    let mut answers = Answers::none(pack);
    answers.pace = line.pace;
    for (id, value) in line.answers {
        let Some(&q) = ids.get(id.as_str()) else {
            // a stranger's line must not fill the memory
            if unknown.len() < 20 {
                unknown.insert(id);
            }
            continue;
        };
        let question = &pack.questions[q];
        let answer = match &value {
            Value::Null => continue,
            Value::String(text) if text.trim().is_empty() => continue,
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        match code_of(question, &answer) {
            Some(code) => answers.set(q, code),
            None => {
                return Err(Rejection {
                    field: id,
                    value: answer,
                    ..Rejection::of_line(number, None, format!("write {}", allowed(question)))
                });
            }
        }
    }
    let id = match line.id {
        Some(Value::String(id)) => id,
        Some(Value::Number(id)) => id.to_string(),
        Some(Value::Null) | None => format!("line-{number}"),
        Some(other) => {
            return Err(Rejection {
                field: "id".to_owned(),
                value: other.to_string(),
                ..Rejection::of_line(number, None, "an id is a text or a number")
            });
        }
    };
    Ok(Person { id, answers })
}
