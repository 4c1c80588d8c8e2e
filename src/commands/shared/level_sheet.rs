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
    let mut row = |item: &str, question: &str, lowest: &str, highest: &str| {
        out.extend_from_slice(format!("{},,{item},,", role.id()).as_bytes());
        for (at, cell) in [question, lowest, highest].iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            csv_cell(&mut out, cell);
        }
        out.push(b'\n');
    };
    for t in pack.traits() {
        let question = format!(
            "{}: how much of it does this work ask for, beside the other roles?",
            t.name()
        );
        let lowest = format!("0: the least of all ({})", t.low());
        let highest = format!("10: the most of all ({})", t.high());
        row(t.id(), &question, &lowest, &highest);
    }
    for &q in pack.conditions() {
        let condition = &pack.questions()[q];
        let question = format!("{}: how often does this work have it?", condition.text());
        row(
            condition.id(),
            &question,
            "0: never",
            "3: all the time (1 seldom, 2 regularly)",
        );
    }
    write_text(&String::from_utf8(out).unwrap_or_default(), path)
}
