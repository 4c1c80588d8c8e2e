//! Label index: which label each file of a large session store had when it was last read.
//!
//! It only saves reading: a file whose number, size and times are not those of its record is read again, and the label
//! of a file that is used is always the one that the file states. It holds hashes and no labels, belongs to one folder
//! on one machine, and is made again from the files whenever it is missing or damaged.

use crate::storage::answer_file::AnswerSheet;
use crate::storage::atomic_write;
use crate::storage::folder_names::{folder_number, hash_of};
use crate::storage::look_alike::look;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization as _;

/// First bytes of the file.
const MAGIC: &[u8; 16] = b"rolescope-index1";
/// Bytes before the records: the magic, the folder's number, and a checksum.
const HEAD: usize = 32;
/// Numbers of a record.
const NUMBERS: usize = 6;
/// Bytes of a record.
const RECORD: usize = NUMBERS * 8;

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
#[derive(Debug, Default)]
pub(crate) struct LabelIndex {
    /// Sorted by the hash of the name.
    records: Vec<IndexRecord>,
    /// Where the records begin whose hashes begin with each pair of bytes, and where the last of them end.
    starts: Vec<u32>,
}

impl LabelIndex {
    /// An index of these records; of two of one name neither is kept.
    pub(crate) fn new(mut records: Vec<IndexRecord>) -> Self {
        records.sort_unstable_by_key(|record| record.name);
        let mut kept: Vec<IndexRecord> = Vec::with_capacity(records.len());
        for same in records.chunk_by(|a, b| a.name == b.name) {
            if let [one] = same {
                kept.push(*one);
            }
        }
        let mut starts = Vec::with_capacity((1 << 16) + 1);
        for (at, record) in kept.iter().enumerate() {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            let bucket = usize::try_from(record.name >> 48).unwrap_or(0);
            while starts.len() <= bucket {
                starts.push(at);
            }
        }
        starts.resize((1 << 16) + 1, u32::try_from(kept.len()).unwrap_or(u32::MAX));
        Self {
            records: kept,
            starts,
        }
    }

    /// Number of records.
    pub(crate) const fn len(&self) -> usize {
        self.records.len()
    }

    /// The record at a place.
    pub(crate) fn record(&self, at: usize) -> &IndexRecord {
        &self.records[at]
    }

    /// The place of the record of a file by the hash of its name.
    pub(crate) fn find(&self, name: u64) -> Option<usize> {
        let bucket = usize::try_from(name >> 48).ok()?;
        let start = usize::try_from(*self.starts.get(bucket)?).ok()?;
        let end = usize::try_from(*self.starts.get(bucket + 1)?).ok()?;
        let few = self.records.get(start..end)?;
        let at = few.iter().position(|record| record.name == name)?;
        Some(start + at)
    }

    /// Reads the index of a folder; an empty one where there is none, or what is there is none.
    pub(crate) fn load(folder: &Path) -> Self {
        let read = || {
            let number = folder_number(folder)?;
            let bytes = std::fs::read(path(folder, number)).ok()?;
            Self::parse(&bytes, number)
        };
        read().unwrap_or_default()
    }

    fn parse(bytes: &[u8], folder: u64) -> Option<Self> {
        let (head, rest) = bytes.split_at_checked(HEAD)?;
        let (records, left) = rest.as_chunks::<RECORD>();
        let whole = head[..16] == *MAGIC
            && head[16..24] == folder.to_le_bytes()
            && head[24..] == checksum(rest).to_le_bytes()
            && left.is_empty();
        let numbers = |record: &[u8; RECORD]| {
            let (words, _) = record.as_chunks::<8>();
            let numbers: [u64; NUMBERS] = std::array::from_fn(|at| u64::from_le_bytes(words[at]));
            IndexRecord::of_numbers(numbers)
        };
        whole.then(|| Self::new(records.iter().map(numbers).collect()))
    }

    fn to_bytes(&self, folder: u64) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEAD + self.records.len() * RECORD);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&folder.to_le_bytes());
        bytes.extend_from_slice(&[0; 8]);
        for number in self.records.iter().flat_map(IndexRecord::numbers) {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        let sum = checksum(&bytes[HEAD..]);
        bytes[24..HEAD].copy_from_slice(&sum.to_le_bytes());
        bytes
    }

    /// Writes the index of a folder. Where it cannot be written there is none, and everything works without.
    pub(crate) fn save(&self, folder: &Path) {
        if let Some(number) = folder_number(folder) {
            let _ = atomic_write::unsynced(&path(folder, number), &self.to_bytes(number));
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
        let stays = |one: &&IndexRecord| {
            !gone.contains(&one.name) && label.is_none_or(|label| one.keys.label != label)
        };
        let left: Vec<IndexRecord> = index.records.iter().filter(stays).copied().collect();
        if left.len() < index.len() {
            Self::new(left).save(folder);
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

/// Number that differs when some bytes are missing or are not those that were written; no protection from anybody
/// who means to change them.
fn checksum(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    let rest = rest.iter().map(|byte| u64::from(*byte));
    let start = u64::try_from(bytes.len()).unwrap_or(0);
    words.chain(rest).fold(start, |sum, word| {
        (sum.rotate_left(5) ^ word).wrapping_mul(0x517C_C1B7_2722_0A95)
    })
}

#[cfg(test)]
mod tests {
    use super::{IndexRecord, LabelIndex, LabelKeys};
    use crate::storage::folder_names::hash_of;

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

    #[test]
    fn records_are_found_by_name_and_read_as_written() {
        let names: Vec<String> = (0..3000).map(|n| format!("s-{n}.toml")).collect();
        let all = names.iter().map(|name| record(name, &name[..3])).collect();
        let index = LabelIndex::new(all);
        let again = LabelIndex::parse(&index.to_bytes(5), 5).expect("whole");
        assert_eq!(again.len(), 3000);
        for name in &names {
            let at = again.find(hash_of(name.as_bytes())).expect("there");
            assert_eq!(*again.record(at), record(name, &name[..3]));
        }
        assert_eq!(again.find(hash_of(b"other.toml")), None);
        assert_eq!(LabelIndex::default().find(1), None);
    }

    #[test]
    fn what_is_damaged_or_of_another_folder_is_no_index() {
        let index = LabelIndex::new(vec![record("a", "a"), record("b", "b")]);
        let bytes = index.to_bytes(5);
        assert!(LabelIndex::parse(&bytes, 5).is_some());
        assert!(LabelIndex::parse(&bytes, 6).is_none());
        for end in 0..bytes.len() {
            assert!(LabelIndex::parse(&bytes[..end], 5).is_none(), "{end}");
            let mut other = bytes.clone();
            other[end] ^= 1;
            assert!(LabelIndex::parse(&other, 5).is_none(), "{end}");
        }
    }

    #[test]
    fn two_files_of_one_hash_are_both_unknown() {
        let index = LabelIndex::new(vec![record("a", "a"), record("a", "b"), record("c", "c")]);
        assert_eq!(index.find(hash_of(b"a")), None);
        assert_eq!(index.find(hash_of(b"c")), Some(0));
    }

    #[test]
    fn one_label_has_one_key_however_it_is_encoded() {
        assert_eq!(LabelKeys::label("Māra"), LabelKeys::label("Ma\u{304}ra"));
        assert_ne!(LabelKeys::label("Māra"), LabelKeys::label("Mara"));
        assert_eq!(LabelKeys::look("Аnna"), LabelKeys::look("Anna"));
    }
}
