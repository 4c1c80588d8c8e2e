//! What may be told of a group: no count of fewer than five people, and none from which one follows.
//! Everything that writes a group sees a [`DisclosedGroup`], never the counts.

use crate::psychometrics::group_counts::{
    FLAGS, GroupCounts, GroupTotals, POINT, STATES, ScoreSpread,
};
use crate::results::cell_suppression::{FEWEST, protect, table};

/// A count of the whole and of each column; none where withheld.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CountLine {
    /// Of everybody.
    pub(crate) whole: Option<u64>,
    /// Of each column.
    pub(crate) columns: Vec<Option<u64>>,
}

/// Mean and standard deviation of raw scores.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct DisclosedMoments {
    /// Mean, 0..=100.
    pub(crate) mean: f64,
    /// Population standard deviation.
    pub(crate) sd: f64,
}

/// The scores of a trait; none where withheld.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TraitLine {
    /// Of everybody.
    pub(crate) whole: Option<DisclosedMoments>,
    /// Of each column.
    pub(crate) columns: Vec<Option<DisclosedMoments>>,
    /// People in each fifth of the scale.
    pub(crate) bins: Vec<Option<u64>>,
}

/// Part of the people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GroupColumn {
    /// What they have in common; none for the small groups put together.
    pub(crate) name: Option<String>,
    /// How many they are.
    pub(crate) people: u64,
}

/// A group as it may be told.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// # let outcome = comparison.assess(&answers);
/// use rolescope_core::psychometrics::GroupCounts;
/// use rolescope_core::results::DisclosedGroup;
///
/// let mut counts = GroupCounts::new(&comparison);
/// for _ in 0..4 {
///     counts.add("12A", &outcome);
/// }
/// assert!(DisclosedGroup::of(counts).is_none(), "four people are too few");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct DisclosedGroup {
    /// How many people.
    pub(crate) people: u64,
    /// The parts that they are split in; none, or at least two.
    pub(crate) columns: Vec<GroupColumn>,
    /// How many parts were too small to be shown by themselves.
    pub(crate) pooled: usize,
    /// People in each state.
    pub(crate) states: Vec<CountLine>,
    /// People with each flag.
    pub(crate) flags: Vec<CountLine>,
    /// Of each role in play, people in whose band it is.
    pub(crate) band: Vec<CountLine>,
    /// Of each role in play, people for whom it alone comes first.
    pub(crate) first: Vec<Option<u64>>,
    /// The scores of each trait.
    pub(crate) traits: Vec<TraitLine>,
}

impl DisclosedGroup {
    /// Fewest people whom a count may be of.
    pub const FEWEST: u64 = FEWEST;

    /// What may be told of these groups together and apart; nothing of fewer than five people.
    #[must_use]
    pub fn of(groups: GroupCounts) -> Option<Self> {
        Self::of_parts(groups.into_groups())
    }

    /// The same of parts by name.
    pub(crate) fn of_parts(parts: Vec<(String, GroupTotals)>) -> Option<Self> {
        let (_, mut whole) = parts.first()?.clone();
        for (_, part) in &parts[1..] {
            whole.merge(part);
        }
        if whole.people < FEWEST {
            return None;
        }
        let (columns, pooled) = pool(parts);
        let counts: Vec<&GroupTotals> = columns.iter().map(|(_, counts)| counts).collect();
        // the columns' cells, then the whole's
        let cells = |of: &dyn Fn(&GroupTotals) -> u64| -> Vec<u64> {
            counts.iter().map(|c| of(c)).chain([of(&whole)]).collect()
        };
        let yes_or_no = |of: &dyn Fn(&GroupTotals) -> u64| {
            let rows = [cells(of), cells(&|c| c.people - of(c))];
            line(&rows[0], &table(&rows)[0])
        };
        let states: Vec<Vec<u64>> = (0..STATES.len()).map(|s| cells(&|c| c.states[s])).collect();
        let hidden = table(&states);
        let mut first = whole.first.clone();
        first.push(whole.no_first);
        let mut first = shown_of(&first);
        first.pop();
        Some(DisclosedGroup {
            people: whole.people,
            states: states
                .iter()
                .zip(&hidden)
                .map(|(row, hidden)| line(row, hidden))
                .collect(),
            flags: (0..FLAGS.len())
                .map(|f| yes_or_no(&|c| c.flags[f]))
                .collect(),
            band: (0..whole.band.len())
                .map(|r| yes_or_no(&|c| c.band[r]))
                .collect(),
            first,
            traits: (0..whole.traits.len())
                .map(|k| trait_line(&counts, &whole, k))
                .collect(),
            pooled,
            columns: columns
                .into_iter()
                .map(|(name, counts)| GroupColumn {
                    name,
                    people: counts.people,
                })
                .collect(),
        })
    }
}

