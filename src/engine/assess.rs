//! One person's whole outcome: scores, ranking, state, flags, conflicts (scoring, sections 6, 7).

use crate::engine::answers::Answers;
use crate::engine::fit::{Design, Fit, fit};
use crate::engine::flags::{Flag, flags};
use crate::engine::pack::ConditionIx;
use crate::engine::rank::{Ranking, rank};
use crate::engine::score::{TraitScore, score};

/// How far a result can be trusted to say something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// A band stands out.
    Clear,
    /// No pattern stands out.
    Unclear,
    /// Too little was answered for any ranking.
    Insufficient,
}

impl State {
    /// The word in records.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Unclear => "unclear",
            Self::Insufficient => "insufficient",
        }
    }
}

/// Everything that the answers of one person give. Lists of roles are by position among the roles
/// in play.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Score of each trait.
    pub scores: Vec<TraitScore>,
    /// Match of each role in play.
    pub fits: Vec<Option<Fit>>,
    /// The ranking; empty when `state` is [`State::Insufficient`].
    pub ranking: Ranking,
    /// How far the result can be trusted to say something.
    pub state: State,
    /// Signs worth a conversation.
    pub flags: Vec<Flag>,
    /// Conditions of each role in play that go beyond what the person tolerates.
    pub conflicts: Vec<Vec<ConditionIx>>,
}

/// Assesses one person.
pub fn assess(design: &Design<'_>, answers: &Answers) -> Outcome {
    let scores = score(design, answers);
    let fits = fit(design, &scores);
    let flags = flags(design, answers);
    let mut ranking = rank(design, &scores, &fits);
    let state = state(design, &scores, &ranking, &flags);
    if state == State::Insufficient {
        ranking = Ranking::default();
    }
    Outcome {
        conflicts: conflicts(design, answers),
        scores,
        fits,
        ranking,
        state,
        flags,
    }
}

fn state(design: &Design<'_>, scores: &[TraitScore], ranking: &Ranking, flags: &[Flag]) -> State {
    let telling = design.telling_traits().count();
    let answered = design
        .telling_traits()
        .filter(|&k| scores[k].raw.is_some())
        .count();
    let (band, roles) = (ranking.band.len(), design.in_play.len());
    if band == 0 || answered * 2 < telling {
        State::Insufficient
    } else if band == roles
        || (band >= 3 && band * 2 > roles)
        || flags.contains(&Flag::StraightLine)
    {
        State::Unclear
    } else {
        State::Clear
    }
}

/// Exposure that answers 1, 2 and 3 to a condition question tolerate.
const TOLERATED: [u8; 3] = [3, 1, 0];

fn conflicts(design: &Design<'_>, answers: &Answers) -> Vec<Vec<ConditionIx>> {
    let pack = design.pack;
    design
        .in_play
        .iter()
        .map(|&r| {
            let beyond = |&c: &ConditionIx| {
                let code = answers.code(pack.conditions[c]);
                code > 0 && pack.roles[r].exposures[c] > TOLERATED[usize::from(code) - 1]
            };
            (0..pack.conditions.len()).filter(beyond).collect()
        })
        .collect()
}
