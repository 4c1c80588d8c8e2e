//! Scores of the people of a role, counted in whole numbers: their mean, and their variance about it.
#![expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]

/// Parts of a standard deviation in sums of scores.
const SD_PARTS: f64 = 10_000.0;
/// So many standard deviations are counted as that, so that no sum is ever too large.
const FARTHEST: f64 = 1000.0;

/// Fewest roles with enough people: with fewer, spread between roles cannot be told from chance.
pub(crate) const ROLES: usize = 3;

/// Scores of the people of a role, on a trait or a question, in parts of a standard deviation of the norms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RoleScores {
    /// People with a score.
    pub(crate) people: u64,
    /// Sum of their scores.
    pub(crate) sum: i64,
    /// Sum of the squares of these.
    pub(crate) squares: i128,
}

impl RoleScores {
    /// Adds a score, in standard deviations of the norms.
    pub(crate) fn add(&mut self, score: f64) {
        let parts = in_sd_parts(score);
        self.people += 1;
        self.sum += parts;
        self.squares += i128::from(parts) * i128::from(parts);
    }

    /// Adds those of other people.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.people += other.people;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    /// Takes those of some of the people out.
    pub(crate) fn take(&mut self, some: &Self) {
        self.people -= some.people;
        self.sum -= some.sum;
        self.squares -= some.squares;
    }
}

#[expect(clippy::cast_possible_truncation, reason = "at most 1e7 either way")]
fn in_sd_parts(z: f64) -> i64 {
    (z.clamp(-FARTHEST, FARTHEST) * SD_PARTS).round() as i64
}

/// Their mean, in standard deviations of the norms.
pub(crate) fn mean(scores: &RoleScores) -> f64 {
    scores.sum as f64 / SD_PARTS / scores.people as f64
}

/// Variance of people about the mean of their role, over all roles.
pub(crate) fn pooled<'a>(scores: impl Iterator<Item = &'a RoleScores>) -> Option<f64> {
    let (mut squares, mut free) = (0.0, 0.0);
    for score in scores {
        let n = i128::from(score.people);
        let sum = i128::from(score.sum);
        squares += (n * score.squares - sum * sum) as f64 / n as f64;
        free += (score.people - 1) as f64;
    }
    (free > 0.0).then(|| squares / free / (SD_PARTS * SD_PARTS))
}
