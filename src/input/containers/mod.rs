//! What answers come in: told by its first bytes, not by its name.

mod book_parts;
mod compound_file;
pub(crate) mod encoding;
pub(crate) mod framed;
pub(crate) mod kind;
mod ods_size;
mod shared_texts;
mod sst_lengths;
mod style_size;
pub(crate) mod workbook;
mod xls_records;
mod xls_size;
pub(crate) mod zip_entry;
