//! `rolescope pack export`: the pack's files in a folder, to change.

use crate::commands::global_args::GlobalArgs;
use crate::error::{Error, Result};
use crate::storage::atomic_write;
use std::path::{Path, PathBuf};

/// Arguments of `pack`.
#[derive(Debug, clap::Args)]
pub struct PackArgs {
    #[command(subcommand)]
    errand: PackCommand,
}

#[derive(Debug, clap::Subcommand)]
enum PackCommand {
    /// Write the pack's files to a new or empty folder, to change them
    #[command(after_help = "Example:\n  rolescope pack export new-pack")]
    Export {
        /// The folder
        dir: PathBuf,
    },
}

impl PackArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// When the folder holds something already or cannot be written.
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        match self.errand {
            PackCommand::Export { dir } => export(settings, &dir),
        }
    }
}

fn export(settings: &GlobalArgs, dir: &Path) -> Result<()> {
    let files = settings.files()?;
    if std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Error::failed(format!(
            "{} is not empty; nothing was written, so nothing there is lost",
            dir.display()
        )));
    }
    for file in &files {
        // the last two parts: `profiles/orthotist.toml`, wherever the pack was read from
        let path = Path::new(file.path());
        let folder = path.parent().and_then(Path::file_name).unwrap_or_default();
        let folder = dir.join(folder);
        std::fs::create_dir_all(&folder)
            .map_err(|source| Error::io(format!("cannot make {}", folder.display()), source))?;
        let name = path.file_name().unwrap_or_default();
        atomic_write::public(&folder.join(name), file.text().as_bytes())?;
    }
    settings.remark(&format!(
        "{} files written; change them, then: rolescope check --pack {}",
        files.len(),
        dir.display()
    ));
    Ok(())
}
