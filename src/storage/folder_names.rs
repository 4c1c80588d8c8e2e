//! Names of a folder, each with what the listing itself tells of the file, without asking for each one.

use std::ffi::OsStr;
#[cfg(not(unix))]
use std::ffi::OsString;
use std::hash::Hasher as _;
use std::io;
use std::path::Path;

/// Hash of a text or of bytes. It is fast and spreads well, and protects from nobody who looks for two texts of one
/// hash: whoever asks by a hash compares what is found.
pub(crate) fn hash_of(bytes: &[u8]) -> u64 {
    // the halves of a product of 128 bits depend on all bits of both factors, as in wyhash
    let fold = |a: u64, b: u64| {
        let product = u128::from(a) * u128::from(b);
        let high = u64::try_from(product >> 64).unwrap_or(0);
        high ^ u64::try_from(product & u128::from(u64::MAX)).unwrap_or(0)
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let words = words.iter().chain([&last]);
    let length = u64::try_from(bytes.len()).unwrap_or(0);
    let sum = words.fold(length ^ 0xA076_1D64_78BD_642F, |sum, word| {
        fold(sum ^ u64::from_le_bytes(*word), 0xE703_7ED1_A0B4_28DB)
    });
    fold(sum ^ 0x8EBC_6AF0_9C88_C6E3, 0x5899_65CC_7537_4CC3)
}

/// Gives each name of a folder to `take`, in no order, with a number that differs when another file has taken the
/// name: on Unix the number of the file, elsewhere a hash of its time and size.
///
/// # Errors
/// When the folder cannot be read.
#[cfg(target_os = "linux")]
pub(crate) fn each_name(folder: &Path, mut take: impl FnMut(&OsStr, u64)) -> io::Result<()> {
    use rustix::fs::{Mode, OFlags, RawDir};
    use std::os::unix::ffi::OsStrExt as _;
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let open = rustix::fs::open(folder, flags, Mode::empty())?;
    // far larger than any name
    let mut buffer = Vec::with_capacity(1 << 16);
    let mut entries = RawDir::new(open, buffer.spare_capacity_mut());
    while let Some(entry) = entries.next() {
        let entry = entry?;
        let name = entry.file_name().to_bytes();
        if name != b"." && name != b".." {
            take(OsStr::from_bytes(name), entry.ino());
        }
    }
    Ok(())
}

/// Gives each name of a folder to `take`, in no order, with a number that differs when another file has taken the
/// name: on Unix the number of the file, elsewhere a hash of its time and size.
///
/// # Errors
/// When the folder cannot be read.
#[cfg(not(target_os = "linux"))]
pub(crate) fn each_name(folder: &Path, mut take: impl FnMut(&OsStr, u64)) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        #[cfg(unix)]
        let mark = std::os::unix::fs::DirEntryExt::ino(&entry);
        #[cfg(not(unix))]
        let mark = entry.metadata().map_or(0, |data| stamp(&data));
        take(&entry.file_name(), mark);
    }
    Ok(())
}

/// Some names of a folder, one after the other, each with its number: texts of their own would take their time.
#[derive(Debug, Default)]
pub(crate) struct FolderNames {
    #[cfg(unix)]
    bytes: Vec<u8>,
    #[cfg(not(unix))]
    names: Vec<OsString>,
    /// Where each name ends among the bytes, and its number.
    marks: Vec<(usize, u64)>,
}

impl FolderNames {
    /// Number of names.
    pub(crate) const fn len(&self) -> usize {
        self.marks.len()
    }

    /// Adds a name.
    pub(crate) fn add(&mut self, name: &OsStr, mark: u64) {
        #[cfg(unix)]
        let end = {
            self.bytes.extend_from_slice(name.as_encoded_bytes());
            self.bytes.len()
        };
        #[cfg(not(unix))]
        let end = {
            self.names.push(name.to_owned());
            0
        };
        self.marks.push((end, mark));
    }

    /// Gives each name with its number to `take`, in the order in which they were added.
    #[cfg(unix)]
    pub(crate) fn each(&self, mut take: impl FnMut(&OsStr, u64)) {
        use std::os::unix::ffi::OsStrExt as _;
        let mut start = 0;
        for &(end, mark) in &self.marks {
            take(OsStr::from_bytes(&self.bytes[start..end]), mark);
            start = end;
        }
    }

