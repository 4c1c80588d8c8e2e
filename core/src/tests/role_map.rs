//! The map of the roles: its axes, what they explain, where people lie.

use crate::pack::model::Pack;
use crate::results::role_map::RoleMap;
use crate::scoring::comparison::Comparison;
use crate::scoring::contributions::own_estimates;
use crate::scoring::role_match::{centred_keys, fit};
use crate::scoring::trait_scores::{TraitScore, score};
use crate::simulation::respondents::{SeededRng, SimulatedPerson};
use crate::tests::generators;
use crate::tests::help::built_in;
use proptest::prelude::*;

/// Scores with all questions answered, whose estimates are these times the reliabilities.
fn scores(comparison: &Comparison<'_>, standings: &[f64]) -> Vec<TraitScore> {
    let traits = comparison.norms.iter().zip(&comparison.pack.traits);
    traits
        .zip(standings)
        .map(|((norm, t), standing)| {
            let questions = &comparison.pack.questions;
            let weight = t.items.iter().map(|&q| questions[q].weight).sum();
            let reliability = norm.reliability_of(weight);
            TraitScore {
                earned: 0.0,
                weight,
                estimate: reliability * standing,
                reliability,
            }
        })
        .collect()
}

fn close(a: f64, b: f64, bound: f64) -> bool {
    (a - b).abs() < bound
}

#[test]
fn the_explained_share_is_that_of_a_power_iteration() {
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let map = RoleMap::of(&comparison).expect("a map");
    let whole = scores(&comparison, &vec![0.0; pack.traits.len()]);
    let mut rows = centred_keys(&comparison, &whole);
    for row in &mut rows {
        let weighed = row.iter_mut().zip(&whole);
        weighed.for_each(|(c, s)| *c *= s.reliability.sqrt());
        let length = row.iter().map(|c| c * c).sum::<f64>().sqrt();
        for c in row {
            *c /= length;
        }
    }
    // the rows have length 1, so the total of squares is their number
    let total: f64 = rows.iter().flatten().map(|w| w * w).sum();
    let roles = f64::from(u32::try_from(rows.len()).expect("a few"));
    assert!(close(total, roles, 1e-9));
    let mut explained = 0.0;
    for axis in map.axes() {
        let mut v: Vec<f64> = (1_u8..).map(f64::from).take(pack.traits.len()).collect();
        let mut value = 0.0;
        for _ in 0..3000 {
            let mut next = vec![0.0; v.len()];
            for row in &rows {
                let along: f64 = row.iter().zip(&v).map(|(a, b)| a * b).sum();
                next.iter_mut().zip(row).for_each(|(n, a)| *n += along * a);
            }
            value = next.iter().map(|x| x * x).sum::<f64>().sqrt();
            v = next.into_iter().map(|x| x / value).collect();
        }
        let cosine: f64 = v.iter().zip(&axis.loadings).map(|(a, b)| a * b).sum();
        assert!(close(cosine.abs(), 1.0, 1e-9), "{cosine}");
        explained += value / total;
        for row in &mut rows {
            let along: f64 = row.iter().zip(&v).map(|(a, b)| a * b).sum();
            row.iter_mut().zip(&v).for_each(|(a, b)| *a -= along * b);
        }
    }
    assert!(close(explained, map.explained(), 1e-9), "{explained}");
    assert!((0.25..0.6).contains(&explained), "{explained}");
}

#[test]
fn scores_that_are_a_role_s_key_lie_on_the_role() {
    let pack = built_in();
    for (family, weight) in [(None, 1.0), (Some("imaging"), 1.0), (None, 2.0)] {
        let comparison = Comparison::new(&pack, family, weight);
        let map = RoleMap::of(&comparison).expect("a map");
        let whole = scores(&comparison, &vec![0.0; pack.traits.len()]);
        for (at, key) in centred_keys(&comparison, &whole).iter().enumerate() {
            for times in [1.0, 3.0] {
                // their own level moves nobody
                let standing = |(k, c): (usize, &f64)| {
                    c * times + if comparison.centred[k] { 0.7 } else { 0.0 }
                };
                let standings: Vec<f64> = key.iter().enumerate().map(standing).collect();
                let person = map.person(&scores(&comparison, &standings));
                let person = person.expect("all is answered");
                for axis in 0..2 {
                    assert!(close(person.at[axis], map.points()[at][axis], 1e-9));
                }
            }
        }
    }
}

#[test]
fn the_product_of_both_places_is_what_the_map_shows_of_a_match() {
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let map = RoleMap::of(&comparison).expect("a map");
    let whole = scores(&comparison, &vec![0.0; pack.traits.len()]);
    let mut random = SeededRng::new(5);
    let (mut apart, mut total) = (0.0, 0.0);
    for _ in 0..50 {
        let person = SimulatedPerson::mixed(&comparison, &mut random);
        let answers = person.answers(&comparison, 0.0, &mut random);
        let scores = score(&comparison, &answers);
        let at = map.person(&scores).expect("all is answered").at;
        let own = own_estimates(&comparison, &scores);
        let y = own
            .iter()
            .zip(&whole)
            .map(|(own, s)| own / s.reliability.sqrt());
        let length = y.map(|y| y * y).sum::<f64>().sqrt();
        for (point, fit) in map.points().iter().zip(fit(&comparison, &scores)) {
            let z = fit.expect("a match").z();
            let shown = length * (point[0] * at[0] + point[1] * at[1]);
            apart += (z - shown) * (z - shown);
            total += z * z;
        }
    }
    // what is left out is about what the axes do not explain
    let left_out = apart / total;
    assert!(close(left_out, 1.0 - map.explained(), 0.1), "{left_out}");
}

