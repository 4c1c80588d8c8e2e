//! Session store: a folder with one answer file a person.

use crate::error::{Error, Result};
use crate::storage::answer_file::{AnswerSheet, Note};
use crate::storage::answer_text::with_sheet;
use crate::storage::atomic_write::{FileBatch, sweep, sweep_file};
use crate::storage::folder_names::each_name;
use crate::storage::label::{name, names, stem, without_case};
use crate::storage::label_index::{LabelIndex, LabelKeys};
use crate::storage::lock::AnswerLock;
use crate::storage::locked_file::LockedFile;
use crate::storage::look_alike::{folded, look};
use crate::storage::note_draft::NoteDraft;
use crate::storage::open_answers::OpenAnswers;
use crate::storage::private_folder::make_folder;
use crate::storage::session_survey::{Survey, Trust, survey, survey_of};
use crate::storage::store_listing::{StoreView, answer_stem, stems};
use crate::storage::stored_person::{DamagedFile, StoredPerson, read};
use crate::threads::{cores, map_in_order};
use rolescope_core::Pack;
use rolescope_core::text::{nearest, plain};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use unicode_normalization::UnicodeNormalization as _;

/// What is locked in a folder by whoever adds to it.
const LOCKED: &str = "sessions";
/// How long to wait for another program that adds to the folder.
const PATIENCE: Duration = Duration::from_secs(30);
/// How many files a thread reads at a time.
const SHARE: usize = 64;
/// How many files are read for the label that is nearest to a mistyped one.
const FEW: usize = 500;

/// Store of sessions in a folder.
#[derive(Clone, Debug)]
pub struct SessionStore {
    folder: PathBuf,
}

