//! Locked file: the one way in which an answer file is changed.
//!
//! Links are followed first, and what they lead to is locked. It is read under the lock, compared before
//! every write, and replaced with the mode and owner that it had.

use crate::error::{Error, Result};
use crate::storage::atomic_write;
use crate::storage::lock::{AnswerLock, in_use, no_surprises};
use crate::storage::text_file::LARGEST;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Longest chain of links that is followed, as on Linux.
const LINKS: usize = 40;
/// How long to wait for a program that has the file open.
const PATIENCE: Duration = Duration::from_secs(2);

/// File that is open for change, existing or not.
#[derive(Debug)]
pub struct LockedFile {
    /// What the path leads to.
    target: PathBuf,
    lock: AnswerLock,
    /// The file itself, locked as well: another name of it has another lock file. Not on Windows, where a file that is
    /// open cannot be replaced.
    #[cfg(unix)]
    content: Option<File>,
    /// Its bytes as they were last read or written; none while there is no file.
    last: Option<Vec<u8>>,
}

/// What became of a file since it was last read or written.
#[derive(Debug, PartialEq, Eq)]
pub enum FileChange {
    /// Nothing.
    None,
    /// It is not there any more.
    Gone,
    /// Another program wrote these bytes.
    Changed(Vec<u8>),
}

impl LockedFile {
    /// Locks what a path leads to, and reads it, waiting some seconds for another program.
    ///
    /// # Errors
    /// When another program keeps it open, it is no plain file, or it cannot be read or locked.
    pub fn open(path: &Path) -> Result<Self> {
        Self::open_beside(path, &[])
    }

