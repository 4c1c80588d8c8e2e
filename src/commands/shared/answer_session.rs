//! Answer session: the answers of a quiz, saved in a locked file that was named or is in the data folder.

use crate::commands::shared::environment::data_folder;
use crate::commands::shared::global_args::{GlobalArgs, say};
use crate::error::{Error, Result};
use crate::storage::answer_file::{AnswerSheet, AnsweredPack};
use crate::storage::open_answers::OpenAnswers;
use crate::storage::private_folder::make_folder;
use crate::storage::session_facts::SessionFacts;
use crate::storage::session_store::{LockedStore, SessionStore};
use crate::terminal::interview::AnswerRecord;
use rolescope_core::{AnswerError, Answers, Pack, QuestionIx, quiz};
use std::path::Path;

/// An open answer file: its answers, saved at every change and synced behind it, and how to go on with it.
#[derive(Debug)]
pub struct AnswerSession<'p> {
    open: OpenAnswers<'p>,
    resume: String,
}

impl AnswerRecord for AnswerSession<'_> {
    fn answers(&self) -> &Answers {
        &self.open.sheet().answers
    }

    fn record(&mut self, question: QuestionIx, code: u8, pace: Option<f64>) -> Result<()> {
        let answers = &mut self.open.sheet_mut().answers;
        let refused = |why: AnswerError| Error::failed(why.to_string());
        answers.set_pace(pace.or(answers.pace())).map_err(refused)?;
        answers.set(question, code).map_err(refused)?;
        self.open.save_behind()
    }

    fn finished(&self) -> bool {
        self.open.sheet().finished.is_some()
    }

    fn finish(&mut self) -> Result<()> {
        if !self.finished() {
            self.open.sheet_mut().finished = Some(now());
            self.open.save_behind()?;
        }
        Ok(())
    }
}

impl<'p> AnswerSession<'p> {
    /// A session of open answers, whose pack is the one in use from now on.
    pub(crate) fn new(mut open: OpenAnswers<'p>) -> Self {
        open.sheet_mut().given = Some(given(open.pack()));
        let resume = format!(
            "rolescope quiz --resume {}",
            word(&open.path().display().to_string())
        );
        Self { open, resume }
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.open.path()
    }

    /// Its content.
    #[must_use]
    pub const fn sheet(&self) -> &AnswerSheet {
        self.open.sheet()
    }

    /// Records the codes of some questions, and saves them together.
    ///
    /// # Errors
    /// When one is no answer to its question, or the file cannot be written.
    pub(crate) fn change(&mut self, codes: &[(QuestionIx, u8)]) -> Result<()> {
        for &(question, code) in codes {
            let set = self.open.sheet_mut().answers.set(question, code);
            set.map_err(|why| Error::failed(why.to_string()))?;
        }
        self.open.save_behind()
    }

    /// Records that the answers are all that there will be, and waits for the disk.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn end(&mut self) -> Result<()> {
        if self.finished() {
            return self.settle();
        }
        self.open.sheet_mut().finished = Some(now());
        self.open.save()
    }

    /// Waits until all that was saved is on the disk, which no answer waits for.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn settle(&mut self) -> Result<()> {
        self.open.settle()
    }

    /// Sets the command that is suggested to resume it.
    #[must_use]
    pub fn resumed_by(self, command: impl Fn(&str) -> String) -> Self {
        let resume = command(&self.sheet().id);
        Self { resume, ..self }
    }

    /// Says what became of the file while it was open, where no screen is in the way.
    pub(crate) fn tell(&mut self) {
        for remark in self.open.remarks() {
            say(&remark);
        }
    }

    /// The hint that says how to resume.
    #[must_use]
    pub fn how_to_go_on(&self) -> String {
        let id = match self.sheet().answers.count() {
            0 => "quiz-stopped-open",
            _ => "quiz-stopped",
        };
        let said = self.open.pack().phrase(id);
        said.text("command", self.resume.clone()).to_string()
    }
}

/// Quotes a text as one word of a shell command: of a Unix shell, or of both the command shell and PowerShell.
pub(crate) fn word(text: &str) -> String {
    if cfg!(windows) {
        word_on_windows(text)
    } else {
        word_on_unix(text)
    }
}

