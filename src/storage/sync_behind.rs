//! Sync behind: a thread that keeps the synced copy of an answer file, so that no save waits for a disk.
//!
//! A save puts the new file in place at once, which no killed program takes back. The thread then writes a copy of the
//! newest bytes and syncs it, one after the other: what was saved in the meantime is a single turn.

use crate::error::Result;
use crate::storage::atomic_write;
use crate::storage::synced_copy::path_of;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread::JoinHandle;

/// The files that are saved so now.
static ALL: Mutex<Vec<Weak<SyncedFile>>> = Mutex::new(Vec::new());

/// Keeps the copy of a file until dropped.
#[derive(Debug)]
pub(crate) struct SyncBehind {
    file: Arc<SyncedFile>,
    thread: Option<JoinHandle<()>>,
}

/// File that is saved without waiting for a disk.
#[derive(Debug)]
struct SyncedFile {
    path: PathBuf,
    state: Mutex<SyncState>,
    changed: Condvar,
}

/// How far the copy is behind.
#[derive(Debug, Default)]
struct SyncState {
    /// The newest bytes, until the thread takes them.
    wanted: Option<Vec<u8>>,
    /// Whether a copy is being written.
    busy: bool,
    /// Whether one could not be written.
    failed: bool,
    /// Whether the thread is to end.
    ended: bool,
}

impl SyncBehind {
    /// Begins for a file that holds these bytes on the disk; none where there can be no copy or no thread.
    pub(crate) fn begin(path: &Path, bytes: &[u8]) -> Option<Self> {
        let copy = path_of(path);
        // another name of the file is as synced as the file at once; not every file system has them
        if std::fs::hard_link(path, &copy).is_err() {
            atomic_write::whole(&copy, bytes).ok()?;
        }
        let begun = Self::with(path, move |bytes| atomic_write::whole(&copy, bytes).is_ok());
        if begun.is_none() {
            remove_copy(path);
        }
        begun
    }

    /// The same with another way to keep bytes, which says whether it could.
    pub(crate) fn with(
        path: &Path,
        keep: impl FnMut(&[u8]) -> bool + Send + 'static,
    ) -> Option<Self> {
        let file = Arc::new(SyncedFile {
            path: path.to_owned(),
            state: Mutex::default(),
            changed: Condvar::new(),
        });
        let of_thread = Arc::clone(&file);
        let thread = std::thread::Builder::new().spawn(move || of_thread.keep_up(keep));
        let thread = thread.ok()?;
        let mut all = ALL.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|file| file.strong_count() > 0);
        all.push(Arc::downgrade(&file));
        Some(Self {
            file,
            thread: Some(thread),
        })
    }

    /// Whether a copy could not be written: from then on saves have to wait for the disk.
    pub(crate) fn has_failed(&self) -> bool {
        self.file.state().failed
    }

    /// Has `put` put bytes in place, and then a copy made of them.
    ///
    /// # Errors
    /// Those of `put`.
    pub(crate) fn save<T>(&self, bytes: &[u8], put: impl FnOnce() -> Result<T>) -> Result<T> {
        let mut state = self.file.state();
        let done = put()?;
        state.wanted = Some(bytes.to_vec());
        self.file.changed.notify_all();
        Ok(done)
    }

    /// Waits until the file itself is on the disk, and removes the copy.
    ///
    /// # Errors
    /// When it cannot be synced; the copy stays then.
    pub(crate) fn settle(&self) -> io::Result<()> {
        self.file.settle().map(drop)
    }
}

impl Drop for SyncBehind {
    fn drop(&mut self) {
        self.file.state().ended = true;
        self.file.changed.notify_all();
        // a thread that is lost wrote no copy, and the last one is there
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

impl SyncedFile {
    fn state(&self) -> MutexGuard<'_, SyncState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a change of the state.
    fn wait<'s>(&self, state: MutexGuard<'s, SyncState>) -> MutexGuard<'s, SyncState> {
        let waited = self.changed.wait(state);
        waited.unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the newest bytes again and again, until the end.
    fn keep_up(&self, mut keep: impl FnMut(&[u8]) -> bool) {
        let mut state = self.state();
        while !state.ended {
            let Some(bytes) = state.wanted.take() else {
                state = self.wait(state);
                continue;
            };
            state.busy = true;
            drop(state);
            let kept = keep(&bytes);
            state = self.state();
            state.busy = false;
            state.failed |= !kept;
            self.changed.notify_all();
        }
    }

    /// Waits for the copy that is being written, syncs the file, and removes the copy. Nothing can be saved while what
    /// this gives is held.
    fn settle(&self) -> io::Result<MutexGuard<'_, SyncState>> {
        let mut state = self.state();
        // the file has these bytes
        state.wanted = None;
        while state.busy {
            state = self.wait(state);
        }
        match atomic_write::sync(&self.path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
            // somebody removed it
            _ => remove_copy(&self.path),
        }
        Ok(state)
    }
}