/// Entry of the store under a label.
#[derive(Debug)]
pub enum StoredEntry {
    /// Answers.
    Kept(Box<StoredPerson>),
    /// Answers in more than one file, what was changed last first.
    Copies(Vec<StoredPerson>),
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
        let mut all = Vec::new();
        self.take_each(pack, map, |one| {
            all.push(one);
            Ok(())
        })?;
        Ok(all)
    }

    /// The same one after the other, so that not all that is mapped needs to be held.
    ///
    /// # Errors
    /// When the folder cannot be listed; or the error of `take`.
    pub fn take_each<T: Send>(
        &self,
        pack: &Pack,
        map: impl Fn(StoredPerson) -> T + Sync,
        mut take: impl FnMut(std::result::Result<T, DamagedFile>) -> Result<()>,
    ) -> Result<()> {
        let one = |path: &PathBuf| read(path, pack).map(&map);
        for paths in self.paths()?.chunks(SHARE * cores()) {
            for mapped in map_in_order(paths, (cores(), SHARE), one) {
                take(mapped)?;
            }
        }
        Ok(())
    }

    /// The paths of all answer files, sorted by name; none where there is no folder.
    fn paths(&self) -> Result<Vec<PathBuf>> {
        let mut paths = Vec::new();
        let listed = each_name(&self.folder, |name, _| {
            if answer_stem(&name.to_string_lossy()).is_some() {
                paths.push(self.folder.join(name));
            }
        });
        match listed {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            listed => listed.map_err(|e| {
                let folder = self.folder.display();
                Error::io(format!("cannot read {folder}"), e)
            })?,
        }
        paths.sort();
        Ok(paths)
    }

    /// The files of a label, and the damaged ones; of a large store only those are read that its index does not know.
    fn survey(&self, pack: &Pack, wanted: &(dyn Fn(&LabelKeys) -> bool + Sync)) -> Result<Survey> {
        let look = || survey(&self.folder, pack, wanted);
        let mut found = look()?;
        for _ in 0..3 {
            if !found.moved || !found.found.is_empty() {
                break;
            }
            found = look()?;
        }
        Ok(found)
    }

    /// Finds the entry of a label.
    ///
    /// # Errors
    /// When there is nothing, naming the nearest label.
    pub fn find(&self, label: &str, pack: &Pack) -> Result<StoredEntry> {
        let key = LabelKeys::label(label);
        let same = |a: &str| a.nfc().eq(label.nfc());
        let all = self.survey(pack, &|keys| keys.label == key)?;
        let (exact, others): (Vec<_>, Vec<_>) = all
            .found
            .into_iter()
            .partition(|kept| kept.sheet.id == label);
        // one whose label differs in how its letters are encoded
        let encoded = others.into_iter().filter(|kept| same(&kept.sheet.id));
        let mut found = if exact.is_empty() {
            encoded.collect()
        } else {
            exact
        };
        if found.len() > 1 {
            found.sort_by_key(|kept| std::cmp::Reverse(kept.changed));
            return Ok(StoredEntry::Copies(found));
        }
        if let Some(kept) = found.pop() {
            return Ok(StoredEntry::Kept(Box::new(kept)));
        }
        if let Some(bad) = all.damaged.into_iter().find(|bad| same(&bad.stem())) {
            return Ok(StoredEntry::Damaged(bad));
        }
        let near = self.nearest(label, all.files, pack)?.map_or_else(
            || "`rolescope session list` shows them".to_owned(),
            |near| format!("did you mean {near:?}?"),
        );
        Err(Error::Usage(format!("no session {label:?}; {near}")))
    }

    /// The label that is nearest to one that is not there. Of many files their names are compared, which are made of
    /// their labels.
    fn nearest(&self, label: &str, files: usize, pack: &Pack) -> Result<Option<String>> {
        let many = files > FEW;
        let known: Vec<String> = if many {
            stems(&self.folder)
        } else {
            let labels = self.each(pack, |kept| kept.sheet.id)?;
            let labels = labels.into_iter();
            labels
                .map(|one| one.unwrap_or_else(|bad| bad.stem()))
                .collect()
        };
        let plains: Vec<String> = known.iter().map(|label| plain(label)).collect();
        let typed = if many { stem(label) } else { label.to_owned() };
        let near = nearest(&plain(&typed), plains.iter().map(String::as_str));
        let near = near.and_then(|near| plains.iter().position(|plain| *plain == near));
        Ok(near.map(|at| {
            let path = self.folder.join(format!("{}.toml", known[at]));
            let label = many.then(|| read(&path, pack).ok()).flatten();
            label.map_or_else(|| known[at].clone(), |kept| kept.sheet.id)
        }))
    }

    /// All sittings of a person, by the label of the first.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn sittings(&self, first: &str, pack: &Pack) -> Result<Vec<AnswerSheet>> {
        let key = LabelKeys::person(first);
        let all = self.survey(pack, &|keys| keys.person == key)?;
        let sheets = all.found.into_iter().map(|kept| kept.sheet);
        Ok(sheets.filter(|sheet| sheet.person() == first).collect())
    }

    /// Locks the folder against other programs that add to it.
    fn lock(&self) -> Result<AnswerLock> {
        make_folder(&self.folder)?;
        AnswerLock::wait(&self.folder.join(LOCKED), PATIENCE)
    }

    /// Locks the folder for a new session and lists it, which needs no pack and may be done while that is read. None
    /// where [`Self::begin`] has to do it, because there is no folder yet or another program has it.
    pub(crate) fn look_ahead(&self) -> Option<LockedStore> {
        let lock = AnswerLock::try_take(&self.folder.join(LOCKED)).ok()??;
        let view = StoreView::of(&self.folder).ok()?;
        Some(LockedStore { view, _lock: lock })
    }

    /// Creates a person's file and opens it. Of a large store those files are read that its index does not know, and
    /// those whose label or name may be this one's, as those of copies are. What was seen ahead is not looked for again.
    ///
    /// # Errors
    /// When the label is there already or looks like another, or the folder cannot be written.
    pub fn begin<'p>(
        &self,
        sheet: &AnswerSheet,
        pack: &'p Pack,
        ahead: Option<LockedStore>,
    ) -> Result<OpenAnswers<'p>> {
        let LockedStore { view, _lock } = match ahead {
            Some(ahead) => ahead,
            None => LockedStore {
                _lock: self.lock()?,
                view: StoreView::of(&self.folder)?,
            },
        };
        let label = sheet.id.clone();
        let own = stem(&label);
        let (folded_own, seen) = (folded(&own), look(&label));
        let key = LabelKeys::look(&label);
        let all = survey_of(
            view,
            &self.folder,
            pack,
            Trust::Listing { but: &folded_own },
            &|keys| keys.look == key,
        );
        for path in all.partial {
            sweep_file(&path, &|_| false);
        }
        for kept in all.found {
            if kept.sheet.id == label {
                return Err(Error::failed(format!(
                    "there is a session {label:?} already; `rolescope session resume` goes on with it"
                )));
            }
            if look(&kept.sheet.id) == seen {
                return Err(Error::failed(format!(
                    "the label {label:?} looks the same as that of {}, and is another; choose one that can be told \
                     apart",
                    kept.path.display()
                )));
            }
        }
        if let Some(bad) = all.damaged.into_iter().find(|bad| bad.stem() == own) {
            return Err(Error::failed(format!(
                "{} is there but damaged, and may be this person's: {}",
                bad.path.display(),
                bad.reason
            )));
        }
        for name in names(&label, "toml") {
            let path = self.folder.join(name);
            if let Some(open) = OpenAnswers::begin(&path, sheet.clone(), pack)? {
                return Ok(open);
            }
        }
        Err(Error::failed("no name is left for a file")) // names have no end
    }

    /// Opens the folder for adding many, one program at a time.
    ///
    /// # Errors
    /// When the folder cannot be made, read or locked.
    pub fn open(&self, pack: &Pack) -> Result<StoreWriter<'_>> {
        let lock = self.lock()?;
        let mut kept: HashMap<String, PathBuf> = HashMap::new();
        let label = |kept: StoredPerson| (kept.sheet.id, kept.path);
        self.take_each(pack, label, |one| {
            if let Ok((label, path)) = one {
                kept.entry(label).or_insert(path);
            }
            Ok(())
        })?;
        sweep(&self.folder, |_| false);
        let looks = kept.keys().map(|label| (look(label), label.clone()));
        Ok(StoreWriter {
            store: self,
            looks: looks.collect(),
            kept,
            chosen: HashSet::new(),
            batch: FileBatch::default(),
            _lock: lock,
        })
    }

    /// Keeps one of several files of a person, with these notes, under the person's own name, and removes the others.
    ///
    /// # Errors
    /// When one is open in another program, was changed since it was read, or cannot be written; what is kept is
    /// written before anything is removed.
    pub fn keep_one(
        &self,
        copies: &[StoredPerson],
        keep: usize,
        notes: Vec<Note>,
        pack: &Pack,
    ) -> Result<PathBuf> {
        let mut open = LockedFile::open_all(copies.iter().map(|copy| &copy.path))?;
        for (copy, file) in copies.iter().zip(&open) {
            if file.bytes() != Some(copy.text.as_bytes()) {
                return Err(Error::failed(format!(
                    "{} was changed just now; look again",
                    copy.path.display()
                )));
            }
        }
        let label = &copies[keep].sheet.id;
        let own = copies.iter().position(|copy| {
            let name = copy.path.file_name().unwrap_or_default();
            names(label, "toml").take(2).any(|own| *own == *name)
        });
        let mut sheet = copies[keep].sheet.clone();
        sheet.notes = notes;
        let text = with_sheet(&copies[keep].text, &sheet, pack);
        let own = own.unwrap_or(keep);
        open[own].write(text.into_bytes())?;
        let path = copies[own].path.clone();
        for (at, file) in open.into_iter().enumerate() {
            if at != own {
                file.remove()?;
            }
        }
        Ok(path)
    }

    /// Removes files of a person, and any temporary files and synced copies that killed programs left of them.
    ///
    /// # Errors
    /// When one is open in another program or cannot be removed; what was opened before it stays then.
    pub fn remove(&self, paths: &[PathBuf], label: Option<&str>) -> Result<()> {
        // a link goes itself, and not what it leads to
        let plain = |path: &&PathBuf| std::fs::symlink_metadata(path).is_ok_and(|d| d.is_file());
        let (plain, others): (Vec<_>, Vec<_>) = paths.iter().partition(plain);
        for file in LockedFile::open_all(plain.into_iter())? {
            file.remove()?;
        }
        for path in others {
            let cannot = |e| Error::io(format!("cannot remove {}", path.display()), e);
            std::fs::remove_file(path).map_err(cannot)?;
        }
        for path in paths {
            NoteDraft::discard(path);
        }
        let names = paths.iter().filter_map(|path| path.file_name());
        LabelIndex::forget(&self.folder, names, label);
        let head = label.map(AnswerSheet::head);
        sweep(&self.folder, |text| {
            head.as_ref().is_some_and(|head| text.starts_with(head))
        });
        Ok(())
    }
}

