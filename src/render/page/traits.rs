//! A person's traits beside what the first role asks.

use crate::engine::pack::{Format, Question};
use crate::engine::report::{Report, Standing};
use crate::render::look::fixed;
use crate::render::page::doc::{Block, Cell, Holds, Picture, Row, Table, column, words as text};
use crate::render::words;
use std::fmt::Write as _;

/// The scores, with the person's place and the first role's on one scale.
pub(crate) fn blocks(report: &Report<'_>) -> Vec<Block> {
    let (design, pack) = (report.design, report.pack());
    let first = report.band.first();
    let mut rows = Vec::new();
    for (k, t) in pack.traits.iter().enumerate() {
        let score = report.score(k);
        if score.raw().is_none() && !design.differs[k] {
            continue;
        }
        let mut cells = vec![text(&t.name)];
        if let (Some(raw), Some(sem)) = (score.raw(), score.sem(&design.norms[k])) {
            cells.push(text(format!("{} ± {:<2}", fixed(raw, 0), fixed(sem, 0))));
            cells.push(text(Standing::of(score.estimate).word(t.kind)));
        } else {
            cells.extend([text(""), text("not asked")]);
        }
        if let Some(first) = first {
            let role = design.standing[first.at][k];
            cells.push(text(words::asks(role)));
            cells.push(Cell::Picture(if score.raw().is_some() {
                Picture::Dots {
                    you: score.estimate,
                    error: (1.0 - score.reliability).sqrt(),
                    role,
                }
            } else {
                Picture::Blank
            }));
        }
        rows.push(Row::of(cells));
    }
    let mut columns = vec![
        column("trait", Holds::Name),
        column("you", Holds::Figures),
        column("", Holds::Words),
    ];
    let mut caption = format!(
        "Your score from 0 to 100 with its likely error (±, one standard error); the word compares you \
         with the {}.",
        words::norms(&report.receipt)
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
            column("role has", Holds::Words),
            column("", Holds::Pictures),
        ]);
    }
    let mut blocks = vec![Block::Table(Table {
        caption,
        columns,
        rows,
    })];
    let puzzles = |q: &Question| q.format() == Format::Choice;
    if pack.questions.iter().any(puzzles) {
        blocks.push(Block::Prose(words::NO_TEST.to_owned()));
    }
    blocks
}
