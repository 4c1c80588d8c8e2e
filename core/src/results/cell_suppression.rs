//! Which counts of a group must not be shown: those of few people, and those that would give such a
//! count away by subtraction.
//!
//! Primary and complementary cell suppression as in Hundepool et al., *Statistical Disclosure Control*
//! (2012), chapter 4, with the threshold rule. A table has a row for each of some kinds of people that
//! exclude each other and together are everybody, a column for each group, and a last column for the
//! whole. The number of people in each column is always shown.

/// A count of people below this, but for nobody at all, is withheld.
pub(crate) const FEWEST: u64 = 5;

/// Whether a count is of few people.
#[must_use]
pub(crate) const fn is_few(count: u64) -> bool {
    count > 0 && count < FEWEST
}

/// Which cells of a table are withheld; `cells` holds a list of columns for each row, the whole last.
/// With a single group, the whole is the group, and only the last column counts.
#[must_use]
pub(crate) fn table(cells: &[Vec<u64>]) -> Vec<Vec<bool>> {
    let mut hidden: Vec<Vec<bool>> = cells
        .iter()
        .map(|row| row.iter().map(|&count| is_few(count)).collect())
        .collect();
    let columns = cells.first().map_or(0, Vec::len);
    loop {
        let mut changed = false;
        for c in 0..columns {
            let column: Vec<u64> = cells.iter().map(|row| row[c]).collect();
            let mut flags: Vec<bool> = hidden.iter().map(|row| row[c]).collect();
            if protect(&column, &mut flags) {
                changed = true;
                for (row, flag) in hidden.iter_mut().zip(flags) {
                    row[c] = flag;
                }
            }
        }
        if columns > 1 {
            for (row, flags) in cells.iter().zip(&mut hidden) {
                changed |= against_whole(row, flags);
            }
        }
        if !changed {
            return hidden;
        }
    }
}

/// Counts whose sum is shown: hides more until those hidden are at least two, and together at least
/// [`FEWEST`] people, so that their sum says no more than any shown count. True when one more is hidden.
pub(crate) fn protect(counts: &[u64], hidden: &mut [bool]) -> bool {
    let mut changed = false;
    loop {
        let people: u64 = counts
            .iter()
            .zip(&*hidden)
            .filter(|(_, h)| **h)
            .map(|(c, _)| c)
            .sum();
        let cells = hidden.iter().filter(|h| **h).count();
        if cells == 0 || cells > 1 && people >= FEWEST {
            return changed;
        }
        // the smallest, but nobody only where nothing else is left
        let next = (0..counts.len())
            .filter(|&at| !hidden[at])
            .min_by_key(|&at| (counts[at] == 0, counts[at]));
        let Some(next) = next else { return changed };
        hidden[next] = true;
        changed = true;
    }
}

/// Counts of groups and, last, of the whole, which is shown unless it is hidden itself.
fn against_whole(counts: &[u64], hidden: &mut [bool]) -> bool {
    let last = counts.len() - 1;
    let (whole, groups) = (hidden[last], &mut hidden[..last]);
    if !whole {
        return protect(&counts[..last], groups);
    }
    if groups.iter().any(|h| *h) {
        return false;
    }
    // all shown groups would add up to the hidden whole
    let next = (0..last).min_by_key(|&at| (counts[at] == 0, counts[at]));
    next.is_some_and(|at| {
        groups[at] = true;
        true
    })
}
