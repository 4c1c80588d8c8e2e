//! Writers: documents as text, Markdown and HTML; records as CSV and NDJSON.

pub mod analysis_csv;
pub mod analysis_json;
pub mod analysis_text;
pub mod answers;
pub mod digits;
pub mod document;
pub mod form_html;
pub mod form_markdown;
pub mod form_text;
pub mod group_csv;
pub mod html;
pub mod markdown;
pub mod markup;
pub mod padded_key;
pub mod plot;
pub mod receipt;
pub mod records;
pub mod result_row;
pub mod sparkline;
pub mod svg;
pub mod terminal_text;
pub mod text;
pub mod wording;
