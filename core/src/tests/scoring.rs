//! Properties of scoring that hold for every pack and every person.

use crate::adaptive::selection::decided;
use crate::pack::model::{Measure, Pack};
use crate::pack::parse::diagnostics::SourceFile;
use crate::scoring::answers::{Answers, UNANSWERED};
use crate::scoring::assessment::State;
use crate::scoring::comparison::{Comparison, mean, population_sd};
use crate::scoring::contributions::{answer_contributions, contributions};
use crate::scoring::kernel::assessor::assess;
use crate::scoring::ranking::rank;
use crate::scoring::role_match::fit;
use crate::simulation::respondents::SimulatedPerson;
use crate::simulation::respondents::{SeededRng, scores};
use crate::tests::generators;
use crate::tests::help::{built_in, built_in_files, same, small};
use crate::write::records::RecordWriter;
use proptest::prelude::*;

fn person(comparison: &Comparison<'_>, seed: u64, blank: f64) -> Answers {
    let mut chance = SeededRng::new(seed);
    let person = SimulatedPerson::mixed(comparison, &mut chance);
    person.answers(comparison, blank, &mut chance)
}

proptest! {
    #[test]
    fn contributions_of_traits_and_of_answers_sum_to_the_match(
        seed: u64,
        blank in 0.0..0.9,
        weight in 0.0..3.0,
    ) {
        let pack = small();
        for family in [None, Some("technician")] {
            let comparison = Comparison::new(&pack, family, weight);
            let sheet = person(&comparison, seed, blank);
            let outcome = assess(&comparison, &sheet);
            for (at, fit) in outcome.fits.iter().enumerate() {
                let Some(fit) = fit else { continue };
                let by_trait: f64 = contributions(&comparison, &outcome.scores, at, fit).iter().sum();
                let by_answer: f64 =
                    answer_contributions(&comparison, &sheet, &outcome.scores, at, fit)
                        .iter()
                        .map(|(_, c)| c)
                        .sum();
                prop_assert!((by_trait - fit.z).abs() < 1e-9);
                prop_assert!((by_answer - fit.z).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn a_higher_keyed_answer_never_lowers_its_trait(seed: u64, question in 0_usize..20) {
        let pack = small();
        let comparison = Comparison::new(&pack, None, 1.0);
        let mut sheet = person(&comparison, seed, 0.2);
        let Measure::Rating { of, reverse } = pack.questions[question].measure else {
            return Ok(());
        };
        let mut last = f64::NEG_INFINITY;
        for step in 1..=pack.questions[question].choices {
            let code = if reverse { pack.questions[question].choices + 1 - step } else { step };
            sheet.put(question, code);
            let estimate = assess(&comparison, &sheet).scores[of].estimate;
            prop_assert!(estimate >= last);
            last = estimate;
        }
    }

    #[test]
    fn written_answers_are_read_back_unchanged(seed: u64) {
        let pack = small();
        let comparison = Comparison::new(&pack, None, 1.0);
        let sheet = person(&comparison, seed, 0.1);
        for (q, question) in pack.questions.iter().enumerate() {
            let code = sheet.code(q);
            if code != UNANSWERED {
                prop_assert_eq!(question.code_of(&question.written(code)), Some(code));
            }
        }
    }

    #[test]
    fn nothing_answered_never_panics_and_is_insufficient(weight in 0.0..100.0) {
        let pack = small();
        let comparison = Comparison::new(&pack, None, weight);
        let outcome = assess(&comparison, &Answers::none(&pack));
        prop_assert_eq!(outcome.state, State::Insufficient);
        prop_assert!(outcome.ranking.order.is_empty());
    }
}

/// Matches of people whose trait scores are drawn as the norms say are standard normal.
fn matches_are_standard_normal(answered: impl Fn(usize) -> bool) {
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let mut sheet = same(&pack, "3");
    for q in 0..pack.questions.len() {
        if !answered(q) {
            sheet.put(q, UNANSWERED);
        }
    }
    let mut chance = SeededRng::new(9);
    let people = 20_000;
    let mut matches = vec![Vec::new(); pack.roles.len()];
    for _ in 0..people {
        let person = SimulatedPerson::mixed(&comparison, &mut chance);
        let scores = scores(&comparison, &person, &sheet, &mut chance);
        for (role, fit) in matches.iter_mut().zip(fit(&comparison, &scores)) {
            role.push(fit.expect("every role has a match").z);
        }
    }
    for (z, role) in matches.iter().zip(&pack.roles) {
        // four standard errors of a mean and of a standard deviation over 20,000
        assert!(mean(z).abs() < 4.0 / 141.4, "{}: mean {}", role.id, mean(z));
        let sd = population_sd(z);
        assert!((sd - 1.0).abs() < 4.0 / 200.0, "{}: sd {sd}", role.id);
    }
}

#[test]
fn matches_are_standard_normal_with_all_questions() {
    matches_are_standard_normal(|_| true);
}

#[test]
fn matches_are_standard_normal_with_three_quarters_of_the_questions() {
    matches_are_standard_normal(|q| q % 4 != 1);
}

#[test]
fn matches_are_standard_normal_with_half_of_the_questions() {
    matches_are_standard_normal(|q| q % 2 == 0);
}

#[test]
fn people_made_like_a_role_have_it_in_their_band() {
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let mut chance = SeededRng::new(5);
    let people = 200;
    let mut found = 0;
    for at in 0..comparison.candidates.len() {
        let mut here = 0;
        for _ in 0..people {
            let person = SimulatedPerson::like(&comparison, at, &mut chance);
            let sheet = person.answers(&comparison, 0.0, &mut chance);
            here += usize::from(assess(&comparison, &sheet).ranking.band.contains(&at));
        }
        let id = &pack.roles[comparison.candidates[at]].id;
        assert!(here * 100 >= people * 90, "{id}: {here} of {people}");
        found += here;
    }
    assert!(
        found * 100 >= people * comparison.candidates.len() * 95,
        "{found}"
    );
}

#[test]
fn uniform_answers_give_an_unclear_result() {
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    for rating in ["1", "2", "3", "4", "5"] {
        let outcome = assess(&comparison, &same(&pack, rating));
        assert_eq!(outcome.state, State::Unclear, "all {rating}");
    }
}

/// The same files with questions in another order, and files too.
fn shuffled() -> Pack {
    let mut files = built_in_files();
    for file in &mut files {
        if file.path.starts_with("questions/") && !file.path.ends_with("traits.toml") {
            let mut blocks: Vec<&str> = file.text.split("[[question]]").collect();
            blocks[1..].reverse();
            file.text = blocks.join("\n[[question]]");
        }
    }
    files.reverse();
    Pack::parse(&files).expect("still valid")
}

#[test]
fn the_order_of_questions_and_files_changes_no_byte() {
    let (pack, other) = (built_in(), shuffled());
    assert_ne!(
        pack.questions[0].id, other.questions[0].id,
        "it is shuffled"
    );
    assert_eq!(pack.fingerprint, other.fingerprint);
    let (comparison, other_design) = (
        Comparison::new(&pack, None, 1.0),
        Comparison::new(&other, None, 1.0),
    );
    for seed in 0..100 {
        let sheet = person(&comparison, seed, 0.1);
        let mut moved = Answers::none(&other);
        for (q, question) in other.questions.iter().enumerate() {
            let old = pack.question(&question.id).expect("the same questions");
            moved.put(q, sheet.code(old));
        }
        let conflicts = |line: String| {
            // conditions are listed in the order of asking, which is what was changed
            let mut words: Vec<String> = line
                .split(['[', ']', '{', '}', ','])
                .map(str::to_owned)
                .collect();
            words.sort();
            words
        };
        assert_eq!(
            conflicts(RecordWriter::new(&comparison).json_line(
                "x",
                &sheet,
                &assess(&comparison, &sheet)
            )),
            conflicts(RecordWriter::new(&other_design).json_line(
                "x",
                &moved,
                &assess(&other_design, &moved)
            )),
        );
    }
}

#[test]
fn ties_share_a_rank_and_are_never_broken_by_name() {
    let mut files = built_in_files();
    // a twin of one role under another name
    let twin = files
        .iter()
        .find(|f| f.path.ends_with("/sonographer.toml"))
        .expect("the role is there")
        .clone();
    files.push(crate::pack::parse::diagnostics::SourceFile {
        path: "profiles/a-twin.toml".to_owned(),
        text: twin
            .text
            .replacen("name = \"Sonographer\"", "name = \"Another\"", 1),
    });
    let pack = Pack::parse(&files).expect("still valid");
    let comparison = Comparison::new(&pack, None, 1.0);
    let (a, b) = (
        pack.role("a-twin").expect("it is there"),
        pack.role("sonographer").expect("it is there"),
    );
    for seed in 0..200 {
        let outcome = assess(&comparison, &person(&comparison, seed, 0.0));
        let ranks = &outcome.ranking.ranks;
        assert_eq!(ranks[a], ranks[b]);
        // 1, 2, 2, 4: the rank after a shared one is left out
        let mut sorted: Vec<usize> = ranks.iter().flatten().copied().collect();
        sorted.sort_unstable();
        for (place, &r) in sorted.iter().enumerate() {
            assert!(r == place + 1 || r == sorted[place - 1]);
        }
        let band = &outcome.ranking.band;
        assert_eq!(band.contains(&a), band.contains(&b));
    }
}

#[test]
fn the_smallest_change_puts_the_other_role_first() {
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let mut seen = 0;
    for seed in 0..200 {
        let sheet = person(&comparison, seed, 0.0);
        let outcome = assess(&comparison, &sheet);
        let change = crate::results::sensitivity::smallest(
            &comparison,
            &outcome.scores,
            &outcome.fits,
            &outcome.ranking,
        );
        let Some(change) = change else { continue };
        seen += 1;
        let first_with = |raw: f64| {
            let mut scores = outcome.scores.clone();
            let score = &mut scores[change.of];
            score.estimate = score.reliability * (raw - comparison.norms[change.of].mean)
                / comparison.norms[change.of].sd;
            let fits = fit(&comparison, &scores);
            rank(&comparison, &scores, &fits).order[0]
        };
        let step = (change.to - change.from).signum() * 1e-4;
        assert_eq!(first_with(change.to + step), change.role);
        assert_eq!(first_with(change.to - step), outcome.ranking.order[0]);
    }
    assert!(seen > 150, "{seen}");
}

#[test]
fn texts_do_not_change_the_fingerprint_and_keys_do() {
    let pack = built_in();
    let with = |from: &str, to: &str| {
        let mut files = built_in_files();
        let file = files
            .iter_mut()
            .find(|f| f.text.contains(from))
            .expect("it is there");
        file.text = file.text.replacen(from, to, 1);
        Pack::parse(&files).expect("still valid").fingerprint
    };
    assert_eq!(with("summary = \"", "summary = \"So: "), pack.fingerprint);
    assert_ne!(
        with(
            "helping = { level = 4, spread = 0.5,",
            "helping = { level = 4.5, spread = 0.5,"
        ),
        pack.fingerprint
    );
    assert_ne!(
        with(
            "helping = { level = 4, spread = 0.5,",
            "helping = { level = 4, spread = 0.6,"
        ),
        pack.fingerprint
    );
    assert_ne!(with("radiation = 2", "radiation = 3"), pack.fingerprint);
    assert_ne!(with("sd = 22.0", "sd = 21.0"), pack.fingerprint);

    let said = |change: fn(&str) -> bool, to: &str| {
        let mut files = SourceFile::example();
        for file in &mut files {
            let lines = (file.text.lines()).map(|line| if change(line) { to } else { line });
            file.text = lines.collect::<Vec<_>>().join("\n");
        }
        Pack::parse(&files).expect("still valid")
    };
    let example = said(|_| false, "");
    let other = said(
        |line| line.starts_with("you_like"),
        "you_like = \"You would.\"",
    );
    let without = said(|line| line.starts_with("you_"), "");
    assert_eq!(
        example.questions[0].you_like(),
        Some("You would like to build a shelf.")
    );
    assert_eq!(other.questions[0].you_like(), Some("You would."));
    assert_eq!(without.questions[0].you_like(), None);
    assert_eq!(other.fingerprint, example.fingerprint);
    assert_eq!(without.fingerprint, example.fingerprint);
}

#[test]
fn a_decided_band_is_the_band_of_every_way_to_answer_the_rest() {
    let plain = built_in();
    decided_bands_hold(&plain);
    // and with deviations of single questions, small ones: large ones leave little decided
    let mut off = generators::deviating(&plain, &mut SeededRng::new(6));
    for (_, points) in off.roles.iter_mut().flat_map(|role| &mut role.deviations) {
        *points *= 0.2;
    }
    assert!(Comparison::new(&off, None, 1.0).deviations.is_some());
    decided_bands_hold(&off);
}

fn decided_bands_hold(pack: &Pack) {
    let comparison = Comparison::new(pack, None, 1.0);
    let mut chance = SeededRng::new(3);
    let (mut decided_ones, mut undecided, mut settled_ones) = (0, 0, 0);
    for round in 0..400 {
        let at = round % comparison.candidates.len();
        let person = SimulatedPerson::like(&comparison, at, &mut chance);
        let all = person.answers(&comparison, 0.0, &mut chance);
        // the last few scored questions are open
        let mut given = all.clone();
        let scored: Vec<usize> = comparison.discriminating_questions().collect();
        let open = &scored[scored.len() - 1 - round % 6..];
        for &q in open {
            given.put(q, UNANSWERED);
        }
        let outcome = assess(&comparison, &given);
        let band = |mut band: Vec<usize>| {
            band.sort_unstable();
            band
        };
        let now = band(outcome.ranking.band.clone());
        if !decided(&comparison, &outcome.scores, &given, &outcome.ranking) {
            undecided += 1;
            continue;
        }
        decided_ones += 1;
        let settled = comparison.is_settled(&given);
        settled_ones += usize::from(settled);
        for _ in 0..40 {
            let mut complete = given.clone();
            for &q in open {
                let code = 1 + chance.below(pack.questions[q].choices);
                complete.put(q, code);
            }
            let then = assess(&comparison, &complete).ranking.band;
            if settled {
                assert_eq!(then, outcome.ranking.band, "in the same order");
            }
            assert_eq!(band(then), now);
        }
    }
    assert!(
        decided_ones > 20 && undecided > 20 && settled_ones > 10,
        "{decided_ones} {undecided} {settled_ones}"
    );
}
