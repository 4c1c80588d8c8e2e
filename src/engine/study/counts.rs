//! Many people counted, in whole numbers only: whatever the order and however the people are divided
//! among threads, the sums are the same to the last bit.

use crate::engine::answers::{Answers, UNANSWERED};
use crate::engine::assess::Outcome;
use crate::engine::group::{FLAGS, STATES};
use crate::engine::score::TraitScore;
use crate::engine::study::layout::{CODES, Layout};
use crate::engine::study::moments::{Moments, POINT, Sums};
use std::collections::BTreeMap;

/// Counts of people.
#[derive(Clone, Debug, PartialEq)]
pub struct Counts {
    /// People.
    pub people: u64,
    /// By question and code.
    pub(crate) answers: Vec<u64>,
    /// By pair of items of a trait and slots of both: all that covariances need.
    pub(crate) pairs: Vec<u64>,
    /// By item, place of the rest score and slot: people who answered all items of the trait.
    pub(crate) curves: Vec<u64>,
    /// By trait with items, people who answered all of them.
    pub(crate) complete: Vec<u64>,
    /// By trait with items and bar.
    pub(crate) bars: Vec<u64>,
    /// Sums of trait scores and their products.
    pub(crate) moments: Moments,
    /// By role in play, people for whom it alone comes first.
    pub(crate) first: Vec<u64>,
    /// People for whom no role comes first alone.
    pub(crate) no_first: u64,
    /// By role in play, people in whose band it is.
    pub(crate) in_band: Vec<u64>,
    /// By number of roles in the band.
    pub(crate) band_sizes: Vec<u64>,
    /// In the order of [`STATES`].
    pub(crate) states: Vec<u64>,
    /// In the order of [`FLAGS`].
    pub(crate) flags: Vec<u64>,
    /// By name of the group.
    pub groups: BTreeMap<String, GroupCounts>,
    /// Slots of a trait's items, and the scores of a person: memory that is used again.
    slots: Vec<usize>,
    scores: Vec<u32>,
}

/// Counts of one group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupCounts {
    /// People.
    pub people: u64,
    /// By role in play, people for whom it alone comes first.
    pub(crate) first: Vec<u64>,
    /// By trait with items.
    pub(crate) scores: Vec<Sums>,
}

/// A score in parts of a [`POINT`], 0..=1000000.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "0..=1000000"
)]
#[inline]
fn in_parts(raw: f64) -> u32 {
    (raw * POINT + 0.5) as u32
}

/// The mark of a score that is not there.
pub(crate) const NONE: u32 = u32::MAX;

impl Counts {
    /// Nobody yet.
    #[must_use]
    pub fn new(layout: &Layout) -> Self {
        let scales = layout.scales.len();
        Self {
            people: 0,
            answers: vec![0; layout.questions * CODES],
            pairs: vec![0; layout.pairs],
            curves: vec![0; layout.curves],
            complete: vec![0; scales],
            bars: vec![0; layout.bars],
            moments: Moments::new(scales),
            first: vec![0; layout.roles],
            no_first: 0,
            in_band: vec![0; layout.roles],
            band_sizes: vec![0; layout.roles + 1],
            states: vec![0; STATES.len()],
            flags: vec![0; FLAGS.len()],
            groups: BTreeMap::new(),
            slots: Vec::new(),
            scores: vec![NONE; scales],
        }
    }

    /// Counts a person, of a group if there are any.
    pub fn add(
        &mut self,
        layout: &Layout,
        answers: &Answers,
        outcome: &Outcome,
        group: Option<&str>,
    ) {
        self.people += 1;
        let codes = answers.codes();
        for (table, &code) in self.answers.chunks_exact_mut(CODES).zip(codes) {
            table[usize::from(code) % CODES] += 1;
        }
        for at in 0..layout.scales.len() {
            self.scale(layout, at, codes);
        }
        self.scored(layout, &outcome.scores);
        let first = self.ranked(outcome);
        if let Some(name) = group {
            if !self.groups.contains_key(name) {
                let counts = GroupCounts::new(layout);
                self.groups.insert(name.to_owned(), counts);
            }
            if let Some(counts) = self.groups.get_mut(name) {
                counts.add(&self.scores, first);
            }
        }
    }

