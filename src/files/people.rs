//! The people of an input one after the other, for who reads another input beside it.

use crate::engine::answers::Answers;
use crate::engine::pack::Pack;
use crate::error::Result;
use crate::files::feed::{Feed, Wanted};
use crate::files::rows::{Kept, Receiver, Rejection, Row};
use crate::files::tasks::work;
use std::collections::VecDeque;

/// Bytes that are read at a time.
const SIZE: usize = 32 << 10;

/// People in the order of their input. Those that cannot be scored are passed over, as `score` does.
pub struct People<'a> {
    feed: Feed<'a>,
    pack: &'a Pack,
    row: Row,
    bytes: Vec<u8>,
    waiting: Waiting,
}

#[derive(Default)]
struct Waiting(VecDeque<(String, Answers)>);

impl Receiver for Waiting {
    fn person(&mut self, id: &str, answers: &Answers, _: &[Kept]) -> bool {
        self.0.push_back((id.to_owned(), answers.clone()));
        true
    }

    fn reject(&mut self, _: &Rejection<'_>) -> bool {
        true
    }

    fn unknown(&mut self, _: &str) {}
}

impl<'a> People<'a> {
    /// The people of an input, `-` for standard input.
    #[must_use]
    pub fn new(input: &str, pack: &'a Pack) -> Self {
        let wanted = Wanted {
            pack,
            written: None,
            keep: &[],
            size: SIZE,
        };
        Self {
            feed: Feed::new(&[input.to_owned()], wanted),
            pack,
            row: Row::new(pack, 0),
            bytes: Vec::new(),
            waiting: Waiting::default(),
        }
    }

    /// The next person, with the id that a result of theirs has.
    ///
    /// # Errors
    /// When the input cannot be read.
    pub fn next_person(&mut self) -> Result<Option<(String, Answers)>> {
        while self.waiting.0.is_empty() {
            let Some(task) = self.feed.next(&mut self.bytes)? else {
                return Ok(None);
            };
            let (bytes, row) = (&self.bytes, &mut self.row);
            work(&task, self.pack, bytes, row, &mut self.waiting);
        }
        Ok(self.waiting.0.pop_front())
    }
}
