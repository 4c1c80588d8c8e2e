//! One pool of threads for all that is done with many people. Threads take pieces of the inputs in turn,
//! and hand in what they made of them in the order of the inputs. There are two folds: bytes, which stand
//! in that order whatever the number of threads, and counts, which each thread keeps for itself and which
//! are merged at the end.
//!
//! Two locks and no queue: measured, as fast as a pipeline with a reader and a writer of their own.

use crate::error::{Error, Result};
use crate::input::input_log::{InputLog, InputSummary, Messages, PieceLog, message, reject_row};
use crate::input::pump::{Piece, Pump};
use crate::input::row::{KeptField, Receiver, Rejection, RowBuffer, SheetPart};
use crate::threads::{lock, on_threads};
use rolescope_core::{Answers, Pack};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// Bytes that a thread makes before it waits for its turn in the middle of a piece; what a piece makes
/// is below this unless its rows are tiny.
const ENOUGH: usize = 4 << 20;

/// What one thread does with people.
pub trait RowWorker: Send {
    /// The people that follow are of the piece of this number.
    fn begin(&mut self, _piece: u64) {}

    /// A person; what is to be written of those so far goes to `out`.
    fn person(&mut self, id: &str, answers: &Answers, kept: &[KeptField], out: &mut Vec<u8>);

    /// The end of the piece of this number: nobody of it may be left waiting.
    fn settle(&mut self, piece: u64, out: &mut Vec<u8>);

    /// Whether this thread has seen enough to end the run.
    fn enough(&self) -> bool {
        false
    }
}

/// Takes bytes in order; with true they should be on their way before more is waited for.
pub type Sink<'s> = dyn FnMut(&[u8], bool) -> Result<()> + Send + 's;

/// Where the bytes of a run go.
#[derive(Default)]
pub struct Sinks<'s> {
    /// What workers write.
    pub out: Option<&'s mut Sink<'s>>,
    /// Rejected rows, as a table.
    pub rejects: Option<&'s mut Sink<'s>>,
}

/// How a run goes.
#[derive(Clone, Copy, Debug)]
pub struct Pool<'a> {
    /// The pack that is answered.
    pub pack: &'a Pack,
    /// Columns that are copied from the input.
    pub keep: &'a [String],
    /// Stop at the first row or input that cannot be read.
    pub strict: bool,
    /// Write rejected rows as they came in, under the header of their input.
    pub raw_rejects: bool,
    /// Keep of answer files whose sitting each is.
    pub(crate) of_sheets: SheetPart,
    /// Threads.
    pub jobs: usize,
}

/// What is handed in, in order.
struct InputTurn<'a, 's> {
    next: u64,
    log: InputLog<'a>,
    /// The header of the input, until the first rejected row is written.
    header: Vec<u8>,
    raw: bool,
    sinks: Sinks<'s>,
    failed: Option<Error>,
    ended: bool,
}

/// What threads share.
struct SharedRun<'a, 's, 'p> {
    queue: Mutex<(Pump<'p>, u64)>,
    /// Whether no more pieces are to be taken.
    stop: Arc<AtomicBool>,
    rejects: bool,
    turn: Mutex<InputTurn<'a, 's>>,
    moved: Condvar,
}

impl Pool<'_> {
    /// Reads everybody; the workers come back with what they counted.
    ///
    /// # Errors
    /// When the only input cannot be read, an output fails, a row is rejected and that is to stop it, or
    /// somebody is not accounted for.
    pub fn run<W: RowWorker>(
        &self,
        pump: Pump<'_>,
        worker: impl Fn() -> W + Sync,
        sinks: Sinks<'_>,
        messages: &mut dyn Messages,
    ) -> Result<(Vec<W>, InputSummary)> {
        let shared = SharedRun {
            stop: pump.stop(),
            queue: Mutex::new((pump, 0)),
            rejects: sinks.rejects.is_some(),
            turn: Mutex::new(InputTurn {
                next: 0,
                log: InputLog::new(self.pack, messages),
                header: Vec::new(),
                raw: self.raw_rejects,
                sinks,
                failed: None,
                ended: false,
            }),
            moved: Condvar::new(),
        };
        let workers = on_threads(self.jobs, || Thread::new(self, &shared, worker()).run());
        let turn = shared.turn.into_inner();
        let turn = turn.unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = turn.failed {
            return Err(error);
        }
        if workers.iter().any(RowWorker::enough) {
            return Ok((workers, turn.log.so_far()));
        }
        let queue = shared.queue.into_inner();
        let (pump, _) = queue.unwrap_or_else(PoisonError::into_inner);
        let summary = turn.log.close(pump.ledger(), pump.opened())?;
        Ok((workers, summary))
    }
}

