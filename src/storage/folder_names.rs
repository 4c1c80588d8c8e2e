//! Names of a folder, each with what the listing itself tells of the file, without asking for each one.

use std::ffi::OsStr;
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
    use super::hash_of;
    use std::collections::HashSet;

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
