//! What single answers of a person add to matches beside their trait's score, where roles in play have deviations
//! (`docs/authoring.md`, "Deviations of single questions").

use crate::pack::model::{QuestionIx, TraitIx};
use crate::scoring::comparison::Comparison;
use crate::scoring::trait_scores::TraitScore;
use std::ops::Range;

/// An answered question of a trait that has deviations.
#[derive(Clone, Copy, Debug, PartialEq)]
struct AnsweredItem {
    question: QuestionIx,
    of: TraitIx,
    /// Information g of the question: its weight times r / (1 - r).
    information: f64,
    /// The answer beside the person's own score of the trait, in standard deviations of the norm.
    residual: f64,
}

/// The answers of one person to single questions, with the keys of all roles in play for these answers.
///
/// With the keyed value u of an answered question i of trait k, the trait's raw score x and the standard deviation s of
/// its norm, the answer stands `w_i = (100 u_i - x_k) / s_k` beside the own score. A role's key on it is centred
/// within the trait over what was answered: `d_ri - sum(a d_r) / sum(a)`, so that the key on the trait keeps its
/// meaning. By the model of a single question's reliability (a true score common to the trait, and independent rests of
/// variance `(1 - r) / (a r)`) the weighted sum `sum_i(d_ri g_i w_i)` is independent of every trait score and has the
/// variance `sum_i(g_i d_ri^2)`, g being the question's information.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct QuestionPart {
    items: Vec<AnsweredItem>,
    /// Centred key of each role in play on each of `items`, a role after the other.
    keys: Vec<f64>,
}

impl QuestionPart {
    /// Of someone whose answers have these keyed values; none where the comparison has no deviations.
    pub(crate) fn of(
        comparison: &Comparison<'_>,
        scores: &[TraitScore],
        keyed: impl Fn(QuestionIx) -> Option<f64>,
    ) -> Option<Self> {
        Self::with(comparison, scores, |q| keyed(q).map(Some))
    }

    /// The same were every question answered: what is open counts as answered like the own score of its trait.
    pub(crate) fn complete(
        comparison: &Comparison<'_>,
        scores: &[TraitScore],
        keyed: impl Fn(QuestionIx) -> Option<f64>,
    ) -> Option<Self> {
        Self::with(comparison, scores, |q| Some(keyed(q)))
    }

    /// By what each question is answered with: nothing at all, or something whose value may be open.
    fn with(
        comparison: &Comparison<'_>,
        scores: &[TraitScore],
        keyed: impl Fn(QuestionIx) -> Option<Option<f64>>,
    ) -> Option<Self> {
        let all = comparison.deviations.as_ref()?;
        let mut part = Self::default();
        // where the answered questions of each trait stand, and where among all
        let mut places: Vec<usize> = Vec::new();
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (k, run) in &all.traits {
            let norm = &comparison.norms[*k];
            let raw = scores[*k].raw();
            let start = part.items.len();
            for place in run.clone() {
                let question = all.items[place];
                let Some(value) = keyed(question) else {
                    continue;
                };
                let weight = comparison.pack.questions[question].weight;
                part.items.push(AnsweredItem {
                    question,
                    of: *k,
                    information: weight * norm.reliability / (1.0 - norm.reliability),
                    residual: value
                        .zip(raw)
                        .map_or(0.0, |(u, raw)| (100.0 * u - raw) / norm.sd),
                });
                places.push(place);
            }
            runs.push(start..part.items.len());
        }
        for keys in &all.keys {
            for run in &runs {
                let items = || part.items[run.clone()].iter().zip(&places[run.clone()]);
                let (mut sum, mut weight) = (0.0, 0.0);
                for (item, &place) in items() {
                    // all questions of a trait have one reliability: information stands for weight
                    sum += item.information * keys[place];
                    weight += item.information;
                }
                let centre = if weight > 0.0 { sum / weight } else { 0.0 };
                let centred = items().map(|(_, &place)| keys[place] - centre);
                part.keys.extend(centred);
            }
        }
        Some(part)
    }

    /// The answered items with the keys of the role at `at` in play.
    fn keyed(&self, at: usize) -> impl Iterator<Item = (&AnsweredItem, f64)> {
        let keys = self.keys[at * self.items.len()..].iter().copied();
        self.items.iter().zip(keys)
    }

    /// What the answers add to the match of a role, by question, before it is divided by the length: `d_ri g_i w_i`.
    pub(crate) fn answers(&self, at: usize) -> impl Iterator<Item = (QuestionIx, f64)> {
        self.keyed(at)
            .map(|(item, key)| (item.question, key * item.information * item.residual))
    }

    /// The same, by the question's trait.
    pub(crate) fn by_trait(&self, at: usize) -> impl Iterator<Item = (TraitIx, f64)> {
        self.keyed(at)
            .map(|(item, key)| (item.of, key * item.information * item.residual))
    }

    /// Variance of what the answers add to the match of a role, before it is divided by the length: `sum(g d^2)`.
    pub(crate) fn square(&self, at: usize) -> f64 {
        let squares = self
            .keyed(at)
            .map(|(item, key)| item.information * key * key);
        squares.sum()
    }

    /// The same of the difference of two roles, each with the length of its match:
    /// `sum(g (d_a / A_a - d_b / A_b)^2)`.
    pub(crate) fn square_apart(
        &self,
        (a, length_a): (usize, f64),
        (b, length_b): (usize, f64),
    ) -> f64 {
        let pairs = self.keyed(a).zip(self.keyed(b));
        let square = |((item, key_a), (_, key_b)): ((&AnsweredItem, f64), (_, f64))| {
            let apart = key_a / length_a - key_b / length_b;
            item.information * apart * apart
        };
        pairs.map(square).sum()
    }

    /// What one standard deviation more in the answer to a question adds to the match of a role, before it is divided by
    /// the length; 0 of a question that was not answered or has no deviations.
    pub(crate) fn slope(&self, at: usize, question: QuestionIx) -> f64 {
        let mut found = self.keyed(at).filter(|(item, _)| item.question == question);
        found
            .next()
            .map_or(0.0, |(item, key)| key * item.information)
    }
}

/// What answers say of a person: the score of every trait, and single questions where roles in play deviate on them.
///
/// Made from scores alone it leaves deviations out: such is someone of whom no single answer is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing<'a> {
    /// Score of each trait.
    pub(crate) scores: &'a [TraitScore],
    /// Single questions; none where no role in play deviates, or no answer is known.
    pub(crate) questions: Option<&'a QuestionPart>,
}

impl<'a> Standing<'a> {
    /// Of these scores and answers.
    pub(crate) const fn new(scores: &'a [TraitScore], questions: Option<&'a QuestionPart>) -> Self {
        Self { scores, questions }
    }
}

impl<'a> From<&'a [TraitScore]> for Standing<'a> {
    fn from(scores: &'a [TraitScore]) -> Self {
        Self::new(scores, None)
    }
}

impl<'a> From<&'a Vec<TraitScore>> for Standing<'a> {
    fn from(scores: &'a Vec<TraitScore>) -> Self {
        Self::new(scores, None)
    }
}
