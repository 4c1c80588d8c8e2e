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
            report.pack().say("counsel-contradictions"),
            vec![
                prose(report.pack().say("counsel-contradictions-what")),
                list(items),
            ],
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
        let blocks = vec![list(questions)];
        doc.part("asks", report.pack().say("counsel-asks"), blocks);
        return;
    }
    let mut blocks: Vec<Block> = questions
        .into_iter()
        .map(|question| Block::Write(question.into(), 2))
        .collect();
    blocks.push(Block::Write(report.pack().say("counsel-take").into(), 2));
    blocks.push(Block::Write(report.pack().say("counsel-by-when").into(), 2));
    doc.part("worksheet", report.pack().say("counsel-worksheet"), blocks);
}

/// A question and its answer, in quotes.
fn said(report: &Report<'_>, answers: &Answers, q: QuestionIx) -> String {
    let pack = report.pack();
    let text = pack.questions[q].text.trim_end_matches('.');
    pack.phrase("counsel-said")
        .text("text", text)
        .text("answer", wording::answer(pack, q, answers))
        .to_string()
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
            pack.phrase("counsel-ask-apart")
                .text("more", *more)
                .text("trait", &pack.traits[difference.of].name)
                .text("less", *less)
                .to_string()
        }
        DiscussionPrompt::Conflict { role, condition } => pack
            .phrase("counsel-ask-conflict")
            .text("role", *role)
            .text("condition", condition.text.trim_end_matches('.'))
            .to_string(),
        DiscussionPrompt::Contradiction(pair) => pack
            .phrase("counsel-ask-contradiction")
            .text("first", said(report, answers, pair.high))
            .text("second", said(report, answers, pair.low))
            .to_string(),
        DiscussionPrompt::Open { of, open, all } => pack
            .phrase("counsel-ask-open")
            .number("open", *open)
            .number("all", *all)
            .text("trait", &pack.traits[*of].name)
            .to_string(),
        DiscussionPrompt::NotAsked(condition) => pack
            .phrase("counsel-ask-not-asked")
            .text("condition", condition.text.trim_end_matches('.'))
            .to_string(),
        DiscussionPrompt::Against { role, reason } => pack
            .phrase("counsel-ask-against")
            .text("trait", &pack.traits[reason.of].name)
            .text("role", *role)
            .when("more", reason.asks_more)
            .when("most", reason.than_most)
            .to_string(),
        DiscussionPrompt::Change { role, change } => pack
            .phrase("counsel-ask-change")
            .text("to", fixed(change.to, 0))
            .text("from", fixed(change.from, 0))
            .text("trait", &pack.traits[change.of].name)
            .text("role", *role)
            .to_string(),
    }
}
