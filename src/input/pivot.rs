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
/// Bytes that a table with a row an answer may have: what it says of a person is kept twice.
pub(crate) const LONG: u64 = 128 << 20;
/// Bytes that a table with a row a question may have.
pub(crate) const TURNED: u64 = 64 << 20;
/// Cells that it may have: each is kept with some 40 bytes of its own, and a comma is enough for one.
const TURNED_CELLS: usize = 1 << 24;
/// Unknown questions that are named.
const NAMED: usize = 20;
/// How the reason begins when a person has answered a question twice.
const TWICE: &str = "answered twice";

/// A row of the table, with its line.
pub(crate) struct PivotRow {
    /// Its line, or its number in a sheet.
    pub line: u64,
    /// Its cells.
    pub cells: Vec<String>,
    /// The row itself, without its line end.
    pub raw: Vec<u8>,
}

impl PivotRow {
    /// Its bytes, with those of its line end.
    fn size(&self) -> u64 {
        self.raw.len() as u64 + 1
    }
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
    let mut table = LongTable::new(name, found, context)?;
    for row in rows {
        table.add(&row?)?;
    }
    table.into_people()
}

/// A long table being put together, row by row.
struct LongTable<'a> {
    /// What messages call the input.
    name: &'a str,
    found: &'a Found,
    context: HeaderContext<'a>,
    columns: LongColumns,
    people: Vec<Person>,
    by_id: HashMap<String, usize>,
    /// What each name of a question means, as the same names come again and again.
    meanings: HashMap<String, HeaderMeaning>,
    /// What names no question, the first of each.
    unknown: Vec<String>,
    /// What the table calls each question that somebody was asked.
    asked: Vec<Option<String>>,
    taken: u64,
    empty: u64,
    /// Bytes of the rows so far.
    size: u64,
}

/// What the columns of a long table hold.
struct LongColumns {
    question: usize,
    answer: usize,
    /// Who answered, where a column says it.
    id: Option<usize>,
    keep: Vec<usize>,
}

/// The text of a cell; one that is not there is blank.
fn trimmed(row: &PivotRow, at: usize) -> &str {
    row.cells.get(at).map_or("", |cell| cell.trim())
}

impl LongColumns {
    fn of(name: &str, found: &Found, context: HeaderContext<'_>) -> Result<Self> {
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
        Ok(Self {
            question,
            answer,
            id,
            keep,
        })
    }
}

impl<'a> LongTable<'a> {
    fn new(name: &'a str, found: &'a Found, context: HeaderContext<'a>) -> Result<Self> {
        Ok(Self {
            name,
            found,
            context,
            columns: LongColumns::of(name, found, context)?,
            people: Vec::new(),
            by_id: HashMap::new(),
            meanings: HashMap::new(),
            unknown: Vec::new(),
            asked: vec![None; context.pack.questions().len()],
            taken: 0,
            empty: 0,
            size: 0,
        })
    }

    /// Adds what a row says to the person whom it is of.
    fn add(&mut self, row: &PivotRow) -> Result<()> {
        if row.cells.iter().all(|cell| cell.trim().is_empty()) {
            self.empty += 1;
            return Ok(());
        }
        self.taken += 1;
        self.size += row.size();
        let at = self.person_of(row);
        let over = match (self.people.len() > PEOPLE, self.size > LONG) {
            (true, _) => Some(format!("{PEOPLE} people")),
            (_, true) => Some(format!("{LONG} bytes")),
            _ => None,
        };
        if let Some(over) = over {
            return Err(Error::failed(format!(
                "{}:{}: a long table of over {over} is not put together; divide it, or write a row a person",
                self.name, row.line
            )));
        }
        let person = &mut self.people[at];
        if !person.raw.is_empty() {
            person.raw.push(b'\n');
        }
        person.raw.extend_from_slice(&row.raw);
        self.add_answer(at, row);
        self.ensure_one_person(at, row)
    }

    /// The place of the person whom a row is of, who may be new.
    fn person_of(&mut self, row: &PivotRow) -> usize {
        let (people, columns) = (&mut self.people, &self.columns);
        let who = columns.id.map_or("", |at| trimmed(row, at));
        *self.by_id.entry(who.to_owned()).or_insert_with(|| {
            people.push(Person {
                id: if who.is_empty() {
                    format!("row {}", row.line)
                } else {
                    who.to_owned()
                },
                line: row.line,
                answers: HashMap::new(),
                kept: (columns.keep.iter())
                    .map(|&at| trimmed(row, at).to_owned())
                    .collect(),
                raw: Vec::new(),
                wrong: None,
            });
            people.len() - 1
        })
    }

