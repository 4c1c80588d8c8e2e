//! Puts other figures into the text of profiles and leaves the rest of the text as it is.

use crate::pack::model::{Pack, RoleIx};
use crate::pack::parse::diagnostics::SourceFile;
use crate::pack::parse::profiles::id_of;
use std::ops::Range;

/// A figure of a role that is to be changed.
pub(crate) trait ProfileEdit: Sized {
    /// What such figures are called: `levels`.
    const WHAT: &'static str;
    /// How they are to be written, where they cannot be changed as they are.
    const WRITE: &'static str;

    /// Id of the role.
    fn role(&self) -> &str;

    /// The text of a profile with these figures; none where the place of one cannot be found.
    fn edited(file: &SourceFile, edits: &[&Self]) -> Option<String>;

    /// Whether a role of the changed pack has the figure.
    fn holds(&self, pack: &Pack, role: RoleIx) -> bool;
}

/// The files of a pack with these figures in place of those that they have.
///
/// # Errors
/// What would be no valid pack with them: which profile, and how its figures are to be written.
pub(crate) fn with_edits<E: ProfileEdit>(
    files: &[SourceFile],
    edits: &[E],
) -> Result<Vec<SourceFile>, String> {
    let (what, write) = (E::WHAT, E::WRITE);
    let cannot =
        |path: &str| format!("the {what} in {path} cannot be changed; {write}, and learn again");
    let mut all = files.to_vec();
    for file in all.iter_mut().filter(|file| file.in_folder("profiles")) {
        let id = id_of(file);
        let mine: Vec<&E> = edits.iter().filter(|edit| edit.role() == id).collect();
        if !mine.is_empty() {
            file.text = E::edited(file, &mine).ok_or_else(|| cannot(&file.path))?;
        }
    }
    let pack = Pack::parse(&all).map_err(|mistakes| {
        let first = mistakes.first();
        let (path, why) = first.map_or(("the pack", ""), |m| (m.path.as_str(), m.title.as_str()));
        format!("with the learned {what} {path} would not be valid: {why}")
    })?;
    for edit in edits {
        if !pack
            .role(edit.role())
            .is_some_and(|role| edit.holds(&pack, role))
        {
            return Err(cannot(&format!("the profile {}", edit.role())));
        }
    }
    Ok(all)
}

/// A text with other words in some places, which do not overlap; none where it has no such place.
pub(crate) fn replaced(text: &str, mut changes: Vec<(Range<usize>, String)>) -> Option<String> {
    changes.sort_by_key(|(place, _)| (place.start, place.end));
    let mut text = text.to_owned();
    for (place, new) in changes.into_iter().rev() {
        text.get(place.clone())?;
        text.replace_range(place, &new);
    }
    Some(text)
}
