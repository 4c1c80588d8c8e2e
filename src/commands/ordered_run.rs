//! Many sheets through all cores: threads take tasks in turn and write what they made in turn, so the
//! output stands in the order of the input and is the same for any number of threads.
//!
//! Two locks and no queue: measured, as fast as a pipeline with a reader and a writer of their own.

use crate::commands::block::{Block, BlockPerson};
use crate::commands::run_counts::{RejectionMessage, RunCounts, RunListener, SHOWN, reject_row};
use crate::error::{Error, Result};
use crate::input::feed::Feed;
use crate::input::row::{KeptField, Receiver, Rejection, RowBuffer};
use crate::input::tasks::{Task, work};
use crate::storage::atomic_write::Output;
use rolescope_core::{Answers, Comparison, Outcome, State};
use std::collections::BTreeSet;
use std::io::Write as _;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes that a thread makes before it waits for its turn in the middle of a task; what a task makes
/// is below this unless its rows are tiny.
const ENOUGH: usize = 4 << 20;

/// How a person is written.
pub(crate) trait RowWriter: Sync {
    /// Adds a person to the output.
    fn person(&self, out: &mut Vec<u8>, person: &BlockPerson, outcome: &Outcome);
}

/// A run over all inputs.
pub(crate) struct OrderedRun<'a, W> {
    /// What people are compared with.
    pub comparison: &'a Comparison<'a>,
    /// How they are written.
    pub writer: &'a W,
    /// Columns that are carried from the input.
    pub kept: usize,
    /// Stop at the first row that cannot be scored.
    pub strict: bool,
    /// Keep rows that cannot be scored.
    pub rejects: bool,
    /// Threads.
    pub jobs: usize,
}

/// Where the results of a run go.
pub(crate) struct Outputs<L> {
    /// The people.
    pub out: Output,
    /// Written before the first person.
    pub before: Vec<u8>,
    /// Bytes at the start of the first person that are left out.
    pub skip: usize,
    /// Rows that could not be scored.
    pub rejects: Option<Output>,
    /// Whoever is told.
    pub listener: L,
}

struct OutputTurn<L> {
    next: u64,
    sinks: Outputs<L>,
    tally: RunCounts,
    unknown: BTreeSet<String>,
    told: usize,
    failed: Option<Error>,
    ended: bool,
}

struct OrderedQueue<'a> {
    feed: Feed<'a>,
    number: u64,
    ended: bool,
}

struct SharedRun<'a, L> {
    queue: Mutex<OrderedQueue<'a>>,
    turn: Mutex<OutputTurn<L>>,
    moved: Condvar,
}

/// What a mutex guards, also after a thread was lost: its loss ends the run by itself.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<W: RowWriter> OrderedRun<'_, W> {
    /// Scores everything; the sinks come back for their end.
    ///
    /// # Errors
    /// When an input cannot be read, an output fails, a row is rejected and that is to stop it, or
    /// somebody is not accounted for.
    pub(crate) fn run<L: RunListener>(
        &self,
        feed: Feed<'_>,
        sinks: Outputs<L>,
    ) -> Result<(Outputs<L>, RunCounts)> {
        let shared = SharedRun {
            queue: Mutex::new(OrderedQueue {
                feed,
                number: 0,
                ended: false,
            }),
            turn: Mutex::new(OutputTurn {
                next: 0,
                sinks,
                tally: RunCounts::default(),
                unknown: BTreeSet::new(),
                told: 0,
                failed: None,
                ended: false,
            }),
            moved: Condvar::new(),
        };
        std::thread::scope(|scope| {
            for _ in 1..self.jobs {
                scope.spawn(|| self.thread(&shared));
            }
            self.thread(&shared);
        });
        let turn = shared.turn.into_inner();
        let mut turn = turn.unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = turn.failed.take() {
            return Err(error);
        }
        let queue = shared.queue.into_inner();
        let queue = queue.unwrap_or_else(PoisonError::into_inner);
        turn.tally.ledger.add(queue.feed.ledger());
        turn.tally.close()?;
        if !turn.sinks.before.is_empty() {
            let before = std::mem::take(&mut turn.sinks.before);
            turn.sinks.out.write_all(&before).map_err(Error::output)?;
        }
        Ok((turn.sinks, turn.tally))
    }

    fn thread<L: RunListener>(&self, shared: &SharedRun<'_, L>) {
        let _leaving = EndGuard(shared);
        let pack = self.comparison.pack();
        let mut row = RowBuffer::new(pack, self.kept);
        let mut bytes = Vec::new();
        let mut clerk = OrderedWorker {
            batch: self,
            shared,
            people: Block::new(self.comparison, self.kept),
            number: 0,
            made: TaskOutput::default(),
            failed: None,
        };
        loop {
            let task = clerk.take(&mut bytes);
            match &task {
                Ok(Some(task)) => {
                    let ledger = work(task, pack, &bytes, &mut row, &mut clerk);
                    clerk.made.tally.ledger.add(ledger);
                }
                Ok(None) => return,
                Err(_) => clerk.failed = task.err(),
            }
            clerk.settle();
            if !clerk.hand_in(true) {
                return;
            }
        }
    }
}

/// What a thread has made of a task.
#[derive(Default)]
struct TaskOutput {
    out: Vec<u8>,
    rejects: Vec<u8>,
    tally: RunCounts,
    remarks: Vec<String>,
    told: Vec<RejectionMessage>,
    unknown: BTreeSet<String>,
}

