//! One person's answers, whatever file holds them.

use crate::commands::shared::global_args::GlobalArgs;
use crate::commands::shared::people_run::RunMessages;
use crate::error::{Error, Result};
use crate::input::containers::kind::{Kind, kind};
use crate::input::decompress::inflate;
use crate::input::fold::short;
use crate::input::format::InputFormat;
use crate::input::input_log::Messages;
use crate::input::mapping::InputOptions;
use crate::input::people::PeopleReader;
use crate::storage::answer_file::AnswerSheet;
use crate::terminal::progress::Progress;
use rolescope_core::text::inert;
use rolescope_core::{Answers, Pack};
use std::borrow::Cow;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// People that are named where it is not said which.
const NAMED: usize = 10;

/// Reads the answers of one person: an answer file, or the only person of any other file of answers, or
/// the one of this id.
///
/// # Errors
/// When the file cannot be read, or does not say whom is meant.
pub(crate) fn load(
    settings: &GlobalArgs,
    path: &Path,
    pack: &Pack,
    input: &InputOptions,
    person: Option<&str>,
) -> Result<AnswerSheet> {
    if person.is_none() && is_answer_file(path, input) {
        return answer_file(settings, path, pack);
    }
    let name = path.display().to_string();
    let mut messages = RunMessages {
        again: false,
        settings,
        progress: Progress::none(),
    };
    let mut people = PeopleReader::new(&name, pack, &mut messages, input);
    let (mut found, mut ids, mut count) = (None, Vec::new(), 0_u64);
    while let Some((id, answers)) = people.next_person()? {
        count += 1;
        if ids.len() < NAMED {
            ids.push(format!("{:?}", short(&inert(&id))));
        }
        match person {
            Some(person) if id != person => {}
            Some(person) if found.is_some() => {
                return Err(Error::failed(format!(
                    "{name} holds two people called {person:?}; give each a label of their own"
                )));
            }
            _ => {
                let mut sheet = AnswerSheet::new(id, pack);
                sheet.answers = answers;
                found = Some(sheet);
            }
        }
    }
    let more = if count > NAMED as u64 { ", ..." } else { "" };
    let listed = format!("{}{more}", ids.join(", "));
    match (found, person, count) {
        (Some(sheet), Some(_), _) | (Some(sheet), None, 1) => Ok(sheet),
        (_, _, 0) => Err(Error::failed(format!(
            "nobody in {name} could be read; `rolescope read {name}` shows why"
        ))),
        (_, Some(person), _) => Err(Error::failed(format!(
            "{name} holds nobody called {person:?}; there are {listed}"
        ))),
        (_, None, count) => Err(Error::failed(format!(
            "{name} holds {count} people: {listed}; choose one by --person ID, or tell of all: rolescope report \
             --group {name}"
        ))),
    }
}

/// Everybody in a file, and how many rows hold nobody, which are told of. `check` is asked of each id before the next
/// person is read, so that no more is kept than it lets pass.
///
/// # Errors
/// When the file cannot be read, or `check` fails.
pub(crate) fn everybody(
    settings: &GlobalArgs,
    called: Called<'_>,
    pack: &Pack,
    input: &InputOptions,
    mut check: impl FnMut(&str) -> Result<()>,
) -> Result<(Vec<(String, Answers)>, usize)> {
    let mut messages = CalledMessages {
        called,
        messages: RunMessages {
            again: false,
            settings,
            progress: Progress::none(),
        },
    };
    let mut people = PeopleReader::new(called.path, pack, &mut messages, input);
    let mut all = Vec::new();
    while let Some(person) = people.next_person().map_err(|error| called.error(error))? {
        check(&person.0)?;
        all.push(person);
    }
    let rejected = people.rejected();
    Ok((all, usize::try_from(rejected).unwrap_or(usize::MAX)))
}

/// A file by its path, and what messages call it: what came through a pipe is kept in a file that nobody knows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Called<'a> {
    /// Where it is.
    pub path: &'a str,
    /// What it is called.
    pub name: &'a str,
}

impl<'a> Called<'a> {
    /// A file that messages call by its path.
    pub(crate) const fn itself(path: &'a str) -> Self {
        Self { path, name: path }
    }

    /// How a command is given the file: what came through a pipe is not there any more.
    pub(crate) fn argument(&self) -> &str {
        if self.is_itself() { self.name } else { "FILE" }
    }

    fn is_itself(&self) -> bool {
        self.path == self.name
    }

    /// A message with the name of the file in place of its path.
    fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.is_itself() {
            return Cow::Borrowed(text);
        }
        let command = format!("rolescope read {}", self.path);
        let text = text.replace(&command, "rolescope read FILE");
        Cow::Owned(text.replace(self.path, self.name))
    }

    fn error(&self, error: Error) -> Error {
        let again = |text: &str| self.text(text).into_owned();
        match error {
            Error::Failed(text) => Error::Failed(again(&text)),
            Error::Mistakes(text) => Error::Mistakes(again(&text)),
            Error::Nothing(text) => Error::Nothing(again(&text)),
            Error::Io { doing, source } => Error::io(again(&doing), source),
            other => other,
        }
    }
}

/// Messages of a run about such a file.
struct CalledMessages<'a> {
    called: Called<'a>,
    messages: RunMessages<'a>,
}

impl Messages for CalledMessages<'_> {
    fn say(&mut self, text: &str) {
        self.messages.say(&self.called.text(text));
    }

    fn remark(&mut self, text: &str) {
        self.messages.remark(&self.called.text(text));
    }

    fn rows(&mut self, rows: u64) {
        self.messages.rows(rows);
    }
}

/// Whether a file holds answers in a table, records or a workbook, and is neither one person's answer file
/// nor an archive of such files.
pub(crate) fn is_answers_of_many(path: &Path, input: &InputOptions) -> bool {
    let Ok(file) = File::open(path) else {
        return false;
    };
    let mut start = Vec::new();
    let read = inflate(file).and_then(|(file, _)| file.take(1 << 16).read_to_end(&mut start));
    read.is_ok()
        && !matches!(kind(&start), Kind::Other(what, _) if what.contains("tar"))
        && !is_answer_file(path, input)
}

/// Whether a file is one person's answer file, whose mistakes are shown with their lines.
pub(crate) fn is_answer_file(path: &Path, input: &InputOptions) -> bool {
    if let Some(format) = input.format {
        return format == InputFormat::Toml;
    }
    let mut start = Vec::new();
    let Ok(file) = File::open(path) else {
        // what is wrong is told as it always is
        return path != Path::new("-");
    };
    if !file.metadata().is_ok_and(|there| there.is_file()) {
        return false;
    }
    let read = file.take(1 << 16).read_to_end(&mut start);
    let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&start);
    let by_name = InputFormat::by_name(path);
    // what cannot be told is what was meant most often
    let other = path.extension().is_none() && !text.contains(&b',');
    read.is_err()
        || kind(text) == Kind::Text
            && !text.starts_with(b"\x1F\x8B")
            && match InputFormat::of(text, by_name) {
                InputFormat::Toml => true,
                InputFormat::Codes => false,
                _ => other,
            }
}

/// Reads an answer file, and says which of its answers are not to this pack.
fn answer_file(settings: &GlobalArgs, path: &Path, pack: &Pack) -> Result<AnswerSheet> {
    let sheet = AnswerSheet::load(path, pack, settings.look_of_messages().colour())?;
    if !sheet.dropped.is_empty() {
        settings.remark(&format!(
            "{}: not in this pack, so not scored: {}",
            path.display(),
            sheet.dropped_ids()
        ));
    }
    Ok(sheet)
}
