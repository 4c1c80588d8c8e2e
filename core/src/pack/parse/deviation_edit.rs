//! Puts deviations of single questions into the text of profiles and leaves the rest of the text as it is.

use crate::pack::model::{Pack, RoleIx};
use crate::pack::parse::diagnostics::SourceFile;
use crate::pack::parse::fields::{Fields, IdEntry};
use crate::pack::parse::profile_edit::{ProfileEdit, replaced, with_edits};
use std::fmt::Write as _;
use std::ops::Range;

/// A deviation to be changed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DeviationEdit {
    /// Id of the role.
    pub(crate) role: String,
    /// Id of the question.
    pub(crate) question: String,
    /// The new deviation in level points, -10..=10; 0 for none.
    pub(crate) points: f64,
    /// So many people it rests on.
    pub(crate) people: u64,
}

/// The files of a pack with these deviations, in place of those that they have and beside all others.
///
/// # Errors
/// As [`with_edits`].
pub(crate) fn with_deviations(
    files: &[SourceFile],
    edits: &[DeviationEdit],
) -> Result<Vec<SourceFile>, String> {
    with_edits(files, edits)
}

/// A deviation in a text: its question, and where its key and its value stand.
type Place = (String, (Range<usize>, Range<usize>));

impl ProfileEdit for DeviationEdit {
    const WHAT: &'static str = "deviations";
    const WRITE: &'static str =
        "write each as `ID = 1.5`, one a line in [deviations] at the end of the file";

    fn role(&self) -> &str {
        &self.role
    }

    fn edited(file: &SourceFile, edits: &[&Self]) -> Option<String> {
        let there = Fields::read(file, |fields| {
            let entries = fields.table("deviations").map(|table| table.entries());
            let place = |((id, span), entry): ((&str, Range<usize>), IdEntry<'_>)| {
                (id.to_owned(), (span, entry.span))
            };
            Some(entries.map(|all| all.into_iter().map(place).collect()))
        });
        let there: Option<Vec<Place>> = there.ok()?;
        let table = there.is_some();
        let there = there.unwrap_or_default();
        let text = &file.text;
        let (mut changes, mut new) = (Vec::new(), String::new());
        for edit in edits {
            match there.iter().find(|(id, _)| *id == edit.question) {
                Some((_, (_, value))) => {
                    changes.push((value.clone(), format!("{:?}", edit.points)));
                }
                None if edit.points != 0.0 => {
                    let _ = writeln!(new, "{} = {:?}", edit.question, edit.points);
                }
                None => {}
            }
        }
        if !new.is_empty() {
            // beside the first that is there, in lines of their own; else as a table at the end
            if let Some((_, (key, _))) = there.iter().min_by_key(|(_, (key, _))| key.start) {
                let line = text.get(..key.start)?.rfind('\n').map_or(0, |at| at + 1);
                let alone = text.get(line..key.start)?.trim().is_empty();
                if !alone {
                    return None;
                }
                changes.push((line..line, new));
            } else if table {
                return None;
            } else {
                let people = edits.iter().map(|edit| edit.people).max()?;
                let gap = if text.ends_with('\n') { "\n" } else { "\n\n" };
                let end = text.len();
                let table =
                    format!("{gap}[deviations] # learned from {people} people of this role\n{new}");
                changes.push((end..end, table));
            }
        }
        replaced(text, changes)
    }

    fn holds(&self, pack: &Pack, role: RoleIx) -> bool {
        let found = pack.question(&self.question).map(|q| {
            let mut all = pack.roles[role].deviations.iter();
            all.find(|(of, _)| *of == q).map_or(0.0, |of| of.1)
        });
        found == Some(self.points)
    }
}

#[cfg(test)]
mod tests {
    use super::{DeviationEdit, with_deviations};
    use crate::pack::model::Pack;
    use crate::pack::parse::diagnostics::SourceFile;

    fn edit(question: &str, points: f64) -> DeviationEdit {
        DeviationEdit {
            role: "joiner".to_owned(),
            question: question.to_owned(),
            points,
            people: 45,
        }
    }

    #[test]
    fn deviations_are_put_beside_all_that_is_there() {
        let files = SourceFile::example();
        let at = files.iter().position(|f| f.path.ends_with("joiner.toml"));
        let at = at.expect("it is there");
        let before = &files[at].text;
        let ways = [
            String::new(),
            "\n[deviations]\n".to_owned(),
            "\n[deviations] # a note\nrush-2 = 0.25 # kept\nrush-1 = -2 # once\n".to_owned(),
            "\ndeviations.rush-1 = 3\n".to_owned(),
        ];
        let edits = [
            edit("rush-1", 1.5),
            edit("making-1", -0.75),
            edit("making-2", 0.0),
        ];
        for (n, way) in ways.iter().enumerate() {
            let mut files = files.clone();
            let text = if n == 3 {
                // a key of the profile itself stands before its tables
                format!("{way}{before}")
            } else {
                format!("{before}{way}")
            };
            files[at] = SourceFile::new(files[at].path.clone(), &text);
            let new = with_deviations(&files, &edits);
            if n == 3 || n == 1 {
                // no line of a table to stand in, or two tables of one name
                assert!(new.expect_err(way).contains("joiner"), "{way}");
                continue;
            }
            let new = new.expect(way);
            let pack = Pack::parse(&new).expect(way);
            let joiner = &pack.roles[pack.role("joiner").expect("it is there")];
            let q = |id: &str| pack.question(id).expect("a question");
            let mut right = vec![(q("making-1"), -0.75), (q("rush-1"), 1.5)];
            if n == 2 {
                right.push((q("rush-2"), 0.25));
                assert!(
                    new[at].text.contains("# kept") && new[at].text.contains("rush-1 = 1.5 # once")
                );
            }
            assert_eq!(joiner.deviations, right, "{way}");
            let again = with_deviations(&new, &[edit("rush-1", 0.0)]).expect(way);
            let pack = Pack::parse(&again).expect(way);
            assert_eq!(
                pack.roles[pack.role("joiner").expect("there")]
                    .deviations
                    .len(),
                right.len() - 1
            );
        }
        let refused = with_deviations(&files, &[edit("making-1", 11.0)]).expect_err("out of range");
        assert!(refused.contains("joiner"), "{refused}");
    }
}
