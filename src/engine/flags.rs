//! Signs in the answers that are worth a conversation (scoring, section 6).

use crate::engine::answers::{Answers, DONT_KNOW, UNANSWERED};
use crate::engine::fit::Design;
use crate::engine::plan::{Item, slot};
use crate::engine::score::score_into;
use std::collections::HashMap;

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
    let (mut flags, mut whole) = (Vec::new(), Vec::new());
    score_into(design, answers, &mut Vec::new(), &mut whole);
    Signs::default().flags_into(design, answers, &whole, &mut flags);
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
    /// [`flags`] into a list that is used again; `whole` tells of each trait whether all its
    /// questions have an answer.
    pub(crate) fn flags_into(
        &mut self,
        design: &Design<'_>,
        answers: &Answers,
        whole: &[bool],
        flags: &mut Vec<Flag>,
    ) {
        let codes = answers.codes();
        let mut telling = whole.iter().zip(&design.differs);
        let incomplete = telling.any(|(whole, differs)| *differs && !whole);
        let halves = (&mut self.odd, &mut self.even);
        let all = [
            (Flag::StraightLine, straight_line(design, codes)),
            (
                Flag::Inconsistent,
                inconsistent(design, codes, whole, halves),
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
fn straight_line(design: &Design<'_>, codes: &[u8]) -> bool {
    let mut counts = [0_usize; 10];
    for (run, highest) in &design.plan.ratings {
        // at most 255 at a time, counted in bytes: the compiler compares 32 codes at once
        for part in codes[run.clone()].chunks(255) {
            for code in 1..=*highest {
                let same: u8 = part.iter().map(|&c| u8::from(c == code)).sum();
                counts[usize::from(code)] += usize::from(same);
            }
        }
    }
    let all: usize = counts.iter().sum();
    all >= 10 && counts.iter().any(|&same| same * 10 >= all * 9)
}

/// Split-half over traits: the mean of a trait's 1st, 3rd, ... answered rating against its 2nd,
/// 4th, ...; Pearson's r over at least 10 traits below [`HALVES`] (Johnson 2005).
fn inconsistent(
    design: &Design<'_>,
    codes: &[u8],
    whole: &[bool],
    (odd, even): (&mut Vec<f64>, &mut Vec<f64>),
) -> bool {
    odd.clear();
    even.clear();
    for (scale, &whole) in design.plan.scales.iter().zip(whole) {
        if !scale.rating {
            continue;
        }
        let items = &design.plan.items[scale.items.clone()];
        let u = |item: &Item| item.keyed[slot(codes[item.question])];
        let (mut first, mut second, mut answered) = (0.0, 0.0, items.len());
        if whole {
            // nine traits in ten, at a third of the time
            for pair in items.chunks(2) {
                first += u(&pair[0]);
                second += pair.get(1).map_or(0.0, u);
            }
        } else {
            let mut halves = [0.0; 2];
            answered = 0;
            for item in items {
                if codes[item.question] != UNANSWERED {
                    halves[answered % 2] += u(item);
                    answered += 1;
                }
            }
            [first, second] = halves;
        }
        if answered >= 4 {
            odd.push(first / count(answered.div_ceil(2)));
            even.push(second / count(answered / 2));
        }
    }
    odd.len() >= 10 && pearson(odd, even).is_some_and(|r| r < HALVES)
}

#[expect(clippy::cast_precision_loss, reason = "a trait has a few questions")]
fn count(n: usize) -> f64 {
    n as f64
}

/// Pearson's correlation; none when one side has no variance.
#[must_use]
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
    fn guessing(&mut self, design: &Design<'_>, codes: &[u8]) -> bool {
        let mut pattern: Pattern = [0; 10];
        let (mut answered, mut right) = (0, 0);
        for puzzle in &design.plan.puzzles {
            let code = codes[puzzle.question];
            let letter = code != UNANSWERED && code != DONT_KNOW;
            pattern[usize::from(puzzle.options)] += u16::from(letter);
            answered += usize::from(letter);
            right += usize::from(code == puzzle.answer);
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
