//! Which answers made a match: every one of them, and they add up.

use crate::pages::closing;
use crate::results::report::Receipt;
use crate::scoring::answers::Answers;
use crate::scoring::assessment::Outcome;
use crate::scoring::comparison::Comparison;
use crate::scoring::contributions::{answer_contributions, contributions, elevation};
use crate::write::document::{
    Block, Cell, ColumnKind, Document, Row, Table, column, note, prose, words,
};
use crate::write::terminal_text::fixed;
use crate::write::wording;

/// What each trait and each answer adds to the match of the role at `at` in play.
#[must_use]
pub(crate) fn page(
    comparison: &Comparison<'_>,
    answers: &Answers,
    outcome: &Outcome,
    at: usize,
) -> Document {
    let pack = comparison.pack;
    let title = format!("Why: {}", comparison.role(at).name);
    let mut doc = Document::new("why", title, wording::FOOT);
    let Some(fit) = &outcome.fits[at] else {
        doc.opening.push(prose(
            "There is no match: nothing was answered that this role asks about.",
        ));
        return doc;
    };
    doc.opening.push(prose(format!(
        "Match {} ({}), which is {} on its standard normal scale, with a standard error of {}. These \
         are the parts that add up to it, by trait and then by answer; interests and preferences count \
         by what they stand out beside the person's own level ({}).",
        wording::matched(fit),
        wording::norms(&Receipt::of(comparison)),
        fixed(fit.z, 4),
        fixed(fit.se(), 4),
        wording::signed(elevation(comparison, &outcome.scores), 2)
    )));
    doc.opening
        .extend(wording::few(comparison.measured.as_ref()).map(note));
    let by_trait = contributions(comparison, outcome, at, fit);
    let by_trait = by_trait.into_iter().enumerate();
    let by_trait = by_trait.map(|(k, part)| (part, vec![words(&pack.traits[k].name)]));
    doc.part(
        "sums",
        "By trait",
        [Block::Table(table(&["trait"], by_trait.collect()))],
    );
    let by_answer = answer_contributions(comparison, answers, outcome, at, fit);
    let by_answer = by_answer.into_iter().map(|(q, part)| {
        let answer = wording::answer(pack, q, answers);
        let cells = vec![words(&pack.questions[q].text), words(answer)];
        (part, cells)
    });
    let columns = ["question", "answer"];
    doc.part(
        "sums",
        "By answer",
        [Block::Table(table(&columns, by_answer.collect()))],
    );
    closing::figures(comparison, &mut doc);
    closing::rests(closing::RESTS, None, comparison, &mut doc);
    doc
}

/// What each adds and what it is, the largest first, and all together at the end.
fn table(names: &[&str], mut parts: Vec<(f64, Vec<Cell>)>) -> Table {
    parts.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let sum = parts.iter().map(|part| part.0).sum();
    let row = |(part, cells): (f64, Vec<Cell>)| {
        let figure = words(wording::signed(part, 4));
        Row::of([figure].into_iter().chain(cells).collect())
    };
    let mut rows: Vec<Row> = parts.into_iter().map(row).collect();
    let mut together = vec![words("together")];
    together.resize(names.len(), words(""));
    let mut together = row((sum, together));
    together.strong = true;
    rows.push(together);
    let mut columns = vec![column("adds", ColumnKind::Figures)];
    for (at, name) in names.iter().enumerate() {
        let holds = if at == 0 {
            ColumnKind::Name
        } else {
            ColumnKind::Words
        };
        columns.push(column(*name, holds));
    }
    Table {
        caption: String::new(),
        columns,
        rows,
    }
}
