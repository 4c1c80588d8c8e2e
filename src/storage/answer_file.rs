//! Answer file: one person's answers as TOML.

use crate::error::{Error, Result};
use crate::storage::session_facts::SessionFacts;
use crate::storage::synced_copy;
use crate::storage::text_file;
use crate::storage::text_file::{check_format, file_of, quoted, text_of_bytes};
use rolescope_core::pack::Fields;
use rolescope_core::write::AnswerFile;
use rolescope_core::{Answers, Diagnostic, Pack, SourceFile};
use std::fmt::Write as _;
use std::path::Path;

/// The latest format that is read; later ones are refused.
const FORMAT: u16 = 1;
/// Name of the file type in messages.
pub(crate) const WHAT: &str = "an answer file";
/// A mistake of a file: its line and column, and in a line what it is.
pub(crate) type PlacedMistake = ((usize, usize), String);

/// Mistakes of a file that are told one by one.
const TOLD: usize = 100;
/// Maximum length of a label, in characters.
pub const LONGEST_LABEL: usize = 5000;
/// Maximum length of a note, in characters.
pub const LONGEST_NOTE: usize = 20_000;

/// The pack that answers were given to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnsweredPack {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its fingerprint.
    pub fingerprint: String,
}

/// Dated note about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// When, as TOML writes a date and time.
    pub date: String,
    /// What, in one line or several.
    pub text: String,
}

/// Content of an answer file: one person's answers, dates and notes.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerSheet {
    /// Who, as a label or pseudonym.
    pub id: String,
    /// When the quiz began, as TOML writes a date and time.
    pub started: Option<String>,
    /// When it ended.
    pub finished: Option<String>,
    /// The pack that the answers were given to.
    pub given: Option<AnsweredPack>,
    /// The answers.
    pub answers: Answers,
    /// Answers to questions that this pack does not have, as written: kept, not scored.
    pub dropped: Vec<(String, String)>,
    /// Notes, in the order of writing.
    pub notes: Vec<Note>,
    /// What else a counsellor keeps of the session.
    pub facts: SessionFacts,
}

impl AnswerSheet {
    /// An empty sheet for a pack.
    #[must_use]
    pub fn new(id: String, pack: &Pack) -> Self {
        Self {
            id,
            started: None,
            finished: None,
            given: None,
            answers: Answers::none(pack),
            dropped: Vec::new(),
            notes: Vec::new(),
            facts: SessionFacts::default(),
        }
    }

    /// The label of the person's first sitting: this one's, where it is linked to no other.
    #[must_use]
    pub fn person(&self) -> &str {
        self.facts.first.as_deref().unwrap_or(&self.id)
    }

    /// What the person wanted to be, and whether that was written down before the quiz ended.
    #[must_use]
    pub fn wish(&self) -> Option<(String, bool)> {
        let moment = |text: &Option<String>| text.as_deref()?.parse::<jiff::Timestamp>().ok();
        let wished = moment(&self.facts.wished);
        let before = match (wished, moment(&self.finished)) {
            (Some(wished), Some(finished)) => wished <= finished,
            (Some(_), None) => true,
            (None, _) => false,
        };
        self.facts.wish.clone().map(|wish| (wish, before))
    }

    /// When the person answered, at the end of the quiz or where that is not known at its beginning: seconds since
    /// 1970 began (UTC).
    #[must_use]
    pub fn moment(&self) -> Option<i64> {
        let moment = self.finished.as_deref().or(self.started.as_deref());
        let moment = moment.and_then(|moment| moment.parse::<jiff::Timestamp>().ok());
        moment.map(jiff::Timestamp::as_second)
    }

    /// Reads a sheet, or its synced copy where a loss of power left no whole one.
    ///
    /// # Errors
    /// When the file cannot be read, or every mistake in it with its place.
    pub fn load(path: &Path, pack: &Pack, colour: bool) -> Result<Self> {
        let name = path.display().to_string();
        let cannot = |source| Error::io(format!("cannot read {name}"), source);
        let bytes = text_file::bytes_of(path).map_err(cannot)?;
        let read = |bytes| Self::of_bytes(&name, bytes, pack, colour);
        read(bytes.clone()).or_else(|why| {
            let copy = synced_copy::instead_of(path, &bytes);
            copy.map_or(Err(why), read)
        })
    }

    /// Reads a sheet from the bytes of its file; `name` is what messages call it.
    ///
    /// # Errors
    /// When the file is too large or no text, or every mistake in it with its place.
    pub fn of_bytes(name: &str, bytes: Vec<u8>, pack: &Pack, colour: bool) -> Result<Self> {
        Self::parse(name, &text_of_bytes(name, bytes, WHAT)?, pack, colour)
    }

    /// Reads a sheet from its text; `name` is what messages call it.
    ///
    /// # Errors
    /// Every mistake in it with its place.
    pub fn parse(name: &str, text: &str, pack: &Pack, colour: bool) -> Result<Self> {
        let file = file_of(name, text);
        examine(&file, pack).map_err(|mistakes| {
            Error::Mistakes(Diagnostic::show_all(
                &mistakes,
                std::slice::from_ref(&file),
                colour,
            ))
        })
    }

    /// Reads a sheet from its text, or says in a line why it cannot be read.
    ///
    /// # Errors
    /// The first mistake and its place.
    pub fn parse_briefly(text: &str, pack: &Pack) -> std::result::Result<Self, String> {
        let file = file_of("", text);
        examine(&file, pack).map_err(|mistakes| {
            let more = match mistakes.len() {
                0 | 1 => String::new(),
                n => format!(" (the first of {n} mistakes)"),
            };
            let first = mistakes.first().map(|mistake| mistake.brief(&file));
            first.unwrap_or_default() + &more
        })
    }

