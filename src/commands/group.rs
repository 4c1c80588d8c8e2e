//! A group's page: many sheets in one pass, counted and forgotten.

use crate::commands::formats::{OutputFormat, RecordFormat, write_page};
use crate::commands::global_args::{GlobalArgs, say, write_records};
use crate::commands::run_counts::{RejectionMessage, SHOWN};
use crate::error::{Error, Result};
use crate::input::feed::{Feed, FeedOptions};
use crate::input::ledger::Ledger;
use crate::input::row::{KeptField, Receiver, Rejection, RowBuffer};
use crate::input::tasks::work;
use rolescope_core::pages::group::{GroupPage, doc};
use rolescope_core::results::cell_suppression::FEWEST;
use rolescope_core::results::disclosure::publish;
use rolescope_core::results::group_counts::GroupTotals;
use rolescope_core::scoring::answers::Answers;
use rolescope_core::scoring::assessment::Assessor;
use rolescope_core::scoring::comparison::Comparison;
use rolescope_core::write::group_csv;
use rolescope_core::write::terminal_text::inert;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Bytes read at a time.
const SIZE: usize = 256 << 10;
/// Values of the column that splits people: more are no groups but people.
const GROUPS: usize = 200;

/// How a group is told.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct GroupArgs {
    /// Split the group by this column (of NDJSON: field) of the input
    #[arg(long, value_name = "COL")]
    pub by: Option<String>,
}

impl GroupArgs {
    /// Writes the page of all people in these answer files or folders.
    ///
    /// # Errors
    /// When an input cannot be read, people are too few, the output fails, or rows were rejected.
    pub(crate) fn run(
        &self,
        settings: &GlobalArgs,
        format: OutputFormat,
        path: Option<&Path>,
        comparison: &Comparison<'_>,
        inputs: &[String],
    ) -> Result<()> {
        if format == OutputFormat::Records(RecordFormat::Ndjson) {
            return Err(Error::Usage(
                "a group is written as text, markdown, html or csv".to_owned(),
            ));
        }
        let keep: Vec<String> = self.by.iter().cloned().collect();
        let wanted = FeedOptions {
            pack: comparison.pack,
            written: None,
            keep: &keep,
            size: SIZE,
        };
        let mut feed = Feed::new(inputs, wanted);
        let mut counter = Counter::new(comparison);
        let (mut row, mut bytes) = (RowBuffer::new(comparison.pack, keep.len()), Vec::new());
        while let Some(task) = feed.next(&mut bytes)? {
            for remark in feed.take_remarks() {
                settings.remark(&inert(&remark));
            }
            let ledger = work(&task, comparison.pack, &bytes, &mut row, &mut counter);
            counter.ledger.add(ledger);
            if counter.groups.len() > GROUPS {
                return Err(Error::failed(format!(
                    "{} has over {GROUPS} values, so it tells people apart and no groups",
                    self.by.as_deref().unwrap_or_default()
                )));
            }
        }
        counter.ledger.add(feed.ledger());
        counter.tell(settings);
        counter.close()?;
        let (rows, rejected) = (counter.rows, counter.rejected);
        let parts: Vec<(String, GroupTotals)> = counter.groups.into_iter().collect();
        let Some(told) = publish(parts) else {
            return Err(Error::failed(format!(
                "fewer than {FEWEST} people could be read: a page about them would not hide who \
                 they are"
            )));
        };
        let group = GroupPage {
            comparison,
            told: &told,
            by: self.by.as_deref(),
        };
        match format {
            OutputFormat::Page(format) => write_page(settings, &doc(&group), format, path)?,
            OutputFormat::Records(_) => write_records(&group_csv::table(&group), path)?,
        }
        if rejected > 0 {
            return Err(Error::Rejected { rejected, rows });
        }
        Ok(())
    }
}

/// Counts people by what they have in common.
struct Counter<'d> {
    assessor: Assessor<'d, 1>,
    comparison: &'d Comparison<'d>,
    groups: BTreeMap<String, GroupTotals>,
    rows: u64,
    rejected: u64,
    ledger: Ledger,
    told: Vec<RejectionMessage>,
    unknown: BTreeSet<String>,
}

impl<'d> Counter<'d> {
    fn new(comparison: &'d Comparison<'d>) -> Self {
        Self {
            assessor: Assessor::new(comparison),
            comparison,
            groups: BTreeMap::new(),
            rows: 0,
            rejected: 0,
            ledger: Ledger::default(),
            told: Vec::new(),
            unknown: BTreeSet::new(),
        }
    }

    /// Holds that everybody is counted.
    fn close(&self) -> Result<()> {
        let people = self.groups.values().map(|counts| counts.people).sum();
        self.ledger.close(people, self.rejected)
    }

    fn tell(&self, settings: &GlobalArgs) {
        for told in &self.told {
            say(&told.0);
        }
        for question in &self.unknown {
            settings.remark(&format!("no question {}, ignored", inert(question)));
        }
        if let Some(passed) = self.ledger.passed_over() {
            settings.remark(&passed);
        }
    }
}

impl Receiver for Counter<'_> {
    fn person(&mut self, _: &str, answers: &Answers, kept: &[KeptField]) -> bool {
        self.rows += 1;
        let outcome = self.assessor.person(answers);
        let name = kept.first().map_or("", |kept| kept.text.trim());
        if let Some(counts) = self.groups.get_mut(name) {
            counts.add(outcome);
        } else {
            let mut counts = GroupTotals::new(self.comparison);
            counts.add(outcome);
            self.groups.insert(name.to_owned(), counts);
        }
        self.groups.len() <= GROUPS
    }

    fn reject(&mut self, rejection: &Rejection<'_>) -> bool {
        self.rows += 1;
        self.rejected += 1;
        if self.told.len() < SHOWN {
            self.told.push(RejectionMessage::of(rejection));
        }
        true
    }

    fn unknown(&mut self, question: &str) {
        if self.unknown.len() < SHOWN {
            self.unknown.insert(question.chars().take(60).collect());
        }
    }
}