/// A thread at work on a task.
struct OrderedWorker<'a, 'b, W, L> {
    batch: &'a OrderedRun<'a, W>,
    shared: &'a SharedRun<'b, L>,
    people: Block<'a>,
    number: u64,
    made: TaskOutput,
    failed: Option<Error>,
}

impl<W: RowWriter, L: RunListener> OrderedWorker<'_, '_, W, L> {
    /// The next task; its rows are put in `bytes`.
    fn take(&mut self, bytes: &mut Vec<u8>) -> Result<Option<Task>> {
        let mut queue = lock(&self.shared.queue);
        if queue.ended {
            return Ok(None);
        }
        let task = queue.feed.next(bytes);
        queue.ended = !matches!(task, Ok(Some(_)));
        self.made.remarks = queue.feed.take_remarks();
        self.number = queue.number;
        queue.number += 1;
        task
    }

    /// Waits for this task's turn and writes what was made; with `last` the next task is on.
    /// False when the run has ended.
    fn hand_in(&mut self, last: bool) -> bool {
        let mut turn = lock(&self.shared.turn);
        while turn.next != self.number && !turn.ended {
            let waited = self.shared.moved.wait(turn);
            turn = waited.unwrap_or_else(PoisonError::into_inner);
        }
        if turn.ended {
            return false;
        }
        let written = turn.write(&mut self.made);
        if let Err(error) = written.and(self.failed.take().map_or(Ok(()), Err)) {
            turn.failed = Some(error);
            turn.ended = true;
            drop(turn);
            self.shared.end();
            return false;
        }
        if last {
            turn.next += 1;
            drop(turn);
            self.shared.moved.notify_all();
        }
        true
    }

    /// Assesses and writes those who wait.
    fn settle(&mut self) {
        let (made, writer) = (&mut self.made, self.batch.writer);
        self.people.assess(|person, outcome| {
            made.tally.rows += 1;
            match outcome.state() {
                State::Clear => {}
                State::Unclear => made.tally.unclear += 1,
                State::Insufficient => made.tally.insufficient += 1,
            }
            writer.person(&mut made.out, person, outcome);
        });
    }

    /// Whether to go on with the task.
    fn go_on(&mut self) -> bool {
        if self.made.out.len() + self.made.rejects.len() > ENOUGH {
            return self.hand_in(false);
        }
        true
    }
}

impl<W: RowWriter, L: RunListener> Receiver for OrderedWorker<'_, '_, W, L> {
    fn person(&mut self, id: &str, answers: &Answers, kept: &[KeptField]) -> bool {
        if !self.people.add(id, answers, kept) {
            return true;
        }
        self.settle();
        self.go_on()
    }

    fn reject(&mut self, rejection: &Rejection<'_>) -> bool {
        self.made.tally.rows += 1;
        self.made.tally.rejected += 1;
        if self.batch.rejects {
            reject_row(&mut self.made.rejects, rejection);
        }
        if self.made.told.len() <= SHOWN || self.batch.strict {
            self.made.told.push(RejectionMessage::of(rejection));
        }
        if self.batch.strict {
            self.settle();
            let message = self.made.told.pop().map_or_else(String::new, |t| t.0);
            self.failed = Some(Error::failed(format!("{message}\nstopped by --strict")));
            return false;
        }
        self.go_on()
    }

    fn unknown(&mut self, question: &str) {
        if self.made.unknown.len() < SHOWN {
            self.made
                .unknown
                .insert(question.chars().take(60).collect());
        }
    }
}

impl<L: RunListener> OutputTurn<L> {
    fn write(&mut self, made: &mut TaskOutput) -> Result<()> {
        let sinks = &mut self.sinks;
        for remark in made.remarks.drain(..) {
            sinks.listener.remark(&remark);
        }
        let before = std::mem::take(&mut sinks.before);
        sinks.out.write_all(&before).map_err(Error::output)?;
        let skip = sinks.skip.min(made.out.len());
        sinks.skip -= skip;
        let out = sinks.out.write_all(&made.out[skip..]);
        out.map_err(Error::output)?;
        if let Some(rejects) = &mut sinks.rejects {
            let rejects = rejects.write_all(&made.rejects);
            rejects.map_err(|e| Error::io("cannot write the rejected rows", e))?;
        }
        for told in made.told.drain(..) {
            self.told += 1;
            if self.told <= SHOWN + 1 {
                sinks.listener.rejected(&told);
            }
        }
        for question in std::mem::take(&mut made.unknown) {
            if self.unknown.len() < SHOWN && self.unknown.insert(question.clone()) {
                sinks.listener.unknown(&question);
            }
        }
        self.tally.add(made.tally);
        sinks.listener.done(&self.tally);
        made.out.clear();
        made.rejects.clear();
        made.tally = RunCounts::default();
        Ok(())
    }
}

impl<L> SharedRun<'_, L> {
    /// Ends the run for all threads.
    fn end(&self) {
        lock(&self.queue).ended = true;
        lock(&self.turn).ended = true;
        self.moved.notify_all();
    }
}

/// Ends the run if a thread is lost, so that no other waits for it.
struct EndGuard<'a, 'b, L>(&'a SharedRun<'b, L>);

impl<L> Drop for EndGuard<'_, '_, L> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.end();
        }
    }
}
