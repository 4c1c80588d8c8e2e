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
        Evidence::Puzzles { right, of } => {
            let solved = pack.phrase("reason-solved").number("right", right);
            let solved = solved.number("count", of);
            let of = &pack.traits[reason.of].name;
            solved.text("trait", of).to_string()
        }
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
                    let answered = match (above, twice > middle, twice < middle) {
                        (true, true, _) | (false, _, true) => pack.phrase("reason-answered"),
                        (true, ..) => pack.phrase("reason-answered-more"),
                        (false, ..) => pack.phrase("reason-answered-less"),
                    };
                    let answered = answered.text("answer", &labels[usize::from(code) - 1]);
                    let text = question.text.trim_end_matches('.');
                    answered.text("question", text).to_string()
                },
                |own| own.trim_end_matches('.').to_owned(),
            )
        }
    })
}

/// A reason for or against a role as a sentence: what the person said, and what the job has of its trait
/// where that does not follow.
pub(crate) fn sentence(reason: &Reason, pack: &Pack) -> String {
    let follows = |said: String| pack.phrase("reason-said").text("said", said).to_string();
    let Some(said) = said(reason, pack) else {
        return follows(wording::plain_reason(reason, pack));
    };
    // whether the job has more of what the sentence speaks of: then it follows by itself why that counts
    let more = match reason.evidence {
        Some(Evidence::Rating { reversed, .. }) => reason.asks_more != reversed,
        _ => reason.asks_more,
    };
    let speaks_for = reason.contribution > 0.0;
    if speaks_for && more {
        return follows(said);
    }
    let has = if matches!(reason.evidence, Some(Evidence::Puzzles { .. })) {
        pack.phrase("reason-job-has-that")
    } else {
        let has = pack.phrase("reason-job-has");
        has.text("trait", &pack.traits[reason.of].name)
    };
    let has = has.text("said", said).when("for", speaks_for);
    let has = has.when("more", reason.asks_more);
    has.when("most", reason.than_most).to_string()
}
