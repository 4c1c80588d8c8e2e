//! `rolescope roles` and `rolescope compare`: the roles to read.

use crate::commands::candidates;
use crate::commands::context::{Settings, role_at, write_text};
use crate::commands::sheet;
use crate::content::outline;
use crate::engine::assess::assess;
use crate::engine::pack::Role;
use crate::error::{Error, Result};
use crate::files::sheet::Sheet;
use crate::render::catalogue;
use clap_complete::engine::ArgValueCandidates;
use std::path::PathBuf;

/// Arguments of `roles`.
#[derive(Debug, clap::Args)]
pub struct Roles {
    /// Id or name of one role, to read it in full
    #[arg(add = ArgValueCandidates::new(candidates::roles))]
    role: Option<String>,
    /// Write a table in which the people of these answer files rate the roles without knowing any
    /// match: every role for everyone, in an order of their own
    #[arg(long, value_name = "ANSWERS", num_args = 1.., conflicts_with = "role")]
    rating_sheet: Vec<String>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Roles {
    /// Runs the command.
    ///
    /// # Errors
    /// When there is no such role, or answers cannot be read.
    pub fn run(self, settings: &Settings) -> Result<()> {
        let path = self.output.as_deref();
        let look = settings.look_for(path);
        let rates = !self.rating_sheet.is_empty();
        if self.role.is_none() && !rates && settings.pack.is_none() && settings.family.is_none() {
            let (roles, credit) = outline::roles();
            let roles: Vec<&Role> = roles.iter().collect();
            return write_text(&catalogue::list(&roles, credit.as_deref(), look), path);
        }
        let pack = settings.load()?;
        let design = settings.design(&pack)?;
        if rates {
            return sheet::write(settings, &design, &self.rating_sheet, path);
        }
        let text = match self.role {
            None => {
                let roles = design.in_play.iter().map(|&r| &pack.roles[r]);
                let roles: Vec<&Role> = roles.collect();
                catalogue::list(&roles, pack.attribution.as_deref(), look)
            }
            Some(typed) => {
                let at = role_at(&design, &typed)?;
                catalogue::role(&pack, design.role(at), look)
            }
        };
        write_text(&text, path)
    }
}

/// Arguments of `compare`.
#[derive(Debug, clap::Args)]
pub struct Compare {
    /// Id or name of a role
    #[arg(add = ArgValueCandidates::new(candidates::roles))]
    a: String,
    /// Id or name of another
    #[arg(add = ArgValueCandidates::new(candidates::roles))]
    b: String,
    /// An answer file, to see where its person stands
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
}

impl Compare {
    /// Runs the command.
    ///
    /// # Errors
    /// When there is no such role or the answers cannot be read.
    pub fn run(self, settings: &Settings) -> Result<()> {
        let pack = settings.load()?;
        let design = settings.design(&pack)?;
        let roles = (role_at(&design, &self.a)?, role_at(&design, &self.b)?);
        if roles.0 == roles.1 {
            return Err(Error::Usage("name two different roles".to_owned()));
        }
        let colour = settings.look_of_messages().colour;
        let sheet = self
            .answers
            .map(|path| Sheet::load(&path, &pack, colour))
            .transpose()?;
        let outcome = sheet.as_ref().map(|s| assess(&design, &s.answers));
        let person = sheet.as_ref().map(|s| s.id.as_str()).zip(outcome.as_ref());
        write_text(
            &catalogue::compare(&design, roles, person, settings.look()),
            None,
        )
    }
}
