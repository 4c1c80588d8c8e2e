//! Keys, states and signs of careless responding written down once more from the pack, one person at a time:
//! what the front of scoring states only in lanes, or what everything else rests on.

use crate::pack::model::{Measure, Pack, Question, TraitKind};
use crate::scoring::answers::{Answers, DONT_KNOW, UNANSWERED};
use crate::scoring::assessment::State;
use crate::scoring::role_match::RoleMatch;
use crate::scoring::trait_scores::TraitScore;

/// Keyed value of an answer.
fn keyed(question: &Question, code: u8) -> Option<f64> {
    let (x, n) = (f64::from(code), f64::from(question.choices));
    match question.measure {
        _ if code == UNANSWERED => None,
        Measure::Rating { reverse: false, .. } => Some((x - 1.0) / (n - 1.0)),
        Measure::Rating { reverse: true, .. } => Some(1.0 - (x - 1.0) / (n - 1.0)),
        Measure::Choice { .. } if code == DONT_KNOW => Some(1.0 / n),
        Measure::Choice { answer, .. } => Some(if code == answer { 1.0 } else { 0.0 }),
        Measure::Condition(_) => None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few numbers")]
fn mean(of: &[f64]) -> f64 {
    of.iter().sum::<f64>() / of.len() as f64
}

fn sd(of: &[f64]) -> f64 {
    let centre = mean(of);
    mean(&of.iter().map(|x| (x - centre).powi(2)).collect::<Vec<_>>()).sqrt()
}

/// The keys of the roles in play, and whether these differ on each trait.
pub(crate) fn keys(
    pack: &Pack,
    candidates: &[usize],
    aptitude_weight: f64,
) -> (Vec<Vec<f64>>, Vec<bool>) {
    let mut differs = Vec::new();
    let mut keys = vec![Vec::new(); candidates.len()];
    for (k, t) in pack.traits.iter().enumerate() {
        let all: Vec<f64> = pack.roles.iter().map(|r| r.levels[k]).collect();
        let here: Vec<f64> = candidates
            .iter()
            .map(|&r| pack.roles[r].levels[k])
            .collect();
        differs.push(sd(&here) > 1e-9);
        for (key, (&r, level)) in keys.iter_mut().zip(candidates.iter().zip(&here)) {
            let z = if differs[k] {
                (level - mean(&here)) / sd(&all)
            } else {
                0.0
            };
            let a = pack.roles[r].weights[k] * z;
            key.push(if t.kind == TraitKind::Aptitude {
                aptitude_weight * a.max(0.0)
            } else {
                a
            });
        }
    }
    (keys, differs)
}

/// State, where the band holds so many roles.
pub(crate) fn state(
    differs: &[bool],
    scores: &[TraitScore],
    fits: &[Option<RoleMatch>],
    flags: &[&str],
    band: usize,
) -> State {
    let telling = differs.iter().filter(|differs| **differs).count();
    let answered = |of: &(&bool, &TraitScore)| *of.0 && of.1.raw().is_some();
    let answered = differs.iter().zip(scores).filter(answered).count();
    let roles = fits.len();
    if fits.iter().all(Option::is_none) || answered * 2 < telling {
        State::Insufficient
    } else if band == roles || band >= 3 && band * 2 > roles || flags.contains(&"straight-line") {
        State::Unclear
    } else {
        State::Clear
    }
}

/// Signs of careless responding, where the roles in play differ on these traits.
pub(crate) fn flags(pack: &Pack, differs: &[bool], answers: &Answers) -> Vec<&'static str> {
    let of_trait = |k: usize| {
        let questions = 0..pack.questions.len();
        questions.filter(move |&q| pack.questions[q].trait_ix() == Some(k))
    };
    let unattempted = (0..differs.len()).any(|k| {
        let unsure = of_trait(k).filter(|&q| answers.code(q) == DONT_KNOW);
        2 * unsure.count() > of_trait(k).filter(|&q| answers.has(q)).count()
    });
    let missing = (0..differs.len()).any(|k| differs[k] && of_trait(k).any(|q| !answers.has(q)));
    let mut flags = Vec::new();
    let given = |q: usize| answers.code(q) != UNANSWERED;
    let is_rating = |q: usize| matches!(pack.questions[q].measure, Measure::Rating { .. });
    let rated: Vec<usize> = (0..pack.questions.len())
        .filter(|&q| given(q) && is_rating(q))
        .collect();
    let same = |x: u8| rated.iter().filter(|&&q| answers.code(q) == x).count();
    if rated.len() >= 10 && (1..=9).any(|x| same(x) * 10 >= rated.len() * 9) {
        flags.push("straight-line");
    }
    let (mut one, mut other) = (Vec::new(), Vec::new());
    for k in 0..pack.traits.len() {
        let of_trait = |q: &&usize| pack.questions[**q].trait_ix() == Some(k);
        let u: Vec<f64> = (rated.iter().filter(of_trait))
            .filter_map(|&q| keyed(&pack.questions[q], answers.code(q)))
            .collect();
        if u.len() >= 4 {
            one.push(mean(&u.iter().step_by(2).copied().collect::<Vec<_>>()));
            other.push(mean(
                &u.iter().skip(1).step_by(2).copied().collect::<Vec<_>>(),
            ));
        }
    }
    if one.len() >= 10 && sd(&one) > 1e-6 && sd(&other) > 1e-6 {
        let products: Vec<f64> = (one.iter().zip(&other))
            .map(|(x, y)| (x - mean(&one)) * (y - mean(&other)))
            .collect();
        if mean(&products) / (sd(&one) * sd(&other)) < 0.3 / 1.7 {
            flags.push("inconsistent");
        }
    }
    // how likely each number of right answers is, a puzzle after the other
    let (mut exactly, mut right) = (vec![1.0], 0);
    for (q, question) in pack.questions.iter().enumerate() {
        let Measure::Choice { answer, .. } = question.measure else {
            continue;
        };
        if !given(q) || answers.code(q) == DONT_KNOW {
            continue;
        }
        right += usize::from(answers.code(q) == answer);
        let p = 1.0 / f64::from(question.choices);
        let n = exactly.len();
        let before = |i: usize| {
            if (1..=n).contains(&i) {
                exactly[i - 1]
            } else {
                0.0
            }
        };
        exactly = (0..=n)
            .map(|i| before(i + 1) * (1.0 - p) + before(i) * p)
            .collect();
    }
    if exactly.len() > 6 && exactly[right..].iter().sum::<f64>() > 0.25 + 1e-12 {
        flags.push("guessing");
    }
    if unattempted {
        flags.push("unattempted");
    }
    if missing {
        flags.push("incomplete");
    }
    if answers.pace.is_some_and(|pace| pace < 1.5) {
        flags.push("rushed");
    }
    flags
}
