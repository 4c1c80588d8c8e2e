//! Signs of careless responding of people side by side: [`Flag`]s in lanes.

use crate::scoring::answers::{DONT_KNOW, UNANSWERED};
use crate::scoring::comparison::Comparison;
use crate::scoring::kernel::compiled::CompiledComparison;
use crate::scoring::kernel::score_lanes::ScoreLanes;
use crate::scoring::kernel::simd::{Lanes, count, registers};
use crate::scoring::response_quality::{
    FEWEST_HALVES, FEWEST_LETTERS, Flag, LEAST_HALVES, LEAST_SECONDS, is_straight_line,
    most_guessed,
};
use pulp::Simd;
use std::collections::HashMap;
use std::ops::Range;

/// A sum of squares up to this is no variance.
const FLAT: f64 = 1e-12;
/// The most labels of a rating.
const MOST_LABELS: usize = 9;

/// Signs in the answers of N people.
#[derive(Clone, Debug)]
pub(crate) struct QualityLanes<const N: usize> {
    straight_line: [bool; N],
    inconsistent: [bool; N],
    guessing: [bool; N],
    unattempted: [bool; N],
    incomplete: [bool; N],
    /// Whether enough traits have an answer for a ranking.
    pub enough: [bool; N],
    halves: Vec<HalfScores<N>>,
    guesses: GuessingTable,
}

impl<const N: usize> Default for QualityLanes<N> {
    fn default() -> Self {
        Self {
            straight_line: [false; N],
            inconsistent: [false; N],
            guessing: [false; N],
            unattempted: [false; N],
            incomplete: [false; N],
            enough: [false; N],
            halves: Vec::new(),
            guesses: GuessingTable::default(),
        }
    }
}

impl<const N: usize> QualityLanes<N> {
    /// Finds them.
    #[inline(always)]
    pub(crate) fn find<S: Simd>(
        &mut self,
        simd: S,
        comparison: &Comparison<'_>,
        codes: &[[u8; N]],
        scores: &[ScoreLanes<N>],
    ) {
        let plan = &comparison.plan;
        self.straight_line = straight_line(plan, codes);
        self.inconsistent = inconsistent(simd, plan, scores, &mut self.halves);
        self.guessing = self.guesses.guessing(plan, codes);
        let all = |number| Lanes::all(simd, number);
        let telling = comparison.differs.iter().filter(|differs| **differs);
        let half = count(telling.count());
        let mut signs = [[0.0; N]; 3];
        for r in 0..registers::<S, N>() {
            let (mut passed, mut missing, mut answered) = (all(0.0), all(0.0), all(0.0));
            let traits = plan.scales.iter().zip(scores);
            for ((scale, score), differs) in traits.zip(&comparison.differs) {
                let load = |numbers| Lanes::load(simd, numbers, r);
                if *differs {
                    let whole = all(count(scale.items.len()));
                    missing = whole.if_above(load(&score.answered), all(1.0), missing);
                    let one = load(&score.weight).if_above(all(0.0), all(2.0), all(0.0));
                    answered = answered + one;
                }
                if !scale.rating {
                    passed = passed + load(&score.passed);
                }
            }
            let enough = all(half).if_above(answered, all(0.0), all(1.0));
            for (sign, found) in signs.iter_mut().zip([passed, missing, enough]) {
                found.store(sign, r);
            }
        }
        let raised = |of: [f64; N]| of.map(|sign| sign > 0.0);
        [self.unattempted, self.incomplete, self.enough] = signs.map(raised);
    }

