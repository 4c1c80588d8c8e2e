//! The retest page: two sittings of one person.

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
    // the older first, whichever way round they were named
    let (old, new) = match [old.moment(), new.moment()] {
        [Some(a), Some(b)] if a > b => {
            settings.remark(&format!(
                "{} is the older of the two, so it is taken as the first.",
                rolescope_core::text::inert(&new.id)
            ));
            (new, old)
        }
        _ => (old, new),
    };
    let [then, now] = [old, new].map(|sheet| comparison.assess(&sheet.answers));
    let moved = comparison.retest(&then, &now);
    let same = old.answers.codes() == new.answers.codes();
    let both = [old, new].map(|sheet| Sitting {
        same,
        ..sitting(comparison, sheet)
    });
    let doc = moved.page(comparison, both);
    out.write(settings, doc, format)
}

fn sitting<'a>(comparison: &Comparison<'_>, sheet: &'a AnswerSheet) -> Sitting<'a> {
    let given = sheet.given.as_ref();
    let other = given.filter(|given| given.fingerprint != comparison.pack().fingerprint());
    Sitting {
        id: &sheet.id,
        person: sheet.person(),
        when: sheet.finished.as_deref().or(sheet.started.as_deref()),
        same: false,
        other_pack: other.map(|given| given.version.as_str()),
    }
}
