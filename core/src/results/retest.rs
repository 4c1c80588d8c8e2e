//! Retest: which scores changed by more than their error between two sittings, and why the band changed.
//!
//! A trait moved when its two raw scores differ by more than 1.96 standard errors of their difference,
//! `sqrt(sem_1^2 + sem_2^2)`: the reliable change index of Jacobson & Truax (1991, Journal of Consulting
//! and Clinical Psychology 59, 12-19), with the error of each score from its own reliability, as the two
//! sittings may have had other questions.

use crate::pack::model::TraitIx;
use crate::results::contradictions::SURE;
use crate::scoring::assessment::Outcome;
use crate::scoring::comparison::Comparison;
use crate::scoring::contributions::contributions;
use crate::scoring::role_match::RoleMatch;

/// One trait, then and now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TraitMove {
    /// The trait.
    pub(crate) of: TraitIx,
    /// Raw score then.
    pub(crate) from: f64,
    /// Raw score now.
    pub(crate) to: f64,
    /// Standard error of the difference, on the same scale.
    pub(crate) error: f64,
}

impl TraitMove {
    /// Whether it moved by more than chance does nineteen times in twenty.
    #[must_use]
    pub(crate) fn is_sure(&self) -> bool {
        (self.to - self.from).abs() > SURE * self.error
    }
}

/// One role, then and now.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RoleMove {
    /// Position among the roles in play.
    pub(crate) at: usize,
    /// Rank then and now.
    pub(crate) ranks: [Option<usize>; 2],
    /// Match then and now.
    pub(crate) fits: [Option<RoleMatch>; 2],
    /// Whether it was and is in the band.
    pub(crate) in_band: [bool; 2],
    /// What each trait added to the change of its match, largest first; the sum is the change of z.
    pub(crate) parts: Vec<(TraitIx, f64)>,
}

/// Two sittings side by side.
///
/// [`Comparison::retest`] gives it, and [`Retest::page`] puts it into words.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// # let outcome = comparison.assess(&answers);
/// let later = comparison.assess(&Answers::complete(&pack));
/// let moved = comparison.retest(&outcome, &later);
/// # let _ = moved;
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Retest {
    /// Traits with answers in both, largest move in standard errors first.
    pub(crate) traits: Vec<TraitMove>,
    /// Traits on which the roles in play differ, with answers in only one of the two.
    pub(crate) once: Vec<TraitIx>,
    /// Roles that were or are in the band, in today's order.
    pub(crate) roles: Vec<RoleMove>,
}

impl Comparison<'_> {
    /// Compares two outcomes of one design.
    #[must_use]
    pub fn retest(&self, old: &Outcome, new: &Outcome) -> Retest {
        let both = |k: TraitIx| {
            let (a, b) = (&old.scores[k], &new.scores[k]);
            let norm = &self.norms[k];
            let error = (a.sem(norm)?.powi(2) + b.sem(norm)?.powi(2)).sqrt();
            Some(TraitMove {
                of: k,
                from: a.raw()?,
                to: b.raw()?,
                error,
            })
        };
        let mut traits: Vec<TraitMove> = self.discriminating_traits().filter_map(both).collect();
        let size = |m: &TraitMove| (m.to - m.from).abs() / m.error;
        traits.sort_by(|a, b| size(b).total_cmp(&size(a)));
        let once = self.discriminating_traits().filter(|&k| {
            let answered = |outcome: &Outcome| outcome.scores[k].raw().is_some();
            answered(old) != answered(new)
        });
        let in_band = |at: usize| [old, new].map(|o| o.ranking.band.contains(&at));
        let order = if new.ranking.order.is_empty() {
            &old.ranking.order
        } else {
            &new.ranking.order
        };
        let roles = order
            .iter()
            .filter(|&&at| in_band(at) != [false, false])
            .map(|&at| RoleMove {
                at,
                ranks: [old, new].map(|o| o.ranking.ranks.get(at).copied().flatten()),
                fits: [old.fits[at], new.fits[at]],
                in_band: in_band(at),
                parts: parts(self, old, new, at),
            });
        Retest {
            once: once.collect(),
            roles: roles.collect(),
            traits,
        }
    }
}

fn parts(
    comparison: &Comparison<'_>,
    old: &Outcome,
    new: &Outcome,
    at: usize,
) -> Vec<(TraitIx, f64)> {
    let (Some(then), Some(now)) = (&old.fits[at], &new.fits[at]) else {
        return Vec::new();
    };
    let then = contributions(comparison, old, at, then);
    let now = contributions(comparison, new, at, now);
    let mut parts: Vec<(TraitIx, f64)> = now
        .iter()
        .zip(then)
        .map(|(b, a)| b - a)
        .enumerate()
        .collect();
    parts.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    parts
}
