//! What every command shares: the settings that were typed, and what they mean here.

use crate::builtin;
use crate::commands::completion_candidates;
use crate::error::{Error, Result};
use crate::storage::atomic_write::Output;
use crate::storage::norms_file;
use crate::storage::pack_files;
use clap::{Args, ValueEnum, ValueHint};
use clap_complete::engine::ArgValueCandidates;
use rolescope_core::pack::model::Pack;
use rolescope_core::pack::parse::check;
use rolescope_core::pack::parse::diagnostics::{SourceFile, nearest, show};
use rolescope_core::scoring::comparison::Comparison;
use rolescope_core::scoring::norms::Norms;
use rolescope_core::text::plain;
use rolescope_core::write::terminal_text::{TextStyle, inert};
use rolescope_core::write::wording;
use std::io::{IsTerminal, Write as _};
use std::path::{Path, PathBuf};

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless the environment says otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Settings that go before or after any command.
#[derive(Clone, Debug, Args)]
pub struct GlobalArgs {
    /// Use the pack in this folder instead of the built-in one
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub pack: Option<PathBuf>,
    /// Compare with the measured norms in this file instead of those that the pack assumes
    #[arg(long, global = true, value_name = "FILE")]
    pub norms: Option<PathBuf>,
    /// Compare only the roles of one family
    #[arg(long, global = true, add = ArgValueCandidates::new(completion_candidates::families))]
    pub family: Option<String>,
    /// How much aptitudes count (a counsellor's setting)
    #[arg(long, global = true, value_name = "W", default_value_t = 1.0, value_parser = weight)]
    pub aptitude_weight: f64,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Colour,
    /// No progress and no remarks
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

fn weight(text: &str) -> std::result::Result<f64, String> {
    match text.parse::<f64>() {
        Ok(w) if (0.0..=100.0).contains(&w) => Ok(w),
        _ => Err("a number from 0 to 100".to_owned()),
    }
}

impl GlobalArgs {
    /// Whether a stream gets colour.
    #[must_use]
    pub fn colour(&self, terminal: bool) -> bool {
        let set = |name| std::env::var_os(name).is_some_and(|v| !v.is_empty());
        match self.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto if set("NO_COLOR") => false,
            Colour::Auto => {
                std::env::var("CLICOLOR_FORCE").is_ok_and(|v| v != "0" && !v.is_empty())
                    || terminal && std::env::var("TERM").is_ok_and(|t| t != "dumb")
            }
        }
    }

    /// How standard output looks.
    #[must_use]
    pub fn look(&self) -> TextStyle {
        self.look_of(&console::Term::stdout(), std::io::stdout().is_terminal())
    }

    /// How text for standard output or a file looks.
    #[must_use]
    pub fn look_for(&self, path: Option<&Path>) -> TextStyle {
        let mut look = self.look();
        if path.is_some() {
            look.colour = self.color == Colour::Always;
            look.width = 80;
        }
        look
    }

    /// How standard error looks.
    #[must_use]
    pub fn look_of_messages(&self) -> TextStyle {
        self.look_of(&console::Term::stderr(), std::io::stderr().is_terminal())
    }

    fn look_of(&self, term: &console::Term, terminal: bool) -> TextStyle {
        let stated = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let width = if terminal {
            usize::from(term.size().1)
        } else {
            stated.unwrap_or(80)
        };
        TextStyle {
            colour: self.colour(terminal),
            width,
            ascii: ascii_locale(),
        }
    }

    /// The pack's files, with a root to name them by.
    pub fn files(&self) -> Result<Vec<SourceFile>> {
        self.pack
            .as_deref()
            .map_or_else(|| Ok(builtin::built_in()), pack_files::folder)
    }

    /// The pack.
    ///
    /// # Errors
    /// When it cannot be read, or all its mistakes.
    pub fn load(&self) -> Result<Pack> {
        let files = self.files()?;
        check::check(&files).map_err(|mistakes| {
            let colour = self.look_of_messages().colour;
            Error::Mistakes(show(&mistakes, &files, colour))
        })
    }

