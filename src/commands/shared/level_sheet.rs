//! Level sheet: a table in which people who do the work of a role rate what it asks for.

use crate::commands::shared::global_args::write_text;
use crate::error::Result;
use rolescope_core::write::csv_cell;
use rolescope_core::{Pack, Role};
use std::path::Path;

/// Writes the sheet of a role. What the pack states is not on it: whoever sees a level does not judge it afresh.
///
/// # Errors
/// When the output fails.
pub(crate) fn write(pack: &Pack, role: &Role, path: Option<&Path>) -> Result<()> {
    let mut out = b"role,rater,item,rating,question,lowest,highest\n".to_vec();
    let mut row = |item: &str, cells: [String; 3]| {
        out.extend_from_slice(format!("{},,{item},,", role.id()).as_bytes());
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            csv_cell(&mut out, cell);
        }
        out.push(b'\n');
    };
    for t in pack.traits() {
        let question = pack.phrase("sheet-trait").text("trait", t.name());
        let lowest = pack.phrase("sheet-lowest").text("low", t.low());
        let highest = pack.phrase("sheet-highest").text("high", t.high());
        row(
            t.id(),
            [question, lowest, highest].map(|text| text.to_string()),
        );
    }
    for &q in pack.conditions() {
        let condition = &pack.questions()[q];
        let question = pack
            .phrase("sheet-condition")
            .text("condition", condition.text());
        let [never, always] = ["sheet-never", "sheet-always"].map(|id| pack.phrase(id));
        row(
            condition.id(),
            [question, never, always].map(|text| text.to_string()),
        );
    }
    write_text(&String::from_utf8(out).unwrap_or_default(), path)
}
