//! The formats that a command writes: pages for people, records for programs. Each command's help
//! offers those that work with it and no other.

use crate::commands::shared::answer_session::word;
use crate::commands::shared::global_args::{GlobalArgs, write_text};
use crate::error::Result;
use crate::storage::atomic_write::output_file;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use rolescope_core::write::{Document, PageFormat};
use std::path::{Path, PathBuf};

/// How records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordFormat {
    /// A table with a header.
    Csv,
    /// A JSON object a line.
    Ndjson,
    /// One JSON value.
    Json,
}

/// A page for people or records for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputFormat {
    /// A page.
    Page(PageFormat),
    /// Records.
    Records(RecordFormat),
}

impl Default for OutputFormat {
    fn default() -> Self {
        Self::Page(PageFormat::Text)
    }
}

/// The formats of pages: what is typed, what it is, which one.
const PAGES: [(&str, &str, PageFormat); 3] = [
    ("text", "Text for a terminal", PageFormat::Text),
    ("markdown", "Markdown", PageFormat::Markdown),
    (
        "html",
        "One HTML file, to read on a screen or print on A4",
        PageFormat::Html,
    ),
];

impl RecordFormat {
    const fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
            Self::Json => "json",
        }
    }

    const fn help(self) -> &'static str {
        match self {
            Self::Csv => "A table for programs",
            Self::Ndjson => "A JSON object a line",
            Self::Json => "One JSON value",
        }
    }
}

/// What is typed for each format of pages.
pub(crate) fn page_values() -> impl Iterator<Item = PossibleValue> {
    PAGES
        .map(|(word, help, _)| PossibleValue::new(word).help(help))
        .into_iter()
}

/// The format of pages that a word means.
pub(crate) fn page_format(typed: &str) -> Option<PageFormat> {
    let found = PAGES.iter().find(|(word, ..)| *word == typed);
    found.map(|(_, _, format)| *format)
}

/// Takes the formats of pages.
pub(crate) fn pages() -> impl TypedValueParser<Value = PageFormat> {
    let values: Vec<PossibleValue> = page_values().collect();
    PossibleValuesParser::new(values).map(|typed| page_format(&typed).unwrap_or_default())
}

/// Takes the formats of pages and some of records.
pub(crate) fn pages_or(
    records: &'static [RecordFormat],
) -> impl TypedValueParser<Value = OutputFormat> {
    let values = records.iter();
    let values = values.map(|format| PossibleValue::new(format.word()).help(format.help()));
    let values: Vec<PossibleValue> = page_values().chain(values).collect();
    PossibleValuesParser::new(values).map(|typed| {
        let record = records.iter().find(|format| format.word() == typed);
        record.map_or_else(
            || OutputFormat::Page(page_format(&typed).unwrap_or_default()),
            |format| OutputFormat::Records(*format),
        )
    })
}

/// How a page is written, and where.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct PageOutput {
    /// How to write it
    #[arg(short, long, default_value = "text", value_parser = pages())]
    pub format: PageFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl PageOutput {
    /// Writes a page.
    ///
    /// # Errors
    /// When the output fails.
    pub(crate) fn write(&self, settings: &GlobalArgs, document: &Document) -> Result<()> {
        write_page(settings, document, self.format, self.output.as_deref())
    }
}

/// Writes a page to standard output or to a file.
///
/// # Errors
/// When the output fails.
pub(crate) fn write_page(
    settings: &GlobalArgs,
    document: &Document,
    format: PageFormat,
    path: Option<&Path>,
) -> Result<()> {
    let look = settings.look_for(path);
    write_text(&document.to_format(format, look), path)?;
    if let Some(path) = output_file(path).filter(|_| format == PageFormat::Html) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let file = word(&path.display().to_string());
        let open = if cfg!(target_os = "macos") {
            "open"
        } else if cfg!(windows) {
            // as the command shell and PowerShell both know it
            "explorer"
        } else {
            "xdg-open"
        };
        settings.remark(&format!(
            "The page is in {}. Open it with a web browser: {open} {file}",
            path.display()
        ));
    }
    Ok(())
}
