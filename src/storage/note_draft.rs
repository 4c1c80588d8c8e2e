//! Draft of a note for an external editor, in a folder that only its owner can open.

use crate::error::{Error, Result};
use crate::storage::private_folder::make_folder;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Largest text, in bytes.
const LARGEST: u64 = 1 << 20;

/// Draft file of a note. It stays until it is discarded, so that no text is lost when it cannot be
/// saved, and its folder holds any backup files of the editor.
#[derive(Debug)]
pub struct NoteDraft {
    path: PathBuf,
}

impl NoteDraft {
    /// Opens the draft that belongs to an answer file, which the caller has locked: a new one, or
    /// one that an earlier run left.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn of(sheet: &Path) -> Result<Self> {
        let folder = folder(sheet);
        make_folder(&folder)?;
        let path = folder.join("note.txt");
        let mut options = std::fs::OpenOptions::new();
        let file = options.create(true).append(true).open(&path);
        file.map_err(|source| Error::io(format!("cannot make {}", path.display()), source))?;
        Ok(Self { path })
    }

    /// The file to edit.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The text of the draft.
    ///
    /// # Errors
    /// When it cannot be read or is too large.
    pub fn text(&self) -> Result<String> {
        let file = std::fs::File::open(&self.path)
            .map_err(|source| Error::io(format!("cannot read {}", self.path.display()), source))?;
        text(file)
    }

    /// Removes the draft that belongs to an answer file, if there is one.
    pub fn discard(sheet: &Path) {
        let _ = std::fs::remove_dir_all(folder(sheet));
    }
}

fn folder(sheet: &Path) -> PathBuf {
    let name = sheet.file_name().unwrap_or_default().to_string_lossy();
    sheet.with_file_name(format!(".{name}.note"))
}

/// Reads a text to its end.
///
/// # Errors
/// When it cannot be read, is too large, or is no UTF-8.
pub fn text(reader: impl Read) -> Result<String> {
    let mut bytes = Vec::new();
    reader
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|source| Error::io("cannot read the text", source))?;
    if bytes.len() as u64 > LARGEST {
        return Err(Error::failed(format!("the text is over {LARGEST} bytes")));
    }
    String::from_utf8(bytes).map_err(|_| Error::failed("the text is not UTF-8"))
}
