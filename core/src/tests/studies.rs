//! People's own roles, differential item functioning and learned levels: held to another computation, to simulated
//! people of a stated truth, and to what chance gives where there is nothing to find.

use crate::pack::model::Pack;
use crate::psychometrics::analysis::Analysis;
use crate::psychometrics::binned_area::area;
use crate::psychometrics::counts::AnalysisCounts;
use crate::psychometrics::criterion_counts::{CriterionCounts, MatchGrid};
use crate::psychometrics::criterion_study::CriterionStudy;
use crate::psychometrics::dif::DifClass;
use crate::psychometrics::level_learning::LevelLearning;
use crate::scoring::answers::Answers;
use crate::scoring::comparison::{Comparison, mean};
use crate::scoring::role_match::RoleMatch;
use crate::simulation::respondents::{SeededRng, SimulatedPerson};
use crate::tests::help::{files_of, root};

/// The example of six kinds of interest: 18 occupations, eight questions a trait.
fn riasec() -> Pack {
    let files = files_of(&root().join("examples/riasec"));
    Pack::parse(&files).expect("a pack")
}

/// Answers of people like each role in turn, and which role that is.
fn people(comparison: &Comparison<'_>, each: usize, seed: u64) -> Vec<(usize, Answers)> {
    let mut chance = SeededRng::new(seed);
    let mut all = Vec::new();
    for _ in 0..each {
        for at in 0..comparison.candidates.len() {
            let person = SimulatedPerson::like(comparison, at, &mut chance);
            all.push((at, person.answers(comparison, 0.0, &mut chance)));
        }
    }
    all
}

/// Counts of people by their own role.
fn counted(comparison: &Comparison<'_>, people: &[(usize, Answers)]) -> AnalysisCounts {
    let counts = AnalysisCounts::new(comparison).expect("a few questions");
    let mut counts = counts.with_criterion(comparison);
    for (own, answers) in people {
        let outcome = comparison.assess(answers);
        counts.add(answers, &outcome, None);
        let id = &comparison.role(*own).id;
        counts.add_criterion(comparison, (answers, &outcome), None, id);
    }
    counts
}

fn study(comparison: &Comparison<'_>, people: &[(usize, Answers)]) -> CriterionStudy {
    let counts = counted(comparison, people);
    CriterionStudy::new(counts.criterion.as_ref().expect("counted"), "role")
}

/// What levels learned from these people gain for them, left out in turn.
fn learned<'c>(
    comparison: &'c Comparison<'c>,
    people: &[(usize, Answers)],
) -> Result<LevelLearning<'c>, String> {
    let mut learning = counted(comparison, people).learn(comparison)?;
    for (own, answers) in people {
        let outcome = comparison.assess(answers);
        learning.add(answers, &outcome, &comparison.role(*own).id);
    }
    assert!(learning.is_complete());
    Ok(learning)
}

#[test]
fn areas_agree_with_an_independent_computation() {
    let folder = root().join("tests/reference/studies");
    let text = std::fs::read_to_string(folder.join("areas.csv")).expect("matches");
    let mut grid = MatchGrid::new(3);
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let own = ["a", "b", "c"]
            .iter()
            .position(|id| *id == cells[0])
            .expect("a role");
        let fit = |cell: &&str| {
            Some(RoleMatch {
                z: cell.parse().expect("a match"),
                length: 1.0,
                unknown: 0.0,
                centre: 0.0,
            })
        };
        let fits: Vec<_> = cells[1..].iter().map(fit).collect();
        grid.add(&fits, own);
    }
    let expected = std::fs::read_to_string(folder.join("expected.csv")).expect("figures");
    let mut compared = 0;
    for line in expected.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let Some(role) = ["a", "b", "c"].iter().position(|id| *id == cells[0]) else {
            continue;
        };
        let (own, others) = grid.of(role);
        let found = area(&own, &others).expect("both sides");
        let (low, high) = found.auc().interval.expect("an interval");
        let (value, bound) = match cells[1] {
            "area" => (found.value, 1e-10),
            "area_low" => (low, 1e-10),
            "area_high" => (high, 1e-10),
            // of matches that are not put into steps
            _ => (found.value, found.bound),
        };
        let expected: f64 = cells[2].parse().expect("a figure");
        assert!((value - expected).abs() < bound, "{line}: {value}");
        compared += 1;
    }
    assert_eq!(compared, 12);
}

