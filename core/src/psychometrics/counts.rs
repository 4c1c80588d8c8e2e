//! Many people counted, in whole numbers only: whatever the order and however the people are divided
//! among threads, the sums are the same to the last bit.

use crate::psychometrics::answer_tables::{AnswerTableBuilder, AnswerTables};
use crate::psychometrics::layout::AnalysisLayout;
use crate::psychometrics::moments::{Moments, POINT, ScoreSums};
use crate::results::group_counts::{FLAGS, STATES};
use crate::scoring::answers::Answers;
use crate::scoring::assessment::Outcome;
use crate::scoring::trait_scores::TraitScore;
use std::collections::BTreeMap;

/// Counts of people.
#[derive(Clone, Debug, PartialEq)]
pub struct AnalysisCounts {
    /// People.
    pub(crate) people: u64,
    /// Their answers.
    answered: AnswerTableBuilder,
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
    pub(crate) groups: BTreeMap<String, GroupCounts>,
    /// The scores of a person: memory that is used again.
    scores: Vec<u32>,
}

impl AnalysisCounts {
    /// People.
    #[must_use]
    pub const fn people(&self) -> u64 {
        self.people
    }

    /// By name of the group.
    #[must_use]
    pub const fn groups(&self) -> &BTreeMap<String, GroupCounts> {
        &self.groups
    }
}

/// Counts of one group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupCounts {
    /// People.
    pub(crate) people: u64,
    /// By role in play, people for whom it alone comes first.
    pub(crate) first: Vec<u64>,
    /// By trait with items.
    pub(crate) scores: Vec<ScoreSums>,
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

impl AnalysisCounts {
    /// Nobody yet.
    #[must_use]
    pub fn new(layout: &AnalysisLayout) -> Self {
        let scales = layout.scales.len();
        Self {
            people: 0,
            answered: AnswerTableBuilder::new(layout),
            bars: vec![0; layout.bars],
            moments: Moments::new(scales),
            first: vec![0; layout.roles],
            no_first: 0,
            in_band: vec![0; layout.roles],
            band_sizes: vec![0; layout.roles + 1],
            states: vec![0; STATES.len()],
            flags: vec![0; FLAGS.len()],
            groups: BTreeMap::new(),
            scores: vec![NONE; scales],
        }
    }

    /// Counts a person, of a group if there are any.
    pub fn add(
        &mut self,
        layout: &AnalysisLayout,
        answers: &Answers,
        outcome: &Outcome,
        group: Option<&str>,
    ) {
        self.people += 1;
        self.answered.add(layout, answers.codes());
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

    /// Counts the scores.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "0..=40"
    )]
    fn scored(&mut self, layout: &AnalysisLayout, scores: &[TraitScore]) {
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
        let alone = ranking.first_alone();
        match alone {
            Some(at) => self.first[at] += 1,
            None => self.no_first += 1,
        }
        alone
    }

    /// The answers by question, by pair of a trait's questions and by rest score.
    pub(crate) fn tables(&self, layout: &AnalysisLayout) -> AnswerTables {
        self.answered.tables(layout)
    }

    /// Adds the people that another has counted.
    pub fn merge(&mut self, other: &Self) {
        self.people += other.people;
        self.no_first += other.no_first;
        self.moments.merge(&other.moments);
        self.answered.merge(&other.answered);
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
    fn new(layout: &AnalysisLayout) -> Self {
        Self {
            people: 0,
            first: vec![0; layout.roles],
            scores: vec![ScoreSums::default(); layout.scales.len()],
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
