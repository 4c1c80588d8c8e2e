//! Results of the program against those of an independent computation (`tests/reference/`).

use crate::help::{root, run, stdout};
use serde_json::Value;

fn records(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect()
}

/// Equal, or apart by no more than rounding to the printed decimals.
fn close(expected: &Value, actual: &Value, decimals: i32) -> bool {
    match (expected.as_f64(), actual.as_f64()) {
        (Some(e), Some(a)) => (e - a).abs() <= 0.5 * 10_f64.powi(-decimals) + 1e-9,
        _ => expected == actual,
    }
}

fn compare(expected: &str, arguments: &[&str]) {
    let folder = root().join("tests/reference");
    let mut all = vec!["score", "answers.ndjson", "--pack", "../packs/small"];
    all.extend(["-f", "ndjson", "--top", "all", "-q"]);
    all.extend(arguments);
    let output = run(&folder, &all, b"");
    let actual = records(&stdout(&output));
    let expected = std::fs::read_to_string(folder.join(expected)).expect("expected numbers");
    let expected = records(&expected);
    assert_eq!(actual.len(), expected.len());
    assert!(expected.len() > 50);
    for (e, a) in expected.iter().zip(&actual) {
        for field in ["id", "state", "flags", "band", "band_wide"] {
            assert_eq!(e[field], a[field], "{field} of {}", e["id"]);
        }
        let roles = (e["roles"].as_array(), a["roles"].as_array());
        let (Some(roles_e), Some(roles_a)) = roles else {
            panic!("roles of {}", e["id"]);
        };
        assert_eq!(roles_e.len(), roles_a.len(), "roles of {}", e["id"]);
        for (e, a) in roles_e.iter().zip(roles_a) {
            for field in ["role", "rank", "conflicts", "beyond"] {
                assert_eq!(e[field], a[field], "{field}");
            }
            for (field, decimals) in [("z", 4), ("se", 4), ("match", 2)] {
                assert!(close(&e[field], &a[field], decimals), "{field}: {e} {a}");
            }
        }
        for (field, value) in e["receipt"].as_object().expect("a receipt") {
            let here = &a["receipt"][field];
            let norms = value["people"] == here["people"] && value["name"] == here["name"];
            assert!(
                value == here || value.is_object() && norms,
                "{field}: {here}"
            );
        }
        for (id, e) in e["traits"].as_object().expect("traits") {
            let a = &a["traits"][id];
            for (field, decimals) in [("raw", 2), ("sem", 2), ("z", 4), ("reliability", 4)] {
                assert!(
                    close(&e[field], &a[field], decimals),
                    "{field} of {id}: {e} {a}"
                );
            }
        }
    }
}

#[test]
fn all_roles_agree_with_the_independent_computation() {
    compare("expected.ndjson", &[]);
}

#[test]
fn a_family_with_another_aptitude_weight_agrees_too() {
    compare(
        "expected-family.ndjson",
        &["--family", "technician", "--aptitude-weight", "0.5"],
    );
}

#[test]
fn measured_norms_agree_too() {
    compare("expected-norms.ndjson", &["--norms", "norms.toml"]);
}
