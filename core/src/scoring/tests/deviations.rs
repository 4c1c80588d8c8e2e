//! Deviations of single questions: the formulae written down once more, and what they promise.

use super::{deviating, pack, person, questions};
use crate::pack::model::{Pack, QuestionIx, TraitIx};
use crate::scoring::answers::Answers;
use crate::scoring::comparison::Comparison;
use crate::scoring::kernel::assessor::assess;
use crate::scoring::question_part::{QuestionPart, Standing};
use crate::scoring::role_match::{centred_key, fit};
use crate::scoring::trait_scores::{TraitScore, score};
use crate::simulation::respondents::SeededRng;

/// What is exact but for rounding is held to this.
const EXACT: f64 = 1e-9;

/// One answered question, written down from the pack.
struct Item {
    of: TraitIx,
    weight: f64,
    information: f64,
    beside: f64,
    /// By role in play.
    keys: Vec<f64>,
}

/// The answered questions of every trait whose keys are centred.
fn items(comparison: &Comparison<'_>, sheet: &Answers, scores: &[TraitScore]) -> Vec<Item> {
    let pack = comparison.pack;
    let mut items = Vec::new();
    for (q, question) in pack.questions.iter().enumerate() {
        let (Some(of), Some(u)) = (question.trait_ix(), sheet.keyed(pack, q)) else {
            continue;
        };
        let Some(raw) = scores[of].raw().filter(|_| comparison.centred[of]) else {
            continue;
        };
        let norm = &comparison.norms[of];
        let stated = |r: &usize| {
            let all = pack.roles[*r].deviations.iter();
            all.filter(|(at, _)| *at == q)
                .map(|(_, points)| points)
                .sum::<f64>()
        };
        let points: Vec<f64> = comparison.candidates.iter().map(stated).collect();
        let mean = crate::scoring::comparison::mean(&points);
        let key = |(r, points): (&usize, &f64)| {
            pack.roles[*r].weights[of] * (points - mean) / comparison.level_sds[of]
        };
        items.push(Item {
            of,
            weight: question.weight,
            information: question.weight * norm.reliability / (1.0 - norm.reliability),
            beside: (100.0 * u - raw) / norm.sd,
            keys: comparison.candidates.iter().zip(&points).map(key).collect(),
        });
    }
    // within each trait about the mean over what was answered
    for k in 0..pack.traits.len() {
        let weight: f64 = items.iter().filter(|i| i.of == k).map(|i| i.weight).sum();
        for at in 0..comparison.candidates.len() {
            let of_trait = items.iter().filter(|i| i.of == k);
            let mean = of_trait.map(|i| i.weight * i.keys[at]).sum::<f64>() / weight;
            for item in items.iter_mut().filter(|i| i.of == k) {
                item.keys[at] -= mean;
            }
        }
    }
    items
}

#[test]
fn matches_with_deviations_are_those_of_the_formulae_written_down_once_more() {
    let mut chance = SeededRng::new(5);
    for (folder, family) in [
        ("tests/packs/small", None),
        (".", None),
        (".", Some("imaging")),
    ] {
        let pack = deviating(pack(folder), &mut chance);
        let comparison = Comparison::new(&pack, family, 1.0);
        for round in 0..20_u32 {
            let sheet = person(&comparison, f64::from(round) / 21.0, 0.3, &mut chance);
            let outcome = assess(&comparison, &sheet);
            let scores = score(&comparison, &sheet);
            let items = items(&comparison, &sheet, &scores);
            for (at, found) in outcome.fits.iter().enumerate() {
                let Some(found) = found else { continue };
                let (mut signal, mut known, mut unknown) = (0.0, 0.0, 0.0);
                for (k, score) in scores.iter().enumerate() {
                    let c = centred_key(&comparison, at, k, found);
                    signal += c * score.estimate;
                    known += c * c * score.reliability;
                    unknown += c * c * (1.0 - score.reliability);
                }
                for item in &items {
                    let square = item.information * item.keys[at] * item.keys[at];
                    signal += item.keys[at] * item.information * item.beside;
                    known += square;
                    unknown += square;
                }
                let z = signal / f64::sqrt(known);
                assert!((found.z - z).abs() < EXACT, "{} {z}", found.z);
                let se = f64::sqrt(unknown / known);
                assert!(
                    (found.se() - se).abs() < EXACT * (1.0 + se),
                    "{} {se}",
                    found.se()
                );
            }
        }
    }
}

