//! Writers: documents as text, Markdown and HTML; records as CSV and NDJSON.

pub(crate) mod analysis_csv;
pub(crate) mod analysis_json;
pub(crate) mod analysis_text;
pub(crate) mod answers;
pub(crate) mod columns;
pub(crate) mod digits;
pub(crate) mod document;
pub(crate) mod form_html;
pub(crate) mod form_markdown;
pub(crate) mod form_text;
pub(crate) mod group_csv;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod markup;
pub(crate) mod padded_key;
pub(crate) mod plot;
pub(crate) mod receipt;
pub(crate) mod records;
pub(crate) mod result_row;
pub(crate) mod sparkline;
pub(crate) mod svg;
pub(crate) mod terminal_text;
pub(crate) mod text;
pub(crate) mod wording;
