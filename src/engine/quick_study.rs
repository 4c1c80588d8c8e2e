//! What the quick quiz costs and gives, measured on simulated people beside a fixed form of the
//! same length.

use crate::engine::answers::Answers;
use crate::engine::assess::assess;
use crate::engine::coverage::{Band, BandFigures, truth};
use crate::engine::design::Design;
use crate::engine::pack::QuestionIx;
use crate::engine::quick::{Next, next};
use crate::engine::rank::Ranking;
use crate::engine::simulate::{Chance, Person, answers, like};

/// Sums over simulated quick quizzes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct QuickCounts {
    questions: u32,
    quick: Band,
    fixed: Band,
}

/// What quick quizzes gave people with a clear pattern.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuickFigures {
    /// Mean number of scored questions.
    pub questions: f64,
    /// Their bands.
    pub quick: BandFigures,
    /// Bands after as many questions of a fixed, balanced form.
    pub fixed: BandFigures,
}

impl QuickCounts {
    /// Adds those of another batch.
    pub fn add(&mut self, other: &Self) {
        self.questions += other.questions;
        self.quick.add(other.quick);
        self.fixed.add(other.fixed);
    }

    /// The figures of all quizzes added.
    #[must_use]
    pub fn figures(&self) -> QuickFigures {
        QuickFigures {
            questions: self.quick.per_person(self.questions),
            quick: self.quick.figures(),
            fixed: self.fixed.figures(),
        }
    }
}

/// One quick quiz of someone made like the role at `at` in play.
pub(crate) fn see_quick(
    design: &Design<'_>,
    at: usize,
    counts: &mut QuickCounts,
    chance: &mut Chance,
) {
    let person: Person = like(design, at, chance);
    let all = answers(design, &person, 0.0, chance);
    let truth = truth(design, &person);
    let mut asked = Vec::new();
    let mut given = Answers::none(design.pack);
    while let Next::Ask(q) = next(design, &asked, &given) {
        given.set(q, all.code(q));
        asked.push(q);
    }
    counts.questions += u32::try_from(asked.len()).unwrap_or(u32::MAX);
    counts.quick.see(&assess(design, &given).ranking, truth);
    counts
        .fixed
        .see(&fixed_ranking(design, &all, asked.len()), truth);
}

/// The ranking after the first `n` questions of a balanced form: every trait's core question, then
/// the second of every trait, and so on.
fn fixed_ranking(design: &Design<'_>, all: &Answers, n: usize) -> Ranking {
    let mut given = Answers::none(design.pack);
    for q in balanced_form(design).into_iter().take(n) {
        given.set(q, all.code(q));
    }
    assess(design, &given).ranking
}

fn balanced_form(design: &Design<'_>) -> Vec<QuestionIx> {
    let pack = design.pack;
    let mut turns: Vec<Vec<QuestionIx>> = design
        .telling_traits()
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
