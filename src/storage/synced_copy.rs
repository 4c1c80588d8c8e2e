//! Synced copy: what stands beside an answer file while its saves wait for no disk.
//!
//! Some file systems give a file its name before its bytes, so that a loss of power leaves one that was not synced
//! empty, with NUL bytes, or cut at the end of a block. Then the copy is the file.

use crate::storage::text_file::plain_file;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Suffix of the names of copies, which begin with a full stop.
const SUFFIX: &str = ".synced";
/// Smallest block of a file system, in bytes.
const BLOCK: usize = 512;

/// The path of the copy of a file.
pub(crate) fn path_of(file: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(file.file_name().unwrap_or_default());
    name.push(SUFFIX);
    file.with_file_name(name)
}

/// The path of the file that a copy belongs to; none where the name is not that of a copy.
pub(crate) fn file_of(copy: &Path) -> Option<PathBuf> {
    let name = copy.file_name()?.to_str()?;
    let file = name.strip_prefix('.')?.strip_suffix(SUFFIX)?;
    (!file.is_empty()).then(|| copy.with_file_name(file))
}

/// The bytes of the synced copy of a file, where those of the file are what a loss of power leaves, and the copy is
/// whole. A link is followed.
pub(crate) fn instead_of(file: &Path, bytes: &[u8]) -> Option<Vec<u8>> {
    let target = std::fs::canonicalize(file).ok()?;
    let (_, copy) = plain_file(&path_of(&target)).ok()?;
    (is_text(&copy) && is_toml(&copy) && is_spoilt(bytes, &copy)).then_some(copy)
}

/// Whether bytes are those of a file that was not written to its end.
fn is_spoilt(bytes: &[u8], copy: &[u8]) -> bool {
    let cut = bytes.len().is_multiple_of(BLOCK);
    !is_text(bytes)
        || cut && (!is_toml(bytes) || copy.len() > bytes.len() && copy.starts_with(bytes))
}

/// Whether bytes are a text and not empty.
fn is_text(bytes: &[u8]) -> bool {
    !bytes.is_empty() && !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok()
}

fn is_toml(bytes: &[u8]) -> bool {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    text.trim_start_matches('\u{FEFF}')
        .parse::<toml::Table>()
        .is_ok()
}

#[cfg(test)]
mod tests {
    use super::{file_of, instead_of, path_of};
    use std::path::Path;

    #[test]
    fn the_name_of_a_copy_tells_its_file() {
        let file = Path::new("data/s 1.toml");
        let copy = path_of(file);
        assert_eq!(copy, Path::new("data/.s 1.toml.synced"));
        assert_eq!(file_of(&copy).as_deref(), Some(file));
        for other in ["data/s.toml", "data/.s.toml.lock", ".synced", "x.synced"] {
            assert_eq!(file_of(Path::new(other)), None, "{other}");
        }
    }

    #[test]
    fn the_copy_stands_for_what_a_loss_of_power_leaves_and_for_nothing_else() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("a.toml");
        // a line is 16 bytes, so a block ends with one
        let line = |n: usize| format!("question-{n:02} = 4\n");
        let whole: String = (0..80).map(line).collect();
        let copy = whole.as_bytes();
        let with = |bytes: &[u8]| {
            std::fs::write(&file, bytes).expect("written");
            instead_of(&file, bytes)
        };
        assert_eq!(with(b""), None, "there is no copy");
        std::fs::write(path_of(&file), copy).expect("written");
        let mut holed = copy.to_vec();
        holed[512..1024].fill(0);
        for spoilt in [
            &b""[..],
            &[0; 700],
            &holed,
            &copy[..512],
            &copy[..1024],
            b"\xFF",
        ] {
            assert_eq!(
                with(spoilt).as_deref(),
                Some(copy),
                "{} bytes",
                spoilt.len()
            );
        }
        // a slip of somebody who edits it, fewer answers, and others
        let other = whole.replace(" = 4", " = 5");
        for sound in [&b"a = \n"[..], &copy[..160], &other.as_bytes()[..512], copy] {
            assert_eq!(with(sound), None, "{} bytes", sound.len());
        }
        for useless in [&b""[..], &[0; 1280], b"a = \n"] {
            std::fs::write(path_of(&file), useless).expect("written");
            assert_eq!(with(b""), None, "{} bytes", useless.len());
        }
    }
}
