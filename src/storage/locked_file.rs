//! Locked file: the one way in which an answer file is changed.
//!
//! Links are followed first, and what they lead to is locked. It is read under the lock, compared before
//! every write, and replaced with the mode and owner that it had. A write waits for the disk, or has a thread sync
//! behind it (`src/storage/sync_behind.rs`).

use crate::error::{Error, Result};
use crate::storage::atomic_write;
use crate::storage::lock::{AnswerLock, in_use};
use crate::storage::sync_behind::{SyncBehind, remove_copy};
use crate::storage::synced_copy;
use crate::storage::text_file::plain_file;
use std::fs::File;
use std::io;
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
    /// What syncs the file while writes do not wait for it.
    behind: Option<SyncBehind>,
    /// Whether every write waits, since a sync behind one failed.
    waits: bool,
    /// What was restored when the file was opened, in a sentence without its name.
    restored: Option<String>,
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
        let (content, last) = match plain_file(&target) {
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
        let mut open = Self {
            target,
            lock,
            #[cfg(unix)]
            content,
            last,
            behind: None,
            waits: false,
            restored: None,
        };
        open.take_up_copy();
        Ok(Some(open))
    }

    /// Ends what a killed program or a loss of power left: puts the synced copy in place of a file that is spoilt, and
    /// syncs any other, which then needs no copy.
    fn take_up_copy(&mut self) {
        let copy = synced_copy::path_of(&self.target);
        let Some(last) = self.last.clone() else {
            return;
        };
        if std::fs::symlink_metadata(copy).is_err() {
            return;
        }
        if let Some(whole) = synced_copy::instead_of(&self.target, &last) {
            // where it cannot be, the file stays as it is, and whoever reads it says what is wrong
            self.restored = self.restore(&last, whole).ok();
        } else if self.lock.is_held() && atomic_write::sync(&self.target).is_ok() {
            remove_copy(&self.target);
        }
    }

    /// Puts the synced copy in place of what is there, and says so.
    fn restore(&mut self, spoilt: &[u8], whole: Vec<u8>) -> Result<String> {
        // what may be a text that somebody wrote is kept
        let text = !spoilt.is_empty() && !spoilt.contains(&0) && !whole.starts_with(spoilt);
        let aside = if text {
            let aside = self.set_aside(spoilt)?;
            format!("; what was there lies in {}", aside.display())
        } else {
            String::new()
        };
        self.write(whole)?;
        Ok(format!(
            "was empty or cut short, as a loss of power leaves a file; restored as it was synced last, perhaps without \
             the answers of the last second{aside}"
        ))
    }

    /// What was restored when the file was opened, in a sentence without its name.
    #[must_use]
    pub fn restored(&self) -> Option<&str> {
        self.restored.as_deref()
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
        match plain_file(&self.target) {
            Ok((_, now)) if self.last.as_ref() == Some(&now) => Ok(FileChange::None),
            Ok((_, now)) => Ok(FileChange::Changed(now)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(match self.last {
                None => FileChange::None,
                Some(_) => FileChange::Gone,
            }),
            Err(source) => Err(cannot_read(&self.target, source)),
        }
    }

    /// Writes the file atomically, with the mode and owner that it had, and waits for the disk. A new file replaces none.
    ///
    /// # Errors
    /// When the folder cannot be written, or a new file is there already; the old file is then untouched.
    pub fn write(&mut self, bytes: Vec<u8>) -> Result<()> {
        let file = match self.last {
            Some(_) => atomic_write::replace(&self.target, &bytes)?,
            None => atomic_write::new(&self.target, &bytes)?,
        };
        // a copy is older, and no longer needed
        drop(self.behind.take());
        remove_copy(&self.target);
        self.keep(file, bytes);
        Ok(())
    }

    /// Writes the file atomically, and lets the disk follow: when this returns, no killed program loses the bytes, but a
    /// loss of power may until [`Self::settle`] returns. A new file is waited for, and so is every one once the disk
    /// has failed.
    ///
    /// # Errors
    /// As [`Self::write`]; a failure of the disk behind an earlier write comes here, where it is one still.
    pub fn write_behind(&mut self, bytes: Vec<u8>) -> Result<()> {
        self.waits |= self.behind.as_ref().is_some_and(SyncBehind::has_failed);
        if self.waits {
            return self.write(bytes);
        }
        if self.behind.is_none() {
            let begin = |last: &Vec<u8>| SyncBehind::begin(&self.target, last);
            self.behind = self.last.as_ref().and_then(begin);
        }
        let Some(behind) = &self.behind else {
            return self.write(bytes);
        };
        let put = || atomic_write::replace_unsynced(&self.target, &bytes);
        let file = behind.save(&bytes, put)?;
        self.keep(file, bytes);
        Ok(())
    }

    /// Waits until the file is on the disk, where it is not.
    ///
    /// # Errors
    /// When it cannot be synced: then it should be written anew.
    pub fn settle(&mut self) -> Result<()> {
        let Some(behind) = &self.behind else {
            return Ok(());
        };
        if let Err(source) = behind.settle() {
            self.waits = true;
            let what = format!("cannot save {}", self.target.display());
            return Err(Error::io(what, source));
        }
        self.behind = None;
        Ok(())
    }

    /// Counts a file and its bytes as read.
    fn keep(&mut self, file: File, bytes: Vec<u8>) {
        #[cfg(unix)]
        {
            // nobody else can have it yet; where there are no locks, there is none
            let _ = file.try_lock();
            self.content = Some(file);
        }
        #[cfg(not(unix))]
        drop(file);
        self.last = Some(bytes);
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

    /// Removes the file, and what a killed program left beside it.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn remove(self) -> Result<()> {
        let cannot = |e| Error::io(format!("cannot remove {}", self.target.display()), e);
        std::fs::remove_file(&self.target).map_err(cannot)?;
        remove_copy(&self.target);
        Ok(())
    }
}

