//! `session import`: sessions of an archive, an answer file or a file of many people.

use crate::commands::session::context::SessionContext;
use crate::commands::session::list::local;
use crate::commands::shared::global_args::say;
use crate::commands::shared::id_sample::is_placeholder;
use crate::commands::shared::input_args::InputArgs;
use crate::commands::shared::one_person::{self, Called};
use crate::commands::shared::passphrase::PassphraseArgs;
use crate::error::{Error, Result};
use crate::input::fold::short;
use crate::input::mapping::InputOptions;
use crate::storage::answer_file::AnswerSheet;
use crate::storage::answer_text::with_sheet;
use crate::storage::archive;
use crate::storage::archive::{ArchiveMember, ArchiveSource};
use crate::storage::archive_copies;
use crate::storage::archive_copies::ArchivedCopy;
use crate::storage::encryption::{self, DecryptionError, is_encrypted};
use crate::storage::label::checked;
use crate::storage::session_store::StoreWriter;
use crate::terminal::menus::choose;
use clap::ValueEnum;
use rolescope_core::text::inert;
use rolescope_core::write::count;
use std::collections::HashSet;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Arguments of `session import`.
#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    /// An archive that `session export` made, an answer file, or any other file of answers: a session for
    /// each of its people
    file: PathBuf,
    /// Keep the one answer file under this label
    #[arg(long)]
    label: Option<String>,
    /// Of several files of one person that differ, as a sync service leaves them, take these without asking
    #[arg(long, value_name = "WHICH")]
    copies: Option<CopiesTaken>,
    #[command(flatten)]
    passphrase: PassphraseArgs,
    #[command(flatten)]
    input: InputArgs,
}

/// How often a passphrase is asked for.
const TRIES: usize = 3;

/// Which of several files of one person are taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CopiesTaken {
    /// The one that was changed last.
    Newest,
    /// All of them, to be resolved afterwards.
    All,
}

impl ImportArgs {
    /// Runs the subcommand.
    ///
    /// # Errors
    /// When the file cannot be read or the folder not written, and then nothing is taken in; partly
    /// done where a member is no sound answer file, or a row cannot be read.
    pub fn run(self, context: &SessionContext<'_>) -> Result<()> {
        let label = self.label.as_deref().map(checked).transpose()?;
        let input = self.input.options(&context.pack)?;
        // what can be read once is kept to be read again
        let name = self.name();
        let spooled = archive::spooled(&self.file, &name)?;
        let file = spooled
            .as_ref()
            .map_or(self.file.as_path(), |spooled| spooled.path());
        let decrypted = self.decrypted(file, context)?;
        let source = ArchiveSource {
            path: file,
            name: &name,
            decrypted: decrypted.as_deref(),
        };
        if decrypted.is_none() && one_person::is_answers_of_many(file, &input) {
            let (people, rejected) = self.people(context, file, &input, label.as_deref())?;
            let mut taking = ImportState::new(context.store.open(&context.pack)?, None);
            (taking.bad, taking.rows) = (rejected, rejected);
            let now = SystemTime::now();
            for sheet in people {
                let text = sheet.to_toml(&context.pack);
                taking.keep(&sheet, &text, now, context)?;
            }
            return taking.finish(context);
        }
        let mut left_out = HashSet::new();
        let mut several = HashSet::new();
        if label.is_none() {
            for copies in archive_copies::of(source, &context.pack)? {
                let take = self.chosen(&copies, context)?;
                left_out.extend(
                    copies
                        .iter()
                        .map(|copy| copy.at)
                        .filter(|at| !take.contains(at)),
                );
                if take.len() > 1 {
                    several.insert(copies[0].label.clone());
                }
            }
        }
        let mut taking = ImportState::new(context.store.open(&context.pack)?, label);
        taking.several = several;
        taking.kept = left_out.len();
        let mut at = 0;
        archive::read(source, |member| {
            at += 1;
            if left_out.contains(&(at - 1)) {
                return Ok(());
            }
            taking.take(member, context)
        })?;
        taking.finish(context)
    }

    /// What messages call the file.
    fn name(&self) -> String {
        if self.file == Path::new("-") {
            return "standard input".to_owned();
        }
        self.file.display().to_string()
    }

    /// What an encrypted file holds; none where it is not encrypted.
    fn decrypted(&self, file: &Path, context: &SessionContext<'_>) -> Result<Option<Vec<u8>>> {
        if self.file == Path::new("-") && self.passphrase.is_stdin() {
            let text = "the file and the passphrase cannot both come from standard input";
            return Err(Error::Usage(text.to_owned()));
        }
        if !is_encrypted(file)? {
            if self.passphrase.is_given() {
                context.settings.remark(&format!(
                    "{} is not encrypted: the passphrase is not used",
                    self.name()
                ));
            }
            return Ok(None);
        }
        let name = self.name();
        for left in (0..TRIES).rev() {
            let (passphrase, asked) = self.passphrase.of_archive()?;
            match encryption::decrypted(file, &name, &passphrase) {
                Ok(bytes) => return Ok(Some(bytes)),
                Err(DecryptionError::Other(error)) => return Err(error),
                Err(DecryptionError::Passphrase) if asked && left > 0 => {
                    say("This is not the passphrase.");
                }
                Err(DecryptionError::Passphrase) => break,
            }
        }
        Err(Error::failed(format!(
            "the passphrase does not open {}, or its beginning is damaged; nothing was taken in",
            inert(&name)
        )))
    }

