//! A ZIP archive that holds one file of answers.

use crate::error::{Error, Result};
use crate::input::fold::short;
use flate2::Crc;
use flate2::read::DeflateDecoder;
use std::io::{self, Cursor, Read, Take};
use zip::CompressionMethod;
use zip::ZipArchive;

/// An archive may have this many bytes: all of them are kept while its entry is read.
pub(crate) const LARGEST: u64 = 64 << 20;
/// Entries that an archive may have.
const ENTRIES: usize = 10_000;
/// Bytes that a workbook may have once it is unpacked, as it says itself.
const ROOMIEST: u64 = 1 << 30;

/// What an archive is.
pub(crate) enum ZipContent {
    /// A workbook.
    Workbook(Vec<u8>),
    /// One file, by its name, to be read from its bytes.
    Entry(String, Box<dyn Read + Send>),
}

/// Looks into an archive.
///
/// # Errors
/// When it is damaged, over the bounds, or holds none or several files of answers.
pub(crate) fn open(name: &str, bytes: Vec<u8>) -> Result<ZipContent> {
    let cannot = |source| {
        Error::failed(format!(
            "cannot read {name}: the ZIP archive is damaged ({source})"
        ))
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| cannot(e.to_string()))?;
    if archive.len() > ENTRIES {
        return Err(Error::failed(format!(
            "{name} holds {} entries, more than {ENTRIES}; give the file of answers itself",
            archive.len()
        )));
    }
    if archive.has_duplicate_names() {
        return Err(Error::failed(format!(
            "{name} holds two files of one name, of which only one can be read; give the file of answers itself"
        )));
    }
    let (mut names, mut size) = (Vec::new(), 0_u64);
    for at in 0..archive.len() {
        let entry = archive
            .by_index_raw(at)
            .map_err(|e| cannot(e.to_string()))?;
        size = size.saturating_add(entry.size());
        if entry.is_file() {
            let entry_name = String::from_utf8_lossy(entry.name_raw()).into_owned();
            names.push((at, entry_name));
        }
    }
    let has = |wanted: &str| {
        names
            .iter()
            .any(|(_, name)| name.eq_ignore_ascii_case(wanted))
    };
    let office = if has("xl/workbook.xml") || has("xl/workbook.bin") || has("content.xml") {
        None
    } else if has("word/document.xml") {
        Some("a Word document")
    } else if has("ppt/presentation.xml") {
        Some("a set of slides")
    } else if names
        .iter()
        .any(|(_, name)| (name.rsplit_once('.')).is_some_and(|(_, kind)| kind == "iwa"))
    {
        Some("a file of Apple's Numbers, Pages or Keynote")
    } else {
        let readable = |(_, name): &(usize, String)| {
            let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
            !file.starts_with('.') && !name.starts_with("__MACOSX/") && !file.is_empty()
        };
        names.retain(readable);
        return entry(name, archive, &names);
    };
    if let Some(what) = office {
        return Err(Error::failed(format!(
            "{name} is {what}; save its table as CSV (UTF-8) or XLSX"
        )));
    }
    if size > ROOMIEST {
        return Err(Error::failed(format!(
            "{name} is a workbook of {size} bytes once unpacked, more than {ROOMIEST}; save its sheet as CSV"
        )));
    }
    Ok(ZipContent::Workbook(archive.into_inner().into_inner()))
}

