//! Which answers made a match: every one of them, and they add up.

use crate::pack::model::Pack;
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
    let title = pack
        .phrase("why-title")
        .text("job", &comparison.role(at).name)
        .to_string();
    let mut doc = Document::new("why", title, pack.say("result-foot"));
    let Some(fit) = &outcome.fits[at] else {
        doc.opening.push(prose(pack.say("why-no-match")));
        return doc;
    };
    doc.opening.push(prose(
        pack.phrase("why-match")
            .text("match", wording::matched(pack, fit))
            .text("norms", wording::norms(pack, &Receipt::of(comparison)))
            .text("z", fixed(fit.z, 4))
            .text("error", fixed(fit.se(), 4))
            .text(
                "level",
                wording::signed(elevation(comparison, &outcome.scores), 2),
            )
            .to_string(),
    ));
    doc.opening
        .extend(wording::few(pack, comparison.measured.as_ref()).map(note));
    let by_trait = contributions(comparison, outcome, at, fit);
    let by_trait = by_trait.into_iter().enumerate();
    let by_trait = by_trait.map(|(k, part)| (part, vec![words(&pack.traits[k].name)]));
    doc.part(
        "sums",
        pack.say("why-by-trait"),
        [Block::Table(table(
            pack,
            &["column-trait"],
            by_trait.collect(),
        ))],
    );
    let by_answer = answer_contributions(comparison, answers, outcome, at, fit);
    let by_answer = by_answer.into_iter().map(|(q, part)| {
        let answer = wording::answer(pack, q, answers);
        let cells = vec![words(&pack.questions[q].text), words(answer)];
        (part, cells)
    });
    let columns = ["column-question", "column-answer"];
    doc.part(
        "sums",
        pack.say("why-by-answer"),
        [Block::Table(table(pack, &columns, by_answer.collect()))],
    );
    closing::figures(comparison, &mut doc);
    closing::rests(pack.say("page-rests"), None, comparison, &mut doc);
    doc
}

/// What each adds and what it is, the largest first, and all together at the end.
fn table(pack: &Pack, names: &[&'static str], mut parts: Vec<(f64, Vec<Cell>)>) -> Table {
    parts.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let sum = parts.iter().map(|part| part.0).sum();
    let row = |(part, cells): (f64, Vec<Cell>)| {
        let figure = words(wording::signed(part, 4));
        Row::of([figure].into_iter().chain(cells).collect())
    };
    let mut rows: Vec<Row> = parts.into_iter().map(row).collect();
    let mut together = vec![words(pack.say("counsel-together"))];
    together.resize(names.len(), words(""));
    let mut together = row((sum, together));
    together.strong = true;
    rows.push(together);
    let mut columns = vec![column(pack.say("why-adds"), ColumnKind::Figures)];
    for (at, name) in names.iter().enumerate() {
        let holds = if at == 0 {
            ColumnKind::Name
        } else {
            ColumnKind::Words
        };
        columns.push(column(pack.say(name), holds));
    }
    Table {
        caption: String::new(),
        columns,
        rows,
    }
}
