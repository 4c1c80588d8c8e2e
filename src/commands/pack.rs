//! `rolescope pack`: exports the files of a pack, writes a template for a new one, imports facts from the
//! national career service.

use crate::commands::check::{day, today};
use crate::commands::shared::global_args::{GlobalArgs, write_text};
use crate::error::{Error, Result};
use crate::input::tahatu;
use crate::storage::atomic_write;
use rolescope_core::{Date, SourceFile};
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Arguments of `pack`.
#[derive(Debug, clap::Args)]
pub struct PackArgs {
    #[command(subcommand)]
    command: PackCommand,
}

#[derive(Debug, clap::Subcommand)]
enum PackCommand {
    /// Write the files of the pack to a new or empty folder, as a start for a pack of your own
    #[command(after_help = "Example:\n  rolescope pack export new-pack")]
    Export {
        /// The folder
        dir: PathBuf,
    },
    /// Write a pack of three roles to a new or empty folder, to begin with: it passes `check`
    #[command(
        after_help = "Example:\n  rolescope pack new crafts && rolescope check --pack crafts"
    )]
    New {
        /// The folder
        dir: PathBuf,
    },
    /// Turn an occupation of Tahatū, the national career service, into facts for a role file
    #[command(
        after_help = "The file is an answer of https://api.tahatu.govt.nz/occupations, saved as it came.\n\
                      Nothing is fetched. Prose is given as comments: write your own beside it.\n\n\
                      Example:\n  rolescope pack import-tahatu occupations.json --code T00501"
    )]
    ImportTahatu {
        /// The saved answer: JSON
        file: PathBuf,
        /// Which occupation, where the file holds several
        #[arg(long, value_name = "CODE")]
        code: Option<String>,
        /// The day on which the answer was saved [default: today]
        #[arg(long, value_name = "DATE", value_parser = day)]
        checked: Option<Date>,
        /// Write to this file instead of standard output
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

/// Most bytes of a saved answer: all occupations of the service are a few megabytes.
const MOST: u64 = 64 << 20;

/// The files of a new pack.
const SCAFFOLD: [(&str, &str); 5] = [
    (
        "questions/traits.toml",
        include_str!("../scaffold/questions/traits.toml"),
    ),
    (
        "questions/interests.toml",
        include_str!("../scaffold/questions/interests.toml"),
    ),
    (
        "profiles/bicycle-mechanic.toml",
        include_str!("../scaffold/profiles/bicycle-mechanic.toml"),
    ),
    (
        "profiles/gardener.toml",
        include_str!("../scaffold/profiles/gardener.toml"),
    ),
    (
        "profiles/baker.toml",
        include_str!("../scaffold/profiles/baker.toml"),
    ),
];

impl PackArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// When the folder holds something already or cannot be written.
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        match self.command {
            PackCommand::Export { dir } => write(settings, &settings.files()?, &dir),
            PackCommand::New { dir } => {
                let files = SCAFFOLD.iter();
                let files: Vec<_> = files
                    .map(|(path, text)| SourceFile::new(*path, text))
                    .collect();
                write(settings, &files, &dir)
            }
            PackCommand::ImportTahatu {
                file,
                code,
                checked,
                output,
            } => {
                let day = checked.unwrap_or_else(today);
                let facts = import(&file, code.as_deref(), day)?;
                write_text(&facts, output.as_deref())
            }
        }
    }
}

/// The facts of an occupation in a saved answer of the national career service.
fn import(path: &Path, code: Option<&str>, day: Date) -> Result<String> {
    let cannot = |source| Error::io(format!("cannot read {}", path.display()), source);
    let mut text = String::new();
    let file = File::open(path).map_err(cannot)?;
    file.take(MOST + 1)
        .read_to_string(&mut text)
        .map_err(cannot)?;
    if text.len() as u64 > MOST {
        return Err(Error::failed(format!(
            "{} has over {MOST} bytes; a saved answer is smaller: ask the service for one group",
            path.display()
        )));
    }
    tahatu::role_facts(&text, code, day)
        .map_err(|error| Error::failed(format!("{}: {error}", path.display())))
}

fn write(settings: &GlobalArgs, files: &[SourceFile], dir: &Path) -> Result<()> {
    atomic_write::no_device(dir)?;
    if std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Error::failed(format!(
            "{} is not empty; nothing was written, so nothing there is lost",
            dir.display()
        )));
    }
    for file in files {
        // the last two parts: `profiles/orthotist.toml`, wherever the pack was read from
        let path = Path::new(file.path());
        let folder = path.parent().and_then(Path::file_name).unwrap_or_default();
        let folder = dir.join(folder);
        atomic_write::make_folder(&folder)?;
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