    /// Those of one of the N, into a list that is used again.
    #[inline(always)]
    pub(crate) fn flags(&self, lane: usize, pace: Option<f64>, flags: &mut Vec<Flag>) {
        let all = [
            (Flag::StraightLine, self.straight_line[lane]),
            (Flag::Inconsistent, self.inconsistent[lane]),
            (Flag::Guessing, self.guessing[lane]),
            (Flag::Unattempted, self.unattempted[lane]),
            (Flag::Incomplete, self.incomplete[lane]),
            (Flag::Rushed, pace.is_some_and(|p| p < LEAST_SECONDS)),
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

/// Nearly all ratings the same number: counts every label in turn, and stops where nobody can have a
/// straight line any more.
#[inline(always)]
fn straight_line<const N: usize>(plan: &CompiledComparison, codes: &[[u8; N]]) -> [bool; N] {
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
                straight[lane] = is_straight_line(all, same);
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
struct HalfScores<const N: usize> {
    /// Mean of the 1st, 3rd, ... answered question.
    first: [f64; N],
    /// Mean of the 2nd, 4th, ...
    second: [f64; N],
    /// 1 where the trait counts, else 0.
    counts: [f64; N],
}

impl<const N: usize> HalfScores<N> {
    const NONE: Self = Self {
        first: [0.0; N],
        second: [0.0; N],
        counts: [0.0; N],
    };
}

/// The correlation of the halves of traits is below [`LEAST_HALVES`], by squares instead of a division.
#[inline(always)]
fn inconsistent<S: Simd, const N: usize>(
    simd: S,
    plan: &CompiledComparison,
    scores: &[ScoreLanes<N>],
    halves: &mut Vec<HalfScores<N>>,
) -> [bool; N] {
    let all = |number| Lanes::all(simd, number);
    let rated = plan.scales.iter().zip(scores).filter(|of| of.0.rating);
    halves.resize(rated.clone().count(), HalfScores::NONE);
    let (mut low, mut traits) = ([0.0; N], [0.0; N]);
    for register in 0..registers::<S, N>() {
        let (mut counted, mut firsts, mut seconds) = (all(0.0), all(0.0), all(0.0));
        for ((_, score), halves) in rated.clone().zip(&mut *halves) {
            let load = |numbers| Lanes::load(simd, numbers, register);
            let (answered, total, tilt) =
                (load(&score.answered), load(&score.total), load(&score.tilt));
            let counts = answered.if_above(all(3.5), all(1.0), all(0.0));
            // twice a half's sum over twice its number of answers; a half without any is divided by
            // something else than 0
            let odd = all(0.5) - all(0.5) * load(&score.side);
            let spare = all(1.0) - counts;
            let first = counts * (total + tilt) / (answered + odd + spare);
            let second = counts * (total - tilt) / (answered - odd + spare);
            counted = counted + counts;
            firsts = firsts + first;
            seconds = seconds + second;
            counts.store(&mut halves.counts, register);
            first.store(&mut halves.first, register);
            second.store(&mut halves.second, register);
        }
        let number = counted.or_larger(all(1.0));
        let (first_mean, second_mean) = (firsts / number, seconds / number);
        let (mut sxx, mut syy, mut sxy) = (all(0.0), all(0.0), all(0.0));
        for halves in &*halves {
            let load = |numbers| Lanes::load(simd, numbers, register);
            let x = load(&halves.counts) * (load(&halves.first) - first_mean);
            let y = load(&halves.counts) * (load(&halves.second) - second_mean);
            sxx = sxx + x * x;
            syy = syy + y * y;
            sxy = sxy + x * y;
        }
        // 1 where r is low, without variance 0
        let under = (all(LEAST_HALVES) * (sxx * syy).sqrt()).if_above(sxy, all(1.0), all(0.0));
        let under = sxx.if_above(all(FLAT), under, all(0.0));
        syy.if_above(all(FLAT), under, all(0.0))
            .store(&mut low, register);
        counted.store(&mut traits, register);
    }
    let mut raised = [false; N];
    for lane in 0..N {
        raised[lane] = low[lane] > 0.0 && traits[lane] >= FEWEST_HALVES;
    }
    raised
}

/// How many right answers still look like guesses, by how many questions with each number of options
/// were answered with a letter; kept from person to person, for few patterns occur.
#[derive(Clone, Debug, Default)]
struct GuessingTable {
    /// The pattern of the last person: more than half have that of the one before.
    last: (OptionCounts, usize),
    most: HashMap<OptionCounts, usize>,
}

/// Questions with 0, 1, ... 9 options that were answered with a letter.
type OptionCounts = [u16; 10];
/// Patterns kept; a pack of 30 puzzles of one kind has 31.
const PATTERNS: usize = 4096;

impl GuessingTable {
    /// Enough choices answered with a letter, and no more right than blind guesses often are.
    #[inline(always)]
    fn guessing<const N: usize>(
        &mut self,
        plan: &CompiledComparison,
        codes: &[[u8; N]],
    ) -> [bool; N] {
        let mut patterns: [OptionCounts; N] = [[0; 10]; N];
        let (mut answered, mut right) = ([0_u16; N], [0_u16; N]);
        for (options, puzzles) in &plan.puzzles {
            let mut letters = [0_u16; N];
            for puzzle in puzzles {
                let codes = &codes[puzzle.question];
                for lane in 0..N {
                    let letter = codes[lane] != UNANSWERED && codes[lane] != DONT_KNOW;
                    letters[lane] += u16::from(letter);
                    right[lane] += u16::from(codes[lane] == puzzle.answer);
                }
            }
            for lane in 0..N {
                patterns[lane][usize::from(*options)] = letters[lane];
                answered[lane] += letters[lane];
            }
        }
        let mut guessing = [false; N];
        for lane in 0..N {
            let answered = usize::from(answered[lane]);
            if answered >= FEWEST_LETTERS && self.last.0 != patterns[lane] {
                self.last = (patterns[lane], self.most(patterns[lane], answered));
            }
            guessing[lane] = answered >= FEWEST_LETTERS && usize::from(right[lane]) <= self.last.1;
        }
        guessing
    }

    /// The most right answers that still look like guesses.
    fn most(&mut self, pattern: OptionCounts, answered: usize) -> usize {
        if self.most.len() > PATTERNS {
            self.most.clear();
        }
        *self.most.entry(pattern).or_insert_with(|| {
            let mut chances = Vec::with_capacity(answered);
            for (options, &n) in (0_u32..).zip(&pattern) {
                chances.extend((0..n).map(|_| 1.0 / f64::from(options)));
            }
            most_guessed(&chances)
        })
    }
}