fn entry(
    name: &str,
    mut archive: ZipArchive<Cursor<Vec<u8>>>,
    names: &[(usize, String)],
) -> Result<ZipContent> {
    let [(at, entry_name)] = names else {
        let some: Vec<String> = names.iter().take(5).map(|(_, name)| short(name)).collect();
        let more = if names.len() > some.len() {
            ", ..."
        } else {
            ""
        };
        return Err(Error::failed(if names.is_empty() {
            format!("{name} is a ZIP archive without files")
        } else {
            format!(
                "{name} is a ZIP archive with {} files ({}{more}); one is read: take out the others, or \
                 unpack it and give the files, or their folder",
                names.len(),
                some.join(", ")
            )
        }));
    };
    let full = format!("{name}:{}", short(entry_name));
    let damaged = |e: zip::result::ZipError| {
        Error::failed(format!(
            "cannot read {full}: the ZIP archive is damaged ({e})"
        ))
    };
    let found = archive.by_index_raw(*at).map_err(damaged)?;
    if found.encrypted() {
        return Err(Error::failed(format!(
            "{full} is encrypted; unpack it with its password"
        )));
    }
    let (method, crc, size) = (found.compression(), found.crc32(), found.compressed_size());
    let start = found.data_start();
    drop(found);
    let mut bytes = archive.into_inner();
    let Some(start) = start else {
        return Err(Error::failed(format!(
            "cannot read {full}: the ZIP archive is damaged"
        )));
    };
    bytes.set_position(start);
    let packed = bytes.take(size);
    let reader = match method {
        CompressionMethod::Stored => EntryReader::new(full.clone(), Packed::Stored(packed), crc),
        CompressionMethod::Deflated => EntryReader::new(
            full.clone(),
            Packed::Deflated(DeflateDecoder::new(packed)),
            crc,
        ),
        other => {
            return Err(Error::failed(format!(
                "{full} is compressed by {other}, which is not read; unpack the archive, or make it with \
                 deflate, as `zip` does"
            )));
        }
    };
    Ok(ZipContent::Entry(full, Box::new(reader)))
}

enum Packed {
    Stored(Take<Cursor<Vec<u8>>>),
    Deflated(DeflateDecoder<Take<Cursor<Vec<u8>>>>),
}

/// An entry being unpacked, whose checksum is held at its end.
struct EntryReader {
    name: String,
    packed: Packed,
    stated: u32,
    found: Crc,
}

impl EntryReader {
    fn new(name: String, packed: Packed, stated: u32) -> Self {
        Self {
            name,
            packed,
            stated,
            found: Crc::new(),
        }
    }
}

impl Read for EntryReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.packed {
            Packed::Stored(bytes) => bytes.read(buffer)?,
            Packed::Deflated(bytes) => bytes.read(buffer)?,
        };
        self.found.update(&buffer[..read]);
        if read == 0 && !buffer.is_empty() && self.found.sum() != self.stated {
            return Err(io::Error::other(format!(
                "the checksum of {} does not fit its data: the archive is damaged",
                self.name
            )));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::{ZipContent, open};
    use std::io::{Cursor, Read as _, Write as _};
    use zip::CompressionMethod;
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn archive(files: &[(&str, &str)], method: CompressionMethod) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            let options = SimpleFileOptions::default().compression_method(method);
            zip.start_file(*name, options).expect("an entry");
            zip.write_all(text.as_bytes()).expect("written");
        }
        zip.finish().expect("an archive").into_inner()
    }

    #[test]
    fn one_file_is_read_and_its_checksum_held() {
        let text = "id,helping-1\na,4\n".repeat(100);
        for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
            let bytes = archive(
                &[("__MACOSX/._a.csv", "x"), ("a.csv", &text), (".hidden", "")],
                method,
            );
            let Ok(ZipContent::Entry(name, mut reader)) = open("c.zip", bytes.clone()) else {
                panic!("an entry");
            };
            assert_eq!(name, "c.zip:a.csv");
            let mut found = String::new();
            reader.read_to_string(&mut found).expect("read");
            assert_eq!(found, text);
            if method == CompressionMethod::Stored {
                let mut bytes = bytes;
                let at = bytes
                    .windows(4)
                    .position(|w| w == b"a,4\n")
                    .expect("stored");
                bytes[at + 2] = b'5';
                let Ok(ZipContent::Entry(_, mut reader)) = open("c.zip", bytes) else {
                    panic!("an entry");
                };
                let said = reader
                    .read_to_string(&mut found)
                    .expect_err("damaged")
                    .to_string();
                assert!(said.contains("checksum"), "{said}");
            }
        }
    }

    #[test]
    fn none_or_several_files_are_refused() {
        let said = |files: &[(&str, &str)]| match open(
            "c.zip",
            archive(files, CompressionMethod::Deflated),
        ) {
            Err(error) => error.to_string(),
            Ok(_) => panic!("read"),
        };
        assert!(said(&[]).contains("without files"));
        let two = said(&[("a.csv", ""), ("b.csv", "")]);
        assert!(
            two.contains("2 files (a.csv, b.csv)") && two.contains("one is read"),
            "{two}"
        );
        assert!(said(&[("word/document.xml", "")]).contains("a Word document"));
        assert!(open("c.zip", b"PK\x03\x04 and no more".to_vec()).is_err());
    }
}
