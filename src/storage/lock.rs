//! File locks: one program at a time on an answer file.

use crate::error::{Error, Result};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Lock on an answer file, held until dropped.
///
/// The lock is on a small file in the same folder, because the answer file itself is replaced at every
/// save. The system releases it when the program ends in any way, so a stale lock file does no harm.
#[derive(Debug)]
pub struct AnswerLock {
    _file: File,
    path: PathBuf,
}

impl AnswerLock {
    /// Takes the lock of an answer file.
    ///
    /// # Errors
    /// When another program has it, or the folder cannot be written.
    pub fn take(of: &Path) -> Result<Self> {
        Self::wait(of, Duration::ZERO)
    }

    /// Takes the lock of a file or folder, waiting for another program for at most `patience`.
    ///
    /// # Errors
    /// When another program keeps it, or the folder cannot be written.
    pub fn wait(of: &Path, patience: Duration) -> Result<Self> {
        let start = Instant::now();
        loop {
            if let Some(lock) = Self::try_take(of)? {
                return Ok(lock);
            }
            if start.elapsed() >= patience {
                return Err(Error::failed(format!(
                    "{} is open in another rolescope; end that one first",
                    of.display()
                )));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Tries to take the lock; none if another program has it.
    fn try_take(of: &Path) -> Result<Option<Self>> {
        let name = of.file_name().unwrap_or_default().to_string_lossy();
        let path = of.with_file_name(format!(".{name}.lock"));
        let cannot = |source| Error::io(format!("cannot lock {}", of.display()), source);
        loop {
            let file = OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path)
                .map_err(cannot)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(source)) => return Err(cannot(source)),
            }
            // whoever had it may have removed it between our opening and our locking, and a third
            // may have made another by now
            if is_at(&file, &path) {
                return Ok(Some(Self { _file: file, path }));
            }
        }
    }
}

/// Whether an open file is the one at this path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let place = |data: std::fs::Metadata| (data.dev(), data.ino());
    let named = std::fs::symlink_metadata(path).ok().map(place);
    named.is_some() && named == file.metadata().ok().map(place)
}

/// Whether an open file is the one at this path, as far as this system can tell.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

impl Drop for AnswerLock {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}
