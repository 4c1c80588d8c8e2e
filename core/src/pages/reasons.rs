//! Reasons as sentences about what the person answered.

use crate::pack::model::Pack;
use crate::results::answer_evidence::Evidence;
use crate::results::report::Reason;
use crate::write::wording;

/// What the person said that stands behind a reason: a sentence without its full stop. Where the pack has
/// no sentence for the answer, or the answer stands out only beside the person's other answers, the
/// question and the answer are quoted. None where no answer stands behind it, as in a what-if.
pub(crate) fn said(reason: &Reason, pack: &Pack) -> Option<String> {
    Some(match reason.evidence? {
        Evidence::Puzzles { right, of } => format!(
            "You solved {right} of {} for \"{}\"",
            wording::count(of, "puzzle", "puzzles"),
            pack.traits[reason.of].name
        ),
        Evidence::Rating {
            question,
            code,
            above,
            ..
        } => {
            let question = &pack.questions[question];
            let twice = 2 * usize::from(code);
            let middle = usize::from(question.choices) + 1;
            let own = match (above, twice > middle, twice < middle) {
                (true, true, _) => question.you_like(),
                (false, _, true) => question.you_dislike(),
                _ => None,
            };
            own.map_or_else(
                || {
                    let labels = &pack.sections[question.section].labels;
                    let label = &labels[usize::from(code) - 1];
                    let beside = match (above, twice > middle, twice < middle) {
                        (true, true, _) | (false, _, true) => "",
                        (true, ..) => ", more than to most",
                        (false, ..) => ", less than to most",
                    };
                    let text = question.text.trim_end_matches('.');
                    format!("To \"{text}\" you answered \"{label}\"{beside}")
                },
                |own| own.trim_end_matches('.').to_owned(),
            )
        }
    })
}

/// A reason for or against a role as a sentence: what the person said, and what the job has of its trait
/// where that does not follow.
pub(crate) fn sentence(reason: &Reason, pack: &Pack) -> String {
    let Some(said) = said(reason, pack) else {
        return format!("{}.", wording::plain_reason(reason, pack));
    };
    // whether the job has more of what the sentence speaks of: then it follows by itself why that counts
    let more = match reason.evidence {
        Some(Evidence::Rating { reversed, .. }) => reason.asks_more != reversed,
        _ => reason.asks_more,
    };
    let speaks_for = reason.contribution > 0.0;
    if speaks_for && more {
        return format!("{said}.");
    }
    let has = if reason.asks_more { "more" } else { "less" };
    let beside = if reason.than_most {
        "than most"
    } else {
        "than of other things"
    };
    let joined = if speaks_for { "and" } else { "but" };
    let name = &pack.traits[reason.of].name;
    if matches!(reason.evidence, Some(Evidence::Puzzles { .. })) {
        return format!("{said}, {joined} this job has {has} of that {beside}. Practice helps.");
    }
    format!("{said}, {joined} this job has {has} \"{name}\" {beside}.")
}
