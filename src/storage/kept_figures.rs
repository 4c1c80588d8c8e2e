//! Kept figures: what a simulation of a pack found, so that it need not run again for the same pack and program.

use crate::storage::atomic_write;
use crate::storage::folder_names::stamp;
use crate::storage::lock::no_surprises;
use crate::storage::private_folder::make_folder;
use rolescope_core::Comparison;
use rolescope_core::simulation::Balance;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

/// Name of the file in the data folder.
const NAME: &str = "balance.json";
/// The most bytes that are kept: a pack of a hundred roles has half a million.
const LARGEST: u64 = 8 << 20;

/// The file.
#[derive(Deserialize, Serialize)]
struct KeptFigures<B> {
    /// What they are of.
    of: String,
    /// What was found.
    figures: B,
}

/// What figures are of, in 64 hex digits: everything that is compared, how much was simulated, and the program that did it.
pub(crate) fn key(comparison: &Comparison<'_>, batches: u64, seed: u64) -> Option<String> {
    let program = std::fs::metadata(std::env::current_exe().ok()?).ok()?;
    let of = format!("{comparison:?} {batches} {seed} {}", stamp(&program));
    let digest = Sha256::digest(of.as_bytes());
    let mut key = String::new();
    for byte in digest {
        let _ = write!(key, "{byte:02x}");
    }
    Some(key)
}

/// The figures of a data folder; none where there are none of these.
pub(crate) fn read(folder: &Path, key: &str) -> Option<Balance> {
    let file = no_surprises().open(folder.join(NAME)).ok()?;
    let mut text = Vec::new();
    file.take(LARGEST).read_to_end(&mut text).ok()?;
    let kept: KeptFigures<Balance> = serde_json::from_slice(&text).ok()?;
    (kept.of == key).then_some(kept.figures)
}

/// Keeps figures in a data folder in place of others. Where that cannot be, they are measured again next time.
pub(crate) fn write(folder: &Path, key: String, figures: &Balance) {
    let kept = KeptFigures { of: key, figures };
    let Ok(text) = serde_json::to_vec(&kept) else {
        return;
    };
    if u64::try_from(text.len()).is_ok_and(|length| length < LARGEST) && make_folder(folder).is_ok()
    {
        let _ = atomic_write::unsynced(&folder.join(NAME), &text);
    }
}