#[test]
fn areas_of_simulated_people_come_back_and_the_grid_moves_them_little() {
    let pack = riasec();
    let comparison = Comparison::new(&pack, None, 1.0);
    let people = people(&comparison, 30, 11);
    let found = study(&comparison, &people);
    assert_eq!((found.people, found.roles.len(), found.few), (540, 18, 0));
    // the mean over roles of the share of pairs that are the right way round, one by one
    let fits: Vec<(usize, Vec<f64>)> = people
        .iter()
        .map(|(own, answers)| {
            let fits = comparison.assess(answers).fits;
            (
                *own,
                fits.iter().map(|fit| fit.expect("a match").z).collect(),
            )
        })
        .collect();
    let mut mean = 0.0;
    for role in 0..18 {
        let (mut won, mut pairs) = (0.0, 0.0);
        for (_, a) in fits.iter().filter(|(own, _)| *own == role) {
            for (_, b) in fits.iter().filter(|(own, _)| *own != role) {
                pairs += 1.0;
                won += if a[role] > b[role] { 1.0 } else { 0.0 };
            }
        }
        mean += won / pairs / 18.0;
    }
    let auc = found.auc.expect("an area");
    assert!(
        (auc.value - mean).abs() < found.grid_error,
        "{auc:?} {mean}"
    );
    assert!((auc.value - mean).abs() < 2e-4, "{auc:?} {mean}");
    // 19,800 people of this kind gave .9751
    let (low, high) = auc.interval.expect("an interval");
    assert!(low < 0.9751 && 0.9751 < high, "{auc:?}");
    assert!(found.evidence());
    // first and among the first three, counted one by one
    let rank = |answers: &Answers, own: usize| comparison.assess(answers).ranking.ranks[own];
    let first = people
        .iter()
        .filter(|(own, a)| rank(a, *own) == Some(1))
        .count();
    assert_eq!(found.first.people, first as u64);
    let three = people
        .iter()
        .filter(|(own, a)| rank(a, *own).is_some_and(|r| r <= 3))
        .count();
    assert_eq!(found.three.people, three as u64);
    // as many people of every role: one list tells nothing
    assert_eq!(found.within_list, Some(0.5));
    assert!((found.three.list - 3.0 / 18.0).abs() < 1e-12);
}

#[test]
fn parts_of_the_people_merge_to_the_whole() {
    let pack = riasec();
    let comparison = Comparison::new(&pack, None, 1.0);
    let people = people(&comparison, 4, 3);
    let whole = counted(&comparison, &people);
    let mut merged = AnalysisCounts::new(&comparison)
        .expect("few")
        .with_criterion(&comparison);
    for part in people.rchunks(7) {
        merged.merge(&counted(&comparison, part));
    }
    assert_eq!(merged.criterion, whole.criterion);
    let mut strangers = CriterionCounts::new(&comparison);
    for n in (0..50).rev() {
        assert_eq!(strangers.own_role(&format!("x-{n:02}")), None);
    }
    assert_eq!(strangers.own_role(" farmer "), Some(6));
    assert_eq!(strangers.own_role(""), None);
    assert_eq!(strangers.blank, 1);
    let mistake = strangers.mistake("job").expect("a mistake");
    assert!(
        mistake.contains("job") && mistake.contains("\"x-00\""),
        "{mistake}"
    );
}