    /// Which of several files of one person are taken in, the newest first: those that differ are chosen by whoever
    /// imports them, never by their names.
    fn chosen(&self, copies: &[ArchivedCopy], context: &SessionContext<'_>) -> Result<Vec<usize>> {
        let label = inert(&copies[0].label);
        let mut differing: Vec<&ArchivedCopy> = Vec::new();
        for copy in copies {
            if !differing.iter().any(|other| other.digest == copy.digest) {
                differing.push(copy);
            }
        }
        let newest = differing[0];
        let others = count(copies.len() - differing.len(), "copy", "copies");
        if differing.len() < copies.len() {
            context
                .settings
                .remark(&format!("{label}: {others} with the same content left out"));
        }
        if differing.len() == 1 {
            return Ok(vec![newest.at]);
        }
        let shown: Vec<String> = differing.iter().map(|copy| described(copy)).collect();
        let all = || differing.iter().map(|copy| copy.at).collect();
        match self.copies {
            Some(CopiesTaken::All) => Ok(all()),
            Some(CopiesTaken::Newest) => {
                context.settings.remark(&format!(
                    "{label}: taken {}; left out {}",
                    shown[0],
                    shown[1..].join("; ")
                ));
                Ok(vec![newest.at])
            }
            None if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() => {
                let mut options = shown;
                options.push("all of them, to be resolved afterwards".to_owned());
                let question = format!("{label} is there more than once. Which is taken in?");
                match choose(&question, &options)? {
                    Some(at) if at < differing.len() => Ok(vec![differing[at].at]),
                    Some(_) => Ok(all()),
                    None => Err(Error::Interrupted("Nothing was taken in.".to_owned())),
                }
            }
            None => Err(Error::Usage(format!(
                "{label} is there {} times, and the files differ: {}. Nothing was taken in; --copies newest takes \
                 the first of these, --copies all takes each, for `rolescope session resolve`",
                differing.len(),
                shown.join("; ")
            ))),
        }
    }

    /// The people of a file of answers, whose labels are shown before anything is written, and how many
    /// rows hold nobody.
    fn people(
        &self,
        context: &SessionContext<'_>,
        file: &Path,
        input: &InputOptions,
        label: Option<&str>,
    ) -> Result<(Vec<AnswerSheet>, usize)> {
        let name = self.name();
        let path = file.display().to_string();
        let called = Called {
            path: &path,
            name: &name,
        };
        let as_label = |id: &str| {
            if is_placeholder(id) {
                return Err(Error::failed(format!(
                    "{name}: {id} has no label: name the column of labels by --id COL, or for one person give \
                     --label; names and mail addresses are never taken unasked"
                )));
            }
            checked(id).map_err(|e| Error::failed(format!("{name}: {:?}: {e}", inert(&short(id)))))
        };
        let mut so_far = 0;
        let check = |id: &str| {
            so_far += 1;
            match label {
                None => as_label(id).map(drop),
                Some(_) if so_far > 1 => Err(Error::Usage(format!(
                    "--label is for one person; {name} holds several: name the column of their labels by --id"
                ))),
                Some(_) => Ok(()),
            }
        };
        let (all, rejected) =
            one_person::everybody(context.settings, called, &context.pack, input, check)?;
        let mut people = Vec::with_capacity(all.len());
        let mut seen = HashSet::new();
        for (id, answers) in all {
            let id = label.map_or_else(|| as_label(&id), |label| Ok(label.to_owned()))?;
            if !seen.insert(id.clone()) {
                return Err(Error::failed(format!(
                    "{name}: two people are called {:?}; give each a label of their own",
                    inert(&short(&id))
                )));
            }
            let mut sheet = AnswerSheet::new(id, &context.pack);
            sheet.answers = answers;
            people.push(sheet);
        }
        if people.is_empty() {
            return Err(Error::failed(format!(
                "nobody in {name} could be read; `rolescope read {}` shows why",
                called.argument()
            )));
        }
        let shown = people
            .iter()
            .take(LABELS)
            .map(|sheet| inert(&short(&sheet.id)).into_owned());
        let shown: Vec<String> = shown.collect();
        let more = if people.len() > LABELS { ", ..." } else { "" };
        context.settings.remark(&format!(
            "{}: {}{more}",
            count(people.len(), "person", "people"),
            shown.join(", ")
        ));
        Ok((people, rejected))
    }
}

