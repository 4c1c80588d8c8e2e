//! Threads: number of cores, and locking that ignores poisoning.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many threads are of use: as many as run at the same time.
#[must_use]
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// What a mutex guards, also after a thread was lost: its loss ends the run by itself.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
