//! Findings in one person's answers: contradictions, discussion prompts, what-if, retest.

use crate::pack::model::{AnswerFormat, Measure, Pack};
use crate::results::contradictions::{SURE, contradictions};
use crate::results::discussion_prompts::{DiscussionPrompt, MOST, asks};
use crate::scoring::answers::Answers;
use crate::scoring::assessment::State;
use crate::scoring::comparison::Comparison;
use crate::scoring::kernel::assessor::assess;
use crate::scoring::trait_scores::TraitScore;
use crate::simulation::respondents::SeededRng;
use crate::simulation::respondents::SimulatedPerson;
use crate::tests::help::{built_in, same, small};

fn set(pack: &Pack, all: &mut Answers, id: &str, code: u8) {
    all.put(pack.question(id).expect("the question is there"), code);
}

#[test]
fn answers_contradict_by_more_than_their_error_on_opposite_sides_of_the_middle() {
    let pack = small();
    let comparison = Comparison::new(&pack, None, 1.0);
    // seven labels, reliability .43, sd 22: answers of weights 1 and 2 differ by 100 / 31.0 errors
    let with = |first: u8, second: u8| {
        let mut all = Answers::none(&pack);
        set(&pack, &mut all, "pace-1", first);
        set(&pack, &mut all, "pace-2", second); // reversed, weight 2
        contradictions(&comparison, &all)
    };
    let widest = with(7, 7);
    assert_eq!(widest.len(), 1);
    let id = |q: usize| pack.questions[q].id.as_str();
    assert_eq!(
        (id(widest[0].high), id(widest[0].low)),
        ("pace-1", "pace-2")
    );
    let error = 22.0 * (0.57 / 0.43 * 1.5_f64).sqrt();
    assert!((widest[0].errors - 100.0 / error).abs() < 1e-9);
    assert!(with(7, 1).is_empty(), "reversed: both say the same");
    // 5/6 against 1/6 is 66.7 points and past 1.96 errors of 31; 5/6 against 2/6 is not
    assert!(66.7 / error > SURE && 50.0 / error < SURE);
    assert_eq!(with(6, 6).len(), 1);
    assert!(with(6, 5).is_empty());
    assert!(with(7, 4).is_empty(), "the middle contradicts nothing");
}

#[test]
fn puzzles_do_not_contradict_each_other() {
    let pack = small();
    let comparison = Comparison::new(&pack, None, 1.0);
    let mut all = Answers::none(&pack);
    for (n, &q) in pack
        .traits
        .last()
        .expect("a trait")
        .items
        .iter()
        .enumerate()
    {
        assert_eq!(pack.questions[q].format(), AnswerFormat::Choice);
        all.put(q, u8::try_from(n % 2 + 1).expect("small"));
    }
    assert!(contradictions(&comparison, &all).is_empty());
}

#[test]
fn honest_people_contradict_themselves_less_than_random_answers_do() {
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let mut chance = SeededRng::new(5);
    let (mut honest, mut random) = (0, 0);
    for _ in 0..200 {
        let person = SimulatedPerson::mixed(&comparison, &mut chance);
        let mut all = person.answers(&comparison, 0.0, &mut chance);
        honest += contradictions(&comparison, &all).len();
        for (q, question) in pack.questions.iter().enumerate() {
            if question.format() == AnswerFormat::Rating {
                all.put(q, chance.below(5) + 1);
            }
        }
        random += contradictions(&comparison, &all).len();
    }
    assert!(
        honest > 0 && honest * 2 < random,
        "{honest} against {random}"
    );
}

#[test]
fn discussion_prompts_follow_from_the_result_and_mix_kinds() {
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let at = pack.role("ct-technologist").expect("the role is there");
    let someone = |seed| {
        let mut chance = SeededRng::new(seed);
        let person = SimulatedPerson::like(&comparison, at, &mut chance);
        let mut all = person.answers(&comparison, 0.0, &mut chance);
        set(&pack, &mut all, "radiation", 3);
        set(&pack, &mut all, "blood", 0);
        all
    };
    let asked = |all: &Answers| {
        let outcome = assess(&comparison, all);
        let report = comparison.explain(all, &outcome);
        let found = asks(&report, all);
        let kinds = found.iter().map(|ask| match ask {
            DiscussionPrompt::Apart { .. } => "apart",
            DiscussionPrompt::Conflict { .. } => "conflict",
            DiscussionPrompt::Contradiction(_) => "contradiction",
            DiscussionPrompt::Open { .. } => "open",
            DiscussionPrompt::NotAsked(_) => "not asked",
            DiscussionPrompt::Against { .. } => "against",
            DiscussionPrompt::Change { .. } => "change",
        });
        kinds.collect::<Vec<_>>()
    };
    let all = (0..50).map(someone).find(|all| asked(all).len() == MOST);
    let mut all = all.expect("somebody with much to talk about");
    let full = asked(&all);
    assert_eq!(full.len(), MOST);
    assert!(
        full.contains(&"conflict") && full.contains(&"not asked"),
        "{full:?}"
    );
    // with nothing answered there is only what is open
    let nothing = asked(&Answers::none(&pack));
    assert_eq!(nothing, ["open"; MOST]);
    // everything answered, nothing ruled out: nothing is open
    for (q, question) in pack.questions.iter().enumerate() {
        if question.format() == AnswerFormat::Condition || !all.has(q) {
            all.put(q, 1);
        }
    }
    let complete = asked(&all);
    assert!(
        !complete
            .iter()
            .any(|k| ["open", "not asked", "conflict"].contains(k)),
        "{complete:?}"
    );
}

