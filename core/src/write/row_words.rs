//! The words of lines about many people, in the language of a pack.

use crate::scoring::assessment::State;
use crate::scoring::comparison::Comparison;
use crate::write::wording;

/// What stands in a message for the name of a role that is put in later.
pub(crate) const ROLE: &str = "{role}";

/// What lines about many people say in words, found once for all of them: to look a message up takes longer than
/// to write a line.
#[derive(Clone, Debug)]
pub(crate) struct RowWords {
    /// A match at either end of the scale.
    pub(crate) over_99: String,
    pub(crate) under_1: String,
    /// The mark of each role in play; none of those that are open.
    pub(crate) marks: Vec<Option<String>>,
    /// The first role that is open, as [`ROLE`].
    pub(crate) first_open: String,
    /// The names of the states, in their order.
    pub(crate) states: [(State, String); 3],
    /// So many roles, by their number.
    pub(crate) roles: Vec<String>,
}

impl RowWords {
    /// The words for the roles in play.
    pub(crate) fn of(comparison: &Comparison<'_>) -> Self {
        let pack = comparison.pack;
        let candidates = comparison.candidates.iter();
        let marks =
            candidates.map(|&r| wording::reach_mark(&pack.language, &pack.roles, &pack.roles[r]));
        let state = |state| (state, pack.say(wording::state_name(state)));
        let roles = 0..=comparison.candidates.len();
        Self {
            over_99: pack.say("result-over-99"),
            under_1: pack.say("result-under-1"),
            marks: marks.collect(),
            first_open: pack
                .phrase("rows-first-open")
                .text("role", ROLE)
                .to_string(),
            states: [State::Clear, State::Unclear, State::Insufficient].map(state),
            roles: roles
                .map(|n| pack.phrase("count-roles").number("count", n).to_string())
                .collect(),
        }
    }
}
