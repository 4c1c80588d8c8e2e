//! Draft of a note for an external editor, in a folder that only its owner can open.

use crate::error::{Error, Result};
use crate::storage::folder_names::hash_of;
use crate::storage::private_folder::make_folder;
use std::io::{Read, Write as _};
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
        Self::within(&folder(sheet), "")
    }

    /// Opens the draft of a change of a note, which begins with what the note says; or one that an earlier run left
    /// of the same note.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn of_change(sheet: &Path, note: &str) -> Result<Self> {
        let text = format!("{note}\n");
        Self::within(
            &folder(sheet).join(format!("change-{:016x}", hash_of(note.as_bytes()))),
            &text,
        )
    }

    fn within(folder: &Path, text: &str) -> Result<Self> {
        make_folder(folder)?;
        let path = folder.join("note.txt");
        let mut options = std::fs::OpenOptions::new();
        let file = options.create(true).append(true).open(&path);
        let written = file.and_then(|mut file| match file.metadata()?.len() {
            0 => file.write_all(text.as_bytes()),
            _ => Ok(()),
        });
        written.map_err(|source| Error::io(format!("cannot make {}", path.display()), source))?;
        Ok(Self { path })
    }

    /// Removes the draft, with what the editor left beside it, and no other.
    pub fn remove(self) {
        let Some(folder) = self.path.parent() else {
            return;
        };
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let _ = std::fs::remove_file(entry.path());
        }
        // where others are left, their folders stay
        if std::fs::remove_dir(folder).is_ok() {
            let _ = folder.parent().map(std::fs::remove_dir);
        }
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

    /// Removes all drafts that belong to an answer file, if there are any.
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