#[test]
fn a_null_study_says_so_at_its_rate() {
    let pack = riasec();
    let comparison = Comparison::new(&pack, None, 1.0);
    let mut chance = SeededRng::new(5);
    let (mut evidence, mut learned_something, mut outside) = (0, 0, 0);
    let studies = 80;
    let mut simulated = people(&comparison, 5, 8);
    for _ in 0..studies {
        // whose role is whose is drawn anew
        for last in (1..simulated.len()).rev() {
            let other = usize::from(chance.below(u8::try_from(last + 1).expect("90")));
            let own = simulated[last].0;
            simulated[last].0 = simulated[other].0;
            simulated[other].0 = own;
        }
        let found = study(&comparison, &simulated);
        evidence += usize::from(found.evidence());
        let (low, high) = found.auc.and_then(|auc| auc.interval).expect("an interval");
        outside += usize::from(low > 0.5 || high < 0.5);
        let helps = learned(&comparison, &simulated).is_ok_and(|learning| learning.helps());
        learned_something += usize::from(helps);
    }
    // 1 in 40 is 2 of 80; four standard errors more are 8. Both sides: 4 and 12
    assert!(evidence <= 8, "{evidence}");
    assert!(outside <= 12, "{outside}");
    assert!(learned_something <= 8, "{learned_something}");
}

#[test]
fn levels_come_back_and_help_where_those_of_the_pack_are_off() {
    let pack = riasec();
    let truth = Comparison::new(&pack, None, 1.0);
    let people = people(&truth, 40, 21);
    // right levels: nothing to gain
    let right = learned(&truth, &people).expect("roles differ");
    assert!(!right.helps());
    // each level off by N(0, 2)
    let mut chance = SeededRng::new(9);
    let mut off = pack.clone();
    for level in off.roles.iter_mut().flat_map(|role| &mut role.levels) {
        *level = (*level + 2.0 * chance.normal()).clamp(0.0, 10.0);
    }
    let comparison = Comparison::new(&off, None, 1.0);
    let learning = learned(&comparison, &people).expect("roles differ");
    assert!(learning.helps());
    let (area, three) = (
        learning.area().expect("gain"),
        learning.three().expect("gain"),
    );
    assert!(
        area.after > area.before && three.after > three.before + 0.03,
        "{area:?} {three:?}"
    );
    // people made with the true levels have nothing more to give than those levels
    let best = study(&truth, &people).auc.expect("an area").value;
    assert!((area.after - best).abs() < 0.01, "{area:?} {best}");
    // what scoring uses of levels, relative and beside each role's own mean, is nearer to the truth
    let mut levels: Vec<Vec<f64>> = off.roles.iter().map(|role| role.levels.clone()).collect();
    for cell in &learning.levels {
        levels[cell.role][cell.trait_ix] = cell.level;
        assert!((0.0..=10.0).contains(&cell.level) && cell.spread >= 0.05);
    }
    let after = comparison.with_levels(&levels);
    let error = |comparison: &Comparison<'_>| {
        let mut squares = 0.0;
        for (rows, truths) in comparison
            .relative_levels
            .iter()
            .zip(&truth.relative_levels)
        {
            let mean = |row: &[f64]| row.iter().sum::<f64>() / 6.0;
            let (a, b) = (mean(rows), mean(truths));
            squares += rows
                .iter()
                .zip(truths)
                .map(|(x, y)| (x - a - y + b).powi(2))
                .sum::<f64>();
        }
        (squares / 108.0).sqrt()
    };
    let (before, after) = (error(&comparison), error(&after));
    assert!(before > 0.5 && after < 0.2, "{before} {after}");
}

