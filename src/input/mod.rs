//! Every way that answers come in.

pub mod csv;
pub mod decompress;
pub mod format;
pub mod header;
pub mod input_log;
pub mod json;
pub mod json_diff;
pub mod ledger;
pub mod live;
pub mod ndjson;
pub mod open;
pub mod parallel;
pub mod people;
pub mod pump;
pub mod quoting;
pub mod ratings;
pub mod record_splitter;
pub mod results;
pub mod row;
pub mod row_cells;
