//! File locks: one program at a time on an answer file.

use crate::error::{Error, Result};
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long to wait for a program that has the lock: most have it for one save.
const PATIENCE: Duration = Duration::from_secs(2);
/// Pause between two attempts.
const PAUSE: Duration = Duration::from_millis(10);

/// Lock on a file, held until dropped.
///
/// The lock is on a small file in the same folder, because the answer file itself is replaced at every
/// save. The system releases it when the program ends in any way, so a stale lock file does no harm.
#[derive(Debug)]
pub struct AnswerLock {
    file: File,
    path: PathBuf,
    /// Whether the file system knows locks.
    held: bool,
}

impl AnswerLock {
    /// Takes the lock of a file, waiting some seconds for another program.
    ///
    /// # Errors
    /// When another program keeps it, the folder cannot be written, or what has the lock's name is no lock.
    pub fn take(of: &Path) -> Result<Self> {
        Self::wait(of, PATIENCE)
    }

    /// Takes the lock of a file or folder, waiting for another program for at most `patience`.
    ///
    /// # Errors
    /// As [`Self::take`].
    pub fn wait(of: &Path, patience: Duration) -> Result<Self> {
        let start = Instant::now();
        loop {
            if let Some(lock) = Self::try_take(of)? {
                return Ok(lock);
            }
            if start.elapsed() >= patience {
                return Err(in_use(of));
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Tries to take the lock once; none if another program has it.
    ///
    /// # Errors
    /// When the folder cannot be written, or what has the lock's name is no lock.
    pub fn try_take(of: &Path) -> Result<Option<Self>> {
        let name = of.file_name().unwrap_or_default().to_string_lossy();
        let path = of.with_file_name(format!(".{name}.lock"));
        let Some(file) = open(of, &path)? else {
            return Ok(None);
        };
        let held = match file.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(source)) if knows_no_locks(&source) => false,
            Err(TryLockError::Error(source)) => return Err(cannot(of, source)),
        };
        // whoever had it may have removed it between our opening and our locking, and a third
        // may have made another by now
        Ok(is_at(&file, &path).then_some(Self { file, path, held }))
    }

    /// Whether the lock keeps others out: a file system may know no locks.
    #[must_use]
    pub const fn is_held(&self) -> bool {
        self.held
    }
}

impl Drop for AnswerLock {
    fn drop(&mut self) {
        // removed while it is held, so that nobody else has it under this name
        let _ = std::fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

/// The error for a file that another program has open.
pub(crate) fn in_use(of: &Path) -> Error {
    Error::failed(format!(
        "{} is open in another rolescope; end that one first",
        of.display()
    ))
}

fn cannot(of: &Path, source: io::Error) -> Error {
    Error::io(format!("cannot lock {}", of.display()), source)
}

/// Whether an attempt to lock failed because the file system has no locks.
pub(crate) fn knows_no_locks(error: &io::Error) -> bool {
    #[cfg(unix)]
    let full = error.raw_os_error() == Some(rustix::io::Errno::NOLCK.raw_os_error());
    #[cfg(not(unix))]
    let full = false;
    full || error.kind() == io::ErrorKind::Unsupported
}

/// Options that neither follow a link nor wait for the other end of a pipe.
pub(crate) fn no_surprises() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt as _;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        options.custom_flags(flags.bits().cast_signed());
    }
    options.read(true);
    options
}

/// Opens the lock file of a file; none while one that another program removed is still there.
fn open(of: &Path, path: &Path) -> Result<Option<File>> {
    let there = || std::fs::symlink_metadata(path);
    let mut options = no_surprises();
    options.write(true).create(true).truncate(false);
    let opened = match options.open(path) {
        // whoever may only read it can still lock it
        Err(e) if e.kind() == io::ErrorKind::PermissionDenied => {
            no_surprises().open(path).map_err(|_| e)
        }
        opened => opened,
    };
    let plain = match &opened {
        Ok(file) => file.metadata().is_ok_and(|data| data.is_file()),
        Err(_) => there().is_ok_and(|data| data.is_file()),
    };
    match opened {
        Ok(file) if plain => Ok(Some(file)),
        // on Windows a file keeps its name until the last program has closed it, and cannot be opened
        Err(e)
            if cfg!(windows) && e.kind() == io::ErrorKind::PermissionDenied && there().is_err() =>
        {
            Ok(None)
        }
        Err(e) if plain && e.kind() == io::ErrorKind::PermissionDenied => {
            Err(Error::failed(format!(
                "cannot lock {}: {} belongs to another user; when they have no quiz open, remove it, or copy \
                 the answers to a folder of your own",
                of.display(),
                path.display()
            )))
        }
        Err(e) if plain || there().is_err() => Err(cannot(of, e)),
        _ => Err(Error::failed(format!(
            "cannot lock {}: {} is no plain file, so no lock of this program; look at it and remove it",
            of.display(),
            path.display()
        ))),
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