    /// Reads a sheet from its text, or says what is wrong with it: of each mistake the line and column, and in a line
    /// what it is.
    ///
    /// # Errors
    /// Every mistake in it; of very many the first, and how many more there are.
    pub(crate) fn parse_places(
        text: &str,
        pack: &Pack,
    ) -> std::result::Result<Self, Vec<PlacedMistake>> {
        let file = file_of("", text);
        examine(&file, pack).map_err(|mistakes| {
            let place = |mistake: &Diagnostic| {
                let span = mistake.span();
                span.map_or((1, 1), |span| file.place(span.start))
            };
            let told = mistakes.iter().take(TOLD).map(|mistake| {
                let what = format!("{}; {}", mistake.title(), mistake.help());
                (place(mistake), what)
            });
            let mut told: Vec<_> = told.collect();
            if let Some(next) = mistakes.get(TOLD) {
                let more = mistakes.len() - TOLD;
                told.push((place(next), format!("and {more} more mistakes")));
            }
            told
        })
    }

    /// The ids of answers that this pack does not have: a few, and how many more.
    #[must_use]
    pub fn dropped_ids(&self) -> String {
        let ids = self.dropped.iter().map(|(id, _)| id.as_str());
        let few: Vec<&str> = ids.take(20).collect();
        match self.dropped.len() - few.len() {
            0 => few.join(", "),
            more => format!("{} and {more} more", few.join(", ")),
        }
    }

    /// The first lines of an answer file with this label.
    #[must_use]
    pub fn head(label: &str) -> String {
        AnswerFile::head(label)
    }

    /// The sheet as text; answers stand in the order of asking.
    #[must_use]
    pub fn to_toml(&self, pack: &Pack) -> String {
        let given = self.given.as_ref();
        let mut text = AnswerFile::new(&self.id, &self.answers)
            .started(self.started.as_deref())
            .finished(self.finished.as_deref())
            .given_to(given.map(|g| [g.name.as_str(), &g.version, &g.fingerprint]))
            .dropped(&self.dropped)
            .to_toml(pack);
        self.facts.write(&mut text);
        for note in &self.notes {
            let (date, note) = (&note.date, quoted(&note.text));
            let _ = writeln!(text, "\n[[note]]\ndate = {date}\ntext = {note}");
        }
        text
    }
}

fn examine(file: &SourceFile, pack: &Pack) -> std::result::Result<AnswerSheet, Vec<Diagnostic>> {
    Fields::read(file, |fields| read(fields, pack))
}

fn read(fields: Fields<'_>, pack: &Pack) -> Option<AnswerSheet> {
    check_format(&fields, FORMAT);
    let mut sheet = AnswerSheet::new(
        fields
            .required("id", LONGEST_LABEL)
            .map(|i| i.0)
            .unwrap_or_default(),
        pack,
    );
    sheet.started = fields.moment("started");
    sheet.finished = fields.moment("finished");
    let seconds = fields.number("pace", Answers::PACE).map(|p| p.0);
    let _ = sheet.answers.set_pace(seconds); // within its range
    if let Some(table) = fields.table("pack") {
        let name = table.required("name", 200);
        let version = table.required("version", 40);
        let fingerprint = table.required("fingerprint", 80);
        table.finish();
        if let (Some(name), Some(version), Some(fingerprint)) = (name, version, fingerprint) {
            sheet.given = Some(AnsweredPack {
                name: name.0,
                version: version.0,
                fingerprint: fingerprint.0,
            });
        }
    }
    sheet.facts = SessionFacts::read(&fields, LONGEST_LABEL);
    for note in fields.tables("note") {
        if !note.has("date") {
            note.missing("date", "a date and time: 2026-03-02T09:14:00+13:00");
        }
        let date = note.moment("date");
        let text = note.required("text", LONGEST_NOTE);
        note.finish();
        if let (Some(date), Some((text, _))) = (date, text) {
            sheet.notes.push(Note { date, text });
        }
    }
    let Some(answers) = fields.table("answers") else {
        if !fields.has("answers") {
            fields.missing("answers", "a table of answers: [answers]");
        }
        return None;
    };
    let mut ids: Vec<(&str, usize)> = pack
        .questions()
        .iter()
        .enumerate()
        .map(|(q, question)| (question.id(), q))
        .collect();
    ids.sort_unstable();
    for ((id, _), entry) in answers.entries() {
        let answer = match (entry.number(), entry.text()) {
            (Some(number), _) => number.to_string(),
            (None, Some(text)) => text.to_owned(),
            (None, None) => String::new(),
        };
        let Ok(found) = ids.binary_search_by(|(known, _)| known.cmp(&id)) else {
            let literal = if entry.number().is_some() {
                answer
            } else {
                quoted(&answer)
            };
            sheet.dropped.push((id.to_owned(), literal));
            continue;
        };
        let q = ids[found].1;
        let question = &pack.questions()[q];
        let code = question.code_of(&answer);
        match code.filter(|&code| sheet.answers.set(q, code).is_ok()) {
            Some(_) => {}
            None => answers.mistake(
                &entry.span(),
                &format!("not an answer to `{id}`"),
                "found here",
                &format!("write {}", question.allowed()),
            ),
        }
    }
    fields.finish();
    Some(sheet)
}
