//! What to talk about: answers that contradict each other, what to ask, room to write.

use crate::pack::model::QuestionIx;
use crate::pages::result_options::Audience;
use crate::results::contradictions::{Contradiction, contradictions};
use crate::results::discussion_prompts::{DiscussionPrompt, asks};
use crate::results::report::Report;
use crate::scoring::answers::Answers;
use crate::write::document::{Block, Document, list, prose};
use crate::write::terminal_text::fixed;
use crate::write::wording;

/// Contradictions told.
const TOLD: usize = 5;

/// Contradictions, questions, and for a counsellor a worksheet.
pub(crate) fn parts(report: &Report<'_>, answers: &Answers, view: Audience, doc: &mut Document) {
    let found = contradictions(report.comparison, answers);
    if !found.is_empty() {
        let items = found
            .iter()
            .take(TOLD)
            .map(|c| contradiction(report, answers, c));
        doc.part(
            "contradictions",
            "Answers that point opposite ways",
            vec![prose(wording::CONTRADICTIONS.to_owned()), list(None, items)],
        );
    }
    let questions: Vec<String> = asks(report, answers)
        .iter()
        .map(|ask| question(report, answers, ask))
        .collect();
    if questions.is_empty() {
        return;
    }
    if view == Audience::Both {
        let blocks = vec![list(None, questions)];
        doc.part("asks", "To talk about", blocks);
        return;
    }
    let mut blocks: Vec<Block> = questions
        .into_iter()
        .map(|question| Block::Write(question.into(), 2))
        .collect();
    blocks.push(Block::Write("What we take from it".into(), 2));
    blocks.push(Block::Write("Next step, and by when".into(), 2));
    doc.part("worksheet", "Worksheet: to ask, with room to write", blocks);
}

/// A question and its answer, in quotes.
fn said(report: &Report<'_>, answers: &Answers, q: QuestionIx) -> String {
    let text = report.pack().questions[q].text.trim_end_matches('.');
    format!("\"{text}\": {}", wording::answer(report.pack(), q, answers))
}

fn contradiction(report: &Report<'_>, answers: &Answers, pair: &Contradiction) -> String {
    format!(
        "{}. {}. {}.",
        report.pack().traits[pair.of].name,
        said(report, answers, pair.high),
        said(report, answers, pair.low)
    )
}

/// Something to ask, in words.
fn question(report: &Report<'_>, answers: &Answers, ask: &DiscussionPrompt<'_>) -> String {
    let pack = report.pack();
    match ask {
        DiscussionPrompt::Apart {
            first,
            other,
            difference,
        } => {
            let (more, less) = if difference.first_asks_more {
                (first, other)
            } else {
                (other, first)
            };
            format!(
                "{more} has more of \"{}\" than {less}. When did you last have a lot of that, and \
                 would you want it on most days?",
                pack.traits[difference.of].name
            )
        }
        DiscussionPrompt::Conflict { role, condition } => format!(
            "{role} goes beyond what you said about \"{}\". Which part of that would be hard, and \
             what would make it easier?",
            condition.text.trim_end_matches('.')
        ),
        DiscussionPrompt::Contradiction(pair) => format!(
            "You answered {}, but {}. What did you think of each time?",
            said(report, answers, pair.high),
            said(report, answers, pair.low)
        ),
        DiscussionPrompt::Open { of, open, all } => format!(
            "{open} of {all} questions about \"{}\" are open. What would you say about it in your \
             own words?",
            pack.traits[*of].name
        ),
        DiscussionPrompt::NotAsked(condition) => format!(
            "\"{}\" has no answer. How would that be for you?",
            condition.text.trim_end_matches('.')
        ),
        DiscussionPrompt::Against { role, reason } => format!(
            "\"{}\" speaks against {role}: it has {}. How much would that matter to you?",
            pack.traits[reason.of].name,
            wording::has(reason)
        ),
        DiscussionPrompt::Change { role, change } => format!(
            "With {} instead of {} for \"{}\", {role} would fit you as well as the first. Which of \
             the two is nearer to how you see yourself, and why?",
            fixed(change.to, 0),
            fixed(change.from, 0),
            pack.traits[change.of].name
        ),
    }
}
