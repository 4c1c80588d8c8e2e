//! `rolescope read`: shows how a file of answers is read, without scoring anybody.

use crate::commands::shared::distinct_outputs::ensure_outputs_distinct;
use crate::commands::shared::formats::write_page;
use crate::commands::shared::global_args::{GlobalArgs, say, write_records};
use crate::commands::shared::input_args::InputArgs;
use crate::error::{Error, Result};
use crate::input::column_counts::ColumnCounts;
use crate::input::fold::short;
use crate::input::input_log::message;
use crate::input::ledger::Ledger;
use crate::input::mapping::{InputOptions, Layout, Mapping};
use crate::input::opened::{Described, ReadOptions};
use crate::input::pack_tables::PackTables;
use crate::input::pump::Pump;
use crate::input::row::{KeptField, Receiver, Rejection, RowBuffer};
use crate::storage::atomic_write::{Output, output_file, public};
use clap::{ValueEnum, ValueHint};
use rolescope_core::pages::InputReading;
use rolescope_core::psychometrics::{Analysis, AnalysisCounts};
use rolescope_core::write::{PageFormat, csv_cell};
use rolescope_core::{Answers, Comparison, Pack};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Bytes of a piece.
const PIECE: usize = 256 << 10;
/// Rejected rows that are told one by one.
const SHOWN: u64 = 20;
/// People whose answers are looked at for questions that go the other way.
const LOOKED_AT: usize = 5000;

/// What answer files are called together.
const SHEETS: &str = "answer files";

/// How it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReadFormat {
    /// Text for a terminal.
    Text,
    /// Markdown.
    Markdown,
    /// One HTML file, to read on a screen or print on A4.
    Html,
    /// A row a column of the input.
    Csv,
    /// The answers as a clean sheet: ids as header, numbers and letters as cells.
    Clean,
}

impl ReadFormat {
    /// The format of the page.
    const fn page(self) -> PageFormat {
        match self {
            Self::Markdown => PageFormat::Markdown,
            Self::Html => PageFormat::Html,
            Self::Text | Self::Csv | Self::Clean => PageFormat::Text,
        }
    }
}

/// Arguments of `read`.
#[derive(Debug, clap::Args)]
pub struct ReadArgs {
    /// Files of answers, folders of them, or - for standard input
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    inputs: Vec<String>,
    /// How to show it [default: text; with an output file: clean]
    #[arg(short, long)]
    format: Option<ReadFormat>,
    /// Write how the file is read to this file, to be changed and given by --map
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    write_map: Option<PathBuf>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    #[command(flatten)]
    input: InputArgs,
}

impl ReadArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// When an input cannot be read, or not every row of it would be.
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        let inputs = self.inputs.iter().map(Path::new);
        ensure_outputs_distinct(
            inputs.chain(self.input.map.as_deref()),
            &[&self.output, &self.write_map],
        )?;
        if self.write_map.is_some() && self.inputs.len() > 1 {
            return Err(Error::Usage(
                "--write-map writes how one file is read; give one".to_owned(),
            ));
        }
        let format = self.format.unwrap_or(if self.output.is_some() {
            ReadFormat::Clean
        } else {
            ReadFormat::Text
        });
        let pack = settings.load()?;
        let comparison = settings.comparison(&pack)?;
        let mut input = self.input.options(&pack)?;
        // what is not there is shown, and counts below as a mistake
        let partial = input.partial || input.is_mapped();
        input.partial |= self.write_map.is_some();
        input.counts = true;
        let path = output_file(self.output.as_deref());
        let mut clean = match format {
            ReadFormat::Clean => Some(CleanSheet::open(&pack, path)?),
            _ => None,
        };
        let (files, unread) = files(&self.inputs, (&pack, &input), clean.as_mut())?;
        match format {
            ReadFormat::Clean => {
                if let Some(clean) = clean {
                    clean.out.finish()?;
                }
            }
            ReadFormat::Csv => write_records(&table(&files, &pack), path)?,
            ReadFormat::Text | ReadFormat::Markdown | ReadFormat::Html => {
                let shown: Vec<InputReading<'_>> = (files.iter())
                    .map(|file| file.reading(&comparison, partial))
                    .collect();
                let page = InputReading::page(&shown);
                write_page(settings, &page, format.page(), path)?;
            }
        }
        if let (Some(path), Some(file)) = (&self.write_map, files.first()) {
            public(path, file.map(&input, &pack).to_toml().as_bytes())?;
            settings.remark(&format!(
                "written to {}; give it by --map {}",
                path.display(),
                path.display()
            ));
        }
        end(&files, unread, self.inputs.len())
    }
}

