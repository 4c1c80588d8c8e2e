//! The page of two sittings of one person.

use crate::commands::context::{Settings, write_text};
use crate::commands::page::OutArgs;
use crate::engine::assess::assess;
use crate::engine::design::Design;
use crate::engine::retest::retest;
use crate::error::Result;
use crate::files::sheet::Sheet;
use crate::render::page::retest::{Sitting, doc};

/// Writes what changed from the old sheet to the new one.
///
/// # Errors
/// When the format is none for people, or the output fails.
pub(crate) fn write(
    settings: &Settings,
    out: &OutArgs,
    design: &Design<'_>,
    [old, new]: [&Sheet; 2],
) -> Result<()> {
    out.for_people("--since")?;
    let [then, now] = [old, new].map(|sheet| assess(design, &sheet.answers));
    let moved = retest(design, &then, &now);
    let both = [old, new].map(|sheet| sitting(design, sheet));
    let path = out.output.as_deref();
    let page = out.format.page(&doc(design, &moved, both), settings, path);
    write_text(&page.unwrap_or_default(), path)
}

fn sitting<'a>(design: &Design<'_>, sheet: &'a Sheet) -> Sitting<'a> {
    let given = sheet.given.as_ref();
    let other = given.filter(|given| given.fingerprint != design.pack.fingerprint);
    Sitting {
        id: &sheet.id,
        when: sheet.finished.as_deref().or(sheet.started.as_deref()),
        other_pack: other.map(|given| given.version.as_str()),
    }
}
