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
    let names = format!("{} and {}", first.name, second.name);
    let mut doc = Document::new("compare", names, wording::FOOT);
    let cards = [(first, b), (second, a)].map(|(this, other)| card(comparison, this, other));
    doc.opening.push(Block::Cards(cards.to_vec()));
    let outcome = person.map(|(_, outcome)| outcome);
    doc.part(
        "levels",
        "Where they differ most",
        [Block::Table(levels(comparison, (a, b), outcome))],
    );
    if let Some((id, outcome)) = person {
        let title = format!("Where {} stands", wording::label(id));
        doc.part("verdict", title, verdict(comparison, (a, b), outcome));
    }
    side_by_side(comparison.pack, roles, &mut doc);
    let commands = roles.map(|role| RichText::code(format!("rolescope roles {}", role.id)));
    let [one, other] = commands;
    doc.part(
        "further",
        "Further",
        [Block::Command(
            RichText::from("Each in full, with its sources: ")
                .and(one)
                .and(" and ")
                .and(other),
        )],
    );
    if person.is_some() {
        closing::figures(comparison, &mut doc);
        closing::rests(closing::RESTS, None, comparison, &mut doc);
    } else {
        closing::credit(comparison.pack.attribution.as_deref(), &mut doc);
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
    told.map(|n| fact("What tells them apart", &n.difference))
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
    let facts: [(&str, [Option<RichText>; 2]); 10] = [
        ("Is there a way in here?", of.map(|f| f.reach())),
        ("How to get in", of.map(|f| rich(f.entry_line()))),
        (
            "School subjects",
            of.map(|f| {
                let lines = f.subjects();
                (!lines.is_empty()).then(|| RichText::joined(lines, "; "))
            }),
        ),
        ("Study", of.map(|f| f.study())),
        ("Registration", of.map(|f| f.registration())),
        ("Pay", of.map(|f| joined(f.pay()))),
        ("Demand", of.map(|f| f.demand())),
        ("Steps between roles", of.map(|f| f.ladder())),
        (
            "What stands in the way",
            roles.map(|r| joined(r.facts.limits.iter().map(RichText::from).collect())),
        ),
        ("Checked", of.map(|f| rich(f.age()))),
    ];
    for (title, texts) in facts {
        if texts.iter().all(Option::is_none) {
            continue;
        }
        // a role without a mark is open
        let open = title.starts_with("Is there");
        let unknown = if open { "open." } else { "not known." };
        let lines = roles.iter().zip(texts).map(|(role, text)| {
            let text = text.unwrap_or_else(|| unknown.into());
            RichText::from(format!("{}: ", role.name)).and(text)
        });
        doc.part("facts", title, items(None, lines));
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
            let word = PopulationThird::of(score.estimate).word(pack.traits[k].kind);
            let (raw, word) = score
                .raw()
                .map_or_else(|| (String::new(), "no score"), |raw| (fixed(raw, 0), word));
            cells.extend([words(raw), words(word)]);
        }
        cells.push(Cell::Picture(Sparkline::Shift(one * 10.0, other * 10.0)));
        Row::of(cells)
    };
    let mut caption =
        "Levels 0 to 10; the traits that tell the two apart come first. In the picture \
                       the open dot is the first, the full dot the second."
            .to_owned();
    let mut columns = vec![
        column("trait", ColumnKind::Name),
        column("first", ColumnKind::Figures),
        column("second", ColumnKind::Figures),
    ];
    if outcome.is_some() {
        caption.push_str(" You: the score from 0 to 100, and how it compares with other people's.");
        columns.extend([
            column("you", ColumnKind::Figures),
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
    let names = [a, b].map(|at| comparison.role(at).name.as_str());
    let (Some(fit_a), Some(fit_b)) = (outcome.fits[a], outcome.fits[b]) else {
        return vec![prose(
            "There is no match for one of them: too little was answered.",
        )];
    };
    let mut blocks: Vec<Block> = wording::few(comparison.measured.as_ref())
        .map(note)
        .into_iter()
        .collect();
    let norms = wording::norms(&Receipt::of(comparison));
    let matches = names.iter().zip([&fit_a, &fit_b]);
    let matches =
        matches.map(|(name, fit)| format!("{name}: match {} ({norms})", wording::matched(fit)));
    blocks.extend(items(None, matches));
    let chance = probability_better(comparison, outcome, (a, &fit_a), (b, &fit_b));
    blocks.push(prose(format!(
        "The chance that {} truly fits better than {}, given the errors of these answers and of the \
         roles' levels: {} in 100.",
        names[0],
        names[1],
        fixed(100.0 * chance, 0)
    )));
    blocks
}
