//! Two roles side by side: where they differ, and where a person stands.

use crate::pack::model::{Pack, Role, TraitIx};
use crate::pages::closing;
use crate::pages::role_facts::FactsOf;
use crate::pages::roles::title;
use crate::results::report::{PopulationThird, Receipt};
use crate::scoring::assessment::Outcome;
use crate::scoring::comparison::Comparison;
use crate::scoring::difference::probability_better;
use crate::write::document::{
    Block, Card, Cell, ColumnKind, Document, Row, Sparkline, Table, column, fact, items,
    minor_column, note, prose, words,
};
use crate::write::rich_text::RichText;
use crate::write::terminal_text::fixed;
use crate::write::wording;

/// Two roles in play side by side, by their positions from 0: levels, facts, and how easily they are
/// confused; with one person's label and outcome, which of the two fits better.
#[must_use]
pub(crate) fn page(
    comparison: &Comparison<'_>,
    (a, b): (usize, usize),
    person: Option<(&str, &Outcome)>,
) -> Document {
    let roles = [a, b].map(|at| comparison.role(at));
    let [first, second] = roles;
    let pack = comparison.pack;
    let names = pack
        .phrase("compare-title")
        .text("first", &first.name)
        .text("second", &second.name)
        .to_string();
    let mut doc = Document::new("compare", names, pack.say("result-foot"));
    let cards = [(first, b), (second, a)].map(|(this, other)| card(comparison, this, other));
    doc.opening.push(Block::Cards(cards.to_vec()));
    let outcome = person.map(|(_, outcome)| outcome);
    doc.part(
        "levels",
        pack.say("compare-levels"),
        [Block::Table(levels(comparison, (a, b), outcome))],
    );
    if let Some((id, outcome)) = person {
        let title = pack
            .phrase("compare-verdict")
            .text("name", wording::label(id))
            .to_string();
        doc.part("verdict", title, verdict(comparison, (a, b), outcome));
    }
    side_by_side(pack, roles, &mut doc);
    let commands = pack.phrase("compare-in-full").text("first", &first.id);
    let commands = commands.text("second", &second.id).to_string();
    doc.part(
        "further",
        pack.say("page-further"),
        [Block::Command(RichText::with_code(&commands))],
    );
    if person.is_some() {
        closing::figures(comparison, &mut doc);
        closing::rests(pack.say("page-rests"), None, comparison, &mut doc);
    } else {
        closing::credit(&pack.language, pack.attribution.as_deref(), &mut doc);
    }
    doc
}

/// A role: what it is, and what tells it from the other.
fn card(comparison: &Comparison<'_>, this: &Role, other: usize) -> Card {
    let mut blocks = vec![prose(&this.facts.summary)];
    blocks.extend(what_parts(this, comparison, other));
    Card::new(title(this), blocks)
}

/// What tells a role from another in play, where the pack says it.
pub(crate) fn what_parts(this: &Role, comparison: &Comparison<'_>, other: usize) -> Option<Block> {
    let mut neighbours = this.facts.neighbours.iter();
    let told = neighbours.find(|n| n.role == comparison.candidates[other]);
    told.map(|n| fact(comparison.say("counsel-what-parts"), &n.difference))
}

/// The traits that tell roles apart, those in which two roles in play differ most first.
pub(crate) fn widest_apart(comparison: &Comparison<'_>, (a, b): (usize, usize)) -> Vec<TraitIx> {
    let mut order: Vec<TraitIx> = comparison.discriminating_traits().collect();
    let apart =
        |k: &TraitIx| (comparison.relative_levels[a][*k] - comparison.relative_levels[b][*k]).abs();
    order.sort_by(|x, y| apart(y).total_cmp(&apart(x)).then(x.cmp(y)));
    order
}

