//! The figures of `analyse`: worked examples from print, properties, and what simulated people of known
//! parameters give.

use crate::pack::model::{AnswerFormat, Pack, TraitKind};
use crate::psychometrics::advice::Weakness;
use crate::psychometrics::analysis::Analysis;
use crate::psychometrics::counts::AnalysisCounts;
use crate::psychometrics::covariance::Covariances;
use crate::psychometrics::factor::{OmegaUnavailable, factor};
use crate::psychometrics::layout::AnalysisLayout;
use crate::psychometrics::scales::feldt;
use crate::scoring::answers::{Answers, DONT_KNOW, UNANSWERED};
use crate::scoring::comparison::Comparison;
use crate::scoring::kernel::assessor::Assessor;
use crate::scoring::norm::Norm;
use crate::scoring::norms::Norms;
use crate::scoring::role_match::phi;
use crate::simulation::norm_study::MeasuredCorrelations;
use crate::simulation::respondents::{SeededRng, SimulatedPerson, with_common_part};
use crate::tests::help::{built_in, small};
use proptest::prelude::*;

/// Sample covariances of columns.
fn covariances(rows: &[Vec<f64>]) -> Covariances {
    #[expect(clippy::cast_precision_loss, reason = "a few rows")]
    let (n, k) = (rows.len() as f64, rows[0].len());
    let mean = |i: usize| rows.iter().map(|row| row[i]).sum::<f64>() / n;
    let cell = |i: usize, j: usize| {
        let products = rows
            .iter()
            .map(|row| (row[i] - mean(i)) * (row[j] - mean(j)));
        products.sum::<f64>() / (n - 1.0)
    };
    let cells = (0..k * k).map(|at| cell(at / k, at % k)).collect();
    Covariances::new(k, cells, rows.len() as u64).expect("square")
}

#[test]
fn alpha_agrees_with_a_worked_example_of_kuder_and_richardson_20() {
    // K. L. Wuensch, "The Kuder-Richardson 20", East Carolina University,
    // https://core.ecu.edu/wuenschk/StatHelp/KR20.txt: ten students, ten items; it prints p q of each
    // item and the variance of the totals, 5.84
    let sheets = [
        "1111110110",
        "1011011101",
        "1111011001",
        "0010001000",
        "0000010010",
        "1110111111",
        "1101110111",
        "1111111101",
        "0101111101",
        "1101101110",
    ];
    let rows = sheets.map(|row| row.chars().map(|c| f64::from(u8::from(c == '1'))).collect());
    let found = covariances(&rows).alpha().expect("alpha");
    let pq = 0.21 + 0.21 + 0.24 + 0.21 + 0.24 + 0.16 + 0.21 + 0.21 + 0.25 + 0.24;
    let printed = 10.0 / 9.0 * (1.0 - pq / 5.84);
    assert!((found - printed).abs() < 1e-12, "{found} {printed}");
}

#[test]
fn the_interval_of_alpha_agrees_with_a_worked_example() {
    // MRC Cognition and Brain Sciences Unit, statistics wiki, FAQ/cafun (C. Evans's code): alpha .913
    // of 873 people and 20 items has .9044024 to .9211588
    let interval = feldt(0.913, 873, 20);
    assert!((interval.low - 0.904_402_4).abs() < 5e-8, "{interval:?}");
    assert!((interval.high - 0.921_158_8).abs() < 5e-8, "{interval:?}");
}

/// Covariances that one factor gives exactly.
fn one_factor(loadings: &[f64], own: &[f64]) -> Covariances {
    let k = loadings.len();
    let cell = |i: usize, j: usize| loadings[i] * loadings[j] + if i == j { own[i] } else { 0.0 };
    let cells = (0..k * k).map(|at| cell(at / k, at % k)).collect();
    Covariances::new(k, cells, 500).expect("square")
}

