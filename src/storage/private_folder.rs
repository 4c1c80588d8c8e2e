//! Folders for what only their owner may see.

use crate::error::{Error, Result};
use std::path::Path;

/// Makes a folder that on Unix only its owner may open.
///
/// # Errors
/// When it cannot be made.
pub fn make_folder(folder: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder
        .create(folder)
        .map_err(|source| Error::io(format!("cannot make {}", folder.display()), source))
}
