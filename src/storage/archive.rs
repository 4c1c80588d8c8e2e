//! Archives of sessions: gzip-compressed tar with one answer file a person. Paths, sizes and types
//! that an archive states are untrusted and checked.

use crate::error::{Error, Result};
use crate::storage::text_file::LARGEST;
use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::{Duration, SystemTime};
use tar::{Archive, Builder, EntryType, Header};
use tempfile::NamedTempFile;

/// Maximum number of files in an archive.
const MOST: usize = 100_000;
/// Maximum size of an archive after decompression, in bytes.
const ROOMIEST: u64 = 1 << 30;
/// Name of the folder inside an archive.
const FOLDER: &str = "sessions";

/// Writer of an archive.
pub struct ArchiveWriter<W: Write>(Builder<GzEncoder<W>>, usize);

impl<W: Write> ArchiveWriter<W> {
    /// An archive that is written to `out`.
    pub fn new(out: W) -> Self {
        let gzip = GzEncoder::new(out, Compression::default());
        Self(Builder::new(gzip), 0)
    }

    /// Adds a file.
    ///
    /// # Errors
    /// When there are too many, or the archive cannot be written.
    pub fn add(&mut self, name: &str, text: &str, changed: SystemTime) -> Result<()> {
        self.1 += 1;
        if self.1 > MOST {
            return Err(Error::failed(format!(
                "an archive holds at most {MOST} files; there are more"
            )));
        }
        let mut header = Header::new_ustar();
        let age = changed.duration_since(SystemTime::UNIX_EPOCH);
        header.set_mtime(age.unwrap_or_default().as_secs());
        header.set_mode(0o600);
        header.set_size(text.len() as u64);
        self.0
            .append_data(&mut header, format!("{FOLDER}/{name}"), text.as_bytes())
            .map_err(cannot_make)
    }

    /// Finishes the archive and returns what it was written to.
    ///
    /// # Errors
    /// When the last bytes cannot be written.
    pub fn finish(self) -> Result<W> {
        let gzip = self.0.into_inner().map_err(cannot_make)?;
        gzip.finish().map_err(cannot_make)
    }
}

fn cannot_make(source: io::Error) -> Error {
    Error::io("cannot make the archive", source)
}

/// One member of an archive.
#[derive(Debug)]
pub struct ArchiveMember {
    /// Its name as the archive states it.
    pub name: String,
    /// Its modification time as the archive states it.
    pub changed: SystemTime,
    /// Its text, or why it is refused.
    pub text: std::result::Result<String, String>,
}

/// The content of what is no plain file, as a pipe or `-` for standard input, in a temporary file; none of a plain
/// file. `name` is what messages call it.
///
/// # Errors
/// When it cannot be read, is over the bounds, or there is no room for it.
pub fn spooled(path: &Path, name: &str) -> Result<Option<NamedTempFile>> {
    let cannot = |source| Error::io(format!("cannot read {name}"), source);
    let input: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin())
    } else {
        let file = std::fs::File::open(path).map_err(cannot)?;
        let data = file.metadata().map_err(cannot)?;
        if data.is_file() || data.is_dir() {
            return Ok(None);
        }
        Box::new(file)
    };
    let mut spooled = NamedTempFile::new().map_err(cannot)?;
    io::copy(&mut BoundedReader(input, ROOMIEST), &mut spooled).map_err(cannot)?;
    Ok(Some(spooled))
}

/// Where an archive is read from, as often as it is needed.
#[derive(Clone, Copy, Debug)]
pub struct ArchiveSource<'a> {
    /// The file.
    pub path: &'a Path,
    /// What messages call it: what is read from a pipe is kept in a file that nobody knows.
    pub name: &'a str,
    /// What it holds, where it was encrypted.
    pub decrypted: Option<&'a [u8]>,
}

/// Calls `take` for every member of an archive, in order. A file that is no archive counts as one
/// answer file.
///
/// # Errors
/// When the file cannot be read to its end, or is over the bounds; or the error of `take`.
pub fn read(
    source: ArchiveSource<'_>,
    take: impl FnMut(ArchiveMember) -> Result<()>,
) -> Result<()> {
    let name = source.name;
    let cannot = |source| Error::io(format!("cannot read {name}"), source);
    let opened = std::fs::File::open(source.path).map_err(cannot)?;
    let data = opened.metadata().map_err(cannot)?;
    let changed = data.modified().unwrap_or(SystemTime::now());
    match source.decrypted {
        Some(bytes) => members((name, changed, bytes.len() as u64), bytes, take),
        None => members(
            (name, changed, data.len()),
            io::BufReader::new(opened),
            take,
        ),
    }
}

