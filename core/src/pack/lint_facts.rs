//! Advice about what a pack says of its roles: whether facts are dated, whose they are, and whether
//! they are due to be read again.

use crate::pack::advice::Lint;
use crate::pack::date::Date;
use crate::pack::model::{MinimumPay, Pack, Role};
use crate::pack::role_facts::{Pay, PayPeriod, RoleFacts, Source};

/// A fact older than this, in years, is worth a look.
const OLD: u16 = 5;
/// Hours that full-time pay of a year is for: 52 weeks of 40 hours.
const HOURS: f64 = 2080.0;
/// Words that name levels of schools in other countries than the one whose levels a pack can state.
const ELSEWHERE: [&str; 12] = [
    "a level",
    "a-level",
    "as level",
    "gcse",
    "btec",
    "t level",
    "scottish higher",
    "atar",
    "vce",
    "high school diploma",
    "gpa",
    "sat score",
];

/// All advice about facts, as of a day.
pub(crate) fn facts(pack: &Pack, today: Date, all: &mut Vec<Lint>) {
    for role in &pack.roles {
        age(role, today.year(), all);
        mistaken(role, pack.minimum_pay.as_ref(), all);
    }
    let note = |found: &str, help, per: &dyn Fn(&Role) -> Option<String>| {
        let roles: Vec<String> = pack
            .roles
            .iter()
            .filter_map(|role| {
                let what = per(role)?;
                let gap = if what.is_empty() { "" } else { " " };
                Some(format!("{}{gap}{what}", role.id))
            })
            .collect();
        (!roles.is_empty()).then(|| Lint {
            note: true,
            found: format!("{found}: {}", roles.join(", ")),
            help,
        })
    };
    let some = |n: usize, of: usize| (n > 0).then(|| format!("({n} of {of})"));
    let sources = |role: &Role, found: &dyn Fn(&Source) -> bool| {
        let sources = &role.facts.sources;
        some(sources.iter().filter(|s| found(s)).count(), sources.len())
    };
    all.extend(note(
        "facts past the day by which they must be read again",
        "read their sources again; renew `checked` and `review_by`",
        &|role| overdue(&role.facts, today),
    ));
    all.extend(note(
        "facts that no source backs",
        "name the source: `source` in a table, or the key under `supports`",
        &|role| {
            let keys = role.facts.unsourced();
            (!keys.is_empty()).then(|| format!("({})", keys.join(", ")))
        },
    ));
    all.extend(note(
        "sources with neither a year nor a day on which they were read",
        "add `year` where the page states one, and `checked`",
        &|role| sources(role, &|s| s.year.is_none() && s.checked.is_none()),
    ));
    all.extend(note(
        "copies on somebody else's site",
        "look for the page of the owner",
        &|role| copies(&role.facts),
    ));
    all.extend(note(
        "addresses that are not encrypted",
        "see whether the page is there encrypted (https) too",
        &|role| sources(role, &|s| s.url.starts_with("http://")),
    ));
    all.extend(note(
        "roles whose next steps are all of one kind",
        "let some be to read, some to ask, to try or to choose",
        &|role| {
            let mut kinds = role.facts.next_steps.iter().map(|step| step.kind);
            let first = kinds.next()?;
            let one = role.facts.next_steps.len() > 1 && kinds.all(|kind| kind == first);
            one.then(String::new)
        },
    ));
    all.extend(note(
        "roles without a word on how to get in",
        "add [entry], or say by `reach` that no way leads in",
        &|role| {
            let closed = !role.facts.reach.is_open();
            (role.facts.entry.is_none() && !closed).then(String::new)
        },
    ));
}

/// Facts that say themselves, or whose source says, that they are due by an earlier day than today.
fn overdue(facts: &RoleFacts, today: Date) -> Option<String> {
    let due = |day: Option<Date>| day.filter(|day| *day < today);
    let days = facts.bases().filter_map(|(_, b)| due(facts.review_by(b)));
    let days: Vec<Date> = days
        .chain(facts.sources.iter().filter_map(|s| due(s.review_by)))
        .collect();
    Some(format!("({}, since {})", days.len(), days.iter().min()?))
}

fn copies(facts: &RoleFacts) -> Option<String> {
    let mut owners: Vec<&str> = Vec::new();
    for source in &facts.sources {
        let owner = source.copied_from.as_deref();
        owners.extend(owner.filter(|owner| !owners.contains(owner)));
    }
    (!owners.is_empty()).then(|| format!("(facts of {})", owners.join(", ")))
}

