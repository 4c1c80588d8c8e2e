//! Roles as people read them: the list, one in full, two side by side.

use crate::pack::model::{Pack, Role};
use crate::pages::role_facts::{FactsOf, cited};
use crate::results::report::{PopulationThird, Receipt};
use crate::scoring::assessment::Outcome;
use crate::scoring::comparison::Comparison;
use crate::scoring::ranking::probability_better;
use crate::write::document::{Block, beside};
use crate::write::terminal_text::{TextPage, TextStyle, cell, fixed};
use crate::write::{text, wording};
use std::collections::BTreeSet;

/// Words for exposures 1 to 3.
const EXPOSURE: [&str; 3] = ["seldom", "regular", "constant"];

/// Columns under which the names of traits would be cut too short to be understood.
const NAMES: usize = 20;

/// A role's name, with its title in te reo Māori where a source gives one.
#[must_use]
pub(crate) fn title(role: &Role) -> String {
    beside(&role.name, role.facts.maori_name.as_deref())
}

/// Roles in a few lines each, by family, and whom the pack credits; `pack` is every role of the pack.
#[must_use]
pub fn list(all: &[&Role], pack: &[Role], credit: Option<&str>, look: TextStyle) -> String {
    let mut page = TextPage::new(look);
    let families: BTreeSet<&str> = all.iter().map(|role| role.family.as_str()).collect();
    for family in families {
        let roles = all.iter().filter(|role| role.family == family);
        let roles: Vec<&&Role> = roles.collect();
        page.heading(&format!(
            "{family}: {}",
            wording::count(roles.len(), "role", "roles")
        ));
        for role in roles {
            page.title(&title(role));
            page.line(&format!("    {}", look.dim(&role.id)));
            page.prose(4, &role.facts.summary);
            if let Some(mark) = wording::reach_mark(pack, role) {
                page.hanging("    ! ", 6, &mark);
            }
        }
    }
    page.gap();
    page.prose(
        0,
        "One in full: rolescope roles ID. Two compared: rolescope compare ID ID.",
    );
    attribute(credit, &mut page);
    page.finish()
}

/// The credit that the pack's data ask for: wherever levels or facts are shown.
fn attribute(credit: Option<&str>, page: &mut TextPage) {
    if let Some(credit) = credit {
        page.gap();
        page.prose(0, credit);
    }
}

/// One role in full, with the number of the source behind each fact.
#[must_use]
pub fn role(pack: &Pack, role: &Role, look: TextStyle) -> String {
    let facts = &role.facts;
    let shown = FactsOf {
        pack,
        role,
        numbered: true,
        brief: false,
    };
    let cited = |key| cited(facts, key, None);
    let mut page = TextPage::new(look);
    page.heading(&title(role));
    page.prose(0, &facts.summary);
    for (tag, name) in &facts.names {
        if Some(name) != facts.maori_name.as_ref() {
            page.prose(
                0,
                &format!("In another language ({tag}): {name}{}", cited("names")),
            );
        }
    }
    let others = (!facts.also_known_as.is_empty()).then(|| facts.also_known_as.join(", "));
    for (name, key, text) in [
        ("In te reo Māori", "maori_name", &facts.maori_name),
        ("Also known as", "also_known_as", &others),
    ] {
        if let Some(text) = text {
            page.prose(0, &format!("{name}: {text}{}", cited(key)));
        }
    }
    page.gap();
    text::blocks(&shown.before_all(), &mut page);
    page.gap();
    page.prose(0, &format!("{}{}", facts.description, cited("description")));
    page.heading(&format!("A typical day{}", cited("typical_day")));
    for task in &facts.typical_day {
        page.item(0, task);
    }
    if let Some(setting) = &facts.setting {
        page.heading("Where");
        page.prose(0, &format!("{setting}{}", cited("setting")));
    }
    let part = |title: &str, blocks: &[Block], page: &mut TextPage| {
        if !blocks.is_empty() {
            page.heading(title);
            text::blocks(blocks, page);
        }
    };
    part("How to get in", &shown.way_in(), &mut page);
    if !facts.limits.is_empty() {
        page.heading(&format!("What stands in the way{}", cited("limits")));
        for limit in &facts.limits {
            page.item(0, limit);
        }
    }
    part("Pay and demand", &shown.prospects(), &mut page);
    part("Where it leads, and who helps", &shown.onward(), &mut page);
    for (title, lines) in [
        ("What to do next", shown.next_steps()),
        ("Worth reading", shown.links()),
    ] {
        if !lines.is_empty() {
            page.heading(title);
        }
        for line in lines {
            page.item(0, &line);
        }
    }
    profile(pack, role, &mut page);
    conditions(pack, role, &mut page);
    if !facts.neighbours.is_empty() {
        page.heading(&format!("Easily confused with{}", cited("neighbours")));
        for neighbour in &facts.neighbours {
            page.item(
                0,
                &format!(
                    "{}: {}",
                    pack.roles[neighbour.role].name, neighbour.difference
                ),
            );
        }
    }
    sources(role, &mut page);
    if let Some(age) = shown.age() {
        page.gap();
        page.prose(0, &age);
    }
    attribute(pack.attribution.as_deref(), &mut page);
    page.finish()
}

