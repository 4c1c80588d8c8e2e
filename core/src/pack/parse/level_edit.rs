//! Puts other levels into the text of profiles and leaves the rest of the text as it is.

use crate::pack::model::{Pack, RoleIx};
use crate::pack::parse::diagnostics::SourceFile;
use crate::pack::parse::fields::Fields;
use crate::pack::parse::profile_edit::{ProfileEdit, replaced, with_edits};
use crate::pack::parse::profiles::LONGEST_BASIS;
use std::ops::Range;

/// A level to be changed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LevelEdit {
    /// Id of the role.
    pub(crate) role: String,
    /// Id of the trait.
    pub(crate) of: String,
    /// The new level, 0..=10.
    pub(crate) level: f64,
    /// How far it may be off, in points.
    pub(crate) spread: f64,
    /// The level before.
    pub(crate) was: f64,
    /// What the new level rests on, without quotes or line ends.
    pub(crate) basis: String,
}

/// The files of a pack with these levels in place of those that they have, each with its `spread`, `basis` and the
/// level before as `was`.
///
/// # Errors
/// As [`with_edits`].
pub(crate) fn with_levels(
    files: &[SourceFile],
    edits: &[LevelEdit],
) -> Result<Vec<SourceFile>, String> {
    with_edits(files, edits)
}

impl ProfileEdit for LevelEdit {
    const WHAT: &'static str = "levels";
    const WRITE: &'static str = "write each as `ID = { level = 5 }`, one a line";

    fn role(&self) -> &str {
        &self.role
    }

    fn edited(file: &SourceFile, edits: &[&Self]) -> Option<String> {
        let changes = Fields::read(file, |fields| {
            let table = fields.table("traits")?;
            let entries = table.entries();
            let mut changes = Vec::new();
            for edit in edits {
                let entry = entries.iter().find(|((id, _), _)| *id == edit.of);
                let entry = entry.and_then(|(_, entry)| entry.fields.as_ref())?;
                let level = entry.number("level", 0.0..=10.0)?.1;
                let figures = [
                    (
                        "spread",
                        entry.number("spread", 0.0..=10.0).map(|at| at.1),
                        number(edit.spread),
                    ),
                    (
                        "was",
                        entry.number("was", 0.0..=10.0).map(|at| at.1),
                        number(edit.was),
                    ),
                    (
                        "basis",
                        entry.text("basis", LONGEST_BASIS).map(|at| at.1),
                        format!("\"{}\"", edit.basis),
                    ),
                ];
                let mut new = number(edit.level);
                let (between, prefix) = place(&file.text, &level)?;
                for (key, there, value) in figures {
                    match there {
                        Some(there) => changes.push((there, value)),
                        None => new.extend([between, prefix.as_str(), key, " = ", value.as_str()]),
                    }
                }
                changes.push((level, new));
            }
            Some(changes)
        });
        replaced(&file.text, changes.ok()?)
    }

    fn holds(&self, pack: &Pack, role: RoleIx) -> bool {
        let of = pack.traits.iter().position(|t| t.id == self.of);
        let role = &pack.roles[role];
        of.is_some_and(|k| (role.levels[k], role.spreads[k]) == (self.level, self.spread))
    }
}

/// What stands between the keys of an entry, and before each, by where its level stands: in braces, in lines of a table
/// of its own, or in lines that name the trait.
fn place(text: &str, level: &Range<usize>) -> Option<(&'static str, String)> {
    let line = text.get(..level.start)?.rfind('\n').map_or(0, |at| at + 1);
    let before = text.get(line..level.start)?;
    let key = before.rfind("level")?;
    let prefix = before.get(..key)?;
    if prefix.contains(['{', ',']) {
        return Some((", ", String::new()));
    }
    // after a line's end nothing but the level may stand, else a comment would be cut in two
    let rest = text.get(level.end..)?.lines().next().unwrap_or_default();
    let brace = rest.trim_start().starts_with(['}', ',']);
    (!brace && rest.trim().is_empty()).then(|| ("\n", prefix.to_owned()))
}

/// A number as TOML writes it, in the shortest digits that read back as the same number.
fn number(value: f64) -> String {
    format!("{value:?}")
}

#[cfg(test)]
mod tests {
    use super::{LevelEdit, with_levels};
    use crate::pack::model::Pack;
    use crate::pack::parse::diagnostics::SourceFile;

    fn edit(of: &str, level: f64) -> LevelEdit {
        LevelEdit {
            role: "joiner".to_owned(),
            of: of.to_owned(),
            level,
            spread: 0.4,
            was: 9.0,
            basis: "the mean of 50 people".to_owned(),
        }
    }

    #[test]
    fn levels_are_put_into_every_way_of_writing_them() {
        let files = SourceFile::example();
        let at = files
            .iter()
            .position(|f| f.path.ends_with("joiner.toml"))
            .expect("it is there");
        let (head, _) = files[at].text.split_once("traits = ").expect("traits");
        let ways = [
            "[traits] # a note\nmaking = { level = 9, weight = 2.0 } # first\ngrowing = { level = 2 }\nrush = { level = 6 }\n",
            "traits = { making = { level = 9, weight = 2 }, growing = { level = 2 }, rush = { level = 6 } }\n",
            "[traits]\nmaking.level = 9\nmaking.weight = 2.0\ngrowing = { level = 2, spread = 1.5, was = 1 }\nrush.level = 6\n",
            "[traits.making]\nlevel = 9\nweight = 2.0\n[traits.growing]\nspread = 2\nbasis = \"once\"\nlevel = 2\n[traits.rush]\nlevel = 6\n",
        ];
        for way in ways {
            let mut files = files.clone();
            files[at] = SourceFile::new(files[at].path.clone(), &format!("{head}{way}"));
            let edits = [edit("making", 7.25), edit("growing", 3.0)];
            let new = with_levels(&files, &edits).expect(way);
            let pack = Pack::parse(&new).expect(way);
            let joiner = &pack.roles[pack.role("joiner").expect("it is there")];
            assert_eq!(joiner.levels, [7.25, 3.0, 6.0], "{way}");
            assert_eq!(joiner.spreads, [0.4, 0.4, 1.0], "{way}");
            assert_eq!(joiner.weights[0].to_bits(), 2.0_f64.to_bits(), "{way}");
            // and once more, over what was written
            let again = with_levels(&new, &[edit("making", 5.0)]).expect(way);
            assert_eq!(
                again[at].text.matches("basis = ").count(),
                2,
                "{}",
                again[at].text
            );
        }
    }

    #[test]
    fn what_cannot_be_changed_is_told() {
        let files = SourceFile::example();
        let refused = with_levels(&files, &[edit("making", 11.0)]).expect_err("out of range");
        assert!(refused.contains("joiner"), "{refused}");
        let refused = with_levels(&files, &[edit("nothing", 1.0)]).expect_err("no such trait");
        assert!(refused.contains("level = 5"), "{refused}");
    }
}
