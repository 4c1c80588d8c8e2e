//! Store listing: the files of a session store as the listing of its folder has them, and what its index knows of them.

use crate::error::{Error, Result};
use crate::storage::atomic_write::is_left_over;
use crate::storage::folder_names::{FolderNames, each_name, hash_of, names_in_parts};
use crate::storage::label_index::{LabelIndex, is_index};
use crate::storage::look_alike::{may_name_stem, names_stem};
use crate::threads::piped;
use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

/// Files of a folder that are handed on together while the rest is listed.
const PART: usize = 2048;
/// What parts names: no name holds it.
const SEPARATOR: char = '/';

/// Answer file as the listing of its folder has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ListedFile {
    /// Hash of its name.
    pub(crate) name: u64,
    /// What the listing tells of it.
    pub(crate) mark: u64,
    /// Where its name ends among the names.
    end: usize,
}

/// Files of a folder, as its listing has them.
#[derive(Debug, Default)]
pub(crate) struct StoreListing {
    /// The names of the answer files, each with a [`SEPARATOR`] after it: a hundred thousand texts of their own take
    /// their time.
    names: String,
    /// The answer files, in no order.
    files: Vec<ListedFile>,
    /// Names that are no text, and which files have them; these are in the order of the files.
    odd: Vec<(usize, OsString)>,
    /// Temporary files and synced copies.
    pub(crate) partial: Vec<PathBuf>,
    /// Whether there is an index.
    pub(crate) indexed: bool,
}

impl StoreListing {
    /// Lists a folder.
    fn read(folder: &Path) -> std::io::Result<Self> {
        let mut all = Self::default();
        each_name(folder, |name, mark| all.take(folder, name, mark))?;
        Ok(all)
    }

    fn take(&mut self, folder: &Path, name: &OsStr, mark: u64) {
        let shown = name.to_string_lossy();
        if answer_stem(&shown).is_none() {
            if is_left_over(&shown) {
                self.partial.push(folder.join(name));
            }
            self.indexed |= is_index(&shown);
            return;
        }
        if matches!(shown, Cow::Owned(_)) {
            self.odd.push((self.files.len(), name.to_owned()));
        }
        self.names.push_str(&shown);
        self.files.push(ListedFile {
            name: hash_of(name.as_encoded_bytes()),
            mark,
            end: self.names.len(),
        });
        self.names.push(SEPARATOR);
    }

    /// Number of answer files.
    pub(crate) const fn len(&self) -> usize {
        self.files.len()
    }

    /// The answer file at a place.
    pub(crate) fn file(&self, at: usize) -> &ListedFile {
        &self.files[at]
    }

    /// Its name without the ending, as it is shown.
    fn stem(&self, at: usize) -> &str {
        let name = self.shown(at);
        answer_stem(name).unwrap_or(name)
    }

    /// The name of the answer file at a place.
    pub(crate) fn name(&self, at: usize) -> &OsStr {
        match self.odd.binary_search_by_key(&at, |(at, _)| *at) {
            Ok(odd) => &self.odd[odd].1,
            Err(_) => OsStr::new(self.shown(at)),
        }
    }

    /// The same as it is shown.
    fn shown(&self, at: usize) -> &str {
        let before = at.checked_sub(1).map(|before| self.files[before].end);
        let start = before.map_or(0, |end| end + SEPARATOR.len_utf8());
        &self.names[start..self.files[at].end]
    }

    /// For the place of each answer file whether its name has this folded stem, as the name of a copy has.
    pub(crate) fn named(&self, stem: &str) -> Vec<bool> {
        let mut named = vec![false; self.files.len()];
        let mut looked = 0;
        for place in may_name_stem(&self.names, stem) {
            let at = self.files.partition_point(|file| file.end <= place);
            if at >= looked && at < named.len() {
                looked = at + 1;
                named[at] = names_stem(self.stem(at), stem);
            }
        }
        named
    }
}

/// What an index knows of a listed file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KnownFile {
    /// The place of its record.
    pub(crate) record: usize,
    /// Whether the listing still tells the same of it.
    pub(crate) same: bool,
}

/// A store as it was a moment ago, before any of its answer files is read.
#[derive(Debug, Default)]
pub(crate) struct StoreView {
    /// What its index knows.
    pub(crate) index: LabelIndex,
    /// What is there.
    pub(crate) listing: StoreListing,
    /// What the index knows of each file that is there.
    pub(crate) known: Vec<Option<KnownFile>>,
}

