//! Response quality: signs of careless or incomplete responding, to be discussed (scoring, section 6).
//!
//! - Straight line: at least 10 answered ratings, of which at least nine tenths are the same number as
//!   recorded, before reversing.
//! - Inconsistent (split half over traits; Johnson 2005): of each trait with at least 4 answered ratings, the
//!   mean keyed value of the 1st, 3rd, ... against that of the 2nd, 4th, ...; Pearson's r over at least
//!   [`FEWEST_HALVES`] such traits is below [`LEAST_HALVES`]. Where a half has no variance there is no r and no sign.
//! - Guessing: at least [`FEWEST_LETTERS`] choice questions answered with a letter, and blind guesses would be right as often
//!   with a probability above [`LIKELY_GUESSES`] (exact Poisson-binomial distribution; Wang 1993).
//! - Unattempted: a trait of choice questions that was mostly passed over
//!   ([`passed_over`](crate::scoring::trait_scores::passed_over)).
//! - Incomplete: a scored question of a trait on which the roles in play differ is unanswered.
//! - Rushed: a median of less than [`LEAST_SECONDS`] a rating.
//!
//! These are computed for people side by side only (`kernel/quality_lanes.rs`), by the rules below.

/// A sign in the answers; never a reason to reject them.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// use rolescope_core::Flag;
///
/// let outcome = comparison.assess(&Answers::none(&pack));
/// assert_eq!(outcome.flags(), [Flag::Incomplete]);
/// assert_eq!(Flag::Incomplete.word(), "incomplete");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Nearly all ratings are the same number.
    StraightLine,
    /// Answers to questions of one trait do not go together.
    Inconsistent,
    /// Right answers are about as many as blind guesses give.
    Guessing,
    /// Most puzzles of a trait were passed over, so it is left out.
    Unattempted,
    /// A question that matters is unanswered.
    Incomplete,
    /// Ratings took under a second and a half each.
    Rushed,
}

impl Flag {
    /// All of them, in their order.
    pub(crate) const ALL: [Self; 6] = [
        Self::StraightLine,
        Self::Inconsistent,
        Self::Guessing,
        Self::Unattempted,
        Self::Incomplete,
        Self::Rushed,
    ];

    /// The word in records.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::StraightLine => "straight-line",
            Self::Inconsistent => "inconsistent",
            Self::Guessing => "guessing",
            Self::Unattempted => "unattempted",
            Self::Incomplete => "incomplete",
            Self::Rushed => "rushed",
        }
    }
}

/// Median seconds a rating; with fewer, answers were rushed.
pub(crate) const LEAST_SECONDS: f64 = 1.5;
/// The fewest traits whose halves are correlated.
pub(crate) const FEWEST_HALVES: f64 = 10.0;
/// The least correlation of halves: 0.3 after Spearman-Brown, 2 r / (1 + r).
pub(crate) const LEAST_HALVES: f64 = 0.3 / 1.7;
/// The fewest choice questions answered with a letter that tell guesses.
pub(crate) const FEWEST_LETTERS: usize = 6;
/// The probability above which as many right answers look like blind guesses.
pub(crate) const LIKELY_GUESSES: f64 = 0.25;

/// Whether so many of the same number among the answered ratings are a straight line.
#[inline(always)]
pub(crate) const fn is_straight_line(answered: usize, same: usize) -> bool {
    answered >= 10 && same * 10 >= answered * 9
}

/// The most right answers that look like blind guesses, of questions whose guesses are right with these
/// chances.
pub(crate) fn most_guessed(chances: &[f64]) -> usize {
    // a probability of exactly that is not above it, however its sum was rounded
    let like_guesses = |&right: &usize| at_least(right, chances) > LIKELY_GUESSES + 1e-12;
    let rights = 0..=chances.len();
    rights.rev().find(like_guesses).unwrap_or(0)
}

/// P(X >= `right`) for independent successes with these chances: the exact Poisson-binomial
/// distribution by convolution (Wang 1993).
fn at_least(right: usize, chances: &[f64]) -> f64 {
    let mut exactly = vec![1.0];
    for p in chances {
        let mut next = vec![0.0; exactly.len() + 1];
        for (n, probability) in exactly.iter().enumerate() {
            next[n] += probability * (1.0 - p);
            next[n + 1] += probability * p;
        }
        exactly = next;
    }
    exactly[right..].iter().sum()
}

#[cfg(test)]
mod tests {
    use super::{at_least, most_guessed};

    #[test]
    fn poisson_binomial_with_equal_chances_is_binomial() {
        // 1 - (3/4)^6, and the whole distribution
        let chances = [0.25; 6];
        assert!((at_least(1, &chances) - (1.0 - 0.75_f64.powi(6))).abs() < 1e-12);
        assert!((at_least(0, &chances) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn two_of_six_by_chance_look_like_guesses() {
        // with four options two or more are right in 46.6 % of cases, three or more in 16.9 %
        assert_eq!(most_guessed(&[0.25; 6]), 2);
    }
}
