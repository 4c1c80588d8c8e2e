//! Many people counted: memory for a group, none for a person.

use crate::scoring::assessment::{Outcome, State};
use crate::scoring::comparison::Comparison;
use crate::scoring::response_quality::Flag;

/// States, in the order of their counts.
pub(crate) const STATES: [State; 3] = [State::Clear, State::Unclear, State::Insufficient];
/// Flags, in the order of their counts.
pub(crate) const FLAGS: [Flag; 5] = [
    Flag::StraightLine,
    Flag::Inconsistent,
    Flag::Guessing,
    Flag::Incomplete,
    Flag::Rushed,
];
/// Parts of the scale 0..=100 in a histogram.
pub(crate) const BINS: usize = 5;

/// The raw scores of a trait.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct ScoreSpread {
    /// People with a score.
    pub(crate) people: u64,
    /// Sum of their scores.
    pub(crate) sum: f64,
    /// Sum of the squares.
    pub(crate) squares: f64,
    /// People in each fifth of the scale; 100 is in the last.
    pub(crate) bins: [u64; BINS],
}

impl ScoreSpread {
    fn add(&mut self, raw: f64) {
        self.people += 1;
        self.sum += raw;
        self.squares += raw * raw;
        // steps of 20, counted without a cast
        let bin = [20.0, 40.0, 60.0, 80.0]
            .iter()
            .filter(|&&edge| raw >= edge)
            .count();
        self.bins[bin] += 1;
    }

    fn merge(&mut self, other: &Self) {
        self.people += other.people;
        self.sum += other.sum;
        self.squares += other.squares;
        for (bin, more) in self.bins.iter_mut().zip(other.bins) {
            *bin += more;
        }
    }
}

/// A group, counted.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupTotals {
    /// People.
    pub(crate) people: u64,
    /// People in each of [`STATES`].
    pub(crate) states: [u64; STATES.len()],
    /// People with each of [`FLAGS`].
    pub(crate) flags: [u64; FLAGS.len()],
    /// Of each role in play, people in whose band it is.
    pub(crate) band: Vec<u64>,
    /// Of each role in play, people for whom it alone comes first.
    pub(crate) first: Vec<u64>,
    /// People for whom no role comes first alone.
    pub(crate) no_first: u64,
    /// The scores of each trait.
    pub(crate) traits: Vec<ScoreSpread>,
}

impl GroupTotals {
    /// People.
    #[must_use]
    pub const fn people(&self) -> u64 {
        self.people
    }
}

impl GroupTotals {
    /// Nobody yet.
    #[must_use]
    pub fn new(comparison: &Comparison<'_>) -> Self {
        let roles = comparison.candidates.len();
        Self {
            people: 0,
            states: [0; STATES.len()],
            flags: [0; FLAGS.len()],
            band: vec![0; roles],
            first: vec![0; roles],
            no_first: 0,
            traits: vec![ScoreSpread::default(); comparison.pack.traits.len()],
        }
    }

    /// Counts a person.
    pub fn add(&mut self, outcome: &Outcome) {
        self.people += 1;
        for (count, state) in self.states.iter_mut().zip(STATES) {
            *count += u64::from(outcome.state == state);
        }
        for (count, flag) in self.flags.iter_mut().zip(FLAGS) {
            *count += u64::from(outcome.flags.contains(&flag));
        }
        for &at in &outcome.ranking.band {
            self.band[at] += 1;
        }
        match outcome.ranking.first_alone() {
            Some(at) => self.first[at] += 1,
            None => self.no_first += 1,
        }
        for (spread, score) in self.traits.iter_mut().zip(&outcome.scores) {
            if let Some(raw) = score.raw() {
                spread.add(raw);
            }
        }
    }

    /// Adds the people of another group.
    pub fn merge(&mut self, other: &Self) {
        let add = |mine: &mut [u64], more: &[u64]| {
            for (count, more) in mine.iter_mut().zip(more) {
                *count += more;
            }
        };
        self.people += other.people;
        self.no_first += other.no_first;
        add(&mut self.states, &other.states);
        add(&mut self.flags, &other.flags);
        add(&mut self.band, &other.band);
        add(&mut self.first, &other.first);
        for (spread, more) in self.traits.iter_mut().zip(&other.traits) {
            spread.merge(more);
        }
    }
}
