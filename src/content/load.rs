//! Where a pack's files come from: the built-in table, or a folder in its place.

use crate::error::{Error, Result};
use crate::input::mistakes::File;
use std::io::Read as _;
use std::path::Path;

/// A pack's file may be this large, in bytes.
const LARGEST: u64 = 1 << 20;
/// A pack may have this many files.
const MOST: usize = 2000;
/// And this many bytes in all of them.
const WHOLE: usize = 32 << 20;

macro_rules! embedded {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../", $name)))),*]
    };
}

/// The built-in pack: a table of contents. A test compares it with the folders.
pub const BUILT_IN: &[(&str, &str)] = embedded! {
    "questions/traits.toml"
    "questions/interests.toml"
    "questions/preferences.toml"
    "questions/steady-hands.toml"
    "questions/aptitudes.toml"
    "questions/conditions.toml"
    "profiles/anaesthetic-technician.toml"
    "profiles/audiometrist.toml"
    "profiles/cardiac-technician.toml"
    "profiles/clinical-engineering-technician.toml"
    "profiles/clinical-perfusionist.toml"
    "profiles/ct-technologist.toml"
    "profiles/fluoroscopy-technologist.toml"
    "profiles/mammography-technologist.toml"
    "profiles/medical-imaging-technologist.toml"
    "profiles/medical-laboratory-scientist.toml"
    "profiles/medical-laboratory-technician.toml"
    "profiles/medical-photographer.toml"
    "profiles/medical-physicist.toml"
    "profiles/mri-technologist.toml"
    "profiles/neurophysiology-technologist.toml"
    "profiles/nuclear-medicine-technologist.toml"
    "profiles/orthotist.toml"
    "profiles/pharmacy-technician.toml"
    "profiles/phlebotomist.toml"
    "profiles/prosthetist.toml"
    "profiles/radiation-therapist.toml"
    "profiles/renal-physiologist.toml"
    "profiles/sleep-respiratory-physiologist.toml"
    "profiles/sonographer.toml"
    "profiles/sterile-sciences-technician.toml"
    "profiles/veterinary-nurse.toml"
};

/// The files of the built-in pack.
#[must_use]
pub fn built_in() -> Vec<File> {
    BUILT_IN
        .iter()
        .map(|(path, text)| file((*path).to_owned(), text))
        .collect()
}

/// The files of a folder of the same layout, sorted by path.
///
/// # Errors
/// When the folder or one of its files cannot be read, is not text, is too large, or there are too
/// many.
pub fn folder(root: &Path) -> Result<Vec<File>> {
    let mut files = Vec::new();
    let mut size = 0;
    let over = |what: String| {
        let root = root.display();
        Err(Error::failed(format!(
            "{root} has over {what}; a pack has at most that many"
        )))
    };
    for part in ["questions", "profiles"] {
        let dir = root.join(part);
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
            if path.extension().is_some_and(|e| e == "toml") {
                if files.len() == MOST {
                    return over(format!("{MOST} files"));
                }
                let file = read(&path, &format!("{part}/{}", file_name(&path)))?;
                size += file.text.len();
                if size > WHOLE {
                    return over(format!("{WHOLE} bytes"));
                }
                files.push(file);
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    for f in &mut files {
        f.path = root.join(&f.path).display().to_string();
    }
    Ok(files)
}

fn read(path: &Path, name: &str) -> Result<File> {
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
    Ok(file(name.to_owned(), &text))
}

fn file(path: String, text: &str) -> File {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let text = if text.contains('\r') {
        text.replace("\r\n", "\n")
    } else {
        text.to_owned()
    };
    File { path, text }
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}
