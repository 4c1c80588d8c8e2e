//! One person's whole outcome: scores, ranking, state, flags, conflicts (scoring, sections 6, 7).

use crate::engine::answers::Answers;
use crate::engine::conditions::{ConditionSet, conflicts_into};
use crate::engine::fit::{Design, Fit, fit_into};
use crate::engine::flags::{Flag, Signs};
use crate::engine::plan::Gain;
use crate::engine::rank::{Ranking, Scratch, rank_into};
use crate::engine::score::{TraitScore, score_into};
use pulp::Arch;

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
    #[must_use]
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
    pub conflicts: Vec<ConditionSet>,
}

/// Assesses one person.
#[must_use]
pub fn assess(design: &Design<'_>, answers: &Answers) -> Outcome {
    let mut assessor = Assessor::new(design);
    assessor.assess(answers);
    assessor.outcome
}

/// Assesses one person after the other in the same memory: what one costs is arithmetic only.
#[derive(Clone, Debug)]
pub struct Assessor<'d> {
    design: &'d Design<'d>,
    outcome: Outcome,
    signs: Signs,
    scratch: Scratch,
    sums: Vec<Gain>,
    features: Arch,
}

impl<'d> Assessor<'d> {
    /// An assessor for the people of a run.
    #[must_use]
    pub fn new(design: &'d Design<'d>) -> Self {
        Self {
            design,
            outcome: Outcome {
                scores: Vec::new(),
                fits: Vec::new(),
                ranking: Ranking::default(),
                state: State::Insufficient,
                flags: Vec::new(),
                conflicts: Vec::new(),
            },
            signs: Signs::default(),
            scratch: Scratch::default(),
            sums: Vec::new(),
            features: Arch::new(),
        }
    }

    /// The outcome of the next person.
    pub fn assess(&mut self, answers: &Answers) -> &Outcome {
        // the same sums in the same order, four at a time where the processor can, so the same bits
        self.features.dispatch(
            #[inline(always)]
            || self.next(answers),
        );
        &self.outcome
    }

    #[inline(always)]
    fn next(&mut self, answers: &Answers) {
        let (design, outcome) = (self.design, &mut self.outcome);
        let sums = &mut self.sums;
        score_into(design, answers, &mut outcome.scores, sums);
        fit_into(design, &outcome.scores, &mut outcome.fits);
        self.signs
            .flags_into(design, answers, sums, &mut outcome.flags);
        rank_into(
            design,
            &outcome.scores,
            &outcome.fits,
            &mut self.scratch,
            &mut outcome.ranking,
        );
        outcome.state = state(design, &outcome.scores, &outcome.ranking, &outcome.flags);
        if outcome.state == State::Insufficient {
            outcome.ranking.clear();
        }
        conflicts_into(design, answers, &mut outcome.conflicts);
    }
}

/// How far a result can be trusted (scoring, section 6).
#[inline(always)]
pub(crate) fn state(
    design: &Design<'_>,
    scores: &[TraitScore],
    ranking: &Ranking,
    flags: &[Flag],
) -> State {
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
