//! Roles as people read them: the list, one in full, all as pages that lead to each other.

use crate::pack::model::{Pack, Role};
use crate::pages::closing;
use crate::pages::role_facts::{FactsOf, cited};
use crate::scoring::comparison::Comparison;
use crate::text::language::Language;
use crate::write::document::{
    Block, Card, Cell, ColumnKind, Document, Part, Row, Sparkline, Table, column, fact, items,
    note, prose, words,
};
use crate::write::rich_text::RichText;
use crate::write::wording;
use std::collections::BTreeSet;

/// The messages for exposures 1 to 3.
const EXPOSURE: [&str; 3] = ["role-exposure-1", "role-exposure-2", "role-exposure-3"];
/// Name of the page that leads to all others.
const INDEX: &str = "index";

/// A role's name, with its title in te reo Māori where a source gives one.
pub(crate) fn title(role: &Role) -> RichText {
    RichText::from(&role.name).beside(role.facts.maori_name.as_deref())
}

/// Roles in a few lines each, by family, and whom the pack credits; `pack` is every role of the pack.
#[must_use]
pub(crate) fn list(
    language: &Language,
    all: &[&Role],
    pack: &[Role],
    credit: Option<&str>,
) -> Document {
    let mut doc = listed(language, all, pack, false);
    doc.part(
        "further",
        language.phrase("page-further").to_string(),
        [Block::Command(RichText::with_code(
            &language.phrase("roles-commands").to_string(),
        ))],
    );
    closing::credit(language, credit, &mut doc);
    doc
}

fn listed(language: &Language, all: &[&Role], pack: &[Role], linked: bool) -> Document {
    let count = |n: usize| {
        language
            .phrase("count-roles")
            .number("count", n)
            .to_string()
    };
    let foot = language.phrase("result-foot").to_string();
    let mut doc = Document::new("roles", count(all.len()), foot);
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
            blocks: [prose(&role.facts.summary)]
                .into_iter()
                .chain(wording::reach_mark(language, pack, role).map(note))
                .collect(),
        };
        let cards: Vec<Card> = roles.map(card).collect();
        let title = format!("{family}: {}", count(cards.len()));
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
    facts: FactsOf<'a>,
    /// Roles that have a page beside this one; none where it stands alone.
    linked: &'a [&'a Role],
}

impl<'a> RolePage<'a> {
    const fn new(pack: &'a Pack, role: &'a Role, linked: &'a [&'a Role]) -> Self {
        Self {
            pack,
            role,
            facts: FactsOf {
                pack,
                role,
                numbered: true,
            },
            linked,
        }
    }

    /// The numbers of the sources that back a key, ready to follow a text.
    fn cited(&self, key: &str) -> RichText {
        cited(&self.role.facts, key, None)
    }

    /// The name of another role; it leads to its page where there is one.
    fn other(&self, other: &Role) -> RichText {
        if self.linked.iter().any(|role| role.id == other.id) {
            RichText::page(&other.name, &other.id)
        } else {
            RichText::from(&other.name)
        }
    }
}

