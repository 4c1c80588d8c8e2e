//! Many people counted on all cores: each thread counts for itself, and the counts are put together
//! at the end. They are whole numbers, so no order matters.

use crate::commands::block::Block;
use crate::commands::ordered_run::lock;
use crate::commands::ratings::{RatedPerson, RatingsByLabel};
use crate::commands::run_counts::{RejectionMessage, SHOWN};
use crate::error::{Error, Result};
use crate::input::feed::Feed;
use crate::input::ledger::Ledger;
use crate::input::row::{KeptField, Receiver, Rejection, RowBuffer};
use crate::input::tasks::{Task, work};
use crate::terminal::progress::Progress;
use rolescope_core::{AnalysisCounts, AnalysisLayout, Answers, Comparison};
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// Groups that are told apart: with more, a column names people.
pub(crate) const GROUPS: usize = 50;

/// A count of people over all inputs.
pub(crate) struct CountingRun<'a> {
    /// What people are compared with.
    pub comparison: &'a Comparison<'a>,
    /// Where counts stand.
    pub layout: &'a AnalysisLayout,
    /// Whether the first kept column splits people.
    pub grouped: bool,
    /// Ratings to be put beside matches.
    pub ratings: Option<&'a RatingsByLabel>,
    /// Threads.
    pub jobs: usize,
}

/// What came of it.
pub(crate) struct RunTotals {
    /// The people.
    pub counts: AnalysisCounts,
    /// Rows read.
    pub rows: u64,
    /// Of them, those with a mistake.
    pub rejected: u64,
    /// What else became of the lines that were read.
    pub ledger: Ledger,
    /// The first of those, in the order of the input.
    pub told: Vec<RejectionMessage>,
    /// Answers to questions that the pack does not have.
    pub unknown: BTreeSet<String>,
    /// What is worth saying about inputs.
    pub remarks: Vec<String>,
    /// People with ratings, in no order.
    pub found: Vec<RatedPerson>,
}

struct CountingQueue<'a, 'p> {
    feed: Feed<'a>,
    progress: &'p Progress,
    number: u64,
    rows: u64,
    remarks: Vec<String>,
    failed: Option<Error>,
    ended: bool,
}

impl CountingRun<'_> {
    /// Counts everybody.
    ///
    /// # Errors
    /// When an input cannot be read, or somebody is not accounted for. Of too many groups it ends
    /// early, which the counts tell.
    pub(crate) fn run(&self, feed: Feed<'_>, progress: &Progress) -> Result<RunTotals> {
        let queue = Mutex::new(CountingQueue {
            feed,
            progress,
            number: 0,
            rows: 0,
            remarks: Vec::new(),
            failed: None,
            ended: false,
        });
        let clerks: Vec<CountingWorker<'_>> = std::thread::scope(|scope| {
            let others: Vec<_> = (1..self.jobs)
                .map(|_| scope.spawn(|| self.thread(&queue)))
                .collect();
            let mut all = vec![self.thread(&queue)];
            for other in others {
                match other.join() {
                    Ok(clerk) => all.push(clerk),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            all
        });
        let mut queue = queue.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = queue.failed.take() {
            return Err(error);
        }
        let nobody = AnalysisCounts::new(self.layout);
        let mut counted = together(nobody, clerks, queue.remarks);
        if counted.counts.groups().len() <= GROUPS {
            counted.ledger.add(queue.feed.ledger());
            counted
                .ledger
                .close(counted.counts.people(), counted.rejected)?;
        }
        Ok(counted)
    }

    fn thread<'c>(&'c self, queue: &Mutex<CountingQueue<'_, '_>>) -> CountingWorker<'c> {
        let mut clerk = CountingWorker {
            census: self,
            people: Block::new(self.comparison, usize::from(self.grouped)),
            counts: AnalysisCounts::new(self.layout),
            number: 0,
            rows: 0,
            rejected: 0,
            ledger: Ledger::default(),
            told: Vec::new(),
            unknown: BTreeSet::new(),
            found: Vec::new(),
        };
        let pack = self.comparison.pack();
        let mut row = RowBuffer::new(pack, usize::from(self.grouped));
        let (mut bytes, mut done) = (Vec::new(), 0);
        loop {
            let Some(task) = take(queue, &mut clerk, done, &mut bytes) else {
                return clerk;
            };
            let before = clerk.rows;
            let ledger = work(&task, pack, &bytes, &mut row, &mut clerk);
            clerk.ledger.add(ledger);
            clerk.settle();
            done = clerk.rows - before;
            if clerk.counts.groups().len() > GROUPS {
                lock(queue).ended = true;
            }
        }
    }
}