#[test]
fn the_ellipse_holds_the_true_place_about_two_times_in_three() {
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let map = RoleMap::of(&comparison).expect("a map");
    let mut random = SeededRng::new(11);
    for known in [1.0, 0.6] {
        let (people, mut held) = (2000, 0);
        for _ in 0..people {
            let truth: Vec<f64> = pack.traits.iter().map(|_| random.normal()).collect();
            // scores as the model has them, with less known of each where questions were left out
            let mut scores = scores(&comparison, &truth);
            let roots: Vec<f64> = scores.iter().map(|s| s.reliability.sqrt()).collect();
            for (score, z) in scores.iter_mut().zip(&truth) {
                let rho = score.reliability * known;
                score.reliability = rho;
                score.estimate = rho * z + (rho * (1.0 - rho)).sqrt() * random.normal();
            }
            let own = own_estimates(&comparison, &scores);
            let y = own.iter().zip(&roots).map(|(own, root)| own / root);
            let length = y.map(|y| y * y).sum::<f64>().sqrt();
            let person = map.person(&scores).expect("all is answered");
            let [x, y] = [0, 1].map(|axis| {
                let loadings = map.axes()[axis].loadings.iter();
                let along = loadings.zip(&truth).zip(&roots);
                along.map(|((v, z), root)| v * z / root).sum::<f64>() / length
            });
            held += u32::from(person.reaches([x, y]));
        }
        let share = f64::from(held) / f64::from(people);
        assert!(close(share, 0.68, 0.04), "{share}");
    }
}

#[test]
fn axes_have_a_fixed_sign_and_names_on_both_sides() {
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let map = RoleMap::of(&comparison).expect("a map");
    for axis in map.axes() {
        let largest = axis.loadings.iter().fold(0.0_f64, |a, b| a.max(b.abs()));
        let (high, low) = (axis.loadings[axis.high[0]], axis.loadings[axis.low[0]]);
        assert!(close(high, largest, 1e-9) && low < 0.0);
        assert!(axis.high.len() <= 3 && axis.low.len() <= 3);
    }
}

#[test]
fn the_order_of_roles_changes_no_place() {
    let pack = built_in();
    let mut turned: Pack = pack.clone();
    turned.roles.reverse();
    let (one, other) = (
        Comparison::new(&pack, None, 1.0),
        Comparison::new(&turned, None, 1.0),
    );
    let (one, other) = (RoleMap::of(&one), RoleMap::of(&other));
    let (one, other) = (one.expect("a map"), other.expect("a map"));
    assert!(close(one.explained(), other.explained(), 1e-12));
    for (a, b) in one.points().iter().zip(other.points().iter().rev()) {
        assert!(close(a[0], b[0], 1e-9) && close(a[1], b[1], 1e-9));
    }
}

#[test]
fn nobody_is_placed_by_nothing_and_a_flat_pattern_lies_in_the_middle() {
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let map = RoleMap::of(&comparison).expect("a map");
    let nothing = vec![TraitScore::NOTHING; pack.traits.len()];
    assert_eq!(map.person(&nothing), None);
    let flat = scores(&comparison, &vec![0.0; pack.traits.len()]);
    let flat = map.person(&flat).expect("all is answered");
    assert!(flat.at.iter().all(|place| close(*place, 0.0, 1e-12)));
    assert!(flat.half_axes[0] >= flat.half_axes[1] && flat.half_axes[1] > 0.0);
    let mut two: Pack = pack.clone();
    two.roles.truncate(2);
    assert!(RoleMap::of(&Comparison::new(&two, None, 1.0)).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn all_places_are_finite_and_within_one_of_the_middle(seed: u64, roles in 2_usize..12) {
        let pack = generators::pack(seed, roles);
        let comparison = Comparison::new(&pack, None, 1.0);
        if let Some(map) = RoleMap::of(&comparison) {
            prop_assert!((0.0..=1.0).contains(&map.explained()));
            let inside = |at: &[f64; 2]| at[0] * at[0] + at[1] * at[1] <= 1.0 + 1e-9;
            prop_assert!(map.points().iter().all(inside));
            let answers = generators::person(&pack, &mut SeededRng::new(seed));
            if let Some(person) = map.person(&score(&comparison, &answers)) {
                prop_assert!(inside(&person.at));
                let figures = person.half_axes.iter().chain(&person.along);
                prop_assert!(figures.copied().all(f64::is_finite));
            }
        }
    }
}
