//! Signs in the answers that are worth a conversation (scoring, section 6).

use crate::engine::answers::{Answers, UNANSWERED};
use crate::engine::fit::Design;
use crate::engine::plan::{EVEN, Gain, Marks, ODD, SLOTS};
use crate::engine::score::score_into;
use std::collections::HashMap;
use std::ops::Range;

/// A sign in the answers; never a reason to reject them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Nearly all ratings are the same number.
    StraightLine,
    /// Answers to questions of one trait do not go together.
    Inconsistent,
    /// Right answers are about as many as blind guesses give.
    Guessing,
    /// A question that matters is unanswered.
    Incomplete,
    /// Ratings took under a second and a half each.
    Rushed,
}

impl Flag {
    /// The word in records.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::StraightLine => "straight-line",
            Self::Inconsistent => "inconsistent",
            Self::Guessing => "guessing",
            Self::Incomplete => "incomplete",
            Self::Rushed => "rushed",
        }
    }
}

/// Seconds a rating under which answers were rushed.
const RUSHED: f64 = 1.5;
/// A correlation of halves below this is 0.3 after Spearman-Brown.
const HALVES: f64 = 0.3 / 1.7;

/// All flags of these answers, in the order of the contract.
#[must_use]
pub fn flags(design: &Design<'_>, answers: &Answers) -> Vec<Flag> {
    let (mut flags, mut sums) = (Vec::new(), Vec::new());
    score_into(design, answers, &mut Vec::new(), &mut sums);
    Signs::default().flags_into(design, answers, &sums, &mut flags);
    flags
}

/// What flags need from person to person.
#[derive(Clone, Debug, Default)]
pub(crate) struct Signs {
    guesses: Guesses,
    odd: Vec<f64>,
    even: Vec<f64>,
}

impl Signs {
    /// [`flags`] into a list that is used again; `sums` are what the answers of each trait add up
    /// to.
    #[inline(always)]
    pub(crate) fn flags_into(
        &mut self,
        design: &Design<'_>,
        answers: &Answers,
        sums: &[Gain],
        flags: &mut Vec<Flag>,
    ) {
        let codes = answers.codes();
        let mut scales = design.plan.scales.iter().zip(sums).zip(&design.differs);
        let incomplete = scales.any(|((scale, sums), differs)| *differs && !scale.whole(sums));
        let halves = (&mut self.odd, &mut self.even);
        let all = [
            (Flag::StraightLine, straight_line(design, codes)),
            (
                Flag::Inconsistent,
                inconsistent(design, codes, sums, halves),
            ),
            (Flag::Guessing, self.guesses.guessing(design, codes)),
            (Flag::Incomplete, incomplete),
            (Flag::Rushed, answers.pace.is_some_and(|p| p < RUSHED)),
        ];
        flags.clear();
        flags.extend(
            all.iter()
                .filter(|(_, raised)| *raised)
                .map(|(flag, _)| flag),
        );
    }
}

/// At least 10 answered ratings, at least 90 % of them the same number as recorded.
#[inline(always)]
fn straight_line(design: &Design<'_>, codes: &[u8]) -> bool {
    let mut counts = [0_usize; SLOTS];
    let ratings: usize = design.plan.ratings.iter().map(Range::len).sum();
    for run in &design.plan.ratings {
        for part in codes[run.clone()].chunks(16) {
            for &code in part {
                counts[usize::from(code) % SLOTS] += 1;
            }
            // nearly everyone has too many different answers early on
            let (all, same) = answered_and_same(&counts);
            if (all - same) * 10 > ratings {
                return false;
            }
        }
    }
    let (all, same) = answered_and_same(&counts);
    all >= 10 && same * 10 >= all * 9
}

/// How many answers there are, and how many of them are the commonest one.
#[inline(always)]
fn answered_and_same(counts: &[usize; SLOTS]) -> (usize, usize) {
    let given = &counts[usize::from(UNANSWERED) + 1..];
    let same = given.iter().fold(0, |most, &n| most.max(n));
    (given.iter().sum(), same)
}

