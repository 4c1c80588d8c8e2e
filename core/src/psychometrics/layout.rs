//! Layout of the count arrays: fixed once a run, shared by every thread.

use crate::pack::model::{AnswerFormat, Measure, Question, QuestionIx, TraitIx};
use crate::scoring::answers::{DONT_KNOW, UNANSWERED, keyed};
use crate::scoring::comparison::Comparison;
use std::ops::Range;

/// Most places of a histogram or of a rest score, less one; more possible scores share places.
pub(crate) const FINEST: usize = 40;
/// Most patterns of answers to a trait's questions that are counted as such.
const PATTERNS: usize = 2048;
/// Most counts of pairs of answers, 16 MiB a thread: enough for a trait of 300 questions.
const PAIRS: usize = 1 << 21;
/// Counts kept of each question by code: a code is below this.
pub(crate) const CODES: usize = 16;

/// A scored question.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LayoutItem {
    /// The question.
    pub question: QuestionIx,
    /// Answers to choose from.
    pub choices: u8,
    /// Slots of a table by answer: unanswered, each choice, and `?` where it may be written.
    pub width: usize,
    /// By code, what it earns in whole points for the rest score: `?` none.
    pub points: [u16; CODES],
    /// By slot, what it earns in whole parts of the keyed value: `?` one in as many as there are
    /// options.
    pub parts: Vec<i64>,
    /// What a part is worth in the trait's sum: weight over parts of the highest value.
    pub worth: f64,
    /// Most points of the trait's other questions together.
    pub most_rest: usize,
    /// Where its table of rest place and slot starts.
    pub curve: usize,
}

impl LayoutItem {
    /// The slot of a code.
    #[inline]
    pub(crate) fn slot(&self, code: u8) -> usize {
        usize::from(code).min(self.width - 1)
    }

    /// Number of places of its rest score, at least one.
    pub(crate) fn places(&self) -> usize {
        self.most_rest.min(FINEST) + 1
    }

    /// The place of a rest score.
    #[inline]
    pub(crate) fn place(&self, rest: usize) -> usize {
        if self.most_rest <= FINEST {
            rest
        } else {
            (rest * FINEST + self.most_rest / 2) / self.most_rest
        }
    }

    /// The code of a slot.
    #[expect(clippy::cast_possible_truncation, reason = "at most 10")]
    pub(crate) fn code(&self, slot: usize) -> u8 {
        if slot > usize::from(self.choices) {
            DONT_KNOW
        } else {
            slot as u8
        }
    }
}

/// A trait with questions.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LayoutScale {
    /// The trait.
    pub trait_ix: TraitIx,
    /// Which of [`AnalysisLayout::items`], in the order of the trait's list.
    pub items: Range<usize>,
    /// Where the tables of pairs of its items start.
    pub pairs: usize,
    /// Where the counts of its patterns of answers start, if those are few.
    pub patterns: Option<usize>,
    /// Where its histogram starts.
    pub histogram: usize,
    /// Bars of its histogram.
    pub bars: usize,
    /// Sum of the weights.
    pub weight: f64,
}

/// Where everything stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AnalysisLayout {
    pub(crate) items: Vec<LayoutItem>,
    pub(crate) scales: Vec<LayoutScale>,
    pub(crate) questions: usize,
    /// Questions that no pattern counts.
    pub(crate) single: Vec<QuestionIx>,
    pub(crate) patterns: usize,
    pub(crate) roles: usize,
    /// Traits of the pack.
    pub(crate) traits: usize,
    pub(crate) pairs: usize,
    pub(crate) curves: usize,
    pub(crate) bars: usize,
}

impl AnalysisLayout {
    /// The layout for the people of a run; none where traits have too many questions to count all pairs.
    pub(crate) fn of(comparison: &Comparison<'_>) -> Option<Self> {
        Some(Self::new(comparison)).filter(|layout| layout.pairs <= PAIRS)
    }

    /// The layout, whatever memory the counts will take.
    pub(crate) fn new(comparison: &Comparison<'_>) -> Self {
        let pack = comparison.pack;
        let mut all = Self {
            items: Vec::new(),
            scales: Vec::new(),
            questions: pack.questions.len(),
            single: Vec::new(),
            patterns: 0,
            roles: comparison.candidates.len(),
            traits: comparison.pack.traits.len(),
            pairs: 0,
            curves: 0,
            bars: 0,
        };
        for (k, t) in pack.traits.iter().enumerate() {
            if t.items.is_empty() {
                continue;
            }
            let start = all.items.len();
            let top = |q: &QuestionIx| usize::from(top(&pack.questions[*q]));
            let most: usize = t.items.iter().map(top).sum();
            let pairs = all.pairs;
            for &q in &t.items {
                let mut item = item(&pack.questions[q], q);
                item.most_rest = most - top(&q);
                item.curve = all.curves;
                all.curves += item.places() * item.width;
                for other in &all.items[start..] {
                    all.pairs += other.width * item.width;
                }
                all.items.push(item);
            }
            let widths = all.items[start..].iter().map(|item| item.width);
            let patterns = widths.fold(1, |all: usize, width| all.saturating_mul(width));
            let counted = patterns <= PATTERNS;
            let bars = most.min(FINEST) + 1;
            all.scales.push(LayoutScale {
                trait_ix: k,
                items: start..all.items.len(),
                pairs,
                patterns: counted.then_some(all.patterns),
                histogram: all.bars,
                bars,
                weight: t.items.iter().map(|&q| pack.questions[q].weight).sum(),
            });
            all.bars += bars;
            all.patterns += if counted { patterns } else { 0 };
        }
        let mut by_pattern = vec![false; all.questions];
        for scale in all.scales.iter().filter(|scale| scale.patterns.is_some()) {
            for item in &all.items[scale.items.clone()] {
                by_pattern[item.question] = true;
            }
        }
        all.single = (0..all.questions).filter(|&q| !by_pattern[q]).collect();
        all
    }
}

/// Most whole points that a question gives.
fn top(question: &Question) -> u8 {
    match question.measure {
        Measure::Rating { .. } => question.choices - 1,
        Measure::Choice { .. } => 1,
        Measure::Condition(_) => 0,
    }
}

fn item(question: &Question, q: QuestionIx) -> LayoutItem {
    let choice = question.format() == AnswerFormat::Choice;
    let width = usize::from(question.choices) + 1 + usize::from(choice);
    // a keyed value is a whole number of these
    let whole = if choice {
        question.choices
    } else {
        question.choices - 1
    };
    let mut item = LayoutItem {
        question: q,
        choices: question.choices,
        width,
        points: [0; CODES],
        parts: Vec::new(),
        worth: question.weight / f64::from(whole),
        most_rest: 0,
        curve: 0,
    };
    for slot in 0..width {
        let code = item.code(slot);
        let value = keyed(question, code).unwrap_or(0.0);
        if code != UNANSWERED && code != DONT_KNOW {
            item.points[usize::from(code)] = rounded(value * f64::from(top(question)));
        }
        item.parts
            .push(i64::from(rounded(value * f64::from(whole))));
    }
    item
}

/// A small whole number that rounding may have missed by a little.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "0 to 9"
)]
fn rounded(value: f64) -> u16 {
    value.round() as u16
}
