//! Facts about roles as JSON: what pages say of a role, for programs.

use crate::pack::model::{Pack, Role};
use crate::pack::role_facts::{
    Demand, Entry, Need, NextStep, Pay, PayPeriod, PayStage, Provider, Reach, Registration,
    RoleFacts, RoleIx, StepKind, Study, Subject, Trend,
};
use serde_json::{Map, Value, json};

/// The facts of some roles by their ids: reach, entry, subjects, study, providers, registration, pay, demand,
/// limits, ladder and next steps, each only where it is known.
pub(crate) fn facts<'p>(pack: &'p Pack, roles: impl Iterator<Item = &'p Role>) -> Value {
    let all = roles.map(|role| (role.id.clone(), of_role(pack, &role.facts)));
    Value::Object(all.collect())
}

fn of_role(pack: &Pack, facts: &RoleFacts) -> Value {
    let list = |all: Vec<Value>| (!all.is_empty()).then_some(Value::Array(all));
    let each = |all: &[String]| list(all.iter().map(|text| json!(text)).collect());
    let ladder = &facts.ladder;
    let ladder = (!ladder.before.is_empty() || !ladder.after.is_empty())
        .then(|| json!({ "before": ids(pack, &ladder.before), "after": ids(pack, &ladder.after) }));
    object([
        ("reach", Some(reach(pack, &facts.reach))),
        ("entry", facts.entry.as_ref().map(entry)),
        (
            "subjects",
            list(facts.subjects.iter().map(subject).collect()),
        ),
        ("study", facts.study.as_ref().map(study)),
        (
            "providers",
            list(facts.providers.iter().map(provider).collect()),
        ),
        (
            "registration",
            facts.registration.as_ref().map(registration),
        ),
        ("pay", list(facts.pay.iter().map(pay).collect())),
        ("demand", facts.demand.as_ref().map(demand)),
        ("limits", each(&facts.limits)),
        ("ladder", ladder),
        (
            "next_steps",
            list(facts.next_steps.iter().map(step).collect()),
        ),
    ])
}

/// An object of what is known.
fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    let known = fields.into_iter().filter_map(|(name, value)| {
        let value = value.filter(|value| !value.is_null())?;
        Some((name.to_owned(), value))
    });
    Value::Object(known.collect::<Map<_, _>>())
}

fn ids(pack: &Pack, roles: &[RoleIx]) -> Vec<String> {
    let id = |&role: &RoleIx| pack.roles[role].id.clone();
    roles.iter().map(id).collect()
}

/// The word that the pack writes for a value.
fn word<T: PartialEq>(words: &[(&'static str, T)], value: &T) -> Option<Value> {
    let found = words.iter().find(|(_, of)| of == value);
    found.map(|(word, _)| json!(word))
}

fn reach(pack: &Pack, reach: &Reach) -> Value {
    object([
        ("state", Some(json!(reach.state.word()))),
        ("role", reach.role.map(|role| json!(pack.roles[role].id))),
        ("text", Some(json!(reach.text))),
    ])
}

fn entry(entry: &Entry) -> Value {
    object([
        ("must", Some(json!(entry.must))),
        ("helpful", Some(json!(entry.helpful))),
        ("from_school", Some(json!(entry.from_school))),
        ("from_work", Some(json!(entry.from_work))),
        ("text", Some(json!(entry.text))),
        ("url", Some(json!(entry.url))),
    ])
}

fn subject(subject: &Subject) -> Value {
    let need = subject.need;
    object([
        ("name", Some(json!(subject.name))),
        ("level", Some(json!(subject.level))),
        ("need", need.and_then(|need| word(&Need::WORDS, &need))),
    ])
}

fn study(study: &Study) -> Value {
    object([
        ("name", Some(json!(study.name))),
        ("level", Some(json!(study.level))),
        ("years", Some(json!(study.years))),
        ("years_at_most", Some(json!(study.years_at_most))),
        ("text", Some(json!(study.text))),
    ])
}

fn provider(provider: &Provider) -> Value {
    object([
        ("name", Some(json!(provider.name))),
        ("town", Some(json!(provider.town))),
        ("programme", Some(json!(provider.programme))),
        ("fee", provider.fee.map(|(fee, _)| json!(fee))),
        ("fee_year", provider.fee.map(|(_, year)| json!(year))),
        ("intake", Some(json!(provider.intake))),
        ("url", Some(json!(provider.url))),
    ])
}

fn registration(registration: &Registration) -> Value {
    object([
        ("required", Some(json!(registration.required))),
        ("body", Some(json!(registration.body))),
        ("text", Some(json!(registration.text))),
        ("url", Some(json!(registration.url))),
    ])
}

fn pay(pay: &Pay) -> Value {
    let stage = pay.stage;
    object([
        (
            "stage",
            stage.and_then(|stage| word(&PayStage::WORDS, &stage)),
        ),
        ("low", Some(json!(pay.low))),
        ("usual", Some(json!(pay.usual))),
        ("high", Some(json!(pay.high))),
        (
            "per",
            word(&PayPeriod::WORDS, &pay.per).filter(|_| pay.figures().next().is_some()),
        ),
        ("employer", Some(json!(pay.employer))),
        ("year", Some(json!(pay.year))),
        ("text", Some(json!(pay.text))),
    ])
}

fn demand(demand: &Demand) -> Value {
    let trend = demand.trend;
    object([
        ("trend", trend.and_then(|trend| word(&Trend::WORDS, &trend))),
        ("figure", Some(json!(demand.figure))),
        ("year", Some(json!(demand.year))),
        ("text", Some(json!(demand.text))),
    ])
}

fn step(step: &NextStep) -> Value {
    object([
        ("do", Some(json!(step.what))),
        ("kind", word(&StepKind::WORDS, &step.kind)),
        ("url", Some(json!(step.url))),
    ])
}
