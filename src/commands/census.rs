//! Many people counted on all cores: each thread counts for itself, and the counts are put together
//! at the end. They are whole numbers, so no order matters.

use crate::commands::abreast::Abreast;
use crate::commands::batch::lock;
use crate::commands::ratings::{Book, Found};
use crate::commands::tally::{SHOWN, Told};
use crate::engine::answers::Answers;
use crate::engine::design::Design;
use crate::engine::study::counts::Counts;
use crate::engine::study::layout::Layout;
use crate::error::{Error, Result};
use crate::files::feed::Feed;
use crate::files::ledger::Ledger;
use crate::files::rows::{Kept, Receiver, Rejection, Row};
use crate::files::tasks::{Work, work};
use crate::ui::progress::Progress;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// Groups that are told apart: with more, a column names people.
pub(crate) const GROUPS: usize = 50;

/// A count of people over all inputs.
pub(crate) struct Census<'a> {
    /// What people are compared with.
    pub design: &'a Design<'a>,
    /// Where counts stand.
    pub layout: &'a Layout,
    /// Whether the first kept column splits people.
    pub grouped: bool,
    /// Ratings to be put beside matches.
    pub ratings: Option<&'a Book>,
    /// Threads.
    pub jobs: usize,
}

/// What came of it.
pub(crate) struct Counted {
    /// The people.
    pub counts: Counts,
    /// Rows read.
    pub rows: u64,
    /// Of them, those with a mistake.
    pub rejected: u64,
    /// What else became of the lines that were read.
    pub ledger: Ledger,
    /// The first of those, in the order of the input.
    pub told: Vec<Told>,
    /// Answers to questions that the pack does not have.
    pub unknown: BTreeSet<String>,
    /// What is worth saying about inputs.
    pub remarks: Vec<String>,
    /// People with ratings, in no order.
    pub found: Vec<Found>,
}

struct Queue<'a, 'p> {
    feed: Feed<'a>,
    progress: &'p Progress,
    number: u64,
    rows: u64,
    remarks: Vec<String>,
    failed: Option<Error>,
    ended: bool,
}

impl Census<'_> {
    /// Counts everybody.
    ///
    /// # Errors
    /// When an input cannot be read, or somebody is not accounted for. Of too many groups it ends
    /// early, which the counts tell.
    pub(crate) fn run(&self, feed: Feed<'_>, progress: &Progress) -> Result<Counted> {
        let queue = Mutex::new(Queue {
            feed,
            progress,
            number: 0,
            rows: 0,
            remarks: Vec::new(),
            failed: None,
            ended: false,
        });
        let clerks: Vec<Clerk<'_>> = std::thread::scope(|scope| {
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
        let nobody = Counts::new(self.layout);
        let mut counted = together(nobody, clerks, queue.remarks);
        if counted.counts.groups.len() <= GROUPS {
            counted.ledger.add(queue.feed.ledger());
            counted
                .ledger
                .close(counted.counts.people, counted.rejected)?;
        }
        Ok(counted)
    }

    fn thread<'c>(&'c self, queue: &Mutex<Queue<'_, '_>>) -> Clerk<'c> {
        let mut clerk = Clerk {
            census: self,
            people: Abreast::new(self.design, usize::from(self.grouped)),
            counts: Counts::new(self.layout),
            number: 0,
            rows: 0,
            rejected: 0,
            ledger: Ledger::default(),
            told: Vec::new(),
            unknown: BTreeSet::new(),
            found: Vec::new(),
        };
        let pack = self.design.pack;
        let mut row = Row::new(pack, usize::from(self.grouped));
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
            if clerk.counts.groups.len() > GROUPS {
                lock(queue).ended = true;
            }
        }
    }
}

/// The next task, after so many more rows are done; its rows are put in `bytes`.
fn take(
    queue: &Mutex<Queue<'_, '_>>,
    clerk: &mut Clerk<'_>,
    done: u64,
    bytes: &mut Vec<u8>,
) -> Option<Work> {
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
struct Clerk<'c> {
    census: &'c Census<'c>,
    people: Abreast<'c>,
    counts: Counts,
    number: u64,
    rows: u64,
    rejected: u64,
    ledger: Ledger,
    /// With the number of their task.
    told: Vec<(u64, Told)>,
    unknown: BTreeSet<String>,
    found: Vec<Found>,
}

fn together(counts: Counts, clerks: Vec<Clerk<'_>>, remarks: Vec<String>) -> Counted {
    let mut told = Vec::new();
    let mut all = Counted {
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

impl Clerk<'_> {
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

impl Receiver for Clerk<'_> {
    fn person(&mut self, id: &str, answers: &Answers, kept: &[Kept]) -> bool {
        self.rows += 1;
        if self.people.add(id, answers, kept) {
            self.settle();
        }
        self.counts.groups.len() <= GROUPS
    }

    fn reject(&mut self, rejection: &Rejection<'_>) -> bool {
        self.rows += 1;
        self.rejected += 1;
        // a thread's tasks come in order, so its first ones are all that can be among the first
        if self.told.len() < SHOWN {
            self.told.push((self.number, Told::of(rejection)));
        }
        true
    }

    fn unknown(&mut self, question: &str) {
        if self.unknown.len() < SHOWN {
            self.unknown.insert(question.chars().take(60).collect());
        }
    }
}
