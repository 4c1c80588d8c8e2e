//! Ids of people seen in a run, in memory that is bounded: which of them come more than once.
//!
//! Each id is a hash of 64 bits, and those with the smallest hashes are held. An id that is held at the end was held
//! by every thread from its first row on, so what is known of it is exact, whatever the number of threads and
//! however many people there are.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Ids that are held.
pub(crate) const HELD: usize = 1 << 16;

/// What is known of the people with the smallest hashes.
#[derive(Clone, Debug)]
pub(crate) struct IdSample<V> {
    held: BTreeMap<u64, V>,
    most: usize,
    /// Hashes from this one on are not held.
    limit: Option<u64>,
}

impl<V> IdSample<V> {
    /// Nobody yet; at most so many ids are held.
    pub(crate) const fn new(most: usize) -> Self {
        Self {
            held: BTreeMap::new(),
            most,
            limit: None,
        }
    }

    /// Adds what is known of an id, by `both` to what is known of it already.
    pub(crate) fn add(&mut self, hash: u64, new: impl FnOnce() -> V, both: impl FnOnce(&mut V, V)) {
        if self.limit.is_some_and(|limit| hash >= limit) {
            return;
        }
        match self.held.entry(hash) {
            Entry::Occupied(mut held) => both(held.get_mut(), new()),
            Entry::Vacant(place) => {
                place.insert(new());
                if self.held.len() > self.most {
                    self.limit = self.held.pop_last().map(|(hash, _)| hash);
                }
            }
        }
    }

    /// Adds what another thread knows.
    pub(crate) fn merge(&mut self, other: Self, mut both: impl FnMut(&mut V, V)) {
        self.limit = match (self.limit, other.limit) {
            (Some(mine), Some(other)) => Some(mine.min(other)),
            (mine, other) => mine.or(other),
        };
        if let Some(limit) = self.limit {
            self.held.split_off(&limit);
        }
        for (hash, value) in other.held {
            self.add(hash, || value, &mut both);
        }
    }

    /// Whether everybody is held.
    pub(crate) const fn is_whole(&self) -> bool {
        self.limit.is_none()
    }

    /// What is known of each that is held.
    pub(crate) fn values(&self) -> impl ExactSizeIterator<Item = &V> {
        self.held.values()
    }
}

/// Ids that are held to tell of rows that repeat one: those of a school. Of more people it is told what is seen
/// at least, as every id that is held costs time.
const HELD_OF_ROWS: usize = 1 << 12;

/// How many rows each id has.
#[derive(Clone, Debug)]
pub(crate) struct RepeatedIds(IdSample<u64>);

impl Default for RepeatedIds {
    fn default() -> Self {
        Self(IdSample::new(HELD_OF_ROWS))
    }
}

impl RepeatedIds {
    /// Counts a row.
    pub(crate) fn add(&mut self, id: &str) {
        if !is_placeholder(id) {
            self.0.add(hash(id), || 1, |all, one| *all += one);
        }
    }

    /// Adds the rows that another thread has counted.
    pub(crate) fn merge(&mut self, other: Self) {
        self.0.merge(other.0, |all, more| *all += more);
    }

    /// Whether every id is held, so that what is told is exact.
    pub(crate) const fn is_whole(&self) -> bool {
        self.0.is_whole()
    }

    /// How many people so many rows are of, at most: where not every id is held, of at least as many as are held.
    pub(crate) fn people(&self, rows: u64) -> u64 {
        let again: u64 = self.0.values().map(|rows| rows - 1).sum();
        rows.saturating_sub(again)
    }

    /// How many rows have the id of an earlier row, in words; none where none has.
    pub(crate) fn told(&self) -> Option<String> {
        let again: u64 = self.0.values().map(|rows| rows - 1).sum();
        let least = if self.0.is_whole() { "" } else { "at least " };
        match again {
            0 => None,
            1 => Some(format!("{least}1 row has the id of another")),
            n => Some(format!("{least}{n} rows have the id of another")),
        }
    }
}

/// Whether an id only says where a person stood, as rows without an id are called.
pub(crate) fn is_placeholder(id: &str) -> bool {
    let number = ["row ", "line-", "column "]
        .iter()
        .find_map(|start| id.strip_prefix(start));
    number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// A hash of an id, the same on every machine: FNV-1a, whose bits are then mixed, as the smallest hashes are to be
/// those of any ids.
pub(crate) fn hash(id: &str) -> u64 {
    let fnv = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let mixed = (fnv ^ (fnv >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::{IdSample, hash, is_placeholder};

    /// What is held of some ids, each once a row, which so many threads have seen in turn.
    fn held(rows: &[u64], threads: usize, most: usize) -> (Vec<(u64, u64)>, bool) {
        let mut all: Vec<IdSample<u64>> = (0..threads).map(|_| IdSample::new(most)).collect();
        for (n, row) in rows.iter().enumerate() {
            let hash = hash(&row.to_string());
            all[n * 7 % threads].add(hash, || 1, |all, one| *all += one);
        }
        let mut whole = IdSample::new(most);
        for one in all {
            whole.merge(one, |all, more| *all += more);
        }
        let whole_run = whole.is_whole();
        (whole.held.into_iter().collect(), whole_run)
    }

    #[test]
    fn what_is_held_is_exact_and_the_same_for_any_number_of_threads() {
        let rows: Vec<u64> = (0..5000).map(|n| n * n % 701).collect();
        for most in [10, 100, 351, 352, 353, 1000] {
            let (one, whole) = held(&rows, 1, most);
            assert_eq!(one.len(), most.min(351));
            assert_eq!(whole, most >= 351);
            for threads in [2, 3, 8] {
                assert_eq!(held(&rows, threads, most), (one.clone(), whole));
            }
            let sum = |hash: u64| {
                rows.iter()
                    .filter(move |n| self::hash(&n.to_string()) == hash)
            };
            assert!(one.iter().all(|&(hash, n)| sum(hash).count() as u64 == n));
        }
    }

    #[test]
    fn rows_without_an_id_have_none() {
        assert!(is_placeholder("row 3") && is_placeholder("line-12"));
        assert!(!is_placeholder("row x") && !is_placeholder("3") && !is_placeholder("row "));
    }
}
