//! A person's traits beside what the first role asks.

use crate::pack::model::{AnswerFormat, Question};
use crate::results::report::{PopulationThird, Report};
use crate::write::document::{
    Block, Cell, ColumnKind, Row, Sparkline, Table, column, fact, prose, words as text,
};
use crate::write::terminal_text::fixed;
use crate::write::wording;

/// The scores, with the person's place and the first role's on one scale.
pub(crate) fn blocks(report: &Report<'_>) -> Vec<Block> {
    let (comparison, pack) = (report.comparison, report.pack());
    let first = report.band.first();
    let mut rows = Vec::new();
    for (k, t) in pack.traits.iter().enumerate() {
        let score = report.score(k);
        if score.raw().is_none() && !comparison.differs[k] {
            continue;
        }
        let mut cells = vec![text(&t.name)];
        if let (Some(raw), Some(sem)) = (score.raw(), score.sem(&comparison.norms[k])) {
            cells.push(text(format!("{} ± {:<2}", fixed(raw, 0), fixed(sem, 0))));
            let third = PopulationThird::of(score.estimate);
            cells.push(text(pack.say(wording::third(third, t.kind))));
        } else {
            let why = if report.passed_over.contains(&k) {
                pack.say("result-left-out")
            } else {
                pack.say("result-unasked")
            };
            cells.extend([text(""), text(why)]);
        }
        if let Some(first) = first {
            let role = comparison.relative_levels[first.at][k];
            cells.push(text(pack.say(wording::asks(role))));
            cells.push(Cell::Picture(if score.raw().is_some() {
                Sparkline::Dots {
                    you: score.estimate,
                    error: (1.0 - score.reliability).sqrt(),
                    role,
                }
            } else {
                Sparkline::Blank
            }));
        }
        rows.push(Row::of(cells));
    }
    let mut columns = vec![
        column(pack.say("column-trait"), ColumnKind::Name),
        column(pack.say("result-column-you"), ColumnKind::Figures),
        column("", ColumnKind::Words),
    ];
    let mut caption = pack
        .phrase("counsel-traits-caption")
        .text("norms", wording::norms(pack, &report.receipt))
        .to_string();
    if let Some(first) = first {
        let role = pack.phrase("counsel-traits-caption-role");
        let role = role.text("role", &first.role.name);
        caption = format!("{caption} {role}");
        columns.extend([
            column(pack.say("counsel-role-has"), ColumnKind::Words),
            column("", ColumnKind::Pictures),
        ]);
    }
    let mut blocks = vec![Block::Table(Table {
        caption,
        columns,
        rows,
    })];
    if let Some(level) = report.own_level {
        blocks.push(fact(
            pack.say("counsel-own-level"),
            wording::own_level(pack, level),
        ));
    }
    let puzzles = |q: &Question| q.format() == AnswerFormat::Choice;
    if pack.questions.iter().any(puzzles) {
        blocks.push(prose(pack.say("counsel-no-test")));
    }
    blocks
}