fn profile(pack: &Pack, role: &Role, page: &mut TextPage) {
    page.heading("Profile");
    page.prose(
        0,
        "0 to 10, relative to the other roles of this list; a judgement, not a measurement.",
    );
    let look = page.look();
    for (t, level) in pack.traits.iter().zip(&role.levels) {
        let full = level * 10.0;
        page.line(&format!(
            "  {} {:>4}  {}",
            cell(&t.name, 30.min(look.columns() - 24), look.ascii),
            level,
            look.bar(full, full, 10)
        ));
    }
}

fn conditions(pack: &Pack, role: &Role, page: &mut TextPage) {
    let met: Vec<String> = pack
        .conditions
        .iter()
        .zip(&role.exposures)
        .filter(|(_, exposure)| **exposure > 0)
        .map(|(&q, &exposure)| {
            format!(
                "{} ({})",
                pack.questions[q].text,
                EXPOSURE[usize::from(exposure) - 1]
            )
        })
        .collect();
    if !met.is_empty() {
        page.heading("Conditions of the work");
        page.prose(0, "How much of each there is, is a judgement too.");
        for condition in met {
            page.item(0, &condition);
        }
    }
}

fn sources(role: &Role, page: &mut TextPage) {
    page.heading("Sources");
    for (n, source) in role.facts.sources.iter().enumerate() {
        // what has no year of its own is as old as the last look at it, which is said once below
        let year = source.year.map(|year| year.to_string());
        let copy = source.copied_from.as_ref();
        let copy = copy.map(|owner| format!("copy; the fact is that of {owner}"));
        let about: Vec<String> = [year, copy].into_iter().flatten().collect();
        let about = if about.is_empty() {
            String::new()
        } else {
            format!(" ({})", about.join("; "))
        };
        page.hanging(
            &format!("{:>3}  ", n + 1),
            5,
            &format!("{}{about} {}", source.title, source.url),
        );
    }
}

/// Two roles in play side by side: where they differ, and where a person stands.
#[must_use]
pub fn compare(
    comparison: &Comparison<'_>,
    (a, b): (usize, usize),
    person: Option<(&str, &Outcome)>,
    look: TextStyle,
) -> String {
    let role = |at: usize| comparison.role(at);
    let (first, second) = (role(a), role(b));
    let mut page = TextPage::new(look);
    page.heading(&format!("{} and {}", first.name, second.name));
    for (this, other) in [(first, b), (second, a)] {
        page.item(0, &format!("{}: {}", title(this), this.facts.summary));
        for neighbour in &this.facts.neighbours {
            if neighbour.role == comparison.candidates[other] {
                page.item(2, &neighbour.difference);
            }
        }
    }
    levels(
        comparison,
        (a, b),
        person.map(|(_, outcome)| outcome),
        &mut page,
    );
    if let Some((id, outcome)) = person {
        verdict(comparison, (a, b), id, outcome, &mut page);
    }
    side_by_side(comparison.pack, [first, second], &mut page);
    attribute(comparison.pack.attribution.as_deref(), &mut page);
    page.finish()
}

