//! Opens records of JSON: a line each, over several lines, or in an array.

use crate::error::{Error, Result};
use crate::input::cells::CellRules;
use crate::input::fold::fold;
use crate::input::header::{self, Header};
use crate::input::json_objects::{between, object_end, piece};
use crate::input::layout;
use crate::input::ledger::Ledger;
use crate::input::mapping::Layout;
use crate::input::ndjson::{JsonRules, NdjsonReader};
use crate::input::open_table::pivoted;
use crate::input::opened::{
    Opening, RecordReader, RecordSource, RowReader, TextBytes, cannot_read, read_all,
};
use crate::input::pivot::{LONG, PivotRow};
use crate::input::question_index::QuestionIndex;
use crate::input::record_splitter::{RecordSplitter, Splitting};
use crate::input::row::RowBuffer;
use crate::input::sample::{ROWS, SampleRow};
use crate::input::settle;
use memchr::{memchr, memchr_iter};
use serde_json::{Map, Value};
use std::sync::Arc;

/// Fields that are no answers.
const OTHERS: [&str; 2] = ["pace", "format"];

/// Opens records of JSON.
///
/// # Errors
/// When no field is a question, or answers can be read in two ways.
pub(crate) fn open(mut opening: Opening<'_>, bytes: TextBytes) -> Result<RecordSource> {
    let options = opening.options;
    let input = options.input;
    let index = opening.index();
    let rules = opening.rules();
    let array = bytes.start.trim_ascii_start().starts_with(b"[");
    let objects = array || over_several_lines(&bytes.start);
    if input.exact && objects {
        return Err(Error::failed(format!(
            "{} has JSON over several lines; --exact reads an object a line",
            opening.name
        )));
    }
    let written = match (array, objects) {
        (true, _) => "a JSON array",
        (false, true) => "JSON objects over several lines",
        (false, false) => "NDJSON",
    };
    written.clone_into(&mut opening.told.written);
    let mut json = JsonRules {
        index: Arc::clone(&index),
        rules: Arc::clone(&rules),
        map: input.is_mapped().then(|| Arc::new(input.map.clone())),
        exact: input.exact,
        id: input.map.id.clone().unwrap_or_else(|| "id".to_owned()),
        survey: vec![false; options.pack.questions().len()],
        objects,
        counts: input.counts,
    };
    let quick = NdjsonReader::new(options.pack, options.keep, json.clone());
    let mut row = RowBuffer::new(options.pack, options.keep);
    let (mut remarks, mut asked) = (Vec::new(), options.pack.questions().len());
    if !input.exact && !quick.all_plain(&bytes.start, &mut row) {
        let sample = Records::of(&bytes.start);
        if let Some(found) = sample.long(&opening, &index) {
            return put_together(opening, bytes, &index, &rules, found);
        }
        (asked, remarks) = settle_fields(&sample, &mut opening, &mut json)?;
    }
    opening.told.layout = Some(Layout::Wide);
    opening.told.id = Some(json.id.clone());
    let reader = NdjsonReader::new(options.pack, options.keep, json);
    let splitter = RecordSplitter::new(bytes.reader, bytes.start, b'\n', options.size);
    Ok(RecordSource {
        reader: Arc::new(RecordReader {
            name: opening.name,
            header: Vec::new(),
            asked,
            rows: RowReader::Lines(Box::new(reader)),
        }),
        splitter: if array {
            splitter.closed_by(b']')
        } else {
            splitter
        },
        splitting: if objects {
            Splitting::Objects
        } else {
            Splitting::Lines
        },
        live: opening.live,
        passed: Ledger::default(),
        remarks,
        told: opening.told,
    })
}

/// Opens records with an answer each, which are read whole and put together to people.
fn put_together(
    opening: Opening<'_>,
    mut bytes: TextBytes,
    index: &QuestionIndex,
    rules: &Arc<CellRules>,
    found: layout::Found,
) -> Result<RecordSource> {
    let more = LONG.saturating_sub(bytes.start.len() as u64);
    read_all(&mut bytes.reader, more + 1, &mut bytes.start)
        .map_err(|source| cannot_read(&opening.name, source))?;
    if bytes.start.len() as u64 > LONG {
        return Err(Error::failed(format!(
            "{} has an answer a record and over {LONG} bytes, which is not put together; write a record a person",
            opening.name
        )));
    }
    let found = layout::Found { data: 1, ..found };
    let rows = Records::rows(&bytes.start, &found.names).map(Ok);
    pivoted(opening, index, rules, &found, rows, None, Vec::new())
}