/// Split-half over traits: the mean of a trait's 1st, 3rd, ... answered rating against its 2nd,
/// 4th, ...; Pearson's r over at least 10 traits below [`HALVES`] (Johnson 2005).
#[inline(always)]
fn inconsistent(
    design: &Design<'_>,
    codes: &[u8],
    sums: &[Gain],
    (odd, even): (&mut Vec<f64>, &mut Vec<f64>),
) -> bool {
    odd.clear();
    even.clear();
    let plan = &design.plan;
    for (scale, sums) in plan.scales.iter().zip(sums) {
        if !scale.rating {
            continue;
        }
        let (mut halves, mut answered) = ([sums[ODD], sums[EVEN]], scale.items.len());
        if !scale.whole(sums) {
            (halves, answered) = ([0.0; 2], 0);
            for item in &plan.items[scale.items.clone()] {
                let code = codes[item.question];
                if code != UNANSWERED {
                    let gain = plan.gain(item, code);
                    halves[answered % 2] += gain[ODD] + gain[EVEN];
                    answered += 1;
                }
            }
        }
        if answered >= 4 {
            odd.push(halves[0] / count(answered.div_ceil(2)));
            even.push(halves[1] / count(answered / 2));
        }
    }
    odd.len() >= 10 && pearson(odd, even).is_some_and(|r| r < HALVES)
}

#[expect(clippy::cast_precision_loss, reason = "a trait has a few questions")]
#[inline(always)]
fn count(n: usize) -> f64 {
    n as f64
}

/// Pearson's correlation; none when one side has no variance.
#[must_use]
#[inline]
pub fn pearson(x: &[f64], y: &[f64]) -> Option<f64> {
    let (mx, my) = (crate::engine::fit::mean(x), crate::engine::fit::mean(y));
    let (mut sxx, mut syy, mut sxy) = (0.0, 0.0, 0.0);
    for (a, b) in x.iter().zip(y) {
        sxx += (a - mx) * (a - mx);
        syy += (b - my) * (b - my);
        sxy += (a - mx) * (b - my);
    }
    (sxx > 1e-12 && syy > 1e-12).then(|| sxy / (sxx * syy).sqrt())
}

/// How many right answers still look like guesses, by how many questions with each number of options
/// were answered with a letter; kept from person to person, for few patterns occur.
#[derive(Clone, Debug, Default)]
struct Guesses {
    /// The pattern of the last person: more than half have that of the one before.
    last: (Pattern, usize),
    most: HashMap<Pattern, usize>,
}

/// Questions with 0, 1, ... 9 options that were answered with a letter.
type Pattern = [u16; 10];
/// Patterns kept; a pack of 30 puzzles of one kind has 31.
const PATTERNS: usize = 4096;

impl Guesses {
    /// At least 6 choices answered with a letter, and as many right by blind guessing with a
    /// probability above .25.
    #[inline(always)]
    fn guessing(&mut self, design: &Design<'_>, codes: &[u8]) -> bool {
        let mut pattern: Pattern = [0; 10];
        let (mut answered, mut right) = (0, 0);
        for (options, puzzles) in &design.plan.puzzles {
            let mut marks = Marks::default();
            for puzzle in puzzles {
                let mark = puzzle.marks[usize::from(codes[puzzle.question]) % SLOTS];
                marks.letters += mark.letters;
                marks.right += mark.right;
            }
            pattern[usize::from(*options)] = marks.letters;
            answered += usize::from(marks.letters);
            right += usize::from(marks.right);
        }
        if answered < 6 {
            return false;
        }
        if self.last.0 != pattern {
            self.last = (pattern, self.most(pattern, answered));
        }
        right <= self.last.1
    }

    /// The most right answers that still look like guesses.
    fn most(&mut self, pattern: Pattern, answered: usize) -> usize {
        if self.most.len() > PATTERNS {
            self.most.clear();
        }
        *self.most.entry(pattern).or_insert_with(|| {
            let mut chances = Vec::with_capacity(answered);
            for (options, &n) in (0_u32..).zip(&pattern) {
                chances.extend((0..n).map(|_| 1.0 / f64::from(options)));
            }
            let like_guesses = |&right: &usize| at_least(right, &chances) > 0.25;
            (0..=answered).rev().find(like_guesses).unwrap_or(0)
        })
    }
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
    use super::at_least;

    #[test]
    fn poisson_binomial_with_equal_chances_is_binomial() {
        // 1 - (3/4)^6, and the whole distribution
        let chances = [0.25; 6];
        assert!((at_least(1, &chances) - (1.0 - 0.75_f64.powi(6))).abs() < 1e-12);
        assert!((at_least(0, &chances) - 1.0).abs() < 1e-12);
    }
}
