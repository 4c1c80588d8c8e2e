//! Files of one person in an archive, as a sync service leaves them beside each other.

use crate::error::Result;
use crate::storage::answer_file::AnswerSheet;
use crate::storage::archive;
use crate::storage::archive::ArchiveSource;
use rolescope_core::Pack;
use sha2::{Digest as _, Sha256};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::time::SystemTime;

/// One of several files with the same label.
#[derive(Clone, Debug)]
pub struct ArchivedCopy {
    /// Place of the member in the archive, from 0.
    pub at: usize,
    /// Its name as the archive states it.
    pub name: String,
    /// The label within.
    pub label: String,
    /// When it was changed, as the archive states it.
    pub changed: SystemTime,
    /// How many answers it has.
    pub answers: usize,
    /// How many notes.
    pub notes: usize,
    /// Digest of what it holds: the same for files that hold the same.
    pub digest: [u8; 32],
}

/// The labels of an archive that more than one member has, in alphabetical order; of each the copies, what was
/// changed last first.
///
/// # Errors
/// When the archive cannot be read.
pub fn of(source: ArchiveSource<'_>, pack: &Pack) -> Result<Vec<Vec<ArchivedCopy>>> {
    let mut labels: BTreeMap<String, Vec<ArchivedCopy>> = BTreeMap::new();
    let mut at = 0;
    archive::read(source, |member| {
        at += 1;
        let sheet = member
            .text
            .and_then(|text| AnswerSheet::parse_briefly(&text, pack));
        if let Ok(sheet) = sheet {
            let copy = ArchivedCopy {
                at: at - 1,
                name: member.name,
                label: sheet.id.clone(),
                changed: member.changed,
                answers: sheet.answers.count(),
                notes: sheet.notes.len(),
                digest: Sha256::digest(sheet.to_toml(pack)).into(),
            };
            labels.entry(sheet.id).or_default().push(copy);
        }
        Ok(())
    })?;
    let several = labels.into_values().filter(|copies| copies.len() > 1);
    Ok(several
        .map(|mut copies| {
            copies.sort_by_key(|copy| Reverse((copy.changed, copy.answers, copy.notes)));
            copies
        })
        .collect())
}
