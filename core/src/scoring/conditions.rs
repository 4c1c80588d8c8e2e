//! Conditions of work that go beyond what a person tolerates (scoring, section 7).

use crate::pack::model::{ConditionIx, Pack, RoleIx};

/// A pack may ask about so many conditions: one bit each.
pub(crate) const MOST_CONDITIONS: usize = 64;

/// The code of the answer that a condition is tolerated seldom.
const SELDOM: u8 = 2;
/// The code of the answer that a condition is ruled out.
pub(crate) const NOT_FOR_ME: u8 = 3;
/// Exposure that these two tolerate; the first answer tolerates all.
const TOLERATED: [u8; 2] = [1, 0];

/// Some of a pack's conditions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ConditionSet(u64);

impl ConditionSet {
    /// Its conditions, in the order of asking.
    pub(crate) fn iter(self) -> impl Iterator<Item = ConditionIx> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let next = left.trailing_zeros() as ConditionIx;
            left &= left.checked_sub(1)?;
            Some(next)
        })
    }
}

/// Conditions to which a role exposes beyond what answers 2 and 3 tolerate.
pub(crate) type ExposureLimits = [ConditionSet; 2];

/// Lays out what goes beyond what, for each role in play.
pub(crate) fn beyond(pack: &Pack, candidates: &[RoleIx]) -> Vec<ExposureLimits> {
    let of = |&r: &RoleIx| {
        TOLERATED.map(|most| {
            let exposures = pack.roles[r].exposures.iter().enumerate();
            let over = exposures.filter(|(_, exposure)| **exposure > most);
            ConditionSet(over.fold(0, |set, (c, _)| set | 1 << c))
        })
    };
    candidates.iter().map(of).collect()
}

/// What one person tolerates seldom or not at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tolerances([u64; 2]);

impl Tolerances {
    /// Those of N people, from their codes to the pack's condition questions, in the order of asking.
    #[inline(always)]
    pub(crate) fn of_all<'c, const N: usize>(
        codes: impl Iterator<Item = &'c [u8; N]>,
    ) -> [[u64; N]; 2] {
        let mut all = [[0; N]; 2];
        for (c, codes) in codes.enumerate() {
            for lane in 0..N {
                all[0][lane] |= u64::from(codes[lane] == SELDOM) << c;
                all[1][lane] |= u64::from(codes[lane] == NOT_FOR_ME) << c;
            }
        }
        all
    }

    /// Those of one of them.
    #[inline(always)]
    pub(crate) fn of<const N: usize>(all: &[[u64; N]; 2], lane: usize) -> Self {
        Self(all.map(|of| of[lane]))
    }

    /// How far this exposure to a condition, 0..=3, goes beyond what is tolerated: 0 not at all, 1 a
    /// little more than was wished, 2 and 3 clearly.
    #[must_use]
    pub(crate) fn degree(self, c: ConditionIx, exposure: u8) -> u8 {
        let says = |of: usize| self.0[of] >> c & 1 == 1;
        match (says(0), says(1)) {
            (true, _) => exposure.saturating_sub(TOLERATED[0]),
            (_, true) => exposure.saturating_sub(TOLERATED[1]),
            _ => 0,
        }
    }

    /// Conditions of a role that go beyond it; an unanswered one is no conflict.
    #[inline(always)]
    pub(crate) fn conflicts(self, beyond: &ExposureLimits) -> ConditionSet {
        ConditionSet(self.0[0] & beyond[0].0 | self.0[1] & beyond[1].0)
    }
}

#[cfg(test)]
mod tests {
    use super::ConditionSet;

    #[test]
    fn a_set_lists_its_conditions() {
        let set = ConditionSet(1 << 63 | 0b101);
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 2, 63]);
        assert_eq!(ConditionSet(0).iter().count(), 0);
    }
}
