//! `session export` and `session import`: all sessions to and from one archive.

use crate::commands::session::context::SessionContext;
use crate::commands::shared::global_args::say;
use crate::commands::shared::id_sample::is_placeholder;
use crate::commands::shared::input_args::InputArgs;
use crate::commands::shared::one_person;
use crate::error::{Error, Result};
use crate::input::mapping::InputOptions;
use crate::storage::answer_file::AnswerSheet;
use crate::storage::archive;
use crate::storage::archive::{ArchiveMember, ArchiveWriter};
use crate::storage::atomic_write;
use crate::storage::label::checked;
use crate::storage::session_facts::Tag;
use crate::storage::session_store::StoreWriter;
use rolescope_core::text::inert;
use rolescope_core::write::count;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::time::SystemTime;

/// Arguments of `session export`.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// The archive to write; it must not exist yet
    file: PathBuf,
    /// Only the sessions with this tag: its name, or NAME=VALUE; of several, with all
    #[arg(long = "tag", value_name = "TAG", value_parser = Tag::parse)]
    tags: Vec<Tag>,
}

impl ExportArgs {
    /// Runs the subcommand.
    ///
    /// # Errors
    /// When the file is there or cannot be written; partly done where a session is damaged.
    pub fn run(self, context: &SessionContext<'_>) -> Result<()> {
        if std::fs::symlink_metadata(&self.file).is_ok() {
            return Err(Error::failed(format!(
                "{} is there already and may be your last archive; choose another name",
                self.file.display()
            )));
        }
        let texts = context.store.each(&context.pack, |kept| {
            let tagged = self.tags.iter().all(|tag| tag.is_of(&kept.sheet.facts));
            tagged.then(|| (kept.sheet.to_toml(&context.pack), kept.path, kept.changed))
        })?;
        let mut archive = ArchiveWriter::default();
        let (mut written, mut left) = (0, 0);
        for one in texts {
            match one {
                Ok(None) => {}
                Ok(Some((text, path, changed))) => {
                    let name = path.file_name().unwrap_or_default().to_string_lossy();
                    archive.add(&name, &text, changed)?;
                    written += 1;
                }
                Err(bad) => {
                    say(&format!("left out: {}: {}", bad.path.display(), bad.reason));
                    left += 1;
                }
            }
        }
        if written == 0 && !self.tags.is_empty() {
            return Err(Error::failed(
                "no session has these tags; nothing was written",
            ));
        }
        atomic_write::whole(&self.file, &archive.finish()?)?;
        context.settings.remark(&format!(
            "{} in {}. Whoever has the file can read it.",
            count(written, "session", "sessions"),
            self.file.display()
        ));
        partly(left, "left out of the archive")
    }
}

