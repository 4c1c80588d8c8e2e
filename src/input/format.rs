//! How an input is written: as it is told, by its name, or by its first bytes.

use crate::input::code_shape::holds_codes;
use std::path::Path;

/// How an input is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputFormat {
    /// Cells between commas, or semicolons.
    Csv,
    /// Cells between tabs.
    Tsv,
    /// A JSON object a line.
    Ndjson,
    /// One person's answer file.
    Toml,
    /// An answer code a line.
    Codes,
}

impl InputFormat {
    /// The word for it.
    ///
    /// # Errors
    /// What may be written.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text {
            "csv" => Ok(Self::Csv),
            "tsv" => Ok(Self::Tsv),
            "ndjson" => Ok(Self::Ndjson),
            "toml" => Ok(Self::Toml),
            "codes" => Ok(Self::Codes),
            _ => Err("csv, tsv, ndjson, toml or codes".to_owned()),
        }
    }

    /// The format that a name states, `.gz` and `.zst` left out.
    pub(crate) fn by_name(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "gz" | "zst" | "zstd" => Self::by_name(Path::new(path.file_stem()?)),
            "csv" => Some(Self::Csv),
            "tsv" => Some(Self::Tsv),
            "ndjson" | "jsonl" => Some(Self::Ndjson),
            "toml" => Some(Self::Toml),
            _ => None,
        }
    }

    /// Whether a file of a folder is one of answers, by its name.
    pub(crate) fn in_folder(path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        !name.starts_with('.') && Self::by_name(path).is_some()
    }

    /// The format that the first bytes have; a name only helps where they may be several.
    pub(crate) fn of(start: &[u8], by_name: Option<Self>) -> Self {
        let first = start.trim_ascii_start();
        let array = first.strip_prefix(b"[").map(<[u8]>::trim_ascii_start);
        let objects = |line: &[u8]| line.trim_ascii_start().starts_with(b"{");
        if objects(first) || array.is_some_and(|rest| matches!(rest, [b'{' | b']', ..])) {
            Self::Ndjson
        } else if first.starts_with(b"format = ") || first.starts_with(b"format=") {
            Self::Toml
        } else if holds_codes(first) {
            Self::Codes
        } else {
            match by_name {
                Some(Self::Toml) => Self::Toml,
                Some(Self::Ndjson) if first.split(|b| *b == b'\n').take(20).any(objects) => {
                    Self::Ndjson
                }
                // a delimiter is told from the header, whatever the name says
                _ => Self::Csv,
            }
        }
    }
}
