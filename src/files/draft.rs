//! A text being written in an editor, in a folder that only its owner may open.

use crate::error::{Error, Result};
use std::io::Read;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Largest text, in bytes.
const LARGEST: u64 = 1 << 20;

/// The text's file; it and whatever an editor leaves beside it go when this is dropped.
#[derive(Debug)]
pub struct Draft {
    _folder: TempDir,
    path: PathBuf,
}

impl Draft {
    /// An empty draft in a new folder within `folder`.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new(folder: &Path) -> Result<Self> {
        let cannot = |source| {
            Error::io(
                format!("cannot make a draft in {}", folder.display()),
                source,
            )
        };
        let made = tempfile::Builder::new()
            .prefix(".rolescope-note-")
            .tempdir_in(folder)
            .map_err(cannot)?;
        let path = made.path().join("note.txt");
        std::fs::write(&path, "").map_err(cannot)?;
        Ok(Self {
            _folder: made,
            path,
        })
    }

    /// The file to edit.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What was written.
    ///
    /// # Errors
    /// When it cannot be read or is too large.
    pub fn text(&self) -> Result<String> {
        let file = std::fs::File::open(&self.path)
            .map_err(|source| Error::io(format!("cannot read {}", self.path.display()), source))?;
        text(file)
    }
}

/// All of a text.
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
