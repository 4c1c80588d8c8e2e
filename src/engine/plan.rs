//! What scoring needs of a design, laid out once a run in the order in which it is used.
//!
//! One person and a million go through the same code over these tables, so that both give the same
//! bits. Measured on a million sheets of 88 answers: looking keyed values up here instead of
//! computing them from the pack makes scoring twice as fast, and roles side by side three times.

use crate::engine::answers::{DONT_KNOW, UNANSWERED, keyed};
use crate::engine::fit::Norm;
use crate::engine::pack::{Format, Measure, Pack, QuestionIx, RoleIx};
use std::ops::Range;

/// Roles whose sums are computed side by side.
pub(crate) const LANES: usize = 8;
/// Codes of answers packed: unanswered, 1..=9, and "I don't know" last.
const SLOTS: usize = 11;

/// The place of a code in a table of [`SLOTS`].
pub(crate) fn slot(code: u8) -> usize {
    usize::from(code).min(SLOTS - 1)
}

/// A scored question.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// The question.
    pub question: QuestionIx,
    /// Its weight.
    pub weight: f64,
    /// Keyed value u of each code; 0 where unanswered.
    pub keyed: [f64; SLOTS],
    /// Weight times u of each code.
    pub earned: [f64; SLOTS],
}

/// What is known of a trait when these questions are answered, whatever the answers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    /// Sum of their weights, above 0.
    pub weight: f64,
    /// Reliability rho of the score.
    pub reliability: f64,
    /// Standard error of measurement of the raw score.
    pub sem: f64,
    /// What a point of the raw score adds to the estimate: rho / s.
    pub slope: f64,
}

impl Known {
    /// From the sum of the answered questions' weights; none of nothing.
    pub(crate) fn of(weight: f64, norm: &Norm) -> Option<Self> {
        if weight == 0.0 {
            return None;
        }
        // sum of g_i = a_i r / (1 - r), then Spearman-Brown
        let information = weight * norm.reliability / (1.0 - norm.reliability);
        let reliability = information / (1.0 + information);
        Some(Self {
            weight,
            reliability,
            sem: norm.sd * ((1.0 - reliability) / reliability).sqrt(),
            slope: reliability / norm.sd,
        })
    }
}

/// A trait's questions.
#[derive(Clone, Debug)]
pub(crate) struct Scale {
    /// Which of [`Plan::items`].
    pub items: Range<usize>,
    /// What is known when all are answered: nine traits in ten of a usual person.
    pub full: Option<Known>,
    /// Whether they are ratings.
    pub rating: bool,
}

/// A question with one right option.
#[derive(Clone, Debug)]
pub(crate) struct Puzzle {
    /// The question.
    pub question: QuestionIx,
    /// The code of the right option.
    pub answer: u8,
    /// How many options there are.
    pub options: u8,
}

/// Everything, laid out.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// Scored questions, trait by trait in pack order.
    pub items: Vec<Item>,
    /// Traits, in pack order.
    pub scales: Vec<Scale>,
    /// Keys of [`LANES`] roles on each trait in turn, then of the next roles; 0 past the last role.
    pub keys: Vec<[f64; LANES]>,
    /// Positions among the roles in play, by the roles' names.
    pub by_name: Vec<usize>,
    /// Place of each role in `by_name`.
    pub name_place: Vec<usize>,
    /// Runs of rating questions, with the highest code of each.
    pub ratings: Vec<(Range<QuestionIx>, u8)>,
    /// Questions with one right option, in the order of asking.
    pub puzzles: Vec<Puzzle>,
    /// For each condition and code of its question, the roles in play that go beyond what is
    /// tolerated: most people rule little out, and most roles keep within it.
    pub beyond: Vec<[Vec<usize>; 4]>,
}

/// Exposure that answers 1, 2 and 3 to a condition question tolerate; unanswered is no conflict.
const TOLERATED: [u8; 4] = [3, 3, 1, 0];

impl Plan {
    /// Lays out a design.
    pub(crate) fn new(pack: &Pack, in_play: &[RoleIx], norms: &[Norm], keys: &[Vec<f64>]) -> Self {
        let mut items = Vec::new();
        let mut scales = Vec::new();
        for (k, (t, norm)) in pack.traits.iter().zip(norms).enumerate() {
            let start = items.len();
            items.extend(t.items.iter().map(|&q| item(pack, q)));
            let mut weight = 0.0;
            for item in &items[start..] {
                weight += item.weight;
            }
            scales.push(Scale {
                items: start..items.len(),
                full: Known::of(weight, norm),
                rating: pack.format_of(k) == Format::Rating,
            });
        }
        let name = |at: &usize| pack.roles[in_play[*at]].name.as_str();
        let mut by_name: Vec<usize> = (0..in_play.len()).collect();
        by_name.sort_by(|a, b| name(a).cmp(name(b)));
        let mut name_place = vec![0; in_play.len()];
        for (place, &at) in by_name.iter().enumerate() {
            name_place[at] = place;
        }
        let puzzles = pack.questions.iter().enumerate();
        let puzzles = puzzles.filter_map(|(q, question)| match question.measure {
            Measure::Choice { answer, .. } => Some(Puzzle {
                question: q,
                answer,
                options: question.choices,
            }),
            _ => None,
        });
        let ratings = pack.sections.iter().filter(|s| s.format == Format::Rating);
        let highest = |run: &Range<QuestionIx>| {
            let questions = pack.questions[run.clone()].iter();
            questions.map(|q| q.choices).max().unwrap_or(0)
        };
        Self {
            items,
            scales,
            keys: side_by_side(keys, pack.traits.len()),
            by_name,
            name_place,
            ratings: ratings
                .map(|s| (s.questions.clone(), highest(&s.questions)))
                .collect(),
            puzzles: puzzles.collect(),
            beyond: (0..pack.conditions.len())
                .map(|c| {
                    TOLERATED.map(|most| {
                        let exposed = |at: &usize| pack.roles[in_play[*at]].exposures[c] > most;
                        (0..in_play.len()).filter(exposed).collect()
                    })
                })
                .collect(),
        }
    }
}

fn item(pack: &Pack, q: QuestionIx) -> Item {
    let question = &pack.questions[q];
    let mut values = [0.0; SLOTS];
    let codes = (1..=question.choices).chain([DONT_KNOW]);
    for code in codes.filter(|&c| c != DONT_KNOW || question.format() == Format::Choice) {
        values[slot(code)] = keyed(question, code).unwrap_or(0.0);
    }
    debug_assert!(slot(UNANSWERED) == 0);
    Item {
        question: q,
        weight: question.weight,
        keyed: values,
        earned: values.map(|u| question.weight * u),
    }
}

fn side_by_side(keys: &[Vec<f64>], traits: usize) -> Vec<[f64; LANES]> {
    let mut all = Vec::new();
    for roles in keys.chunks(LANES) {
        for k in 0..traits {
            let mut lanes = [0.0; LANES];
            for (lane, key) in lanes.iter_mut().zip(roles) {
                *lane = key[k];
            }
            all.push(lanes);
        }
    }
    all
}
