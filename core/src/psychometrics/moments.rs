//! Sums of scores and of their products, over all pairs of traits, of the people who have both.

use crate::psychometrics::counts::{NONE, add};
use crate::psychometrics::group_counts::POINT;

/// After so many people sums of products are carried over: each product is at most 1e12.
const CARRIED: u64 = 1 << 20;

/// Sums for means, variances and covariances; each pair of traits over the people with both.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Moments {
    /// People with a score on every trait: nearly all, so counted apart and faster.
    people: u64,
    sums: Vec<u64>,
    /// Products of each trait with those up to itself, of people not yet carried over.
    products: Vec<u64>,
    fresh: u64,
    /// The products of all others of them.
    carried: Vec<u128>,
    /// Of people without some score, by pair.
    parts: Vec<PairMoments>,
}

/// What is known of two traits: people with both scores, sums, squares, products.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PairMoments {
    pub people: u64,
    pub x: u64,
    pub y: u64,
    pub xx: u128,
    pub yy: u128,
    pub xy: u128,
}

impl PairMoments {
    fn merge(&mut self, other: &Self) {
        self.people += other.people;
        self.x += other.x;
        self.y += other.y;
        self.xx += other.xx;
        self.yy += other.yy;
        self.xy += other.xy;
    }
}

impl Moments {
    pub(crate) fn new(traits: usize) -> Self {
        let pairs = traits * (traits + 1) / 2;
        Self {
            people: 0,
            sums: vec![0; traits],
            products: vec![0; pairs],
            fresh: 0,
            carried: vec![0; pairs],
            parts: vec![PairMoments::default(); pairs],
        }
    }

    /// Adds a person's scores.
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
        self.fresh += 1;
        if self.fresh == CARRIED {
            self.carry();
        }
    }

    /// Carries the fresh products over, so that equal people give equal sums.
    pub(crate) fn carry(&mut self) {
        for (carried, fresh) in self.carried.iter_mut().zip(&mut self.products) {
            *carried += u128::from(std::mem::take(fresh));
        }
        self.fresh = 0;
    }

    fn add_part(&mut self, scores: &[u32]) {
        let mut at = 0;
        for (k, &x) in scores.iter().enumerate() {
            for &y in &scores[..=k] {
                if x != NONE && y != NONE {
                    let (x, y) = (u64::from(x), u64::from(y));
                    self.parts[at].merge(&PairMoments {
                        people: 1,
                        x,
                        y,
                        xx: (x * x).into(),
                        yy: (y * y).into(),
                        xy: (x * y).into(),
                    });
                }
                at += 1;
            }
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.carry();
        self.people += other.people;
        add(&mut self.sums, &other.sums);
        let others = other.carried.iter().zip(&other.products);
        for (mine, (carried, fresh)) in self.carried.iter_mut().zip(others) {
            *mine += carried + u128::from(*fresh);
        }
        for (mine, more) in self.parts.iter_mut().zip(&other.parts) {
            mine.merge(more);
        }
    }

    /// The sums of traits `x` and `y`, where `y` does not come after `x`.
    pub(crate) fn both(&self, x: usize, y: usize) -> PairMoments {
        let at = |x: usize, y: usize| x * (x + 1) / 2 + y;
        let product = |at: usize| self.carried[at] + u128::from(self.products[at]);
        let mut both = PairMoments {
            people: self.people,
            x: self.sums[x],
            y: self.sums[y],
            xx: product(at(x, x)),
            yy: product(at(y, y)),
            xy: product(at(x, y)),
        };
        both.merge(&self.parts[at(x, y)]);
        both
    }
}

/// A sum as a signed number: far below 2^127.
pub(crate) fn signed(sum: u128) -> i128 {
    i128::try_from(sum).unwrap_or(i128::MAX)
}

/// Sample covariance (n - 1) from whole sums, exact until the last division; none below two people.
#[expect(clippy::cast_precision_loss, reason = "rounded once, at the end")]
pub(crate) fn covariance(people: u64, x: i128, y: i128, xy: i128) -> Option<f64> {
    let n = i128::from(people);
    (people > 1).then(|| (n * xy - x * y) as f64 / (n * (n - 1)) as f64)
}

impl PairMoments {
    /// Pearson's correlation; none where one does not vary.
    pub(crate) fn correlation(&self) -> Option<f64> {
        let of = |x: u64, y: u64, xy| covariance(self.people, x.into(), y.into(), signed(xy));
        let (xx, yy) = (of(self.x, self.x, self.xx)?, of(self.y, self.y, self.yy)?);
        let xy = of(self.x, self.y, self.xy)?;
        (xx > 0.0 && yy > 0.0).then(|| (xy / (xx * yy).sqrt()).clamp(-1.0, 1.0))
    }
}

/// Scores of many people: how many, their sum, the sum of their squares.
pub(crate) type ScoreSums = (u64, u64, u128);

/// Sample variance of scores in parts of a [`POINT`].
pub(crate) fn variance((people, sum, squares): ScoreSums) -> Option<f64> {
    covariance(people, sum.into(), sum.into(), signed(squares))
}

/// Mean and sample standard deviation of scores.
#[expect(clippy::cast_precision_loss, reason = "rounded once, at the end")]
pub(crate) fn mean_and_sd(sums: ScoreSums) -> (Option<f64>, Option<f64>) {
    let (people, sum, _) = sums;
    let mean = (people > 0).then(|| sum as f64 / people as f64 / POINT);
    (mean, variance(sums).map(|v| v.sqrt() / POINT))
}