/// The parts of a role's page, in their order. Another kind of fact is another function here.
const PARTS: [fn(&RolePage<'_>) -> Part; 12] = [
    typical_day,
    setting,
    way_in,
    limits,
    prospects,
    onward,
    next_steps,
    reading,
    profile,
    conditions,
    neighbours,
    sources,
];

/// One role in full, with the number of the source behind each fact.
#[must_use]
pub(crate) fn role(pack: &Pack, role: &Role) -> Document {
    page(&RolePage::new(pack, role, &[]))
}

/// The roles in play as pages that lead to each other: the name of each, without extension, and the
/// page. The first leads to all others.
#[must_use]
pub(crate) fn site(comparison: &Comparison<'_>) -> Vec<(String, Document)> {
    let pack = comparison.pack;
    let roles = comparison.candidates.iter().map(|&r| &pack.roles[r]);
    let roles: Vec<&Role> = roles.collect();
    let mut index = listed(&pack.language, &roles, &pack.roles, true);
    closing::credit(&pack.language, pack.attribution.as_deref(), &mut index);
    let mut all = vec![(INDEX.to_owned(), index)];
    all.extend(roles.iter().map(|&role| {
        let page = page(&RolePage::new(pack, role, &roles));
        (role.id.clone(), page)
    }));
    let shown = all.into_iter();
    let shown = shown.map(|(name, page)| (name, page.in_language_of(pack)));
    shown.collect()
}

fn page(page: &RolePage<'_>) -> Document {
    let (pack, role, facts) = (page.pack, page.role, &page.role.facts);
    let mut doc = Document::new("role", title(role), pack.say("result-foot"));
    if !page.linked.is_empty() {
        doc.opening
            .push(Block::Command(RichText::page(pack.say("roles-all"), INDEX)));
    }
    doc.opening.push(prose(&facts.summary));
    for (tag, name) in &facts.names {
        if Some(name) != facts.maori_name.as_ref() {
            let text = RichText::from(format!("({tag}) {name}")).and(page.cited("names"));
            doc.opening
                .push(fact(pack.say("role-other-language"), text));
        }
    }
    let others = (!facts.also_known_as.is_empty()).then(|| facts.also_known_as.join(", "));
    let maori = facts.maori_name.as_ref().map(|name| RichText::maori(name));
    for (name, key, text) in [
        (pack.say("role-maori-name"), "maori_name", maori),
        (
            pack.say("role-also-known"),
            "also_known_as",
            others.map(RichText::from),
        ),
    ] {
        let text = text.map(|text| text.and(page.cited(key)));
        doc.opening.extend(text.map(|text| fact(name, text)));
    }
    doc.opening.extend(page.facts.before_all());
    let description = RichText::from(&facts.description).and(page.cited("description"));
    doc.opening.push(prose(description));
    for part in PARTS {
        let Part {
            class,
            title,
            blocks,
        } = part(page);
        doc.part(class, title, blocks);
    }
    closing::credit(&pack.language, pack.attribution.as_deref(), &mut doc);
    doc
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
    let title = RichText::from(page.pack.say("role-day")).and(page.cited("typical_day"));
    part("day", title, items(&page.role.facts.typical_day))
}

fn setting(page: &RolePage<'_>) -> Part {
    let setting = page.role.facts.setting.as_deref();
    let setting = setting.map(|text| RichText::with_addresses(text).and(page.cited("setting")));
    part("where", page.pack.say("role-where"), setting.map(prose))
}

fn way_in(page: &RolePage<'_>) -> Part {
    part("way", page.pack.say("fact-entry"), page.facts.way_in())
}

fn limits(page: &RolePage<'_>) -> Part {
    let title = RichText::from(page.pack.say("fact-limits")).and(page.cited("limits"));
    part("limits", title, items(&page.role.facts.limits))
}

fn prospects(page: &RolePage<'_>) -> Part {
    part(
        "prospects",
        page.pack.say("role-prospects"),
        page.facts.prospects(),
    )
}

fn onward(page: &RolePage<'_>) -> Part {
    let title = page.pack.say("role-onward");
    part("onward", title, page.facts.onward())
}

fn next_steps(page: &RolePage<'_>) -> Part {
    let steps = items(page.facts.next_steps());
    part("next", page.pack.say("result-next"), steps)
}

fn reading(page: &RolePage<'_>) -> Part {
    let links = items(page.facts.links());
    part("reading", page.pack.say("role-reading"), links)
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
        caption: page.pack.say("role-profile-caption"),
        columns: vec![
            column(page.pack.say("column-trait"), ColumnKind::Name),
            column(page.pack.say("column-level"), ColumnKind::Figures),
            column("", ColumnKind::Pictures),
        ],
        rows: rows.collect(),
    };
    let questions = page.role.deviations.len();
    let deviations = (questions > 0).then(|| {
        let deviations = page.pack.phrase("role-deviations");
        prose(deviations.number("count", questions).to_string())
    });
    let blocks = [Block::Table(table)].into_iter().chain(deviations);
    part("profile", page.pack.say("role-profile"), blocks)
}

fn conditions(page: &RolePage<'_>) -> Part {
    let all = page.pack.conditions.iter().zip(&page.role.exposures);
    let met = all.filter(|(_, exposure)| **exposure > 0);
    let met = met.map(|(&q, &exposure)| {
        let text = &page.pack.questions[q].text;
        format!(
            "{text} ({})",
            page.pack.say(EXPOSURE[usize::from(exposure) - 1])
        )
    });
    let list = items(met);
    let lead = list
        .is_some()
        .then(|| prose(page.pack.say("role-conditions-lead")));
    let blocks = lead.into_iter().chain(list);
    part("conditions", page.pack.say("role-conditions"), blocks)
}

fn neighbours(page: &RolePage<'_>) -> Part {
    let title = RichText::from(page.pack.say("role-neighbours")).and(page.cited("neighbours"));
    let neighbours = page.role.facts.neighbours.iter().map(|neighbour| {
        let other = &page.pack.roles[neighbour.role];
        page.other(other).and(format!(": {}", neighbour.difference))
    });
    part("neighbours", title, items(neighbours))
}

fn sources(page: &RolePage<'_>) -> Part {
    let sources = page.role.facts.sources.iter().map(|source| {
        // what has no year of its own is as old as the last look at it, which is said once below
        let year = source.year.map(|year| year.to_string());
        let copy = source.copied_from.as_ref();
        let copy = copy.map(|owner| {
            page.pack
                .phrase("role-copy")
                .text("owner", owner)
                .to_string()
        });
        let about: Vec<String> = [year, copy].into_iter().flatten().collect();
        let link = RichText::link(&source.title, &source.url);
        if about.is_empty() {
            link
        } else {
            link.and(format!(", {}", about.join("; ")))
        }
    });
    let sources: Vec<RichText> = sources.collect();
    let blocks = (!sources.is_empty()).then_some(Block::Numbered(sources));
    let age = page.facts.age().map(prose);
    part(
        "sources",
        page.pack.say("role-sources"),
        blocks.into_iter().chain(age),
    )
}
