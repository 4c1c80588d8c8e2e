//! Writers: documents as text, Markdown and HTML; records as CSV and NDJSON.

pub(crate) mod analysis_csv;
pub(crate) mod analysis_json;
pub(crate) mod answers;
pub(crate) mod columns;
pub(crate) mod digits;
pub(crate) mod document;
pub(crate) mod group_csv;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod markup;
pub(crate) mod padded_key;
pub(crate) mod plot;
pub(crate) mod receipt;
pub(crate) mod records;
pub(crate) mod result_row;
pub(crate) mod rich_text;
pub(crate) mod sparkline;
pub(crate) mod svg;
pub(crate) mod terminal_text;
pub(crate) mod text;
pub(crate) mod wording;
#[cfg(test)]
mod writer_tests;

use crate::write::document::Document;
use crate::write::terminal_text::TextStyle;

/// How a page for people is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageFormat {
    /// Text for a terminal.
    #[default]
    Text,
    /// Markdown, with the tables of GitHub.
    Markdown,
    /// One HTML file, to read on a screen or print on A4.
    Html,
}

/// A page in a format. The style is that of text; the other formats have their own.
#[must_use]
pub fn page(document: &Document, format: PageFormat, style: TextStyle) -> String {
    match format {
        PageFormat::Text => text::page(document, style),
        PageFormat::Markdown => markdown::page(document),
        PageFormat::Html => html::page(document),
    }
}
