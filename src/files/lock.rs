//! One program at a time on an answer file.

use crate::error::{Error, Result};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

/// Holds an answer file for this program until dropped.
///
/// The lock is on a small file beside, for the answer file itself is replaced at every save. The
/// system lets go of it when the program ends, however it ends, so a stale one is no obstacle.
#[derive(Debug)]
pub struct Lock {
    _file: File,
    path: PathBuf,
}

impl Lock {
    /// Takes the lock of an answer file.
    ///
    /// # Errors
    /// When another program has it, or the folder cannot be written.
    pub fn take(of: &Path) -> Result<Self> {
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
                Err(TryLockError::WouldBlock) => {
                    return Err(Error::failed(format!(
                        "{} is open in another quiz; end that one first",
                        of.display()
                    )));
                }
                Err(TryLockError::Error(source)) => return Err(cannot(source)),
            }
            // whoever had it may have removed it between our opening and our locking
            if path.exists() {
                return Ok(Self { _file: file, path });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}
