//! The parts of a workbook in a ZIP archive, looked at before any of them is read.

use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Looks at each part: its name, in small letters as names are alike in any case of letters and a folder is whatever the
/// workbook says, its size unpacked, and its bytes. An archive that is damaged is left to who reads it.
///
/// # Errors
/// The first that `look` finds.
pub(super) fn each(
    bytes: &[u8],
    mut look: impl FnMut(&str, u64, &mut dyn Read) -> Result<(), String>,
) -> Result<(), String> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return Ok(());
    };
    for at in 0..archive.len() {
        let Ok(mut part) = archive.by_index(at) else {
            continue;
        };
        let Ok(name) = part.name().map(|name| name.to_ascii_lowercase()) else {
            continue;
        };
        let size = part.size();
        look(&name, size, &mut part)?;
    }
    Ok(())
}