/// Answers of people like each role in turn whose questions deviate by so much from what their traits let expect, in
/// standard deviations of the norms: by role and question.
fn deviating_people(
    comparison: &Comparison<'_>,
    each: usize,
    deviations: &[Vec<f64>],
    chance: &mut SeededRng,
) -> Vec<(usize, Answers)> {
    let pack = comparison.pack;
    let mut all = Vec::new();
    for _ in 0..each {
        for (at, deviations) in deviations.iter().enumerate() {
            let person = SimulatedPerson::like(comparison, at, chance);
            let mut answers = Answers::none(pack);
            for (q, question) in pack.questions.iter().enumerate() {
                let k = question.trait_ix().expect("interests only");
                let norm = &comparison.norms[k];
                let rest = ((1.0 - norm.reliability) / norm.reliability).sqrt();
                let z = person.relative_levels[k] + deviations[q] + rest * chance.normal();
                let shown = norm.mean + norm.sd * if question.reversed() { -z } else { z };
                let labels = f64::from(question.choices);
                let label = (1.0 + shown / 100.0 * (labels - 1.0)).round();
                let label = label.clamp(1.0, labels);
                let code = (1..=question.choices).find(|&code| f64::from(code) >= label);
                answers.put(q, code.expect("a label"));
            }
            all.push((at, answers));
        }
    }
    all
}

/// Deviations of questions about the mean over roles and over the questions of a trait.
fn centred(comparison: &Comparison<'_>, rows: &mut [Vec<f64>]) {
    let pack = comparison.pack;
    let over = |row: &mut Vec<f64>, places: &[usize]| {
        let some: Vec<f64> = places.iter().map(|&q| row[q]).collect();
        let middle = mean(&some);
        for &q in places {
            row[q] -= middle;
        }
    };
    for q in 0..pack.questions.len() {
        let mut column: Vec<f64> = rows.iter().map(|row| row[q]).collect();
        let all: Vec<usize> = (0..column.len()).collect();
        over(&mut column, &all);
        for (row, value) in rows.iter_mut().zip(column) {
            row[q] = value;
        }
    }
    for t in &pack.traits {
        for row in rows.iter_mut() {
            over(row, &t.items);
        }
    }
}

fn root_mean_square(values: impl Iterator<Item = f64>) -> f64 {
    let squares: Vec<f64> = values.map(|v| v * v).collect();
    mean(&squares).sqrt()
}

#[test]
fn deviations_of_questions_come_back_from_3000_people_and_help() {
    let pack = riasec();
    let comparison = Comparison::new(&pack, None, 1.0);
    let mut chance = SeededRng::new(31);
    // each question of each occupation off its trait by N(0, 0.4)
    let mut truth: Vec<Vec<f64>> = (0..18)
        .map(|_| (0..48).map(|_| 0.4 * chance.normal()).collect())
        .collect();
    centred(&comparison, &mut truth);
    let people = deviating_people(&comparison, 167, &truth, &mut chance);
    let learning = learned(&comparison, &people).expect("roles differ");
    let learned = learning.deviations.as_ref().expect("questions differ");
    let mut found = vec![vec![0.0; 48]; 18];
    for one in learned {
        found[one.role][one.question] = one.points;
        assert!(
            (one.points.abs() <= one.mean.abs() + 0.01) && one.old == 0.0,
            "{one:?}"
        );
    }
    // points of a level are as many standard deviations in every trait: those of the levels over the scale
    for row in &mut found {
        for (q, points) in row.iter_mut().enumerate() {
            let k = pack.questions[q].trait_ix().expect("an interest");
            *points /= comparison.level_sds[k];
        }
    }
    centred(&comparison, &mut found);
    let both = || found.iter().flatten().zip(truth.iter().flatten());
    let scale = both().map(|(a, b)| a * b).sum::<f64>() / both().map(|(_, b)| b * b).sum::<f64>();
    let error = root_mean_square(both().map(|(a, b)| a / scale - b));
    let spread = root_mean_square(both().map(|(_, b)| *b));
    let help = learning.questions().expect("gains");
    println!(
        "scale {scale} error {error} of {spread}; {help:?} {:?}",
        learning.area()
    );
    assert!(error < 0.4 * spread, "{error} of {spread}");
    assert!(learning.questions_help() && learning.helps());
}

