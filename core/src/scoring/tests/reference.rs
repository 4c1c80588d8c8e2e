//! Figures that records do not show, against the independent computation (`tests/reference/`).

use super::{pack, parsed, project, source_files};
use crate::pack::model::Pack;
use crate::results::sensitivity::smallest;
use crate::scoring::answers::Answers;
use crate::scoring::assessment::{Outcome, State};
use crate::scoring::comparison::Comparison;
use crate::scoring::contributions::{
    answer_contributions, contributions, elevation, own_estimates,
};
use crate::scoring::difference::level_error;
use crate::scoring::difference::probability_better;
use crate::scoring::kernel::assessor::assess;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

fn lines(name: &str) -> Vec<Value> {
    let path = project().join("tests/reference").join(name);
    let text = std::fs::read_to_string(path).expect("a file of the reference");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

fn sheet(pack: &Pack, person: &Value) -> Answers {
    let mut sheet = Answers::none(pack);
    for (id, answer) in person["answers"].as_object().expect("answers") {
        let text = match answer {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            number => number.to_string(),
        };
        sheet.write(pack, id, &text).expect("an answer");
    }
    sheet
}

fn close(expected: &Value, actual: f64, within: f64) {
    let expected = expected.as_f64().expect("a number");
    assert!((expected - actual).abs() <= within, "{expected} {actual}");
}

/// Every figure of a table, and no other.
fn same(expected: &Value, actual: &BTreeMap<&str, f64>) {
    let expected: &Map<String, Value> = expected.as_object().expect("a table");
    let keys: Vec<&str> = expected.keys().map(String::as_str).collect();
    let mut known: Vec<&str> = actual.keys().copied().collect();
    known.sort_unstable_by_key(|id| keys.iter().position(|key| key == id));
    assert_eq!(keys, known);
    for (id, value) in expected {
        close(value, actual[id.as_str()], 1e-9);
    }
}

/// One person as both computations see them.
struct Both<'a> {
    comparison: &'a Comparison<'a>,
    sheet: &'a Answers,
    outcome: &'a Outcome,
}

impl Both<'_> {
    fn place(&self, role: &Value) -> usize {
        let ids = 0..self.comparison.candidates.len();
        let mut found = ids.filter(|&at| role == self.comparison.role(at).id.as_str());
        found.next().expect("a role in play")
    }

    fn traits(&self, expected: &Value, at: usize) {
        let Some(fit) = &self.outcome.fits[at] else {
            assert!(expected.is_null());
            return;
        };
        let parts = contributions(self.comparison, self.outcome, at, fit);
        let ids = self.comparison.pack.traits.iter().map(|t| t.id.as_str());
        same(expected, &ids.zip(parts).collect());
    }

    fn answers(&self, expected: &Value, at: usize) {
        let Some(fit) = &self.outcome.fits[at] else {
            assert!(expected.is_null());
            return;
        };
        let comparison = self.comparison;
        let parts = answer_contributions(comparison, self.sheet, self.outcome, at, fit);
        let id = |q: usize| comparison.pack.questions[q].id.as_str();
        same(
            expected,
            &parts.iter().map(|&(q, part)| (id(q), part)).collect(),
        );
    }

    fn change(&self, expected: &Value) {
        let (comparison, outcome) = (self.comparison, self.outcome);
        let found = (outcome.state != State::Insufficient)
            .then(|| smallest(comparison, &outcome.scores, &outcome.fits, &outcome.ranking))
            .flatten();
        let Some(change) = found else {
            assert!(expected.is_null(), "{expected}");
            return;
        };
        assert_eq!(
            expected["trait"],
            comparison.pack.traits[change.of].id.as_str()
        );
        assert_eq!(expected["role"], comparison.role(change.role).id.as_str());
        close(&expected["from"], change.from, 1e-9);
        close(&expected["to"], change.to, 1e-7);
    }

    fn explained(&self, expected: &Value) {
        let (comparison, scores) = (self.comparison, &self.outcome.scores);
        close(&expected["elevation"], elevation(comparison, scores), 1e-9);
        let fits = &self.outcome.fits;
        let own = own_estimates(comparison, scores);
        for role in expected["roles"].as_array().expect("roles") {
            let at = self.place(&role["role"]);
            match &fits[at] {
                Some(fit) => {
                    let error = level_error(comparison, &own, at, fit);
                    close(&role["level_error"], error, 1e-9);
                }
                None => assert!(role["level_error"].is_null()),
            }
            self.traits(&role["traits"], at);
            self.answers(&role["answers"], at);
        }
        for odds in expected["odds"].as_array().expect("odds") {
            let (a, b) = (self.place(&odds["role"]), self.place(&odds["over"]));
            let fit = |at: usize| (at, fits[at].as_ref().expect("a match"));
            let better = probability_better(comparison, self.outcome, fit(a), fit(b));
            close(&odds["probability"], better, 1e-7);
        }
        self.change(&expected["change"]);
    }
}

