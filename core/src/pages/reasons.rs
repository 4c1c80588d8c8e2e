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

/// A reason for or against a role as a sentence: what the person said, and what the job has of it where
/// that does not follow.
pub(crate) fn sentence(reason: &Reason, pack: &Pack) -> String {
    let Some(said) = said(reason, pack) else {
        return format!("{}.", wording::plain_reason(reason, pack));
    };
    // whether the job has more of what the sentence speaks of
    let more = match reason.evidence {
        Some(Evidence::Rating { reversed, .. }) => reason.asks_more != reversed,
        _ => reason.asks_more,
    };
    let puzzles = matches!(reason.evidence, Some(Evidence::Puzzles { .. }));
    match (reason.contribution > 0.0, more) {
        (true, true) => format!("{said}."),
        (true, false) if reason.than_most => format!("{said}, and this job has little of it."),
        (true, false) => format!("{said}, and other things matter more in this job."),
        (false, true) if puzzles => {
            format!("{said}, and this job needs that often. Practice helps.")
        }
        (false, true) => format!("{said}, but this job asks for it."),
        (false, false) if reason.than_most => format!("{said}, but this job has little of it."),
        (false, false) => format!("{said}, but other things matter more in this job."),
    }
}