/// How the command ends: well only if every row would be read.
fn end(files: &[ReadFile], unread: u64, inputs: usize) -> Result<()> {
    let people: u64 = files.iter().map(|file| file.people).sum();
    let rejected: u64 = files.iter().map(|file| file.rejected).sum();
    if unread > 0 {
        return Err(Error::Partly(format!(
            "{unread} of {inputs} inputs cannot be read"
        )));
    }
    if rejected == 0 {
        return Ok(());
    }
    let rows = people + rejected;
    if people == 0 {
        return Err(Error::Nothing(format!("none of {rows} rows would be read")));
    }
    Err(Error::Partly(format!(
        "{rejected} of {rows} rows would not be read"
    )))
}

/// Reads all inputs; those of several that cannot be read are told and counted.
fn files(
    inputs: &[String],
    (pack, input): (&Pack, &InputOptions),
    mut clean: Option<&mut CleanSheet<'_>>,
) -> Result<(Vec<ReadFile>, u64)> {
    let options = ReadOptions {
        pack,
        input,
        keep: &[],
        size: PIECE,
        tables: PackTables::default(),
    };
    let mut pump = Pump::new(inputs, options);
    let (mut all, mut unread): (Vec<ReadFile>, u64) = (Vec::new(), 0);
    let mut row = RowBuffer::new(pack, &[]);
    let mut bytes = Vec::new();
    loop {
        let piece = match pump.next(&mut bytes) {
            Err(error) if inputs.len() > 1 => {
                say(&error.to_string());
                unread += 1;
                continue;
            }
            piece => piece?,
        };
        let opened = pump.take_told();
        for (name, told) in opened {
            all.push(ReadFile::new(name, told, pack));
        }
        let Some(piece) = piece else {
            break;
        };
        if piece.is_sheet() && all.last().is_none_or(|file| file.name != SHEETS) {
            let told = Described {
                written: "one person each".to_owned(),
                ..Described::default()
            };
            all.push(ReadFile::new(SHEETS.to_owned(), told, pack));
        }
        let Some(file) = all.last_mut() else {
            break;
        };
        row.counts = Some(std::mem::take(&mut file.counts));
        let mut reading = Reading {
            file,
            clean: clean.as_deref_mut(),
            failed: None,
        };
        let ledger = piece.read(pack, &bytes, &mut row, &mut reading);
        if let Some(error) = reading.failed {
            return Err(error);
        }
        file.ledger.add(ledger);
        file.counts = row.counts.take().unwrap_or_default();
    }
    Ok((all, unread))
}

/// A file, and what was found in it.
struct ReadFile {
    name: String,
    told: Described,
    people: u64,
    rejected: u64,
    ledger: Ledger,
    counts: Box<ColumnCounts>,
    mistakes: Vec<String>,
    answers: Vec<Answers>,
}

impl ReadFile {
    fn new(name: String, told: Described, pack: &Pack) -> Self {
        Self {
            name,
            told,
            people: 0,
            rejected: 0,
            ledger: Ledger::default(),
            counts: Box::new(ColumnCounts::new(pack)),
            mistakes: Vec::new(),
            answers: Vec::new(),
        }
    }

    /// The map that reads the same.
    fn map(&self, input: &InputOptions, pack: &Pack) -> Mapping {
        let told = &self.told;
        let other = |encoding: &str| {
            !encoding.is_empty() && encoding != "UTF-8" && !encoding.starts_with("UTF-16")
        };
        let mut columns: Vec<(String, Option<String>)> = Vec::new();
        for (name, question) in &told.columns {
            let id = question.map(|(q, _)| pack.questions()[q].id().to_owned());
            if !name.is_empty() && !columns.iter().any(|(known, _)| known == name) {
                columns.push((name.clone(), id));
            }
        }
        Mapping {
            layout: told.layout,
            id: told.id.clone(),
            sheet: told.sheet.clone(),
            encoding: Some(told.encoding.to_lowercase()).filter(|_| other(&told.encoding)),
            columns,
            ..input.map.clone()
        }
    }

