//! Many sessions: lines for people, records for programs.

use crate::write::document::{
    Block, ColumnKind, Document, Row, Table, column, items, minor_column, prose, words,
};
use crate::write::records::csv_cell;
use crate::write::wording::{count, short};
use serde::Serialize;

/// Characters of a label that a line shows.
const LONGEST: usize = 24;
/// Characters that the labels, states and tags of a list of 80 columns may take together: the other columns that stand in
/// it take 18, and the space before each two.
const ROOM: usize = 80 - 18 - 5 * 2;
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
        let state = |row: &SessionRow| match copy(row) {
            Some(_) => format!("{}, copy", row.state),
            None => row.state.to_owned(),
        };
        let widest = |text: &dyn Fn(&SessionRow) -> String| {
            let all = good.iter().map(|row| text(row).chars().count());
            all.max().unwrap_or(0)
        };
        // tags stand in a column where they fit, to be looked down, and the first role makes room
        let taken = widest(&|row| short(&row.label, LONGEST))
            + widest(&state)
            + widest(&|row| short(&row.tags, LONGEST));
        let in_sight = taken <= ROOM;
        let line = |row: &&SessionRow| {
            let mut cells = vec![
                words(short(&row.label, LONGEST)),
                words(state(row)),
                words(format!("{:>2} of {}", row.answered, row.questions)),
                words(row.changed.get(..10).unwrap_or_default()),
            ];
            if tagged {
                cells.push(words(short(&row.tags, LONGEST)));
            }
            cells.push(words(row.first_name.as_deref().unwrap_or_default()));
            Row::of(cells)
        };
        let mut columns = vec![
            column("label", ColumnKind::Name),
            column("state", ColumnKind::Words),
            column("answered", ColumnKind::Words),
            column("changed", ColumnKind::Words),
        ];
        if tagged {
            let kind = ColumnKind::Words;
            columns.push(if in_sight {
                column("tags", kind)
            } else {
                minor_column("tags", kind)
            });
        }
        columns.push(minor_column("first role", ColumnKind::Words));
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
    doc.part("copies", "More than one file of a person", items(twins));
    let bad = bad.iter().map(|row| {
        let problem = row.problem.as_deref().unwrap_or_default();
        format!("{}: {problem}", row.file)
    });
    let title = "Set apart: cannot be read, and left as they are";
    doc.part("damaged", title, items(bad));
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

#[cfg(test)]
mod tests {
    use super::{SessionRow, page};
    use crate::write::terminal_text::TextStyle;

    fn row(label: &str, tags: &str) -> SessionRow {
        SessionRow {
            label: label.to_owned(),
            state: "clear",
            answered: 88,
            questions: 88,
            changed: "2026-03-02T09:14:00+13:00".to_owned(),
            changed_at: 0,
            first_role: None,
            first_name: Some("Nuclear medicine technologist".to_owned()),
            notes: 0,
            tags: tags.to_owned(),
            first_sitting: None,
            consent: None,
            file: String::new(),
            problem: None,
        }
    }

    #[test]
    fn tags_that_fit_stand_in_a_column() {
        let rows = [
            row("s-0411", "class=12B, year=2026"),
            row("s-0412", "visit"),
        ];
        let shown = page(&rows).to_text(TextStyle::new(80));
        assert!(shown.contains("changed     tags"), "{shown}");
        assert!(
            shown.contains("2026-03-02  class=12B, year=2026\n"),
            "{shown}"
        );
        assert!(
            shown.contains("first role Nuclear medicine technologist\n"),
            "{shown}"
        );
        // those that do not make room as well
        let rows = [row(
            "a label of many characters",
            "class=12B, year=2026, visit",
        )];
        let shown = page(&rows).to_text(TextStyle::new(80));
        assert!(shown.contains("changed\n"), "{shown}");
        assert!(shown.contains("tags class=12B, year=2026"), "{shown}");
    }
}
