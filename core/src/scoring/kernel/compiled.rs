//! What scoring needs of a design, laid out once a run in the order in which it is used.
//!
//! People stand side by side, N at a time, so that one instruction of the processor computes several:
//! everything here is of a question, a trait or a role, and a number of each person stands in an
//! array of N. One person is a block of one through the same code, and gives the same bits.

use crate::pack::model::{AnswerFormat, Measure, Pack, Question, QuestionIx, RoleIx, TraitIx};
use crate::scoring::answers::DONT_KNOW;
use crate::scoring::conditions::{ExposureLimits, beyond};
use crate::scoring::kernel::simd::{Lanes, count};
use crate::scoring::norm::Norm;
use pulp::Simd;
use std::ops::Range;

/// Traits of one person that stand side by side, where roles and not people are gone through.
pub(crate) const TRAITS_ABREAST: usize = 8;

/// A scored question.
#[derive(Clone, Debug)]
pub(crate) struct CompiledItem {
    /// The question.
    pub question: QuestionIx,
    /// Its weight a, above 0.
    pub weight: f64,
    /// What its answers are worth.
    pub worth: ItemKey,
}

/// How an answer's code x becomes its keyed value u (scoring, section 1).
#[derive(Clone, Copy, Debug)]
pub(crate) enum ItemKey {
    /// `start + step x`.
    Rating {
        /// What the label before the first would be worth.
        start: f64,
        /// What one label more is worth; negative where the question is reversed.
        step: f64,
        /// The question's number of labels.
        labels: u8,
        /// Whether the question is reversed.
        reversed: bool,
    },
    /// 1 for the right answer, `guess` for "I don't know", else 0.
    Choice {
        /// The code of the right answer.
        answer: u8,
        /// What a blind guess earns on average.
        guess: f64,
    },
}

impl ItemKey {
    fn of(question: &Question) -> Option<Self> {
        let choices = f64::from(question.choices);
        match question.measure {
            Measure::Rating { reverse, .. } => {
                let step = 1.0 / (choices - 1.0);
                let (start, step) = if reverse {
                    (1.0 + step, -step)
                } else {
                    (-step, step)
                };
                Some(Self::Rating {
                    start,
                    step,
                    labels: question.choices,
                    reversed: reverse,
                })
            }
            Measure::Choice { answer, .. } => Some(Self::Choice {
                answer,
                guess: 1.0 / choices,
            }),
            Measure::Condition(_) => None,
        }
    }

    /// u of the answer x; 0 of none.
    #[inline(always)]
    pub(crate) fn keyed<S: Simd>(self, simd: S, x: Lanes<S>) -> Lanes<S> {
        let all = |number| Lanes::all(simd, number);
        match self {
            Self::Rating { start, step, .. } => {
                let u = all(start) + all(step) * x;
                x.if_above(all(0.0), u, all(0.0))
            }
            Self::Choice { answer, guess } => {
                let unsure = x.if_equal(all(f64::from(DONT_KNOW)), all(guess), all(0.0));
                x.if_equal(all(f64::from(answer)), all(1.0), unsure)
            }
        }
    }
}

/// What each of a trait's questions is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct EqualItems {
    /// The weight a.
    pub weight: f64,
    /// What one label more, or of puzzles a guess, is worth.
    pub step: f64,
}

impl EqualItems {
    fn of(items: &[CompiledItem]) -> Option<Self> {
        let mut most = 0;
        let mut worths = items.iter().map(|item| {
            let (step, largest) = match item.worth {
                ItemKey::Rating { step, labels, .. } => (step.abs(), labels - 1),
                ItemKey::Choice { guess, .. } => (guess, 1),
            };
            most += usize::from(largest);
            Self {
                weight: item.weight,
                step,
            }
        });
        let first = worths.next()?;
        let alike = worths.all(|worth| worth == first);
        (alike && u8::try_from(most).is_ok()).then_some(first)
    }
}

/// A trait's questions and its norm.
#[derive(Clone, Debug)]
pub(crate) struct CompiledTrait {
    /// Which of [`CompiledComparison::items`].
    pub items: Range<usize>,
    /// Whether they are ratings.
    pub rating: bool,
    /// What they are worth, where all are worth alike and few enough to be counted in bytes.
    pub equal_items: Option<EqualItems>,
    /// Mean m of the raw score.
    pub mean: f64,
    /// Information of a question of weight 1: r / (1 - r).
    pub information: f64,
    /// Information over the norm's standard deviation s.
    pub slope: f64,
    /// Square of the doubt of the norm's mean over its standard deviation: tau^2 / s^2.
    pub doubt: f64,
    /// 1 where keys are centred on it, else 0.
    pub centred: f64,
    /// The largest of all roles' squared slopes of the key in the level's error.
    pub steepest: f64,
    /// The smallest of them.
    pub flattest: f64,
}

