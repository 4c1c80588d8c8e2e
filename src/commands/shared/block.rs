//! Blocks of people: answers are collected until a block is full, and then scored together.

use crate::input::row::KeptField;
use rolescope_core::{Answers, Assessor, Comparison, Outcome};

/// People of a block: of 8, 16 and 32 the size with the fewest instructions a person.
const BLOCK: usize = 16;

/// One person of a block.
#[derive(Clone)]
pub(crate) struct BlockPerson {
    /// Label of the person.
    pub id: String,
    /// The answers.
    pub answers: Answers,
    /// Columns kept from the input.
    pub kept: Vec<KeptField>,
    /// Place in the order of the inputs: which piece, and which of its people.
    pub place: (u64, u64),
}

/// A block of people, whose memory is reused.
pub(crate) struct Block<'d> {
    assessor: Assessor<'d, BLOCK>,
    people: Vec<BlockPerson>,
    filled: usize,
    /// How many roles are shown of a person, where no more than these and the bands is.
    pub first: Option<usize>,
    /// The place of the next person.
    place: (u64, u64),
}

impl<'d> Block<'d> {
    /// An empty block; `kept` columns are copied from the input.
    pub(crate) fn new(comparison: &'d Comparison<'d>, kept: usize) -> Self {
        let person = BlockPerson {
            id: String::new(),
            answers: Answers::none(comparison.pack()),
            kept: vec![KeptField::default(); kept],
            place: (0, 0),
        };
        Self {
            assessor: Assessor::new(comparison),
            people: vec![person; BLOCK],
            filled: 0,
            first: None,
            place: (0, 0),
        }
    }

    /// The people from here on are of this piece of the inputs.
    pub(crate) const fn begin(&mut self, piece: u64) {
        self.place = (piece, 0);
    }

    /// Adds a person; true when the block is full.
    pub(crate) fn add(&mut self, id: &str, answers: &Answers, kept: &[KeptField]) -> bool {
        let person = &mut self.people[self.filled];
        person.id.clear();
        person.id.push_str(id);
        person.answers.clone_from(answers);
        person.kept.clone_from_slice(kept);
        person.place = self.place;
        self.place.1 += 1;
        self.assessor.put(self.filled, answers);
        self.filled += 1;
        self.filled == BLOCK
    }

    /// Assesses everyone in the block, calls `see` for each in order, and empties the block.
    pub(crate) fn assess(&mut self, mut see: impl FnMut(&BlockPerson, &Outcome)) {
        if self.filled > 0 {
            self.assessor.assess();
        }
        for (lane, person) in self.people[..self.filled].iter().enumerate() {
            let outcome = match self.first {
                Some(roles) => self.assessor.look_at_first(lane, roles),
                None => self.assessor.look(lane),
            };
            see(person, outcome);
        }
        self.filled = 0;
    }
}
