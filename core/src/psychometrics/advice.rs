//! What is weak about a question or a trait, and by which rule.

use serde::Serialize;

/// A weakness, as a word for programs; `render::study::words` says it in full with what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Weakness {
    /// Its answers go against those of its trait's other questions.
    Reversed,
    /// A wrong option is taken by people who do better elsewhere than those who are right.
    Miskeyed,
    /// A wrong option is taken by more people than the right one.
    #[serde(rename = "pulls")]
    DistractorDominates,
    /// Its answers hardly go with those of its trait's other questions.
    Apart,
    /// Its answers go with the others' less than is good.
    Loose,
    /// Nearly everyone is right.
    Easy,
    /// Hardly more are right than blind guesses give.
    Hard,
    /// Those who do well elsewhere are right hardly more often than those who do not.
    #[serde(rename = "dull")]
    LowDiscrimination,
    /// A wrong option is taken by hardly anyone.
    #[serde(rename = "idle")]
    NonfunctioningDistractor,
    /// More than half of the answers are the lowest.
    Floor,
    /// More than half of the answers are the highest.
    Ceiling,
    /// The mean answer is near one end, by more than chance: nearly everyone says much the same.
    #[serde(rename = "extreme-mean")]
    ExtremeMean,
    /// Many did not answer.
    Skipped,
    /// Nobody's answer differs from anyone else's.
    Constant,
    /// Too few people for any judgement.
    Few,
    /// Reliability is under what a single score needs.
    Unreliable,
    /// A single question measures better than scoring assumes.
    Better,
    /// A single question measures less well than scoring assumes.
    Worse,
}
