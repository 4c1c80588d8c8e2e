//! Label index: which label each file of a large session store had when it was last read.
//!
//! It only saves reading: a file whose number, size and times are not those of its record is read again, and the label
//! of a file that is used is always the one that the file states. It holds hashes and no labels, belongs to one folder
//! on one machine, and is made again from the files whenever it is missing or damaged.

use crate::storage::answer_file::AnswerSheet;
use crate::storage::atomic_write;
use crate::storage::folder_names::{folder_number, hash_of};
use crate::storage::lock::no_surprises;
use crate::storage::look_alike::look;
use std::cmp::Reverse;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization as _;

/// First bytes of the file.
const MAGIC: &[u8; 16] = b"rolescope-index2";
/// Bytes before the records: the magic, the folder's number, the number of sorted records, and a checksum of what it
/// counts and of these records.
const HEAD: usize = 40;
/// Numbers of a record.
const NUMBERS: usize = 6;
/// Bytes of a record.
const RECORD: usize = NUMBERS * 8;
/// Bytes of a record that was added after the sorted ones: itself and its own checksum.
const ADDED: usize = RECORD + 8;
/// Parts of the range of hashes, by their first bits.
const PARTS: usize = 1 << 16;

/// Hashes by which a sheet is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LabelKeys {
    /// Of its label, however its letters are encoded.
    pub(crate) label: u64,
    /// Of what its label looks like.
    pub(crate) look: u64,
    /// Of the label of the person's first sitting.
    pub(crate) person: u64,
}

impl LabelKeys {
    /// The keys of a sheet.
    pub(crate) fn of(sheet: &AnswerSheet) -> Self {
        Self {
            label: Self::label(&sheet.id),
            look: Self::look(&sheet.id),
            person: Self::person(sheet.person()),
        }
    }

    /// The key of a label.
    pub(crate) fn label(label: &str) -> u64 {
        if label.is_ascii() {
            return hash_of(label.as_bytes());
        }
        hash_of(label.nfc().collect::<String>().as_bytes())
    }

    /// The key of what a label looks like.
    pub(crate) fn look(label: &str) -> u64 {
        hash_of(look(label).as_bytes())
    }

    /// The key of a person.
    pub(crate) fn person(first: &str) -> u64 {
        hash_of(first.as_bytes())
    }
}

/// What was found in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct IndexRecord {
    /// Hash of the file's name.
    pub(crate) name: u64,
    /// What the listing of the folder told of it.
    pub(crate) mark: u64,
    /// What its metadata told before it was read.
    pub(crate) stamp: u64,
    /// What it held.
    pub(crate) keys: LabelKeys,
}

impl IndexRecord {
    const fn numbers(&self) -> [u64; NUMBERS] {
        let LabelKeys {
            label,
            look,
            person,
        } = self.keys;
        [self.name, self.mark, self.stamp, label, look, person]
    }

    /// Adds it to the bytes of an index.
    fn write(&self, bytes: &mut Vec<u8>) {
        for number in self.numbers() {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
    }

    const fn of_numbers([name, mark, stamp, label, look, person]: [u64; NUMBERS]) -> Self {
        let keys = LabelKeys {
            label,
            look,
            person,
        };
        Self {
            name,
            mark,
            stamp,
            keys,
        }
    }
}

/// Records of a folder, found by the hash of a file's name.
///
/// They stay the bytes that were read, as most are never looked at.
#[derive(Debug, Default)]
pub(crate) struct LabelIndex {
    /// The file.
    bytes: Vec<u8>,
    /// How many records are sorted by the hash of the name.
    sorted: usize,
    /// Where the sorted records begin whose hashes begin with each pair of bytes, and where the last of them end.
    starts: Vec<u32>,
    /// The hash of the name and the place of each sound record that was added, sorted; of one name the last.
    added: Vec<(u64, usize)>,
    /// Whether a record was added whose hash begins with a pair of bytes.
    extended: Vec<bool>,
    /// Whether what follows the sorted records is whole records, each sound.
    sound: bool,
}

impl LabelIndex {
    /// Number of records, those that another one replaces among them.
    pub(crate) const fn len(&self) -> usize {
        self.sorted + self.bytes.len().saturating_sub(self.end()) / ADDED
    }

