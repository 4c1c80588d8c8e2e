//! Conditions of work that go beyond what a person tolerates (scoring, section 7).

use crate::engine::answers::Answers;
use crate::engine::fit::Design;
use crate::engine::pack::{ConditionIx, Pack, RoleIx};

/// A pack may ask about so many conditions: one bit each.
pub const MOST_CONDITIONS: usize = 64;

/// Exposure that answers 1, 2 and 3 to a condition question tolerate; unanswered is no conflict.
const TOLERATED: [u8; 4] = [3, 3, 1, 0];

/// Some of a pack's conditions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConditionSet(u64);

impl ConditionSet {
    /// Its conditions, in the order of asking.
    pub fn iter(self) -> impl Iterator<Item = ConditionIx> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let next = left.trailing_zeros() as ConditionIx;
            left &= left.checked_sub(1)?;
            Some(next)
        })
    }

    /// Whether it has none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a condition is among them.
    #[must_use]
    pub const fn contains(self, condition: ConditionIx) -> bool {
        self.0 >> condition & 1 == 1
    }
}

/// For each condition and code of its question, the roles in play that go beyond what is tolerated:
/// the bit of the condition for those, 0 for others.
pub(crate) type Beyond = Vec<[Vec<u64>; 4]>;

/// Lays out what goes beyond what.
pub(crate) fn beyond(pack: &Pack, in_play: &[RoleIx]) -> Beyond {
    let of = |c: ConditionIx, most: u8| {
        let exposed = |&r: &RoleIx| pack.roles[r].exposures[c] > most;
        in_play.iter().map(|r| u64::from(exposed(r)) << c).collect()
    };
    (0..pack.conditions.len())
        .map(|c| TOLERATED.map(|most| of(c, most)))
        .collect()
}

/// The conditions of each role in play that go beyond what these answers tolerate, into a list that
/// is used again.
#[inline(always)]
pub(crate) fn conflicts_into(
    design: &Design<'_>,
    answers: &Answers,
    conflicts: &mut Vec<ConditionSet>,
) {
    conflicts.clear();
    conflicts.resize(design.in_play.len(), ConditionSet::default());
    let codes = answers.codes();
    for (&q, beyond) in design.pack.conditions.iter().zip(&design.plan.beyond) {
        let code = usize::from(codes[q]);
        // most people rule little out
        if code > 1 {
            for (conflicts, beyond) in conflicts.iter_mut().zip(&beyond[code]) {
                conflicts.0 |= beyond;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ConditionSet;

    #[test]
    fn a_set_lists_its_conditions() {
        let set = ConditionSet(1 << 63 | 0b101);
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 2, 63]);
        assert!(set.contains(63) && !set.contains(1) && !set.is_empty());
        assert_eq!(ConditionSet(0).iter().count(), 0);
    }
}
