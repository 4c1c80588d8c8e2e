//! The steps of an assessment as methods of a comparison: all at once, or one by one.

use crate::scoring::answers::Answers;
use crate::scoring::assessment::Outcome;
use crate::scoring::comparison::Comparison;
use crate::scoring::kernel::assessor;
use crate::scoring::ranking::{self, Ranking};
use crate::scoring::role_match::{self, RoleMatch};
use crate::scoring::trait_scores::{self, TraitScore};

impl Comparison<'_> {
    /// Everything that the answers of one person give. For many people an [`Assessor`] takes less time
    /// and gives the same bits.
    ///
    /// [`Assessor`]: crate::Assessor
    #[must_use]
    pub fn assess(&self, answers: &Answers) -> Outcome {
        assessor::assess(self, answers)
    }

    /// Only the first step: the score of every trait, in pack order.
    #[must_use]
    pub fn scores(&self, answers: &Answers) -> Vec<TraitScore> {
        trait_scores::score(self, answers)
    }

    /// Only the second step: from the scores of all traits, in pack order, the match of every role in
    /// play; none where nothing was answered that the role asks about. Where roles deviate on single questions, this
    /// leaves them out, for scores do not say how single questions were answered: [`Comparison::assess`] counts them.
    #[must_use]
    pub fn matches(&self, scores: &[TraitScore]) -> Vec<Option<RoleMatch>> {
        role_match::fit(self, scores)
    }

    /// Only the third step: the roles in play in order, with the band, whatever was answered. An
    /// [`Outcome`] leaves the ranking empty where too little was. Deviations on single questions are left out as in
    /// [`Comparison::matches`].
    #[must_use]
    pub fn rank(&self, scores: &[TraitScore], matches: &[Option<RoleMatch>]) -> Ranking {
        ranking::rank(self, scores, matches)
    }
}
