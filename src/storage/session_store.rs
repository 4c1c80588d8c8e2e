//! Session store: a folder with one answer file a person.

use crate::error::{Error, Result};
use crate::storage::answer_file::{AnswerSheet, text_of};
use crate::storage::atomic_write::{FileBatch, sweep};
use crate::storage::label::{name, stem};
use crate::storage::lock::AnswerLock;
use crate::storage::note_draft::NoteDraft;
use crate::storage::private_folder::make_folder;
use crate::threads::cores;
use rolescope_core::Pack;
use rolescope_core::text::{nearest, plain};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How long to wait for another program that adds to the folder.
const PATIENCE: Duration = Duration::from_secs(5);

/// Store of sessions in a folder.
#[derive(Clone, Debug)]
pub struct SessionStore {
    folder: PathBuf,
}

/// Answer file of one session, as read.
#[derive(Debug)]
pub struct StoredPerson {
    /// Its path.
    pub path: PathBuf,
    /// When it was last changed.
    pub changed: SystemTime,
    /// What it holds.
    pub sheet: AnswerSheet,
}

/// File that is not a valid answer file; it is never changed.
#[derive(Debug)]
pub struct DamagedFile {
    /// Its path.
    pub path: PathBuf,
    /// Why, in a line.
    pub reason: String,
}

impl DamagedFile {
    /// The file's name without its ending, which stands for the label that cannot be read.
    #[must_use]
    pub fn stem(&self) -> String {
        let stem = self.path.file_stem().unwrap_or_default();
        stem.to_string_lossy().into_owned()
    }
}

/// Entry of the store under a label.
#[derive(Debug)]
pub enum StoredEntry {
    /// Answers.
    Kept(Box<StoredPerson>),
    /// A file of that name, damaged.
    Damaged(DamagedFile),
}

impl SessionStore {
    /// Store in a folder, which need not exist yet.
    #[must_use]
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Reads every file, on all cores, and maps what it holds; in the order of the files' names.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn each<T: Send>(
        &self,
        pack: &Pack,
        map: impl Fn(StoredPerson) -> T + Sync,
    ) -> Result<Vec<std::result::Result<T, DamagedFile>>> {
        let paths = self.paths()?;
        let one = |path: &PathBuf| read(path, pack).map(&map);
        let share = paths.len().div_ceil(cores()).max(64);
        let mut all = Vec::with_capacity(paths.len());
        std::thread::scope(|scope| {
            let shares: Vec<_> = paths
                .chunks(share)
                .map(|paths| scope.spawn(|| paths.iter().map(one).collect::<Vec<_>>()))
                .collect();
            for share in shares {
                match share.join() {
                    Ok(part) => all.extend(part),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
        });
        Ok(all)
    }

    /// The paths of all answer files, sorted by name; none where there is no folder.
    fn paths(&self) -> Result<Vec<PathBuf>> {
        let cannot = |source| Error::io(format!("cannot read {}", self.folder.display()), source);
        let entries = match std::fs::read_dir(&self.folder) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(cannot)?,
        };
        let mut paths = Vec::new();
        for entry in entries {
            let path = entry.map_err(cannot)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.ends_with(".toml") && !name.starts_with('.') {
                paths.push(path);
            }
        }
        paths.sort();
        Ok(paths)
    }

    /// Finds the entry of a label.
    ///
    /// # Errors
    /// When there is nothing, naming the nearest label; or when two files have the label.
    pub fn find(&self, label: &str, pack: &Pack) -> Result<StoredEntry> {
        let mut found = Vec::new();
        let mut labels = Vec::new();
        let mut damaged = None;
        for one in self.each(pack, |kept| kept)? {
            match one {
                Ok(kept) if kept.sheet.id == label => found.push(kept),
                Ok(kept) => labels.push(kept.sheet.id),
                Err(bad) if bad.stem() == label => damaged = Some(bad),
                Err(bad) => labels.push(bad.stem()),
            }
        }
        if found.len() > 1 {
            let names: Vec<String> = found.iter().map(|k| k.path.display().to_string()).collect();
            return Err(Error::failed(format!(
                "more than one file has the label {label:?}; change `id` in one of {}",
                names.join(", ")
            )));
        }
        if let Some(kept) = found.pop() {
            return Ok(StoredEntry::Kept(Box::new(kept)));
        }
        if let Some(damaged) = damaged {
            return Ok(StoredEntry::Damaged(damaged));
        }
        let plains: Vec<String> = labels.iter().map(|label| plain(label)).collect();
        let near = nearest(&plain(label), plains.iter().map(String::as_str))
            .and_then(|near| labels.iter().zip(&plains).find(|(_, plain)| *plain == near))
            .map_or_else(
                || "`rolescope session list` shows them".to_owned(),
                |(near, _)| format!("did you mean {near:?}?"),
            );
        Err(Error::Usage(format!("no session {label:?}; {near}")))
    }

    /// Finds the session of a label, which must be valid.
    ///
    /// # Errors
    /// As [`Self::find`], and when the file is damaged.
    pub fn kept(&self, label: &str, pack: &Pack) -> Result<StoredPerson> {
        match self.find(label, pack)? {
            StoredEntry::Kept(kept) => Ok(*kept),
            StoredEntry::Damaged(bad) => Err(Error::failed(format!(
                "{} is damaged: {}",
                bad.path.display(),
                bad.reason
            ))),
        }
    }

    /// Opens the folder for adding, one program at a time.
    ///
    /// # Errors
    /// When the folder cannot be made, read or locked.
    pub fn open(&self, pack: &Pack) -> Result<StoreWriter<'_>> {
        make_folder(&self.folder)?;
        let lock = AnswerLock::wait(&self.folder.join("sessions"), PATIENCE)?;
        sweep(&self.folder, |_| false);
        let mut kept = Vec::new();
        let mut damaged = Vec::new();
        for one in self.each(pack, |kept| kept)? {
            match one {
                Ok(one) => kept.push(one),
                Err(bad) => damaged.push(bad),
            }
        }
        Ok(StoreWriter {
            store: self,
            kept,
            damaged,
            chosen: HashSet::new(),
            batch: FileBatch::default(),
            _lock: lock,
        })
    }

    /// Removes a session and any temporary files that killed programs left of it.
    ///
    /// # Errors
    /// When it is open in another program or cannot be removed.
    pub fn remove(&self, path: &Path, label: Option<&str>) -> Result<()> {
        let _lock = AnswerLock::take(path)?;
        std::fs::remove_file(path)
            .map_err(|source| Error::io(format!("cannot remove {}", path.display()), source))?;
        NoteDraft::discard(path);
        let head = label.map(AnswerSheet::head);
        sweep(&self.folder, |text| {
            head.as_ref().is_some_and(|head| text.starts_with(head))
        });
        Ok(())
    }
}