/// Store that is locked for a new session, as it was seen then.
#[derive(Debug)]
pub struct LockedStore {
    view: StoreView,
    _lock: AnswerLock,
}

/// Exclusive access to a store, for adding people.
#[derive(Debug)]
pub struct StoreWriter<'s> {
    store: &'s SessionStore,
    /// The labels that are there, and a file of each.
    pub kept: HashMap<String, PathBuf>,
    /// A label of each look.
    looks: HashMap<String, String>,
    /// Names that new files will have, as systems compare them that do not tell capitals from small letters.
    chosen: HashSet<String>,
    batch: FileBatch,
    _lock: AnswerLock,
}

impl StoreWriter<'_> {
    /// The path for a new person's file.
    fn path_for(&mut self, label: &str) -> PathBuf {
        let folder = &self.store.folder;
        let taken = |name: &str| {
            self.chosen.contains(&without_case(name))
                || std::fs::symlink_metadata(folder.join(name)).is_ok()
        };
        let name = name(label, "toml", taken);
        let path = folder.join(&name);
        self.chosen.insert(without_case(&name));
        path
    }

    /// The sheet that is kept under a label.
    #[must_use]
    pub fn there(&self, label: &str, pack: &Pack) -> Option<StoredPerson> {
        read(self.kept.get(label)?, pack).ok()
    }

    /// Another label that looks the same.
    #[must_use]
    pub fn like(&self, label: &str) -> Option<String> {
        let other = self.looks.get(&look(label))?;
        (other != label).then(|| other.clone())
    }

    /// Adds the text of a person's file, which appears with all others when [`Self::finish`] is called.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn add(&mut self, label: &str, text: &str, changed: SystemTime) -> Result<()> {
        let path = self.path_for(label);
        self.looks.insert(look(label), label.to_owned());
        self.batch.add(path, text.as_bytes(), changed)
    }

    /// Renames all added files to their final names.
    ///
    /// # Errors
    /// When that fails; then none of them is there.
    pub fn finish(self) -> Result<()> {
        self.batch.put()
    }
}