    /// Adds the answer of a row to its person, or what is wrong with it, of which the first counts.
    fn add_answer(&mut self, at: usize, row: &PivotRow) {
        let LongColumns {
            question, answer, ..
        } = self.columns;
        let person = &mut self.people[at];
        let asks = trimmed(row, question);
        let meaning =
            (self.meanings.entry(asks.to_owned())).or_insert_with(|| self.context.meaning(asks));
        let reason = match meaning {
            HeaderMeaning::One { question: q, .. } => {
                self.asked[*q].get_or_insert_with(|| asks.to_owned());
                let Some((_, (line, _))) = person.answers.get(q) else {
                    let place = (row.line, answer + 1);
                    let answered = (trimmed(row, answer).to_owned(), place);
                    person.answers.insert(*q, answered);
                    return;
                };
                format!("{TWICE}, in line {line} too; write one answer")
            }
            HeaderMeaning::Several(_) => "this can mean several questions; write an id".to_owned(),
            HeaderMeaning::None if asks.is_empty() => {
                "blank: write which question this answers".to_owned()
            }
            HeaderMeaning::None => {
                if self.unknown.len() <= NAMED && !self.unknown.iter().any(|known| known == asks) {
                    self.unknown.push(asks.to_owned());
                }
                return;
            }
        };
        let told = [self.found.names[question].clone(), asks.to_owned(), reason];
        (person.wrong).get_or_insert(((row.line, question + 1), told));
    }

    /// Ensures that the rows are not those of several people whom no column tells apart: then a question
    /// is answered twice.
    fn ensure_one_person(&self, at: usize, row: &PivotRow) -> Result<()> {
        let wrong = self.people[at].wrong.as_ref();
        if self.columns.id.is_none() && wrong.is_some_and(|(_, told)| told[2].starts_with(TWICE)) {
            return Err(Error::failed(format!(
                "{}:{}: no column says who: {} is answered more than once; name the column of people by --id",
                self.name,
                row.line,
                trimmed(row, self.columns.question)
            )));
        }
        Ok(())
    }

    /// What is said of names that are no questions.
    ///
    /// # Errors
    /// When there are some, and nobody has said that the table may have them.
    fn unknown_questions(&self) -> Result<Vec<String>> {
        let context = self.context;
        let all = self.unknown.iter().take(NAMED);
        let all: Vec<String> = all
            .map(|asks| {
                let near = context.index.near(asks).map_or_else(String::new, |q| {
                    format!("; did you mean {}?", context.pack.questions()[q].id())
                });
                format!("no question {:?}, ignored{near}", short(asks))
            })
            .collect();
        if !all.is_empty() && !context.options.partial && !context.options.is_mapped() {
            return Err(Error::failed(format!(
                "{}:1: the column {:?} names what is no question:\n  {}\nmend the names, say --partial to go on \
                 without, or name them in a map (--map)",
                self.name,
                self.found.names[self.columns.question],
                all.join("\n  ")
            )));
        }
        Ok(all)
    }

    /// A row a person, with a column for each question that somebody was asked.
    fn into_people(self) -> Result<Pivoted> {
        let remarks = self.unknown_questions()?;
        let all = self.context.pack.questions();
        let questions: Vec<QuestionIx> = (0..self.asked.len())
            .filter(|&q| self.asked[q].is_some())
            .collect();
        let kept = self.context.keep;
        let mut names = vec!["id".to_owned()];
        names.extend(questions.iter().map(|&q| all[q].id().to_owned()));
        names.extend_from_slice(kept);
        let id = self.columns.id;
        let mut labels =
            vec![id.map_or_else(|| "id".to_owned(), |at| self.found.names[at].clone())];
        labels.extend(self.asked.into_iter().flatten());
        labels.extend_from_slice(kept);
        let mut out = FramedRows::default();
        for person in self.people {
            person.write(&mut out, &questions, id.unwrap_or(0) + 1);
        }
        Ok(Pivoted {
            names,
            labels,
            rows: out.bytes,
            taken: self.taken,
            empty: self.empty,
            remarks,
        })
    }
}

impl Person {
    /// Adds the person's row: the answers to these questions, or what is wrong. `id` is the number of the
    /// column that says who.
    fn write(&self, out: &mut FramedRows, questions: &[QuestionIx], id: usize) {
        if let Some((place, [field, value, reason])) = &self.wrong {
            out.mistake(*place, [field, value, reason], &self.raw);
            return;
        }
        out.cell(self.id.as_bytes(), Some((self.line, id)));
        for q in questions {
            match self.answers.get(q) {
                Some((text, place)) => out.cell(text.as_bytes(), Some(*place)),
                None => out.cell(b"", Some((self.line, 1))),
            }
        }
        for kept in &self.kept {
            out.cell(kept.as_bytes(), None);
        }
        out.end(Some(&self.raw));
    }
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
    let (mut all, mut empty, mut size, mut cells) = (Vec::new(), 0, 0, 0);
    for row in rows {
        let row = row?;
        if row.cells.iter().all(|cell| cell.trim().is_empty()) {
            empty += 1;
            continue;
        }
        size += row.size();
        if size > TURNED {
            return Err(Error::failed(format!(
                "{name}:{}: a table with a row a question of over {TURNED} bytes is not turned; write a row a person",
                row.line
            )));
        }
        cells += row.cells.len();
        if cells > TURNED_CELLS {
            return Err(Error::failed(format!(
                "{name}:{}: a table with a row a question of over {TURNED_CELLS} cells is not turned; write a row a \
                 person",
                row.line
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
