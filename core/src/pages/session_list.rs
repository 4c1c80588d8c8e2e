//! Many sessions: lines for people, records for programs.

use crate::write::columns::width;
use crate::write::records::csv_cell;
use crate::write::terminal_text::{TextPage, TextStyle, cell, inert};
use crate::write::wording::count;
use serde::Serialize;

/// Widest column of labels.
const WIDEST: usize = 24;

/// One session.
#[derive(Clone, Debug, Serialize)]
pub struct SessionRow {
    /// Who; of a damaged file, its name.
    pub label: String,
    /// clear, unclear, insufficient, unfinished or damaged.
    pub state: &'static str,
    /// Questions that are answered.
    pub answered: usize,
    /// Questions that are asked.
    pub questions: usize,
    /// When it was last changed, in local time.
    pub changed: String,
    /// The same to sort by: nanoseconds since 1970 began (UTC), negative before.
    #[serde(skip)]
    pub changed_at: i128,
    /// Id of the role that comes first.
    pub first_role: Option<String>,
    /// Its name.
    #[serde(skip)]
    pub first_name: Option<String>,
    /// How many notes there are.
    pub notes: usize,
    /// The file.
    pub file: String,
    /// Why a damaged file cannot be read.
    pub problem: Option<String>,
}

/// The sessions in lines, damaged files and their reasons after them.
#[must_use]
pub fn text(rows: &[SessionRow], look: TextStyle) -> String {
    let mut page = TextPage::new(look);
    let (bad, good): (Vec<&SessionRow>, Vec<&SessionRow>) =
        rows.iter().partition(|row| row.problem.is_some());
    if !good.is_empty() {
        let widths = good.iter().map(|r| width(&inert(&r.label)));
        let label = widths.max().unwrap_or(0).clamp(5, WIDEST);
        // state, progress, day and the gaps take 38 columns
        let role = look.columns().saturating_sub(label + 38).max(10);
        let line = |cells: [&str; 5]| {
            let [who, state, progress, changed, first] = cells;
            let cells = [
                cell(&inert(who), label, look.ascii),
                cell(state, 12, look.ascii),
                cell(progress, 8, look.ascii),
                cell(changed, 10, look.ascii),
                cell(&inert(first), role, look.ascii),
            ];
            cells.join("  ")
        };
        page.line(&look.bold(line(["label", "state", "answered", "changed", "first role"]).trim()));
        for row in &good {
            page.line(&line([
                &row.label,
                row.state,
                &format!("{:>2} of {}", row.answered, row.questions),
                row.changed.get(..10).unwrap_or_default(),
                row.first_name.as_deref().unwrap_or_default(),
            ]));
        }
        page.gap();
        page.line(&count(good.len(), "session", "sessions"));
    }
    if !bad.is_empty() {
        page.heading("Set apart: cannot be read, and left as they are");
        for row in bad {
            let problem = row.problem.as_deref().unwrap_or_default();
            page.item(0, &format!("{}: {}", inert(&row.file), inert(problem)));
        }
    }
    page.finish()
}

/// The sessions as a table for programs.
#[must_use]
pub fn csv(rows: &[SessionRow]) -> String {
    let mut out =
        b"label,state,answered,questions,changed,first_role,notes,file,problem\n".to_vec();
    for row in rows {
        for (n, text) in [
            row.label.as_str(),
            row.state,
            &row.answered.to_string(),
            &row.questions.to_string(),
            &row.changed,
            row.first_role.as_deref().unwrap_or_default(),
            &row.notes.to_string(),
            &row.file,
            row.problem.as_deref().unwrap_or_default(),
        ]
        .into_iter()
        .enumerate()
        {
            if n > 0 {
                out.push(b',');
            }
            csv_cell(&mut out, text);
        }
        out.push(b'\n');
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The sessions as one JSON array.
#[must_use]
pub fn json(rows: &[SessionRow]) -> String {
    serde_json::to_string_pretty(rows).unwrap_or_default() + "\n"
}
