//! The group page: counts of many people, made in one pass.

use crate::commands::shared::distinct_outputs::ensure_outputs_distinct;
use crate::commands::shared::formats::{OutputFormat, RecordFormat, write_page};
use crate::commands::shared::global_args::{GlobalArgs, write_records};
use crate::commands::shared::page_look::PageLookArgs;
use crate::commands::shared::people_run::{Assessing, PeopleRun, too_long_group, too_many_groups};
use crate::commands::shared::person_counts::PersonCounts;
use crate::error::{Error, Result};
use crate::input::mapping::InputOptions;
use crate::input::parallel::Sinks;
use crate::input::row::SheetPart;
use rolescope_core::Comparison;
use rolescope_core::results::DisclosedGroup;
use std::path::Path;

/// Maximum number of groups: a column with more values identifies people.
const GROUPS: usize = 200;

/// Writes the page of all people in these inputs, split by a column if there is one.
///
/// # Errors
/// When an input cannot be read, people are too few, the output fails, or rows were rejected.
pub(crate) fn write(
    settings: &GlobalArgs,
    (written, path, look): (OutputFormat, Option<&Path>, &PageLookArgs),
    comparison: &Comparison<'_>,
    (inputs, input): (&[String], &InputOptions),
    by: Option<&str>,
) -> Result<()> {
    if written == OutputFormat::Records(RecordFormat::Ndjson) {
        return Err(Error::Usage(
            "a group is written as text, markdown, html or csv".to_owned(),
        ));
    }
    if matches!(written, OutputFormat::Records(_)) {
        look.refuse("tables")?;
    }
    let look = look.read()?;
    let read = inputs.iter().map(Path::new);
    ensure_outputs_distinct(
        read.chain(settings.norms.as_deref()),
        &[&path.map(Path::to_owned)],
    )?;
    let keep: Vec<String> = by.iter().map(|&by| by.to_owned()).collect();
    let run = PeopleRun {
        keep: &keep,
        of_sheets: SheetPart::Sittings,
        output: path,
        ..PeopleRun::new(settings, comparison.pack(), (inputs, input))
    };
    let worker = || {
        Assessing::new(
            (comparison, keep.len() + 2),
            PersonCounts::new(comparison),
            |counts| counts.groups() > GROUPS || counts.has_long_group(),
            |counts, person, outcome, _| counts.add(person, outcome),
        )
    };
    let (workers, read) = run.run(worker, Sinks::default())?;
    let mut counts = PersonCounts::new(comparison);
    for worker in workers {
        counts.merge(worker.state);
    }
    if counts.has_long_group() {
        return Err(too_long_group(by.unwrap_or_default()));
    }
    if counts.groups() > GROUPS {
        return Err(too_many_groups(by.unwrap_or_default(), GROUPS));
    }
    if let Some(passed) = read.passed_over() {
        settings.remark(&passed);
    }
    read.somebody("counted")?;
    let counted = counts.people()?;
    let several = (counted.sittings > counted.people)
        .then(|| format!("{} people in {} sittings", counted.people, counted.sittings));
    let Some(told) = DisclosedGroup::of(counted.counts) else {
        let several = several.map_or_else(String::new, |told| format!(" ({told})"));
        return Err(Error::failed(format!(
            "fewer than {} people could be read{several}: a page about them would not hide who they are",
            DisclosedGroup::FEWEST
        )));
    };
    if let Some(several) = several {
        settings.remark(&format!(
            "{several}: each counts once, with the latest. Rows or files of one id, and sessions linked to a first \
             sitting, are taken for one person's."
        ));
    }
    match written {
        OutputFormat::Page(format) => {
            let page = look.on(told.page(comparison, by));
            write_page(settings, &page, format, path)?;
        }
        OutputFormat::Records(_) => write_records(&told.to_csv(comparison, by), path)?,
    }
    read.end("counted")
}