impl Drop for LockedFile {
    fn drop(&mut self) {
        // whoever wants to know of a failure has settled before; the copy stays then
        let _ = self.settle();
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

fn cannot_read(path: &Path, source: io::Error) -> Error {
    Error::io(format!("cannot read {}", path.display()), source)
}

#[cfg(test)]
mod tests {
    use super::LockedFile;
    use crate::storage::sync_behind::SyncBehind;
    use crate::storage::synced_copy::path_of;
    use std::path::Path;
    use std::sync::mpsc::channel;

    fn write(path: &Path, bytes: impl AsRef<[u8]>) {
        std::fs::write(path, bytes).expect("written");
    }

    fn read(path: &Path) -> String {
        std::fs::read_to_string(path).expect("there")
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("listed");
        let names = entries.map(|e| e.expect("read").file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn a_copy_stands_beside_a_file_that_is_written_behind_until_it_is_settled() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.toml");
        let mut file = LockedFile::open(&path).expect("open");
        // the first is waited for
        file.write_behind(b"a = 1\n".to_vec()).expect("written");
        assert!(file.behind.is_none() && !path_of(&path).exists());
        for text in ["a = 2\n", "a = 3\n"] {
            file.write_behind(text.as_bytes().to_vec())
                .expect("written");
            assert_eq!(read(&path), text);
            assert!(
                read(&path_of(&path)).starts_with("a = "),
                "never half a copy"
            );
            assert!(!file.has_other_names());
        }
        file.settle().expect("synced");
        assert!(file.behind.is_none() && !path_of(&path).exists());
        file.write_behind(b"a = 4\n".to_vec()).expect("written");
        drop(file);
        assert_eq!(names(folder.path()), ["a.toml"]);
        assert_eq!(read(&path), "a = 4\n");
    }

    #[test]
    fn a_sync_that_fails_has_the_next_write_wait_and_all_after_it() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.toml");
        write(&path, "a = 1\n");
        let mut file = LockedFile::open(&path).expect("open");
        let (told, tries) = channel();
        file.behind = SyncBehind::with(&path, move |_| {
            told.send(()).expect("the test waits");
            false
        });
        write(&path_of(&path), "a = 1\n");
        file.write_behind(b"a = 2\n".to_vec()).expect("written");
        tries.recv().expect("told");
        while file
            .behind
            .as_ref()
            .is_some_and(|behind| !behind.has_failed())
        {
            std::thread::yield_now();
        }
        assert!(path_of(&path).exists(), "what was synced last");
        for text in ["a = 3\n", "a = 4\n"] {
            file.write_behind(text.as_bytes().to_vec())
                .expect("written");
            assert!(file.waits && file.behind.is_none());
            assert_eq!(read(&path), text);
            assert!(!path_of(&path).exists(), "the file itself is synced");
        }
    }

    #[test]
    fn opening_takes_up_what_was_left_unfinished() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.toml");
        let copy = path_of(&path);
        // killed: the file is the newer one
        write(&path, "a = 2\n");
        write(&copy, "a = 1\n");
        let file = LockedFile::open(&path).expect("open");
        assert_eq!(
            (file.bytes(), file.restored()),
            (Some(&b"a = 2\n"[..]), None)
        );
        assert!(!copy.exists());
        drop(file);
        // without power: the file is empty, or was cut
        for spoilt in ["", "\0\0\0\0\0\0\0"] {
            write(&path, spoilt);
            write(&copy, "a = 1\n");
            let file = LockedFile::open(&path).expect("open");
            assert_eq!(file.bytes(), Some(&b"a = 1\n"[..]));
            assert!(
                file.restored()
                    .is_some_and(|said| said.contains("loss of power"))
            );
            assert_eq!(read(&path), "a = 1\n");
            assert_eq!(names(folder.path()), [".a.toml.lock", "a.toml"]);
        }
        // what somebody may have written is kept beside
        write(&path, format!("a = [{}", "1, ".repeat(169)));
        write(&copy, "a = 1\n");
        let file = LockedFile::open(&path).expect("open");
        assert_eq!(read(&path), "a = 1\n");
        let aside = folder.path().join("a-changed-outside.toml");
        assert_eq!(read(&aside).len(), 512);
        let said = file.restored().unwrap_or_default().to_owned();
        assert!(said.contains("a-changed-outside.toml"), "{said}");
        drop(file);
        // gone with its person
        write(&copy, "a = 1\n");
        LockedFile::open(&path)
            .expect("open")
            .remove()
            .expect("removed");
        write(&copy, "a = 1\n");
        let mut file = LockedFile::open(&path).expect("open");
        assert_eq!(file.bytes(), None, "nobody comes back");
        file.write(b"b = 1\n".to_vec()).expect("written");
        assert!(!copy.exists());
    }
}