    /// Where the sorted records end.
    const fn end(&self) -> usize {
        HEAD + self.sorted * RECORD
    }

    /// The record at a place below [`Self::len`].
    pub(crate) fn record(&self, at: usize) -> IndexRecord {
        let start = match at.checked_sub(self.sorted) {
            None => HEAD + at * RECORD,
            Some(added) => self.end() + added * ADDED,
        };
        let (words, _) = self.bytes[start..start + RECORD].as_chunks::<8>();
        IndexRecord::of_numbers(std::array::from_fn(|at| u64::from_le_bytes(words[at])))
    }

    /// The place of the record of a file by the hash of its name.
    pub(crate) fn find(&self, name: u64) -> Option<usize> {
        let part = part(name);
        if self.extended.get(part) == Some(&true) {
            let found = self.added.binary_search_by_key(&name, |(name, _)| *name);
            if let Ok(found) = found {
                return Some(self.added[found].1);
            }
        }
        let start = usize::try_from(*self.starts.get(part)?).ok()?;
        let end = usize::try_from(*self.starts.get(part + 1)?).ok()?;
        (start..end).find(|&at| self.name(at) == name)
    }

    /// The hash of the name of a sorted record.
    fn name(&self, at: usize) -> u64 {
        word(&self.bytes, HEAD + at * RECORD)
    }

    /// Reads the index of a folder; an empty one where there is none, or what is there is none.
    pub(crate) fn load(folder: &Path) -> Self {
        let read = || {
            let number = folder_number(folder)?;
            let bytes = std::fs::read(path(folder, number)).ok()?;
            Self::parse(bytes, number)
        };
        read().unwrap_or_default()
    }

    fn parse(bytes: Vec<u8>, folder: u64) -> Option<Self> {
        if bytes.len() < HEAD || bytes[..16] != *MAGIC || word(&bytes, 16) != folder {
            return None;
        }
        let sorted = usize::try_from(word(&bytes, 24)).ok()?;
        let end = sorted.checked_mul(RECORD)?.checked_add(HEAD)?;
        let records = bytes.get(HEAD..end)?;
        if u32::try_from(sorted).is_err() || word(&bytes, 32) != checksum(folder, records) {
            return None;
        }
        let mut index = Self {
            starts: starts(records),
            sorted,
            extended: Vec::new(),
            added: Vec::new(),
            sound: true,
            bytes,
        };
        index.find_added(folder);
        Some(index)
    }

    /// Finds the sound ones among the records that were added.
    fn find_added(&mut self, folder: u64) {
        let (records, left) = self.bytes[self.end()..].as_chunks::<ADDED>();
        self.sound = left.is_empty();
        for (at, record) in records.iter().enumerate() {
            if word(record, RECORD) == checksum(folder, &record[..RECORD]) {
                self.added.push((word(record, 0), self.sorted + at));
            } else {
                self.sound = false;
            }
        }
        if self.added.is_empty() {
            return;
        }
        self.added
            .sort_unstable_by_key(|&(name, at)| (name, Reverse(at)));
        self.added.dedup_by_key(|(name, _)| *name);
        self.extended = vec![false; PARTS];
        for (name, _) in &self.added {
            self.extended[part(*name)] = true;
        }
    }

    /// Keeps what was learnt of a folder of so many answer files: these records, and those at the places that are
    /// marked. Where it cannot be written it stays as it is, and everything works without.
    ///
    /// A few are added at the end of the file; for many, or where many are of no use any more, it is written anew.
    pub(crate) fn keep(self, folder: &Path, kept: &[bool], fresh: Vec<IndexRecord>, files: usize) {
        let gone = kept.iter().filter(|kept| !**kept).count();
        let added = self.len() - self.sorted + fresh.len();
        if self.sound && gone <= 16 + files / 2048 && added <= 16 + files / 64 {
            self.add(folder, &fresh);
            return;
        }
        let mut records = fresh;
        let known = kept.iter().enumerate().filter(|(_, kept)| **kept);
        records.extend(known.map(|(at, _)| self.record(at)));
        drop(self);
        save(folder, records);
    }