/// What each of two roles asks and gives, a fact at a time.
fn side_by_side(pack: &Pack, roles: [&Role; 2], page: &mut TextPage) {
    let of = roles.map(|role| FactsOf::plain(pack, role));
    let joined = |lines: Vec<String>| (!lines.is_empty()).then(|| lines.join(" "));
    let facts: [(&str, [Option<String>; 2]); 10] = [
        ("Is there a way in here?", of.map(|f| f.reach())),
        ("How to get in", of.map(|f| f.entry_line())),
        ("School subjects", of.map(|f| joined(f.subjects()))),
        ("Study", of.map(|f| f.study())),
        ("Registration", of.map(|f| f.registration())),
        ("Pay", of.map(|f| joined(f.pay()))),
        ("Demand", of.map(|f| f.demand())),
        ("Steps between roles", of.map(|f| f.ladder())),
        (
            "What stands in the way",
            roles.map(|r| joined(r.facts.limits.clone())),
        ),
        ("Checked", of.map(|f| f.age())),
    ];
    for (title, texts) in facts {
        if texts.iter().all(Option::is_none) {
            continue;
        }
        page.heading(title);
        for (role, text) in roles.iter().zip(texts) {
            let text = text.unwrap_or_else(|| {
                // a role without a mark is open
                let open = title.starts_with("Is there");
                let said = if open { "open." } else { "not known." };
                said.to_owned()
            });
            page.item(0, &format!("{}: {text}", role.name));
        }
    }
}

fn levels(
    comparison: &Comparison<'_>,
    (a, b): (usize, usize),
    outcome: Option<&Outcome>,
    page: &mut TextPage,
) {
    let pack = comparison.pack;
    let roles = [a, b].map(|at| comparison.role(at));
    let mut order: Vec<usize> = comparison.discriminating_traits().collect();
    let apart =
        |k: &usize| (comparison.relative_levels[a][*k] - comparison.relative_levels[b][*k]).abs();
    order.sort_by(|x, y| apart(y).total_cmp(&apart(x)).then(x.cmp(y)));
    page.heading("Where they differ most");
    page.prose(
        0,
        "Levels 0 to 10; the traits that tell the two apart come first.",
    );
    let look = page.look();
    let name = 30.min(look.columns().saturating_sub(34));
    // where names would be cut short, each has a line of its own
    let narrow = name < NAMES;
    let margin = cell("", if narrow { 2 } else { name }, look.ascii);
    page.line(&format!(
        "  {margin}  first  second{}",
        if outcome.is_some() { "  you" } else { "" }
    ));
    for k in order {
        let you = outcome.map_or_else(String::new, |o| {
            let score = &o.scores[k];
            score.raw().map_or_else(
                || "  no score".to_owned(),
                |raw| {
                    format!(
                        "  {:>3} {}",
                        fixed(raw, 0),
                        PopulationThird::of(score.estimate).word(pack.traits[k].kind)
                    )
                },
            )
        });
        let title = &pack.traits[k].name;
        let title = if narrow {
            page.hanging("  ", 4, title);
            margin.clone()
        } else {
            cell(title, name, look.ascii)
        };
        page.line(&format!(
            "  {title}  {:>5}  {:>6}{you}",
            roles[0].levels[k], roles[1].levels[k]
        ));
    }
}

fn verdict(
    comparison: &Comparison<'_>,
    (a, b): (usize, usize),
    id: &str,
    outcome: &Outcome,
    page: &mut TextPage,
) {
    let names = [a, b].map(|at| comparison.role(at).name.as_str());
    page.heading(&format!(
        "Where {} stands",
        crate::write::terminal_text::inert(id)
    ));
    let (Some(fit_a), Some(fit_b)) = (outcome.fits[a], outcome.fits[b]) else {
        page.prose(
            0,
            "There is no match for one of them: too little was answered.",
        );
        return;
    };
    if let Some(few) = wording::few(comparison.measured.as_ref()) {
        page.hanging("! ", 2, &few);
    }
    let norms = wording::norms(&Receipt::of(comparison));
    for (name, fit) in names.iter().zip([&fit_a, &fit_b]) {
        page.item(
            0,
            &format!("{name}: match {} ({norms})", wording::matched(fit)),
        );
    }
    let chance = probability_better(comparison, &outcome.scores, (a, &fit_a), (b, &fit_b));
    page.prose(
        0,
        &format!(
            "The chance that {} truly fits better than {}, given the errors of these answers and of the \
             roles' levels: {} in 100.",
            names[0],
            names[1],
            fixed(100.0 * chance, 0)
        ),
    );
}
