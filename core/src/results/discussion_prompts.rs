//! Discussion prompts: questions to ask a person, derived from this result.

use crate::pack::model::{Question, TraitIx};
use crate::results::contradictions::{Contradiction, contradictions};
use crate::results::report::{Reason, Report, RoleDifference, RoleResult};
use crate::results::sensitivity::SmallestChange;
use crate::scoring::answers::Answers;

/// Questions asked at most: a conversation, no form.
pub(crate) const MOST: usize = 5;

/// Something to ask.
#[derive(Clone, Debug)]
pub(crate) enum DiscussionPrompt<'a> {
    /// Two roles of the band differ here: which of the two is it?
    Apart {
        /// The first role.
        first: &'a str,
        /// The other.
        other: &'a str,
        /// Where they differ.
        difference: RoleDifference,
    },
    /// A role of the band brings what was ruled out.
    Conflict {
        /// The role's name.
        role: &'a str,
        /// The question about the condition.
        condition: &'a Question,
    },
    /// Two answers point opposite ways.
    Contradiction(Contradiction),
    /// A trait that matters has open questions.
    Open {
        /// The trait.
        of: TraitIx,
        /// How many of its questions are open.
        open: usize,
        /// How many it has.
        all: usize,
    },
    /// A condition was not asked.
    NotAsked(&'a Question),
    /// A trait speaks against the first role.
    Against {
        /// The role's name.
        role: &'a str,
        /// Why.
        reason: Reason,
    },
    /// One trait score decides which role comes first.
    Change {
        /// The role that would come first.
        role: &'a str,
        /// The move.
        change: SmallestChange,
    },
}

/// At most [`MOST`] things to ask: one of each kind in turn, so that no kind crowds out another.
#[must_use]
pub(crate) fn asks<'a>(report: &Report<'a>, answers: &Answers) -> Vec<DiscussionPrompt<'a>> {
    let mut kinds: Vec<std::vec::IntoIter<DiscussionPrompt<'a>>> = [
        apart(report),
        conflicts(report),
        contradictions(report.comparison, answers)
            .into_iter()
            .map(DiscussionPrompt::Contradiction)
            .collect(),
        open(report, answers),
        against(report),
        change(report),
    ]
    .into_iter()
    .map(Vec::into_iter)
    .collect();
    let mut asks = Vec::new();
    loop {
        let before = asks.len();
        asks.extend(kinds.iter_mut().filter_map(Iterator::next));
        if asks.len() >= MOST || asks.len() == before {
            asks.truncate(MOST);
            return asks;
        }
    }
}

/// Of each role of the band but the first, where it differs most from the first.
fn apart<'a>(report: &Report<'a>) -> Vec<DiscussionPrompt<'a>> {
    let Some(first) = report.band.first() else {
        return Vec::new();
    };
    let ask = |apart: &crate::results::report::Distinction| {
        Some(DiscussionPrompt::Apart {
            first: &first.role.name,
            other: &report.comparison.role(apart.other).name,
            difference: *apart.differences.first()?,
        })
    };
    report.apart.iter().filter_map(ask).collect()
}

/// Each condition that goes clearly beyond what was wished once, at the best role that brings it.
fn conflicts<'a>(report: &Report<'a>) -> Vec<DiscussionPrompt<'a>> {
    let mut seen: Vec<&str> = Vec::new();
    let mut asks = Vec::new();
    for result in &report.band {
        let clear = result.conflicts.iter().filter(|c| c.is_clear());
        for condition in clear.map(|conflict| conflict.question) {
            if !seen.contains(&condition.id.as_str()) {
                seen.push(&condition.id);
                asks.push(DiscussionPrompt::Conflict {
                    role: &result.role.name,
                    condition,
                });
            }
        }
    }
    asks
}

/// Traits with open questions, the emptiest first; then conditions that were not asked.
fn open<'a>(report: &Report<'a>, answers: &Answers) -> Vec<DiscussionPrompt<'a>> {
    let pack = report.pack();
    let mut traits: Vec<(TraitIx, usize, usize)> = report
        .comparison
        .discriminating_traits()
        .map(|k| {
            let items = &pack.traits[k].items;
            let open = items.iter().filter(|&&q| !answers.has(q)).count();
            (k, open, items.len())
        })
        .filter(|(_, open, _)| *open > 0)
        .collect();
    // open / all, compared as whole numbers
    traits.sort_by_key(|&(_, open, all)| std::cmp::Reverse(open * 1000 / all));
    let traits = traits
        .into_iter()
        .map(|(of, open, all)| DiscussionPrompt::Open { of, open, all });
    traits
        .chain(
            report
                .not_asked
                .iter()
                .map(|q| DiscussionPrompt::NotAsked(q)),
        )
        .collect()
}

fn against<'a>(report: &Report<'a>) -> Vec<DiscussionPrompt<'a>> {
    let reasons = |result: &RoleResult<'a>| {
        let role = result.role;
        let reasons = result.reasons_against.clone().into_iter();
        reasons.map(move |reason| DiscussionPrompt::Against {
            role: &role.name,
            reason,
        })
    };
    report.band.first().into_iter().flat_map(reasons).collect()
}

fn change<'a>(report: &Report<'a>) -> Vec<DiscussionPrompt<'a>> {
    let ask = |change: SmallestChange| DiscussionPrompt::Change {
        role: &report.comparison.role(change.role).name,
        change,
    };
    report.change.into_iter().map(ask).collect()
}