proptest! {
    #[test]
    fn omega_recovers_the_loadings_of_one_factor(
        items in proptest::collection::vec((0.3..2.0_f64, 0.3..3.0_f64), 3..9),
    ) {
        let (loadings, own): (Vec<f64>, Vec<f64>) = items.into_iter().unzip();
        let common = loadings.iter().sum::<f64>().powi(2);
        let omega = common / (common + own.iter().sum::<f64>());
        let covariances = one_factor(&loadings, &own);
        let found = factor(&covariances).expect("a factor");
        prop_assert!((found.omega - omega).abs() < 1e-8, "{} {omega}", found.omega);
        // McDonald 1999: alpha is at most omega
        let alpha = covariances.alpha().expect("alpha");
        prop_assert!(alpha <= omega + 1e-12);
        // and equal where all load alike
        let mean = loadings[0];
        let alike = one_factor(&vec![mean; own.len()], &own);
        let found = factor(&alike).expect("a factor").omega;
        let alpha = alike.alpha().expect("alpha");
        prop_assert!((found - alpha).abs() < 1e-8, "{found} {alpha}");
    }

    #[test]
    fn counts_are_independent_of_order_and_division(
        codes in proptest::collection::vec(proptest::collection::vec(0..=10_u8, 26), 2..40),
        cut in 0.0..1.0_f64,
    ) {
        let pack = small();
        let comparison = Comparison::new(&pack, None, 1.0);
        let people: Vec<Answers> = codes.iter().map(|codes| sheet(&pack, codes)).collect();
        let groups = ["a", "b", ""];
        let count = |people: &mut dyn Iterator<Item = (usize, &Answers)>| {
            let (mut counts, mut assessor) = (AnalysisCounts::of(AnalysisLayout::new(&comparison)), Assessor::new(&comparison));
            for (n, answers) in people {
                let outcome = assessor.person(answers);
                counts.add(answers, outcome, Some(groups[n % 3]));
            }
            counts
        };
        let whole = count(&mut people.iter().enumerate());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "few people")]
        let cut = (cut * people.len() as f64) as usize;
        let mut later = count(&mut people.iter().enumerate().rev().filter(|(n, _)| *n >= cut));
        later.merge(&count(&mut people.iter().enumerate().filter(|(n, _)| *n < cut)));
        let of = |counts: &AnalysisCounts| Analysis::new(&comparison, counts, Some("group"));
        prop_assert_eq!(of(&whole), of(&later));
    }
}

/// A sheet of any codes, each made one that its question may have.
fn sheet(pack: &Pack, codes: &[u8]) -> Answers {
    let mut answers = Answers::none(pack);
    for (q, question) in pack.questions.iter().enumerate() {
        let code = codes[q % codes.len()];
        let choice = question.format() == AnswerFormat::Choice;
        answers.put(
            q,
            match code {
                UNANSWERED => UNANSWERED,
                DONT_KNOW if choice => DONT_KNOW,
                code => 1 + (code - 1) % question.choices,
            },
        );
    }
    answers
}

#[test]
fn an_item_without_error_of_its_own_gives_no_omega() {
    let heywood = one_factor(&[0.999, 0.7, 0.6, 0.5], &[0.002, 0.5, 0.6, 0.7]);
    assert_eq!(factor(&heywood), Err(OmegaUnavailable::Heywood(0)));
    let two = one_factor(&[0.7, 0.6], &[0.5, 0.6]);
    assert_eq!(factor(&two), Err(OmegaUnavailable::FewItems));
    let constant = one_factor(&[0.7, 0.6, 0.0], &[0.5, 0.6, 0.0]);
    assert_eq!(factor(&constant), Err(OmegaUnavailable::Constant));
}

/// A pack's people, simulated; some answers turned to the other end of the scale.
fn analysed(pack: &Pack, people: usize, turned: &str) -> Analysis {
    let comparison = Comparison::new(pack, None, 1.0);
    let (mut counts, mut assessor) = (
        AnalysisCounts::of(AnalysisLayout::new(&comparison)),
        Assessor::new(&comparison),
    );
    let mut chance = SeededRng::new(7);
    for _ in 0..people {
        let person = SimulatedPerson::mixed(&comparison, &mut chance);
        let mut sheet = person.answers(&comparison, 0.1, &mut chance);
        if let Some(q) = pack.question(turned).filter(|&q| sheet.has(q)) {
            sheet.put(q, pack.questions[q].choices + 1 - sheet.code(q));
        }
        let outcome = assessor.person(&sheet);
        counts.add(&sheet, outcome, None);
    }
    Analysis::new(&comparison, &counts, None)
}

#[test]
fn reversed_answers_reverse_the_sign_of_their_correlation() {
    let pack = small();
    let (right, turned) = (analysed(&pack, 300, ""), analysed(&pack, 300, "pace-1"));
    let q = pack.question("pace-1").expect("a question");
    let (a, b) = (&right.items[q], &turned.items[q]);
    let rest = |item: Option<f64>| item.expect("a correlation");
    assert!((rest(a.item_rest) + rest(b.item_rest)).abs() < 1e-12);
    assert!(rest(a.item_rest) > 0.2);
    assert_eq!(a.alpha_without, b.alpha_without);
    assert_eq!((a.floor, a.sd), (b.ceiling, b.sd));
    assert!((a.mean.expect("a mean") + b.mean.expect("a mean") - 100.0).abs() < 1e-9);
    assert_eq!(right.items[q + 1].mean, turned.items[q + 1].mean);
}

