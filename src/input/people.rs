//! The people of an input one after the other, for who reads another input beside it.

use crate::error::Result;
use crate::input::input_log::{InputLog, Messages, PieceLog};
use crate::input::mapping::InputOptions;
use crate::input::opened::ReadOptions;
use crate::input::pack_tables::PackTables;
use crate::input::pump::Pump;
use crate::input::row::{KeptField, Receiver, Rejection, RowBuffer};
use rolescope_core::{Answers, Pack};
use std::collections::VecDeque;

/// Bytes that are read at a time.
const SIZE: usize = 32 << 10;

/// People in the order of their input. Those that cannot be scored are told of and passed over, as
/// `score` does.
pub struct PeopleReader<'a> {
    pump: Pump<'a>,
    pack: &'a Pack,
    row: RowBuffer,
    bytes: Vec<u8>,
    waiting: PendingPeople,
    rejected: u64,
    /// None when it is closed.
    log: Option<InputLog<'a>>,
}

#[derive(Default)]
struct PendingPeople {
    people: VecDeque<(String, Answers)>,
    log: PieceLog,
}

impl Receiver for PendingPeople {
    fn person(&mut self, id: &str, answers: &Answers, _: &[KeptField]) -> bool {
        self.log.people += 1;
        self.people.push_back((id.to_owned(), answers.clone()));
        true
    }

    fn reject(&mut self, rejection: &Rejection<'_>) -> bool {
        self.log.reject(rejection);
        true
    }

    fn unknown(&mut self, question: &str) {
        self.log.unknown(question);
    }
}

impl<'a> PeopleReader<'a> {
    /// The people of an input, `-` for standard input.
    #[must_use]
    pub fn new(
        input: &str,
        pack: &'a Pack,
        messages: &'a mut dyn Messages,
        options: &'a InputOptions,
    ) -> Self {
        let options = ReadOptions {
            pack,
            input: options,
            keep: &[],
            size: SIZE,
            tables: PackTables::default(),
        };
        Self {
            pump: Pump::new(&[input.to_owned()], options),
            pack,
            row: RowBuffer::new(pack, &[]),
            bytes: Vec::new(),
            waiting: PendingPeople::default(),
            rejected: 0,
            log: Some(InputLog::new(pack, messages)),
        }
    }

    /// How many rows hold nobody; known when the last person was read.
    #[must_use]
    pub const fn rejected(&self) -> u64 {
        self.rejected
    }

    /// The next person, with the id that a result of theirs has.
    ///
    /// # Errors
    /// When the input cannot be read, or at its end somebody is not accounted for.
    pub fn next_person(&mut self) -> Result<Option<(String, Answers)>> {
        while let (true, Some(log)) = (self.waiting.people.is_empty(), &mut self.log) {
            let waiting = &mut self.waiting;
            let piece = self
                .pump
                .next_told(&mut self.bytes, false, &mut waiting.log)?;
            if let Some(piece) = &piece {
                let ledger = piece.read(self.pack, &self.bytes, &mut self.row, waiting);
                waiting.log.ledger.add(ledger);
            }
            log.take(&mut waiting.log);
            if piece.is_none()
                && let Some(log) = self.log.take()
            {
                let summary = log.close(self.pump.ledger(), self.pump.opened())?;
                self.rejected = summary.rejected;
            }
        }
        Ok(self.waiting.people.pop_front())
    }
}
