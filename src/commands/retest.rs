//! The retest page: two sittings of one person.

use crate::commands::global_args::{GlobalArgs, write_text};
use crate::commands::result_page::OutArgs;
use crate::error::Result;
use crate::storage::answer_file::AnswerSheet;
use rolescope_core::{Comparison, Sitting, assess, retest, retest_page};

/// Writes what changed from the old sheet to the new one.
///
/// # Errors
/// When the format is none for people, or the output fails.
pub(crate) fn write(
    settings: &GlobalArgs,
    out: &OutArgs,
    comparison: &Comparison<'_>,
    [old, new]: [&AnswerSheet; 2],
) -> Result<()> {
    out.for_people("--since")?;
    let [then, now] = [old, new].map(|sheet| assess(comparison, &sheet.answers));
    let moved = retest(comparison, &then, &now);
    let both = [old, new].map(|sheet| sitting(comparison, sheet));
    let path = out.output.as_deref();
    let page = out
        .format
        .page(&retest_page(comparison, &moved, both), settings, path);
    write_text(&page.unwrap_or_default(), path)
}

fn sitting<'a>(comparison: &Comparison<'_>, sheet: &'a AnswerSheet) -> Sitting<'a> {
    let given = sheet.given.as_ref();
    let other = given.filter(|given| given.fingerprint != comparison.pack().fingerprint());
    Sitting {
        id: &sheet.id,
        when: sheet.finished.as_deref().or(sheet.started.as_deref()),
        other_pack: other.map(|given| given.version.as_str()),
    }
}