    /// What people are compared with.
    ///
    /// # Errors
    /// When the family is not one of the pack, or the norms cannot be read.
    pub fn comparison<'p>(&self, pack: &'p Pack) -> Result<Comparison<'p>> {
        let family = self.family.as_deref();
        if let Some(word) = family
            && !pack.families().contains(&word)
        {
            let families = pack.families();
            let near = nearest(word, families.iter().copied())
                .map_or_else(String::new, |near| format!("; did you mean {near}?"));
            return Err(Error::Usage(format!(
                "no family {word:?} in this pack; there are {}{near}",
                families.join(", ")
            )));
        }
        let norms = self.measured(pack)?;
        let comparison = Comparison::compared(pack, family, self.aptitude_weight, norms);
        if comparison.candidates.len() < 2 {
            return Err(Error::Usage(
                "this family has a single role: there is nothing to compare".to_owned(),
            ));
        }
        Ok(comparison)
    }

    /// The measured norms that were typed, if any.
    ///
    /// # Errors
    /// When they cannot be read, or all mistakes in them.
    pub fn measured(&self, pack: &Pack) -> Result<Option<Norms>> {
        let Some(path) = &self.norms else {
            return Ok(None);
        };
        let norms = norms_file::read(path, pack, self.look_of_messages().colour)?;
        if let Some(few) = wording::few(Some(&norms)) {
            self.remark(&few);
        }
        Ok(Some(norms))
    }

    /// Says something on standard error, unless quiet was asked for.
    pub fn remark(&self, text: &str) {
        if !self.quiet {
            say(text);
        }
    }
}

/// Writes lines to standard error; a closed one is no failure. What strangers named, such as a file,
/// may be in them.
pub fn say(text: &str) {
    let lines: Vec<_> = text.trim_end().split('\n').map(inert).collect();
    say_styled(&lines.join("\n"));
}

/// The same for text whose escape sequences are ours.
pub fn say_styled(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", text.trim_end());
}

/// Whether the locale says that only ASCII can be shown. One that says nothing is taken for UTF-8.
fn ascii_locale() -> bool {
    ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .is_some_and(|value| {
            let value = value.to_ascii_lowercase();
            !(value.contains("utf-8") || value.contains("utf8"))
        })
}

/// The position in play of the role that was typed.
///
/// # Errors
/// When there is none; names the nearest.
pub fn role_at(comparison: &Comparison<'_>, typed: &str) -> Result<usize> {
    let wanted = plain(typed.trim());
    // what each role in play goes by: its id, its name, and its name in te reo Māori
    let mut names: Vec<(usize, String)> = Vec::new();
    for at in 0..comparison.candidates.len() {
        let role = comparison.role(at);
        let all = [
            Some(&role.id),
            Some(&role.name),
            role.facts.maori_name.as_ref(),
        ];
        names.extend(all.into_iter().flatten().map(|name| (at, plain(name))));
    }
    if let Some((at, _)) = names.iter().find(|(_, name)| *name == wanted) {
        return Ok(*at);
    }
    let also = |at: &usize| {
        let also = &comparison.role(*at).facts.also_known_as;
        also.iter().any(|name| plain(name) == wanted)
    };
    match (0..comparison.candidates.len())
        .filter(also)
        .collect::<Vec<_>>()[..]
    {
        [] => {}
        [at] => return Ok(at),
        ref all => {
            let ids: Vec<&str> = all
                .iter()
                .map(|&at| comparison.role(at).id.as_str())
                .collect();
            let ids = ids.join(", ");
            return Err(Error::Usage(format!("{typed:?} is what people call {ids}")));
        }
    }
    let near = nearest(&wanted, names.iter().map(|(_, name)| name.as_str()))
        .and_then(|near| names.iter().find(|(_, name)| name == near))
        .map_or_else(
            || "`rolescope roles` lists them".to_owned(),
            |(at, _)| format!("did you mean {}?", comparison.role(*at).id),
        );
    Err(Error::Usage(format!("no role {typed:?}; {near}")))
}

/// Writes records to standard output or to a file.
///
/// # Errors
/// When the output fails.
pub fn write_records(text: &str, path: Option<&Path>) -> Result<()> {
    let mut out = Output::open_records(path)?;
    out.write_all(text.as_bytes()).map_err(Error::output)?;
    out.finish()
}

/// Writes a text to standard output or to a file.
///
/// # Errors
/// When the output fails.
pub fn write_text(text: &str, path: Option<&Path>) -> Result<()> {
    let mut out = Output::open(path)?;
    out.write_all(text.as_bytes()).map_err(Error::output)?;
    out.finish()
}
