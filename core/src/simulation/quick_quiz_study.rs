//! What the quick quiz costs and gives, measured on simulated people beside a fixed form of the
//! same length.

use crate::adaptive::selection::QuickQuiz;
use crate::pack::model::QuestionIx;
use crate::scoring::answers::Answers;
use crate::scoring::comparison::Comparison;
use crate::scoring::kernel::assessor::assess;
use crate::scoring::ranking::Ranking;
use crate::simulation::band_coverage::{BandCounts, BandFigures, truth};
use crate::simulation::respondents::{SeededRng, SimulatedPerson};
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;

/// Sums over simulated quick quizzes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct QuickCounts {
    questions: u32,
    quick: BandCounts,
    fixed: BandCounts,
}

/// What quick quizzes gave people of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize)]
pub(crate) struct QuickFigures {
    /// Mean number of scored questions.
    pub(crate) questions: f64,
    /// Their bands.
    pub(crate) quick: BandFigures,
    /// Bands after as many questions of a fixed, balanced form.
    pub(crate) fixed: BandFigures,
}

impl QuickCounts {
    /// Adds those of another batch.
    pub(crate) fn add(&mut self, other: &Self) {
        self.questions += other.questions;
        self.quick.add(other.quick);
        self.fixed.add(other.fixed);
    }

    /// The figures of all quizzes added.
    #[must_use]
    pub(crate) fn figures(&self) -> QuickFigures {
        QuickFigures {
            questions: self.quick.per_person(self.questions),
            quick: self.quick.figures(),
            fixed: self.fixed.figures(),
        }
    }
}

/// One quick quiz of someone.
pub(crate) fn see_quick(
    comparison: &Comparison<'_>,
    person: &SimulatedPerson,
    counts: &mut QuickCounts,
    chance: &mut SeededRng,
) {
    let all = person.answers(comparison, 0.0, chance);
    let truth = truth(comparison, person);
    let mut asked = Vec::new();
    let mut given = Answers::none(comparison.pack);
    let quiz = QuickQuiz::new(comparison);
    while let ControlFlow::Continue(q) = quiz.next(&asked, &given) {
        given.put(q, all.code(q));
        asked.push(q);
    }
    counts.questions += u32::try_from(asked.len()).unwrap_or(u32::MAX);
    let quick = assess(comparison, &given).ranking;
    counts.quick.see(&quick.band, truth);
    let fixed = fixed_ranking(comparison, &all, asked.len());
    counts.fixed.see(&fixed.band, truth);
}

/// The ranking after the first `n` questions of a balanced form: every trait's core question, then
/// the second of every trait, and so on.
fn fixed_ranking(comparison: &Comparison<'_>, all: &Answers, n: usize) -> Ranking {
    let mut given = Answers::none(comparison.pack);
    for q in balanced_form(comparison).into_iter().take(n) {
        given.put(q, all.code(q));
    }
    assess(comparison, &given).ranking
}

fn balanced_form(comparison: &Comparison<'_>) -> Vec<QuestionIx> {
    let pack = comparison.pack;
    let mut turns: Vec<Vec<QuestionIx>> = comparison
        .discriminating_traits()
        .map(|k| {
            let mut items = pack.traits[k].items.clone();
            items.sort_by_key(|&q| !pack.questions[q].core);
            items
        })
        .collect();
    let longest = turns.iter().map(Vec::len).max().unwrap_or(0);
    let mut form = Vec::new();
    for turn in 0..longest {
        for items in &mut turns {
            form.extend(items.get(turn));
        }
    }
    form
}