#[test]
fn matches_with_deviations_are_standard_normal_among_people_as_the_norms_say() {
    let mut chance = SeededRng::new(8);
    let pack = deviating(pack("examples/riasec"), &mut chance);
    let comparison = Comparison::new(&pack, None, 1.0);
    for blank in [0.0, 0.4] {
        let sheet = person(&comparison, blank, 0.0, &mut chance);
        let scores = score(&comparison, &sheet);
        let people = 8_000;
        let mut sums = vec![[0.0; 2]; comparison.candidates.len()];
        for _ in 0..people {
            let (scores, answered) = drawn(&comparison, &sheet, &scores, &mut chance);
            let own = QuestionPart::of(&comparison, &scores, |q| answered[q]);
            let person = Standing::new(&scores, own.as_ref());
            for (sum, fit) in sums.iter_mut().zip(fit(&comparison, person)) {
                let z = fit.expect("a match").z;
                sum[0] += z;
                sum[1] += z * z;
            }
        }
        for [sum, squares] in sums {
            let (mean, square) = (sum / f64::from(people), squares / f64::from(people));
            // four standard errors
            assert!(mean.abs() < 0.045, "{mean}");
            assert!((square - 1.0).abs() < 0.065, "{square}");
        }
    }
}

/// Someone as the norms say who answers the questions of a sheet on a scale without labels: a true standing on each
/// trait, and an independent rest of each answer.
fn drawn(
    comparison: &Comparison<'_>,
    sheet: &Answers,
    answered: &[TraitScore],
    chance: &mut SeededRng,
) -> (Vec<TraitScore>, Vec<Option<f64>>) {
    let pack = comparison.pack;
    let mut values = vec![None; pack.questions.len()];
    let mut scores = answered.to_vec();
    for (k, score) in scores.iter_mut().enumerate() {
        let norm = &comparison.norms[k];
        let truth = chance.normal();
        let mut earned = 0.0;
        for &q in pack.traits[k].items.iter().filter(|&&q| sheet.has(q)) {
            let weight = pack.questions[q].weight;
            let rest = ((1.0 - norm.reliability) / norm.reliability / weight).sqrt();
            let u = (norm.mean + norm.sd * (truth + rest * chance.normal())) / 100.0;
            values[q] = Some(u);
            earned += weight * u;
        }
        score.earned = earned;
        score.estimate = (score.raw()).map_or(0.0, |raw| norm.estimate_of(raw, score.reliability));
    }
    (scores, values)
}

/// Deviations that say nothing beside levels change nothing.
#[test]
fn what_is_common_to_roles_or_to_a_trait_is_no_deviation() {
    let plain = pack("examples/riasec");
    let mut chance = SeededRng::new(2);
    let sheet = person(&Comparison::new(&plain, None, 1.0), 0.2, 0.0, &mut chance);
    let first = &plain.traits[0].items;
    let with = |deviations: &dyn Fn(usize) -> Vec<(QuestionIx, f64)>| -> Pack {
        let mut pack = plain.clone();
        for (r, role) in pack.roles.iter_mut().enumerate() {
            role.deviations = deviations(r);
        }
        pack
    };
    // the same question in every role
    let common = with(&|_| vec![(first[0], 2.5)]);
    assert_eq!(Comparison::new(&common, None, 1.0).deviations, None);
    // all questions of the trait alike: that is a level
    let level = with(&|r| {
        let points = if r == 3 { 4.0 } else { 0.0 };
        first.iter().map(|&q| (q, points)).collect()
    });
    let (level, plain) = (
        Comparison::new(&level, None, 1.0),
        Comparison::new(&plain, None, 1.0),
    );
    let before = assess(&plain, &sheet);
    let after = assess(&level, &sheet);
    assert!(after.questions.is_some());
    for (a, b) in before.fits.iter().zip(&after.fits) {
        let (a, b) = (a.expect("a match"), b.expect("a match"));
        assert!((a.z - b.z).abs() < EXACT && (a.se() - b.se()).abs() < EXACT);
    }
    assert_eq!(before.ranking, after.ranking);
}

/// A deviation speaks for the role, where the answer stands above those to the trait's other questions.
#[test]
fn a_deviation_favours_whoever_answers_so() {
    let mut pack = pack("examples/riasec");
    let items = pack.traits[0].items.iter().copied();
    let question = items.clone().find(|&q| !pack.questions[q].reversed());
    let question = question.expect("a question that is not reversed");
    pack.roles[4].deviations = vec![(question, 3.0)];
    let comparison = Comparison::new(&pack, None, 1.0);
    let mut sheet = person(&comparison, 0.0, 0.0, &mut SeededRng::new(1));
    let most = pack.questions[question].choices;
    let mut last = f64::NEG_INFINITY;
    for code in 1..=most {
        sheet.set(question, code).expect("an answer");
        let outcome = assess(&comparison, &sheet);
        let own = questions(&comparison, &sheet, &outcome.scores).expect("deviations");
        let part: f64 = own.answers(4).map(|of| of.1).sum();
        assert!(part > last);
        last = part;
        // and nothing is added where it is the only one of its trait
        let mut alone = sheet.clone();
        for &other in pack.traits[0].items.iter().filter(|&&q| q != question) {
            alone
                .set(other, Answers::UNANSWERED)
                .expect("to take it back");
        }
        let scores = score(&comparison, &alone);
        let own = questions(&comparison, &alone, &scores).expect("deviations");
        assert!(own.answers(4).all(|of| of.1.abs() < EXACT) && own.square(4) < EXACT);
    }
}
