//! What a school or service puts above its pages: its name, whom to ask, its logo.

use crate::error::{Error, Result};
use crate::input::logo;
use clap::ValueHint;
use rolescope_core::write::Document;
use std::path::PathBuf;

/// Maximum number of characters of a line above a page.
const LONGEST: usize = 200;

/// What stands above a page, as it was asked for.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct PageLookArgs {
    /// A line above the page, such as a school's name
    #[arg(long, value_name = "TEXT", value_parser = line)]
    pub title: Option<String>,
    /// A line that says whom to ask, and how
    #[arg(long, value_name = "TEXT", value_parser = line)]
    pub contact: Option<String>,
    /// With html: a picture above the page, PNG or SVG, at most 256 KiB; the page holds it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub logo: Option<PathBuf>,
}

fn line(text: &str) -> std::result::Result<String, String> {
    let text = text.trim();
    if text.is_empty() || text.contains(['\n', '\r']) || text.chars().count() > LONGEST {
        return Err(format!("one line of at most {LONGEST} characters"));
    }
    Ok(text.to_owned())
}

impl PageLookArgs {
    /// The first option that was given, none where none was.
    pub(crate) fn given(&self) -> Option<&'static str> {
        let given = [
            (self.title.is_some(), "--title"),
            (self.contact.is_some(), "--contact"),
            (self.logo.is_some(), "--logo"),
        ];
        given
            .into_iter()
            .find(|(given, _)| *given)
            .map(|(_, name)| name)
    }

    /// Reads the logo.
    ///
    /// # Errors
    /// When it is no sound picture, or more than one.
    pub(crate) fn read(&self) -> Result<PageLook> {
        Ok(PageLook {
            title: self.title.clone(),
            contact: self.contact.clone(),
            logo: self.logo.as_deref().map(logo::read).transpose()?,
        })
    }

    /// Ensures that nothing was given, for what has no place for it.
    ///
    /// # Errors
    /// When something was.
    pub(crate) fn refuse(&self, what: &str) -> Result<()> {
        self.given().map_or(Ok(()), |option| {
            Err(Error::Usage(format!(
                "{what} have no place for {option}: use it with -f text, markdown or html"
            )))
        })
    }
}

/// What stands above a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct PageLook {
    title: Option<String>,
    contact: Option<String>,
    logo: Option<Vec<u8>>,
}

impl PageLook {
    /// A page with it.
    pub(crate) fn on(&self, page: Document) -> Document {
        page.with_letterhead(
            self.title.as_deref(),
            self.contact.as_deref(),
            self.logo.as_deref(),
        )
    }
}