    /// Adds records at the end of the file as it was read. A file that is another one by now is as well off with them,
    /// if they begin where a record may begin.
    fn add(&self, folder: &Path, fresh: &[IndexRecord]) {
        let (false, Some(number)) = (fresh.is_empty(), folder_number(folder)) else {
            return;
        };
        let mut bytes = Vec::with_capacity(fresh.len() * ADDED);
        for record in fresh {
            let start = bytes.len();
            record.write(&mut bytes);
            let sum = checksum(number, &bytes[start..]);
            bytes.extend_from_slice(&sum.to_le_bytes());
        }
        let Ok(mut file) = no_surprises().append(true).open(path(folder, number)) else {
            return;
        };
        let same = |data: std::fs::Metadata| {
            data.is_file() && usize::try_from(data.len()) == Ok(self.bytes.len())
        };
        if file.metadata().is_ok_and(same) {
            // whoever reads a part of it sees that by the checksum
            let _ = file.write_all(&bytes);
        }
    }

    /// Takes what is known of some files out of the index of a folder, and of all that had this label.
    pub(crate) fn forget<'n>(
        folder: &Path,
        names: impl Iterator<Item = &'n OsStr>,
        label: Option<&str>,
    ) {
        let index = Self::load(folder);
        let gone: HashSet<u64> = names.map(|name| hash_of(name.as_encoded_bytes())).collect();
        let label = label.map(LabelKeys::label);
        let stays = |one: &IndexRecord| {
            !gone.contains(&one.name) && label.is_none_or(|label| one.keys.label != label)
        };
        let all = || (0..index.len()).map(|at| (at, index.record(at)));
        if !all().all(|(_, one)| stays(&one)) {
            let left = all().filter(|(at, one)| index.find(one.name) == Some(*at) && stays(one));
            save(folder, left.map(|(_, one)| one).collect());
        }
    }

    /// Removes the index of a folder.
    pub(crate) fn remove(folder: &Path) {
        if let Some(number) = folder_number(folder) {
            let _ = std::fs::remove_file(path(folder, number));
        }
    }
}

/// Whether a name is that of an index, of this folder or of a copy of it elsewhere.
pub(crate) fn is_index(name: &str) -> bool {
    let number = name.strip_prefix(".sessions-");
    number.is_some_and(|number| number.strip_suffix(".index").is_some())
}

/// The path of the index of a folder of this number. A copy of the folder on another machine has another, so that a
/// sync service does not carry one over the other.
fn path(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!(".sessions-{number:016x}.index"))
}

/// Writes the index of a folder, of these records; of two of one name neither is kept. Where it cannot be written there
/// is none.
fn save(folder: &Path, records: Vec<IndexRecord>) {
    if let Some(number) = folder_number(folder) {
        let _ = atomic_write::unsynced(&path(folder, number), &to_bytes(records, number));
    }
}

fn to_bytes(mut records: Vec<IndexRecord>, folder: u64) -> Vec<u8> {
    records.sort_unstable_by_key(|record| record.name);
    let mut bytes = vec![0; HEAD];
    bytes.reserve(records.len() * RECORD);
    let mut sorted: u64 = 0;
    for same in records.chunk_by(|a, b| a.name == b.name) {
        if let [one] = same {
            one.write(&mut bytes);
            sorted += 1;
        }
    }
    let sum = checksum(folder, &bytes[HEAD..]);
    bytes[..16].copy_from_slice(MAGIC);
    for (at, number) in [(16, folder), (24, sorted), (32, sum)] {
        bytes[at..at + 8].copy_from_slice(&number.to_le_bytes());
    }
    bytes
}