/// Compares the people of a file, and gives their number.
fn compare(name: &str, comparison: &Comparison<'_>, of: impl Fn(&Both<'_>, &Value)) -> usize {
    let people = lines("answers.ndjson");
    let expected = lines(name);
    for line in &expected {
        let person = people.iter().find(|person| person["id"] == line["id"]);
        let sheet = sheet(comparison.pack, person.expect("the same people"));
        let outcome = assess(comparison, &sheet);
        let both = Both {
            comparison,
            sheet: &sheet,
            outcome: &outcome,
        };
        of(&both, line);
    }
    expected.len()
}

/// The band and the wide band, contributions of every role, of the first role's answers, and what would change the result.
fn reasons(both: &Both<'_>, line: &Value) {
    let ranking = &both.outcome.ranking;
    for (field, band) in [("band", &ranking.band), ("band_wide", &ranking.band_wide)] {
        let roles = line[field].as_array().expect("a list").iter();
        let expected: Vec<usize> = roles.map(|role| both.place(role)).collect();
        assert_eq!(&expected, band, "{field} of {}", line["id"]);
    }
    for role in line["roles"].as_array().expect("roles") {
        if let Some(fit) = &both.outcome.fits[both.place(&role["role"])] {
            close(&role["z"], fit.z, 1e-9);
            close(&role["se"], fit.se(), 1e-9);
        }
        both.traits(&role["contributions"], both.place(&role["role"]));
    }
    for (role, parts) in line["answer_contributions"].as_object().expect("a table") {
        both.answers(parts, both.place(&Value::from(role.as_str())));
    }
    both.change(&line["change"]);
}

#[test]
fn reasons_and_changes_agree_with_the_independent_computation() {
    let pack = pack("tests/packs/small");
    let all = Comparison::new(&pack, None, 1.0);
    assert!(compare("expected.ndjson", &all, reasons) > 50);
    let family = Comparison::new(&pack, Some("technician"), 0.5);
    assert!(compare("expected-family.ndjson", &family, reasons) > 50);
}

#[test]
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method itself is not general enough in its lifetime"
)]
fn own_levels_odds_and_errors_of_levels_agree_with_it_too() {
    let pack = pack("tests/packs/small");
    let all = Comparison::new(&pack, None, 1.0);
    assert!(
        compare("expected-explained.ndjson", &all, |both, record| both
            .explained(record))
            > 10
    );
}

#[test]
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method itself is not general enough in its lifetime"
)]
fn deviations_of_single_questions_agree_with_it_too() {
    let mut files = source_files("tests/packs/small");
    for other in source_files("tests/packs/deviating") {
        files.retain(|file| file.path != other.path);
        files.push(other);
    }
    let pack = parsed(&files);
    let all = Comparison::new(&pack, None, 1.0);
    assert!(all.deviations.is_some());
    assert!(compare("expected-deviations.ndjson", &all, reasons) > 50);
    let explained = "expected-deviations-explained.ndjson";
    assert!(compare(explained, &all, |both, record| both.explained(record)) > 10);
}
