//! Deviations of single questions: what each role in play asks of a question beside what it asks of the question's
//! trait (`docs/authoring.md`, "Deviations of single questions").

use crate::pack::model::{Pack, QuestionIx, RoleIx, TraitIx};
use std::ops::Range;

/// Differences up to this count as none.
const NEGLIGIBLE: f64 = 1e-9;

/// The deviations of a role: the question and how many level points it deviates by.
pub(crate) type Deviations = Vec<(QuestionIx, f64)>;

/// Keys of single questions, of the traits of which some role in play has a deviation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DeviationKeys {
    /// All questions of these traits, a trait after the other, within a trait by id.
    pub(crate) items: Vec<QuestionIx>,
    /// Each of these traits, and where its questions stand in `items`.
    pub(crate) traits: Vec<(TraitIx, Range<usize>)>,
    /// Deviation of each role in play on each of `items`, about the mean over the roles in play, in standard deviations
    /// of the levels.
    pub(crate) relative: Vec<Vec<f64>>,
    /// Key of each role in play on each of `items`: that times the role's weight on the trait.
    pub(crate) keys: Vec<Vec<f64>>,
}

impl DeviationKeys {
    /// The keys of the roles in play; none where no question tells any two of them apart.
    ///
    /// With the deviation v of role r on question i of trait k, the role's weight w on the trait and the standard
    /// deviation s' of the levels over all roles of the pack: `d_ri = w_rk (v_ri - mean(v_i)) / s'_k`, the mean
    /// over the roles in play. Only traits whose keys are `centred` count: interests and preferences on which
    /// roles differ.
    pub(crate) fn of<'d>(
        pack: &Pack,
        candidates: &[RoleIx],
        (centred, level_sds): (&[bool], &[f64]),
        deviations: impl Fn(RoleIx) -> &'d [(QuestionIx, f64)],
    ) -> Option<Self> {
        let mut all = Self {
            items: Vec::new(),
            traits: Vec::new(),
            relative: vec![Vec::new(); candidates.len()],
            keys: vec![Vec::new(); candidates.len()],
        };
        if candidates.iter().all(|&r| deviations(r).is_empty()) {
            return None;
        }
        for (k, t) in pack.traits.iter().enumerate() {
            if !centred[k] || level_sds[k] <= NEGLIGIBLE {
                continue;
            }
            let start = all.items.len();
            let columns = t.items.iter().map(|&q| column(candidates, q, &deviations));
            let columns: Vec<Vec<f64>> = columns.collect();
            if columns.iter().flatten().all(|v| v.abs() <= NEGLIGIBLE) {
                continue;
            }
            all.items.extend(&t.items);
            all.traits.push((k, start..all.items.len()));
            for (at, &r) in candidates.iter().enumerate() {
                let weight = pack.roles[r].weights[k];
                for column in &columns {
                    let relative = column[at] / level_sds[k];
                    all.relative[at].push(relative);
                    all.keys[at].push(weight * relative);
                }
            }
        }
        (!all.traits.is_empty()).then_some(all)
    }
}

/// Deviations of the roles in play on a question, about their mean.
#[expect(clippy::cast_precision_loss, reason = "roles are few")]
fn column<'d>(
    candidates: &[RoleIx],
    q: QuestionIx,
    deviations: &impl Fn(RoleIx) -> &'d [(QuestionIx, f64)],
) -> Vec<f64> {
    let of = |&r: &RoleIx| deviation(deviations(r), q);
    let mut column: Vec<f64> = candidates.iter().map(of).collect();
    let mean = column.iter().sum::<f64>() / column.len() as f64;
    for value in &mut column {
        *value -= mean;
    }
    column
}

/// The deviation on a question; 0 where there is none.
pub(crate) fn deviation(deviations: &[(QuestionIx, f64)], q: QuestionIx) -> f64 {
    let found = deviations.iter().find(|(of, _)| *of == q);
    found.map_or(0.0, |(_, points)| *points)
}
