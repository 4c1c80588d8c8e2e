//! Counts of people in a run: whoever has several sittings counts once, with the latest.
//!
//! Up to [`HELD`] people the latest sitting of each is held, and counted at the end. Of more people all sittings are
//! counted as they come, which is the same where nobody has two; where some have, the run is refused.

use crate::commands::shared::block::BlockPerson;
use crate::commands::shared::id_sample::{HELD, IdSample, hash, is_placeholder};
use crate::commands::shared::people_run::LONGEST_GROUP;
use crate::error::{Error, Result};
use rolescope_core::psychometrics::GroupCounts;
use rolescope_core::{Answers, Comparison, Outcome};

/// The latest sitting of a person so far.
#[derive(Clone, Debug)]
struct HeldSitting {
    /// Greater the later: what the file says of its time, then the place in the order of the inputs.
    order: (String, (u64, u64)),
    group: String,
    answers: Answers,
    /// How many sittings the person has.
    sittings: u64,
}

impl HeldSitting {
    /// Adds another sitting of the same person.
    fn and(&mut self, other: Self) {
        let sittings = self.sittings + other.sittings;
        if other.order > self.order {
            *self = other;
        }
        self.sittings = sittings;
    }
}

/// People counted by group.
#[derive(Clone, Debug)]
pub(crate) struct PersonCounts<'c> {
    comparison: &'c Comparison<'c>,
    /// All sittings.
    sittings: GroupCounts,
    /// Those of people without an id.
    unnamed: GroupCounts,
    held: IdSample<HeldSitting>,
    /// How many sittings there are.
    all: u64,
    /// Whether a group was named by too long a text.
    long: bool,
}

/// People, each counted once.
pub(crate) struct CountedPeople {
    /// The counts.
    pub counts: GroupCounts,
    /// How many people.
    pub people: u64,
    /// How many sittings they have.
    pub sittings: u64,
}

impl<'c> PersonCounts<'c> {
    /// Nobody yet.
    pub(crate) fn new(comparison: &'c Comparison<'c>) -> Self {
        let nobody = GroupCounts::new(comparison);
        Self {
            comparison,
            sittings: nobody.clone(),
            unnamed: nobody,
            held: IdSample::new(HELD),
            all: 0,
            long: false,
        }
    }

    /// How many groups there are.
    pub(crate) fn groups(&self) -> usize {
        self.sittings.len()
    }

    /// Whether a group was named by too long a text: nobody of it is counted.
    pub(crate) const fn has_long_group(&self) -> bool {
        self.long
    }

    /// Counts a sitting, of the group that the first kept field names where columns are kept; the last two fields
    /// say whose sitting it is and when.
    pub(crate) fn add(&mut self, person: &BlockPerson, outcome: &Outcome) {
        let (columns, sitting) = person.kept.split_at(person.kept.len().saturating_sub(2));
        let group = columns.first().map_or("", |kept| kept.text.trim());
        let sitting: Vec<&str> = sitting.iter().map(|kept| kept.text.as_str()).collect();
        let [first, when] = sitting[..] else { return };
        if group.len() > LONGEST_GROUP {
            self.long = true;
            return;
        }
        self.all += 1;
        self.sittings.add(group, outcome);
        let id = if first.is_empty() { &person.id } else { first };
        if first.is_empty() && is_placeholder(id) {
            self.unnamed.add(group, outcome);
            return;
        }
        let new = || HeldSitting {
            order: (when.to_owned(), person.place),
            group: group.to_owned(),
            answers: person.answers.clone(),
            sittings: 1,
        };
        self.held.add(hash(id), new, HeldSitting::and);
    }

    /// Adds what another thread has counted.
    pub(crate) fn merge(&mut self, other: Self) {
        self.sittings.merge(&other.sittings);
        self.unnamed.merge(&other.unnamed);
        self.held.merge(other.held, HeldSitting::and);
        self.all += other.all;
        self.long |= other.long;
    }

    /// The people.
    ///
    /// # Errors
    /// When there are too many to tell apart and some have several sittings.
    pub(crate) fn people(self) -> Result<CountedPeople> {
        let sittings = self.all;
        if !self.held.is_whole() {
            if self.held.values().any(|held| held.sittings > 1) {
                return Err(Error::failed(format!(
                    "some ids come more than once among over {HELD} people, more than can be told apart: a group \
                     is of people, so keep one row of each, or give each person an id of their own by --id"
                )));
            }
            let (counts, people) = (self.sittings, sittings);
            return Ok(CountedPeople {
                counts,
                people,
                sittings,
            });
        }
        let again: u64 = self.held.values().map(|held| held.sittings - 1).sum();
        if again == 0 {
            let (counts, people) = (self.sittings, sittings);
            return Ok(CountedPeople {
                counts,
                people,
                sittings,
            });
        }
        let mut counts = self.unnamed;
        for held in self.held.values() {
            counts.add(&held.group, &self.comparison.assess(&held.answers));
        }
        Ok(CountedPeople {
            counts,
            people: sittings - again,
            sittings,
        })
    }
}
