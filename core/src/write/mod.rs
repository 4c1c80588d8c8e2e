//! Writers: documents as text, Markdown and HTML; records as CSV and NDJSON.

pub mod analysis_csv;
pub mod analysis_json;
pub mod answers;
pub mod digits;
pub mod document;
pub mod group_csv;
pub mod html;
pub mod markdown;
pub mod markup;
pub mod padded_key;
pub mod plot;
pub mod receipt;
pub mod records;
pub mod result_row;
pub(crate) mod rich_text;
pub mod sparkline;
pub mod svg;
pub mod terminal_text;
pub mod text;
pub mod wording;
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
