//! Level ratings: tables in which people who do the work rate its levels and conditions.

use crate::error::Result;
use crate::input::small_table::TableKind;
use rolescope_core::psychometrics::LevelRatings;
use std::path::Path;

/// The table.
const LEVELS: TableKind<4> = TableKind {
    holds: "rated levels",
    header: "role,rater,item,rating",
    command: "rolescope roles --level-sheet ROLE",
    columns: ["role", "rater", "item", "rating"],
};

/// Adds the ratings of a file. Where a row names no rater, the file's name without its ending stands for one.
///
/// # Errors
/// When it cannot be read, is no such table, or has a mistake: all are shown, with their lines.
pub fn read(path: &Path, ratings: &mut LevelRatings<'_>) -> Result<()> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    LEVELS.read(path, &mut |[role, rater, item, rating]| {
        let rater = if rater.is_empty() { &stem } else { rater };
        ratings.add(role, item, rater, rating)
    })
}