#[test]
fn a_question_to_which_nearly_everyone_says_yes_is_named() {
    let pack = small();
    let comparison = Comparison::new(&pack, None, 1.0);
    let q = pack.question("pace-1").expect("a question");
    let highest = pack.questions[q].choices;
    // of 200 people so many say the middle of the scale, the others its upper part
    let advice = |middle: usize| {
        let layout = AnalysisLayout::new(&comparison);
        let (mut counts, mut assessor) = (AnalysisCounts::of(layout), Assessor::new(&comparison));
        let mut chance = SeededRng::new(7);
        for n in 0..200 {
            let person = SimulatedPerson::mixed(&comparison, &mut chance);
            let mut sheet = person.answers(&comparison, 0.0, &mut chance);
            let upper = highest - u8::from(n % 2 == 0);
            sheet.put(
                q,
                if n < middle {
                    highest.div_ceil(2)
                } else {
                    upper
                },
            );
            let outcome = assessor.person(&sheet);
            counts.add(&sheet, outcome, None);
        }
        let analysis = Analysis::new(&comparison, &counts, None);
        analysis.items[q].advice.contains(&Weakness::ExtremeMean)
    };
    assert!(advice(10));
    assert!(!advice(150));
}

/// Mean, true-score standard deviation and single-question reliability that answers made with the norm
/// have once they are rounded to labels and clipped: over true scores, the mean of a question is h(z);
/// two questions share the variance of h. By the trapezium rule over z.
fn expected(comparison: &Comparison<'_>, k: usize) -> [f64; 3] {
    let (pack, norm) = (comparison.pack, &comparison.norms[k]);
    let question = &pack.questions[pack.traits[k].items[0]];
    let labels = f64::from(question.choices);
    let noise = norm.sd * ((1.0 - norm.reliability) / norm.reliability).sqrt();
    let (mut weights, mut mean, mut square, mut shared) = (0.0, 0.0, 0.0, 0.0);
    for step in -600..=600 {
        let z = f64::from(step) / 100.0;
        let weight = (-0.5 * z * z).exp();
        let place = norm.mean + norm.sd * z;
        let (mut h, mut h2) = (0.0, 0.0);
        if question.format() == AnswerFormat::Choice {
            h = place.clamp(100.0 / labels, 98.0) / 100.0;
            h2 = h;
        } else {
            for label in 1..=question.choices {
                let u = f64::from(label - 1) / (labels - 1.0);
                let edge = |half: f64| 100.0 * (u + half / (labels - 1.0));
                let below = |edge: f64| phi((edge - place) / noise);
                let low = if label == 1 { 0.0 } else { below(edge(-0.5)) };
                let high = if label == question.choices {
                    1.0
                } else {
                    below(edge(0.5))
                };
                h += u * (high - low);
                h2 += u * u * (high - low);
            }
        }
        weights += weight;
        mean += weight * h;
        square += weight * h2;
        shared += weight * h * h;
    }
    let mean = mean / weights;
    let own = square / weights - mean * mean;
    let shared = shared / weights - mean * mean;
    [100.0 * mean, 100.0 * shared.sqrt(), shared / own]
}

#[test]
fn norms_recover_the_parameters_of_simulated_people() {
    const BATCHES: usize = 40;
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let mut chance = SeededRng::new(11);
    let mut all: Vec<Vec<[f64; 3]>> = vec![Vec::new(); pack.traits.len()];
    for _ in 0..BATCHES {
        let (mut counts, mut assessor) = (
            AnalysisCounts::of(AnalysisLayout::new(&comparison)),
            Assessor::new(&comparison),
        );
        for _ in 0..400 {
            let person = SimulatedPerson::mixed(&comparison, &mut chance);
            let sheet = person.answers(&comparison, 0.05, &mut chance);
            let outcome = assessor.person(&sheet);
            counts.add(&sheet, outcome, None);
        }
        let analysis = Analysis::new(&comparison, &counts, None);
        let norms = counts.norms(&comparison, &analysis, "simulated");
        for (k, (_, norm)) in norms.expect("norms").traits().enumerate() {
            all[k].push([norm.mean, norm.sd, norm.reliability]);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "few batches")]
    let n = BATCHES as f64;
    for (k, figures) in all.iter().enumerate() {
        let known = expected(&comparison, k);
        for (at, name) in ["mean", "sd", "reliability"].iter().enumerate() {
            let mean = figures.iter().map(|f| f[at]).sum::<f64>() / n;
            let square = figures.iter().map(|f| (f[at] - mean).powi(2));
            let se = (square.sum::<f64>() / (n - 1.0) / n).sqrt();
            // 54 figures: one in four thousand sets would have one beyond this by chance
            let apart = (mean - known[at]) / se;
            assert!(
                apart.abs() < 4.5,
                "{name} of {}: {mean} {known:?} {apart}",
                pack.traits[k].id
            );
        }
        // rounding moves no mean of a rating; it takes from the others as docs/analyse.md says
        let norm = &comparison.norms[k];
        if pack.format_of(k) == AnswerFormat::Rating {
            assert!((known[0] - norm.mean).abs() < 1e-6);
            assert!((known[1] / norm.sd - 0.9).abs() < 0.05, "{known:?}");
            assert!(
                (known[2] / norm.reliability - 0.93).abs() < 0.05,
                "{known:?}"
            );
        }
    }
}

