//! Session survey: looks through a store for the files that may be wanted, and reads those that its index does not know.

use crate::error::Result;
use crate::storage::folder_names::{is_settled, stamp};
use crate::storage::label_index::{IndexRecord, LabelIndex, LabelKeys};
use crate::storage::store_listing::{KnownFile, StoreView};
use crate::storage::stored_person::{DamagedFile, StoredPerson, read};
use crate::threads::{cores, map_in_order};
use rolescope_core::Pack;
use std::path::{Path, PathBuf};

/// Files from which on a store has an index: fewer are read in no time.
const LARGE: usize = 500;
/// Files that a thread looks at, at a time.
const SHARE: usize = 2048;

/// Which files count as unchanged since they were last read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust<'s> {
    /// Those whose size, times and numbers are the same; each file is asked for.
    Metadata,
    /// Those of the same name and number, as the listing of the folder has them, but for those whose name has this
    /// folded stem. What was written into such a file in place is not seen.
    Listing {
        /// The stem.
        but: &'s str,
    },
}

/// What may be wanted of a store.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// The files that may be wanted, sorted by name.
    pub(crate) found: Vec<StoredPerson>,
    /// Those that cannot be read, sorted by name.
    pub(crate) damaged: Vec<DamagedFile>,
    /// Temporary files and synced copies, in no order.
    pub(crate) partial: Vec<PathBuf>,
    /// How many answer files there are.
    pub(crate) files: usize,
    /// Whether a file went, or got another name, while this looked: it may have been passed over under both.
    pub(crate) moved: bool,
}

/// File to be looked at.
struct Unsure {
    path: PathBuf,
    name: u64,
    mark: u64,
    /// Its place in the index.
    at: Option<usize>,
}

/// What came of looking at a file.
enum Looked {
    /// It is as the index says.
    Known(usize),
    /// It was read; with its new record, unless it is too young for one.
    Read(Option<IndexRecord>),
    /// It is not there any more.
    Gone,
}

/// A file that may be wanted, or cannot be read.
type FoundFile = Box<std::result::Result<StoredPerson, DamagedFile>>;

/// Looks through a folder for the files whose keys are `wanted`. Keys are hashes: whoever asks compares the labels.
///
/// # Errors
/// When the folder cannot be read; one that is not there is empty.
pub(crate) fn survey(
    folder: &Path,
    pack: &Pack,
    wanted: &(dyn Fn(&LabelKeys) -> bool + Sync),
) -> Result<Survey> {
    let view = StoreView::of(folder)?;
    Ok(survey_of(view, folder, pack, Trust::Metadata, wanted))
}

/// The same in a folder as it was seen just now.
pub(crate) fn survey_of(
    StoreView {
        index,
        listing,
        known,
    }: StoreView,
    folder: &Path,
    pack: &Pack,
    trust: Trust<'_>,
    wanted: &(dyn Fn(&LabelKeys) -> bool + Sync),
) -> Survey {
    let mut unsure: Vec<Unsure> = Vec::new();
    let mut kept = vec![false; index.len()];
    let sure = match trust {
        Trust::Metadata => None,
        Trust::Listing { but } => {
            // in the order of the records, as they lie far apart in the order of the files
            let records = 0..index.len();
            let asked: Vec<bool> = records.map(|at| wanted(&index.record(at).keys)).collect();
            Some((listing.named(but), asked))
        }
    };
    for (place, known) in known.into_iter().enumerate() {
        let sure = |known: &KnownFile| {
            let sure = sure.as_ref();
            known.same && sure.is_some_and(|(named, asked)| !named[place] && !asked[known.record])
        };
        match known {
            Some(known) if sure(&known) => kept[known.record] = true,
            _ => unsure.push(Unsure {
                path: folder.join(listing.name(place)),
                name: listing.file(place).name,
                mark: listing.file(place).mark,
                at: known.map(|known| known.record),
            }),
        }
    }
    let mut all = Survey {
        files: listing.len(),
        partial: listing.partial,
        ..Survey::default()
    };
    let mut fresh: Vec<IndexRecord> = Vec::new();
    let one = |file: &Unsure| look_at(file, &index, pack, wanted);
    for (looked, found) in map_in_order(&unsure, (cores(), SHARE), one) {
        match looked {
            Looked::Known(at) => kept[at] = true,
            Looked::Read(record) => fresh.extend(record),
            Looked::Gone => {
                all.files -= 1;
                all.moved = true;
            }
        }
        match found.map(|found| *found) {
            Some(Ok(found)) => all.found.push(found),
            Some(Err(bad)) => all.damaged.push(bad),
            None => {}
        }
    }
    all.found.sort_by(|a, b| a.path.cmp(&b.path));
    all.damaged.sort_by(|a, b| a.path.cmp(&b.path));
    if all.files >= LARGE {
        index.keep(folder, &kept, fresh, all.files);
    } else if listing.indexed {
        LabelIndex::remove(folder);
    }
    all
}

/// Looks at one file, and gives it where it may be wanted.
fn look_at(
    file: &Unsure,
    index: &LabelIndex,
    pack: &Pack,
    wanted: &(dyn Fn(&LabelKeys) -> bool + Sync),
) -> (Looked, Option<FoundFile>) {
    // before it is read: what is written into it afterwards is seen next time
    let Ok(data) = std::fs::symlink_metadata(&file.path) else {
        return (Looked::Gone, None);
    };
    let now = stamp(&data);
    let known = file.at.map(|at| (at, index.record(at)));
    let known = known.filter(|(_, record)| record.stamp == now && record.mark == file.mark);
    if let Some((at, record)) = known
        && !wanted(&record.keys)
    {
        return (Looked::Known(at), None);
    }
    let person = match read(&file.path, pack) {
        Ok(person) => person,
        Err(_) if std::fs::symlink_metadata(&file.path).is_err() => return (Looked::Gone, None),
        Err(bad) => return (Looked::Read(None), Some(Box::new(Err(bad)))),
    };
    let keys = LabelKeys::of(&person.sheet);
    let looked = match known {
        Some((at, record)) if record.keys == keys => Looked::Known(at),
        _ => Looked::Read(is_settled(&data).then_some(IndexRecord {
            name: file.name,
            mark: file.mark,
            stamp: now,
            keys,
        })),
    };
    (looked, wanted(&keys).then(|| Box::new(Ok(person))))
}
