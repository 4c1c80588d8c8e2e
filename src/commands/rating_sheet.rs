//! The sheet on which people rate roles without knowing any match.

use crate::commands::distinct_outputs::apart;
use crate::commands::global_args::{GlobalArgs, say, write_text};
use crate::commands::run_counts::{RejectionMessage, SHOWN};
use crate::error::{Error, Result};
use crate::input::feed::{Feed, FeedOptions};
use crate::input::ledger::Ledger;
use crate::input::row::{KeptField, Receiver, Rejection, RowBuffer};
use crate::input::tasks::work;
use rolescope_core::{Answers, Comparison, csv_cell, inert, rating_order};
use std::collections::BTreeSet;
use std::path::Path;

/// Bytes read at a time.
const SIZE: usize = 256 << 10;

/// Writes the sheet of all people in these answer files or folders.
///
/// # Errors
/// When an input cannot be read, two people have one label, the output fails, or rows were rejected.
pub(crate) fn write(
    settings: &GlobalArgs,
    comparison: &Comparison<'_>,
    inputs: &[String],
    path: Option<&Path>,
) -> Result<()> {
    let read = inputs.iter().map(Path::new);
    let output = path.map(Path::to_owned);
    apart(read.chain(settings.norms.as_deref()), &[&output])?;
    let wanted = FeedOptions {
        pack: comparison.pack(),
        written: None,
        keep: &[],
        size: SIZE,
    };
    let mut feed = Feed::new(inputs, wanted);
    let mut labels = LabelSet::default();
    let (mut row, mut bytes) = (RowBuffer::new(comparison.pack(), 0), Vec::new());
    while let Some(task) = feed.next(&mut bytes)? {
        for remark in feed.take_remarks() {
            settings.remark(&inert(&remark));
        }
        let ledger = work(&task, comparison.pack(), &bytes, &mut row, &mut labels);
        labels.ledger.add(ledger);
    }
    labels.ledger.add(feed.ledger());
    for told in &labels.told {
        say(&told.0);
    }
    if let Some(passed) = labels.ledger.passed_over() {
        settings.remark(&passed);
    }
    let people = labels.all.len() as u64;
    labels.ledger.close(people, labels.rejected)?;
    let mut seen = BTreeSet::new();
    if let Some(twice) = labels.all.iter().find(|label| !seen.insert(label.as_str())) {
        return Err(Error::failed(format!(
            "two people are called {}: their ratings could not be told apart; give each a label of \
             their own",
            inert(twice)
        )));
    }
    if labels.all.is_empty() {
        return Err(Error::failed(
            "nobody could be read: there is no one to rate roles",
        ));
    }
    write_text(&table(comparison, &labels.all), path)?;
    if labels.rejected > 0 {
        return Err(Error::Partly(format!(
            "{} rows were rejected; their people have no sheet",
            labels.rejected
        )));
    }
    Ok(())
}

/// A row for each person and role, to be filled in.
fn table(comparison: &Comparison<'_>, labels: &[String]) -> String {
    let mut out = b"id,shown,role,rating,name,summary\n".to_vec();
    for label in labels {
        for (shown, at) in rating_order(label, comparison.candidates().len())
            .into_iter()
            .enumerate()
        {
            let role = comparison.role(at);
            csv_cell(&mut out, label);
            out.extend_from_slice(format!(",{},{},,", shown + 1, role.id()).as_bytes());
            csv_cell(&mut out, role.name());
            out.push(b',');
            csv_cell(&mut out, role.facts().summary());
            out.push(b'\n');
        }
    }
    String::from_utf8(out).unwrap_or_default()
}

/// The labels of people, and the rows that hold none.
#[derive(Default)]
struct LabelSet {
    all: Vec<String>,
    told: Vec<RejectionMessage>,
    rejected: u64,
    ledger: Ledger,
}

impl Receiver for LabelSet {
    fn person(&mut self, id: &str, _: &Answers, _: &[KeptField]) -> bool {
        self.all.push(id.to_owned());
        true
    }

    fn reject(&mut self, rejection: &Rejection<'_>) -> bool {
        self.rejected += 1;
        if self.told.len() < SHOWN {
            self.told.push(RejectionMessage::of(rejection));
        }
        true
    }

    // what is asked is who they are, not what they answered
    fn unknown(&mut self, _: &str) {}
}