    /// Gives each name with its number to `take`, in the order in which they were added.
    #[cfg(not(unix))]
    pub(crate) fn each(&self, mut take: impl FnMut(&OsStr, u64)) {
        for (name, (_, mark)) in self.names.iter().zip(&self.marks) {
            take(name, *mark);
        }
    }
}

/// Gives the names of a folder as [`each_name`] does, so many at a time.
///
/// # Errors
/// When the folder cannot be read.
pub(crate) fn names_in_parts(
    folder: &Path,
    size: usize,
    mut give: impl FnMut(FolderNames),
) -> io::Result<()> {
    let mut part = FolderNames::default();
    each_name(folder, |name, mark| {
        part.add(name, mark);
        if part.len() == size {
            give(std::mem::take(&mut part));
        }
    })?;
    give(part);
    Ok(())
}

/// Number that differs when a file was written to, renamed over, or is another one: a hash of its kind, size, times,
/// and on Unix its number.
pub(crate) fn stamp(data: &std::fs::Metadata) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        for number in [data.dev(), data.ino(), u64::from(data.mode())] {
            hasher.write_u64(number);
        }
        // whoever sets the time of a file cannot set this one
        for number in [data.ctime(), data.ctime_nsec()] {
            hasher.write_i64(number);
        }
    }
    hasher.write_u8(u8::from(data.is_file()));
    hasher.write_u64(data.len());
    let changed = data.modified().ok();
    let since = changed.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    hasher.write_u128(since.map_or(0, |since| since.as_nanos()));
    hasher.finish()
}

/// Whether a file was written so long ago that its next change gives it another time: file systems know times to
/// parts of a second or to two seconds.
pub(crate) fn is_settled(data: &std::fs::Metadata) -> bool {
    let Some(changed) = data.modified().ok() else {
        return false;
    };
    let newest = changed.duration_since(std::time::UNIX_EPOCH);
    let newest = newest.unwrap_or_default();
    #[cfg(unix)]
    let newest = {
        use std::os::unix::fs::MetadataExt as _;
        let seconds = u64::try_from(data.ctime()).unwrap_or(0);
        let parts = u32::try_from(data.ctime_nsec()).unwrap_or(0);
        newest.max(std::time::Duration::new(seconds, parts))
    };
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let age = now.ok().and_then(|now| now.checked_sub(newest));
    let coarse = newest.subsec_nanos() == 0;
    age.is_some_and(|age| age.as_millis() > if coarse { 3000 } else { 100 })
}

/// Number of a folder, which differs from that of another one and of a copy of it elsewhere; none where there is no
/// such folder.
pub(crate) fn folder_number(folder: &Path) -> Option<u64> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let data = std::fs::metadata(folder).ok()?;
        let both = [data.dev().to_le_bytes(), data.ino().to_le_bytes()];
        Some(hash_of(both.as_flattened()))
    }
    #[cfg(not(unix))]
    {
        let path = std::fs::canonicalize(folder).ok()?;
        Some(hash_of(path.as_os_str().as_encoded_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::{hash_of, names_in_parts};
    use std::collections::HashSet;

    #[test]
    fn parts_hold_each_name_once() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let names = ["a.toml", "b", "m\u{101}rama.toml", "c c", "d"];
        for name in names {
            std::fs::write(folder.path().join(name), "").expect("written");
        }
        for (size, parts) in [(1, 6), (2, 3), (5, 2), (9, 1)] {
            let (mut found, mut given) = (Vec::new(), 0);
            let listed = names_in_parts(folder.path(), size, |part| {
                given += 1;
                part.each(|name, _| found.push(name.to_string_lossy().into_owned()));
            });
            listed.expect("listed");
            found.sort();
            let mut all = names.to_vec();
            all.sort_unstable();
            assert_eq!(
                (found, given),
                (all.iter().map(|n| (*n).to_owned()).collect(), parts)
            );
        }
    }

    #[test]
    fn hashes_differ_and_spread() {
        let names = (0..100_000).map(|n| format!("s-{n:06}.toml"));
        let hashes: HashSet<u64> = names.map(|name| hash_of(name.as_bytes())).collect();
        assert_eq!(hashes.len(), 100_000);
        let parts: HashSet<u64> = hashes.iter().map(|hash| hash >> 48).collect();
        // of 65,536, as many as by chance
        assert!(parts.len() > 50_000, "{}", parts.len());
        let short: [&[u8]; 5] = [b"", b"\0", b"\0\0", b"a", b"a\0"];
        let short: HashSet<u64> = short.iter().map(|text| hash_of(text)).collect();
        assert_eq!(short.len(), 5);
    }
}