/// Exclusive access to a store, for adding people.
#[derive(Debug)]
pub struct StoreWriter<'s> {
    store: &'s SessionStore,
    /// The people who are there.
    pub kept: Vec<StoredPerson>,
    damaged: Vec<DamagedFile>,
    chosen: HashSet<String>,
    batch: FileBatch,
    _lock: AnswerLock,
}

impl StoreWriter<'_> {
    /// The path for a new person's file.
    fn path_for(&mut self, label: &str) -> PathBuf {
        let folder = &self.store.folder;
        let taken = |name: &str| {
            self.chosen.contains(name) || std::fs::symlink_metadata(folder.join(name)).is_ok()
        };
        let name = name(label, "toml", taken);
        let path = folder.join(&name);
        self.chosen.insert(name);
        path
    }

    /// Creates a person's file and locks it.
    ///
    /// # Errors
    /// When the label is there already, or the folder cannot be written.
    pub fn begin(mut self, sheet: &AnswerSheet, pack: &Pack) -> Result<(PathBuf, AnswerLock)> {
        let label = &sheet.id;
        if self.kept.iter().any(|kept| kept.sheet.id == *label) {
            return Err(Error::failed(format!(
                "there is a session {label:?} already; `rolescope session resume` goes on with it"
            )));
        }
        if let Some(bad) = self.damaged.iter().find(|bad| bad.stem() == stem(label)) {
            return Err(Error::failed(format!(
                "{} is there but damaged, and may be this person's: {}",
                bad.path.display(),
                bad.reason
            )));
        }
        let path = self.path_for(label);
        let lock = AnswerLock::take(&path)?;
        sheet.save(&path, pack)?;
        Ok((path, lock))
    }

    /// Adds a person's file, which appears with all others when [`Self::finish`] is called.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn add(&mut self, sheet: &AnswerSheet, changed: SystemTime, pack: &Pack) -> Result<()> {
        let path = self.path_for(&sheet.id);
        self.batch
            .add(path, sheet.to_toml(pack).as_bytes(), changed)
    }

    /// Renames all added files to their final names.
    ///
    /// # Errors
    /// When that fails; then none of them is there.
    pub fn finish(self) -> Result<()> {
        self.batch.put()
    }
}

fn read(path: &Path, pack: &Pack) -> std::result::Result<StoredPerson, DamagedFile> {
    let damaged = |reason: String| DamagedFile {
        path: path.to_owned(),
        reason,
    };
    // a link could lead anywhere, and a pipe would never end
    let data = std::fs::symlink_metadata(path).map_err(|e| damaged(e.to_string()))?;
    if !data.is_file() {
        return Err(damaged("it is no plain file, and is left alone".to_owned()));
    }
    let changed = data.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    let text = text_of(path).map_err(|e| damaged(e.to_string()))?;
    let sheet = AnswerSheet::parse_briefly(&text, pack).map_err(damaged)?;
    Ok(StoredPerson {
        path: path.to_owned(),
        changed,
        sheet,
    })
}
