//! Files that people care about: written beside, synced, renamed.

use crate::error::{Error, Result};
use crate::files::half::Half;
use std::fs::{File, Metadata};
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
    File(BufWriter<NamedTempFile>, PathBuf, Half),
    /// A device or pipe, which no file may take the place of.
    Device(BufWriter<File>, PathBuf),
}

impl Output {
    /// Opens standard output, or a file for `path`. A link is followed, and a file that is there
    /// already keeps its permissions.
    ///
    /// # Errors
    /// When the file's folder cannot be written, or `path` is a folder.
    pub fn open(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path else {
            return Ok(Self::Stdout(BufWriter::new(io::stdout())));
        };
        let path = match std::fs::canonicalize(path) {
            Ok(target) if path.is_symlink() => target,
            _ => path.to_owned(),
        };
        let there = std::fs::metadata(&path).ok();
        if there.as_ref().is_some_and(Metadata::is_dir) {
            return Err(Error::failed(format!(
                "cannot save {}: it is a folder; give the name of a file",
                path.display()
            )));
        }
        if there.as_ref().is_some_and(|there| !there.is_file()) {
            let device = File::options().write(true).open(&path);
            let device = device.map_err(|source| cannot_save(&path, source))?;
            return Ok(Self::Device(BufWriter::new(device), path));
        }
        let file = beside(&path, 0o666)?;
        let half = Half::new(file.path(), &path);
        if let Some(there) = there {
            // a file system without permissions still has the file
            let _ = file.as_file().set_permissions(there.permissions());
        }
        Ok(Self::File(BufWriter::new(file), path, half))
    }

    /// Ends the output: flushed, and under its final name.
    ///
    /// # Errors
    /// When the last bytes cannot be written; the final name is then untouched.
    pub fn finish(self) -> Result<()> {
        match self {
            Self::Stdout(mut out) => out.flush().map_err(Error::output),
            Self::Device(mut out, path) => out.flush().map_err(|e| Error::output(named(&path, e))),
            Self::File(file, path, _half) => {
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
            Self::File(out, path, _) => out.write(bytes).map_err(|e| named(path, e)),
            Self::Device(out, path) => out.write(bytes).map_err(|e| named(path, e)),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::File(out, path, _) => out.flush().map_err(|e| named(path, e)),
            Self::Device(out, path) => out.flush().map_err(|e| named(path, e)),
        }
    }
}

/// A failed write with the name of what was written; a reader that has gone stays that.
fn named(path: &Path, source: io::Error) -> io::Error {
    if source.kind() == io::ErrorKind::BrokenPipe {
        return source;
    }
    // tempfile names its own file, which nobody knows
    let what = source.to_string();
    let what = what.split(" at path ").next().unwrap_or(&what);
    io::Error::new(source.kind(), format!("{}: {what}", path.display()))
}

/// Whether two names are of one file, there already or not, so that writing one is writing the
/// other. Devices take what comes.
#[must_use]
pub fn same_file(a: &Path, b: &Path) -> bool {
    let place = |path: &Path| {
        std::fs::canonicalize(path).ok().or_else(|| {
            let folder = std::fs::canonicalize(folder_of(path)).ok()?;
            Some(folder.join(path.file_name()?))
        })
    };
    let device = std::fs::metadata(a).is_ok_and(|there| !there.is_file());
    !device && place(a).is_some_and(|a| place(b).is_some_and(|b| a == b))
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
    if let Ok(folder) = File::open(folder_of(path)) {
        // the rename itself; a file system that refuses this still has the file
        let _ = folder.sync_all();
    }
    Ok(())
}