impl StoreView {
    /// Looks at a folder; one that is not there is empty. Files are looked up while others are listed, which takes longer.
    ///
    /// # Errors
    /// When it cannot be listed.
    pub(crate) fn of(folder: &Path) -> Result<Self> {
        let list = |parts: &Sender<FolderNames>| {
            // nobody takes them where the other thread is lost, which ends the run
            names_in_parts(folder, PART, |part| drop(parts.send(part)))
        };
        let (listed, view) = piped(list, |parts| {
            let mut view = Self {
                index: LabelIndex::load(folder),
                ..Self::default()
            };
            for part in parts {
                part.each(|name, mark| view.listing.take(folder, name, mark));
                for at in view.known.len()..view.listing.len() {
                    let known = view.known_of(view.listing.file(at));
                    view.known.push(known);
                }
            }
            view
        });
        match listed {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(e) => Err(Error::io(format!("cannot read {}", folder.display()), e)),
            Ok(()) => Ok(view),
        }
    }

    fn known_of(&self, file: &ListedFile) -> Option<KnownFile> {
        let record = self.index.find(file.name)?;
        let same = self.index.record(record).mark == file.mark;
        Some(KnownFile { record, same })
    }
}

/// The name of an answer file without its ending; none for other names.
pub(crate) fn answer_stem(name: &str) -> Option<&str> {
    name.strip_suffix(".toml")
        .filter(|stem| !stem.starts_with('.'))
}

/// The stems of all answer files of a folder, in no order.
pub(crate) fn stems(folder: &Path) -> Vec<String> {
    let listing = StoreListing::read(folder).unwrap_or_default();
    let all = 0..listing.len();
    all.map(|at| listing.stem(at).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::{StoreListing, stems};
    use crate::storage::folder_names::hash_of;

    #[test]
    fn answer_files_are_told_from_others_and_keep_their_names() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let names = [
            "a.toml",
            "mārama.toml",
            ".hidden.toml",
            "b.txt",
            ".rolescope-x.part",
            ".a.toml.synced",
        ];
        for name in names {
            std::fs::write(folder.path().join(name), "").expect("written");
        }
        #[cfg(target_os = "linux")]
        let odd = {
            use std::os::unix::ffi::OsStrExt as _;
            let odd = std::ffi::OsStr::from_bytes(b"\xff.toml").to_owned();
            std::fs::write(folder.path().join(&odd), "").expect("written");
            vec![odd]
        };
        #[cfg(not(target_os = "linux"))]
        let odd: Vec<std::ffi::OsString> = Vec::new();
        let listing = StoreListing::read(folder.path()).expect("listed");
        assert_eq!(listing.len(), 2 + odd.len());
        assert_eq!(listing.partial.len(), 2);
        assert!(!listing.indexed);
        let mut found = Vec::new();
        for at in 0..listing.len() {
            let (file, stem) = (listing.file(at), listing.stem(at));
            let name = listing.name(at).to_owned();
            assert_eq!(file.name, hash_of(name.as_encoded_bytes()));
            assert!(name.to_string_lossy().starts_with(stem), "{stem}");
            found.push(name);
        }
        let mut all: Vec<std::ffi::OsString> = names[..2].iter().map(Into::into).collect();
        all.extend(odd);
        found.sort();
        all.sort();
        assert_eq!(found, all);
        assert_eq!(stems(folder.path()).len(), all.len());
    }

    #[test]
    fn names_with_a_stem_are_found_wherever_it_stands() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let names = [
            "ll.toml",
            "l.toml",
            "Copy of LL.toml",
            "lll.toml",
            "ｌl.toml",
            "m-ll-2.toml",
        ];
        for name in names {
            std::fs::write(folder.path().join(name), "").expect("written");
        }
        let listing = StoreListing::read(folder.path()).expect("listed");
        let with = |stem: &str| {
            let marks = listing.named(stem);
            let found = (0..listing.len()).filter(|at| marks[*at]);
            let mut found: Vec<&str> = found.map(|at| listing.stem(at)).collect();
            found.sort_unstable();
            found.join(", ")
        };
        assert_eq!(with("ll"), "Copy of LL, ll, m-ll-2, ｌl");
        assert_eq!(with("l"), "l");
        assert_eq!(with("toml"), "");
        assert_eq!(with("mārama"), "");
    }
}