/// A question with one right option.
#[derive(Clone, Debug)]
pub(crate) struct CompiledPuzzle {
    /// The question.
    pub question: QuestionIx,
    /// The code of the right answer.
    pub answer: u8,
}

/// Traits that stand side by side in the pack and are treated alike.
#[derive(Clone, Debug)]
pub(crate) struct TraitRun {
    /// Which.
    pub traits: Range<TraitIx>,
    /// Whether keys on them are centred.
    pub centred: bool,
}

/// What of a role's key is the same for everyone.
#[derive(Clone, Debug)]
pub(crate) struct CompiledRole {
    /// Traits that can count for it: all but those whose key is 0 and is not centred.
    pub runs: Vec<TraitRun>,
    /// Sum of the squares of its keys a.
    pub squares: f64,
    /// The same of traits whose keys are not centred.
    pub squares_beside: f64,
    /// Sum of its keys on traits whose keys are centred.
    pub sum: f64,
}

/// Of a role, on [`TRAITS_ABREAST`] traits that stand side by side.
#[derive(Clone, Debug)]
pub(crate) struct RoleBlock {
    /// Its keys a.
    pub keys: [f64; TRAITS_ABREAST],
    /// The squared slopes of its keys in the levels' errors.
    pub slopes: [f64; TRAITS_ABREAST],
}

/// Everything, laid out.
#[derive(Clone, Debug)]
pub(crate) struct CompiledComparison {
    /// Scored questions, trait by trait in pack order.
    pub items: Vec<CompiledItem>,
    /// Traits, in pack order.
    pub scales: Vec<CompiledTrait>,
    /// Traits whose keys are centred.
    pub runs: Vec<TraitRun>,
    /// On how many traits keys are centred.
    pub centred: f64,
    /// Keys a of the first role in play on each trait in turn, then of the next.
    pub keys: Vec<f64>,
    /// Squared slopes of the keys in the levels' errors, in the same order.
    pub slopes: Vec<f64>,
    /// Blocks of [`TRAITS_ABREAST`] traits that hold all of them; what is left of the last is 0.
    pub blocks: usize,
    /// The same keys and squared slopes in blocks.
    pub roles_abreast: Vec<RoleBlock>,
    /// 1 for each trait on which keys are centred and 0 for others, in blocks.
    pub centred_abreast: Vec<[f64; TRAITS_ABREAST]>,
    /// The roles in play.
    pub roles: Vec<CompiledRole>,
    /// Place of each role in play among their names.
    pub name_place: Vec<usize>,
    /// The role in play at each of these places.
    pub by_name: Vec<usize>,
    /// Runs of rating questions.
    pub ratings: Vec<Range<QuestionIx>>,
    /// The most labels that a rating has.
    pub labels: u8,
    /// Questions with one right option, by their number of options.
    pub puzzles: Vec<(u8, Vec<CompiledPuzzle>)>,
    /// Conditions to which each role exposes beyond what may be tolerated.
    pub beyond: Vec<ExposureLimits>,
}

