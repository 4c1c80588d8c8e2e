//! What can be typed about how answers are read, the same for every command that reads them.

use crate::error::{Error, Result};
use crate::input::codes::CodeRange;
use crate::input::containers::encoding;
use crate::input::format::InputFormat;
use crate::input::mapping::{ColumnSource, InputOptions, Layout, Mapping};
use clap::ValueHint;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use rolescope_core::{AnswerFormat, Pack};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// How answers are read.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "How answers are read")]
pub struct InputArgs {
    /// Read as this map says, which `rolescope read --write-map` writes
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "exact")]
    pub map: Option<PathBuf>,
    /// The column that says who
    #[arg(long, value_name = "COL")]
    pub id: Option<String>,
    /// What else says that a question was not answered, such as -9,999
    #[arg(
        long,
        value_name = "TEXT,...",
        value_delimiter = ',',
        allow_hyphen_values = true,
        conflicts_with = "exact"
    )]
    pub missing: Vec<String>,
    /// Numbers of a scale that does not count from 1, such as 0..4 or 5..1
    #[arg(long, value_name = "A..B,...", value_delimiter = ',', value_parser = CodeRange::parse, allow_hyphen_values = true,
          conflicts_with = "exact")]
    pub codes: Vec<CodeRange>,
    /// How people and questions stand, where the first rows do not tell
    #[arg(long, conflicts_with = "exact", value_parser = PossibleValuesParser::new(Layout::ALL.map(Layout::word))
          .map(|word| Layout::of(&word).unwrap_or(Layout::Wide)))]
    pub layout: Option<Layout>,
    /// The sheet of a workbook [default: the first that holds questions]
    #[arg(long, value_name = "NAME", conflicts_with = "exact")]
    pub sheet: Option<String>,
    /// The encoding of text that is neither UTF-8 nor UTF-16 with its mark, such as windows-1252
    #[arg(long, value_name = "NAME", conflicts_with = "exact")]
    pub encoding: Option<String>,
    /// How the input is written, where its first bytes do not tell: csv, tsv, ndjson, toml or codes
    #[arg(long, value_name = "FORMAT", value_parser = InputFormat::parse)]
    pub input_format: Option<InputFormat>,
    /// Go on without the questions that have no column
    #[arg(long)]
    pub partial: bool,
    /// Read nothing but the program's own dialect: ids as header, numbers and letters as cells
    #[arg(long)]
    pub exact: bool,
}

impl InputArgs {
    /// What they come to, for a pack.
    ///
    /// # Errors
    /// When the map cannot be read, or codes fit no scale.
    pub(crate) fn options(&self, pack: &Pack) -> Result<InputOptions> {
        let mut map = self
            .map
            .as_deref()
            .map_or_else(|| Ok(Mapping::default()), |path| Mapping::load(path, pack))?;
        // what is typed goes over what the map says
        if self.id.is_some() {
            map.id.clone_from(&self.id);
        }
        if self.sheet.is_some() {
            map.sheet.clone_from(&self.sheet);
        }
        if self.encoding.is_some() {
            map.encoding.clone_from(&self.encoding);
        }
        map.layout = self.layout.or(map.layout);
        map.missing
            .extend(self.missing.iter().map(|text| text.trim().to_owned()));
        for codes in &self.codes {
            map.codes.retain(|other| other.size() != codes.size());
        }
        map.codes.extend(&self.codes);
        fitting(&map.codes, pack)?;
        let encoding = map.encoding.as_deref().map(encoding::named).transpose()?;
        Ok(InputOptions {
            exact: self.exact,
            partial: self.partial,
            format: self.input_format,
            encoding,
            counts: false,
            map,
            columns: if self.map.is_some() {
                ColumnSource::Map
            } else {
                ColumnSource::Header
            },
        })
    }
}

/// Holds that each range of codes is that of a scale, and no two are of one.
fn fitting(codes: &[CodeRange], pack: &Pack) -> Result<()> {
    let scales = pack
        .questions()
        .iter()
        .filter(|q| q.format() != AnswerFormat::Choice);
    let sizes: BTreeSet<u16> = scales.map(|q| u16::from(q.choices())).collect();
    for (n, range) in codes.iter().enumerate() {
        if !sizes.contains(&range.size()) {
            let sizes: Vec<String> = sizes.iter().map(u16::to_string).collect();
            return Err(Error::Usage(format!(
                "--codes {}: these are {} numbers, but the scales of this pack have {} answers",
                range.text(),
                range.size(),
                sizes.join(" or ")
            )));
        }
        if codes[..n].iter().any(|other| other.size() == range.size()) {
            return Err(Error::Usage(format!(
                "--codes: two ranges for scales of {} answers; give one",
                range.size()
            )));
        }
    }
    Ok(())
}