/// Norms of so many people who answer as these norms say, all questions.
fn norms_of(people: u32, truth: &Comparison<'_>, f: f64, chance: &mut SeededRng) -> Norms {
    let mut counts = AnalysisCounts::of(AnalysisLayout::new(truth));
    let mut assessor = Assessor::new(truth);
    for _ in 0..people {
        let person = with_common_part(truth, f, chance);
        let sheet = person.answers(truth, 0.0, chance);
        counts.add(&sheet, assessor.person(&sheet), None);
    }
    let analysis = Analysis::new(truth, &counts, None);
    counts.norms(truth, &analysis, "a class").expect("norms")
}

#[test]
fn means_of_a_few_people_are_as_doubted_as_stated() {
    const CLASSES: u32 = 60;
    let pack = built_in();
    let mut chance = SeededRng::new(12);
    for people in [5, 30] {
        let (mut sum, mut figures) = (0.0, 0.0);
        let mut stated = 0.0;
        for _ in 0..CLASSES {
            let assumed = pack.stated_norms();
            let traits = pack.traits.iter().zip(&assumed).map(|(t, norm)| {
                let mean = norm.mean + t.doubt_of(0) * chance.normal();
                let mean = mean.clamp(0.0, 100.0);
                (t.id.as_str(), Norm { mean, ..*norm })
            });
            let traits: Vec<_> = traits.collect();
            let truth = Norms::new("truth", 1000, traits).expect("norms");
            let comparison = Comparison::compared(&pack, None, 1.0, Some(truth));
            let found = norms_of(people, &comparison, 0.0, &mut chance);
            assert_eq!(found.people(), people);
            for (k, (t, assumed)) in pack.traits.iter().zip(&assumed).enumerate() {
                // clipping answers to the scale takes something from means far from its middle
                let [mean, ..] = expected(&comparison, k);
                let found = found.of(&t.id).expect("a norm");
                assert!((found.sd, found.reliability) == (assumed.sd, assumed.reliability));
                if t.kind != TraitKind::Aptitude {
                    sum += (found.mean - mean).powi(2);
                    stated = t.doubt_of(people);
                    figures += 1.0;
                }
            }
        }
        let off = (sum / figures).sqrt() / stated;
        // measured: 0.92 for 5 people and for 30; 16 x 60 means in classes of their own are known to 2 %
        assert!((0.85..1.0).contains(&off), "{people}: {off}");
    }
}

#[test]
fn correlations_of_true_scores_come_back() {
    const COMMON: f64 = 0.4;
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let mut chance = SeededRng::new(13);
    let norms = norms_of(4000, &comparison, COMMON, &mut chance);
    let (mut off, mut pairs) = ([0.0, 0.0], [0.0, 0.0]);
    for (k, t) in pack.traits.iter().enumerate() {
        for before in &pack.traits[..k] {
            let r = norms.correlation(&t.id, &before.id);
            let apart = [t, before].map(|t| t.kind == TraitKind::Aptitude);
            let (kind, expected) = match apart {
                [false, false] => (0, COMMON),
                _ => (1, 0.0),
            };
            // of 4000 people with such reliabilities the error is .02 of ratings and .04 with puzzles
            assert!((r - expected).abs() < 0.2, "{} {}: {r}", t.id, before.id);
            off[kind] += r - expected;
            pairs[kind] += 1.0;
        }
    }
    for kind in [0, 1] {
        let mean = off[kind] / pairs[kind];
        assert!(mean.abs() < 0.03, "{kind}: {mean}");
    }
    // and people drawn by them have them
    let again = Comparison::compared(&pack, None, 1.0, Some(norms));
    let measured = MeasuredCorrelations::of(&again).expect("norms with correlations");
    let places = [0, 1].map(|n| {
        let interests = pack.traits.iter().enumerate();
        let mut interests = interests.filter(|(_, t)| t.kind != TraitKind::Aptitude);
        interests.nth(n).expect("two of them").0
    });
    let people = 20_000;
    let mut product = 0.0;
    for _ in 0..people {
        let person = measured.person(&mut chance);
        product += places
            .iter()
            .map(|&k| person.relative_levels[k])
            .product::<f64>();
    }
    let stated = {
        let norms = again.measured.as_ref().expect("norms");
        norms.correlation(&pack.traits[places[0]].id, &pack.traits[places[1]].id)
    };
    let found = product / f64::from(people);
    assert!((found - stated).abs() < 0.04, "{found} {stated}");
}