impl CompiledComparison {
    /// Lays out a design.
    pub(crate) fn new(
        pack: &Pack,
        candidates: &[RoleIx],
        (norms, doubts): (&[Norm], &[f64]),
        (keys, level_slopes): (&[Vec<f64>], &[Vec<f64>]),
        centred: &[bool],
    ) -> Self {
        let squared = |slopes: &Vec<f64>| slopes.iter().map(|slope| slope * slope).collect();
        let slopes: Vec<Vec<f64>> = level_slopes.iter().map(squared).collect();
        let is_centred: Vec<f64> = centred.iter().map(|&centred| f64::from(centred)).collect();
        let mut items = Vec::new();
        let mut scales = Vec::new();
        for (k, (t, norm)) in pack.traits.iter().zip(norms).enumerate() {
            let start = items.len();
            items.extend(t.items.iter().filter_map(|&q| {
                Some(CompiledItem {
                    question: q,
                    weight: pack.questions[q].weight,
                    worth: ItemKey::of(&pack.questions[q])?,
                })
            }));
            let information = norm.reliability / (1.0 - norm.reliability);
            scales.push(CompiledTrait {
                items: start..items.len(),
                rating: pack.format_of(k) == AnswerFormat::Rating,
                equal_items: EqualItems::of(&items[start..]),
                mean: norm.mean,
                information,
                slope: information / norm.sd,
                doubt: (doubts[k] / norm.sd) * (doubts[k] / norm.sd),
                centred: is_centred[k],
                steepest: slopes.iter().map(|of| of[k]).fold(0.0, f64::max),
                flattest: slopes.iter().map(|of| of[k]).fold(f64::INFINITY, f64::min),
            });
        }
        let name = |at: &usize| pack.roles[candidates[*at]].name.as_str();
        let mut by_name: Vec<usize> = (0..candidates.len()).collect();
        by_name.sort_by(|a, b| name(a).cmp(name(b)));
        let mut name_place = vec![0; candidates.len()];
        for (place, &at) in by_name.iter().enumerate() {
            name_place[at] = place;
        }
        let ratings = pack
            .sections
            .iter()
            .filter(|s| s.format == AnswerFormat::Rating);
        let ratings: Vec<Range<QuestionIx>> = ratings.map(|s| s.questions.clone()).collect();
        let rated = ratings.iter().flat_map(|run| &pack.questions[run.clone()]);
        let role = |key: &Vec<f64>| CompiledRole {
            runs: runs(centred, |k| centred[k] || key[k].abs() > 0.0),
            squares: key.iter().map(|a| a * a).sum(),
            squares_beside: (key.iter().zip(centred))
                .filter_map(|(a, centred)| (!centred).then_some(a * a))
                .sum(),
            sum: (key.iter().zip(centred))
                .filter_map(|(a, centred)| centred.then_some(*a))
                .sum(),
        };
        Self {
            items,
            scales,
            runs: runs(centred, |k| centred[k]),
            centred: count(centred.iter().filter(|centred| **centred).count()),
            keys: keys.concat(),
            slopes: slopes.concat(),
            blocks: pack.traits.len().div_ceil(TRAITS_ABREAST),
            roles_abreast: (keys.iter().zip(&slopes))
                .flat_map(|(key, of)| abreast(key).into_iter().zip(abreast(of)))
                .map(|(keys, slopes)| RoleBlock { keys, slopes })
                .collect(),
            centred_abreast: abreast(&is_centred),
            roles: keys.iter().map(role).collect(),
            name_place,
            by_name,
            labels: rated.map(|question| question.choices).max().unwrap_or(0),
            ratings,
            puzzles: puzzles(pack),
            beyond: beyond(pack, candidates),
        }
    }
}

/// Numbers of all traits in blocks, the last filled up with 0.
fn abreast(numbers: &[f64]) -> Vec<[f64; TRAITS_ABREAST]> {
    let block = |some: &[f64]| {
        let mut block = [0.0; TRAITS_ABREAST];
        block[..some.len()].copy_from_slice(some);
        block
    };
    numbers.chunks(TRAITS_ABREAST).map(block).collect()
}

/// Traits that `counts` takes, side by side where they stand so and are treated alike.
fn runs(centred: &[bool], counts: impl Fn(TraitIx) -> bool) -> Vec<TraitRun> {
    let mut runs: Vec<TraitRun> = Vec::new();
    for k in (0..centred.len()).filter(|&k| counts(k)) {
        match runs.last_mut() {
            Some(run) if run.traits.end == k && run.centred == centred[k] => run.traits.end = k + 1,
            _ => runs.push(TraitRun {
                traits: k..k + 1,
                centred: centred[k],
            }),
        }
    }
    runs
}

fn puzzles(pack: &Pack) -> Vec<(u8, Vec<CompiledPuzzle>)> {
    let mut all: Vec<(u8, Vec<CompiledPuzzle>)> = Vec::new();
    for (q, question) in pack.questions.iter().enumerate() {
        let Measure::Choice { answer, .. } = question.measure else {
            continue;
        };
        let puzzle = CompiledPuzzle {
            question: q,
            answer,
        };
        match all.iter_mut().find(|(n, _)| *n == question.choices) {
            Some((_, alike)) => alike.push(puzzle),
            None => all.push((question.choices, vec![puzzle])),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{CompiledItem, EqualItems, ItemKey};

    fn ratings(n: usize, weight: f64) -> Vec<CompiledItem> {
        let worth = ItemKey::Rating {
            start: -0.125,
            step: 0.125,
            labels: 9,
            reversed: false,
        };
        let question = |question| CompiledItem {
            question,
            weight,
            worth,
        };
        (0..n).map(question).collect()
    }

    #[test]
    fn questions_are_counted_while_a_byte_holds_the_sum() {
        let equal = EqualItems {
            weight: 1.5,
            step: 0.125,
        };
        assert_eq!(EqualItems::of(&ratings(31, 1.5)), Some(equal));
        assert_eq!(EqualItems::of(&ratings(32, 1.5)), None);
        assert_eq!(EqualItems::of(&[]), None);
        let other = [ratings(1, 1.5), ratings(1, 1.0)].concat();
        assert_eq!(EqualItems::of(&other), None);
    }
}
