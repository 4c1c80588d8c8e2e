//! Rating sheet: a table in which people rate roles without knowing their matches.

use crate::commands::shared::distinct_outputs::ensure_outputs_distinct;
use crate::commands::shared::global_args::{GlobalArgs, write_text};
use crate::commands::shared::people_run::PeopleRun;
use crate::error::{Error, Result};
use crate::input::mapping::InputOptions;
use crate::input::parallel::{RowWorker, Sinks};
use crate::input::row::KeptField;
use rolescope_core::text::inert;
use rolescope_core::write::csv_cell;
use rolescope_core::{Answers, Comparison};
use std::collections::BTreeSet;
use std::path::Path;

/// Writes the sheet of all people in these answer files or folders.
///
/// # Errors
/// When an input cannot be read, two people have one label, the output fails, or rows were rejected.
pub(crate) fn write(
    settings: &GlobalArgs,
    comparison: &Comparison<'_>,
    (inputs, input): (&[String], &InputOptions),
    path: Option<&Path>,
) -> Result<()> {
    let read = inputs.iter().map(Path::new);
    let output = path.map(Path::to_owned);
    ensure_outputs_distinct(read.chain(settings.norms.as_deref()), &[&output])?;
    let run = PeopleRun {
        output: path,
        ..PeopleRun::new(settings, comparison.pack(), (inputs, input))
    };
    let (workers, read) = run.run(LabelWorker::default, Sinks::default())?;
    if let Some(passed) = read.passed_over() {
        settings.remark(&passed);
    }
    read.somebody("listed")?;
    let mut pieces: Vec<_> = workers.into_iter().flat_map(|w| w.pieces).collect();
    pieces.sort_unstable_by_key(|(piece, _)| *piece);
    let labels: Vec<String> = pieces.into_iter().flat_map(|(_, labels)| labels).collect();
    let mut seen = BTreeSet::new();
    if let Some(twice) = labels.iter().find(|label| !seen.insert(label.as_str())) {
        return Err(Error::failed(format!(
            "two people are called {}: their ratings could not be told apart; give each a label of \
             their own",
            inert(twice)
        )));
    }
    if labels.is_empty() {
        return Err(Error::failed(
            "nobody could be read: there is no one to rate roles",
        ));
    }
    write_text(&table(comparison, &labels), path)?;
    read.end("listed")
}

/// A row for each person and role, to be filled in.
fn table(comparison: &Comparison<'_>, labels: &[String]) -> String {
    let mut out = b"id,shown,role,rating,name,summary\n".to_vec();
    for label in labels {
        for (shown, at) in comparison.rating_order(label).into_iter().enumerate() {
            let role = comparison.role(at);
            csv_cell(&mut out, label);
            out.extend_from_slice(format!(",{},{},,", shown + 1, role.id()).as_bytes());
            csv_cell(&mut out, role.name());
            out.push(b',');
            csv_cell(&mut out, role.summary());
            out.push(b'\n');
        }
    }
    String::from_utf8(out).unwrap_or_default()
}

/// Worker that collects the labels of people.
#[derive(Default)]
struct LabelWorker {
    labels: Vec<String>,
    /// Those of finished pieces, by their numbers.
    pieces: Vec<(u64, Vec<String>)>,
}

impl RowWorker for LabelWorker {
    fn person(&mut self, id: &str, _: &Answers, _: &[KeptField], _: &mut Vec<u8>) {
        self.labels.push(id.to_owned());
    }

    fn settle(&mut self, piece: u64, _: &mut Vec<u8>) {
        self.pieces.push((piece, std::mem::take(&mut self.labels)));
    }
}
