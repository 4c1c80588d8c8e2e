//! Every way that answers come in.

pub mod csv;
pub mod decompress;
pub mod feed;
pub mod format;
pub mod header;
pub mod json;
pub mod json_diff;
pub mod ledger;
pub mod ndjson;
pub mod people;
pub mod quoting;
pub mod ratings;
pub mod record_splitter;
pub mod results;
pub mod row;
pub mod row_cells;
#[cfg(test)]
mod splitter_properties;
pub mod tasks;