/// Where sorted records begin whose hashes begin with each pair of bytes, and where the last of them end.
fn starts(records: &[u8]) -> Vec<u32> {
    let (records, _) = records.as_chunks::<RECORD>();
    let mut starts: Vec<u32> = Vec::with_capacity(PARTS + 1);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    for (at, record) in records.iter().enumerate() {
        let part = part(word(record, 0));
        if starts.len() <= part {
            starts.resize(part + 1, count(at));
        }
    }
    starts.resize(PARTS + 1, count(records.len()));
    starts
}

/// The part of the range of hashes in which one lies.
fn part(name: u64) -> usize {
    usize::try_from(name >> 48).unwrap_or(0)
}

/// The number that begins at a byte.
fn word(bytes: &[u8], at: usize) -> u64 {
    let word = bytes.get(at..at + 8).and_then(|word| word.try_into().ok());
    word.map_or(0, u64::from_le_bytes)
}

/// Number that differs when some bytes are missing, are not those that were written, or are of another folder; no
/// protection from anybody who means to change them. The bytes are whole numbers of eight.
fn checksum(folder: u64, bytes: &[u8]) -> u64 {
    let (words, _) = bytes.as_chunks::<8>();
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    let start = folder ^ u64::try_from(bytes.len()).unwrap_or(0);
    words.fold(start, |sum, word| {
        (sum.rotate_left(5) ^ word).wrapping_mul(0x517C_C1B7_2722_0A95)
    })
}

#[cfg(test)]
mod tests {
    use super::{ADDED, IndexRecord, LabelIndex, LabelKeys, to_bytes};
    use crate::storage::folder_names::hash_of;
    use std::path::Path;

    fn record(name: &str, label: &str) -> IndexRecord {
        let keys = LabelKeys {
            label: LabelKeys::label(label),
            look: LabelKeys::look(label),
            person: LabelKeys::person(label),
        };
        IndexRecord {
            name: hash_of(name.as_bytes()),
            mark: 7,
            stamp: 8,
            keys,
        }
    }

    fn index(records: Vec<IndexRecord>) -> LabelIndex {
        LabelIndex::parse(to_bytes(records, 5), 5).expect("whole")
    }

    /// The record of a name in the index of a folder.
    fn of(folder: &Path, name: &str) -> Option<IndexRecord> {
        let index = LabelIndex::load(folder);
        let at = index.find(hash_of(name.as_bytes()))?;
        Some(index.record(at))
    }

    fn file(folder: &Path) -> std::path::PathBuf {
        let mut entries = std::fs::read_dir(folder).expect("listed");
        entries.next().expect("one").expect("read").path()
    }

    #[test]
    fn records_are_found_by_name_and_read_as_written() {
        let names: Vec<String> = (0..3000).map(|n| format!("s-{n}.toml")).collect();
        let again = index(names.iter().map(|name| record(name, &name[..3])).collect());
        assert_eq!(again.len(), 3000);
        for name in &names {
            let at = again.find(hash_of(name.as_bytes())).expect("there");
            assert_eq!(again.record(at), record(name, &name[..3]));
        }
        assert_eq!(again.find(hash_of(b"other.toml")), None);
        assert_eq!(LabelIndex::default().find(1), None);
    }

    #[test]
    fn what_is_damaged_or_of_another_folder_is_no_index() {
        let bytes = to_bytes(vec![record("a", "a"), record("b", "b")], 5);
        assert!(LabelIndex::parse(bytes.clone(), 5).is_some());
        assert!(LabelIndex::parse(bytes.clone(), 6).is_none());
        for end in 0..bytes.len() {
            assert!(
                LabelIndex::parse(bytes[..end].to_vec(), 5).is_none(),
                "{end}"
            );
            let mut other = bytes.clone();
            other[end] ^= 1;
            assert!(LabelIndex::parse(other, 5).is_none(), "{end}");
        }
    }

    #[test]
    fn two_files_of_one_hash_are_both_unknown() {
        let index = index(vec![record("a", "a"), record("a", "b"), record("c", "c")]);
        assert_eq!(index.find(hash_of(b"a")), None);
        assert_eq!(index.find(hash_of(b"c")), Some(0));
    }