#[test]
fn without_true_deviations_none_are_kept() {
    let pack = riasec();
    let comparison = Comparison::new(&pack, None, 1.0);
    let (mut kept, mut shrunk) = (0, Vec::new());
    for seed in 0..10 {
        let people = people(&comparison, 40, 100 + seed);
        // levels and questions may all stay as they are
        let Ok(learning) = learned(&comparison, &people) else {
            continue;
        };
        assert_eq!(learning.question_roles, 18);
        kept += usize::from(learning.questions_help());
        let all = learning.deviations.iter().flatten();
        shrunk.extend(all.map(|one| one.points.abs()));
    }
    println!(
        "{kept} kept, {} learned {:?}",
        shrunk.len(),
        shrunk.iter().copied().fold(0.0, f64::max)
    );
    assert_eq!(kept, 0);
    // what chance lets through is next to nothing: the standard deviation of levels is some 2.4 points
    assert!(shrunk.iter().all(|points| *points < 0.5), "{shrunk:?}");
    let few = people(&comparison, 39, 7);
    if let Ok(learning) = learned(&comparison, &few) {
        assert_eq!(learning.question_roles, 0);
        assert_eq!(learning.deviations, None);
    }
}

#[test]
fn too_little_to_learn_from_is_said() {
    let pack = riasec();
    let comparison = Comparison::new(&pack, None, 1.0);
    let few = people(&comparison, 4, 1);
    let why = learned(&comparison, &few).expect_err("four of each");
    assert!(why.contains("0 of the roles"), "{why}");
    // people of one kind, dealt to roles by their number
    let mut chance = SeededRng::new(2);
    let alike = (0..180).map(|n| {
        let person = SimulatedPerson::mixed(&comparison, &mut chance);
        (n % 18, person.answers(&comparison, 0.0, &mut chance))
    });
    let alike: Vec<_> = alike.collect();
    let why = learned(&comparison, &alike).expect_err("nothing to learn");
    assert!(why.contains("do not differ beyond chance"), "{why}");
}

#[test]
fn questions_that_a_group_answers_otherwise_are_found_and_true_differences_are_not() {
    let pack = riasec();
    let comparison = Comparison::new(&pack, None, 1.0);
    let mut chance = SeededRng::new(4);
    let mut counts = AnalysisCounts::new(&comparison).expect("few");
    let odd = pack.question("realistic-1").expect("it is there");
    for n in 0..3000 {
        let group = n % 2;
        let mut person = SimulatedPerson::mixed(&comparison, &mut chance);
        // the second group truly likes hands and tools more, by .6 standard deviations
        person.relative_levels[0] += 0.6 * f64::from(group);
        let mut answers = person.answers(&comparison, 0.0, &mut chance);
        let code = answers.code(odd);
        // and one question a label more than that, half the time
        if group == 1 && code < 5 && chance.uniform() < 0.6 {
            answers.put(odd, code + 1);
        }
        let outcome = comparison.assess(&answers);
        counts.add(
            &answers,
            &outcome,
            Some(if group == 1 { "second" } else { "first" }),
        );
    }
    let analysis = Analysis::new(&comparison, &counts, Some("group"));
    let groups = analysis.groups.expect("groups");
    let second = groups
        .groups
        .iter()
        .find(|g| g.name == "second")
        .expect("it is there");
    assert_eq!(second.questions.len(), 48);
    for q in &second.questions {
        let expected = if q.id == "realistic-1" {
            DifClass::C
        } else {
            DifClass::A
        };
        assert_eq!(q.class, expected, "{q:?}");
        assert!(q.class == DifClass::A || q.effect > 0.25, "{q:?}");
    }
    let hands = second
        .traits
        .iter()
        .find(|t| t.id == "realistic")
        .expect("it is there");
    assert!(hands.difference.expect("a difference").low > 0.3);
    let moved = second.moved.expect("compared");
    assert!(moved.share > 1.5 * moved.by_chance, "{moved:?}");
    // the two groups mirror each other
    let first = groups
        .groups
        .iter()
        .find(|g| g.name == "first")
        .expect("it is there");
    for (a, b) in first.questions.iter().zip(&second.questions) {
        assert!((a.chi_square - b.chi_square).abs() < 1e-9 * a.chi_square.max(1.0));
    }
}
