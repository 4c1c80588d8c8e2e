//! Roles as people read them: the list, one in full, all as pages that lead to each other.

use crate::pack::model::{Pack, Role};
use crate::pages::closing;
use crate::scoring::comparison::Comparison;
use crate::write::document::{
    Block, Card, Cell, ColumnKind, Document, Part, Row, Sparkline, Table, column, items, prose,
    words,
};
use crate::write::rich_text::RichText;
use crate::write::wording;
use std::collections::BTreeSet;

/// Words for exposures 1 to 3.
const EXPOSURE: [&str; 3] = ["seldom", "regular", "constant"];
/// Name of the page that leads to all others.
const INDEX: &str = "index";

/// A role's name, with its title in te reo Māori where a source gives one.
pub(crate) fn title(role: &Role) -> RichText {
    RichText::from(&role.name).beside(role.facts.maori_name.as_deref())
}

/// Roles in a few lines each, by family, and whom the pack credits.
#[must_use]
pub fn list(all: &[&Role], credit: Option<&str>) -> Document {
    let mut doc = listed(all, false);
    doc.part(
        "further",
        "Further",
        [Block::Command(RichText::with_code(
            "One in full: `rolescope roles ID`. Two compared: `rolescope compare ID ID`.",
        ))],
    );
    closing::credit(credit, &mut doc);
    doc
}

fn listed(all: &[&Role], linked: bool) -> Document {
    let count = wording::count(all.len(), "role", "roles");
    let mut doc = Document::new("roles", count, wording::FOOT);
    let families: BTreeSet<&str> = all.iter().map(|role| role.family.as_str()).collect();
    for family in families {
        let roles = all.iter().filter(|role| role.family == family);
        let card = |role: &&Role| Card {
            title: if linked {
                page_title(role)
            } else {
                title(role)
            },
            id: (!linked).then(|| role.id.clone()),
            blocks: vec![prose(&role.facts.summary)],
        };
        let cards: Vec<Card> = roles.map(card).collect();
        let title = format!("{family}: {}", wording::count(cards.len(), "role", "roles"));
        doc.part("family", title, [Block::Cards(cards)]);
    }
    doc
}

/// The same, leading to the role's page.
fn page_title(role: &Role) -> RichText {
    RichText::page(&role.name, &role.id).beside(role.facts.maori_name.as_deref())
}

/// What a page of a role is made of. A part without anything to say is left out.
struct RolePage<'a> {
    pack: &'a Pack,
    role: &'a Role,
    /// Roles that have a page beside this one; none where it stands alone.
    linked: &'a [&'a Role],
}

