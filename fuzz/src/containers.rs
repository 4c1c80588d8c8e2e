//! Files that hold others: compressed ones, archives, workbooks. What a fuzzer makes up is put into a
//! container that is whole, so that it comes behind the check sums.

use super::rows::inputs;
use flate2::write::GzEncoder;
use flate2::{Compression, Crc};
use rolescope::storage::archive::members;
use std::io::{Cursor, Write as _};
use std::time::SystemTime;

/// Byte that divides the parts of an input: it stands in no text.
const DIVIDES: u8 = 0xFF;

/// Compressed bytes, those of gzip or of zstd by the first byte.
pub fn packed(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let magic: &[u8] = if first % 2 == 0 {
        b"\x1F\x8B\x08"
    } else {
        b"\x28\xB5\x2F\xFD"
    };
    inputs(&[magic, rest].concat());
}

/// A ZIP archive.
pub fn zip(bytes: &[u8]) {
    inputs(&[b"PK\x03\x04", bytes].concat());
}

/// An archive of sessions: blocks of tar, whose check sums are made right.
pub fn archives(bytes: &[u8]) {
    let mut bytes = bytes.to_vec();
    let mut at = 0;
    while let Some(header) = bytes.get_mut(at..at + 512) {
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
        header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        let digits = std::str::from_utf8(&header[124..135]).unwrap_or_default();
        let size = usize::from_str_radix(digits.trim_matches(['\0', ' ']), 8).unwrap_or(0);
        at += 512 + size.min(1 << 20).next_multiple_of(512);
    }
    let mut gzip = GzEncoder::new(Vec::new(), Compression::none());
    gzip.write_all(&bytes).expect("memory can be written");
    let packed = gzip.finish().expect("memory can be written");
    let about = ("a.tar.gz", SystemTime::UNIX_EPOCH, packed.len() as u64);
    let read = members(about, Cursor::new(&packed), |member| {
        if member.text.is_ok() {
            let leads_out = |part: &str| part == "..";
            assert!(!member.name.starts_with(['/', '\\']), "{}", member.name);
            assert!(
                !member.name.split(['/', '\\']).any(leads_out),
                "{}",
                member.name
            );
        }
        Ok(())
    });
    if let Err(error) = read {
        assert!(!error.to_string().is_empty());
    }
}

/// A workbook, of which the parts are whatever they are: of an XLSX a sheet, the shared texts, the styles
/// and the list of sheets; of an ODS, whose input begins with `o`, its content.
pub fn workbooks(bytes: &[u8]) {
    let mut parts = bytes.split(|byte| *byte == DIVIDES);
    let mut part = |usual: &'static [u8]| {
        parts
            .next()
            .filter(|part| !part.is_empty())
            .unwrap_or(usual)
    };
    if let Some(content) = bytes.strip_prefix(b"o") {
        let kind = b"application/vnd.oasis.opendocument.spreadsheet";
        let files = [
            ("mimetype", &kind[..]),
            ("content.xml", content),
            ("META-INF/manifest.xml", MANIFEST),
        ];
        return inputs(&stored(&files));
    }
    let sheet = part(b"");
    let files = [
        ("_rels/.rels", BOOK_IS),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", part(b"<sst/>")),
        ("xl/styles.xml", part(b"<styleSheet/>")),
        ("xl/workbook.xml", part(BOOK)),
        ("xl/_rels/workbook.xml.rels", part(RELATIONS)),
    ];
    inputs(&stored(&files));
}

/// What an ODS says that it holds.
const MANIFEST: &[u8] = br#"<manifest:manifest xmlns:manifest="m"><manifest:file-entry manifest:full-path="/"/></manifest:manifest>"#;
/// Where an XLSX says that its list of sheets is.
const BOOK_IS: &[u8] = br#"<Relationships><Relationship Id="b" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
/// The list of sheets of a workbook.
const BOOK: &[u8] =
    br#"<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="s"/></sheets></workbook>"#;
/// Where its parts are.
const RELATIONS: &[u8] = br#"<Relationships><Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// A ZIP archive of files as they are, which is made quickly.
fn stored(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut all, mut list) = (Vec::new(), Vec::new());
    let size = |length: usize| u32::try_from(length).expect("a small file").to_le_bytes();
    for (name, bytes) in files {
        let mut crc = Crc::new();
        crc.update(bytes);
        let at = size(all.len());
        // version 2.0, no flags, stored, no date
        let head = [
            &[20, 0, 0, 0, 0, 0, 0, 0, 0, 0][..],
            &crc.sum().to_le_bytes(),
        ]
        .concat();
        let head = [
            &head[..],
            &size(bytes.len()),
            &size(bytes.len()),
            &size(name.len())[..2],
            &[0, 0],
        ]
        .concat();
        all.extend([b"PK\x03\x04", &head[..], name.as_bytes(), bytes].concat());
        list.extend(
            [
                b"PK\x01\x02\x14\x00",
                &head[..],
                &[0; 10],
                &at,
                name.as_bytes(),
            ]
            .concat(),
        );
    }
    let count = &size(files.len())[..2];
    let (at, length) = (size(all.len()), size(list.len()));
    all.extend(list);
    all.extend([b"PK\x05\x06\0\0\0\0", count, count, &length, &at, &[0, 0]].concat());
    all
}