/// Settles what the fields of records hold, from the first of them, for the reader of all. Gives the
/// number of questions that have a field, and what is worth saying.
fn settle_fields(
    sample: &Records,
    opening: &mut Opening<'_>,
    json: &mut JsonRules,
) -> Result<(usize, Vec<String>)> {
    let input = opening.options.input;
    let index = Arc::clone(&json.index);
    let (header, rows) = sample.settle(opening, &index)?;
    if let Some(id) = sample.id(input.map.id.as_deref(), &opening.name)? {
        json.id = id;
    }
    let asked = if !sample.nested && header.questions.iter().any(Option::is_some) {
        header.questions.iter().flatten().count()
    } else {
        opening.options.pack.questions().len()
    };
    let remarks = header
        .remarks
        .iter()
        .map(|remark| format!("{}: {remark}", opening.name))
        .collect();
    let place = |line: u64, column: usize| format!("{line}, {}", header.names[column - 1]);
    let columns = settle::columns(
        &opening.name,
        &rows,
        &header,
        opening.context(&index),
        &json.rules,
        place,
    )?;
    for column in &columns {
        if let Some(q) = column.question {
            json.survey[q] = column.survey;
        }
    }
    if input.counts {
        let columns = header
            .names
            .iter()
            .zip(&header.questions)
            .zip(&header.rules);
        opening.told.columns = columns
            .map(|((name, question), rule)| (name.clone(), question.zip(*rule)))
            .collect();
        opening.told.open = sample.nested;
    }
    Ok((asked, remarks))
}

/// Whether the first object goes on behind its line.
fn over_several_lines(start: &[u8]) -> bool {
    let start = start.trim_ascii_start();
    match (object_end(start), memchr(b'\n', start)) {
        (Some(end), Some(line)) => {
            end > line + 1 && serde_json::from_slice::<Value>(&start[..end]).is_ok()
        }
        _ => false,
    }
}

/// The first records of an input.
struct Records {
    all: Vec<(u64, Map<String, Value>)>,
    /// Whether answers stand in a field of their own.
    nested: bool,
}

impl Records {
    fn of(start: &[u8]) -> Self {
        let all: Vec<(u64, Map<String, Value>)> = objects(start).take(ROWS).collect();
        let nested = all
            .iter()
            .any(|(_, record)| record.get("answers").is_some_and(Value::is_object));
        Self { all, nested }
    }

    /// Rows of cells under these names.
    fn rows<'b>(bytes: &'b [u8], names: &'b [String]) -> impl Iterator<Item = PivotRow> + 'b {
        objects(bytes).map(|(line, record)| PivotRow {
            line,
            cells: names
                .iter()
                .map(|name| record.get(name).map_or_else(String::new, cell))
                .collect(),
            raw: Value::Object(record).to_string().into_bytes(),
        })
    }