/// Removes the copy of a file, where there is one.
pub(crate) fn remove_copy(path: &Path) {
    let copy = path_of(path);
    let _ = std::fs::remove_file(atomic_write::in_system(&copy));
}

/// Waits until every file that is saved so is on the disk, and lets none be saved any more: for a program that a signal
/// ends.
pub(crate) fn settle_all() {
    let all = ALL.lock().unwrap_or_else(PoisonError::into_inner);
    for file in all.iter().filter_map(Weak::upgrade) {
        if let Ok(state) = file.settle() {
            std::mem::forget(state);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SyncBehind;
    use crate::error::{Error, Result};
    use crate::storage::synced_copy::path_of;
    use std::sync::mpsc::{Receiver, Sender, channel};
    use tempfile::TempDir;

    /// A file whose copy is made when the test says so, with what it is made of.
    fn held() -> (TempDir, SyncBehind, Receiver<Vec<u8>>, Sender<bool>) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.toml");
        std::fs::write(&path, "old").expect("written");
        std::fs::write(path_of(&path), "old").expect("written");
        let ((begun, begins), (go, goes)) = (channel(), channel());
        let behind = SyncBehind::with(&path, move |bytes| {
            begun.send(bytes.to_vec()).expect("the test waits");
            goes.recv().expect("the test goes on")
        });
        (folder, behind.expect("a thread"), begins, go)
    }

    fn save(behind: &SyncBehind, text: &str) {
        let path = behind.file.path.clone();
        let put = || std::fs::write(path, text).map_err(Error::output);
        behind.save(text.as_bytes(), put).expect("saved");
    }

    #[test]
    fn no_save_waits_for_a_sync_and_the_next_one_is_of_the_newest() {
        let (folder, behind, begins, go) = held();
        let path = folder.path().join("a.toml");
        save(&behind, "1");
        assert_eq!(begins.recv().expect("begun"), b"1");
        // the first is under way until this test lets it end
        for text in ["2", "3", "4"] {
            save(&behind, text);
            assert_eq!(std::fs::read_to_string(&path).expect("there"), text);
        }
        assert!(begins.try_recv().is_err(), "one at a time");
        go.send(true).expect("it waits");
        assert_eq!(begins.recv().expect("begun"), b"4");
        go.send(true).expect("it waits");
        assert!(!behind.has_failed());
        behind.settle().expect("synced");
        assert!(begins.try_recv().is_err(), "nothing is left");
        assert!(!path_of(&path).exists());
        assert_eq!(std::fs::read_to_string(&path).expect("there"), "4");
    }

    #[test]
    fn the_end_waits_for_the_sync_that_is_under_way_and_needs_no_further_one() {
        let (folder, behind, begins, go) = held();
        let path = folder.path().join("a.toml");
        save(&behind, "1");
        assert_eq!(begins.recv().expect("begun"), b"1");
        save(&behind, "2");
        std::thread::scope(|scope| {
            let end = scope.spawn(|| behind.settle());
            // as long as the first is under way, the copy stays
            while behind.file.state().wanted.is_some() {
                std::thread::yield_now();
            }
            assert!(path_of(&path).exists() && !end.is_finished());
            go.send(true).expect("it waits");
            end.join().expect("no panic").expect("synced");
        });
        drop(behind);
        assert!(begins.try_recv().is_err(), "the file itself was synced");
        assert!(!path_of(&path).exists());
        assert_eq!(std::fs::read_to_string(&path).expect("there"), "2");
    }

    #[test]
    fn a_failed_sync_is_known_and_a_failed_write_is_none() {
        let (folder, behind, begins, go) = held();
        let put = || -> Result<()> { Err(Error::failed("the disk is full")) };
        behind.save(b"1", put).expect_err("not saved");
        assert!(begins.try_recv().is_err(), "nothing to be kept");
        save(&behind, "2");
        assert_eq!(begins.recv().expect("begun"), b"2");
        go.send(false).expect("it waits");
        while behind.file.state().busy {
            std::thread::yield_now();
        }
        assert!(behind.has_failed());
        drop(behind);
        let copy = path_of(&folder.path().join("a.toml"));
        assert_eq!(std::fs::read_to_string(copy).expect("it stays"), "old");
    }
}
