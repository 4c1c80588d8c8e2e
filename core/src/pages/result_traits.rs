//! A person's traits beside what the first role asks.

use crate::pack::model::{AnswerFormat, Question};
use crate::results::report::{PopulationThird, Report};
use crate::write::document::{
    Block, Cell, ColumnKind, Row, Sparkline, Table, column, fact, prose, words as text,
};
use crate::write::terminal_text::fixed;
use crate::write::wording;
use std::fmt::Write as _;

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
            cells.push(text(PopulationThird::of(score.estimate).word(t.kind)));
        } else {
            let why = if report.passed_over.contains(&k) {
                "left out"
            } else {
                "not asked"
            };
            cells.extend([text(""), text(why)]);
        }
        if let Some(first) = first {
            let role = comparison.relative_levels[first.at][k];
            cells.push(text(wording::asks(role)));
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
        column("trait", ColumnKind::Name),
        column("you", ColumnKind::Figures),
        column("", ColumnKind::Words),
    ];
    let mut caption = format!(
        "Your score from 0 to 100 with its likely error (±, one standard error); the word compares you \
         with the {}.",
        wording::norms(&report.receipt)
    );
    if let Some(first) = first {
        let _ = write!(
            caption,
            " Beside it is how much of it {} has, compared with the other roles. In the picture the \
             dot with its error is you and the diamond is the role; the line is the middle of \
             people and of roles.",
            first.role.name
        );
        columns.extend([
            column("role has", ColumnKind::Words),
            column("", ColumnKind::Pictures),
        ]);
    }
    let mut blocks = vec![Block::Table(Table {
        caption,
        columns,
        rows,
    })];
    if let Some(level) = report.own_level {
        blocks.push(fact("Own level", wording::own_level(level)));
    }
    let puzzles = |q: &Question| q.format() == AnswerFormat::Choice;
    if pack.questions.iter().any(puzzles) {
        blocks.push(prose(wording::NO_TEST.to_owned()));
    }
    blocks
}
