//! Stored person: one answer file of a session store, as read, or why it cannot be.

use crate::storage::answer_file::{AnswerSheet, WHAT};
use crate::storage::synced_copy;
use crate::storage::text_file::{bytes_of, text_of_bytes};
use rolescope_core::Pack;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Answer file of one session, as read.
#[derive(Debug)]
pub struct StoredPerson {
    /// Its path.
    pub path: PathBuf,
    /// When it was last changed.
    pub changed: SystemTime,
    /// What it holds.
    pub sheet: AnswerSheet,
    /// The same as it is written.
    pub text: String,
}

/// File that is not a valid answer file; it is never changed.
#[derive(Debug)]
pub struct DamagedFile {
    /// Its path.
    pub path: PathBuf,
    /// Why, in a line.
    pub reason: String,
}

impl DamagedFile {
    /// The file's name without its ending, which stands for the label that cannot be read.
    #[must_use]
    pub fn stem(&self) -> String {
        let stem = self.path.file_stem().unwrap_or_default();
        stem.to_string_lossy().into_owned()
    }
}

/// Reads the answer file at a path, or its synced copy where a loss of power left no whole one; a link is not followed.
///
/// # Errors
/// The file and why it is no answer file.
pub(crate) fn read(path: &Path, pack: &Pack) -> Result<StoredPerson, DamagedFile> {
    let damaged = |reason: String| DamagedFile {
        path: path.to_owned(),
        reason,
    };
    // a link could lead anywhere, and a pipe would never end
    let data = std::fs::symlink_metadata(path).map_err(|e| damaged(e.to_string()))?;
    if !data.is_file() {
        return Err(damaged("it is no plain file, and is left alone".to_owned()));
    }
    let changed = data.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    let cannot = |e| damaged(format!("cannot read {}: {e}", path.display()));
    let bytes = bytes_of(path).map_err(cannot)?;
    let read = |bytes| -> Result<_, DamagedFile> {
        let text = text_of_bytes(&path.display().to_string(), bytes, WHAT);
        let text = text.map_err(|e| damaged(e.to_string()))?;
        let sheet = AnswerSheet::parse_briefly(&text, pack).map_err(damaged)?;
        Ok((text, sheet))
    };
    let (text, sheet) = read(bytes.clone()).or_else(|why| {
        let copy = synced_copy::instead_of(path, &bytes);
        copy.map_or(Err(why), read)
    })?;
    Ok(StoredPerson {
        path: path.to_owned(),
        changed,
        sheet,
        text,
    })
}