/// Calls `take` for every member of an archive that is read from `file`, in order; its name, when it was
/// changed and its size are for messages and for what is no archive.
///
/// # Errors
/// As [`read`].
pub fn members(
    (name, changed, size): (&str, SystemTime, u64),
    mut file: impl io::BufRead,
    mut take: impl FnMut(ArchiveMember) -> Result<()>,
) -> Result<()> {
    let cannot = |source| Error::io(format!("cannot read {name}"), source);
    if !file.fill_buf().map_err(cannot)?.starts_with(&[0x1f, 0x8b]) {
        return take(ArchiveMember {
            name: name.to_owned(),
            changed,
            text: text_of(&mut file, size),
        });
    }
    let mut archive = Archive::new(BoundedReader(MultiGzDecoder::new(file), ROOMIEST));
    // raw: long names and other extensions are members like any other, and none is needed here
    for (n, entry) in archive.entries().map_err(cannot)?.raw(true).enumerate() {
        if n == MOST {
            return Err(over(name));
        }
        let mut entry = entry.map_err(cannot)?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let kind = entry.header().entry_type();
        if kind == EntryType::Directory {
            continue;
        }
        let changed = moment(entry.header().mtime().unwrap_or(0));
        let size = entry.size();
        let text = if kind != EntryType::Regular {
            Err("it is no plain file".to_owned())
        } else if !is_within(&name) {
            Err("its name would lead out of the folder".to_owned())
        } else {
            text_of(&mut entry, size)
        };
        take(ArchiveMember {
            name,
            changed,
            text,
        })?;
    }
    // to the end, where the checksum stands
    let mut rest = archive.into_inner();
    io::copy(&mut rest, &mut io::sink()).map_err(cannot)?;
    Ok(())
}

/// The moment so many seconds after 1970, at most the last that can be written as a date: not every system can hold
/// what an archive may state.
fn moment(seconds: u64) -> SystemTime {
    let last = u64::try_from(Timestamp::MAX.as_second()).unwrap_or_default();
    let moment = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds.min(last)));
    moment.unwrap_or(SystemTime::UNIX_EPOCH)
}

/// Reader that fails after a maximum number of bytes, instead of ending early without an error.
struct BoundedReader<R>(R, u64);

impl<R: Read> Read for BoundedReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(buffer)?;
        self.1 = self.1.checked_sub(read as u64).ok_or_else(|| {
            io::Error::other(format!(
                "it holds over {ROOMIEST} bytes; no archive of sessions does"
            ))
        })?;
        Ok(read)
    }
}

fn over(name: &str) -> Error {
    Error::failed(format!(
        "{name} holds over {MOST} files; no archive of sessions does"
    ))
}

/// Whether a member's path stays within the folder it is unpacked to.
fn is_within(name: &str) -> bool {
    let leads = |c: char| c == '/' || c == '\\';
    !name.starts_with(leads) && !name.contains(':') && name.split(leads).all(|part| part != "..")
}

fn text_of(reader: &mut impl Read, size: u64) -> std::result::Result<String, String> {
    if size > LARGEST {
        return Err(format!(
            "it has {size} bytes; an answer file has at most {LARGEST}"
        ));
    }
    let mut bytes = Vec::new();
    let read = reader.take(LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(|e| e.to_string())?;
    if bytes.len() as u64 != size {
        return Err("it is cut short".to_owned());
    }
    String::from_utf8(bytes).map_err(|_| "it is no UTF-8 text".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{ArchiveSource, ArchiveWriter, moment, read};
    use jiff::Timestamp;
    use std::time::{Duration, SystemTime};

    #[test]
    fn every_date_of_an_archive_can_be_held_and_shown() {
        for seconds in [0, 1, 1 << 33, 1 << 38, 1 << 40, 1 << 63, u64::MAX] {
            let moment = moment(seconds);
            let shown = Timestamp::try_from(moment).expect("it is a date");
            let last = Timestamp::MAX.as_second();
            let wanted = i64::try_from(seconds).unwrap_or(last).min(last);
            assert_eq!(shown.as_second(), wanted, "{seconds}");
        }
    }

    #[test]
    fn a_date_that_no_system_holds_is_the_last_one() {
        let mut header = tar::Header::new_ustar();
        header.set_mtime(1 << 40);
        header.set_size(0);
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("late.tar.gz");
        let mut writer = ArchiveWriter::new(std::fs::File::create(&path).expect("made"));
        let added = writer
            .0
            .append_data(&mut header, "sessions/a.toml", &b""[..]);
        added.expect("added");
        writer.finish().expect("written");
        let mut dates = Vec::new();
        let source = ArchiveSource {
            path: &path,
            name: "late.tar.gz",
            decrypted: None,
        };
        let all = read(source, |member| {
            dates.push(member.changed);
            Ok(())
        });
        all.expect("read");
        let last = SystemTime::UNIX_EPOCH + Duration::from_secs(253_402_207_200);
        assert_eq!(dates, [last]);
    }
}
