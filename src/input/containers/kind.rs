//! Kinds of files by their first bytes: those that are read, and those that are only named.

/// What the first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A ZIP archive, which a workbook is too.
    Zip,
    /// What the older office programs write: perhaps a workbook.
    Compound,
    /// Something that is not read, in words, and what to do.
    Other(&'static str, &'static str),
    /// Anything else: text, it is hoped.
    Text,
}

const TABLE: &str = "save the table as CSV (UTF-8) or XLSX";
const UNPACK: &str = "unpack it and give the table within";
const EXPORT: &str = "have the program that wrote it export CSV";
const DATA: &str = "write the table as CSV or NDJSON: DataFrame.to_csv(...), write.csv(...)";
const PICTURE: &str = "answers cannot be read from a picture";
const UTF_8: &str = "save it as \"CSV UTF-8\"";

/// First bytes that are known, what has them, and what to do.
const KNOWN: &[(&[u8], &str, &str)] = &[
    (
        b"\xFD7zXZ\0",
        "a file compressed by xz",
        "unpack it: xz -dc FILE | rolescope score -",
    ),
    (
        b"BZh",
        "a file compressed by bzip2",
        "unpack it: bzip2 -dc FILE | rolescope score -",
    ),
    (
        b"\x04\x22\x4D\x18",
        "a file compressed by lz4",
        "unpack it: lz4 -dc FILE | rolescope score -",
    ),
    (
        b"LZIP",
        "a file compressed by lzip",
        "unpack it: lzip -dc FILE | rolescope score -",
    ),
    (
        b"\x1F\x9D",
        "a file compressed by compress",
        "unpack it: uncompress -c FILE | rolescope score -",
    ),
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive", UNPACK),
    (b"Rar!\x1A\x07", "a RAR archive", UNPACK),
    (b"!<arch>\n", "an ar archive", UNPACK),
    (
        b"%PDF-",
        "a PDF document",
        "a table cannot be read from it: have the form export CSV or XLSX",
    ),
    (b"PAR1", "a Parquet file", DATA),
    (b"ARROW1", "an Arrow file", DATA),
    (b"FEA1", "a Feather file", DATA),
    (b"ORC", "an ORC file", DATA),
    (b"Obj\x01", "an Avro file", DATA),
    (b"\x89HDF\r\n\x1A\n", "an HDF5 file", DATA),
    (b"\x93NUMPY", "a NumPy array", DATA),
    (b"RDX2\n", "an R workspace", DATA),
    (b"RDX3\n", "an R workspace", DATA),
    (b"X\n\0\0\0", "an R object", DATA),
    (
        b"SQLite format 3\0",
        "an SQLite database",
        "export its table as CSV: sqlite3 -header -csv FILE 'select * from ...'",
    ),
    (b"$FL2", "an SPSS file", EXPORT),
    (b"$FL3", "an SPSS file", EXPORT),
    (b"<stata_dta>", "a Stata file", EXPORT),
    (b"{\\rtf", "an RTF document", TABLE),
    (b"\x89PNG\r\n\x1A\n", "a PNG picture", PICTURE),
    (b"\xFF\xD8\xFF", "a JPEG picture", PICTURE),
    (b"GIF8", "a GIF picture", PICTURE),
    (b"\x7FELF", "a program", "give a file of answers"),
    (b"\x80\x04\x95", "a Python pickle", DATA),
    (b"\x80\x05\x95", "a Python pickle", DATA),
    (b"\0\0\xFE\xFF", "text in UTF-32", UTF_8),
    (b"\xFF\xFE\0\0", "text in UTF-32", UTF_8),
];

/// Starts of texts that hold no table, in small letters.
const MARKUP: &[(&[u8], &str)] = &[
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
    (b"<table", "a table of a web page"),
];

/// What bytes are, of which there are some hundreds or all.
#[must_use]
pub(crate) fn kind(start: &[u8]) -> Kind {
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        return Kind::Zip;
    }
    if start.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Kind::Compound;
    }
    if start.get(257..262) == Some(b"ustar") {
        return Kind::Other(
            "a tar archive",
            "unpack it and give the table within; sessions come back by `rolescope session import`",
        );
    }
    if let Some((_, what, advice)) = KNOWN.iter().find(|(magic, ..)| start.starts_with(magic)) {
        return Kind::Other(what, advice);
    }
    let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let head: Vec<u8> = text
        .trim_ascii_start()
        .iter()
        .take(16)
        .map(u8::to_ascii_lowercase)
        .collect();
    match MARKUP.iter().find(|(magic, _)| head.starts_with(magic)) {
        Some((_, what)) => Kind::Other(what, TABLE),
        None => Kind::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind};

    #[test]
    fn kinds_are_told_by_their_bytes() {
        assert_eq!(kind(b"id,helping-1\n"), Kind::Text);
        assert_eq!(kind(b""), Kind::Text);
        assert_eq!(kind(b"PK\x03\x04..."), Kind::Zip);
        assert_eq!(kind(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), Kind::Compound);
        let mut tar = vec![0; 512];
        tar[257..262].copy_from_slice(b"ustar");
        for (start, what) in [
            (&tar[..], "a tar archive"),
            (b"\xFD7zXZ\0...", "a file compressed by xz"),
            (b"%PDF-1.7", "a PDF document"),
            (b"PAR1....", "a Parquet file"),
            (b"\xEF\xBB\xBF <!DOCTYPE html>", "a web page"),
        ] {
            assert!(
                matches!(kind(start), Kind::Other(found, _) if found == what),
                "{what}"
            );
        }
    }
}