    /// Locks and reads several files, which may be names of the same one.
    ///
    /// # Errors
    /// As [`Self::open`], of the first that cannot be opened.
    pub fn open_all<'a>(paths: impl Iterator<Item = &'a PathBuf>) -> Result<Vec<Self>> {
        let mut open = Vec::new();
        for path in paths {
            let file = Self::open_beside(path, &open)?;
            open.push(file);
        }
        Ok(open)
    }

    fn open_beside(path: &Path, own: &[Self]) -> Result<Self> {
        let start = Instant::now();
        loop {
            if let Some(file) = Self::try_open_beside(path, own)? {
                return Ok(file);
            }
            if start.elapsed() >= PATIENCE {
                return Err(in_use(path));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The same without waiting; none if another program has it open.
    ///
    /// # Errors
    /// When it is no plain file, or cannot be read or locked.
    pub fn try_open(path: &Path) -> Result<Option<Self>> {
        Self::try_open_beside(path, &[])
    }

    /// The same beside files that this program has open already, of which it may be another name.
    fn try_open_beside(path: &Path, own: &[Self]) -> Result<Option<Self>> {
        let target = resolve(path)?;
        let Some(lock) = AnswerLock::try_take(&target)? else {
            return Ok(None);
        };
        // a link may lead elsewhere by now
        if resolve(path)? != target {
            return Ok(None);
        }
        let (content, last) = match read(&target) {
            Ok((file, bytes)) => (Some(file), Some(bytes)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => (None, None),
            Err(source) => return Err(cannot_read(path, source)),
        };
        #[cfg(not(unix))]
        let _ = (own, content);
        #[cfg(unix)]
        if let Some(file) = &content {
            let ours = own.iter().filter_map(|open| open.content.as_ref());
            let ours = ours.map(place).any(|other| other == place(file));
            let busy = || matches!(file.try_lock(), Err(std::fs::TryLockError::WouldBlock));
            if !ours && busy() {
                return Ok(None);
            }
        }
        Ok(Some(Self {
            target,
            lock,
            #[cfg(unix)]
            content,
            last,
        }))
    }

    /// What the path leads to.
    #[must_use]
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// The bytes as they were last read or written; none while there is no file.
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        self.last.as_deref()
    }

    /// Whether the lock keeps others out: a file system may know no locks.
    #[must_use]
    pub const fn is_locked(&self) -> bool {
        self.lock.is_held()
    }

    /// Whether the file has other names, by hard links, which a write parts from this one.
    #[must_use]
    pub fn has_other_names(&self) -> bool {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            let data = self.content.as_ref().and_then(|file| file.metadata().ok());
            data.is_some_and(|data| data.nlink() > 1)
        }
        #[cfg(not(unix))]
        {
            false
        }
    }

    /// Compares the file with what was last read or written.
    ///
    /// # Errors
    /// When it is no plain file any more, or cannot be read.
    pub fn change(&self) -> Result<FileChange> {
        match read(&self.target) {
            Ok((_, now)) if self.last.as_ref() == Some(&now) => Ok(FileChange::None),
            Ok((_, now)) => Ok(FileChange::Changed(now)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(match self.last {
                None => FileChange::None,
                Some(_) => FileChange::Gone,
            }),
            Err(source) => Err(cannot_read(&self.target, source)),
        }
    }

    /// Writes the file atomically, with the mode and owner that it had. A new file replaces none.
    ///
    /// # Errors
    /// When the folder cannot be written, or a new file is there already; the old file is then untouched.
    pub fn write(&mut self, bytes: Vec<u8>) -> Result<()> {
        let file = match self.last {
            Some(_) => atomic_write::replace(&self.target, &bytes)?,
            None => atomic_write::new(&self.target, &bytes)?,
        };
        #[cfg(unix)]
        {
            // nobody else can have it yet; where there are no locks, there is none
            let _ = file.try_lock();
            self.content = Some(file);
        }
        #[cfg(not(unix))]
        drop(file);
        self.last = Some(bytes);
        Ok(())
    }

    /// Counts these bytes, which were found in the file, as read.
    pub fn accept(&mut self, bytes: Vec<u8>) {
        self.last = Some(bytes);
    }

    /// Writes bytes into a new file beside this one, with a name that says where they come from.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn set_aside(&self, bytes: &[u8]) -> Result<PathBuf> {
        let stem = self.target.file_stem().unwrap_or_default();
        let stem = stem.to_string_lossy();
        for n in 1..1000 {
            let number = if n == 1 {
                String::new()
            } else {
                format!("-{n}")
            };
            let name = format!("{stem}-changed-outside{number}.toml");
            let path = self.target.with_file_name(name);
            if std::fs::symlink_metadata(&path).is_err() {
                atomic_write::new(&path, bytes)?;
                return Ok(path);
            }
        }
        Err(Error::failed(format!(
            "{} was changed outside, and a thousand other versions lie beside it; remove some",
            self.target.display()
        )))
    }

    /// Removes the file.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn remove(self) -> Result<()> {
        let cannot = |e| Error::io(format!("cannot remove {}", self.target.display()), e);
        std::fs::remove_file(&self.target).map_err(cannot)
    }
}

/// Device and number of an open file: the same under all of its names.
#[cfg(unix)]
fn place(file: &File) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    let data = file.metadata().ok()?;
    Some((data.dev(), data.ino()))
}

/// What a path leads to: itself, or the end of its links, existing or not.
fn resolve(path: &Path) -> Result<PathBuf> {
    let mut at = path.to_owned();
    for _ in 0..LINKS {
        match std::fs::symlink_metadata(&at) {
            Ok(data) if data.is_symlink() => {
                let to = std::fs::read_link(&at).map_err(|e| cannot_read(path, e))?;
                at = at.parent().unwrap_or(Path::new("")).join(to);
            }
            Ok(data) if data.is_file() => return Ok(at),
            Ok(_) => {
                return Err(Error::failed(format!(
                    "{} is no plain file; an answer file is one",
                    path.display()
                )));
            }
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(at),
            Err(source) => return Err(cannot_read(path, source)),
        }
    }
    Err(Error::failed(format!(
        "{} leads from link to link without end",
        path.display()
    )))
}

/// Opens and reads a plain file, of which at most one byte over the largest is taken.
fn read(path: &Path) -> io::Result<(File, Vec<u8>)> {
    let file = no_surprises().open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is no plain file"));
    }
    let mut bytes = Vec::new();
    (&file).take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok((file, bytes))
}

fn cannot_read(path: &Path, source: io::Error) -> Error {
    Error::io(format!("cannot read {}", path.display()), source)
}
