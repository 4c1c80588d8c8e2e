//! `rolescope roles` and `rolescope compare`: the roles to read.

use crate::commands::context::{Settings, role_at, write_text};
use crate::commands::sheet;
use crate::engine::assess::assess;
use crate::error::{Error, Result};
use crate::files::sheet::Sheet;
use crate::render::catalogue;
use std::path::PathBuf;

/// Arguments of `roles`.
#[derive(Debug, clap::Args)]
pub struct Roles {
    /// Id or name of one role, to read it in full
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
        let pack = settings.load()?;
        let design = settings.design(&pack)?;
        let path = self.output.as_deref();
        if !self.rating_sheet.is_empty() {
            return sheet::write(settings, &design, &self.rating_sheet, path);
        }
        let look = settings.look_for(path);
        let text = match self.role {
            None => catalogue::list(&design, look),
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
    a: String,
    /// Id or name of another
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
