//! Covariances of a trait's items, each pair over the people who answered both, and what follows
//! from them.

use crate::psychometrics::answer_tables::AnswerTables;
use crate::psychometrics::layout::{AnalysisLayout, LayoutItem};
use crate::psychometrics::moments::covariance;

/// Variances below this are none: rounding may leave a little.
const NEGLIGIBLE: f64 = 1e-12;

/// Covariances of items, as they add to the trait's sum: weight times keyed value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Covariances {
    items: usize,
    cells: Vec<f64>,
    /// The fewest people behind any of them.
    pub fewest: u64,
}

/// What the table of a pair adds up to.
struct PairTotals {
    people: u64,
    x: i128,
    y: i128,
    xy: i128,
}

fn pair(a: &LayoutItem, b: &LayoutItem, table: &[u64]) -> PairTotals {
    let mut sums = PairTotals {
        people: 0,
        x: 0,
        y: 0,
        xy: 0,
    };
    for (row, &x) in table.chunks_exact(b.width).zip(&a.parts).skip(1) {
        for (&people, &y) in row.iter().zip(&b.parts).skip(1) {
            let (times, x, y) = (i128::from(people), i128::from(x), i128::from(y));
            sums.people += people;
            sums.x += times * x;
            sums.y += times * y;
            sums.xy += times * x * y;
        }
    }
    sums
}

/// People who answered an item, the sum of its parts and of their squares.
pub(crate) fn alone(item: &LayoutItem, tables: &AnswerTables) -> (u64, i128, i128) {
    let table = tables.of(item.question);
    let (mut people, mut sum, mut squares) = (0, 0, 0);
    for (slot, &part) in item.parts.iter().enumerate().skip(1) {
        let count = table[usize::from(item.code(slot))];
        let (n, x) = (i128::from(count), i128::from(part));
        people += count;
        sum += n * x;
        squares += n * x * x;
    }
    (people, sum, squares)
}

impl Covariances {
    /// Of a trait's items; none where two of them were answered together by fewer than two people.
    pub(crate) fn of(layout: &AnalysisLayout, at: usize, tables: &AnswerTables) -> Option<Self> {
        let scale = &layout.scales[at];
        let items = &layout.items[scale.items.clone()];
        let n = items.len();
        let (mut cells, mut fewest) = (vec![0.0; n * n], u64::MAX);
        let mut start = scale.pairs;
        for (j, b) in items.iter().enumerate() {
            let (people, sum, squares) = alone(b, tables);
            fewest = fewest.min(people);
            cells[j * n + j] = b.worth * b.worth * covariance(people, sum, sum, squares)?;
            for (i, a) in items[..j].iter().enumerate() {
                let size = a.width * b.width;
                let sums = pair(a, b, &tables.pairs[start..start + size]);
                start += size;
                fewest = fewest.min(sums.people);
                let value = covariance(sums.people, sums.x, sums.y, sums.xy)?;
                cells[i * n + j] = a.worth * b.worth * value;
                cells[j * n + i] = cells[i * n + j];
            }
        }
        Some(Self {
            items: n,
            cells,
            fewest,
        })
    }

    /// From the covariances themselves, row by row, behind which there are so many people.
    #[cfg(test)]
    pub(crate) fn new(items: usize, cells: Vec<f64>, fewest: u64) -> Option<Self> {
        (cells.len() == items * items).then_some(Self {
            items,
            cells,
            fewest,
        })
    }

    /// Number of items.
    #[must_use]
    pub(crate) fn items(&self) -> usize {
        self.items
    }

    /// Covariance of two items.
    #[must_use]
    pub(crate) fn get(&self, i: usize, j: usize) -> f64 {
        self.cells[i * self.items + j]
    }

    /// Sum of all covariances of the items of `a` with those of `b`: the covariance of two sums.
    fn between(&self, a: impl Fn(usize) -> bool, b: impl Fn(usize) -> bool) -> f64 {
        let mut sum = 0.0;
        for i in (0..self.items).filter(|&i| a(i)) {
            for j in (0..self.items).filter(|&j| b(j)) {
                sum += self.get(i, j);
            }
        }
        sum
    }

    /// Variance of the sum of all items.
    #[must_use]
    pub(crate) fn total(&self) -> f64 {
        self.between(|_| true, |_| true)
    }

    /// Cronbach's alpha (1951) of the items that are kept: k / (k - 1) of the share of the sum's
    /// variance that is covariance. At most 1, and below 0 where items go against each other. None for
    /// fewer than two, or where the sum does not vary.
    fn alpha_of(&self, kept: impl Fn(usize) -> bool + Copy) -> Option<f64> {
        let kept_items = (0..self.items).filter(|&i| kept(i));
        let (mut k, mut own) = (0.0, 0.0);
        for i in kept_items {
            k += 1.0;
            own += self.get(i, i);
        }
        let total = self.between(kept, kept);
        (k >= 2.0 && total > NEGLIGIBLE).then(|| k / (k - 1.0) * (1.0 - own / total))
    }

    /// Cronbach's alpha.
    #[must_use]
    pub(crate) fn alpha(&self) -> Option<f64> {
        self.alpha_of(|_| true)
    }

    /// Alpha without one item.
    #[must_use]
    pub(crate) fn alpha_without(&self, item: usize) -> Option<f64> {
        self.alpha_of(|i| i != item)
    }

    /// Correlation of an item with the sum of the others; none where either does not vary.
    #[must_use]
    pub(crate) fn item_rest(&self, item: usize) -> Option<f64> {
        let others = |i: usize| i != item;
        let (own, rest) = (self.get(item, item), self.between(others, others));
        (own > NEGLIGIBLE && rest > NEGLIGIBLE).then(|| {
            let shared = self.between(|i| i == item, others);
            (shared / (own * rest).sqrt()).clamp(-1.0, 1.0)
        })
    }

    /// Reliability from the first, third, ... items against the second, fourth, ... (Flanagan 1937;
    /// Rulon 1939; Guttman's lambda 4 of that split): four times the covariance of the halves over the
    /// variance of their sum. The halves need not vary alike. None where the sum does not vary.
    #[must_use]
    pub(crate) fn split_half(&self) -> Option<f64> {
        let (odd, even) = (|i: usize| i.is_multiple_of(2), |i: usize| i % 2 == 1);
        let total = self.total();
        (self.items >= 2 && total > NEGLIGIBLE).then(|| 4.0 * self.between(odd, even) / total)
    }
}