fn word_on_unix(text: &str) -> String {
    if is_plain(text, "-_./~+") {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

/// Both take double quotes, and neither has a way to write one within them that the other knows; no file name holds
/// one.
fn word_on_windows(text: &str) -> String {
    if is_plain(text, "-_./\\:+") {
        return text.to_owned();
    }
    // before a quote a backslash would count as an escape
    let end = text.trim_end_matches('\\');
    let end = "\\".repeat(text.len() - end.len());
    format!("\"{}{end}\"", text.replace('"', "\\\""))
}

fn is_plain(text: &str, signs: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || signs.contains(c))
}

/// Opens an existing answer file, and reports answers to questions that the pack does not have.
///
/// # Errors
/// When it cannot be read, has mistakes, or is open elsewhere.
pub fn load<'p>(path: &Path, pack: &'p Pack, settings: &GlobalArgs) -> Result<AnswerSession<'p>> {
    opened(path, pack, settings, None)
}

/// Opens an answer file, or creates one.
///
/// # Errors
/// When it cannot be read or written, has mistakes, or is open elsewhere.
pub fn at<'p>(path: &Path, pack: &'p Pack, settings: &GlobalArgs) -> Result<AnswerSession<'p>> {
    opened(path, pack, settings, Some(begun(stem(path), pack)))
}

fn opened<'p>(
    path: &Path,
    pack: &'p Pack,
    settings: &GlobalArgs,
    begun: Option<AnswerSheet>,
) -> Result<AnswerSession<'p>> {
    let colour = settings.look_of_messages().colour();
    let mut open = AnswerSession::new(OpenAnswers::open(path, pack, colour, begun)?);
    open.tell();
    if !open.sheet().dropped.is_empty() {
        settings.remark(&format!(
            "Kept in the file, but no longer asked and not scored: {}",
            open.sheet().dropped_ids()
        ));
    }
    Ok(open)
}

/// The name of a file without its ending.
fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

/// Creates a file in a store under a new label. The store may have been looked at ahead.
///
/// # Errors
/// When the label is there, or the folder cannot be written.
pub fn new_in<'p>(
    store: &SessionStore,
    (label, facts): (String, SessionFacts),
    pack: &'p Pack,
    ahead: Option<LockedStore>,
) -> Result<AnswerSession<'p>> {
    let mut sheet = begun(label, pack);
    sheet.facts = facts;
    Ok(AnswerSession::new(store.begin(&sheet, pack, ahead)?))
}

/// A new sheet that begins now.
fn begun(label: String, pack: &Pack) -> AnswerSheet {
    let mut sheet = AnswerSheet::new(label, pack);
    sheet.started = Some(now());
    sheet.given = Some(given(pack));
    sheet
}

/// Creates a file in the data folder, named by the time. One that begins in the same second gets a number.
///
/// # Errors
/// When the folder cannot be written.
pub fn new_in_data_folder(pack: &Pack) -> Result<AnswerSession<'_>> {
    let folder = data_folder()?;
    make_folder(&folder)?;
    let stamp = jiff::ZonedDateTime::now()
        .strftime("%Y-%m-%d-%H%M%S")
        .to_string();
    let name = |n: u32| match n {
        1 => format!("quiz-{stamp}.toml"),
        n => format!("quiz-{stamp}-{n}.toml"),
    };
    for n in 1..1000 {
        let path = folder.join(name(n));
        if let Some(open) = OpenAnswers::begin(&path, begun(stem(&path), pack), pack)? {
            return Ok(AnswerSession::new(open));
        }
    }
    let folder = folder.display();
    Err(Error::failed(format!("{folder} has too many new files")))
}

fn given(pack: &Pack) -> AnsweredPack {
    AnsweredPack {
        name: pack.name().to_owned(),
        version: pack.version().to_owned(),
        fingerprint: pack.fingerprint().to_owned(),
    }
}

/// The current time in TOML format.
pub(crate) fn now() -> String {
    jiff::ZonedDateTime::now()
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

/// What a page calls a sheet: its label, or the day of a quiz that was saved under the time at which it began.
pub(crate) fn name_on_page(sheet: &AnswerSheet) -> std::borrow::Cow<'_, str> {
    quiz::name_on_page(&sheet.id, sheet.started.as_deref())
}

#[cfg(test)]
mod tests {
    use super::{word_on_unix, word_on_windows};

    #[test]
    fn a_word_is_one_word_of_its_shell() {
        assert_eq!(word_on_unix("s-1"), "s-1");
        assert_eq!(word_on_unix("Te Rangi"), "'Te Rangi'");
        assert_eq!(word_on_unix("it's"), "'it'\\''s'");
        assert_eq!(word_on_windows("s-1"), "s-1");
        assert_eq!(word_on_windows(r"C:\people\me.toml"), r"C:\people\me.toml");
        assert_eq!(word_on_windows(r"C:\my people\"), r#""C:\my people\\""#);
        assert_eq!(word_on_windows("Te Rangi"), "\"Te Rangi\"");
        assert_eq!(word_on_windows(""), "\"\"");
    }
}
