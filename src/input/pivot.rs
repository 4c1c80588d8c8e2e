//! Tables in other layouts put together to a row a person: long ones, with a row an answer, and
//! transposed ones, with a row a question. Each cell keeps its place.

use crate::error::{Error, Result};
use crate::input::containers::framed::{FramedRows, Place};
use crate::input::fold::{fold, short};
use crate::input::header::{HeaderContext, column, says_who};
use crate::input::layout::Found;
use crate::input::question_index::HeaderMeaning;
use rolescope_core::QuestionIx;
use std::collections::HashMap;

/// People that are put together, all of whom are kept.
const PEOPLE: usize = 1 << 20;
/// Bytes that they may have.
const BYTES: usize = 256 << 20;
/// Unknown questions that are named.
const NAMED: usize = 20;

/// A row of the table, with its line.
pub(crate) struct PivotRow {
    /// Its line, or its number in a sheet.
    pub line: u64,
    /// Its cells.
    pub cells: Vec<String>,
    /// The row itself, without its line end.
    pub raw: Vec<u8>,
}

/// A row a person.
pub(crate) struct Pivoted {
    /// Names of the columns.
    pub names: Vec<String>,
    /// What the file itself calls them.
    pub labels: Vec<String>,
    /// The people.
    pub rows: Vec<u8>,
    /// How many rows they were put together from.
    pub taken: u64,
    /// Rows in which nothing stands.
    pub empty: u64,
    /// What is worth saying.
    pub remarks: Vec<String>,
}

/// A person being put together.
struct Person {
    id: String,
    line: u64,
    answers: HashMap<QuestionIx, (String, Place)>,
    kept: Vec<String>,
    raw: Vec<u8>,
    wrong: Option<(Place, [String; 3])>,
}

/// Puts a long table together.
///
/// # Errors
/// When nothing says who, or it is over the bounds.
pub(crate) fn long(
    name: &str,
    found: &Found,
    rows: impl Iterator<Item = Result<PivotRow>>,
    context: HeaderContext<'_>,
) -> Result<Pivoted> {
    let Some((question, answer)) = found.long else {
        return Err(Error::failed(format!(
            "{name}: no column of questions and answers"
        )));
    };
    let place = format!("{name}:1");
    let others = |at: &usize| *at != question && *at != answer;
    let id = if let Some(wanted) = &context.options.map.id {
        Some(column(&place, &found.names, wanted, "of ids")?)
    } else {
        let known = |at: &usize| others(at) && says_who(&found.names[*at]);
        (0..found.names.len()).find(known)
    };
    let keep = context.keep.iter();
    let keep = keep.map(|wanted| column(&place, &found.names, wanted, "to keep"));
    let keep = keep.collect::<Result<Vec<usize>>>()?;
    let mut people: Vec<Person> = Vec::new();
    let mut by_id: HashMap<String, usize> = HashMap::new();
    let mut meanings: HashMap<String, HeaderMeaning> = HashMap::new();
    let mut unknown: Vec<String> = Vec::new();
    let mut asked: Vec<Option<String>> = vec![None; context.pack.questions().len()];
    let (mut taken, mut empty, mut size) = (0, 0, 0);
    for row in rows {
        let row = row?;
        if row.cells.iter().all(|cell| cell.trim().is_empty()) {
            empty += 1;
            continue;
        }
        taken += 1;
        size += row.raw.len() * 2;
        let cell = |at: usize| row.cells.get(at).map_or("", |cell| cell.trim());
        let who = id.map_or("", cell);
        let at = *by_id.entry(who.to_owned()).or_insert_with(|| {
            people.push(Person {
                id: if who.is_empty() {
                    format!("row {}", row.line)
                } else {
                    who.to_owned()
                },
                line: row.line,
                answers: HashMap::new(),
                kept: keep.iter().map(|&at| cell(at).to_owned()).collect(),
                raw: Vec::new(),
                wrong: None,
            });
            people.len() - 1
        });
        if people.len() > PEOPLE || size > BYTES {
            return Err(Error::failed(format!(
                "{name}:{}: a long table of over {PEOPLE} people or {BYTES} bytes is not put together; divide \
                 it, or write a row a person",
                row.line
            )));
        }
        let person = &mut people[at];
        if !person.raw.is_empty() {
            person.raw.push(b'\n');
        }
        person.raw.extend_from_slice(&row.raw);
        let asks = cell(question);
        let meaning = meanings
            .entry(asks.to_owned())
            .or_insert_with(|| context.meaning(asks));
        let mut wrong = |what: usize, reason: String| {
            let told = [found.names[what].clone(), cell(what).to_owned(), reason];
            person.wrong.get_or_insert(((row.line, what + 1), told));
        };
        match meaning {
            HeaderMeaning::One { question: q, .. } => {
                asked[*q].get_or_insert_with(|| asks.to_owned());
                let answered = (cell(answer).to_owned(), (row.line, answer + 1));
                if let Some((_, (line, _))) = person.answers.get(q) {
                    let twice = format!("answered twice, in line {line} too; write one answer");
                    wrong(question, twice);
                } else {
                    person.answers.insert(*q, answered);
                }
            }
            HeaderMeaning::Several(_) => wrong(
                question,
                "this can mean several questions; write an id".to_owned(),
            ),
            HeaderMeaning::None if asks.is_empty() => {
                wrong(
                    question,
                    "blank: write which question this answers".to_owned(),
                );
            }
            HeaderMeaning::None => {
                if unknown.len() <= NAMED && !unknown.iter().any(|known| known == asks) {
                    unknown.push(asks.to_owned());
                }
            }
        }
        if id.is_none()
            && person
                .wrong
                .as_ref()
                .is_some_and(|(_, told)| told[2].starts_with("answered twice"))
        {
            return Err(Error::failed(format!(
                "{name}:{}: no column says who: {} is answered more than once; name the column of people by --id",
                row.line, asks
            )));
        }
    }
    let unknown_text: Vec<String> = unknown
        .iter()
        .take(NAMED)
        .map(|asks| {
            let near = context.index.near(asks).map_or_else(String::new, |q| {
                format!("; did you mean {}?", context.pack.questions()[q].id())
            });
            format!("no question {:?}, ignored{near}", short(asks))
        })
        .collect();
    if !unknown.is_empty() && !context.options.partial && !context.options.is_mapped() {
        return Err(Error::failed(format!(
            "{place}: the column {:?} names what is no question:\n  {}\nmend the names, say --partial to go on \
             without, or name them in a map (--map)",
            found.names[question],
            unknown_text.join("\n  ")
        )));
    }
    let questions: Vec<QuestionIx> = (0..asked.len()).filter(|&q| asked[q].is_some()).collect();
    let mut names = vec!["id".to_owned()];
    names.extend(
        questions
            .iter()
            .map(|&q| context.pack.questions()[q].id().to_owned()),
    );
    names.extend(context.keep.iter().cloned());
    let mut labels = vec![id.map_or_else(|| "id".to_owned(), |at| found.names[at].clone())];
    labels.extend(asked.into_iter().flatten());
    labels.extend(context.keep.iter().cloned());
    let mut out = FramedRows::default();
    for person in people {
        if let Some((place, [field, value, reason])) = &person.wrong {
            out.mistake(*place, [field, value, reason], &person.raw);
            continue;
        }
        out.cell(
            person.id.as_bytes(),
            Some((person.line, id.unwrap_or(0) + 1)),
        );
        for q in &questions {
            match person.answers.get(q) {
                Some((text, place)) => out.cell(text.as_bytes(), Some(*place)),
                None => out.cell(b"", Some((person.line, 1))),
            }
        }
        for kept in &person.kept {
            out.cell(kept.as_bytes(), None);
        }
        out.end(Some(&person.raw));
    }
    Ok(Pivoted {
        names,
        labels,
        rows: out.bytes,
        taken,
        empty,
        remarks: unknown_text,
    })
}