    /// Counts the answers to the items of a trait.
    fn scale(&mut self, layout: &Layout, at: usize, codes: &[u8]) {
        let scale = &layout.scales[at];
        let items = &layout.items[scale.items.clone()];
        self.slots.clear();
        let (mut whole, mut total) = (true, 0);
        let mut start = scale.pairs;
        for item in items {
            let code = codes[item.question];
            let slot = item.slot(code);
            whole &= code != UNANSWERED;
            total += usize::from(item.points[usize::from(code) % CODES]);
            for (&other, before) in self.slots.iter().zip(items) {
                self.pairs[start + other * item.width + slot] += 1;
                start += before.width * item.width;
            }
            self.slots.push(slot);
        }
        if whole {
            self.complete[at] += 1;
            for (&slot, item) in self.slots.iter().zip(items) {
                let rest = total - usize::from(item.points[usize::from(codes[item.question])]);
                self.curves[item.curve + item.place(rest) * item.width + slot] += 1;
            }
        }
    }

    /// Counts the scores.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "0..=40"
    )]
    fn scored(&mut self, layout: &Layout, scores: &[TraitScore]) {
        for (kept, scale) in self.scores.iter_mut().zip(&layout.scales) {
            *kept = NONE;
            if let Some(raw) = scores[scale.trait_ix].raw() {
                *kept = in_parts(raw);
                let bar = raw / 100.0 * (scale.bars - 1) as f64 + 0.5;
                self.bars[scale.histogram + (bar as usize).min(scale.bars - 1)] += 1;
            }
        }
        self.moments.add(&self.scores);
    }

    /// Counts what the roles make of a person; the role that comes first alone.
    fn ranked(&mut self, outcome: &Outcome) -> Option<usize> {
        for (count, state) in self.states.iter_mut().zip(STATES) {
            *count += u64::from(outcome.state == state);
        }
        for flag in &outcome.flags {
            if let Some(at) = FLAGS.iter().position(|f| f == flag) {
                self.flags[at] += 1;
            }
        }
        let ranking = &outcome.ranking;
        self.band_sizes[ranking.band.len()] += 1;
        for &at in &ranking.band {
            self.in_band[at] += 1;
        }
        // best first, so that a second one of the first rank would stand beside it
        let is_first = |at: &&usize| ranking.ranks[**at] == Some(1);
        let first = ranking.order.first().filter(is_first).copied();
        let alone = first.filter(|_| ranking.order.get(1).filter(is_first).is_none());
        match alone {
            Some(at) => self.first[at] += 1,
            None => self.no_first += 1,
        }
        alone
    }

    /// Adds the people that another has counted.
    pub fn merge(&mut self, other: &Self) {
        self.people += other.people;
        self.no_first += other.no_first;
        self.moments.merge(&other.moments);
        add(&mut self.answers, &other.answers);
        add(&mut self.pairs, &other.pairs);
        add(&mut self.curves, &other.curves);
        add(&mut self.complete, &other.complete);
        add(&mut self.bars, &other.bars);
        add(&mut self.first, &other.first);
        add(&mut self.in_band, &other.in_band);
        add(&mut self.band_sizes, &other.band_sizes);
        add(&mut self.states, &other.states);
        add(&mut self.flags, &other.flags);
        for (name, counts) in &other.groups {
            match self.groups.get_mut(name) {
                Some(mine) => mine.merge(counts),
                None => {
                    self.groups.insert(name.clone(), counts.clone());
                }
            }
        }
    }
}

/// Adds counts to counts.
pub(crate) fn add(mine: &mut [u64], more: &[u64]) {
    for (count, more) in mine.iter_mut().zip(more) {
        *count += more;
    }
}

impl GroupCounts {
    fn new(layout: &Layout) -> Self {
        Self {
            people: 0,
            first: vec![0; layout.roles],
            scores: vec![Sums::default(); layout.scales.len()],
        }
    }

    fn add(&mut self, scores: &[u32], first: Option<usize>) {
        self.people += 1;
        if let Some(at) = first {
            self.first[at] += 1;
        }
        for (sums, &score) in self.scores.iter_mut().zip(scores) {
            if score != NONE {
                let score = u64::from(score);
                sums.0 += 1;
                sums.1 += score;
                sums.2 += u128::from(score * score);
            }
        }
    }

    /// Adds the people of another group.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.people += other.people;
        add(&mut self.first, &other.first);
        for (mine, more) in self.scores.iter_mut().zip(&other.scores) {
            mine.0 += more.0;
            mine.1 += more.1;
            mine.2 += more.2;
        }
    }
}
