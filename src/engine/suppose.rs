//! What if: the outcome if a trait score or a condition were another.

use crate::engine::answers::Answers;
use crate::engine::assess::{Outcome, State, state};
use crate::engine::conditions::NOT_FOR_ME;
use crate::engine::design::Design;
use crate::engine::fit::fit;
use crate::engine::pack::{ConditionIx, TraitIx};
use crate::engine::rank::{Ranking, rank};

/// Where a trait score is put.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Put {
    /// So many standard deviations of the norm further.
    By(f64),
    /// At this raw score, 0..=100.
    At(f64),
}

/// A trait score that was put elsewhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Supposed {
    /// The trait.
    pub of: TraitIx,
    /// Raw score as answered.
    pub from: f64,
    /// Raw score supposed, within 0..=100.
    pub to: f64,
}

/// The outcome with some trait scores put elsewhere, and where they were. The reliability of a score
/// stays, so one without answers cannot be moved and is left out.
#[must_use]
pub fn suppose(
    design: &Design<'_>,
    outcome: &Outcome,
    puts: &[(TraitIx, Put)],
) -> (Outcome, Vec<Supposed>) {
    let mut scores = outcome.scores.clone();
    let mut supposed = Vec::new();
    for &(k, put) in puts {
        let Some(from) = scores[k].raw() else {
            continue;
        };
        let norm = &design.norms[k];
        let to = match put {
            Put::By(deviations) => from + deviations * norm.sd,
            Put::At(raw) => raw,
        }
        .clamp(0.0, 100.0);
        scores[k].earned = to * scores[k].weight / 100.0;
        scores[k].estimate = scores[k].reliability * (to - norm.mean) / norm.sd;
        supposed.push(Supposed { of: k, from, to });
    }
    let fits = fit(design, &scores);
    let ranking = rank(design, &scores, &fits);
    let state = state(design, &scores, &ranking, &outcome.flags);
    let outcome = Outcome {
        ranking: if state == State::Insufficient {
            Ranking::default()
        } else {
            ranking
        },
        scores,
        fits,
        state,
        flags: outcome.flags.clone(),
        conflicts: outcome.conflicts.clone(),
    };
    (outcome, supposed)
}

/// The answers with some conditions ruled out: it marks roles and changes no match.
#[must_use]
pub fn avoid(design: &Design<'_>, answers: &Answers, conditions: &[ConditionIx]) -> Answers {
    let mut answers = answers.clone();
    for &c in conditions {
        answers.set(design.pack.conditions[c], NOT_FOR_ME);
    }
    answers
}
