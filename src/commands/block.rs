//! People who wait until there are enough of them to be assessed side by side.

use crate::input::row::KeptField;
use rolescope_core::{Answers, Assessor, Comparison, Outcome};

/// People assessed at a time: of 8, 16 and 32 the number with the fewest instructions a person.
const ABREAST: usize = 16;

/// Someone who waits.
#[derive(Clone)]
pub(crate) struct BlockPerson {
    /// Who.
    pub id: String,
    /// The answers.
    pub answers: Answers,
    /// What is carried from the input.
    pub kept: Vec<KeptField>,
}

/// Those who wait, in memory that is used again.
pub(crate) struct Block<'d> {
    assessor: Assessor<'d, ABREAST>,
    people: Vec<BlockPerson>,
    waits: usize,
}

impl<'d> Block<'d> {
    /// Nobody yet; `kept` columns are carried from the input.
    pub(crate) fn new(comparison: &'d Comparison<'d>, kept: usize) -> Self {
        let person = BlockPerson {
            id: String::new(),
            answers: Answers::none(comparison.pack()),
            kept: vec![KeptField::default(); kept],
        };
        Self {
            assessor: Assessor::new(comparison),
            people: vec![person; ABREAST],
            waits: 0,
        }
    }

    /// Adds a person; true when there are enough.
    pub(crate) fn add(&mut self, id: &str, answers: &Answers, kept: &[KeptField]) -> bool {
        let person = &mut self.people[self.waits];
        person.id.clear();
        person.id.push_str(id);
        person.answers.clone_from(answers);
        person.kept.clone_from_slice(kept);
        self.assessor.put(self.waits, answers);
        self.waits += 1;
        self.waits == ABREAST
    }

    /// Assesses all who wait and shows each in turn; nobody waits then.
    pub(crate) fn assess(&mut self, mut see: impl FnMut(&BlockPerson, &Outcome)) {
        if self.waits > 0 {
            self.assessor.assess();
        }
        for (lane, person) in self.people[..self.waits].iter().enumerate() {
            see(person, self.assessor.look(lane));
        }
        self.waits = 0;
    }
}
