//! Validity of ratings: areas under the curve and shares, held to another computation and to counting.

use crate::psychometrics::estimate::Auc;
use crate::psychometrics::validity::{RatedRole, Validity};
use crate::tests::help::root;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn reference(name: &str) -> Vec<Vec<String>> {
    let path = root().join("tests/reference/ratings").join(name);
    let text = std::fs::read_to_string(path).expect("it is there");
    text.lines()
        .map(|line| line.split(',').map(str::to_owned).collect())
        .collect()
}

/// The ratings of the reference, by person.
fn people() -> Vec<Vec<RatedRole>> {
    let mut people: BTreeMap<String, Vec<RatedRole>> = BTreeMap::new();
    for row in reference("ratings.csv").into_iter().skip(1) {
        let rated = RatedRole {
            z: row[1].parse().expect("a match"),
            up: row[2] == "1",
            in_band: row[3] == "1",
            at: 0,
            over: Vec::new(),
        };
        people.entry(row[0].clone()).or_default().push(rated);
    }
    people.into_values().collect()
}

fn close(expected: &[String], auc: Option<Auc>) {
    let auc = auc.expect("it can be computed");
    let (low, high) = auc.interval.expect("an interval");
    for (expected, found) in expected.iter().skip(1).zip([auc.value, low, high]) {
        let expected: f64 = expected.parse().expect("a figure");
        assert!((expected - found).abs() < 1e-9, "{expected} {found}");
    }
}

#[test]
fn figures_agree_with_an_independent_computation() {
    let people = people();
    let found = Validity::new(&people);
    let mut seen = 0;
    for row in reference("expected.csv") {
        seen += 1;
        match row[0].as_str() {
            "auc" => close(&row, found.auc),
            "within" => close(&row, found.within.auc),
            "delong" => {
                let alone: Vec<Vec<RatedRole>> =
                    people.iter().flatten().map(|r| vec![r.clone()]).collect();
                close(&row, Validity::new(&alone).auc);
            }
            "band" | "outside" => {
                let side = if row[0] == "band" {
                    found.in_band
                } else {
                    found.outside
                };
                let share = side.share.expect("ratings");
                let interval = Some((share.low, share.high));
                close(
                    &row,
                    Some(Auc {
                        value: share.value,
                        interval,
                    }),
                );
            }
            "people" => {
                let counted = [found.people.to_string(), found.within.people.to_string()];
                assert_eq!(counted, row[1..]);
            }
            tenth => {
                let n: usize = tenth
                    .trim_start_matches("tenth ")
                    .parse()
                    .expect("a number");
                let liked = found.tenths[n].liked;
                assert_eq!(
                    [liked.ratings.to_string(), liked.up.to_string()],
                    row[1..],
                    "{tenth}"
                );
            }
        }
    }
    assert_eq!(seen, 16);
}

fn rated() -> impl Strategy<Value = Vec<Vec<RatedRole>>> {
    let one = (-20..20_i8, any::<bool>(), any::<bool>()).prop_map(|(z, up, in_band)| RatedRole {
        z: f64::from(z) / 8.0,
        up,
        in_band,
        at: 0,
        over: Vec::new(),
    });
    proptest::collection::vec(proptest::collection::vec(one, 0..6), 0..8)
}

proptest! {
    #[test]
    fn an_area_is_a_count_of_pairs_and_its_interval_holds_it(people in rated()) {
        let found = Validity::new(&people);
        let all: Vec<RatedRole> = people.iter().flatten().cloned().collect();
        let (mut pairs, mut won) = (0.0, 0.0);
        for a in all.iter().filter(|r| r.up) {
            for b in all.iter().filter(|r| !r.up) {
                pairs += 1.0;
                won += if a.z > b.z { 1.0 } else if a.z < b.z { 0.0 } else { 0.5 };
            }
        }
        prop_assert_eq!(found.auc.is_some(), pairs > 0.0);
        for auc in [found.auc, found.within.auc].into_iter().flatten() {
            prop_assert!((0.0..=1.0).contains(&auc.value));
            if let Some((low, high)) = auc.interval {
                prop_assert!(0.0 <= low && low <= auc.value && auc.value <= high && high <= 1.0);
            }
        }
        if let Some(auc) = found.auc {
            prop_assert!((auc.value - won / pairs).abs() < 1e-12);
        }
        let ratings: u64 = found.tenths.iter().map(|t| t.liked.ratings).sum();
        prop_assert_eq!(ratings, all.len() as u64);
        // turning every thumb round turns the area round
        let turned: Vec<Vec<RatedRole>> = people
            .iter()
            .map(|rated| rated.iter().map(|r| RatedRole { up: !r.up, ..r.clone() }).collect())
            .collect();
        if let (Some(a), Some(b)) = (found.auc, Validity::new(&turned).auc) {
            prop_assert!((a.value + b.value - 1.0).abs() < 1e-12);
        }
    }
}
