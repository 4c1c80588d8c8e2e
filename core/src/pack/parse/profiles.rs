//! Reads `profiles/`: one file a role, its stem the role's id.

use crate::pack::model::{AnswerFormat, Pack, QuestionIx, Role, TraitKind};
use crate::pack::parse::diagnostics::{Diagnostics, SourceFile};
use crate::pack::parse::fields::{Fields, IdEntry, parse};
use crate::pack::parse::role_facts::{facts, unknown};
use crate::pack::parse::values::is_id;
use std::path::Path;

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
    let deviations = deviations(&fields, pack, known);
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
        deviations,
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
/// At most this many characters say what a level rests on.
pub(crate) const LONGEST_BASIS: usize = 300;

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
        // what a level rests on is for readers of the profile
        let _ = entry.text("basis", LONGEST_BASIS);
        let _ = entry.number("was", 0.0..=10.0);
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

/// Most level points by which a question may deviate from its trait, either way.
pub(crate) const MOST_DEVIATION: f64 = 10.0;

/// Deviations of single questions, by id; a deviation of 0 is none.
fn deviations(fields: &Fields<'_>, pack: &Pack, known: bool) -> Vec<(QuestionIx, f64)> {
    let Some(table) = fields.table("deviations") else {
        return Vec::new();
    };
    let mut deviations = Vec::new();
    for ((id, span), entry) in table.entries() {
        let Some(q) = pack.question(id) else {
            if known {
                let questions = pack.questions.iter();
                let ids: Vec<String> = questions.map(|question| question.id.clone()).collect();
                unknown(&table, &span, "no question has this id", id, &ids);
            }
            continue;
        };
        if let Some((what, help)) = no_deviation(pack, q) {
            table.mistake(&span, what, "found here", help);
            continue;
        }
        let points = entry.number.filter(|points| points.abs() <= MOST_DEVIATION);
        match points {
            // the zero of either sign
            Some(0.0) => {}
            Some(points) => deviations.push((q, points)),
            None => table.mistake(
                &entry.span,
                "not a deviation",
                "found here",
                &format!(
                    "a number of points from -10 to 10, added to the level of the question's trait: `{id} = 1.5`"
                ),
            ),
        }
    }
    deviations.sort_by(|a, b| pack.questions[a.0].id.cmp(&pack.questions[b.0].id));
    deviations
}

/// Why roles cannot deviate on a question, and what would be right.
fn no_deviation(pack: &Pack, q: QuestionIx) -> Option<(&'static str, &'static str)> {
    let question = &pack.questions[q];
    match question.format() {
        AnswerFormat::Condition => Some((
            "a condition question has no level that a role could deviate from",
            "state the role's exposure to it in [conditions]; deviations are of rating questions",
        )),
        AnswerFormat::Choice => Some((
            "a question with one right option has no deviation",
            "take it out: deviations are of rating questions",
        )),
        AnswerFormat::Rating => {
            let aptitude =
                |k: usize| (pack.traits.get(k)).is_some_and(|t| t.kind == TraitKind::Aptitude);
            question.trait_ix().is_some_and(aptitude).then_some((
                "a question of an aptitude has no deviation",
                "take it out: deviations are of questions of interests and preferences",
            ))
        }
    }
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