/// The parts of a role's page, in their order. Another kind of fact is another function here.
const PARTS: [fn(&RolePage<'_>) -> Part; 7] = [
    typical_day,
    job,
    limits,
    profile,
    conditions,
    neighbours,
    sources,
];

/// One role in full, with the number of the source behind each fact.
#[must_use]
pub fn role(pack: &Pack, role: &Role) -> Document {
    page(&RolePage {
        pack,
        role,
        linked: &[],
    })
}

/// The roles in play as pages that lead to each other: the name of each, without extension, and the
/// page. The first leads to all others.
#[must_use]
pub fn site(comparison: &Comparison<'_>) -> Vec<(String, Document)> {
    let pack = comparison.pack;
    let roles = comparison.candidates.iter().map(|&r| &pack.roles[r]);
    let roles: Vec<&Role> = roles.collect();
    let mut index = listed(&roles, true);
    closing::credit(pack.attribution.as_deref(), &mut index);
    let mut all = vec![(INDEX.to_owned(), index)];
    all.extend(roles.iter().map(|&role| {
        let page = page(&RolePage {
            pack,
            role,
            linked: &roles,
        });
        (role.id.clone(), page)
    }));
    all
}

fn page(page: &RolePage<'_>) -> Document {
    let (role, facts) = (page.role, &page.role.facts);
    let mut doc = Document::new("role", title(role), wording::FOOT);
    if !page.linked.is_empty() {
        doc.opening
            .push(Block::Command(RichText::page("All roles", INDEX)));
    }
    doc.opening.push(prose(&facts.summary));
    let others = (!facts.also_known_as.is_empty()).then(|| facts.also_known_as.join(", "));
    let maori = facts.maori_name.as_ref().map(|name| RichText::maori(name));
    for (name, key, text) in [
        ("In te reo Māori", "maori_name", maori),
        ("Also known as", "also_known_as", others.map(RichText::from)),
    ] {
        let text = text.map(|text| text.and(cited(role, key)));
        doc.opening.extend(text.map(|text| Block::Fact(name, text)));
    }
    let description = RichText::from(&facts.description).and(cited(role, "description"));
    doc.opening.push(prose(description));
    for part in PARTS {
        let Part {
            class,
            title,
            blocks,
        } = part(page);
        doc.part(class, title, blocks);
    }
    closing::credit(page.pack.attribution.as_deref(), &mut doc);
    doc
}

/// The numbers of the sources that back a key, ready to follow a text.
fn cited(role: &Role, key: &str) -> RichText {
    let sources = (1..).zip(&role.facts.sources);
    let backs = sources.filter(|(_, source)| source.supports.iter().any(|k| k == key));
    let mut text = RichText::default();
    for (at, (number, _)) in backs.enumerate() {
        text = text
            .and(if at == 0 { " [" } else { ", " })
            .and(RichText::item(number));
    }
    if text.is_empty() { text } else { text.and("]") }
}

/// A part whose title cites what backs it.
fn part(
    class: &'static str,
    title: impl Into<RichText>,
    blocks: impl IntoIterator<Item = Block>,
) -> Part {
    Part {
        class,
        title: title.into(),
        blocks: blocks.into_iter().collect(),
    }
}

fn typical_day(page: &RolePage<'_>) -> Part {
    let title = RichText::from("A typical day").and(cited(page.role, "typical_day"));
    part("day", title, items(None, &page.role.facts.typical_day))
}

fn job(page: &RolePage<'_>) -> Part {
    let facts = &page.role.facts;
    let subjects = (!facts.subjects.is_empty()).then(|| facts.subjects.join(", "));
    let known = [
        ("Where", "setting", facts.setting.clone()),
        ("How to get in", "entry", facts.entry.clone()),
        ("Study", "study", facts.study.clone()),
        ("Registration", "registration", facts.registration.clone()),
        ("Useful subjects", "subjects", subjects),
        ("Pay", "pay", facts.pay.as_ref().map(wording::dated)),
        (
            "Demand",
            "demand",
            facts.demand.as_ref().map(wording::dated),
        ),
    ];
    let blocks = known.into_iter().filter_map(|(name, key, text)| {
        let text = RichText::with_addresses(&text?).and(cited(page.role, key));
        Some(Block::Fact(name, text))
    });
    part("job", "The job", blocks)
}

fn limits(page: &RolePage<'_>) -> Part {
    let title = RichText::from("What stands in the way").and(cited(page.role, "limits"));
    part("limits", title, items(None, &page.role.facts.limits))
}

fn profile(page: &RolePage<'_>) -> Part {
    let rows = page.pack.traits.iter().zip(&page.role.levels);
    let rows = rows.map(|(t, level)| {
        let full = level * 10.0;
        Row::of(vec![
            words(&t.name),
            words(level.to_string()),
            Cell::Picture(Sparkline::Reach(full, full)),
        ])
    });
    let table = Table {
        caption:
            "0 to 10, relative to the other roles of this list; a judgement, not a measurement."
                .to_owned(),
        columns: vec![
            column("trait", ColumnKind::Name),
            column("level", ColumnKind::Figures),
            column("", ColumnKind::Pictures),
        ],
        rows: rows.collect(),
    };
    part("profile", "Profile", [Block::Table(table)])
}

fn conditions(page: &RolePage<'_>) -> Part {
    let all = page.pack.conditions.iter().zip(&page.role.exposures);
    let met = all.filter(|(_, exposure)| **exposure > 0);
    let met = met.map(|(&q, &exposure)| {
        let text = &page.pack.questions[q].text;
        format!("{text} ({})", EXPOSURE[usize::from(exposure) - 1])
    });
    let list = items(None, met);
    let lead = list
        .is_some()
        .then(|| prose("How much of each there is, is a judgement too."));
    let blocks = lead.into_iter().chain(list);
    part("conditions", "Conditions of the work", blocks)
}

fn neighbours(page: &RolePage<'_>) -> Part {
    let title = RichText::from("Easily confused with").and(cited(page.role, "neighbours"));
    let neighbours = page.role.facts.neighbours.iter().map(|neighbour| {
        let other = &page.pack.roles[neighbour.role];
        let name = if page.linked.iter().any(|role| role.id == other.id) {
            RichText::page(&other.name, &other.id)
        } else {
            RichText::from(&other.name)
        };
        name.and(format!(": {}", neighbour.difference))
    });
    part("neighbours", title, items(None, neighbours))
}

fn sources(page: &RolePage<'_>) -> Part {
    let sources = page.role.facts.sources.iter().map(|source| {
        let year = source.year;
        let year = year.map_or_else(|| "undated".to_owned(), |y| y.to_string());
        RichText::from(format!("({year}) ")).and(RichText::link(&source.title, &source.url))
    });
    let sources: Vec<RichText> = sources.collect();
    let blocks = (!sources.is_empty()).then_some(Block::Numbered(sources));
    part("sources", "Sources", blocks)
}
