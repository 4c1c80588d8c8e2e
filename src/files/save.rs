//! Files that people care about: written beside, synced, renamed.

use crate::error::{Error, Result};
use std::io::{self, BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Writes a file whole or not at all. On Unix only its owner may read it.
///
/// # Errors
/// When the folder cannot be written; the old file is then untouched.
pub fn whole(path: &Path, bytes: &[u8]) -> Result<()> {
    with_mode(path, bytes, 0o600)
}

/// Writes a file whole or not at all, for anyone to read whom the umask allows.
///
/// # Errors
/// When the folder cannot be written; the old file is then untouched.
pub fn public(path: &Path, bytes: &[u8]) -> Result<()> {
    with_mode(path, bytes, 0o666)
}

fn with_mode(path: &Path, bytes: &[u8], mode: u32) -> Result<()> {
    let mut file = beside(path, mode)?;
    file.write_all(bytes)
        .map_err(|source| cannot_save(path, source))?;
    put(file, path)
}

/// Where results go: standard output, or a file that appears whole or not at all.
pub enum Output {
    /// Standard output.
    Stdout(BufWriter<Stdout>),
    /// A file, written beside its final name.
    File(BufWriter<NamedTempFile>, PathBuf),
}

impl Output {
    /// Opens standard output, or a file for `path`.
    ///
    /// # Errors
    /// When the file's folder cannot be written.
    pub fn open(path: Option<&Path>) -> Result<Self> {
        match path {
            None => Ok(Self::Stdout(BufWriter::new(io::stdout()))),
            Some(path) => Ok(Self::File(
                BufWriter::new(beside(path, 0o666)?),
                path.to_owned(),
            )),
        }
    }

    /// Ends the output: flushed, and under its final name.
    ///
    /// # Errors
    /// When the last bytes cannot be written; the final name is then untouched.
    pub fn finish(self) -> Result<()> {
        match self {
            Self::Stdout(mut out) => out.flush().map_err(Error::output),
            Self::File(file, path) => {
                let file = file
                    .into_inner()
                    .map_err(|e| cannot_save(&path, e.into_error()))?;
                put(file, &path)
            }
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::File(out, _) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::File(out, _) => out.flush(),
        }
    }
}

fn cannot_save(path: &Path, source: io::Error) -> Error {
    Error::io(format!("cannot save {}", path.display()), source)
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// A temporary file in the folder of `path`, with these permissions before the umask.
fn beside(path: &Path, mode: u32) -> Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rolescope-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(mode));
    }
    builder
        .tempfile_in(folder_of(path))
        .map_err(|source| cannot_save(path, source))
}

fn put(file: NamedTempFile, path: &Path) -> Result<()> {
    file.as_file()
        .sync_all()
        .map_err(|source| cannot_save(path, source))?;
    file.persist(path).map_err(|e| cannot_save(path, e.error))?;
    #[cfg(unix)]
    if let Ok(folder) = std::fs::File::open(folder_of(path)) {
        // the rename itself; a file system that refuses this still has the file
        let _ = folder.sync_all();
    }
    Ok(())
}