/// Facts and sources that are old.
fn age(role: &Role, year: u16, all: &mut Vec<Lint>) {
    let facts = &role.facts;
    let is_old = |from: u16| year.saturating_sub(from) > OLD;
    let pay = facts.pay.iter().filter_map(|p| p.year).max();
    let demand = facts.demand.as_ref().and_then(|d| d.year);
    let old: Vec<String> = [("pay", pay), ("demand", demand)]
        .into_iter()
        .filter_map(|(key, from)| Some((key, from.filter(|from| is_old(*from))?)))
        .map(|(key, from)| format!("{key} ({from})"))
        .collect();
    if !old.is_empty() {
        all.push(Lint {
            note: true,
            found: format!(
                "role {}: older than {OLD} years: {}",
                role.id,
                old.join(", ")
            ),
            help: "look for a newer figure",
        });
    }
    let read = |s: &Source| s.year.into_iter().chain(s.checked.map(Date::year)).max();
    if facts.sources.iter().filter_map(read).all(is_old) {
        all.push(Lint {
            note: true,
            found: format!("role {} has no source of the last {OLD} years", role.id),
            help: "look for a newer one",
        });
    }
}

/// What should be mended.
fn mistaken(role: &Role, minimum: Option<&MinimumPay>, all: &mut Vec<Lint>) {
    let facts = &role.facts;
    let mut mend = |found: String, help| {
        all.push(Lint {
            note: false,
            found: format!("role {}: {found}", role.id),
            help,
        });
    };
    let backed = |s: &Source| {
        s.supports
            .iter()
            .any(|key| key == "maori_name" || key == "names")
    };
    if facts.maori_name.is_some() && !facts.sources.iter().any(backed) {
        mend(
            "a te reo Māori name that no source backs".to_owned(),
            "add `maori_name` to the `supports` of the source that gives it, or leave it out",
        );
    }
    let figure =
        |text: Option<&String>| text.is_some_and(|t| t.contains(|c: char| c.is_ascii_digit()));
    for (key, text, year) in facts
        .pay
        .iter()
        .map(|p| ("pay", p.text.as_ref(), p.year))
        .chain(
            facts
                .demand
                .iter()
                .map(|d| ("demand", d.text.as_ref(), d.year)),
        )
    {
        if year.is_none() && figure(text) {
            mend(
                format!("`{key}` states a figure without a year"),
                "add `year`, the year that the figure is of",
            );
        }
    }
    if let Some(found) = foreign(facts) {
        mend(
            format!("\"{found}\" is a level of schools elsewhere"),
            "name subjects and levels of the schools here, from a source here",
        );
    }
    if let Some(owner) = copied_entry(facts) {
        mend(
            format!("`entry.url` leads to a copy, not to {owner}"),
            "give the page of the body that owns the fact",
        );
    }
    for pay in &facts.pay {
        // a text that speaks of the minimum wage says what is to be said
        let said = pay
            .text
            .as_ref()
            .is_some_and(|text| text.contains("minimum wage"));
        let minimum = minimum.filter(|_| !said);
        if let Some((minimum, figure)) = minimum.and_then(|m| Some((m, below(pay, m)?))) {
            let old = pay.year.is_some_and(|year| year < minimum.year);
            all.push(Lint {
                note: old,
                found: format!(
                    "role {}: pay of {figure} ({}) is below the minimum wage of {}",
                    role.id,
                    pay.year
                        .map_or_else(|| "no year".to_owned(), |y| y.to_string()),
                    minimum.year
                ),
                help: "look for a newer figure, or say in `text` that it is below the minimum wage",
            });
        }
    }
}

/// The first figure below what the law allows.
fn below(pay: &Pay, minimum: &MinimumPay) -> Option<f64> {
    let least = match pay.per {
        PayPeriod::Hour => minimum.hour,
        PayPeriod::Year => minimum.hour * HOURS,
    };
    pay.figures().find(|figure| *figure < least)
}

/// Words that name a level of schools elsewhere, in subjects and ways in.
fn foreign(facts: &RoleFacts) -> Option<&'static str> {
    let entry = facts.entry.iter().flat_map(|e| {
        let texts = e.from_school.iter().chain(&e.text);
        texts.chain(&e.must).chain(&e.helpful)
    });
    let texts = facts.subjects.iter().map(|s| &s.name).chain(entry);
    texts
        .map(|text| {
            let words = text.to_lowercase();
            let words = words.split(|c: char| !(c.is_alphanumeric() || c == '-'));
            format!(" {} ", words.collect::<Vec<_>>().join(" "))
        })
        .find_map(|text| {
            ELSEWHERE.into_iter().find(|level| {
                text.contains(&format!(" {level} ")) || text.contains(&format!(" {level}s "))
            })
        })
}

/// Whose fact it is, where the address of how to get in is that of a copy.
fn copied_entry(facts: &RoleFacts) -> Option<&str> {
    let url = facts.entry.as_ref()?.url.as_deref()?;
    let copy = facts
        .sources
        .iter()
        .find(|s| s.url == url && s.copied_from.is_some())?;
    copy.copied_from.as_deref()
}