/// What each of two roles asks and gives, a fact at a time.
pub(crate) fn side_by_side(pack: &Pack, roles: [&Role; 2], doc: &mut Document) {
    let of = roles.map(|role| FactsOf::plain(pack, role));
    let joined = |lines: Vec<RichText>| (!lines.is_empty()).then(|| RichText::joined(lines, " "));
    let rich = |text: Option<String>| text.map(|text| RichText::with_addresses(&text));
    let facts: [(String, [Option<RichText>; 2]); 10] = [
        (pack.say("compare-way-in"), of.map(|f| f.reach())),
        (pack.say("fact-entry"), of.map(|f| rich(f.entry_line()))),
        (
            pack.say("fact-subjects-title"),
            of.map(|f| {
                let lines = f.subjects();
                (!lines.is_empty()).then(|| RichText::joined(lines, "; "))
            }),
        ),
        (pack.say("fact-study"), of.map(|f| f.study())),
        (pack.say("fact-registration"), of.map(|f| f.registration())),
        (pack.say("fact-pay-title"), of.map(|f| joined(f.pay()))),
        (pack.say("fact-demand"), of.map(|f| f.demand())),
        (pack.say("fact-ladder"), of.map(|f| f.ladder())),
        (
            pack.say("fact-limits"),
            roles.map(|r| joined(r.facts.limits.iter().map(RichText::from).collect())),
        ),
        (pack.say("compare-checked"), of.map(|f| rich(f.age()))),
    ];
    for (at, (title, texts)) in facts.into_iter().enumerate() {
        if texts.iter().all(Option::is_none) {
            continue;
        }
        // a role without a mark is open
        let unknown = match at {
            0 => "compare-open",
            _ => "compare-fact-not-known",
        };
        let lines = roles.iter().zip(texts).map(|(role, text)| {
            let text = text.unwrap_or_else(|| pack.say(unknown).into());
            RichText::from(format!("{}: ", role.name)).and(text)
        });
        doc.part("facts", title, items(lines));
    }
}

fn levels(comparison: &Comparison<'_>, (a, b): (usize, usize), outcome: Option<&Outcome>) -> Table {
    let pack = comparison.pack;
    let roles = [a, b].map(|at| comparison.role(at));
    let order = widest_apart(comparison, (a, b));
    let row = |k: usize| {
        let [one, other] = roles.map(|role| role.levels[k]);
        let mut cells = vec![
            words(&pack.traits[k].name),
            words(one.to_string()),
            words(other.to_string()),
        ];
        if let Some(outcome) = outcome {
            let score = &outcome.scores[k];
            let third = PopulationThird::of(score.estimate);
            let word = wording::third(third, pack.traits[k].kind);
            let (raw, word) = score.raw().map_or_else(
                || (String::new(), "compare-no-score"),
                |raw| (fixed(raw, 0), word),
            );
            cells.extend([words(raw), words(pack.say(word))]);
        }
        cells.push(Cell::Picture(Sparkline::Shift(one * 10.0, other * 10.0)));
        Row::of(cells)
    };
    let mut caption = pack.say("compare-caption");
    let mut columns = vec![
        column(pack.say("column-trait"), ColumnKind::Name),
        column(pack.say("column-first"), ColumnKind::Figures),
        column(pack.say("column-second"), ColumnKind::Figures),
    ];
    if outcome.is_some() {
        caption = format!("{caption} {}", pack.say("compare-caption-you"));
        columns.extend([
            column(pack.say("result-column-you"), ColumnKind::Figures),
            minor_column("", ColumnKind::Words),
        ]);
    }
    columns.push(column("", ColumnKind::Pictures));
    Table {
        caption,
        columns,
        rows: order.into_iter().map(row).collect(),
    }
}

fn verdict(comparison: &Comparison<'_>, (a, b): (usize, usize), outcome: &Outcome) -> Vec<Block> {
    let pack = comparison.pack;
    let names = [a, b].map(|at| comparison.role(at).name.as_str());
    let (Some(fit_a), Some(fit_b)) = (outcome.fits[a], outcome.fits[b]) else {
        return vec![prose(pack.say("compare-no-match"))];
    };
    let mut blocks: Vec<Block> = wording::few(pack, comparison.measured.as_ref())
        .map(note)
        .into_iter()
        .collect();
    let norms = wording::norms(pack, &Receipt::of(comparison));
    let matches = names.iter().zip([&fit_a, &fit_b]);
    let matches = matches.map(|(name, fit)| {
        pack.phrase("compare-match")
            .text("name", *name)
            .text("match", wording::matched(pack, fit))
            .text("norms", &norms)
            .to_string()
    });
    blocks.extend(items(matches));
    let chance = probability_better(comparison, outcome, (a, &fit_a), (b, &fit_b));
    blocks.push(prose(
        pack.phrase("compare-chance")
            .text("first", names[0])
            .text("second", names[1])
            .text("chance", fixed(100.0 * chance, 0))
            .to_string(),
    ));
    blocks
}
