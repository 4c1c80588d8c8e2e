//! Many sessions: lines for people, records for programs.

use crate::write::document::{
    Block, ColumnKind, Document, Row, Table, column, items, minor_column, prose, words,
};
use crate::write::records::csv_cell;
use crate::write::wording::{count, short};
use serde::Serialize;

/// Characters of a label that a line shows.
const LONGEST: usize = 24;
/// Said at the foot of each printed page.
const FOOT: &str = "Whoever holds this holds who answered: keep it where the answers are kept.";

/// One session.
///
/// ```
/// use rolescope_core::pages::SessionRow;
///
/// let header = SessionRow::csv(&[]);
/// assert!(header.starts_with("label,state,answered,questions,changed,first_role,notes,file,problem,"));
/// assert_eq!(SessionRow::json(&[]), "[]\n");
/// ```
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
    /// Why a damaged file cannot be read, or what to do about files with the same label.
    pub problem: Option<String>,
    /// Its tags in a line: `class=12B, visit`.
    pub tags: String,
    /// The label of the person's first sitting, where this is another.
    pub first_sitting: Option<String>,
    /// The day of consent.
    pub consent: Option<String>,
}

/// The sessions in lines; after them the files of a label that has several, and damaged files with their reasons.
#[must_use]
pub(crate) fn page(rows: &[SessionRow]) -> Document {
    let (bad, good): (Vec<&SessionRow>, Vec<&SessionRow>) =
        rows.iter().partition(|row| row.state == "damaged");
    let mut doc = Document::new("sessions", "Sessions", FOOT);
    if !good.is_empty() {
        let tagged = good.iter().any(|row| !row.tags.is_empty());
        let line = |row: &&SessionRow| {
            let mut cells = vec![
                words(short(&row.label, LONGEST)),
                words(match copy(row) {
                    Some(_) => format!("{}, copy", row.state),
                    None => row.state.to_owned(),
                }),
                words(format!("{:>2} of {}", row.answered, row.questions)),
                words(row.changed.get(..10).unwrap_or_default()),
                words(row.first_name.as_deref().unwrap_or_default()),
            ];
            if tagged {
                cells.push(words(short(&row.tags, LONGEST)));
            }
            Row::of(cells)
        };
        let mut columns = vec![
            column("label", ColumnKind::Name),
            column("state", ColumnKind::Words),
            column("answered", ColumnKind::Words),
            column("changed", ColumnKind::Words),
            minor_column("first role", ColumnKind::Words),
        ];
        if tagged {
            columns.push(minor_column("tags", ColumnKind::Words));
        }
        doc.opening.push(Block::Table(Table {
            caption: String::new(),
            columns,
            rows: good.iter().map(line).collect(),
        }));
        let count = count(good.len(), "session", "sessions");
        doc.opening.push(prose(count));
    }
    let twins = good.iter().filter_map(|row| {
        let problem = row.problem.as_deref()?;
        Some(format!("{}: {problem}", row.file))
    });
    doc.part(
        "copies",
        "More than one file of a person",
        items(None, twins),
    );
    let bad = bad.iter().map(|row| {
        let problem = row.problem.as_deref().unwrap_or_default();
        format!("{}: {problem}", row.file)
    });
    let title = "Set apart: cannot be read, and left as they are";
    doc.part("damaged", title, items(None, bad));
    doc
}

/// The label of a file that has others beside it, and what to do.
fn copy(row: &SessionRow) -> Option<(&str, &str)> {
    Some((&row.label, row.problem.as_deref()?))
}

impl SessionRow {
    /// The sessions as a table for programs.
    #[must_use]
    pub fn csv(rows: &[Self]) -> String {
        let mut out =
            b"label,state,answered,questions,changed,first_role,notes,file,problem,tags,first_sitting,consent\n".to_vec();
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
                &row.tags,
                row.first_sitting.as_deref().unwrap_or_default(),
                row.consent.as_deref().unwrap_or_default(),
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
}

impl SessionRow {
    /// The sessions as one JSON array.
    #[must_use]
    pub fn json(rows: &[Self]) -> String {
        serde_json::to_string_pretty(rows).unwrap_or_default() + "\n"
    }
}
