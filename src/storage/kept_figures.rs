//! Kept figures: what a simulation of a pack found, so that it need not run again for the same pack and program.

use crate::storage::atomic_write;
use crate::storage::folder_names::stamp;
use crate::storage::lock::no_surprises;
use crate::storage::private_folder::make_folder;
use rolescope_core::Comparison;
use rolescope_core::simulation::Balance;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::io::Read as _;
use std::path::PathBuf;

/// Name of the file in the data folder.
const NAME: &str = "balance.json";
/// The most bytes that are kept: a pack of a hundred roles has half a million.
const LARGEST: u64 = 8 << 20;

/// The file.
#[derive(Deserialize, Serialize)]
struct FiguresFile<B> {
    /// What they are of.
    of: [u8; 32],
    /// What was found.
    figures: B,
}

/// Where the figures of a comparison are kept, and what they are known by.
pub(crate) struct KeptFigures {
    folder: PathBuf,
    /// Hash of everything that is compared, how much is simulated, and the program that does it.
    of: [u8; 32],
}

impl KeptFigures {
    /// Of a comparison in a data folder; none where the program cannot be told from others.
    pub(crate) fn new(
        folder: PathBuf,
        comparison: &Comparison<'_>,
        (batches, seed): (u64, u64),
    ) -> Option<Self> {
        let program = std::fs::metadata(std::env::current_exe().ok()?).ok()?;
        let of = format!("{comparison:?} {batches} {seed} {}", stamp(&program));
        let of = Sha256::digest(of.as_bytes()).into();
        Some(Self { folder, of })
    }

    /// The figures; none where those that are kept are of something else.
    pub(crate) fn read(&self) -> Option<Balance> {
        let file = no_surprises().open(self.folder.join(NAME)).ok()?;
        let mut text = Vec::new();
        file.take(LARGEST).read_to_end(&mut text).ok()?;
        let kept: FiguresFile<Balance> = serde_json::from_slice(&text).ok()?;
        (kept.of == self.of).then_some(kept.figures)
    }

    /// Keeps figures in place of others. Where that cannot be, they are measured again next time.
    pub(crate) fn write(&self, figures: &Balance) {
        let file = FiguresFile {
            of: self.of,
            figures,
        };
        let Ok(text) = serde_json::to_vec(&file) else {
            return;
        };
        let fits = u64::try_from(text.len()).is_ok_and(|length| length < LARGEST);
        if fits && make_folder(&self.folder).is_ok() {
            let _ = atomic_write::unsynced(&self.folder.join(NAME), &text);
        }
    }
}
