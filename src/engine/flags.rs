//! Signs in the answers that are worth a conversation (scoring, section 6).

use crate::engine::answers::{Answers, DONT_KNOW, UNANSWERED};
use crate::engine::fit::Design;
use crate::engine::plan::Plan;
use crate::engine::score::Sums;
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
/// A sum of squares up to this is no variance.
const FLAT: f64 = 1e-12;
/// The most labels of a rating.
const MOST_LABELS: usize = 9;

/// All flags of these answers, in the order of the contract.
#[must_use]
pub fn flags(design: &Design<'_>, answers: &Answers) -> Vec<Flag> {
    crate::engine::assess::assess(design, answers).flags
}

/// Signs in the answers of N people.
#[derive(Clone, Debug)]
pub(crate) struct Signs<const N: usize> {
    straight_line: [bool; N],
    inconsistent: [bool; N],
    guessing: [bool; N],
    incomplete: [bool; N],
    halves: Vec<Halves<N>>,
    guesses: Guesses,
}

impl<const N: usize> Default for Signs<N> {
    fn default() -> Self {
        Self {
            straight_line: [false; N],
            inconsistent: [false; N],
            guessing: [false; N],
            incomplete: [false; N],
            halves: Vec::new(),
            guesses: Guesses::default(),
        }
    }
}

impl<const N: usize> Signs<N> {
    /// Finds them.
    #[inline(always)]
    pub(crate) fn find(&mut self, design: &Design<'_>, codes: &[[u8; N]], scores: &[Sums<N>]) {
        let plan = &design.plan;
        self.straight_line = straight_line(plan, codes);
        self.inconsistent = inconsistent(plan, scores, &mut self.halves);
        self.guesses.guessing(plan, codes, &mut self.guessing);
        self.incomplete = [false; N];
        for ((scale, score), differs) in plan.scales.iter().zip(scores).zip(&design.differs) {
            let whole = count(scale.items.len());
            for lane in 0..N {
                self.incomplete[lane] |= *differs & (score.answered[lane] < whole);
            }
        }
    }

    /// Those of one of the N, into a list that is used again.
    #[inline(always)]
    pub(crate) fn flags(&self, lane: usize, pace: Option<f64>, flags: &mut Vec<Flag>) {
        let all = [
            (Flag::StraightLine, self.straight_line[lane]),
            (Flag::Inconsistent, self.inconsistent[lane]),
            (Flag::Guessing, self.guessing[lane]),
            (Flag::Incomplete, self.incomplete[lane]),
            (Flag::Rushed, pace.is_some_and(|p| p < RUSHED)),
        ];
        flags.clear();
        for (flag, raised) in all {
            if raised {
                flags.push(flag);
            }
        }
    }
}

/// Ratings after which nearly everyone has too many different answers for a straight line.
const ENOUGH: usize = 16;

/// At least 10 answered ratings, at least 90 % of them the same number as recorded.
#[inline(always)]
fn straight_line<const N: usize>(plan: &Plan, codes: &[[u8; N]]) -> [bool; N] {
    let mut counts = [[0_u16; N]; MOST_LABELS];
    let counts = &mut counts[..usize::from(plan.labels)];
    let ratings: usize = plan.ratings.iter().map(Range::len).sum();
    let mut straight = [false; N];
    for run in &plan.ratings {
        for part in codes[run.clone()].chunks(ENOUGH) {
            for codes in part {
                for (label, counts) in (1..).zip(&mut *counts) {
                    for lane in 0..N {
                        counts[lane] += u16::from(codes[lane] == label);
                    }
                }
            }
            let mut any = false;
            for lane in 0..N {
                let (mut all, mut same) = (0, 0);
                for counts in &*counts {
                    all += usize::from(counts[lane]);
                    same = same.max(usize::from(counts[lane]));
                }
                any |= (all - same) * 10 <= ratings;
                straight[lane] = all >= 10 && same * 10 >= all * 9;
            }
            if !any {
                return [false; N];
            }
        }
    }
    straight
}

