//! What a pack measures, and what simulated people show of it: figures computed, none typed in.

use crate::pages::balance::{roles, rules, strain};
use crate::results::report::Receipt;
use crate::scoring::answers::Answers;
use crate::scoring::comparison::Comparison;
use crate::scoring::trait_scores::score;
use crate::simulation::balance::Balance;
use crate::write::document::{
    Block, ColumnKind, Row, Table, column, items_after, note, prose, words as text,
};
use crate::write::rich_text::RichText;
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
    let norms = wording::norms(comparison.pack, &Receipt::of(comparison));
    let mut blocks = vec![Block::Table(Table {
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
    })];
    let meanings = pack.traits.iter().map(|t| {
        format!(
            "{} ({}; {}). High: {} Low: {}",
            t.name, t.id, t.term, t.high, t.low
        )
    });
    blocks.extend(items_after("What the traits mean:".to_owned(), meanings));
    if !pack.conditions.is_empty() {
        blocks.push(prose(format!(
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
    let mut blocks = vec![
        note("These people are simulated. No real person's answers are behind this."),
        prose(RichText::with_code(&format!(
            "The figures of this part were computed when the card was written, as `rolescope check` \
             does: {} people whose traits are drawn by chance as the norms say (mixed people), and \
             {} people made like each role. They answer exactly as the formulae suppose. So the \
             figures show whether the profiles and the number of questions can tell the roles \
             apart. They cannot show that the profiles are right.",
            balance.mixed_people, balance.like_people
        ))),
        rules(comparison, balance),
    ];
    blocks.extend(items_after("Under strain:".to_owned(), strain(balance)));
    blocks.push(roles(comparison, balance));
    blocks
}