/// Puts groups of few people together, with the next smallest where they are too few still. No split
/// is left where that leaves one group.
fn pool(mut parts: Vec<(String, GroupTotals)>) -> (Vec<(Option<String>, GroupTotals)>, usize) {
    parts.sort_by_key(|(_, counts)| counts.people);
    let mut small = 0;
    let mut people = 0;
    while small < parts.len() && (parts[small].1.people < FEWEST || people > 0 && people < FEWEST) {
        people += parts[small].1.people;
        small += 1;
    }
    let mut together: Option<GroupTotals> = None;
    for (_, counts) in parts.drain(..small) {
        match &mut together {
            Some(all) => all.merge(&counts),
            None => together = Some(counts),
        }
    }
    parts.sort_by(|a, b| a.0.cmp(&b.0));
    let mut columns: Vec<(Option<String>, GroupTotals)> = parts
        .into_iter()
        .map(|(name, counts)| (Some(name), counts))
        .collect();
    columns.extend(together.map(|counts| (None, counts)));
    if columns.len() < 2 {
        columns.clear();
    }
    (columns, small)
}

fn shown(count: u64, hidden: bool) -> Option<u64> {
    (!hidden).then_some(count)
}

/// A row of counts, the whole last.
fn line(row: &[u64], hidden: &[bool]) -> CountLine {
    let mut columns: Vec<Option<u64>> =
        row.iter().zip(hidden).map(|(&c, &h)| shown(c, h)).collect();
    CountLine {
        whole: columns.pop().flatten(),
        columns,
    }
}

/// Counts that add up to everybody.
fn shown_of(counts: &[u64]) -> Vec<Option<u64>> {
    let cells: Vec<Vec<u64>> = counts.iter().map(|&count| vec![count]).collect();
    let hidden = table(&cells);
    counts
        .iter()
        .zip(hidden)
        .map(|(&c, h)| shown(c, h[0]))
        .collect()
}

fn trait_line(columns: &[&GroupTotals], whole: &GroupTotals, k: usize) -> TraitLine {
    let spreads: Vec<&ScoreSpread> = columns.iter().map(|c| &c.traits[k]).collect();
    let people: Vec<u64> = spreads.iter().map(|s| s.people).collect();
    let mut hidden: Vec<bool> = people.iter().map(|&n| n < FEWEST).collect();
    protect(&people, &mut hidden);
    let all = &whole.traits[k];
    let mut bins = all.bins.to_vec();
    bins.push(whole.people - all.people);
    let mut bins = shown_of(&bins);
    bins.pop();
    TraitLine {
        whole: moments(all),
        columns: spreads
            .iter()
            .zip(hidden)
            .map(|(spread, hidden)| moments(spread).filter(|_| !hidden))
            .collect(),
        bins,
    }
}

/// Mean and spread of at least [`FEWEST`] people.
#[expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]
fn moments(spread: &ScoreSpread) -> Option<DisclosedMoments> {
    if spread.people < FEWEST {
        return None;
    }
    let n = spread.people as f64;
    let mean = spread.sum as f64 / n;
    let variance = (spread.squares as f64 / n - mean * mean).max(0.0);
    Some(DisclosedMoments {
        mean: mean / POINT,
        sd: variance.sqrt() / POINT,
    })
}
