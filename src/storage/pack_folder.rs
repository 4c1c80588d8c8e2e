//! Writes a pack as a folder that appears whole or not at all.

use crate::error::{Error, Result};
use crate::storage::atomic_write::{no_device, public, settle};
use crate::storage::partial_files::PartialFile;
use rolescope_core::SourceFile;
use std::path::{Path, PathBuf};

/// Ensures that a pack can be written to a folder: nothing is there, or an empty folder, or whatever is there may be
/// moved aside.
///
/// # Errors
/// When something would be lost, or the name is that of a device.
pub fn ensure_free(folder: &Path, force: bool) -> Result<()> {
    no_device(folder)?;
    let there = std::fs::symlink_metadata(folder).is_ok();
    if !there || is_empty(folder) {
        return Ok(());
    }
    if !folder.is_dir() {
        return Err(Error::failed(format!(
            "{} is there and no folder; give another name by -o",
            folder.display()
        )));
    }
    if !force {
        return Err(Error::failed(format!(
            "{} is there and not empty; give a new folder by -o, or move it aside by --force",
            folder.display()
        )));
    }
    let aside = aside(folder);
    if std::fs::symlink_metadata(&aside).is_ok() {
        return Err(Error::failed(format!(
            "{} would be moved to {}, which is there already; move that away first",
            folder.display(),
            aside.display()
        )));
    }
    Ok(())
}

/// Writes the files of a pack: beside the folder, synced, then renamed. What was there is moved aside, and its new name
/// returned.
///
/// # Errors
/// When the folder cannot be written; what was there is then where it was.
pub fn write(folder: &Path, files: &[SourceFile], force: bool) -> Result<Option<PathBuf>> {
    ensure_free(folder, force)?;
    let cannot = |source| Error::io(format!("cannot save {}", folder.display()), source);
    let (part, registered) = PartialFile::folder(folder, None).map_err(cannot)?;
    for file in files {
        // the last two parts: `profiles/orthotist.toml`, wherever the pack was read from
        let path = Path::new(file.path());
        let inside = path.parent().and_then(Path::file_name).unwrap_or_default();
        let inside = part.path().join(inside);
        std::fs::create_dir_all(&inside).map_err(cannot)?;
        let name = path.file_name().unwrap_or_default();
        public(&inside.join(name), file.text().as_bytes())?;
        settle(&inside);
    }
    let there = folder.is_dir();
    if there && is_empty(folder) {
        std::fs::remove_dir(folder).map_err(cannot)?;
    }
    let moved = (there && folder.is_dir()).then(|| aside(folder));
    if let Some(aside) = &moved {
        std::fs::rename(folder, aside).map_err(cannot)?;
    }
    if let Err(source) = std::fs::rename(part.path(), folder) {
        if let Some(aside) = &moved {
            let _ = std::fs::rename(aside, folder);
        }
        return Err(cannot(source));
    }
    // its name is the folder's now
    drop(registered);
    let _ = part.keep();
    settle(folder);
    Ok(moved)
}

/// Where a folder is moved to.
fn aside(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".old");
    folder.with_file_name(name)
}

fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::write;
    use rolescope_core::SourceFile;

    #[test]
    fn a_pack_appears_whole_and_what_was_there_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let pack = folder.path().join("pack");
        let files = SourceFile::example();
        assert_eq!(write(&pack, &files, false).expect("new"), None);
        let refused = write(&pack, &files, false).expect_err("not empty");
        assert!(refused.to_string().contains("--force"), "{refused}");
        std::fs::write(pack.join("own.txt"), "mine").expect("written");
        let aside = write(&pack, &files, true).expect("forced").expect("moved");
        assert_eq!(
            std::fs::read_to_string(aside.join("own.txt")).expect("kept"),
            "mine"
        );
        let refused = write(&pack, &files, true).expect_err("the name is taken");
        assert!(refused.to_string().contains("pack.old"), "{refused}");
        let names = std::fs::read_dir(folder.path()).expect("read").count();
        assert_eq!(names, 2, "nothing else is left over");
    }
}