/// A thread at work on a piece.
struct Thread<'a, 'r, 's, 'p, W> {
    pool: &'a Pool<'a>,
    shared: &'a SharedRun<'r, 's, 'p>,
    worker: W,
    number: u64,
    live: bool,
    out: Vec<u8>,
    rejects: Vec<u8>,
    log: PieceLog,
    failed: Option<Error>,
}

impl<'a, 'r, 's, 'p, W: RowWorker> Thread<'a, 'r, 's, 'p, W> {
    fn new(pool: &'a Pool<'a>, shared: &'a SharedRun<'r, 's, 'p>, worker: W) -> Self {
        Self {
            pool,
            shared,
            worker,
            number: 0,
            live: false,
            out: Vec::new(),
            rejects: Vec::new(),
            log: PieceLog::default(),
            failed: None,
        }
    }

    fn run(mut self) -> W {
        let _leaving = EndGuard(self.shared);
        let mut row = RowBuffer::new(self.pool.pack, self.pool.keep).with(self.pool.of_sheets);
        let mut bytes = Vec::new();
        loop {
            match self.take(&mut bytes) {
                Ok(Some(piece)) => {
                    self.live = piece.live;
                    self.worker.begin(self.number);
                    let ledger = piece.read(self.pool.pack, &bytes, &mut row, &mut self);
                    self.log.ledger.add(ledger);
                    self.worker.settle(self.number, &mut self.out);
                }
                Ok(None) if self.log.is_empty() => return self.worker,
                Ok(None) => {}
                Err(error) => self.failed = Some(error),
            }
            if self.worker.enough() {
                self.shared.stop.store(true, Ordering::Relaxed);
            }
            if !self.hand_in(true) {
                return self.worker;
            }
        }
    }

    /// The next piece; its rows are put in `bytes`.
    fn take(&mut self, bytes: &mut Vec<u8>) -> Result<Option<Piece>> {
        let mut queue = lock(&self.shared.queue);
        let (pump, number) = &mut *queue;
        if self.shared.stop.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let piece = pump.next_told(bytes, self.pool.strict, &mut self.log);
        if !matches!(piece, Ok(Some(_))) {
            self.shared.stop.store(true, Ordering::Relaxed);
        }
        self.number = *number;
        *number += 1;
        piece
    }

    /// Waits for this piece's turn and hands in what was made; with `last` the next piece is on.
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
        turn.header.append(&mut self.log.headers);
        turn.log.take(&mut self.log);
        let written = turn.write(&self.out, &self.rejects, self.live);
        if let Err(error) = written.and(self.failed.take().map_or(Ok(()), Err)) {
            turn.failed = Some(error);
            drop(turn);
            self.shared.end();
            return false;
        }
        self.out.clear();
        self.rejects.clear();
        if last {
            turn.next += 1;
            drop(turn);
            self.shared.moved.notify_all();
        }
        true
    }

    /// Whether to go on with the piece.
    fn go_on(&mut self) -> bool {
        if self.out.len() + self.rejects.len() > ENOUGH && !self.hand_in(false) {
            return false;
        }
        !self.worker.enough()
    }
}

impl<W: RowWorker> Receiver for Thread<'_, '_, '_, '_, W> {
    fn person(&mut self, id: &str, answers: &Answers, kept: &[KeptField]) -> bool {
        self.log.people += 1;
        self.worker.person(id, answers, kept, &mut self.out);
        self.go_on()
    }

    fn reject(&mut self, rejection: &Rejection<'_>) -> bool {
        if self.shared.rejects {
            if self.pool.raw_rejects {
                self.rejects.extend_from_slice(rejection.row);
                self.rejects.push(b'\n');
            } else {
                reject_row(&mut self.rejects, rejection);
            }
        }
        if self.pool.strict {
            let stopped = format!("{}\nstopped by --strict", message(rejection));
            self.failed = Some(Error::failed(stopped));
            return false;
        }
        self.log.reject(rejection);
        self.go_on()
    }

    fn unknown(&mut self, question: &str) {
        self.log.unknown(question);
    }
}

impl InputTurn<'_, '_> {
    fn write(&mut self, out: &[u8], rejects: &[u8], live: bool) -> Result<()> {
        if let Some(sink) = &mut self.sinks.out {
            sink(out, live)?;
        }
        if let Some(sink) = &mut self.sinks.rejects {
            if self.raw && !rejects.is_empty() {
                sink(&std::mem::take(&mut self.header), false)?;
            }
            sink(rejects, live)?;
        }
        Ok(())
    }
}

impl SharedRun<'_, '_, '_> {
    /// Ends the run for all threads.
    fn end(&self) {
        self.stop.store(true, Ordering::Relaxed);
        lock(&self.turn).ended = true;
        self.moved.notify_all();
    }
}

/// Ends the run if a thread is lost, so that no other waits for it.
struct EndGuard<'a, 'r, 's, 'p>(&'a SharedRun<'r, 's, 'p>);

impl Drop for EndGuard<'_, '_, '_, '_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.end();
        }
    }
}
