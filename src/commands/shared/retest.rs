//! The retest page: two sittings of one person.

use crate::commands::shared::formats::write_page;
use crate::commands::shared::global_args::GlobalArgs;
use crate::commands::shared::result_page::ResultOutput;
use crate::error::Result;
use crate::storage::answer_file::AnswerSheet;
use rolescope_core::Comparison;
use rolescope_core::pages::Sitting;

/// Writes what changed from the old sheet to the new one.
///
/// # Errors
/// When the format is none for people, or the output fails.
pub(crate) fn write(
    settings: &GlobalArgs,
    out: &ResultOutput,
    comparison: &Comparison<'_>,
    [old, new]: [&AnswerSheet; 2],
) -> Result<()> {
    let format = out.page("--since")?;
    let [then, now] = [old, new].map(|sheet| comparison.assess(&sheet.answers));
    let moved = comparison.retest(&then, &now);
    let both = [old, new].map(|sheet| sitting(comparison, sheet));
    let doc = moved.page(comparison, both);
    write_page(settings, &doc, format, out.output.as_deref())
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