/// Turns a transposed table.
///
/// # Errors
/// When it is over the bounds.
pub(crate) fn transposed(
    name: &str,
    found: &Found,
    rows: impl Iterator<Item = Result<PivotRow>>,
) -> Result<Pivoted> {
    let (mut all, mut empty, mut size) = (Vec::new(), 0, 0);
    for row in rows {
        let row = row?;
        if row.cells.iter().all(|cell| cell.trim().is_empty()) {
            empty += 1;
            continue;
        }
        size += row.raw.len();
        if size > BYTES / 4 {
            return Err(Error::failed(format!(
                "{name}:{}: a table with a row a question of over {} bytes is not turned; write a row a person",
                row.line,
                BYTES / 4
            )));
        }
        all.push(row);
    }
    let first = |row: &PivotRow| {
        row.cells
            .first()
            .map_or_else(String::new, |cell| cell.trim().to_owned())
    };
    let mut names = vec![found.names.first().cloned().unwrap_or_default()];
    names.extend(all.iter().map(first));
    let people = found
        .names
        .len()
        .max(all.iter().map(|row| row.cells.len()).max().unwrap_or(0));
    let head: Vec<&str> = found.names.iter().skip(1).map(String::as_str).collect();
    let label = |text: &&str| !text.is_empty() && !text.contains(['@', ' ']);
    // names and mail addresses are never taken as ids
    let corner = fold(&names[0]);
    let labels = head.iter().all(label) && !corner.contains("name") && !corner.contains("mail");
    if !names.iter().any(|name| says_who(name)) && labels {
        "id".clone_into(&mut names[0]);
    }
    let id = names.iter().position(|name| says_who(name));
    if id.is_none() {
        names.push("id".to_owned());
    }
    let mut out = FramedRows::default();
    for person in 1..people {
        let cell = |row: &PivotRow| {
            row.cells
                .get(person)
                .map_or("", |cell| cell.trim())
                .to_owned()
        };
        let head = found.names.get(person).map_or("", |cell| cell.trim());
        if head.is_empty() && all.iter().all(|row| cell(row).is_empty()) {
            continue;
        }
        out.cell(head.as_bytes(), Some((1, person + 1)));
        for row in &all {
            out.cell(cell(row).as_bytes(), Some((row.line, person + 1)));
        }
        if id.is_none() {
            out.cell(format!("column {}", person + 1).as_bytes(), None);
        }
        out.end(None);
    }
    Ok(Pivoted {
        labels: names.clone(),
        names,
        rows: out.bytes,
        taken: all.len() as u64,
        empty,
        remarks: Vec::new(),
    })
}