/// The next task, after so many more rows are done; its rows are put in `bytes`.
fn take(
    queue: &Mutex<CountingQueue<'_, '_>>,
    clerk: &mut CountingWorker<'_>,
    done: u64,
    bytes: &mut Vec<u8>,
) -> Option<Task> {
    let mut queue = lock(queue);
    queue.rows += done;
    queue.progress.rows(queue.rows);
    if queue.ended {
        return None;
    }
    clerk.number = queue.number;
    queue.number += 1;
    let task = queue.feed.next(bytes);
    let remarks = queue.feed.take_remarks();
    queue.remarks.extend(remarks);
    match task {
        Ok(Some(task)) => return Some(task),
        Ok(None) => {}
        Err(error) => queue.failed = Some(error),
    }
    queue.ended = true;
    None
}

/// One thread's counts.
struct CountingWorker<'c> {
    census: &'c CountingRun<'c>,
    people: Block<'c>,
    counts: AnalysisCounts,
    number: u64,
    rows: u64,
    rejected: u64,
    ledger: Ledger,
    /// With the number of their task.
    told: Vec<(u64, RejectionMessage)>,
    unknown: BTreeSet<String>,
    found: Vec<RatedPerson>,
}

fn together(
    counts: AnalysisCounts,
    clerks: Vec<CountingWorker<'_>>,
    remarks: Vec<String>,
) -> RunTotals {
    let mut told = Vec::new();
    let mut all = RunTotals {
        counts,
        rows: 0,
        rejected: 0,
        ledger: Ledger::default(),
        told: Vec::new(),
        unknown: BTreeSet::new(),
        remarks,
        found: Vec::new(),
    };
    for mut clerk in clerks {
        all.rows += clerk.rows;
        all.rejected += clerk.rejected;
        all.ledger.add(clerk.ledger);
        told.append(&mut clerk.told);
        all.unknown.append(&mut clerk.unknown);
        all.found.append(&mut clerk.found);
        all.counts.merge(&clerk.counts);
    }
    // a task is done by one thread, and the sort keeps the order within it
    told.sort_by_key(|(number, _)| *number);
    all.told = told.into_iter().map(|(_, told)| told).take(SHOWN).collect();
    all
}

impl CountingWorker<'_> {
    /// Counts those who wait.
    fn settle(&mut self) {
        let (census, counts, found) = (self.census, &mut self.counts, &mut self.found);
        self.people.assess(|person, outcome| {
            found.extend(
                census
                    .ratings
                    .and_then(|book| book.found(&person.id, outcome)),
            );
            let group = person.kept.first().map(|kept| kept.text.trim());
            let group = group.filter(|_| census.grouped);
            counts.add(census.layout, &person.answers, outcome, group);
        });
    }
}

impl Receiver for CountingWorker<'_> {
    fn person(&mut self, id: &str, answers: &Answers, kept: &[KeptField]) -> bool {
        self.rows += 1;
        if self.people.add(id, answers, kept) {
            self.settle();
        }
        self.counts.groups().len() <= GROUPS
    }

    fn reject(&mut self, rejection: &Rejection<'_>) -> bool {
        self.rows += 1;
        self.rejected += 1;
        // a thread's tasks come in order, so its first ones are all that can be among the first
        if self.told.len() < SHOWN {
            self.told
                .push((self.number, RejectionMessage::of(rejection)));
        }
        true
    }

    fn unknown(&mut self, question: &str) {
        if self.unknown.len() < SHOWN {
            self.unknown.insert(question.chars().take(60).collect());
        }
    }
}
