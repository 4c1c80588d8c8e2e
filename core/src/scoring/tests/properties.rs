//! Promises of the formulae, held on simulated people.

use super::{deviating, pack, person, questions};
use crate::pack::model::{AnswerFormat, Pack, TraitKind};
use crate::scoring::answers::{Answers, DONT_KNOW, UNANSWERED};
use crate::scoring::assessment::{Outcome, State};
use crate::scoring::comparison::Comparison;
use crate::scoring::contributions::{
    answer_contributions, contributions, elevation, own_estimates,
};
use crate::scoring::difference::{probability_better, se_of_difference, wide_error};
use crate::scoring::kernel::assessor::{Assessor, assess};
use crate::scoring::question_part::Standing;
use crate::scoring::ranking::{BAND, rank};
use crate::scoring::response_quality::Flag;
use crate::scoring::role_match::{RoleMatch, centred_key, fit};
use crate::scoring::trait_scores::{TraitScore, passed_over, score};
use crate::simulation::respondents::SeededRng;

/// What is exact but for rounding is held to this.
const EXACT: f64 = 1e-9;

/// Comparisons of a pack: all roles and a family, aptitudes counted fully, by half and not at all.
fn comparisons<'p>(pack: &'p Pack, family: &str) -> Vec<Comparison<'p>> {
    [(None, 1.0), (Some(family), 0.5), (None, 0.0)]
        .map(|(family, weight)| Comparison::new(pack, family, weight))
        .into()
}

