//! `rolescope roles` and `rolescope compare`: descriptions of the roles.

use crate::builtin::OUTLINE;
use crate::commands::shared::completion_candidates;
use crate::commands::shared::formats::PageOutput;
use crate::commands::shared::global_args::{GlobalArgs, role_at};
use crate::commands::shared::input_args::InputArgs;
use crate::commands::shared::level_sheet;
use crate::commands::shared::one_person;
use crate::commands::shared::rating_sheet;
use crate::error::{Error, Result};
use crate::storage::atomic_write::{make_folder, public};
use clap_complete::engine::ArgValueCandidates;
use rolescope_core::write::PageFormat;
use rolescope_core::{Comparison, Pack};
use std::path::{Path, PathBuf};

/// The value of `--map` without a file: no file has this name.
pub(crate) const DRAW: &str = "\0";

/// Arguments of `roles`. Its `--map` without a file draws the roles; with one it says how answers are read,
/// as everywhere.
#[derive(Debug, clap::Args)]
pub struct RolesArgs {
    /// Id or name of one role, to read it in full
    #[arg(add = ArgValueCandidates::new(completion_candidates::roles))]
    role: Option<String>,
    /// Write a table in which the people of these answer files rate the roles without knowing any
    /// match: every role for everyone, in an order of their own
    #[arg(long, value_name = "ANSWERS", num_args = 1.., conflicts_with_all = ["role", "format"])]
    rating_sheet: Vec<String>,
    /// Write a table in which people who do the work of this role rate what it asks for; `check --levels` reads it
    #[arg(long, value_name = "ROLE", conflicts_with_all = ["role", "format", "rating_sheet"])]
    #[arg(add = ArgValueCandidates::new(completion_candidates::roles))]
    level_sheet: Option<String>,
    #[command(flatten)]
    out: PageOutput,
    #[command(flatten)]
    input: InputArgs,
}

impl RolesArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// When there is no such role, answers cannot be read, or the output fails.
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        let path = self.out.output.as_deref();
        let rates = !self.rating_sheet.is_empty();
        let draws = self.input.map.as_deref() == Some(Path::new(DRAW));
        let listed = self.role.is_none() && !rates && !draws && self.level_sheet.is_none();
        let site = path.filter(|path| is_folder(path) && listed);
        let all = listed && site.is_none();
        let plain = settings.pack.is_none() && settings.family.is_none() && settings.lang.is_none();
        if all
            && plain
            && let Some(page) = Pack::outline_page(OUTLINE)
        {
            return self.out.write(settings, &page);
        }
        let pack = settings.load_shown()?;
        let comparison = settings.comparison(&pack)?;
        if rates && draws {
            let text = "--rating-sheet: --map needs the file that says how answers are read";
            return Err(Error::Usage(text.to_owned()));
        }
        if let (true, Some(role)) = (draws, &self.role) {
            let text = format!("--map draws all roles: leave {role:?} out, or --map");
            return Err(Error::Usage(text));
        }
        if let Some(typed) = &self.level_sheet {
            let role = comparison.role(role_at(&comparison, typed)?);
            return level_sheet::write(&pack, role, path);
        }
        if rates {
            let input = self.input.options(&pack)?;
            let inputs = (&self.rating_sheet[..], &input);
            return rating_sheet::write(settings, &comparison, inputs, path);
        }
        if let Some(folder) = site {
            return self.site(settings, &comparison, folder);
        }
        if draws {
            return self.out.write(settings, &comparison.map_page());
        }
        let doc = match &self.role {
            None => comparison.roles_page(),
            Some(typed) => {
                let at = role_at(&comparison, typed)?;
                comparison.role(at).page(&pack)
            }
        };
        self.out.write(settings, &doc)
    }

    /// Writes the list and a page for each role into a folder.
    fn site(
        &self,
        settings: &GlobalArgs,
        comparison: &Comparison<'_>,
        folder: &Path,
    ) -> Result<()> {
        let extension = match self.out.format {
            PageFormat::Text => {
                return Err(Error::Usage(
                    "pages of text cannot lead to each other: use -f html or markdown to write a \
                     folder of pages"
                        .to_owned(),
                ));
            }
            PageFormat::Markdown => "md",
            PageFormat::Html => "html",
        };
        make_folder(folder)?;
        let look = settings.look_for(Some(folder));
        let pages = comparison.role_pages();
        for (name, document) in &pages {
            let path = folder.join(format!("{name}.{extension}"));
            public(&path, document.to_format(self.out.format, look).as_bytes())?;
        }
        settings.remark(&format!(
            "{} pages written; begin with {}",
            pages.len(),
            folder.join(format!("index.{extension}")).display()
        ));
        Ok(())
    }
}

/// Whether an output is a folder: there already, or so written.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(['/', '\\'])
}

/// Arguments of `compare`.
#[derive(Debug, clap::Args)]
pub struct CompareArgs {
    /// Id or name of a role
    #[arg(add = ArgValueCandidates::new(completion_candidates::roles))]
    a: String,
    /// Id or name of another
    #[arg(add = ArgValueCandidates::new(completion_candidates::roles))]
    b: String,
    /// A file of answers, to see where its person stands
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    /// Of a file that holds several people, the one of this id
    #[arg(long, value_name = "ID", requires = "answers")]
    person: Option<String>,
    #[command(flatten)]
    out: PageOutput,
    #[command(flatten)]
    input: InputArgs,
}

impl CompareArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// When there is no such role or the answers cannot be read.
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        let pack = settings.load_shown()?;
        let comparison = settings.comparison(&pack)?;
        let roles = (
            role_at(&comparison, &self.a)?,
            role_at(&comparison, &self.b)?,
        );
        if roles.0 == roles.1 {
            return Err(Error::Usage("name two different roles".to_owned()));
        }
        let input = self.input.options(&pack)?;
        let person = self.person.as_deref();
        let sheet = self
            .answers
            .map(|path| one_person::load(settings, &path, &pack, &input, person))
            .transpose()?;
        let outcome = sheet.as_ref().map(|s| comparison.assess(&s.answers));
        let person = sheet.as_ref().map(|s| s.id.as_str()).zip(outcome.as_ref());
        self.out
            .write(settings, &comparison.compare_page(roles, person))
    }
}
