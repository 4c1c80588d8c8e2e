//! Many people counted: memory for a group, none for a person. All sums are whole numbers, so that the
//! order of the people and their division among threads change nothing.

use crate::scoring::assessment::{Outcome, State};
use crate::scoring::comparison::Comparison;
use crate::scoring::response_quality::Flag;
use std::collections::BTreeMap;

/// States, in the order of their counts.
pub(crate) const STATES: [State; 3] = [State::Clear, State::Unclear, State::Insufficient];
/// Flags, in the order of their counts.
pub(crate) const FLAGS: [Flag; 6] = [
    Flag::StraightLine,
    Flag::Inconsistent,
    Flag::Guessing,
    Flag::Unattempted,
    Flag::Incomplete,
    Flag::Rushed,
];
/// Parts of the scale 0..=100 in a histogram.
pub(crate) const BINS: usize = 5;

/// What a point of a score is summed in: ten-thousandths. Rounding moves a correlation by about
/// 1e-7, a mean by at most 5e-5.
pub(crate) const POINT: f64 = 10_000.0;

/// A score in parts of a [`POINT`], 0..=1000000.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "0..=1000000"
)]
#[inline]
pub(crate) fn in_parts(raw: f64) -> u32 {
    (raw * POINT + 0.5) as u32
}

/// The raw scores of a trait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ScoreSpread {
    /// People with a score.
    pub(crate) people: u64,
    /// Sum of their scores, in ten-thousandths of a point.
    pub(crate) sum: u64,
    /// Sum of the squares of these.
    pub(crate) squares: u128,
    /// People in each fifth of the scale; 100 is in the last.
    pub(crate) bins: [u64; BINS],
}

impl ScoreSpread {
    fn add(&mut self, raw: f64) {
        let parts = u64::from(in_parts(raw));
        self.people += 1;
        self.sum += parts;
        self.squares += u128::from(parts * parts);
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GroupTotals {
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
    /// Nobody yet.
    pub(crate) fn new(comparison: &Comparison<'_>) -> Self {
        Self::of(comparison.candidates.len(), comparison.pack.traits.len())
    }

    /// Nobody yet, of so many roles in play and traits.
    pub(crate) fn of(roles: usize, traits: usize) -> Self {
        Self {
            people: 0,
            states: [0; STATES.len()],
            flags: [0; FLAGS.len()],
            band: vec![0; roles],
            first: vec![0; roles],
            no_first: 0,
            traits: vec![ScoreSpread::default(); traits],
        }
    }

    /// Counts a person.
    pub(crate) fn add(&mut self, outcome: &Outcome) {
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
    pub(crate) fn merge(&mut self, other: &Self) {
        self.people += other.people;
        self.no_first += other.no_first;
        add_counts(&mut self.states, &other.states);
        add_counts(&mut self.flags, &other.flags);
        add_counts(&mut self.band, &other.band);
        add_counts(&mut self.first, &other.first);
        for (spread, more) in self.traits.iter_mut().zip(&other.traits) {
            spread.merge(more);
        }
    }
}

/// Adds counts to counts, place by place.
pub(crate) fn add_counts(mine: &mut [u64], more: &[u64]) {
    for (count, more) in mine.iter_mut().zip(more) {
        *count += more;
    }
}

/// Groups of people by name, counted.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// # let outcome = comparison.assess(&answers);
/// use rolescope_core::psychometrics::GroupCounts;
///
/// let mut classes = GroupCounts::new(&comparison);
/// classes.add("12B", &outcome);
/// classes.add("12A", &outcome);
/// assert_eq!(classes.len(), 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupCounts {
    pub(crate) groups: BTreeMap<String, GroupTotals>,
    /// A group of nobody.
    nobody: GroupTotals,
}

impl GroupCounts {
    /// No group yet.
    #[must_use]
    pub fn new(comparison: &Comparison<'_>) -> Self {
        Self::of(GroupTotals::new(comparison))
    }

    /// No group yet; `nobody` is what each begins as.
    pub(crate) const fn of(nobody: GroupTotals) -> Self {
        Self {
            groups: BTreeMap::new(),
            nobody,
        }
    }

    /// How many groups there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The groups, in the order of their names.
    pub(crate) fn into_groups(self) -> Vec<(String, GroupTotals)> {
        self.groups.into_iter().collect()
    }

    /// Counts a person of the group of this name.
    pub fn add(&mut self, name: &str, outcome: &Outcome) {
        if let Some(group) = self.groups.get_mut(name) {
            group.add(outcome);
        } else {
            let mut group = self.nobody.clone();
            group.add(outcome);
            self.groups.insert(name.to_owned(), group);
        }
    }

    /// Adds the groups that another has counted.
    pub fn merge(&mut self, other: &Self) {
        for (name, more) in &other.groups {
            match self.groups.get_mut(name) {
                Some(mine) => mine.merge(more),
                None => {
                    self.groups.insert(name.clone(), more.clone());
                }
            }
        }
    }
}
