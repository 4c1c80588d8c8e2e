//! Global arguments of all commands: pack, norms, family, aptitude weight, colour, quiet.

use crate::builtin;
use crate::commands::shared::completion_candidates;
use crate::commands::shared::environment;
use crate::commands::shared::environment::Colour;
use crate::error::{Error, Result};
use crate::storage::atomic_write::{Output, output_file};
use crate::storage::norms_file;
use crate::storage::pack_files;
use clap::{Args, ValueHint};
use clap_complete::engine::ArgValueCandidates;
use rolescope_core::text::{ascii, inert, nearest, plain};
use rolescope_core::write::TextStyle;
use rolescope_core::{Comparison, ComparisonError, Diagnostic, Norms, Pack, SourceFile};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Version of the program, as receipts state it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Arguments that are accepted before or after any command.
#[derive(Clone, Debug, Args)]
pub struct GlobalArgs {
    /// Use the pack in this folder instead of the built-in one
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub pack: Option<PathBuf>,
    /// Show texts in this language of the pack, such as cy or fr-CA
    #[arg(long, global = true, value_name = "TAG")]
    pub lang: Option<String>,
    /// Compare with the measured norms in this file instead of those that the pack assumes
    #[arg(long, global = true, value_name = "FILE")]
    pub norms: Option<PathBuf>,
    /// Compare only the roles of one family
    #[arg(long, global = true, add = ArgValueCandidates::new(completion_candidates::families))]
    pub family: Option<String>,
    /// Weight of aptitudes in the match, 0 to 100 (a counsellor's setting)
    #[arg(long, global = true, value_name = "W", default_value_t = 1.0, value_parser = weight)]
    pub aptitude_weight: f64,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Colour,
    /// Print neither progress nor remarks
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
    /// Text style of standard output.
    #[must_use]
    pub fn look(&self) -> TextStyle {
        environment::style_of_output(self.color)
    }

    /// Text style for standard output or a file.
    #[must_use]
    pub fn look_for(&self, path: Option<&Path>) -> TextStyle {
        let look = self.look();
        if output_file(path).is_some() {
            look.with_colour(self.color == Colour::Always)
                .with_width(80)
        } else {
            look
        }
    }

    /// Text style of standard error.
    #[must_use]
    pub fn look_of_messages(&self) -> TextStyle {
        environment::style_of_messages(self.color)
    }

    /// Reads the files of the pack in use.
    pub fn files(&self) -> Result<Vec<SourceFile>> {
        self.pack
            .as_deref()
            .map_or_else(|| Ok(builtin::built_in()), pack_files::folder)
    }

    /// Loads and checks the pack for figures and records: in the language of `--lang`, else in its own.
    ///
    /// # Errors
    /// When it cannot be read, all its mistakes, or where it is not in that language.
    pub fn load(&self) -> Result<Pack> {
        let (pack, files) = self.load_own()?;
        self.in_asked_language(pack, &files)
    }

    /// The pack in the language that it was written in, whatever `--lang` says, and the files that it has in others
    /// among those of a pack that is not built in.
    ///
    /// # Errors
    /// When it cannot be read, and all its mistakes.
    pub(crate) fn load_own(&self) -> Result<(Pack, Vec<SourceFile>)> {
        if self.pack.is_none()
            && let Some(pack) = builtin::pack()
        {
            // its other files are not copied at every start
            return Ok((pack, builtin::translations()));
        }
        let files = self.files()?;
        let pack = Pack::parse(&files).map_err(|all| self.mistakes(&all, &files))?;
        Ok((pack, files))
    }

    /// The pack in the language of `--lang`, else in its own with the interface strings that it has for that.
    fn in_asked_language(&self, pack: Pack, files: &[SourceFile]) -> Result<Pack> {
        let tag = self.asked_language(&pack, files)?;
        let tag = tag.unwrap_or_else(|| pack.language().to_owned());
        let shown = pack.in_language(&tag, files);
        shown.map_err(|all| self.mistakes(&all, files))
    }

    /// Loads and checks the pack for what people read: in the language of `--lang`, else in that of the environment
    /// where the pack is in it, else in its own.
    ///
    /// # Errors
    /// As [`load`](Self::load); never for what the environment says.
    pub fn load_shown(&self) -> Result<Pack> {
        let (pack, files) = self.load_own()?;
        let pack = self.in_asked_language(pack, &files)?;
        let wanted = environment::language().filter(|_| self.lang.is_none());
        let found = wanted.and_then(|wanted| pack.nearest_language(&files, &wanted));
        let Some(tag) = found.filter(|tag| tag != pack.language()) else {
            return Ok(pack);
        };
        pack.clone().in_language(&tag, &files).or_else(|_| {
            self.remark(&format!(
                "The texts in {tag} have mistakes, so these are in {}: rolescope check shows them.",
                pack.language()
            ));
            Ok(pack)
        })
    }

