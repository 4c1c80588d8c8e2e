//! The people of an input one after the other, for who reads another input beside it.

use crate::error::Result;
use crate::input::feed::{Feed, FeedOptions};
use crate::input::ledger::Ledger;
use crate::input::row::{KeptField, Receiver, Rejection, RowBuffer};
use crate::input::tasks::work;
use rolescope_core::{Answers, Pack};
use std::collections::VecDeque;

/// Bytes that are read at a time.
const SIZE: usize = 32 << 10;

/// People in the order of their input. Those that cannot be scored are passed over, as `score` does.
pub struct PeopleReader<'a> {
    feed: Feed<'a>,
    pack: &'a Pack,
    row: RowBuffer,
    bytes: Vec<u8>,
    waiting: PendingPeople,
    ledger: Ledger,
}

#[derive(Default)]
struct PendingPeople {
    people: VecDeque<(String, Answers)>,
    read: u64,
    rejected: u64,
}

impl Receiver for PendingPeople {
    fn person(&mut self, id: &str, answers: &Answers, _: &[KeptField]) -> bool {
        self.read += 1;
        self.people.push_back((id.to_owned(), answers.clone()));
        true
    }

    fn reject(&mut self, _: &Rejection<'_>) -> bool {
        self.rejected += 1;
        true
    }

    fn unknown(&mut self, _: &str) {}
}

impl<'a> PeopleReader<'a> {
    /// The people of an input, `-` for standard input.
    #[must_use]
    pub fn new(input: &str, pack: &'a Pack) -> Self {
        let wanted = FeedOptions {
            pack,
            written: None,
            keep: &[],
            size: SIZE,
        };
        Self {
            feed: Feed::new(&[input.to_owned()], wanted),
            pack,
            row: RowBuffer::new(pack, 0),
            bytes: Vec::new(),
            waiting: PendingPeople::default(),
            ledger: Ledger::default(),
        }
    }

    /// The next person, with the id that a result of theirs has.
    ///
    /// # Errors
    /// When the input cannot be read, or at its end somebody is not accounted for.
    pub fn next_person(&mut self) -> Result<Option<(String, Answers)>> {
        while self.waiting.people.is_empty() {
            let Some(task) = self.feed.next(&mut self.bytes)? else {
                let mut all = self.feed.ledger();
                all.add(self.ledger);
                all.close(self.waiting.read, self.waiting.rejected)?;
                return Ok(None);
            };
            let (bytes, row) = (&self.bytes, &mut self.row);
            let ledger = work(&task, self.pack, bytes, row, &mut self.waiting);
            self.ledger.add(ledger);
        }
        Ok(self.waiting.people.pop_front())
    }
}
