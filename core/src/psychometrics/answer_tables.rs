//! Answers counted by question, by pair of a trait's questions and by rest score.
//!
//! Most traits have few questions with few answers each, so few patterns of answers that a person can
//! give to all of them. Such a trait's patterns are counted, one count a person, and the tables follow
//! from them at the end: a quarter of the counting.

use crate::pack::model::QuestionIx;
use crate::psychometrics::counts::add;
use crate::psychometrics::layout::{AnalysisLayout, CODES, LayoutItem};
use crate::scoring::answers::UNANSWERED;

/// Tables, complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AnswerTables {
    /// By question and code.
    pub(crate) answers: Vec<u64>,
    /// By pair of items of a trait and slots of both: all that covariances need.
    pub(crate) pairs: Vec<u64>,
    /// By item, place of the rest score and slot: people who answered all items of the trait.
    pub(crate) curves: Vec<u64>,
    /// By trait with items, people who answered all of them.
    pub(crate) complete: Vec<u64>,
}

impl AnswerTables {
    fn new(layout: &AnalysisLayout) -> Self {
        Self {
            answers: vec![0; layout.questions * CODES],
            pairs: vec![0; layout.pairs],
            curves: vec![0; layout.curves],
            complete: vec![0; layout.scales.len()],
        }
    }

    /// The counts of a question by code.
    pub(crate) fn of(&self, q: QuestionIx) -> &[u64] {
        &self.answers[q * CODES..][..CODES]
    }

    fn count(&mut self, q: QuestionIx, code: u8, people: u64) {
        self.answers[q * CODES + usize::from(code) % CODES] += people;
    }

    /// Counts so many people who gave these answers, by slot, to the items of a trait; not yet by
    /// question.
    fn scale(&mut self, layout: &AnalysisLayout, at: usize, slots: &[usize], people: u64) {
        let scale = &layout.scales[at];
        let items = &layout.items[scale.items.clone()];
        let (mut whole, mut total) = (true, 0);
        let mut start = scale.pairs;
        for (n, (item, &slot)) in items.iter().zip(slots).enumerate() {
            whole &= slot != usize::from(UNANSWERED);
            total += points(item, slot);
            for (&other, before) in slots[..n].iter().zip(items) {
                self.pairs[start + other * item.width + slot] += people;
                start += before.width * item.width;
            }
        }
        if whole {
            self.complete[at] += people;
            for (&slot, item) in slots.iter().zip(items) {
                let rest = total - points(item, slot);
                self.curves[item.curve + item.place(rest) * item.width + slot] += people;
            }
        }
    }

    fn merge(&mut self, other: &Self) {
        add(&mut self.answers, &other.answers);
        add(&mut self.pairs, &other.pairs);
        add(&mut self.curves, &other.curves);
        add(&mut self.complete, &other.complete);
    }
}

fn points(item: &LayoutItem, slot: usize) -> usize {
    usize::from(item.points[usize::from(item.code(slot)) % CODES])
}

/// Answers being counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AnswerTableBuilder {
    /// What is counted at once.
    tables: AnswerTables,
    /// By trait with few patterns, and pattern.
    patterns: Vec<u64>,
    /// Slots of a trait's items: memory that is used again.
    slots: Vec<usize>,
}

impl AnswerTableBuilder {
    pub(crate) fn new(layout: &AnalysisLayout) -> Self {
        Self {
            tables: AnswerTables::new(layout),
            patterns: vec![0; layout.patterns],
            slots: Vec::new(),
        }
    }

    /// Counts a person's answers.
    pub(crate) fn add(&mut self, layout: &AnalysisLayout, codes: &[u8]) {
        for &q in &layout.single {
            self.tables.count(q, codes[q], 1);
        }
        for (at, scale) in layout.scales.iter().enumerate() {
            let items = &layout.items[scale.items.clone()];
            if let Some(start) = scale.patterns {
                let mut pattern = 0;
                for item in items {
                    pattern = pattern * item.width + item.slot(codes[item.question]);
                }
                self.patterns[start + pattern] += 1;
            } else {
                self.slots.clear();
                let slots = items.iter().map(|item| item.slot(codes[item.question]));
                self.slots.extend(slots);
                self.tables.scale(layout, at, &self.slots, 1);
            }
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.tables.merge(&other.tables);
        add(&mut self.patterns, &other.patterns);
    }

    /// All tables.
    pub(crate) fn tables(&self, layout: &AnalysisLayout) -> AnswerTables {
        let mut all = self.tables.clone();
        let mut slots = Vec::new();
        for (at, scale) in layout.scales.iter().enumerate() {
            let Some(start) = scale.patterns else {
                continue;
            };
            let items = &layout.items[scale.items.clone()];
            let size: usize = items.iter().map(|item| item.width).product();
            let patterns = self.patterns[start..start + size].iter().enumerate();
            for (pattern, &people) in patterns.filter(|(_, people)| **people > 0) {
                // the last item's slot stands lowest
                let mut rest = pattern;
                slots.clear();
                for item in items.iter().rev() {
                    slots.push(rest % item.width);
                    rest /= item.width;
                }
                slots.reverse();
                all.scale(layout, at, &slots, people);
                for (item, &slot) in items.iter().zip(&slots) {
                    all.count(item.question, item.code(slot), people);
                }
            }
        }
        all
    }
}
