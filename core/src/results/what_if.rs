//! What-if analysis: the outcome with other trait scores or conditions.

use crate::pack::model::{ConditionIx, TraitIx};
use crate::scoring::answers::Answers;
use crate::scoring::assessment::{Outcome, State, state};
use crate::scoring::comparison::Comparison;
use crate::scoring::conditions::NOT_FOR_ME;
use crate::scoring::question_part::Standing;
use crate::scoring::ranking::{Ranking, rank};
use crate::scoring::role_match::fit;

/// A trait score that was put elsewhere.
///
/// [`Comparison::with_scores`] shows how it is made; [`ResultOptions::what_if`] puts it on a page.
///
/// [`ResultOptions::what_if`]: crate::pages::ResultOptions::what_if
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WhatIf {
    /// The trait.
    pub(crate) of: TraitIx,
    /// Raw score as answered.
    pub(crate) from: f64,
    /// Raw score to set, within 0..=100.
    pub(crate) to: f64,
}

impl Comparison<'_> {
    /// The outcome with some trait scores at other raw scores, 0..=100, and where they were. The reliability
    /// of a score stays, so one without answers cannot be moved and is left out; and so does how far single
    /// answers stand from the score of their trait, which roles may have deviations for.
    ///
    /// ```
    /// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
    /// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
    /// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
    /// # let mut answers = Answers::none(&pack);
    /// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
    /// # let outcome = comparison.assess(&answers);
    /// // the first trait at a raw score of 20, the third at one of 80
    /// let puts = [(0, 20.0), (2, 80.0)];
    /// let (supposed, changes) = comparison.with_scores(&outcome, &puts);
    /// assert_eq!(changes.len(), 2);
    /// assert_eq!(comparison.role(supposed.ranking().order()[0]).id(), "joiner");
    /// ```
    #[must_use]
    pub fn with_scores(
        &self,
        outcome: &Outcome,
        puts: &[(TraitIx, f64)],
    ) -> (Outcome, Vec<WhatIf>) {
        let mut scores = outcome.scores.clone();
        let mut changes = Vec::new();
        for &(k, put) in puts {
            let Some(from) = scores[k].raw() else {
                continue;
            };
            let norm = &self.norms[k];
            let to = put.clamp(0.0, 100.0);
            scores[k].earned = to * scores[k].weight / 100.0;
            scores[k].estimate = norm.estimate_of(to, scores[k].reliability);
            changes.push(WhatIf { of: k, from, to });
        }
        let questions = outcome.questions.clone();
        let person = Standing::new(&scores, questions.as_ref());
        let fits = fit(self, person);
        let ranking = rank(self, person, &fits);
        let state = state(self, &scores, &ranking, &outcome.flags);
        let outcome = Outcome {
            ranking: if state == State::Insufficient {
                Ranking::default()
            } else {
                ranking
            },
            scores,
            questions,
            fits,
            state,
            flags: outcome.flags.clone(),
            conflicts: outcome.conflicts.clone(),
            tolerances: outcome.tolerances,
        };
        (outcome, changes)
    }
}

impl Comparison<'_> {
    /// The answers with some conditions ruled out: it marks roles and changes no match.
    #[must_use]
    pub fn avoid(&self, answers: &Answers, conditions: &[ConditionIx]) -> Answers {
        let mut answers = answers.clone();
        for &c in conditions {
            answers.put(self.pack.conditions[c], NOT_FOR_ME);
        }
        answers
    }
}
