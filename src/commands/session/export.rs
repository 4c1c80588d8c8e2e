//! `session export`: all sessions into one archive.

use crate::commands::session::context::SessionContext;
use crate::commands::session::import::partly;
use crate::commands::shared::global_args::say;
use crate::commands::shared::passphrase::PassphraseArgs;
use crate::error::{Error, Result};
use crate::storage::archive::ArchiveWriter;
use crate::storage::atomic_write::NewFile;
use crate::storage::encryption::EncryptedWriter;
use crate::storage::session_facts::Tag;
use rolescope_core::text::inert;
use rolescope_core::write::count;
use std::collections::HashMap;
use std::io::{self, Write};
use std::path::PathBuf;

/// Arguments of `session export`.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// The archive to write; it must not exist yet
    file: PathBuf,
    /// Only the sessions with this tag: its name, or NAME=VALUE; of several, with all
    #[arg(long = "tag", value_name = "TAG", value_parser = Tag::parse)]
    tags: Vec<Tag>,
    /// Encrypt the archive with a passphrase, in the format of the `age` program: `session import` asks for it, and
    /// nobody can open it without
    #[arg(long)]
    encrypt: bool,
    #[command(flatten)]
    passphrase: PassphraseArgs,
}

/// Where an archive is written to.
enum ArchiveOutput {
    Plain(NewFile),
    Encrypted(EncryptedWriter<NewFile>),
}

impl ArchiveOutput {
    /// Ends the file and gives it its name.
    fn finish(self) -> Result<()> {
        match self {
            Self::Plain(file) => file.finish(),
            Self::Encrypted(file) => file.finish()?.finish(),
        }
    }
}

impl Write for ArchiveOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(file) => file.write(bytes),
            Self::Encrypted(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(file) => file.flush(),
            Self::Encrypted(file) => file.flush(),
        }
    }
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
        if self.passphrase.is_given() && !self.encrypt {
            let text = "--passphrase-file is of use with --encrypt only";
            return Err(Error::Usage(text.to_owned()));
        }
        let passphrase = self.encrypt.then(|| self.passphrase.chosen()).transpose()?;
        let file = NewFile::begin(&self.file)?;
        let mut archive = ArchiveWriter::new(match &passphrase {
            Some(passphrase) => ArchiveOutput::Encrypted(EncryptedWriter::new(file, passphrase)?),
            None => ArchiveOutput::Plain(file),
        });
        let (mut written, mut left) = (0, 0);
        let mut labels: HashMap<String, usize> = HashMap::new();
        context.store.take_each(
            &context.pack,
            |kept| kept,
            |one| {
                match one {
                    Ok(kept) if !self.tags.iter().all(|tag| tag.is_of(&kept.sheet.facts)) => {}
                    Ok(kept) => {
                        let name = kept.path.file_name().unwrap_or_default().to_string_lossy();
                        archive.add(&name, &kept.text, kept.changed)?;
                        *labels.entry(kept.sheet.id).or_default() += 1;
                        written += 1;
                    }
                    Err(bad) => {
                        say(&format!("left out: {}: {}", bad.path.display(), bad.reason));
                        left += 1;
                    }
                }
                Ok(())
            },
        )?;
        let archive = archive.finish()?;
        if written == 0 && !self.tags.is_empty() {
            return Err(Error::failed(
                "no session has these tags; nothing was written",
            ));
        }
        archive.finish()?;
        let mut twins: Vec<_> = labels.iter().filter(|(_, files)| **files > 1).collect();
        twins.sort();
        for (label, files) in twins {
            context.settings.remark(&format!(
                "{}: {files} files have this label, and all are in the archive; `{}` shows how they differ",
                inert(label),
                context.command("resolve", label)
            ));
        }
        let who = if self.encrypt {
            "Whoever has the file and the passphrase can read it; without the passphrase nobody can."
        } else {
            "Whoever has the file can read it."
        };
        context.settings.remark(&format!(
            "{} in {}. {who}",
            count(written, "session", "sessions"),
            self.file.display()
        ));
        partly(left, "left out of the archive")
    }
}