#[test]
fn a_what_if_score_changes_its_trait_only() {
    let pack = small();
    let comparison = Comparison::new(&pack, None, 1.0);
    let real = assess(&comparison, &same(&pack, "3"));
    let (hurry, helping) = (4, 0);
    assert_eq!(pack.traits[hurry].id, "pace");
    let raw = |score: &TraitScore| score.raw().expect("answered");
    let lower = raw(&real.scores[hurry]) - 22.0;
    let (moved, changes) = comparison.with_scores(&real, &[(hurry, lower), (helping, 95.0)]);
    assert!((raw(&moved.scores[hurry]) - lower).abs() < 1e-9);
    assert_eq!(moved.scores[helping].raw(), Some(95.0));
    assert_eq!(changes.len(), 2);
    for (k, (before, after)) in real.scores.iter().zip(&moved.scores).enumerate() {
        assert_eq!(k == hurry || k == helping, before != after);
        assert!((before.reliability - after.reliability).abs() < 1e-12);
    }
    // the same as answers that would give that score
    let (same_again, _) = comparison.with_scores(&real, &[(hurry, raw(&real.scores[hurry]))]);
    for (a, b) in same_again.fits.iter().zip(&real.fits) {
        let (a, b) = (a.expect("a match"), b.expect("a match"));
        assert!((a.z - b.z).abs() < 1e-12);
    }
    // never off the scale, and never for a trait without answers
    let (far, _) = comparison.with_scores(&real, &[(hurry, 248.0)]);
    assert_eq!(far.scores[hurry].raw(), Some(100.0));
    let nothing = assess(&comparison, &Answers::none(&pack));
    let (still, none) = comparison.with_scores(&nothing, &[(hurry, 80.0)]);
    assert!(none.is_empty() && still.state == State::Insufficient);
    assert!(still.ranking.order.is_empty());
}

#[test]
fn avoided_conditions_mark_roles_and_change_no_match() {
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let all = same(&pack, "4");
    let c = pack
        .conditions
        .iter()
        .position(|&q| pack.questions[q].id == "radiation");
    let c = c.expect("a condition");
    let (before, after) = (
        assess(&comparison, &all),
        assess(&comparison, &comparison.avoid(&all, &[c])),
    );
    assert_eq!(
        (&before.fits, &before.ranking),
        (&after.fits, &after.ranking)
    );
    for (at, &r) in comparison.candidates.iter().enumerate() {
        assert_eq!(
            after.conflicts[at].iter().any(|other| other == c),
            pack.roles[r].exposures[c] > 0
        );
    }
}

/// The answer that speaks most for a rating's trait.
fn answers_for(pack: &Pack, q: usize) -> u8 {
    match pack.questions[q].measure {
        Measure::Rating { reverse: true, .. } => 1,
        _ => pack.questions[q].choices,
    }
}

#[test]
fn a_retest_shows_only_changes_beyond_their_error() {
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let old = same(&pack, "3");
    let mut new = old.clone();
    let k = pack
        .traits
        .iter()
        .position(|t| t.id == "physics")
        .expect("a trait");
    for &q in &pack.traits[k].items {
        let most = answers_for(&pack, q);
        new.put(q, most);
    }
    // one answer of four moves another trait by 25 points at most, within the error of 17.9 * 1.96
    set(&pack, &mut new, "helping-1", 5);
    let (then, now) = (assess(&comparison, &old), assess(&comparison, &new));
    let moves = comparison.retest(&then, &now);
    let sure: Vec<usize> = moves
        .traits
        .iter()
        .filter(|m| m.is_sure())
        .map(|m| m.of)
        .collect();
    assert_eq!(sure, [k]);
    let m = moves.traits.iter().find(|m| m.of == k).expect("compared");
    let sem = 22.0 * (0.57_f64 / 0.43 / 4.0).sqrt();
    assert!((m.error - sem * 2.0_f64.sqrt()).abs() < 1e-9, "{}", m.error);
    for role in &moves.roles {
        let change = role.fits[1].expect("a match").z - role.fits[0].expect("a match").z;
        let parts: f64 = role.parts.iter().map(|p| p.1).sum();
        assert!((change - parts).abs() < 1e-9);
        assert!(role.in_band != [false, false]);
    }
    let same_day = comparison.retest(&then, &then);
    assert!(same_day.traits.iter().all(|m| !m.is_sure()));
    assert!(same_day.roles.iter().all(|r| r.in_band == [true, true]));
}