    /// The language of `--lang`, as the pack has it.
    ///
    /// # Errors
    /// Where the pack is in no such language; says in which it is.
    pub(crate) fn asked_language(
        &self,
        pack: &Pack,
        files: &[SourceFile],
    ) -> Result<Option<String>> {
        let Some(asked) = &self.lang else {
            return Ok(None);
        };
        let found = pack.nearest_language(files, asked);
        let all = || pack.languages(files).join(", ");
        let none = || Error::Usage(format!("--lang {asked:?}: this pack has {}", all()));
        found.ok_or_else(none).map(Some)
    }

    /// Mistakes in the files of a pack, as people read them.
    pub(crate) fn mistakes(&self, all: &[Diagnostic], files: &[SourceFile]) -> Error {
        let colour = self.look_of_messages().colour();
        Error::Mistakes(Diagnostic::show_all(all, files, colour))
    }

    /// The comparison of all people of a run: candidates, keys and norms.
    ///
    /// # Errors
    /// When the family is not one of the pack, or the norms cannot be read.
    pub fn comparison<'p>(&self, pack: &'p Pack) -> Result<Comparison<'p>> {
        let usage = |why: ComparisonError| Error::Usage(why.to_string());
        let mut builder = Comparison::builder(pack)
            .aptitude_weight(self.aptitude_weight)
            .program(VERSION);
        if let Some(family) = &self.family {
            builder = builder.family(family).map_err(usage)?;
        }
        if let Some(norms) = self.measured(pack)? {
            builder = builder.norms(norms);
        }
        builder.build().map_err(usage)
    }

    /// Loads the norms of `--norms`, if given.
    ///
    /// # Errors
    /// When they cannot be read, or all mistakes in them.
    pub fn measured(&self, pack: &Pack) -> Result<Option<Norms>> {
        let Some(path) = &self.norms else {
            return Ok(None);
        };
        let norms = norms_file::read(path, pack, self.look_of_messages().colour())?;
        if let Some(few) = norms.warning() {
            self.remark(&few);
        }
        let other = norms.language().map(|tag| tag != pack.language());
        if other.unwrap_or_else(|| pack.is_translated()) {
            let of = norms.language().unwrap_or("no language that they state");
            self.remark(&format!(
                "The norms \"{}\" are of {of}, and the questions here are in {}. Norms hold for one language: what \
                 is asked in other words is answered otherwise.",
                norms.name(),
                pack.language()
            ));
        }
        Ok(Some(norms))
    }

    /// Prints a remark to standard error, unless `--quiet` is given.
    pub fn remark(&self, text: &str) {
        if !self.quiet {
            say(text);
        }
    }
}

/// Writes lines to standard error and ignores a closed one. The text may hold untrusted names, such as
/// those of files, and is escaped.
pub fn say(text: &str) {
    let lines: Vec<_> = text.trim_end().split('\n').map(inert).collect();
    say_styled(&lines.join("\n"));
}

/// The same for text with escape sequences of our own, which stay.
pub fn say_styled(text: &str) {
    let text = text.trim_end();
    let text = if environment::ascii_locale() {
        ascii(text)
    } else {
        text.into()
    };
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Finds a candidate by its id or name.
///
/// # Errors
/// When there is none; names the nearest.
pub fn role_at(comparison: &Comparison<'_>, typed: &str) -> Result<usize> {
    let wanted = plain(typed.trim());
    // what each role in play goes by: its id, its name, and its name in te reo Māori
    let mut names: Vec<(usize, String)> = Vec::new();
    for at in 0..comparison.candidates().len() {
        let role = comparison.role(at);
        let all = [Some(role.id()), Some(role.name()), role.maori_name()];
        names.extend(all.into_iter().flatten().map(|name| (at, plain(name))));
    }
    if let Some((at, _)) = names.iter().find(|(_, name)| *name == wanted) {
        return Ok(*at);
    }
    let also = |at: &usize| {
        let also = comparison.role(*at).also_known_as();
        also.iter().any(|name| plain(name) == wanted)
    };
    match (0..comparison.candidates().len())
        .filter(also)
        .collect::<Vec<_>>()[..]
    {
        [] => {}
        [at] => return Ok(at),
        ref all => {
            let ids: Vec<&str> = all.iter().map(|&at| comparison.role(at).id()).collect();
            let ids = ids.join(", ");
            return Err(Error::Usage(format!("{typed:?} is what people call {ids}")));
        }
    }
    let near = nearest(&wanted, names.iter().map(|(_, name)| name.as_str()))
        .and_then(|near| names.iter().find(|(_, name)| name == near))
        .map_or_else(
            || "`rolescope roles` lists them".to_owned(),
            |(at, _)| format!("did you mean {}?", comparison.role(*at).id()),
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
