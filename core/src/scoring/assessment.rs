//! One person's whole outcome: scores, ranking, state, flags, conflicts (scoring, sections 6, 7).

use crate::pack::model::ConditionIx;
use crate::scoring::comparison::Comparison;
use crate::scoring::conditions::{ConditionSet, Tolerances};
use crate::scoring::question_part::{QuestionPart, Standing};
use crate::scoring::ranking::Ranking;
use crate::scoring::response_quality::Flag;
use crate::scoring::role_match::RoleMatch;
use crate::scoring::trait_scores::TraitScore;

/// How far a result can be trusted to say something.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// # let outcome = comparison.assess(&answers);
/// use rolescope_core::State;
///
/// assert_eq!(comparison.assess(&Answers::none(&pack)).state(), State::Insufficient);
/// assert_eq!(State::Insufficient.word(), "insufficient");
/// ```
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
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// # let outcome = comparison.assess(&answers);
/// let best = outcome.ranking().order()[0];
/// assert_eq!(comparison.role(best).id(), "joiner");
/// let fit = outcome.fits()[best].expect("something was answered");
/// println!("match {:.0}, band of {}", fit.matched(), outcome.ranking().band().len());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Score of each trait.
    pub(crate) scores: Vec<TraitScore>,
    /// Single questions, where roles in play deviate on them.
    pub(crate) questions: Option<QuestionPart>,
    /// Match of each role in play.
    pub(crate) fits: Vec<Option<RoleMatch>>,
    /// The ranking; empty when `state` is [`State::Insufficient`].
    pub(crate) ranking: Ranking,
    /// How far the result can be trusted to say something.
    pub(crate) state: State,
    /// Signs worth a conversation.
    pub(crate) flags: Vec<Flag>,
    /// Conditions of each role in play that go beyond what the person tolerates.
    pub(crate) conflicts: Vec<ConditionSet>,
    /// What the person tolerates seldom or not at all, which gives each conflict its degree.
    pub(crate) tolerances: Tolerances,
}

impl Outcome {
    /// Conditions of the role at `at` in play that go beyond what the person tolerates, in the order of
    /// asking, and by how much, 1..=3. The comparison is that of the outcome.
    ///
    /// # Panics
    /// Where there is no such role in play.
    pub fn beyond(
        &self,
        comparison: &Comparison<'_>,
        at: usize,
    ) -> impl Iterator<Item = (ConditionIx, u8)> {
        let (role, tolerances) = (comparison.role(at), self.tolerances);
        let conflicts = self.conflicts[at].iter();
        conflicts.map(move |c| (c, tolerances.degree(c, role.exposures[c])))
    }

    /// Score of each trait.
    #[must_use]
    pub fn scores(&self) -> &[TraitScore] {
        &self.scores
    }

    /// Match of each role in play.
    #[must_use]
    pub fn fits(&self) -> &[Option<RoleMatch>] {
        &self.fits
    }

    /// The ranking; empty when `state` is [`State::Insufficient`].
    #[must_use]
    pub const fn ranking(&self) -> &Ranking {
        &self.ranking
    }

    /// How far the result can be trusted to say something.
    #[must_use]
    pub const fn state(&self) -> State {
        self.state
    }

    /// Signs worth a conversation.
    #[must_use]
    pub fn flags(&self) -> &[Flag] {
        &self.flags
    }
}

impl<'a> From<&'a Outcome> for Standing<'a> {
    fn from(outcome: &'a Outcome) -> Self {
        Self::new(&outcome.scores, outcome.questions.as_ref())
    }
}

/// How far a result can be trusted (scoring, section 6).
pub(crate) fn state(
    comparison: &Comparison<'_>,
    scores: &[TraitScore],
    ranking: &Ranking,
    flags: &[Flag],
) -> State {
    let (mut telling, mut answered) = (0, 0);
    for (differs, score) in comparison.differs.iter().zip(scores) {
        telling += usize::from(*differs);
        answered += usize::from(*differs && score.weight > 0.0);
    }
    state_of(comparison, answered * 2 >= telling, ranking, flags)
}

/// [`state`] where enough of the traits on which the roles in play differ have an answer, or not.
#[inline(always)]
pub(crate) fn state_of(
    comparison: &Comparison<'_>,
    enough: bool,
    ranking: &Ranking,
    flags: &[Flag],
) -> State {
    let (band, roles) = (ranking.band.len(), comparison.candidates.len());
    if band == 0 || !enough {
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
