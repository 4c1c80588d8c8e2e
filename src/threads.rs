//! Threads: number of cores, work on several, and locking that ignores poisoning.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, ScopedJoinHandle};

/// How many threads are of use: as many as run at the same time.
#[must_use]
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Does the same on so many threads, this one among them, and gives what each has found. Where the system
/// gives no thread, by a limit of processes or of memory, those that there are do the work.
pub(crate) fn on_threads<T: Send>(threads: usize, work: impl Fn() -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let begun = (1..threads).map_while(|_| Builder::new().spawn_scoped(scope, &work).ok());
        let others: Vec<_> = begun.collect();
        let mut all = vec![work()];
        all.extend(others.into_iter().map(joined));
        all
    })
}

/// What a thread has found. A panic of it goes on here, as what it had done would be missing.
fn joined<T>(begun: ScopedJoinHandle<'_, T>) -> T {
    match begun.join() {
        Ok(found) => found,
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

/// Does two things at the same time; one after the other where the system gives no thread.
pub(crate) fn both<A: Send, B>(one: impl Fn() -> A + Sync, other: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|scope| {
        let begun = Builder::new().spawn_scoped(scope, &one);
        let second = other();
        let first = begun.map_or_else(|_| one(), joined);
        (first, second)
    })
}

/// Takes on this thread what another one sends meanwhile, and gives what both have found; where the system gives no
/// thread, all is sent before the first is taken.
pub(crate) fn piped<T: Send, A: Send, B>(
    produce: impl Fn(&Sender<T>) -> A + Sync,
    consume: impl FnOnce(Receiver<T>) -> B,
) -> (A, B) {
    let (sender, receiver) = channel();
    std::thread::scope(|scope| {
        let (produce, own) = (&produce, sender.clone());
        let Ok(begun) = Builder::new().spawn_scoped(scope, move || produce(&own)) else {
            let sent = produce(&sender);
            drop(sender);
            return (sent, consume(receiver));
        };
        // its end is that of the other thread
        drop(sender);
        let taken = consume(receiver);
        (joined(begun), taken)
    })
}

/// Maps all of them on so many threads, each of which takes a share of so many at a time, and gives them in their order.
pub(crate) fn map_in_order<T: Sync, U: Send>(
    all: &[T],
    (threads, share): (usize, usize),
    map: impl Fn(&T) -> U + Sync,
) -> Vec<U> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut mine = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(part) = all.chunks(share).nth(number) else {
                return mine;
            };
            mine.push((number, part.iter().map(&map).collect::<Vec<U>>()));
        }
    };
    let parts = on_threads(threads.min(all.len().div_ceil(share)), work).into_iter();
    let mut parts: Vec<(usize, Vec<U>)> = parts.flatten().collect();
    parts.sort_unstable_by_key(|(number, _)| *number);
    parts.into_iter().flat_map(|(_, part)| part).collect()
}

/// What a mutex guards, also after a thread was lost: its loss ends the run by itself.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::{both, piped};
    use std::sync::Barrier;

    #[test]
    fn what_is_sent_is_taken_in_order_while_more_is_sent() {
        let met = Barrier::new(2);
        let (sent, taken) = piped(
            |sender| {
                sender.send(1).expect("taken");
                met.wait();
                sender.send(2).expect("taken");
                2
            },
            |receiver| {
                let first = receiver.recv().expect("sent");
                met.wait();
                std::iter::once(first).chain(receiver).collect::<Vec<i32>>()
            },
        );
        assert_eq!((sent, taken), (2, vec![1, 2]));
    }

    #[test]
    fn two_things_are_done_at_the_same_time() {
        // each waits for the other
        let met = Barrier::new(2);
        let done = both(
            || usize::from(met.wait().is_leader()),
            || usize::from(met.wait().is_leader()),
        );
        assert_eq!(done.0 + done.1, 1);
    }
}
