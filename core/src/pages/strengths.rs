//! What stands out for a person.

use crate::results::report::Report;
use crate::write::document::Block;

/// Nothing yet.
pub(crate) fn strengths(_: &Report<'_>) -> Vec<Block> {
    Vec::new()
}