/// Arguments of `session import`.
#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    /// An archive that `session export` made, an answer file, or any other file of answers: a session for
    /// each of its people
    file: PathBuf,
    /// Keep the one answer file under this label
    #[arg(long)]
    label: Option<String>,
    #[command(flatten)]
    input: InputArgs,
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
        if one_person::is_answers_of_many(&self.file, &input) {
            let (people, rejected) = self.people(context, &input, label.as_deref())?;
            let mut taking = ImportState::new(context.store.open(&context.pack)?, None);
            taking.bad = rejected;
            let now = SystemTime::now();
            for sheet in people {
                taking.keep(sheet, now, context)?;
            }
            return taking.finish(context);
        }
        let mut taking = ImportState::new(context.store.open(&context.pack)?, label);
        archive::read(&self.file, |member| taking.take(member, context))?;
        taking.finish(context)
    }

    /// The people of a file of answers, whose labels are shown before anything is written, and how many
    /// rows hold nobody.
    fn people(
        &self,
        context: &SessionContext<'_>,
        input: &InputOptions,
        label: Option<&str>,
    ) -> Result<(Vec<AnswerSheet>, usize)> {
        let name = self.file.display().to_string();
        let (all, rejected) = one_person::everybody(context.settings, &name, &context.pack, input)?;
        let mut people = Vec::with_capacity(all.len());
        let mut seen = HashSet::new();
        let one = all.len() == 1;
        for (id, answers) in all {
            let id = match label {
                Some(label) if one => label.to_owned(),
                Some(_) => {
                    return Err(Error::Usage(format!(
                        "--label is for one person; {name} holds several: name the column of their labels by --id"
                    )));
                }
                None if is_placeholder(&id) => {
                    return Err(Error::failed(format!(
                        "{name}: {id} has no label: name the column of labels by --id COL, or for one person give \
                         --label; names and mail addresses are never taken unasked"
                    )));
                }
                None => checked(&id).map_err(|e| Error::failed(format!("{name}: {id:?}: {e}")))?,
            };
            if !seen.insert(id.clone()) {
                return Err(Error::failed(format!(
                    "{name}: two people are called {:?}; give each a label of their own",
                    inert(&id)
                )));
            }
            let mut sheet = AnswerSheet::new(id, &context.pack);
            sheet.answers = answers;
            people.push(sheet);
        }
        if people.is_empty() {
            return Err(Error::failed(format!(
                "nobody in {name} could be read; `rolescope read {name}` shows why"
            )));
        }
        let shown = people
            .iter()
            .take(LABELS)
            .map(|sheet| inert(&sheet.id).into_owned());
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

/// Labels that are shown before sessions are written.
const LABELS: usize = 100;

/// State of an import.
struct ImportState<'s> {
    adding: StoreWriter<'s>,
    /// The sheets that are there, by label; none where the label came with this archive.
    labels: HashMap<String, Option<AnswerSheet>>,
    /// The label for the only member.
    label: Option<String>,
    taken: usize,
    kept: usize,
    bad: usize,
}

impl<'s> ImportState<'s> {
    fn new(mut adding: StoreWriter<'s>, label: Option<String>) -> Self {
        let kept = std::mem::take(&mut adding.kept);
        Self {
            labels: kept
                .into_iter()
                .map(|kept| (kept.sheet.id.clone(), Some(kept.sheet)))
                .collect(),
            adding,
            label,
            taken: 0,
            kept: 0,
            bad: 0,
        }
    }

    fn take(&mut self, member: ArchiveMember, context: &SessionContext<'_>) -> Result<()> {
        let name = inert(&member.name).into_owned();
        let sheet = member
            .text
            .and_then(|text| AnswerSheet::parse_briefly(&text, &context.pack));
        let mut sheet = match sheet {
            Ok(sheet) => sheet,
            Err(reason) => {
                say(&format!("not taken in: {name}: {reason}"));
                self.bad += 1;
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
        }
        self.keep(sheet, member.changed, context)
    }

    /// Takes a sheet in, unless its label is there.
    fn keep(
        &mut self,
        sheet: AnswerSheet,
        changed: SystemTime,
        context: &SessionContext<'_>,
    ) -> Result<()> {
        let Some(there) = self.labels.get(&sheet.id) else {
            self.adding.add(&sheet, changed, &context.pack)?;
            self.labels.insert(sheet.id, None);
            self.taken += 1;
            return Ok(());
        };
        self.kept += 1;
        let why = match there {
            Some(there) if *there == sheet => "it is here",
            Some(_) => "another one is here, and stays as it is",
            None => "it came twice; the first was taken",
        };
        let shown = inert(&sheet.id);
        context.settings.remark(&format!("skipped: {shown}: {why}"));
        Ok(())
    }

    fn finish(self, context: &SessionContext<'_>) -> Result<()> {
        self.adding.finish()?;
        context.settings.remark(&format!(
            "{} taken in, {} skipped.",
            count(self.taken, "session", "sessions"),
            self.kept
        ));
        partly(self.bad, "not taken in")
    }
}

fn partly(files: usize, what: &str) -> Result<()> {
    if files == 0 {
        return Ok(());
    }
    let files = count(files, "file was", "files were");
    Err(Error::Partly(format!("{files} {what}; see above")))
}