    /// The fields that may be answers.
    fn fields<'r>(&self, record: &'r Map<String, Value>) -> Option<&'r Map<String, Value>> {
        if self.nested {
            record.get("answers").and_then(Value::as_object)
        } else {
            Some(record)
        }
    }

    /// The names of fields in the order in which they come, and the records as rows under them.
    fn table(&self) -> (Vec<String>, Vec<SampleRow>) {
        let mut names: Vec<String> = Vec::new();
        let mut known = std::collections::HashSet::new();
        for fields in self
            .all
            .iter()
            .filter_map(|(_, record)| self.fields(record))
        {
            for name in fields.keys() {
                if !OTHERS.contains(&name.as_str()) && known.insert(name.clone()) {
                    names.push(name.clone());
                }
            }
        }
        let row = |(line, record): &(u64, Map<String, Value>)| SampleRow {
            line: *line,
            lines: 1,
            end: 0,
            cells: names
                .iter()
                .map(|name| {
                    self.fields(record)
                        .and_then(|f| f.get(name))
                        .map_or_else(String::new, cell)
                })
                .collect(),
        };
        let rows = self.all.iter().map(row).collect();
        (names, rows)
    }

    /// How records with an answer each stand, if that is what they are.
    fn long(&self, opening: &Opening<'_>, index: &QuestionIndex) -> Option<layout::Found> {
        let asked = opening.options.input.map.layout;
        if self.nested || asked == Some(Layout::Wide) {
            return None;
        }
        let (names, mut rows) = self.table();
        rows.insert(
            0,
            SampleRow {
                line: 1,
                lines: 1,
                end: 0,
                cells: names,
            },
        );
        let found = layout::find(
            &opening.name,
            &rows,
            opening.context(index),
            &opening.rules(),
        );
        found.ok().filter(|found| found.layout == Layout::Long)
    }

    /// What the fields are.
    fn settle(
        &self,
        opening: &Opening<'_>,
        index: &QuestionIndex,
    ) -> Result<(Header, Vec<SampleRow>)> {
        let (names, rows) = self.table();
        let mut context = opening.context(index);
        context.keep = &[];
        let options = crate::input::mapping::InputOptions {
            map: crate::input::mapping::Mapping {
                id: None,
                ..context.options.map.clone()
            },
            ..context.options.clone()
        };
        context.options = &options;
        let known = context.questions_in(names.iter().map(String::as_str));
        let broken = self.all.is_empty();
        // what is wrong with such records is told line by line
        let open = self.nested || broken || known == 0;
        if known == 0
            && !self.nested
            && !broken
            && self.all.iter().all(|(_, r)| !r.contains_key("answers"))
        {
            let result = self
                .all
                .iter()
                .any(|(_, record)| record.contains_key("receipt"));
            if !result {
                let rows = [SampleRow {
                    line: 1,
                    lines: 1,
                    end: 0,
                    cells: names,
                }];
                layout::find(&opening.name, &rows, context, &opening.rules())?;
                return Ok((
                    header::resolve(&opening.name, Vec::new(), context, true)?,
                    Vec::new(),
                ));
            }
        }
        let place = format!("{}:1", opening.name);
        Ok((header::resolve(&place, names, context, open)?, rows))
    }

    /// The field that says who.
    fn id(&self, asked: Option<&str>, name: &str) -> Result<Option<String>> {
        let mut names: Vec<String> = Vec::new();
        for (_, record) in &self.all {
            names.extend(
                record
                    .keys()
                    .filter(|key| !names.contains(key))
                    .cloned()
                    .collect::<Vec<_>>(),
            );
        }
        let place = format!("{name}:1");
        if let Some(asked) = asked {
            let at = header::column(&place, &names, asked, "of ids")?;
            return Ok(Some(names.swap_remove(at)));
        }
        if names.iter().any(|name| name == "id") {
            return Ok(None);
        }
        let mut known: Vec<String> = names
            .into_iter()
            .filter(|name| header::says_who(name))
            .collect();
        known.sort_by_key(|name| header::id_rank(&fold(name)));
        Ok(known.into_iter().next())
    }
}

/// A value as a cell.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The objects of a text, each with its line; what is none is passed over.
fn objects(bytes: &[u8]) -> impl Iterator<Item = (u64, Map<String, Value>)> + '_ {
    let (mut at, mut line) = (0, 1);
    std::iter::from_fn(move || {
        loop {
            let start = at + bytes.get(at..)?.iter().take_while(|b| between(**b)).count();
            line += memchr_iter(b'\n', &bytes[at..start]).count() as u64;
            let length = piece(&bytes[start..])
                .or_else(|| object_end(&bytes[start..]))
                .or_else(|| memchr(b'\n', &bytes[start..]))
                .filter(|length| *length > 0)?;
            let text = &bytes[start..start + length];
            let here = line;
            line += memchr_iter(b'\n', text).count() as u64;
            at = start + length;
            if let Ok(Value::Object(record)) = serde_json::from_slice(text) {
                return Some((here, record));
            }
        }
    })
}
