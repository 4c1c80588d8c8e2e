//! Sums of scores and of their products, over all pairs of traits, of the people who have both.

use crate::engine::study::counts::{NONE, add};

/// Sums for means, variances and covariances; each pair of traits over the people with both.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Moments {
    traits: usize,
    /// People with a score on every trait: nearly all, so counted apart and faster.
    people: u64,
    sums: Vec<u64>,
    /// Products of each trait with those up to itself.
    products: Vec<u64>,
    /// Of the others, by pair: people, sum of each, squares of each, products.
    parts: Vec<[u64; 6]>,
}

/// What is known of two traits.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Both {
    pub people: u64,
    pub x: u64,
    pub y: u64,
    pub xx: u64,
    pub yy: u64,
    pub xy: u64,
}

impl Moments {
    pub(crate) fn new(traits: usize) -> Self {
        let pairs = traits * (traits + 1) / 2;
        Self {
            traits,
            people: 0,
            sums: vec![0; traits],
            products: vec![0; pairs],
            parts: vec![[0; 6]; pairs],
        }
    }

    /// Adds a person's scores in hundredths.
    pub(crate) fn add(&mut self, scores: &[u32]) {
        if scores.contains(&NONE) {
            self.add_part(scores);
            return;
        }
        self.people += 1;
        let mut rest = self.products.as_mut_slice();
        for (k, &x) in scores.iter().enumerate() {
            self.sums[k] += u64::from(x);
            let (row, more) = rest.split_at_mut(k + 1);
            for (product, &y) in row.iter_mut().zip(scores) {
                *product += u64::from(x) * u64::from(y);
            }
            rest = more;
        }
    }

    fn add_part(&mut self, scores: &[u32]) {
        let mut at = 0;
        for (k, &x) in scores.iter().enumerate() {
            for &y in &scores[..=k] {
                if x != NONE && y != NONE {
                    let (x, y) = (u64::from(x), u64::from(y));
                    add(&mut self.parts[at], &[1, x, y, x * x, y * y, x * y]);
                }
                at += 1;
            }
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.people += other.people;
        add(&mut self.sums, &other.sums);
        add(&mut self.products, &other.products);
        add(self.parts.as_flattened_mut(), other.parts.as_flattened());
    }

    /// The sums of traits `x` and `y`, where `y` does not come after `x`.
    pub(crate) fn both(&self, x: usize, y: usize) -> Both {
        let at = |x: usize, y: usize| x * (x + 1) / 2 + y;
        debug_assert!(y <= x && x < self.traits, "traits in order");
        let part = &self.parts[at(x, y)];
        Both {
            people: self.people + part[0],
            x: self.sums[x] + part[1],
            y: self.sums[y] + part[2],
            xx: self.products[at(x, x)] + part[3],
            yy: self.products[at(y, y)] + part[4],
            xy: self.products[at(x, y)] + part[5],
        }
    }
}

/// Sample covariance (n - 1) from whole sums, exact until the last division; none below two people.
#[expect(clippy::cast_precision_loss, reason = "rounded once, at the end")]
pub(crate) fn covariance(people: u64, x: i128, y: i128, xy: i128) -> Option<f64> {
    let n = i128::from(people);
    (people > 1).then(|| (n * xy - x * y) as f64 / (n * (n - 1)) as f64)
}

impl Both {
    /// Pearson's correlation; none where one does not vary.
    pub(crate) fn correlation(&self) -> Option<f64> {
        let of = |x: u64, y: u64, xy: u64| covariance(self.people, x.into(), y.into(), xy.into());
        let (xx, yy) = (of(self.x, self.x, self.xx)?, of(self.y, self.y, self.yy)?);
        let xy = of(self.x, self.y, self.xy)?;
        (xx > 0.0 && yy > 0.0).then(|| (xy / (xx * yy).sqrt()).clamp(-1.0, 1.0))
    }
}

/// Mean and sample standard deviation of scores, from sums in hundredths.
#[expect(clippy::cast_precision_loss, reason = "rounded once, at the end")]
pub(crate) fn mean_and_sd([people, sum, squares]: [u64; 3]) -> (Option<f64>, Option<f64>) {
    let mean = (people > 0).then(|| sum as f64 / people as f64 / 100.0);
    let variance = covariance(people, sum.into(), sum.into(), squares.into());
    (mean, variance.map(|v| v.sqrt() / 100.0))
}
