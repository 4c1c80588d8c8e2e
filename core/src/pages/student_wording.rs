//! The messages of the student's page for numbers, norms and flags: plain words, and no term of statistics.

use crate::pack::model::{Pack, TraitKind};
use crate::results::report::PopulationThird;
use crate::scoring::norms::Norms;
use crate::scoring::response_quality::Flag;

/// Whom a person is compared with.
pub(crate) fn compared_with(pack: &Pack, norms: Option<&Norms>) -> String {
    norms.map_or_else(
        || pack.say("result-guess"),
        |norms| {
            let compared = pack.phrase("result-compared");
            let compared = compared.text("people", norms.people().to_string());
            compared.text("norms", norms.name()).to_string()
        },
    )
}

/// What to say where few people are compared with.
pub(crate) fn few(pack: &Pack, norms: &Norms) -> String {
    let few = pack.phrase("result-few");
    let few = few.text("people", norms.people().to_string());
    few.text("norms", norms.name()).to_string()
}

/// How many of the best roles are set apart; nothing of none.
pub(crate) fn apart(pack: &Pack, n: usize) -> Option<String> {
    let apart = pack.phrase("result-apart").number("count", n);
    (n > 0).then(|| apart.to_string())
}

/// How many more could come first if norms or levels are a little off; nothing of none.
pub(crate) fn if_off(pack: &Pack, more: usize) -> Option<String> {
    let off = pack.phrase("result-if-off").number("more", more);
    (more > 0).then(|| off.to_string())
}

/// Where a person stands on a trait, in a word.
pub(crate) fn third(pack: &Pack, third: PopulationThird, kind: TraitKind) -> String {
    let aptitude = matches!(kind, TraitKind::Aptitude);
    pack.say(match third {
        PopulationThird::Low if aptitude => "result-effort",
        PopulationThird::Low => "result-low",
        PopulationThird::Middling => "result-middle",
        PopulationThird::High => "result-high",
    })
}

/// What a flag means for the person, and what to do.
pub(crate) fn flag(pack: &Pack, flag: Flag) -> Option<String> {
    Some(pack.say(match flag {
        Flag::StraightLine => "result-flag-straight",
        Flag::Inconsistent => "result-flag-inconsistent",
        Flag::Guessing => "result-flag-guessing",
        Flag::Unattempted => "result-flag-unattempted",
        Flag::Rushed => "result-flag-rushed",
        Flag::Incomplete => return None,
    }))
}
