//! `rolescope roles` and `rolescope compare`: descriptions of the roles.

use crate::builtin::BUILT_IN;
use crate::commands::completion_candidates;
use crate::commands::global_args::{GlobalArgs, role_at, write_text};
use crate::commands::rating_sheet;
use crate::error::{Error, Result};
use crate::storage::answer_file::AnswerSheet;
use clap_complete::engine::ArgValueCandidates;
use rolescope_core::{Role, assess, compare_page, role_list, role_outline, role_page};
use std::path::PathBuf;

/// Arguments of `roles`.
#[derive(Debug, clap::Args)]
pub struct RolesArgs {
    /// Id or name of one role, to read it in full
    #[arg(add = ArgValueCandidates::new(completion_candidates::roles))]
    role: Option<String>,
    /// Write a table in which the people of these answer files rate the roles without knowing any
    /// match: every role for everyone, in an order of their own
    #[arg(long, value_name = "ANSWERS", num_args = 1.., conflicts_with = "role")]
    rating_sheet: Vec<String>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl RolesArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// When there is no such role, or answers cannot be read.
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        let path = self.output.as_deref();
        let look = settings.look_for(path);
        let rates = !self.rating_sheet.is_empty();
        if self.role.is_none() && !rates && settings.pack.is_none() && settings.family.is_none() {
            let (all, credit) = role_outline(BUILT_IN);
            let roles: Vec<&Role> = all.iter().collect();
            return write_text(&role_list(&roles, &all, credit.as_deref(), look), path);
        }
        let pack = settings.load()?;
        let comparison = settings.comparison(&pack)?;
        if rates {
            return rating_sheet::write(settings, &comparison, &self.rating_sheet, path);
        }
        let text = match self.role {
            None => {
                let roles = comparison.candidates().iter().map(|&r| &pack.roles()[r]);
                let roles: Vec<&Role> = roles.collect();
                role_list(&roles, pack.roles(), pack.attribution(), look)
            }
            Some(typed) => {
                let at = role_at(&comparison, &typed)?;
                role_page(&pack, comparison.role(at), look)
            }
        };
        write_text(&text, path)
    }
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
    /// An answer file, to see where its person stands
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
}

impl CompareArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// When there is no such role or the answers cannot be read.
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        let pack = settings.load()?;
        let comparison = settings.comparison(&pack)?;
        let roles = (
            role_at(&comparison, &self.a)?,
            role_at(&comparison, &self.b)?,
        );
        if roles.0 == roles.1 {
            return Err(Error::Usage("name two different roles".to_owned()));
        }
        let colour = settings.look_of_messages().colour();
        let sheet = self
            .answers
            .map(|path| AnswerSheet::load(&path, &pack, colour))
            .transpose()?;
        let outcome = sheet.as_ref().map(|s| assess(&comparison, &s.answers));
        let person = sheet.as_ref().map(|s| s.id.as_str()).zip(outcome.as_ref());
        write_text(
            &compare_page(&comparison, roles, person, settings.look()),
            None,
        )
    }
}
