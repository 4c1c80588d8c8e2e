//! Writers: documents as text, Markdown and HTML; records as CSV and NDJSON.
//!
//! A [`Document`] writes itself in each [`PageFormat`]. [`RecordWriter`] writes results of people as rows
//! of CSV, lines of JSON or lines for people, [`AnswerWriter`] adds their answers; [`csv_cell`] keeps text of strangers from
//! being read as a formula. [`TextStyle`] and [`TextPage`] lay out text for a terminal.

pub(crate) mod analysis_csv;
pub(crate) mod analysis_json;
mod answer_code;
pub(crate) mod answer_file;
pub(crate) mod answers;
pub(crate) mod columns;
pub(crate) mod digits;
pub(crate) mod document;
mod facts_json;
pub(crate) mod html;
pub(crate) mod letterhead;
pub(crate) mod map;
pub(crate) mod map_svg;
pub(crate) mod map_text;
pub(crate) mod markdown;
pub(crate) mod markup;
pub(crate) mod padded_key;
pub(crate) mod padded_output;
pub(crate) mod plot;
pub(crate) mod receipt;
pub(crate) mod records;
pub(crate) mod result_row;
pub(crate) mod rich_text;
pub(crate) mod row_words;
pub(crate) mod sparkline;
pub(crate) mod svg;
pub(crate) mod terminal_text;
pub(crate) mod text;
pub(crate) mod wording;
#[cfg(test)]
mod writer_tests;

pub use answer_file::AnswerFile;
pub use answers::AnswerWriter;
pub use document::Document;
pub use records::{CarriedField, RecordWriter, csv_cell};
pub use terminal_text::{TextPage, TextStyle};
pub use wording::count;

/// How a page for people is written.
///
/// [`Document::to_format`] takes it.
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

impl Document {
    /// A page in a format. The style is that of text; the other formats have their own.
    #[must_use]
    pub fn to_format(&self, format: PageFormat, style: TextStyle) -> String {
        match format {
            PageFormat::Text => self.to_text(style),
            PageFormat::Markdown => self.to_markdown(),
            PageFormat::Html => self.to_html(),
        }
    }

    /// The page as text for a terminal, or for any place where all characters have one width.
    #[must_use]
    pub fn to_text(&self, style: TextStyle) -> String {
        text::page(self, style)
    }

    /// The page as Markdown, with the tables of GitHub.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        markdown::page(self)
    }

    /// The page as one HTML file, to read on a screen or print on A4.
    #[must_use]
    pub fn to_html(&self) -> String {
        html::page(self)
    }

    /// The page as one of many in an HTML file for one print job: each begins on the front of a new sheet, so
    /// that paper printed on both sides holds one person only. `number` counts from 1; the first begins the
    /// file, which has a title, and [`Document::SHEETS_END`] ends it.
    ///
    /// ```
    /// # use rolescope_core::{Pack, SourceFile};
    /// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
    /// use rolescope_core::write::Document;
    ///
    /// let pages = pack.roles().iter().map(|role| role.page(&pack));
    /// let sheets = (1..).zip(pages).map(|(n, page)| page.to_html_sheet(n, "Both roles"));
    /// let file = sheets.collect::<String>() + Document::SHEETS_END;
    /// assert_eq!(file.matches("<article").count(), 2);
    /// ```
    #[must_use]
    pub fn to_html_sheet(&self, number: usize, title: &str) -> String {
        html::sheet(self, number, title)
    }

    /// What ends an HTML file of many pages.
    pub const SHEETS_END: &str = html::END;
}
