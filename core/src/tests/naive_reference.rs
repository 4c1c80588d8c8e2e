//! The formulae of scoring, one after the other and one person at a time: the reference of the fast path.

use crate::pack::model::{Measure, Pack, Question, TraitKind};
use crate::scoring::answers::{Answers, DONT_KNOW, UNANSWERED};
use crate::scoring::assessment::State;

/// What the formulae give.
pub(crate) struct Plain {
    pub estimates: Vec<f64>,
    pub reliabilities: Vec<f64>,
    /// z and its standard error; none without a match.
    pub fits: Vec<Option<(f64, f64)>>,
    pub ranks: Vec<Option<usize>>,
    /// Of each role, by how much it is within the bound of one that shares the first rank.
    pub inside: Vec<Option<f64>>,
    pub telling: usize,
    pub telling_answered: usize,
    pub flags: Vec<&'static str>,
}

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
fn keys(pack: &Pack, candidates: &[usize], aptitude_weight: f64) -> (Vec<Vec<f64>>, Vec<bool>) {
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

/// Assesses someone.
pub(crate) fn assess(pack: &Pack, candidates: &[usize], weight: f64, answers: &Answers) -> Plain {
    let (keys, differs) = keys(pack, candidates, weight);
    let (mut estimates, mut reliabilities, mut answered) = (vec![], vec![], vec![]);
    let (mut missing, mut unattempted) = (false, false);
    for (k, t) in pack.traits.iter().enumerate() {
        let (mut sum, mut weights, mut information) = (0.0, 0.0, 0.0);
        let (mut given, mut unsure) = (0, 0);
        for (q, question) in pack.questions.iter().enumerate() {
            if question.trait_ix() != Some(k) {
                continue;
            }
            let Some(u) = keyed(question, answers.code(q)) else {
                missing |= differs[k];
                continue;
            };
            let usual = if matches!(question.measure, Measure::Choice { .. }) {
                0.15
            } else {
                0.43
            };
            let r = t.reliability.unwrap_or(usual);
            given += 1;
            let puzzle = matches!(question.measure, Measure::Choice { .. });
            unsure += usize::from(puzzle && answers.code(q) == DONT_KNOW);
            sum += question.weight * u;
            weights += question.weight;
            information += question.weight * r / (1.0 - r);
        }
        if unsure * 2 > given {
            unattempted = true;
            (sum, weights, information) = (0.0, 0.0, 0.0);
        }
        let rho = information / (1.0 + information);
        let x = 100.0 * sum / weights;
        estimates.push(if weights > 0.0 {
            rho * (x - t.mean) / t.sd
        } else {
            0.0
        });
        reliabilities.push(rho);
        answered.push(weights > 0.0);
    }
    let keys = centred(pack, &keys, &reliabilities);
    let over = |key: &[f64], of: &dyn Fn(usize) -> f64| -> f64 {
        key.iter().enumerate().map(|(k, a)| a * of(k)).sum()
    };
    let length = |key: &Vec<f64>| over(key, &|k| key[k] * reliabilities[k]).sqrt();
    let fits: Vec<Option<(f64, f64)>> = (keys.iter())
        .map(|key| {
            let unknown = over(key, &|k| key[k] * (1.0 - reliabilities[k])).sqrt();
            let known = length(key);
            (known > 1e-9).then(|| (over(key, &|k| estimates[k]) / known, unknown / known))
        })
        .collect();
    let ranks = ranks(&fits);
    let apart = |a: usize, b: usize| -> f64 {
        let (x, y) = (&keys[a], &keys[b]);
        let term =
            |k: usize| (x[k] / length(x) - y[k] / length(y)).powi(2) * (1.0 - reliabilities[k]);
        (0..x.len()).map(term).sum::<f64>().sqrt()
    };
    let firsts: Vec<usize> = (0..fits.len()).filter(|&r| ranks[r] == Some(1)).collect();
    let inside = (0..fits.len()).map(|b| {
        let (z, _) = fits[b]?;
        let margin = |&a: &usize| Some(1.2816 * apart(a, b) - (fits[a]?.0 - z));
        firsts.iter().filter_map(margin).max_by(f64::total_cmp)
    });
    Plain {
        inside: inside.collect(),
        telling: differs.iter().filter(|d| **d).count(),
        telling_answered: differs
            .iter()
            .zip(&answered)
            .filter(|(d, a)| **d && **a)
            .count(),
        flags: flags(pack, answers, unattempted, missing),
        estimates,
        reliabilities,
        fits,
        ranks,
    }
}

/// Keys less their mean over the interests and preferences on which some role has a key, weighted by
/// reliability.
fn centred(pack: &Pack, keys: &[Vec<f64>], reliabilities: &[f64]) -> Vec<Vec<f64>> {
    let traits: Vec<usize> = (0..pack.traits.len())
        .filter(|&k| pack.traits[k].kind != TraitKind::Aptitude)
        .filter(|&k| keys.iter().any(|key| key[k].abs() > 0.0))
        .collect();
    let known: f64 = traits.iter().map(|&k| reliabilities[k]).sum();
    let centre = |key: &Vec<f64>| {
        let sum: f64 = traits.iter().map(|&k| key[k] * reliabilities[k]).sum();
        let mut key = key.clone();
        for &k in &traits {
            key[k] -= if known > 0.0 { sum / known } else { 0.0 };
        }
        key
    };
    keys.iter().map(centre).collect()
}

/// A role shares the rank of the first of its group when within 1e-9 of it.
fn ranks(fits: &[Option<(f64, f64)>]) -> Vec<Option<usize>> {
    let mut sorted: Vec<usize> = (0..fits.len()).filter(|&r| fits[r].is_some()).collect();
    let z = |r: usize| fits[r].map_or(0.0, |fit| fit.0);
    sorted.sort_by(|&a, &b| z(b).total_cmp(&z(a)));
    let mut ranks = vec![None; fits.len()];
    let mut group = 0;
    for (place, &r) in sorted.iter().enumerate() {
        if z(sorted[group]) - z(r) > 1e-9 {
            group = place;
        }
        ranks[r] = Some(group + 1);
    }
    ranks
}

/// State, where the band holds so many of so many roles.
pub(crate) fn state(plain: &Plain, band: usize, roles: usize) -> State {
    if plain.fits.iter().all(Option::is_none) || plain.telling_answered * 2 < plain.telling {
        State::Insufficient
    } else if band == roles
        || band >= 3 && band * 2 > roles
        || plain.flags.contains(&"straight-line")
    {
        State::Unclear
    } else {
        State::Clear
    }
}

fn flags(pack: &Pack, answers: &Answers, unattempted: bool, missing: bool) -> Vec<&'static str> {
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
