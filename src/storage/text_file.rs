//! Small text files, read completely: of limited size, UTF-8, with a known format version.

use crate::error::{Error, Result};
use crate::storage::lock::no_surprises;
use rolescope_core::SourceFile;
use rolescope_core::pack::Fields;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

/// Maximum size of such a file, in bytes.
pub const LARGEST: u64 = 1 << 20;

/// Reads the bytes of a file, at most one more than [`LARGEST`].
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = LARGEST + 1;
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens and reads a plain file, of which at most one byte more than [`LARGEST`] is taken. No link is followed.
///
/// # Errors
/// When it is no plain file, or cannot be read.
pub(crate) fn plain_file(path: &Path) -> io::Result<(File, Vec<u8>)> {
    let file = no_surprises().open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is no plain file"));
    }
    let mut bytes = Vec::new();
    (&file).take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok((file, bytes))
}

/// The text of a file; `what` is what messages say it should be, as "an answer file".
///
/// # Errors
/// When it cannot be read, is too large, or is no text.
pub(crate) fn text_of(path: &Path, what: &str) -> Result<String> {
    let name = path.display().to_string();
    let bytes = bytes_of(path).map_err(|source| Error::io(format!("cannot read {name}"), source));
    text_of_bytes(&name, bytes?, what)
}

/// Fails for a size over [`LARGEST`].
///
/// # Errors
/// When it is over.
pub(crate) fn bounded(name: &str, size: usize, what: &str) -> Result<()> {
    if size as u64 > LARGEST {
        return Err(Error::failed(format!(
            "{name} has over {LARGEST} bytes; {what} is smaller"
        )));
    }
    Ok(())
}

/// Decodes bytes as UTF-8.
///
/// # Errors
/// When they are too many or no text.
pub(crate) fn text_of_bytes(name: &str, bytes: Vec<u8>, what: &str) -> Result<String> {
    bounded(name, bytes.len(), what)?;
    String::from_utf8(bytes).map_err(|e| {
        let (line, column) = not_utf8(e.as_bytes()).unwrap_or((1, 1));
        Error::failed(format!(
            "{name}:{line}:{column}: not UTF-8; {what} is UTF-8 text"
        ))
    })
}

/// The line and column where bytes are no UTF-8 any more, if there is one.
pub(crate) fn not_utf8(bytes: &[u8]) -> Option<(usize, usize)> {
    let at = std::str::from_utf8(bytes).err()?.valid_up_to();
    let before = String::from_utf8_lossy(&bytes[..at]);
    Some(SourceFile::new("", &before).place(at))
}

/// A text as a file whose mistakes can be shown.
pub(crate) fn file_of(name: &str, text: &str) -> SourceFile {
    SourceFile::new(name, text.trim_start_matches('\u{FEFF}'))
}

/// Notes where a file states no format, or one later than what this version knows.
pub(crate) fn check_format(fields: &Fields<'_>, latest: u16) {
    if let Some((format, span)) = fields.whole("format", 1..=u16::MAX) {
        if format > latest {
            fields.mistake(
                &span,
                "this file is of a later format",
                "not known to this version",
                "read it with the newer rolescope that wrote it",
            );
        }
    } else if !fields.has("format") {
        fields.missing("format", &latest.to_string());
    }
}

/// Quotes a text as a TOML string.
pub(crate) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
