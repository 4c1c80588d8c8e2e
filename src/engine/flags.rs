//! Signs in the answers that are worth a conversation (scoring, section 6).

use crate::engine::answers::{Answers, DONT_KNOW};
use crate::engine::fit::Design;
use crate::engine::pack::{Format, Measure, Pack};

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
pub fn flags(design: &Design<'_>, answers: &Answers) -> Vec<Flag> {
    let pack = design.pack;
    let incomplete = design.telling_questions().any(|q| !answers.has(q));
    [
        (Flag::StraightLine, straight_line(pack, answers)),
        (Flag::Inconsistent, inconsistent(pack, answers)),
        (Flag::Guessing, guessing(pack, answers)),
        (Flag::Incomplete, incomplete),
        (Flag::Rushed, answers.pace.is_some_and(|p| p < RUSHED)),
    ]
    .into_iter()
    .filter_map(|(flag, raised)| raised.then_some(flag))
    .collect()
}

/// At least 10 answered ratings, at least 90 % of them the same number as recorded.
fn straight_line(pack: &Pack, answers: &Answers) -> bool {
    let mut counts = [0_usize; 10];
    for (q, question) in pack.questions.iter().enumerate() {
        if question.format() == Format::Rating && answers.has(q) {
            counts[usize::from(answers.code(q))] += 1;
        }
    }
    let all: usize = counts.iter().sum();
    all >= 10 && counts.iter().any(|&same| same * 10 >= all * 9)
}

/// Split-half over traits: the mean of a trait's 1st, 3rd, ... answered rating against its 2nd,
/// 4th, ...; Pearson's r over at least 10 traits below [`HALVES`] (Johnson 2005).
fn inconsistent(pack: &Pack, answers: &Answers) -> bool {
    let (mut odd, mut even) = (Vec::new(), Vec::new());
    for (k, t) in pack.traits.iter().enumerate() {
        if pack.format_of(k) != Format::Rating {
            continue;
        }
        let keyed: Vec<f64> = t
            .items
            .iter()
            .filter_map(|&q| answers.keyed(pack, q))
            .collect();
        if keyed.len() >= 4 {
            let half = |start: usize| {
                let part: Vec<f64> = keyed.iter().skip(start).step_by(2).copied().collect();
                crate::engine::fit::mean(&part)
            };
            odd.push(half(0));
            even.push(half(1));
        }
    }
    odd.len() >= 10 && pearson(&odd, &even).is_some_and(|r| r < HALVES)
}

/// Pearson's correlation; none when one side has no variance.
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

/// At least 6 choices answered with a letter, and as many right by blind guessing with a
/// probability above .25.
fn guessing(pack: &Pack, answers: &Answers) -> bool {
    let mut chances = Vec::new();
    let mut right = 0;
    for (q, question) in pack.questions.iter().enumerate() {
        if let Measure::Choice { answer, .. } = &question.measure
            && answers.has(q)
            && answers.code(q) != DONT_KNOW
        {
            chances.push(1.0 / f64::from(question.choices));
            right += usize::from(answers.code(q) == *answer);
        }
    }
    chances.len() >= 6 && at_least(right, &chances) > 0.25
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
