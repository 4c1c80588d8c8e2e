//! Answers of groups of people to each question, by the sum of all answers to its trait: what differential item
//! functioning is computed from. Only people who answered all of the trait's questions are counted.

use crate::psychometrics::group_counts::add_counts;
use crate::psychometrics::layout::{AnalysisLayout, CODES, FINEST, LayoutItem};
use crate::scoring::answers::UNANSWERED;
use std::collections::BTreeMap;

/// Counts of each group, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DifCounts(BTreeMap<String, Vec<u64>>);

/// Most points that a question gives.
pub(crate) fn top(item: &LayoutItem) -> u16 {
    item.points.iter().copied().max().unwrap_or(0)
}

/// Number of places of the sum of a trait's answers, the question's own included; more sums share places.
pub(crate) fn places(item: &LayoutItem) -> usize {
    (item.most_rest + usize::from(top(item))).min(FINEST) + 1
}

/// Size of the table of a question: by place of the sum and slot.
fn size(item: &LayoutItem) -> usize {
    places(item) * item.width
}

/// The answers of a group and of all others to a question, by place of the sum and slot.
#[derive(Clone, Debug)]
pub(crate) struct DifTable<'a> {
    /// The question.
    pub(crate) item: &'a LayoutItem,
    /// Of the group.
    pub(crate) mine: Vec<u64>,
    /// Of all others.
    pub(crate) others: Vec<u64>,
}

impl DifCounts {
    /// Counts the answers of a person of the group of this name.
    pub(crate) fn add(&mut self, layout: &AnalysisLayout, name: &str, codes: &[u8]) {
        if !self.0.contains_key(name) {
            let all = layout.items.iter().map(size).sum();
            self.0.insert(name.to_owned(), vec![0; all]);
        }
        let Some(counts) = self.0.get_mut(name) else {
            return;
        };
        let mut start = 0;
        for scale in &layout.scales {
            let items = &layout.items[scale.items.clone()];
            let all = || items.iter().map(|item| (item, codes[item.question]));
            let whole = all().all(|(_, code)| code != UNANSWERED);
            let points = |(item, code): (&LayoutItem, u8)| {
                usize::from(item.points[usize::from(code) % CODES])
            };
            let sum: usize = all().map(points).sum();
            for (item, code) in all() {
                if whole {
                    let most = item.most_rest + usize::from(top(item));
                    let place = if most <= FINEST {
                        sum
                    } else {
                        (sum * FINEST + most / 2) / most
                    };
                    counts[start + place * item.width + item.slot(code)] += 1;
                }
                start += size(item);
            }
        }
    }

    /// Adds the people that another has counted.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (name, more) in &other.0 {
            match self.0.get_mut(name) {
                Some(mine) => add_counts(mine, more),
                None => {
                    self.0.insert(name.clone(), more.clone());
                }
            }
        }
    }

    /// The tables of a group and of all others, question by question in the order of the layout. None where the group, or everybody else, has nobody.
    pub(crate) fn of<'a>(
        &'a self,
        layout: &'a AnalysisLayout,
        name: &str,
    ) -> Option<Vec<DifTable<'a>>> {
        let mine = self.0.get(name)?;
        let mut rest = self.0.iter().filter(|(other, _)| *other != name);
        let mut others = rest.next()?.1.clone();
        for (_, more) in rest {
            add_counts(&mut others, more);
        }
        let mut start = 0;
        let tables = layout.items.iter().map(|item| {
            let place = start..start + size(item);
            start = place.end;
            DifTable {
                item,
                mine: mine[place.clone()].to_vec(),
                others: others[place].to_vec(),
            }
        });
        Some(tables.collect())
    }
}
