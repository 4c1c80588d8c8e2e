//! Reads the files of a pack from a folder.

use crate::error::{Error, Result};
use rolescope_core::SourceFile;
use std::io::Read as _;
use std::path::Path;

/// Maximum size of one file of a pack, in bytes.
const LARGEST: u64 = 1 << 20;
/// Maximum number of files of a pack.
const MOST: usize = 2000;
/// Maximum size of all files of a pack together, in bytes.
const WHOLE: usize = 32 << 20;

/// The folder of texts in other languages, which a pack need not have.
const LANGUAGES: &str = "languages";
/// The folders of a pack, and how the names of its files in them end.
const PARTS: [(&str, &[&str]); 3] = [
    ("questions", &["toml"]),
    ("profiles", &["toml"]),
    (LANGUAGES, &["toml", "ftl"]),
];

/// Reads all files of a pack folder, sorted by path.
///
/// # Errors
/// When the folder or one of its files cannot be read, is not text, is too large, or there are too
/// many.
pub fn folder(root: &Path) -> Result<Vec<SourceFile>> {
    let mut files = Vec::new();
    let mut size = 0;
    let over = |what: String| {
        let root = root.display();
        Err(Error::failed(format!(
            "{root} has over {what}; a pack has at most that many"
        )))
    };
    for (part, kinds) in PARTS {
        let dir = root.join(part);
        // most packs are in one language
        if part == LANGUAGES && !dir.is_dir() {
            continue;
        }
        let entries = std::fs::read_dir(&dir).map_err(|source| {
            Error::io(
                format!(
                    "cannot open {} (a pack has questions/ and profiles/)",
                    dir.display()
                ),
                source,
            )
        })?;
        for entry in entries {
            let path = entry
                .map_err(|source| Error::io(format!("cannot list {}", dir.display()), source))?
                .path();
            let is_kind = |ending| kinds.iter().any(|kind| ending == *kind);
            if path.extension().is_some_and(is_kind) {
                if files.len() == MOST {
                    return over(format!("{MOST} files"));
                }
                let file = read(&path, &format!("{part}/{}", file_name(&path)))?;
                size += file.text().len();
                if size > WHOLE {
                    return over(format!("{WHOLE} bytes"));
                }
                files.push(file);
            }
        }
    }
    files.sort_by(|a, b| a.path().cmp(b.path()));
    for f in &mut files {
        let path = root.join(f.path()).display().to_string();
        f.rename(path);
    }
    Ok(files)
}

fn read(path: &Path, name: &str) -> Result<SourceFile> {
    let cannot = |source| Error::io(format!("cannot read {}", path.display()), source);
    // a pipe would be waited for, and a device may never end
    if !std::fs::metadata(path).map_err(cannot)?.is_file() {
        return Err(Error::failed(format!("{} is no file", path.display())));
    }
    let mut bytes = Vec::new();
    let open = std::fs::File::open(path).map_err(cannot)?;
    open.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(cannot)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Error::failed(format!(
            "{} has over {LARGEST} bytes; a pack's file has at most that many",
            path.display()
        )));
    }
    let text = String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        let line = String::from_utf8_lossy(&e.as_bytes()[..at])
            .lines()
            .count()
            .max(1);
        Error::failed(format!(
            "{}:{line}: byte {at} is not UTF-8; save the file as UTF-8 text",
            path.display()
        ))
    })?;
    Ok(SourceFile::new(name, &text))
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}