    /// What the page shows of the file.
    fn reading<'a>(&'a self, comparison: &'a Comparison<'_>, partial: bool) -> InputReading<'a> {
        let pack = comparison.pack();
        let mut notes = self.left_alone();
        for (q, counts) in self.counts.0.iter().enumerate() {
            if let Some((place, value, reason)) = &counts.first {
                let (id, wrong) = (pack.questions()[q].id(), counts.wrong);
                notes.push(format!(
                    "{id}: {wrong} unreadable, the first at {place}: {value:?}: {reason}"
                ));
            }
        }
        let missing = self.missing(pack);
        if !missing.is_empty() {
            let further = if partial {
                ""
            } else {
                " (say --partial to go on without)"
            };
            notes.push(format!("no column for {}{further}", missing.join(", ")));
        }
        notes.extend(self.mistakes.iter().cloned());
        if self.rejected > SHOWN {
            notes.push("further rows that would not be read are only counted".to_owned());
        }
        notes.extend(self.turned(comparison));
        let people = usize::try_from(self.people).unwrap_or(usize::MAX);
        let passed = self.ledger.passed_over();
        let outcome = format!(
            "{} would be read, {} would not{}",
            rolescope_core::write::count(people, "person", "people"),
            self.rejected,
            passed.map_or_else(String::new, |passed| format!("; {passed}"))
        );
        let mut reading = InputReading::new(&self.name, outcome);
        for (what, found) in self.facts() {
            reading.fact(what, &found);
        }
        for note in notes {
            reading.note(note);
        }
        self.columns(pack, &mut reading);
        reading
    }

    /// What the file was found to be.
    fn facts(&self) -> Vec<(&'static str, String)> {
        let told = &self.told;
        let encoding = match told.encoding.as_str() {
            "" => String::new(),
            encoding => format!(", {encoding}"),
        };
        let kind = format!("{}{}{encoding}", told.container_words(), told.written);
        let mut facts = vec![("read as", kind)];
        facts.extend(told.sheet.clone().map(|sheet| ("sheet", sheet)));
        if let Some(layout) = told.layout {
            let words = match layout {
                Layout::Wide => "wide: a row a person",
                Layout::Long => "long: a row an answer",
                Layout::Transposed => "transposed: a row a question",
            };
            facts.push(("layout", words.to_owned()));
        }
        if told.header > 0 {
            facts.push(("header", format!("row {}", told.header)));
        }
        for (at, why) in &told.passed {
            facts.push(("passed over", format!("row {at}: {why}")));
        }
        if told.layout.is_some() {
            let who = told.id.as_ref().map_or_else(
                || "no column; people are called row N (--id COL names a column)".to_owned(),
                |id| format!("column {id:?}"),
            );
            facts.push(("who", who));
        }
        facts
    }

    /// The columns that are questions.
    fn columns<'a>(&'a self, pack: &'a Pack, reading: &mut InputReading<'a>) {
        for (at, (name, question)) in self.told.columns.iter().enumerate() {
            let Some((q, rule)) = *question else {
                continue;
            };
            let counts = &self.counts.0[q];
            let answers = [
                counts.codes + counts.survey,
                counts.texts,
                counts.missing,
                counts.wrong,
            ];
            let id = pack.questions()[q].id();
            reading.column((at + 1, name), id, rule.words(), answers);
        }
    }

    /// The columns that are no questions, in one line.
    fn left_alone(&self) -> Vec<String> {
        let all = self.told.columns.iter().enumerate();
        let others = all.filter(|(_, (name, question))| {
            question.is_none() && self.told.id.as_ref() != Some(name)
        });
        let mut others: Vec<String> = others
            .map(|(at, (name, _))| format!("{} {:?}", at + 1, short(name)))
            .collect();
        if others.is_empty() {
            return Vec::new();
        }
        let more = others.len().saturating_sub(20);
        others.truncate(20);
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        vec![format!("left alone: {}{more}", others.join(", "))]
    }

    /// Questions without a column.
    fn missing<'p>(&self, pack: &'p Pack) -> Vec<&'p str> {
        if self.told.columns.is_empty() || self.told.open || self.told.layout == Some(Layout::Long)
        {
            return Vec::new();
        }
        let asked = |q: usize| {
            self.told
                .columns
                .iter()
                .any(|(_, found)| found.is_some_and(|f| f.0 == q))
        };
        let all = pack.questions().iter().enumerate();
        all.filter(|(q, _)| !asked(*q))
            .map(|(_, question)| question.id())
            .collect()
    }

    /// What `analyse` would tell of questions that go against the others: they may have been turned
    /// already.
    fn turned(&self, comparison: &Comparison<'_>) -> Option<String> {
        if (self.answers.len() as u64) < Analysis::FEWEST {
            return None;
        }
        let mut counts = AnalysisCounts::new(comparison)?;
        for answers in &self.answers {
            counts.add(answers, &comparison.assess(answers), None);
        }
        let analysis = Analysis::new(comparison, &counts, None);
        let turned: Vec<&str> = analysis
            .reversed()
            .map(|q| comparison.pack().questions()[q].id())
            .collect();
        (!turned.is_empty()).then(|| {
            format!(
                "their answers go against the other questions of their trait: {} (if the file's reversed \
                 questions were turned already, turn them back; `rolescope analyse` says more)",
                turned.join(", ")
            )
        })
    }
}

