//! Answers of people side by side to questions that are worth alike, counted in bytes: sixteen people stand in
//! one small register, where numbers with a fraction take eight times the room.

use crate::scoring::answers::{DONT_KNOW, UNANSWERED};
use crate::scoring::kernel::compiled::{CompiledItem, ItemKey};

/// Every bit of a byte, which keeps what it is put over.
const KEEP: u8 = u8::MAX;

/// What the answers of N people to ratings of as many labels come to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RatingCounts<const N: usize> {
    /// Answered questions.
    pub answered: [u8; N],
    /// Labels above the lowest, summed.
    pub total: [u8; N],
    /// The same of the 1st, 3rd, ... answered question.
    pub first: [u8; N],
}

impl<const N: usize> RatingCounts<N> {
    /// The counts; `codes` are those of N people to each question. No sum may be above 255.
    #[inline(always)]
    pub(crate) fn of(items: &[CompiledItem], codes: &[[u8; N]]) -> Self {
        let (mut answered, mut total, mut first) = ([0_u8; N], [0_u8; N], [0_u8; N]);
        let mut side = [KEEP; N];
        for item in items {
            // x - 1, or labels - x = !x + labels + 1
            let (flip, start) = match item.worth {
                ItemKey::Rating {
                    labels,
                    reversed: true,
                    ..
                } => (KEEP, labels + 1),
                _ => (0, KEEP),
            };
            let codes = &codes[item.question];
            for lane in 0..N {
                let given = if codes[lane] == UNANSWERED { 0 } else { KEEP };
                let above = (codes[lane] ^ flip).wrapping_add(start) & given;
                answered[lane] = answered[lane].wrapping_sub(given);
                total[lane] = total[lane].wrapping_add(above);
                first[lane] = first[lane].wrapping_add(above & side[lane]);
                side[lane] ^= given;
            }
        }
        Self {
            answered,
            total,
            first,
        }
    }
}

/// What the answers of N people to questions with one right option come to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChoiceCounts<const N: usize> {
    /// Answered questions, "I don't know" included.
    pub answered: [u8; N],
    /// Right answers.
    pub right: [u8; N],
    /// Answers "I don't know".
    pub unsure: [u8; N],
}

impl<const N: usize> ChoiceCounts<N> {
    /// The counts; `codes` are those of N people to each question. There may be at most 255 questions.
    #[inline(always)]
    pub(crate) fn of(items: &[CompiledItem], codes: &[[u8; N]]) -> Self {
        let (mut answered, mut right, mut unsure) = ([0_u8; N], [0_u8; N], [0_u8; N]);
        for item in items {
            let ItemKey::Choice { answer, .. } = item.worth else {
                continue;
            };
            let codes = &codes[item.question];
            for lane in 0..N {
                answered[lane] += u8::from(codes[lane] != UNANSWERED);
                right[lane] += u8::from(codes[lane] == answer);
                unsure[lane] += u8::from(codes[lane] == DONT_KNOW);
            }
        }
        Self {
            answered,
            right,
            unsure,
        }
    }
}

/// The same numbers to compute with.
#[inline(always)]
pub(crate) fn to_numbers<const N: usize>(counts: &[u8; N]) -> [f64; N] {
    let mut numbers = [0.0; N];
    for (number, &count) in numbers.iter_mut().zip(counts) {
        *number = f64::from(count);
    }
    numbers
}
