//! What scoring needs of a design, laid out once a run in the order in which it is used.
//!
//! One person and a million go through the same code over these tables, so that both give the same
//! bits. Measured on a million sheets of 88 answers: looking keyed values up here instead of
//! computing them from the pack makes scoring twice as fast, and roles side by side three times.

use crate::engine::answers::{DONT_KNOW, keyed};
use crate::engine::conditions::{Beyond, beyond};
use crate::engine::fit::Norm;
use crate::engine::pack::{Format, Measure, Pack, Question, QuestionIx, RoleIx};
use std::ops::Range;

/// Roles whose sums are computed side by side.
pub(crate) const LANES: usize = 8;
/// Places of a table by code: a power of two, so that a masked code needs no check.
pub(crate) const SLOTS: usize = 16;

/// A scored question.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// The question.
    pub question: QuestionIx,
    /// Where in [`Plan::gains`] its answers start.
    gains: usize,
}

/// What an answer adds to the sums of its trait, in one addition: a vector register holds four.
pub(crate) type Gain = [f64; 4];
/// In a [`Gain`]: weight times keyed value u.
pub(crate) const EARNED: usize = 0;
/// In a [`Gain`]: weight.
pub(crate) const WEIGHT: usize = 1;
/// In a [`Gain`]: u, if the question stands first, third, ... among its trait's.
pub(crate) const ODD: usize = 2;
/// In a [`Gain`]: u, if it stands second, fourth, ...
pub(crate) const EVEN: usize = 3;

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

impl Scale {
    /// Whether all its questions have an answer, by what the answers add up to. Sums of
    /// weights tell that exactly: one of fewer weights, in the same order, is smaller.
    #[inline(always)]
    pub(crate) fn whole(&self, sums: &Gain) -> bool {
        self.full.is_none_or(|full| full.weight <= sums[WEIGHT])
    }
}

/// A question with one right option.
#[derive(Clone, Debug)]
pub(crate) struct Puzzle {
    /// The question.
    pub question: QuestionIx,
    /// What each code counts for.
    pub marks: [Marks; SLOTS],
}

/// What an answer to a puzzle counts for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Marks {
    /// 1 for a letter; "I don't know" is none.
    pub letters: u16,
    /// 1 for the right one.
    pub right: u16,
}

/// Everything, laid out.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// Scored questions, trait by trait in pack order.
    pub items: Vec<Item>,
    /// [`SLOTS`] gains, by code, for each kind of question: few, so that all stay in the fastest
    /// memory.
    gains: Vec<Gain>,
    /// Traits, in pack order.
    pub scales: Vec<Scale>,
    /// Keys of [`LANES`] roles on each trait in turn, then of the next roles; 0 past the last role.
    pub keys: Vec<[f64; LANES]>,
    /// Sums of the squares of the keys of [`LANES`] roles, then of the next ones.
    pub squares: Vec<[f64; LANES]>,
    /// Place of each role in play among their names.
    pub name_place: Vec<usize>,
    /// Runs of rating questions.
    pub ratings: Vec<Range<QuestionIx>>,
    /// Questions with one right option, by their number of options.
    pub puzzles: Vec<(u8, Vec<Puzzle>)>,
    /// Which roles in play go beyond which answer to a condition.
    pub beyond: Beyond,
}

impl Plan {
    /// What an answer adds to the sums of its trait.
    #[inline(always)]
    pub(crate) fn gain(&self, item: &Item, code: u8) -> &Gain {
        &self.gains[item.gains + usize::from(code) % SLOTS]
    }

    /// Lays out a design.
    pub(crate) fn new(pack: &Pack, in_play: &[RoleIx], norms: &[Norm], keys: &[Vec<f64>]) -> Self {
        let (mut items, mut gains) = (Vec::new(), Vec::new());
        let mut scales = Vec::new();
        for (k, (t, norm)) in pack.traits.iter().zip(norms).enumerate() {
            let start = items.len();
            let mut weight = 0.0;
            for (place, &q) in t.items.iter().enumerate() {
                items.push(Item {
                    question: q,
                    gains: table(&gains_of(&pack.questions[q], place), &mut gains),
                });
                weight += pack.questions[q].weight;
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
        let side_by_side = side_by_side(keys, pack.traits.len());
        let ratings = pack.sections.iter().filter(|s| s.format == Format::Rating);
        Self {
            items,
            gains,
            scales,
            squares: squares(&side_by_side, pack.traits.len()),
            keys: side_by_side,
            name_place,
            ratings: ratings.map(|s| s.questions.clone()).collect(),
            puzzles: puzzles(pack),
            beyond: beyond(pack, in_play),
        }
    }
}

/// What each code adds for a question at this place among its trait's.
fn gains_of(question: &Question, place: usize) -> [Gain; SLOTS] {
    let mut gains = [Gain::default(); SLOTS];
    for (code, gain) in (0..).zip(&mut gains) {
        let known = (1..=question.choices).contains(&code)
            || code == DONT_KNOW && question.format() == Format::Choice;
        if let Some(u) = keyed(question, code).filter(|_| known) {
            gain[EARNED] = question.weight * u;
            gain[WEIGHT] = question.weight;
            gain[if place.is_multiple_of(2) { ODD } else { EVEN }] = u;
        }
    }
    gains
}

/// Where `all` has this table; added where it is new.
fn table(gains: &[Gain; SLOTS], all: &mut Vec<Gain>) -> usize {
    let known = all.chunks_exact(SLOTS).position(|table| table == gains);
    known.unwrap_or_else(|| {
        all.extend_from_slice(gains);
        all.len() / SLOTS - 1
    }) * SLOTS
}

fn puzzles(pack: &Pack) -> Vec<(u8, Vec<Puzzle>)> {
    let mut all: Vec<(u8, Vec<Puzzle>)> = Vec::new();
    for (q, question) in pack.questions.iter().enumerate() {
        let Measure::Choice { answer, .. } = question.measure else {
            continue;
        };
        let mut marks = [Marks::default(); SLOTS];
        for code in 1..=question.choices {
            marks[usize::from(code)] = Marks {
                letters: 1,
                right: u16::from(code == answer),
            };
        }
        let puzzle = Puzzle { question: q, marks };
        match all.iter_mut().find(|(n, _)| *n == question.choices) {
            Some((_, alike)) => alike.push(puzzle),
            None => all.push((question.choices, vec![puzzle])),
        }
    }
    all
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

fn squares(keys: &[[f64; LANES]], traits: usize) -> Vec<[f64; LANES]> {
    let of = |keys: &[[f64; LANES]]| {
        let mut sums = [0.0; LANES];
        for key in keys {
            for (sum, key) in sums.iter_mut().zip(key) {
                *sum += key * key;
            }
        }
        sums
    };
    keys.chunks_exact(traits.max(1)).map(of).collect()
}
