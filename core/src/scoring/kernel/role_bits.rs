//! Sets of roles of people side by side: a bit for each role, so that only those of a set are gone through.

/// Roles whose bits stand in one word.
const WORD: usize = u64::BITS as usize;

/// A set of roles in play for each of N people.
#[derive(Clone, Debug, Default)]
pub(crate) struct RoleBits<const N: usize>(Vec<[u64; N]>);

impl<const N: usize> RoleBits<N> {
    /// Empties the sets; there are so many roles.
    #[inline(always)]
    pub(crate) fn clear(&mut self, roles: usize) {
        self.0.clear();
        self.0.resize(roles.div_ceil(WORD), [0; N]);
    }

    /// Puts a role in the sets of those people whose number is as wanted.
    #[inline(always)]
    pub(crate) fn put(&mut self, role: usize, numbers: &[f64; N], wanted: impl Fn(f64) -> bool) {
        let bits = &mut self.0[role / WORD];
        for lane in 0..N {
            bits[lane] |= u64::from(wanted(numbers[lane])) << (role % WORD);
        }
    }

    /// Whether a role is in the set of one of the N.
    #[inline(always)]
    pub(crate) fn has(&self, role: usize, lane: usize) -> bool {
        self.0[role / WORD][lane] >> (role % WORD) & 1 == 1
    }

    /// How many roles are in the set of one of the N.
    #[inline(always)]
    pub(crate) fn count(&self, lane: usize) -> usize {
        let bits = self.0.iter().map(|bits| bits[lane].count_ones() as usize);
        bits.sum()
    }

    /// The roles in the set of one of the N, in their order.
    #[inline(always)]
    pub(crate) fn iter(&self, lane: usize) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(move |(word, bits)| {
            let mut left = bits[lane];
            std::iter::from_fn(move || {
                let next = word * WORD + left.trailing_zeros() as usize;
                left &= left.checked_sub(1)?;
                Some(next)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::RoleBits;

    #[test]
    fn a_set_has_the_roles_that_were_put_in() {
        let mut sets = RoleBits::<2>::default();
        sets.clear(200);
        for role in [0, 63, 64, 199] {
            sets.put(role, &[1.0, -1.0], |number| number >= 0.0);
        }
        assert_eq!(sets.iter(0).collect::<Vec<_>>(), [0, 63, 64, 199]);
        assert_eq!((sets.count(0), sets.count(1)), (4, 0));
        assert!(sets.has(64, 0) && !sets.has(65, 0) && !sets.has(64, 1));
        sets.clear(200);
        assert_eq!(sets.count(0), 0);
    }
}