/// Runs a check on people of every comparison of two packs, without deviations of single questions and with some, with
/// fewer and fewer answers.
fn each(check: impl Fn(&Comparison<'_>, &Answers, &mut SeededRng)) {
    let mut chance = SeededRng::new(11);
    for (folder, family) in [("tests/packs/small", "technician"), (".", "imaging")] {
        let plain = pack(folder);
        for pack in [plain.clone(), deviating(plain, &mut chance)] {
            for comparison in comparisons(&pack, family) {
                for round in 0..40_u32 {
                    let blank = f64::from(round) / 41.0;
                    let sheet = person(&comparison, blank, 0.4, &mut chance);
                    check(&comparison, &sheet, &mut chance);
                }
            }
        }
    }
}

#[test]
fn liking_everything_more_changes_no_match_and_no_reason() {
    each(|comparison, sheet, chance| {
        let before = score(comparison, sheet);
        let shift = 6.0 * chance.uniform() - 3.0;
        let mut after = before.clone();
        for (score, centred) in after.iter_mut().zip(&comparison.centred) {
            if *centred {
                score.estimate += score.reliability * shift;
            }
        }
        // who likes everything more answers every question of a trait higher: beside its score none moves
        let own = questions(comparison, sheet, &before);
        let (was, is) = (
            Standing::new(&before, own.as_ref()),
            Standing::new(&after, own.as_ref()),
        );
        let (fits, moved) = (fit(comparison, was), fit(comparison, is));
        for (at, (fit, moved)) in fits.iter().zip(&moved).enumerate() {
            let (Some(fit), Some(moved)) = (fit, moved) else {
                assert_eq!(fit, moved);
                continue;
            };
            assert!((fit.z - moved.z).abs() < EXACT, "{} {}", fit.z, moved.z);
            let reasons = contributions(comparison, was, at, fit);
            for (a, b) in reasons.iter().zip(contributions(comparison, is, at, moved)) {
                assert!((a - b).abs() < EXACT);
            }
        }
        let answered = |k: usize| comparison.centred[k] && before[k].reliability > 0.0;
        if (0..before.len()).any(answered) {
            let rise = elevation(comparison, &after) - elevation(comparison, &before);
            assert!((rise - shift).abs() < EXACT);
        }
    });
}

#[test]
fn contributions_of_traits_and_of_answers_sum_to_the_match() {
    each(|comparison, sheet, _| {
        let scores = score(comparison, sheet);
        let own = questions(comparison, sheet, &scores);
        let person = Standing::new(&scores, own.as_ref());
        for (at, fit) in fit(comparison, person).iter().enumerate() {
            let Some(fit) = fit else { continue };
            let by_trait: f64 = contributions(comparison, person, at, fit).iter().sum();
            let by_answer = answer_contributions(comparison, sheet, person, at, fit);
            let by_answer: f64 = by_answer.iter().map(|(_, part)| part).sum();
            assert!((by_trait - fit.z).abs() < EXACT);
            assert!((by_answer - fit.z).abs() < EXACT);
        }
    });
}

#[test]
fn matches_and_bands_in_lanes_are_those_of_keys_that_are_centred_first() {
    each(|comparison, sheet, _| {
        let outcome = assess(comparison, sheet);
        let Outcome {
            scores,
            fits,
            ranking,
            ..
        } = &outcome;
        let own = questions(comparison, sheet, scores);
        assert_eq!(own.is_some(), comparison.deviations.is_some());
        let person = Standing::new(scores, own.as_ref());
        for (found, plain) in fits.iter().zip(fit(comparison, person)) {
            assert_eq!(found.is_some(), plain.is_some());
            if let (Some(found), Some(plain)) = (found, plain) {
                assert!((found.z - plain.z).abs() < EXACT);
                assert!((found.length - plain.length).abs() < EXACT);
                // of next to nothing answered the error is large
                let (found, plain) = (found.se(), plain.se());
                let near = EXACT * (1.0 + plain);
                assert!((found - plain).abs() < near, "{found} {plain}");
            }
        }
        // empty where too little was answered for a ranking
        let firsts: Vec<usize> = ranking.firsts().collect();
        for (b, fit_b) in fits.iter().enumerate() {
            let Some(fit_b) = fit_b else { continue };
            let inside = firsts.iter().any(|&a| {
                let fit_a = fits[a].as_ref().expect("a first role has a match");
                let se = se_of_difference(comparison, person, (a, fit_a), (b, fit_b));
                a == b || fit_a.z - fit_b.z <= BAND * se
            });
            assert_eq!(ranking.band.contains(&b), inside);
            let own = own_estimates(comparison, scores);
            let wide = firsts.iter().any(|&a| {
                let fit_a = fits[a].as_ref().expect("a first role has a match");
                let error = wide_error(comparison, (person, &own), (a, fit_a), (b, fit_b));
                a == b || fit_a.z - fit_b.z <= BAND * error
            });
            assert_eq!(ranking.band_wide.contains(&b), wide);
        }
    });
}

#[test]
fn one_person_alone_is_the_same_person_in_a_block() {
    for (folder, deviates) in [("tests/packs/small", false), (".", false), (".", true)] {
        let mut pack = pack(folder);
        let mut chance = SeededRng::new(3);
        if deviates {
            pack = deviating(pack, &mut chance);
        }
        let comparison = Comparison::new(&pack, None, 1.0);
        for round in 0..8_u32 {
            let blank = f64::from(round) / 8.0;
            let sheets: Vec<Answers> = (0..16)
                .map(|_| person(&comparison, blank, 0.4, &mut chance))
                .collect();
            let mut block = Assessor::<16>::new(&comparison);
            for (lane, sheet) in sheets.iter().enumerate() {
                block.put(lane, sheet);
            }
            block.assess();
            for (lane, sheet) in sheets.iter().enumerate() {
                let (alone, here) = (assess(&comparison, sheet), block.look(lane));
                assert_eq!(&alone, here);
                let bits = |fits: &[Option<RoleMatch>]| -> Vec<u64> {
                    let z = fits.iter().flatten().map(|fit| fit.z.to_bits());
                    z.collect()
                };
                assert_eq!(bits(&alone.fits), bits(&here.fits));
            }
        }
    }
}

#[test]
fn passing_a_trait_over_is_skipping_it() {
    let mut seen = 0;
    for folder in ["tests/packs/small", "."] {
        let pack = pack(folder);
        let comparison = Comparison::new(&pack, None, 1.0);
        let mut chance = SeededRng::new(4);
        for (k, t) in pack.traits.iter().enumerate() {
            if pack.format_of(k) != AnswerFormat::Choice {
                continue;
            }
            for most in [t.items.len(), t.items.len() / 2 + 1] {
                let sheet = person(&comparison, 0.1, 0.0, &mut chance);
                let (mut passed, mut skipped) = (sheet.clone(), sheet);
                for (n, &q) in t.items.iter().enumerate() {
                    passed
                        .set(q, if n < most { DONT_KNOW } else { 1 })
                        .expect("an answer of its question");
                    skipped
                        .set(q, UNANSWERED)
                        .expect("an answer of its question");
                }
                assert!(passed_over(&comparison, &passed).contains(&k));
                let with = assess(&comparison, &passed);
                let without = assess(&comparison, &skipped);
                assert_eq!(with.scores[k], TraitScore::NOTHING);
                assert_eq!(with.scores, without.scores);
                assert_eq!(with.fits, without.fits);
                assert_eq!(with.ranking, without.ranking);
                assert!(with.flags.contains(&Flag::Unattempted));
                assert!(!without.flags.contains(&Flag::Unattempted));
                seen += 1;
            }
            // half of them is not most of them
            let mut half = person(&comparison, 0.0, 0.0, &mut chance);
            let even = t.items.len() / 2 * 2;
            for (n, &q) in t.items.iter().enumerate() {
                let code = if n < even / 2 { DONT_KNOW } else { 1 };
                half.set(q, if n < even { code } else { UNANSWERED })
                    .expect("an answer of its question");
            }
            assert!(passed_over(&comparison, &half).is_empty());
            assert!(assess(&comparison, &half).scores[k].raw().is_some());
        }
    }
    assert!(seen >= 4);
}

#[test]
fn one_interest_alone_tells_no_roles_apart() {
    // centred, every key on the only trait that is known is 0: what rounding leaves is no match
    for folder in ["tests/packs/small", "."] {
        let pack = pack(folder);
        let comparison = Comparison::new(&pack, None, 1.0);
        for (k, t) in pack.traits.iter().enumerate() {
            if !comparison.centred[k] {
                continue;
            }
            let mut sheet = Answers::none(&pack);
            for &q in &t.items {
                sheet
                    .set(q, 5.min(pack.questions[q].choices))
                    .expect("an answer of its question");
            }
            let scores = score(&comparison, &sheet);
            assert!(scores[k].reliability > 0.0);
            assert!(fit(&comparison, &scores).iter().all(Option::is_none));
        }
    }
}

/// The answer nearest to a keyed value, for every rating; puzzles are left out.
fn all_alike(pack: &Pack, keyed: f64) -> Answers {
    let mut sheet = Answers::none(pack);
    for (q, question) in pack.questions.iter().enumerate() {
        if question.format() == AnswerFormat::Rating {
            let u = if question.reversed() {
                1.0 - keyed
            } else {
                keyed
            };
            let codes = 1..=question.choices;
            let away = |code: &u8| {
                let at = f64::from(code - 1) / f64::from(question.choices - 1);
                ((at - u).abs() * 1e6).round()
            };
            let code = codes.min_by(|a, b| away(a).total_cmp(&away(b)));
            sheet
                .set(q, code.expect("a code"))
                .expect("an answer of its question");
        }
    }
    sheet
}

#[test]
fn who_likes_or_dislikes_everything_alike_is_unclear() {
    for folder in [
        "tests/packs/small",
        ".",
        "examples/workshop",
        "examples/riasec",
    ] {
        let pack = pack(folder);
        let comparison = Comparison::new(&pack, None, 1.0);
        for keyed in [0.0, 0.25, 0.75, 1.0] {
            let outcome = assess(&comparison, &all_alike(&pack, keyed));
            assert!(!outcome.flags.contains(&Flag::StraightLine) || folder != ".");
            assert_ne!(outcome.state, State::Clear, "{folder}: {keyed}");
        }
    }
}

#[test]
fn the_own_level_is_nothing_where_nothing_was_rated() {
    let pack = pack(".");
    let comparison = Comparison::new(&pack, None, 1.0);
    let mut sheet = Answers::none(&pack);
    for (k, t) in pack.traits.iter().enumerate() {
        if pack.traits[k].kind == TraitKind::Aptitude {
            for &q in &t.items {
                sheet.set(q, 1).expect("an answer");
            }
        }
    }
    let scores = score(&comparison, &sheet);
    assert!(elevation(&comparison, &scores).abs() <= 0.0);
    for (own, score) in own_estimates(&comparison, &scores).iter().zip(&scores) {
        assert!((own - score.estimate).abs() <= 0.0);
    }
    // keys then stay as they are
    for (at, fit) in fit(&comparison, &scores).iter().enumerate() {
        let Some(fit) = fit else { continue };
        for k in 0..scores.len() {
            let key = centred_key(&comparison, at, k, fit);
            assert!((key - comparison.keys[at][k]).abs() <= 0.0);
        }
    }
}

#[test]
fn odds_of_two_roles_add_to_one_and_levels_draw_them_to_a_half() {
    each(|comparison, sheet, _| {
        let scores = score(comparison, sheet);
        let own = questions(comparison, sheet, &scores);
        let person = Standing::new(&scores, own.as_ref());
        let fits = fit(comparison, person);
        let ranking = rank(comparison, person, &fits);
        for pair in ranking.order.windows(2) {
            let (Some(a), Some(b)) = (&fits[pair[0]], &fits[pair[1]]) else {
                continue;
            };
            let (a, b) = ((pair[0], a), (pair[1], b));
            let better = probability_better(comparison, person, a, b);
            let worse = probability_better(comparison, person, b, a);
            assert!((better + worse - 1.0).abs() < EXACT && better >= 0.5 - EXACT);
            // without the error of levels they would promise more
            let se = se_of_difference(comparison, person, a, b);
            let without = if se > EXACT {
                crate::scoring::role_match::phi((a.1.z - b.1.z) / se)
            } else {
                0.5
            };
            assert!(better <= without + EXACT || se <= EXACT);
        }
    });
}