/// Files of an archive that are told of one by one where they are not taken in; the others are counted.
const TOLD: usize = 100;
/// Labels that are shown before sessions are written.
const LABELS: usize = 100;

/// A file of several with one label, in words: when, what, which.
fn described(copy: &ArchivedCopy) -> String {
    format!(
        "{}, {} and {}, changed {}",
        inert(&copy.name),
        count(copy.answers, "answer", "answers"),
        count(copy.notes, "note", "notes"),
        local(copy.changed)
    )
}

/// State of an import.
struct ImportState<'s> {
    adding: StoreWriter<'s>,
    /// Labels that came with this archive.
    labels: HashSet<String>,
    /// Labels of which more than one file is taken in.
    several: HashSet<String>,
    /// The label for the only member.
    label: Option<String>,
    taken: usize,
    kept: usize,
    /// Of those, how many were told of or counted.
    skipped: usize,
    bad: usize,
    /// Of those, how many are rows, which were told of as they were read.
    rows: usize,
}

impl<'s> ImportState<'s> {
    fn new(adding: StoreWriter<'s>, label: Option<String>) -> Self {
        Self {
            labels: HashSet::new(),
            several: HashSet::new(),
            adding,
            label,
            taken: 0,
            kept: 0,
            skipped: 0,
            bad: 0,
            rows: 0,
        }
    }

    fn take(&mut self, member: ArchiveMember, context: &SessionContext<'_>) -> Result<()> {
        let name = inert(&short(&member.name)).into_owned();
        let read = member.text.and_then(|text| {
            AnswerSheet::parse_briefly(&text, &context.pack).map(|sheet| (sheet, text))
        });
        let (mut sheet, mut text) = match read {
            Ok(read) => read,
            Err(reason) => {
                self.bad += 1;
                if self.bad - self.rows <= TOLD {
                    say(&format!("not taken in: {name}: {reason}"));
                }
                return Ok(());
            }
        };
        if let Some(label) = &self.label {
            if self.taken + self.kept > 0 {
                return Err(Error::Usage(
                    "--label is for one answer file; this archive holds several".to_owned(),
                ));
            }
            sheet.id.clone_from(label);
            text = with_sheet(&text, &sheet, &context.pack);
        }
        self.keep(&sheet, &text, member.changed, context)
    }

    /// Takes a sheet in, unless its label is there.
    fn keep(
        &mut self,
        sheet: &AnswerSheet,
        text: &str,
        changed: SystemTime,
        context: &SessionContext<'_>,
    ) -> Result<()> {
        let shown = inert(&sheet.id);
        let here = self.adding.kept.contains_key(&sheet.id);
        if !here && (self.several.contains(&sheet.id) || !self.labels.contains(&sheet.id)) {
            if let Some(other) = self.adding.like(&sheet.id) {
                context.settings.remark(&format!(
                    "{shown}: this label looks the same as that of {}, and is another",
                    inert(&other)
                ));
            }
            self.adding.add(&sheet.id, text, changed)?;
            self.labels.insert(sheet.id.clone());
            self.taken += 1;
            return Ok(());
        }
        self.kept += 1;
        let why = match self.adding.there(&sheet.id, &context.pack) {
            Some(there) if there.sheet == *sheet => "it is here".to_owned(),
            Some(there) => {
                let age = if there.changed < changed {
                    "a newer"
                } else {
                    "an older"
                };
                let [old, new] = [&there.sheet, sheet].map(|sheet| {
                    let answers = count(sheet.answers.count(), "answer", "answers");
                    format!(
                        "{answers} and {}",
                        count(sheet.notes.len(), "note", "notes")
                    )
                });
                format!("another one is here, and stays as it is: {old}; {age} one came with {new}")
            }
            None if here => "another one is here, and stays as it is".to_owned(),
            None => "it came twice; the first was taken".to_owned(),
        };
        self.skipped += 1;
        if self.skipped <= TOLD {
            context.settings.remark(&format!("skipped: {shown}: {why}"));
        }
        Ok(())
    }

    fn finish(self, context: &SessionContext<'_>) -> Result<()> {
        self.adding.finish()?;
        if let Some(more) = (self.bad - self.rows).checked_sub(TOLD + 1) {
            let files = count(more + 1, "more file was", "more files were");
            say(&format!("{files} not taken in, and only counted"));
        }
        if let Some(more) = self.skipped.checked_sub(TOLD + 1) {
            let more = count(more + 1, "more was", "more were");
            context
                .settings
                .remark(&format!("{more} skipped, and only counted"));
        }
        context.settings.remark(&format!(
            "{} taken in, {} skipped.",
            count(self.taken, "session", "sessions"),
            self.kept
        ));
        partly(self.bad, "not taken in")
    }
}

/// The error of a run that left some files out.
pub(crate) fn partly(files: usize, what: &str) -> Result<()> {
    if files == 0 {
        return Ok(());
    }
    let files = count(files, "file was", "files were");
    Err(Error::Partly(format!("{files} {what}; see above")))
}