    #[test]
    fn what_is_added_replaces_what_was_there_and_what_is_damaged_of_it_is_no_record() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = folder.path();
        let all = (0..1000).map(|n| record(&n.to_string(), "old"));
        LabelIndex::default().keep(at, &[], all.collect(), 1000);
        let before = std::fs::metadata(file(at)).expect("there").len();
        // two programs that read the same index each add theirs
        let (one, other) = (LabelIndex::load(at), LabelIndex::load(at));
        one.keep(
            at,
            &[true; 1000],
            vec![record("7", "new"), record("x", "x")],
            1001,
        );
        let bytes = std::fs::read(file(at)).expect("read");
        assert_eq!(
            bytes.len(),
            usize::try_from(before).expect("small") + 2 * ADDED
        );
        other.keep(at, &[true; 1000], vec![record("y", "y")], 1001);
        assert_eq!(
            std::fs::read(file(at)).expect("read"),
            bytes,
            "not in between"
        );
        LabelIndex::load(at).keep(at, &[true; 1002], vec![record("y", "y")], 1002);
        assert_eq!(of(at, "7"), Some(record("7", "new")));
        assert_eq!(of(at, "8"), Some(record("8", "old")));
        assert_eq!(of(at, "x"), Some(record("x", "x")));
        assert_eq!(of(at, "y"), Some(record("y", "y")));
        // a bit, and a program that was killed while it added
        let whole = std::fs::read(file(at)).expect("read");
        let mut other = whole.clone();
        other[bytes.len() - 2 * ADDED + 20] ^= 1;
        std::fs::write(file(at), &other).expect("written");
        assert_eq!(
            of(at, "7"),
            Some(record("7", "old")),
            "as if it was never there"
        );
        assert_eq!(of(at, "y"), Some(record("y", "y")));
        for cut in 1..ADDED {
            std::fs::write(file(at), &whole[..whole.len() - cut]).expect("written");
            assert_eq!(of(at, "x"), Some(record("x", "x")), "{cut}");
            assert_eq!(of(at, "y"), None, "{cut}");
        }
        // then it is written anew, with what is sound and was found
        let index = LabelIndex::load(at);
        let newest = |at| index.find(index.record(at).name) == Some(at);
        let kept: Vec<bool> = (0..index.len()).map(newest).collect();
        index.keep(at, &kept, vec![record("z", "z")], 1002);
        let index = LabelIndex::load(at);
        assert_eq!((index.len(), index.sorted), (1002, 1002));
        assert_eq!(of(at, "z"), Some(record("z", "z")));
    }

    #[test]
    fn what_is_forgotten_is_in_no_part_of_the_file() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = folder.path();
        let all = (0..1000).map(|n| record(&n.to_string(), "old"));
        LabelIndex::default().keep(at, &[], all.collect(), 1000);
        LabelIndex::load(at).keep(at, &[true; 1000], vec![record("7", "gone")], 1000);
        LabelIndex::load(at).keep(at, &[true; 1001], vec![record("7", "new")], 1000);
        let holds = || {
            let bytes = std::fs::read(file(at)).expect("read");
            let key = LabelKeys::label("gone").to_le_bytes();
            bytes.windows(8).any(|part| part == key)
        };
        assert!(holds());
        LabelIndex::forget(at, std::iter::empty(), Some("gone"));
        assert!(!holds());
        assert_eq!(of(at, "7"), Some(record("7", "new")));
        LabelIndex::forget(at, [std::ffi::OsStr::new("7")].into_iter(), None);
        assert_eq!(of(at, "7"), None);
        assert_eq!(LabelIndex::load(at).len(), 999);
    }

    #[test]
    fn one_label_has_one_key_however_it_is_encoded() {
        assert_eq!(LabelKeys::label("Māra"), LabelKeys::label("Ma\u{304}ra"));
        assert_ne!(LabelKeys::label("Māra"), LabelKeys::label("Mara"));
        assert_eq!(LabelKeys::look("Аnna"), LabelKeys::look("Anna"));
    }
}
