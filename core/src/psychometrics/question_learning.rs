//! Deviations of single questions learned from people whose own role is known, by empirical Bayes on top of levels.
//! `docs/analyse.md` states the formulae.
#![expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]

use crate::pack::model::{AnswerFormat, QuestionIx, RoleIx, TraitIx};
use crate::psychometrics::criterion_counts::CriterionPart;
use crate::psychometrics::criterion_study::FLOOR;
use crate::psychometrics::role_scores::{ROLES, mean, pooled};
use crate::scoring::comparison::Comparison;
use crate::scoring::deviations::{Deviations, deviation};

/// Fewest people of a role whose single questions are learned: with fewer, what a question says beside its trait is
/// mostly chance.
pub(crate) const PEOPLE: u64 = 40;
/// Most level points that a deviation may have, either way.
const MOST: f64 = 10.0;

/// A deviation of a role on a question, learned.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LearnedDeviation {
    /// The role, by position in the pack.
    pub(crate) role: RoleIx,
    /// The question.
    pub(crate) question: QuestionIx,
    /// The deviation before, in level points; 0 where there was none.
    pub(crate) old: f64,
    /// What the people alone give.
    pub(crate) mean: f64,
    /// The new deviation, -10..=10, in hundredths.
    pub(crate) points: f64,
    /// People of the role who answered the question.
    pub(crate) people: u64,
}

/// The roles in play with enough people.
pub(crate) fn roles(whole: &CriterionPart) -> Vec<usize> {
    let people = whole.people.iter().enumerate();
    let enough = people.filter(|(_, people)| **people >= PEOPLE);
    enough.map(|(at, _)| at).collect()
}

/// A role and question with people, in standard deviations of the norms.
struct Cell {
    at: usize,
    k: TraitIx,
    question: QuestionIx,
    people: u64,
    /// How far the people's mean is off what is expected of it.
    off: f64,
    /// Variance of one person about the mean of the role.
    variance: f64,
    /// Share of variance that is left beside the mean over the roles.
    kept: f64,
}

/// Every deviation that these people change, of the roles in play that `roles` names; none where their questions differ
/// no more than by chance.
///
/// A person's answer stands beside their own score of its trait. The mean of this over the people of a role, about that
/// over the roles, is `scale` times the role's deviation over the standard deviation of levels, and chance.
pub(crate) fn learned(
    comparison: &Comparison<'_>,
    people: &CriterionPart,
    (roles, scale): (&[usize], f64),
) -> Option<Vec<LearnedDeviation>> {
    let pack = comparison.pack;
    let mut cells = Vec::new();
    // those that are not tied by sums: of a question over roles, of a role over the questions of a trait
    let mut free = 0.0;
    for (k, t) in pack.traits.iter().enumerate() {
        let rated = pack.format_of(k) == AnswerFormat::Rating && t.items.len() > 1;
        if !rated || !comparison.centred[k] || people.residuals.is_empty() {
            continue;
        }
        let scores = |at: usize, q: QuestionIx| &people.residuals[at * pack.questions.len() + q];
        let enough = |at: &usize| t.items.iter().all(|&q| scores(*at, q).people >= FLOOR);
        let roles: Vec<usize> = roles.iter().copied().filter(enough).collect();
        if roles.len() < ROLES {
            continue;
        }
        // means are about their own mean, which takes a share of chance
        let kept = 1.0 - 1.0 / roles.len() as f64;
        let expected = expected(comparison, k, &roles, scale);
        for (i, &q) in t.items.iter().enumerate() {
            let of_roles = || roles.iter().map(|&at| scores(at, q));
            let middle = of_roles().map(mean).sum::<f64>() / roles.len() as f64;
            let variance = pooled(of_roles())?;
            cells.extend(roles.iter().enumerate().map(|(n, &at)| Cell {
                at,
                k,
                question: q,
                people: scores(at, q).people,
                off: mean(scores(at, q)) - middle - expected[n][i],
                variance,
                kept,
            }));
        }
        free += (roles.len() - 1) as f64 * (t.items.len() - 1) as f64;
    }
    let squares: f64 = cells.iter().map(|cell| cell.off * cell.off).sum();
    let chance = |cell: &Cell| cell.kept * cell.variance / cell.people as f64;
    let by_chance: f64 = cells.iter().map(chance).sum();
    // chance alone goes beyond this once in forty, the sum being about normal
    let bound = 1.0 + 1.96 * (2.0 / f64::max(free, 1.0)).sqrt();
    if cells.is_empty() || squares <= by_chance * bound {
        return None;
    }
    // of one true deviation about what is expected
    let kept: f64 = cells.iter().map(|cell| cell.kept).sum();
    let true_variance = (squares - by_chance) / kept;
    let learned = cells.iter().filter_map(|cell| {
        let role = comparison.candidates[cell.at];
        let old = deviation(&pack.roles[role].deviations, cell.question);
        let points = comparison.level_sds[cell.k] / scale;
        let counts_as = cell.variance / true_variance;
        let people = cell.people as f64;
        let new = old + points * cell.off * people / (people + counts_as);
        let new = (new.clamp(-MOST, MOST) * 100.0).round() / 100.0;
        ((new - old).abs() > 1e-9).then_some(LearnedDeviation {
            role,
            question: cell.question,
            old,
            mean: old + points * cell.off,
            points: new,
            people: cell.people,
        })
    });
    let mut learned: Vec<LearnedDeviation> = learned.collect();
    learned.sort_by_key(|one| (one.role, one.question));
    Some(learned)
}

/// What the deviations of the pack let expect of each of these roles and each question of a trait: about the mean over
/// the roles, and within a role about the mean over the trait.
fn expected(comparison: &Comparison<'_>, k: TraitIx, roles: &[usize], scale: f64) -> Vec<Vec<f64>> {
    let pack = comparison.pack;
    let items = &pack.traits[k].items;
    let weights = items.iter().map(|&q| pack.questions[q].weight);
    let all: f64 = weights.clone().sum();
    let of_role = |&at: &usize| -> Vec<f64> {
        let stated = &comparison.role(at).deviations;
        let stated = items.iter().map(|&q| deviation(stated, q));
        let centre = stated.clone().zip(weights.clone()).map(|(v, a)| v * a);
        let centre = centre.sum::<f64>() / all;
        let scale = scale / comparison.level_sds[k];
        stated.map(|v| scale * (v - centre)).collect()
    };
    let mut rows: Vec<Vec<f64>> = roles.iter().map(of_role).collect();
    for i in 0..items.len() {
        let middle = rows.iter().map(|row| row[i]).sum::<f64>() / rows.len() as f64;
        for row in &mut rows {
            row[i] -= middle;
        }
    }
    rows
}

/// All deviations of the pack with some learned, by role.
pub(crate) fn put(comparison: &Comparison<'_>, learned: &[LearnedDeviation]) -> Vec<Deviations> {
    let roles = comparison.pack.roles.iter();
    let mut all: Vec<Deviations> = roles.map(|role| role.deviations.clone()).collect();
    for one in learned {
        let of_role = &mut all[one.role];
        of_role.retain(|(q, _)| *q != one.question);
        if one.points.abs() > 0.0 {
            of_role.push((one.question, one.points));
        }
    }
    all
}
