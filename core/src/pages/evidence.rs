//! What a pack measures, and what simulated people show of it: figures computed, none typed in.

use crate::pages::balance::strain;
use crate::results::report::Receipt;
use crate::scoring::answers::Answers;
use crate::scoring::comparison::Comparison;
use crate::scoring::trait_scores::score;
use crate::simulation::balance::Balance;
use crate::write::document::{Block, ColumnKind, Row, Table, column, words as text};
use crate::write::terminal_text::fixed;
use crate::write::wording;

/// Every trait with its questions, its norm and its error when all are answered.
pub(crate) fn traits(comparison: &Comparison<'_>) -> Vec<Block> {
    let pack = comparison.pack;
    let scores = score(comparison, &Answers::complete(pack));
    let rows = pack.traits.iter().enumerate().map(|(k, t)| {
        let (norm, score) = (comparison.norms[k], scores[k]);
        Row::of(vec![
            text(&t.id),
            text(t.kind.word()),
            text(t.items.len().to_string()),
            text(fixed(norm.reliability, 2)),
            text(fixed(score.reliability, 2)),
            text(
                score
                    .sem(&norm)
                    .map_or_else(String::new, |sem| format!("± {}", fixed(sem, 0))),
            ),
            text(fixed(norm.mean, 1)),
            text(fixed(norm.sd, 1)),
        ])
    });
    let figures = |name: &str| column(name, ColumnKind::Figures);
    let norms = wording::norms(&Receipt::of(comparison));
    let mut blocks = vec![
        Block::Table(Table {
            caption: format!(
                "Each trait, how many questions measure it, the reliability of one question and of \
                 all together, the error of a score from 0 to 100 with all answered, and the mean \
                 and standard deviation that people are compared with. In use: {norms}."
            ),
            columns: vec![
                column("trait", ColumnKind::Name),
                column("kind", ColumnKind::Words),
                figures("asked"),
                figures("one"),
                figures("all"),
                figures("error"),
                figures("mean"),
                figures("sd"),
            ],
            rows: rows.collect(),
        }),
        Block::Items(
            Some("What the traits mean:"),
            pack.traits
                .iter()
                .map(|t| {
                    format!(
                        "{} ({}; {}). High: {} Low: {}",
                        t.name, t.id, t.term, t.high, t.low
                    )
                })
                .collect(),
        ),
    ];
    if !pack.conditions.is_empty() {
        blocks.push(Block::Prose(format!(
            "Besides, {} of work, which are not scored.",
            wording::count(
                pack.conditions.len(),
                "question asks about a condition",
                "questions ask about conditions"
            )
        )));
    }
    blocks
}

/// What the simulation found.
pub(crate) fn evidence(comparison: &Comparison<'_>, balance: &Balance) -> Vec<Block> {
    let id = |at: usize| comparison.role(at).id.as_str();
    let verdicts = balance.verdicts().into_iter().map(|verdict| {
        let worst = verdict
            .worst
            .map_or_else(String::new, |at| format!(" ({})", id(at)));
        Row::of(vec![
            text(format!("{}{worst}", verdict.rule)),
            text(fixed(verdict.measured, 3)),
            text(if verdict.kept { "kept" } else { "BROKEN" }),
        ])
    });
    let roles = balance.roles.iter().enumerate().map(|(at, role)| {
        let figures = [
            role.fair,
            role.fair_true,
            role.first,
            role.top3,
            role.in_band,
        ];
        let figures = figures.iter().map(|figure| text(fixed(*figure, 2)));
        Row::of([text(id(at))].into_iter().chain(figures).collect())
    });
    let figures = |name: &str| column(name, ColumnKind::Figures);
    vec![
        Block::Note("These people are simulated. No real person's answers are behind this.".into()),
        Block::Prose(format!(
            "The figures of this part were computed when the card was written, as `rolescope \
             check` does: {} people whose traits are drawn by chance as the norms say (mixed \
             people), and {} people made like each role. They answer exactly as the formulae \
             suppose. So the figures show whether the profiles and the number of questions can \
             tell the roles apart. They cannot show that the profiles are right.",
            balance.mixed_people, balance.like_people
        )),
        Block::Table(Table {
            caption:
                "Balance, recovery and coverage: each rule of the pack, what was measured, and \
                      the role for which it is worst."
                    .to_owned(),
            columns: vec![
                column("rule", ColumnKind::Name),
                figures("measured"),
                column("", ColumnKind::Words),
            ],
            rows: verdicts.collect(),
        }),
        Block::Items(Some("Under strain:"), strain(balance)),
        Block::Table(Table {
            caption:
                "Role by role. Fair: its first places among mixed people, where 1 is an equal \
                      share; true: the same with endless questions. First, top 3, group: of people \
                      made like it, the share who have it there."
                    .to_owned(),
            columns: vec![
                column("role", ColumnKind::Name),
                figures("fair"),
                figures("true"),
                figures("first"),
                figures("top 3"),
                figures("group"),
            ],
            rows: roles.collect(),
        }),
    ]
}