/// A row for each column of each file.
fn table(files: &[ReadFile], pack: &Pack) -> String {
    let mut out = b"file,column,header,question,known_by,codes,texts,missing,unreadable,first_place,first_value,reason\n".to_vec();
    let mut row =
        |file: &str, at: &str, name: &str, q: Option<(usize, &str)>, file_counts: &ColumnCounts| {
            csv_cell(&mut out, file);
            let (id, rule) = q.map_or(("", ""), |(q, rule)| (pack.questions()[q].id(), rule));
            for text in [at, name, id, rule] {
                out.push(b',');
                csv_cell(&mut out, text);
            }
            let counts = q.map(|(q, _)| &file_counts.0[q]);
            let numbers = counts.map_or_else(
                || ",,,,".to_owned(),
                |c| {
                    format!(
                        ",{},{},{},{}",
                        c.codes + c.survey,
                        c.texts,
                        c.missing,
                        c.wrong
                    )
                },
            );
            out.extend_from_slice(numbers.as_bytes());
            let first = counts.and_then(|c| c.first.as_ref());
            let empty = (String::new(), String::new(), String::new());
            let (place, value, reason) = first.unwrap_or(&empty);
            for text in [place, value, reason] {
                out.push(b',');
                csv_cell(&mut out, text);
            }
            out.push(b'\n');
        };
    for file in files {
        for (at, (name, question)) in file.told.columns.iter().enumerate() {
            let question = question.as_ref().map(|(q, rule)| (*q, rule.words()));
            row(
                &file.name,
                &(at + 1).to_string(),
                name,
                question,
                &file.counts,
            );
        }
        for id in file.missing(pack) {
            let q = pack.question(id).map(|q| (q, "no column"));
            row(&file.name, "", "", q, &file.counts);
        }
    }
    String::from_utf8(out).unwrap_or_default()
}

/// The answers as a sheet in the program's own dialect.
struct CleanSheet<'p> {
    out: Output,
    pack: &'p Pack,
}

impl<'p> CleanSheet<'p> {
    fn open(pack: &'p Pack, path: Option<&Path>) -> Result<Self> {
        let mut out = Output::open_records(path)?;
        let ids: Vec<&str> = pack
            .questions()
            .iter()
            .map(rolescope_core::Question::id)
            .collect();
        writeln!(out, "id,{}", ids.join(",")).map_err(Error::output)?;
        Ok(Self { out, pack })
    }

    fn person(&mut self, id: &str, answers: &Answers) -> Result<()> {
        let mut row = Vec::new();
        csv_cell(&mut row, id);
        for (q, question) in self.pack.questions().iter().enumerate() {
            row.push(b',');
            row.extend_from_slice(question.written(answers.code(q)).as_bytes());
        }
        row.push(b'\n');
        self.out.write_all(&row).map_err(Error::output)
    }
}

/// A file being read.
struct Reading<'f, 'c, 'p> {
    file: &'f mut ReadFile,
    clean: Option<&'c mut CleanSheet<'p>>,
    failed: Option<Error>,
}

impl Receiver for Reading<'_, '_, '_> {
    fn person(&mut self, id: &str, answers: &Answers, _: &[KeptField]) -> bool {
        self.file.people += 1;
        if self.file.answers.len() < LOOKED_AT {
            self.file.answers.push(answers.clone());
        }
        if let Some(clean) = &mut self.clean
            && let Err(error) = clean.person(id, answers)
        {
            self.failed = Some(error);
            return false;
        }
        true
    }

    fn reject(&mut self, rejection: &Rejection<'_>) -> bool {
        self.file.rejected += 1;
        if self.file.rejected <= SHOWN {
            self.file.mistakes.push(message(rejection));
        }
        true
    }

    fn unknown(&mut self, _: &str) {}
}
