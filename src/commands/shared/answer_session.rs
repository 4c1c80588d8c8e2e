//! Answer session: the answers of a quiz, saved in a locked file that was named or is in the data folder.

use crate::commands::shared::environment::data_folder;
use crate::commands::shared::global_args::GlobalArgs;
use crate::error::{Error, Result};
use crate::storage::answer_file::{AnswerSheet, AnsweredPack};
use crate::storage::lock::AnswerLock;
use crate::storage::private_folder::make_folder;
use crate::storage::session_facts::SessionFacts;
use crate::storage::session_store::SessionStore;
use crate::terminal::interview::AnswerRecord;
use rolescope_core::{AnswerError, Answers, Pack, QuestionIx, quiz};
use std::path::{Path, PathBuf};

/// An open answer file: its path, content and lock. It owns the answers, and saves every change.
#[derive(Debug)]
pub struct AnswerSession<'p> {
    pack: &'p Pack,
    path: PathBuf,
    sheet: AnswerSheet,
    resume: String,
    _lock: AnswerLock,
}

impl AnswerRecord for AnswerSession<'_> {
    fn answers(&self) -> &Answers {
        &self.sheet.answers
    }

    fn record(&mut self, question: QuestionIx, code: u8, pace: Option<f64>) -> Result<()> {
        let answers = &mut self.sheet.answers;
        let refused = |why: AnswerError| Error::failed(why.to_string());
        answers.set_pace(pace.or(answers.pace())).map_err(refused)?;
        answers.set(question, code).map_err(refused)?;
        self.save()
    }

    fn finished(&self) -> bool {
        self.sheet.finished.is_some()
    }

    fn finish(&mut self) -> Result<()> {
        if !self.finished() {
            self.sheet.finished = Some(now());
            self.save()?;
        }
        Ok(())
    }
}

impl<'p> AnswerSession<'p> {
    fn new(path: PathBuf, sheet: AnswerSheet, lock: AnswerLock, pack: &'p Pack) -> Self {
        Self {
            pack,
            resume: format!(
                "rolescope quiz --resume {}",
                word(&path.display().to_string())
            ),
            path,
            sheet,
            _lock: lock,
        }
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its content.
    #[must_use]
    pub const fn sheet(&self) -> &AnswerSheet {
        &self.sheet
    }

    /// Records the codes of some questions, and saves them together.
    ///
    /// # Errors
    /// When one is no answer to its question, or the file cannot be written.
    pub(crate) fn change(&mut self, codes: &[(QuestionIx, u8)]) -> Result<()> {
        for &(question, code) in codes {
            let set = self.sheet.answers.set(question, code);
            set.map_err(|why| Error::failed(why.to_string()))?;
        }
        self.save()
    }

    /// Records that the answers are all that there will be.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn end(&mut self) -> Result<()> {
        AnswerRecord::finish(self)
    }

    /// Sets the command that is suggested to resume it.
    #[must_use]
    pub fn resumed_by(self, command: impl Fn(&str) -> String) -> Self {
        let resume = command(&self.sheet.id);
        Self { resume, ..self }
    }

    fn save(&self) -> Result<()> {
        self.sheet.save(&self.path, self.pack)
    }

    /// The hint that says how to resume.
    #[must_use]
    pub fn how_to_go_on(&self) -> String {
        let saved = match self.sheet.answers.count() {
            0 => "Nothing is answered yet.",
            _ => "Your answers are saved.",
        };
        format!("{saved} Go on with: {}", self.resume)
    }
}

/// Quotes a text as one word of a shell command.
pub(crate) fn word(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./~+".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

/// Opens an existing answer file, and reports answers to questions that the pack does not have.
///
/// # Errors
/// When it cannot be read, has mistakes, or is open elsewhere.
pub fn load<'p>(path: &Path, pack: &'p Pack, settings: &GlobalArgs) -> Result<AnswerSession<'p>> {
    // first the file, lest a mistyped name leave a lock behind
    AnswerSheet::load(path, pack, settings.look_of_messages().colour())?;
    let lock = AnswerLock::take(path)?;
    let mut sheet = AnswerSheet::load(path, pack, settings.look_of_messages().colour())?;
    if !sheet.dropped.is_empty() {
        settings.remark(&format!(
            "Kept in the file, but no longer asked and not scored: {}",
            sheet.dropped_ids()
        ));
    }
    sheet.given = Some(given(pack));
    Ok(AnswerSession::new(path.to_owned(), sheet, lock, pack))
}

/// Opens an answer file, or creates one.
///
/// # Errors
/// When it cannot be read or written, has mistakes, or is open elsewhere.
pub fn at<'p>(path: &Path, pack: &'p Pack, settings: &GlobalArgs) -> Result<AnswerSession<'p>> {
    if path.exists() {
        return load(path, pack, settings);
    }
    let lock = AnswerLock::take(path)?;
    let id = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let sheet = begun(id, pack);
    sheet.save(path, pack)?;
    Ok(AnswerSession::new(path.to_owned(), sheet, lock, pack))
}

/// Creates a file in a store under a new label.
///
/// # Errors
/// When the label is there, or the folder cannot be written.
pub fn new_in<'p>(
    store: &SessionStore,
    (label, facts): (String, SessionFacts),
    pack: &'p Pack,
) -> Result<AnswerSession<'p>> {
    let mut sheet = begun(label, pack);
    sheet.facts = facts;
    let (path, lock) = store.open(pack)?.begin(&sheet, pack)?;
    Ok(AnswerSession::new(path, sheet, lock, pack))
}

/// A new sheet that begins now.
fn begun(label: String, pack: &Pack) -> AnswerSheet {
    let mut sheet = AnswerSheet::new(label, pack);
    sheet.started = Some(now());
    sheet.given = Some(given(pack));
    sheet
}

/// Creates a file in the data folder, named by the time.
///
/// # Errors
/// When the folder cannot be written.
pub fn new_in_data_folder<'p>(pack: &'p Pack, settings: &GlobalArgs) -> Result<AnswerSession<'p>> {
    let folder = data_folder()?;
    make_folder(&folder)?;
    let stamp = jiff::ZonedDateTime::now()
        .strftime("%Y-%m-%d-%H%M%S")
        .to_string();
    let name = |n: u32| match n {
        1 => format!("quiz-{stamp}.toml"),
        n => format!("quiz-{stamp}-{n}.toml"),
    };
    let path = (1..100)
        .map(|n| folder.join(name(n)))
        .find(|path| !path.exists())
        .ok_or_else(|| Error::failed(format!("{} has too many new files", folder.display())))?;
    at(&path, pack, settings)
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