/// Half scores of N people on a trait.
#[derive(Clone, Copy, Debug)]
struct Halves<const N: usize> {
    /// Means of the 1st, 3rd, ... and of the 2nd, 4th, ... answered question.
    means: [[f64; N]; 2],
    /// 1 where the trait counts, else 0.
    counts: [f64; N],
}

/// Split-half over traits: the mean of a trait's 1st, 3rd, ... answered rating against its 2nd,
/// 4th, ...; Pearson's r over at least 10 traits below [`HALVES`] (Johnson 2005).
#[inline(always)]
fn inconsistent<const N: usize>(
    plan: &Plan,
    scores: &[Sums<N>],
    halves: &mut Vec<Halves<N>>,
) -> [bool; N] {
    halves.clear();
    let (mut sums, mut traits) = ([[0.0; N]; 2], [0.0; N]);
    for (scale, score) in plan.scales.iter().zip(scores) {
        if !scale.rating {
            continue;
        }
        let mut these = Halves {
            means: [[0.0; N]; 2],
            counts: [0.0; N],
        };
        for lane in 0..N {
            let (answered, total) = (score.answered[lane], score.total[lane]);
            let firsts = (0.5 * answered).ceil();
            let counts = if answered >= 4.0 { 1.0 } else { 0.0 };
            let half = if answered >= 4.0 { 0.5 } else { 0.0 };
            these.counts[lane] = counts;
            these.means[0][lane] = half * (total + score.tilt[lane]) / firsts.max(1.0);
            these.means[1][lane] = half * (total - score.tilt[lane]) / (answered - firsts).max(1.0);
            traits[lane] += counts;
            sums[0][lane] += these.means[0][lane];
            sums[1][lane] += these.means[1][lane];
        }
        halves.push(these);
    }
    let mut centres = [[0.0; N]; 2];
    for lane in 0..N {
        let all = traits[lane].max(1.0);
        centres[0][lane] = sums[0][lane] / all;
        centres[1][lane] = sums[1][lane] / all;
    }
    let (mut sxx, mut syy, mut sxy) = ([0.0; N], [0.0; N], [0.0; N]);
    for these in &*halves {
        for lane in 0..N {
            let x = these.counts[lane] * (these.means[0][lane] - centres[0][lane]);
            let y = these.counts[lane] * (these.means[1][lane] - centres[1][lane]);
            sxx[lane] += x * x;
            syy[lane] += y * y;
            sxy[lane] += x * y;
        }
    }
    let mut all = [false; N];
    for lane in 0..N {
        let varies = (sxx[lane] > FLAT) & (syy[lane] > FLAT);
        let low = sxy[lane] < HALVES * (sxx[lane] * syy[lane]).sqrt();
        all[lane] = (traits[lane] >= 10.0) & varies & low;
    }
    all
}

#[expect(clippy::cast_precision_loss, reason = "a trait has a few questions")]
#[inline(always)]
fn count(n: usize) -> f64 {
    n as f64
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
    fn guessing<const N: usize>(
        &mut self,
        plan: &Plan,
        codes: &[[u8; N]],
        guessing: &mut [bool; N],
    ) {
        let mut patterns: [Pattern; N] = [[0; 10]; N];
        let (mut answered, mut right) = ([0_u16; N], [0_u16; N]);
        for (options, puzzles) in &plan.puzzles {
            let mut letters = [0_u16; N];
            for puzzle in puzzles {
                let codes = &codes[puzzle.question];
                for lane in 0..N {
                    let letter = (codes[lane] != UNANSWERED) & (codes[lane] != DONT_KNOW);
                    letters[lane] += u16::from(letter);
                    right[lane] += u16::from(codes[lane] == puzzle.answer);
                }
            }
            for lane in 0..N {
                patterns[lane][usize::from(*options)] = letters[lane];
                answered[lane] += letters[lane];
            }
        }
        for lane in 0..N {
            let answered = usize::from(answered[lane]);
            if answered >= 6 && self.last.0 != patterns[lane] {
                self.last = (patterns[lane], self.most(patterns[lane], answered));
            }
            guessing[lane] = answered >= 6 && usize::from(right[lane]) <= self.last.1;
        }
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
