//! Reads `profiles/`: one file a role, its stem the role's id.

use crate::pack::model::{DatedFact, Neighbour, Pack, Role, RoleFacts, RoleIx, Source};
use crate::pack::parse::diagnostics::{Diagnostics, SourceFile, nearest};
use crate::pack::parse::fields::{Fields, IdEntry, Located, parse};
use crate::pack::parse::values::is_id;
use std::ops::Range;
use std::path::Path;

/// Keys of a profile that a source may back.
const SUPPORTED: &[&str] = &[
    "name",
    "maori_name",
    "also_known_as",
    "summary",
    "description",
    "typical_day",
    "setting",
    "entry",
    "study",
    "registration",
    "subjects",
    "pay",
    "demand",
    "limits",
    "neighbours",
];

/// Longest text of a fact, in characters.
const LONG: usize = 1500;

/// The id that a profile's file gives its role.
pub(crate) fn id_of(file: &SourceFile) -> String {
    Path::new(&file.path)
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Reads one profile; `ids` are the ids of all roles, by position. What refers to traits or
/// conditions is checked only where these are `known`: one mistake should not be told twice.
pub(crate) fn profile(
    file: &SourceFile,
    pack: &Pack,
    ids: &[String],
    known: bool,
    log: &Diagnostics,
) -> Option<Role> {
    let id = id_of(file);
    if !is_id(&id) {
        log.add(
            file,
            None,
            "the file's name is no id",
            "",
            "name it in small letters, digits and hyphens: `ct-technologist.toml`",
        );
    }
    let document = parse(file, log);
    let fields = Fields::of(file, &document, log);
    let name = fields.required("name", 80);
    let family = fields.id("family");
    let facts = facts(&fields, ids);
    let levels = traits(&fields, pack, known);
    let exposures = exposures(&fields, pack, known);
    fields.finish();
    let ProfileColumns {
        levels,
        weights,
        spreads,
    } = levels?;
    Some(Role {
        id,
        name: name?.0,
        family: family?.0,
        facts,
        levels,
        weights,
        spreads,
        exposures,
    })
}

/// What a profile says of the pack's traits.
struct ProfileColumns {
    levels: Vec<f64>,
    weights: Vec<f64>,
    spreads: Vec<f64>,
}

/// How far a level that rests on judgement may be off, in points, where a profile does not say.
const USUAL_SPREAD: f64 = 1.0;

fn plain(texts: Vec<Located<String>>) -> Vec<String> {
    texts.into_iter().map(|t| t.0).collect()
}

fn facts(fields: &Fields<'_>, ids: &[String]) -> RoleFacts {
    let text = |key| fields.text(key, LONG).map(|t| t.0);
    let typical_day = plain(fields.texts("typical_day", 300));
    if typical_day.is_empty() && !fields.has("typical_day") {
        fields.missing("typical_day", "a list of things done on most days");
    }
    RoleFacts {
        summary: fields
            .required("summary", 120)
            .map(|t| t.0)
            .unwrap_or_default(),
        description: fields
            .required("description", LONG)
            .map(|t| t.0)
            .unwrap_or_default(),
        typical_day,
        also_known_as: plain(fields.texts("also_known_as", 120)),
        maori_name: text("maori_name"),
        setting: text("setting"),
        entry: text("entry"),
        study: text("study"),
        registration: text("registration"),
        subjects: plain(fields.texts("subjects", 120)),
        pay: dated(fields, "pay"),
        demand: dated(fields, "demand"),
        limits: plain(fields.texts("limits", 500)),
        neighbours: neighbours(fields, ids),
        sources: sources(fields),
    }
}

fn dated(fields: &Fields<'_>, key: &'static str) -> Option<DatedFact> {
    let table = fields.table(key)?;
    let text = table.required("text", LONG);
    let year = table.whole("year", 1900..=2100).map(|y| y.0);
    table.finish();
    Some(DatedFact {
        text: text?.0,
        year,
    })
}

fn neighbours(fields: &Fields<'_>, ids: &[String]) -> Vec<Neighbour> {
    let mut all = Vec::new();
    for table in fields.tables("neighbours") {
        let role = table.id("role");
        let difference = table.required("difference", 600);
        if let Some((id, span)) = role {
            let found: Option<RoleIx> = ids.iter().position(|other| *other == id);
            if found.is_none() {
                unknown(&table, &span, "no role has this id", &id, ids);
            }
            if let (Some(role), Some(difference)) = (found, difference) {
                all.push(Neighbour {
                    role,
                    difference: difference.0,
                });
            }
        }
        table.finish();
    }
    all
}

fn sources(fields: &Fields<'_>) -> Vec<Source> {
    let tables = fields.tables("sources");
    if tables.is_empty() {
        fields.missing("sources", "a list of { title, url, year }");
    }
    let mut all = Vec::new();
    for table in tables {
        let title = table.required("title", 200);
        let url = table.required("url", 600);
        let year = table.whole("year", 1900..=2100).map(|y| y.0);
        let mut supports = Vec::new();
        for (key, span) in table.texts("supports", 40) {
            if !SUPPORTED.contains(&key.as_str()) {
                let help = format!("one of {}", SUPPORTED.join(", "));
                table.mistake(&span, "a source cannot back this key", "found here", &help);
            }
            supports.push(key);
        }
        if let Some((address, span)) = &url
            && !(address.starts_with("https://") || address.starts_with("http://"))
        {
            table.mistake(
                span,
                "not a web address",
                "found here",
                "start with https://",
            );
        }
        table.finish();
        if let (Some(title), Some(url)) = (title, url) {
            all.push(Source {
                title: title.0,
                url: url.0,
                year,
                supports,
            });
        }
    }
    all
}

fn unknown(fields: &Fields<'_>, span: &Range<usize>, title: &str, word: &str, ids: &[String]) {
    let help = nearest(word, ids.iter().map(String::as_str)).map_or_else(
        || format!("known: {}", ids.join(", ")),
        |near| format!("did you mean `{near}`?"),
    );
    fields.mistake(span, title, "found here", &help);
}

fn traits(fields: &Fields<'_>, pack: &Pack, known: bool) -> Option<ProfileColumns> {
    let ids: Vec<String> = pack.traits.iter().map(|t| t.id.clone()).collect();
    let Some(table) = fields.table("traits") else {
        if !fields.has("traits") {
            fields.missing(
                "traits",
                "a table with the level of every trait: [traits.ID]",
            );
        }
        return None;
    };
    let mut levels = vec![None; ids.len()];
    let mut weights = vec![1.0; ids.len()];
    let mut spreads = vec![USUAL_SPREAD; ids.len()];
    for ((id, span), entry) in table.entries() {
        let Some(k) = ids.iter().position(|known| known == id) else {
            if known {
                unknown(&table, &span, "no trait has this id", id, &ids);
            }
            continue;
        };
        let IdEntry {
            fields: Some(entry),
            ..
        } = entry
        else {
            table.mistake(
                &entry.span,
                "a trait's entry is a table",
                "found here",
                &format!("write `{id} = {{ level = 5 }}`"),
            );
            continue;
        };
        if !entry.has("level") {
            entry.missing("level", "a number from 0 to 10");
        }
        // a level that is wrong is noted already: it is not missing as well
        levels[k] = Some(entry.number("level", 0.0..=10.0).map_or(0.0, |l| l.0));
        weights[k] = entry.number("weight", 0.0..=1000.0).map_or(1.0, |w| w.0);
        spreads[k] = (entry.number("spread", 0.0..=10.0)).map_or(USUAL_SPREAD, |s| s.0);
        entry.finish();
    }
    let missing: Vec<&str> = ids
        .iter()
        .zip(&levels)
        .filter(|(_, level)| level.is_none())
        .map(|(id, _)| id.as_str())
        .collect();
    if known && !missing.is_empty() {
        table.mistake(
            &table.span,
            "traits without a level",
            &format!("missing: {}", missing.join(", ")),
            "a profile gives every trait a level: `ID = { level = 5 }`",
        );
    }
    Some(ProfileColumns {
        levels: levels.into_iter().map(|l| l.unwrap_or(0.0)).collect(),
        weights,
        spreads,
    })
}

fn exposures(fields: &Fields<'_>, pack: &Pack, known: bool) -> Vec<u8> {
    let ids: Vec<String> = pack
        .conditions
        .iter()
        .map(|&q| pack.questions[q].id.clone())
        .collect();
    let mut exposures = vec![0; ids.len()];
    let Some(table) = fields.table("conditions") else {
        if known && !ids.is_empty() && !fields.has("conditions") {
            fields.missing("conditions", "a table of exposures: [conditions]");
        }
        return exposures;
    };
    for ((id, span), entry) in table.entries() {
        let Some(c) = ids.iter().position(|known| known == id) else {
            if known {
                unknown(&table, &span, "no condition question has this id", id, &ids);
            }
            continue;
        };
        let exposure = entry
            .number
            .and_then(|n| (0..=3_u8).find(|e| (f64::from(*e) - n).abs() < f64::EPSILON));
        match exposure {
            Some(exposure) => exposures[c] = exposure,
            None => table.mistake(
                &entry.span,
                "not an exposure",
                "found here",
                "0 none, 1 seldom, 2 regular, 3 constant",
            ),
        }
    }
    exposures
}
