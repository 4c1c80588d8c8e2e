//! Blocks of people: an outcome is independent of the rest of the block, and equals that of the naive
//! reference.

use crate::pack::model::Pack;
use crate::scoring::answers::Answers;
use crate::scoring::assessment::{Assessor, Outcome, State, assess};
use crate::scoring::comparison::Comparison;
use crate::simulation::respondents::SeededRng;
use crate::tests::help::small;
use crate::tests::{generators, naive_reference};
use proptest::prelude::*;

const BLOCK: usize = 16;

fn people(pack: &Pack, seed: u64) -> Vec<Answers> {
    let mut chance = SeededRng::new(seed);
    (0..BLOCK)
        .map(|_| generators::person(pack, &mut chance))
        .collect()
}

/// To the last bit, the sign of a zero too.
fn bits(outcome: &Outcome) -> String {
    format!("{outcome:?}")
}

/// Whether everyone of two blocks, the second in the other order, comes out as alone.
fn as_alone(comparison: &Comparison<'_>, people: &[Answers]) -> Result<(), TestCaseError> {
    let mut block = Assessor::<BLOCK>::new(comparison);
    let mut one = Assessor::<1>::new(comparison);
    for turned in [false, true] {
        let place = |lane: usize| if turned { BLOCK - 1 - lane } else { lane };
        for (lane, answers) in people.iter().enumerate() {
            block.put(place(lane), answers);
        }
        block.assess();
        for (lane, answers) in people.iter().enumerate() {
            let beside = bits(block.look(place(lane)));
            prop_assert_eq!(
                &beside,
                &bits(&assess(comparison, answers)),
                "person {}",
                lane
            );
            prop_assert_eq!(&beside, &bits(one.person(answers)), "person {} again", lane);
        }
    }
    Ok(())
}

/// Whether an outcome is what the formulae say.
fn as_stated(comparison: &Comparison<'_>, answers: &Answers) -> Result<(), TestCaseError> {
    let found = assess(comparison, answers);
    let plain = naive_reference::assess(
        comparison.pack,
        &comparison.candidates,
        comparison.aptitude_weight,
        answers,
    );
    let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
    for (k, score) in found.scores.iter().enumerate() {
        prop_assert!(near(score.estimate, plain.estimates[k]), "estimate {}", k);
        prop_assert!(
            near(score.reliability, plain.reliabilities[k]),
            "reliability {}",
            k
        );
    }
    for (at, fit) in found.fits.iter().enumerate() {
        prop_assert_eq!(fit.is_some(), plain.fits[at].is_some());
        if let (Some(fit), Some((z, se))) = (fit, plain.fits[at]) {
            // a root magnifies rounding next to 0
            prop_assert!(near(fit.z, z) && (fit.se() - se).abs() < 1e-6, "fit {}", at);
        }
    }
    let flags: Vec<&str> = found.flags.iter().map(|flag| flag.word()).collect();
    prop_assert_eq!(flags, &plain.flags[..]);
    if found.state == State::Insufficient {
        prop_assert_eq!(naive_reference::state(&plain, 0, 1), State::Insufficient);
        prop_assert_eq!(&found.ranking, &crate::scoring::ranking::Ranking::default());
        return Ok(());
    }
    prop_assert_eq!(&found.ranking.ranks, &plain.ranks);
    let mut order: Vec<usize> = (0..found.fits.len()).collect();
    order.sort_by_key(|&at| {
        (
            plain.ranks[at].unwrap_or(usize::MAX),
            &comparison.role(at).name,
        )
    });
    prop_assert_eq!(&found.ranking.order, &order);
    for (at, inside) in plain.inside.iter().enumerate() {
        let tied = plain.ranks[at] == Some(1);
        let told = found.ranking.band.contains(&at);
        match inside {
            // on the bound itself rounding decides
            Some(by) if !tied && by.abs() < 1e-6 => {}
            Some(by) => prop_assert_eq!(told, tied || *by > 0.0, "role {} by {}", at, by),
            None => prop_assert!(!told),
        }
    }
    let (band, roles) = (found.ranking.band.len(), comparison.candidates.len());
    prop_assert_eq!(found.state, naive_reference::state(&plain, band, roles));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn outcomes_are_independent_of_the_rest_of_the_block(
        seed: u64,
        roles in prop_oneof![1_usize..12, 60_usize..90],
        weight in prop_oneof![Just(1.0), Just(0.0), 0.0..3.0],
    ) {
        for pack in [small(), generators::pack(seed, roles)] {
            for family in [None, Some("other"), Some("technician"), Some("nobody")] {
                as_alone(&Comparison::new(&pack, family, weight), &people(&pack, seed))?;
            }
        }
    }

    #[test]
    fn block_outcomes_equal_the_naive_reference(
        seed: u64,
        roles in prop_oneof![2_usize..12, 60_usize..90],
        weight in prop_oneof![Just(1.0), Just(0.0), 0.0..3.0],
    ) {
        for pack in [small(), generators::pack(seed, roles)] {
            for family in [None, Some("other")] {
                let comparison = Comparison::new(&pack, family, weight);
                if comparison.candidates.is_empty() {
                    continue;
                }
                for answers in people(&pack, seed) {
                    as_stated(&comparison, &answers)?;
                }
            }
        }
    }
}

/// Roles may share the first rank and have other profiles, where little was answered: each of them
/// lets roles into the band, wherever it stands in the pack and among the names.
#[test]
fn the_band_holds_roles_close_to_any_tied_first_role() {
    let mut shared = 0;
    for seed in 0..60 {
        let pack = generators::pack(seed, 24);
        let comparison = Comparison::new(&pack, None, 1.0);
        for answers in people(&pack, seed) {
            let outcome = assess(&comparison, &answers);
            let firsts: Vec<usize> = outcome.ranking.firsts().collect();
            shared += usize::from(
                firsts
                    .iter()
                    .any(|&at| comparison.keys[at] != comparison.keys[firsts[0]]),
            );
            as_stated(&comparison, &answers).expect("as the formulae say");
        }
    }
    assert!(
        shared > 10,
        "{shared} share the first rank with another profile"
    );
}
