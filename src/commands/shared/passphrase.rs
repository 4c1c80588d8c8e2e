//! The passphrase of an archive: typed on a terminal, or from a file or the environment where a script runs. Never from
//! the command line, which other users of a machine can see.

use crate::error::{Error, Result};
use crate::storage::encryption::Passphrase;
use crate::terminal::menus::{ask_passphrase, ask_passphrase_twice};
use clap::ValueHint;
use std::io::{IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

/// The variable of the environment that may hold the passphrase.
const VARIABLE: &str = "ROLESCOPE_PASSPHRASE";
/// Maximum size of a file that holds a passphrase, in bytes.
const LARGEST: u64 = 4096;

/// Where a passphrase comes from.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct PassphraseArgs {
    /// Read the passphrase from this file of one line, or - for standard input [default: `ROLESCOPE_PASSPHRASE`, or it
    /// is asked for]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    passphrase_file: Option<PathBuf>,
}

impl PassphraseArgs {
    /// Whether it comes from standard input.
    pub(crate) fn is_stdin(&self) -> bool {
        self.passphrase_file.as_deref() == Some(Path::new("-"))
    }

    /// Whether a file was named.
    pub(crate) const fn is_given(&self) -> bool {
        self.passphrase_file.is_some()
    }

    /// The passphrase as it is given to a script; none where it is to be asked for.
    fn given(&self) -> Result<Option<String>> {
        if let Some(path) = &self.passphrase_file {
            return in_file(path).map(Some);
        }
        match std::env::var(VARIABLE) {
            Ok(text) if !text.is_empty() => Ok(Some(text)),
            Err(std::env::VarError::NotUnicode(_)) => {
                Err(Error::Usage(format!("{VARIABLE} is not UTF-8")))
            }
            _ => Ok(None),
        }
    }

    /// The passphrase of a new archive. On a terminal it is asked for twice.
    ///
    /// # Errors
    /// When it is too short, cannot be read, or nobody can be asked.
    pub(crate) fn chosen(&self) -> Result<Passphrase> {
        if let Some(text) = self.given()? {
            return Passphrase::chosen(text);
        }
        can_ask()?;
        Passphrase::chosen(ask_passphrase_twice("Passphrase for the archive")?)
    }

    /// The passphrase of an archive that is there, and whether it was asked for, so that it may be asked for again.
    ///
    /// # Errors
    /// When it cannot be read, or nobody can be asked.
    pub(crate) fn of_archive(&self) -> Result<(Passphrase, bool)> {
        if let Some(text) = self.given()? {
            return Ok((Passphrase::new(text)?, false));
        }
        can_ask()?;
        Ok((
            Passphrase::new(ask_passphrase("Passphrase of the archive")?)?,
            true,
        ))
    }
}

/// Ensures that somebody can be asked.
fn can_ask() -> Result<()> {
    if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "a passphrase is needed, and there is no terminal to ask on: put it into a file for --passphrase-file FILE, or \
         into {VARIABLE}"
    )))
}

/// The passphrase in a file of one line.
fn in_file(path: &Path) -> Result<String> {
    let name = if path == Path::new("-") {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    };
    let read = if path == Path::new("-") {
        read(std::io::stdin().lock())
    } else {
        std::fs::File::open(path).and_then(read)
    };
    let bytes = read.map_err(|source| Error::io(format!("cannot read {name}"), source))?;
    one_line(bytes).map_err(|why| Error::Usage(format!("{name}: {why}")))
}

fn read(input: impl std::io::Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The one line of a file, without its end and without the mark that some editors put before it.
fn one_line(bytes: Vec<u8>) -> std::result::Result<String, String> {
    if bytes.len() as u64 > LARGEST {
        return Err(format!("over {LARGEST} bytes; a passphrase is one line"));
    }
    let text =
        String::from_utf8(bytes).map_err(|_| "not UTF-8; save it as UTF-8 text".to_owned())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let line = text.strip_suffix('\n').unwrap_or(text);
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.contains(['\n', '\r', '\0']) {
        return Err("more than one line; a passphrase is one line".to_owned());
    }
    Ok(line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn a_file_has_one_line_however_it_was_saved() {
        for text in [
            "four words here",
            "four words here\n",
            "four words here\r\n",
            "\u{feff}four words here\r\n",
        ] {
            assert_eq!(one_line(text.into()), Ok("four words here".to_owned()));
        }
        // spaces belong to it
        assert_eq!(one_line(" a ".into()), Ok(" a ".to_owned()));
        assert!(one_line("one\ntwo\n".into()).is_err());
        assert!(one_line(vec![0xff, 0xfe, b'a', 0]).is_err());
        assert!(one_line(vec![b'a'; 5000]).is_err());
    }
}
