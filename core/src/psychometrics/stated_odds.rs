//! Calibration of the stated probability that one role fits better than another.

use crate::psychometrics::estimate::Estimate;
use crate::scoring::assessment::Outcome;
use crate::scoring::comparison::Comparison;
use crate::scoring::contributions::own_estimates;
use crate::scoring::difference::{level_error, se_of_difference};
use crate::scoring::role_match::phi;
use serde::Serialize;

/// Where the bins of stated odds begin; the last ends at 1.
pub(crate) const ODDS: [f64; 6] = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/// Pairs of a role that a person has or likes with one that they have or like not, by what was stated of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct OddsCount {
    /// Pairs.
    pub(crate) pairs: u64,
    /// Those in which the first was the one stated to fit better.
    pub(crate) right: u64,
    /// Sum of what was stated, in millionths.
    pub(crate) stated: u64,
}

/// Pairs of which about the same was stated.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct OddsBin {
    /// From this stated probability on, 0.5..=1.
    pub(crate) from: f64,
    /// Up to this.
    pub(crate) to: f64,
    /// Pairs.
    pub(crate) pairs: u64,
    /// Mean of what was stated; none without pairs.
    pub(crate) stated: Option<f64>,
    /// Share of pairs in which the role stated to fit better was the one that the person has or likes, with its
    /// interval; none where these are too few.
    pub(crate) right: Option<Estimate>,
}

impl OddsCount {
    /// Counts a pair by the stated chance that its first fits better.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0.5..=1 in millionths"
    )]
    pub(crate) fn count(counts: &mut [Self; ODDS.len()], first_better: f64) {
        let stated = first_better.max(1.0 - first_better);
        let bin = ODDS.iter().rposition(|from| stated >= *from).unwrap_or(0);
        counts[bin].pairs += 1;
        counts[bin].right += u64::from(first_better > 0.5);
        counts[bin].stated += (stated * 1e6 + 0.5) as u64;
    }

    /// Adds other pairs.
    pub(crate) const fn merge(&mut self, other: &Self) {
        self.pairs += other.pairs;
        self.right += other.right;
        self.stated += other.stated;
    }

    /// Share of pairs in which the first was stated to fit better; none without pairs.
    #[expect(clippy::cast_precision_loss, reason = "pairs are far below 2^52")]
    pub(crate) fn right(&self) -> Option<f64> {
        (self.pairs > 0).then(|| self.right as f64 / self.pairs as f64)
    }

    /// The bin with this number, with what was found of it.
    #[expect(clippy::cast_precision_loss, reason = "pairs are far below 2^52")]
    pub(crate) fn bin(&self, n: usize, right: Option<Estimate>) -> OddsBin {
        OddsBin {
            from: ODDS[n],
            to: ODDS.get(n + 1).copied().unwrap_or(1.0),
            pairs: self.pairs,
            stated: (self.pairs > 0).then(|| self.stated as f64 / 1e6 / self.pairs as f64),
            right,
        }
    }
}

/// What is stated of the roles of one person.
pub(crate) struct StatedOdds<'a> {
    comparison: &'a Comparison<'a>,
    outcome: &'a Outcome,
    estimates: Vec<f64>,
}

impl<'a> StatedOdds<'a> {
    /// What is stated of this outcome.
    pub(crate) fn new(comparison: &'a Comparison<'a>, outcome: &'a Outcome) -> Self {
        Self {
            estimates: own_estimates(comparison, &outcome.scores),
            comparison,
            outcome,
        }
    }

    /// Standard error of a role's match from its levels; none without a match.
    fn levels(&self, at: usize) -> Option<f64> {
        let fit = self.outcome.fits[at].as_ref()?;
        Some(level_error(self.comparison, &self.estimates, at, fit))
    }

    /// The stated chance that the first role fits better than each of the others, of those with a match; of roles whose
    /// match is equal nothing is stated.
    pub(crate) fn better(
        &self,
        first: usize,
        others: impl Iterator<Item = usize>,
    ) -> impl Iterator<Item = f64> {
        let mine = self.outcome.fits[first].as_ref().zip(self.levels(first));
        others.filter_map(move |other| {
            let (fit, levels) = mine?;
            let (theirs, more) = (self.outcome.fits[other].as_ref()?, self.levels(other)?);
            let se = se_of_difference(self.comparison, self.outcome, (first, fit), (other, theirs));
            let error = (se * se + levels * levels + more * more).sqrt();
            let apart = fit.z - theirs.z;
            (error > 0.0 && apart != 0.0).then(|| phi(apart / error))
        })
    }
}
