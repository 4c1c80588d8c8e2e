//! Differential item functioning: whether people of a group answer a question otherwise than others with the same sum
//! of answers to its trait (Mantel & Haenszel 1959; Mantel 1963; Holland & Thayer 1988; Dorans & Schmitt 1991).
#![expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]

use crate::pack::model::AnswerFormat;
use crate::psychometrics::counts::AnalysisCounts;
use crate::psychometrics::dif_counts::top;
use crate::psychometrics::estimate::Estimate;
use crate::psychometrics::layout::LayoutItem;
use crate::psychometrics::quantiles::NORMAL_975;
use crate::scoring::comparison::Comparison;
use serde::Serialize;

/// Fewest people of a group, and of all others, who answered all of a trait's questions: a judgement, for with fewer
/// hardly any difference is beyond chance.
pub(crate) const COMPLETE: u64 = 50;

/// How large a difference is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) enum DifClass {
    /// None beyond chance, or negligible.
    A,
    /// Slight to moderate.
    B,
    /// Moderate to large.
    C,
}

impl DifClass {
    /// The letter.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }
}

/// One question in one group, beside all other people with the same sum of answers to its trait.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct ItemDif {
    /// Id of the question.
    pub(crate) id: String,
    /// People of the group who answered all of the trait's questions.
    pub(crate) people: u64,
    /// All others who did.
    pub(crate) others: u64,
    /// Standardised mean difference: how much higher the group answers, in percent of the scale (of right answers).
    pub(crate) difference: Estimate,
    /// That over the standard deviation of all answers of both.
    pub(crate) effect: f64,
    /// Of a puzzle, -2.35 times the logarithm of the common odds ratio of the others to the group (MH D-DIF): above 0
    /// the group is right more often.
    pub(crate) delta: Option<Estimate>,
    /// Mantel's statistic, chi-square of one degree of freedom.
    pub(crate) chi_square: f64,
    /// The chance of one as large without any difference.
    pub(crate) p: f64,
    /// How large the difference is.
    pub(crate) class: DifClass,
}

/// People of a group and of all others with the same sum of answers, by points of one question.
struct Stratum {
    /// People of the group, and the sum of their points.
    mine: (f64, f64),
    /// The same of all others.
    others: (f64, f64),
    /// Squares of the points of both.
    squares: f64,
}

/// Every question of a group, where it and all others are enough.
pub(crate) fn dif(
    comparison: &Comparison<'_>,
    counts: &AnalysisCounts,
    name: &str,
) -> Vec<ItemDif> {
    let tables = counts.dif.of(&counts.layout, name).unwrap_or_default();
    let questions = &comparison.pack.questions;
    tables
        .iter()
        // a question alone has no others to be compared by
        .filter(|table| table.item.most_rest > 0)
        .filter_map(|table| {
            let item = table.item;
            let question = &questions[item.question];
            let choice = question.format() == AnswerFormat::Choice;
            item_dif(&question.id, choice, item, (&table.mine, &table.others))
        })
        .collect()
}

fn strata(item: &LayoutItem, mine: &[u64], others: &[u64]) -> Vec<Stratum> {
    let points = |slot: usize| f64::from(item.points[usize::from(item.code(slot))]);
    let rows = mine
        .chunks_exact(item.width)
        .zip(others.chunks_exact(item.width));
    let stratum = |(mine, others): (&[u64], &[u64])| {
        let sum = |row: &[u64]| {
            row.iter()
                .enumerate()
                .fold((0.0, 0.0), |(n, sum), (slot, &people)| {
                    (n + people as f64, sum + points(slot) * people as f64)
                })
        };
        let both = mine.iter().zip(others).enumerate();
        Stratum {
            mine: sum(mine),
            others: sum(others),
            squares: both
                .map(|(slot, (a, b))| points(slot) * points(slot) * (a + b) as f64)
                .sum(),
        }
    };
    rows.map(stratum).collect()
}

fn item_dif(
    id: &str,
    choice: bool,
    item: &LayoutItem,
    (mine, others): (&[u64], &[u64]),
) -> Option<ItemDif> {
    let (people, rest): (u64, u64) = (mine.iter().sum(), others.iter().sum());
    if people < COMPLETE || rest < COMPLETE {
        return None;
    }
    let strata = strata(item, mine, others);
    let compared = || strata.iter().filter(|s| s.mine.0 > 0.0 && s.others.0 > 0.0);
    let weight: f64 = compared().map(|s| s.mine.0).sum();
    let (mut apart, mut variance, mut difference, mut own) = (0.0, 0.0, 0.0, 0.0);
    for s in compared() {
        let ((n, y), (m, z)) = (s.mine, s.others);
        let all = n + m;
        let spread = if all > 1.0 {
            n * m / (all * all * (all - 1.0)) * (all * s.squares - (y + z) * (y + z))
        } else {
            0.0
        };
        apart += y - n * (y + z) / all;
        variance += spread;
        difference += n / weight * (y / n - z / m);
        // the difference of means is this many times what the group's sum is above its expectation
        own += (n / weight * (1.0 / n + 1.0 / m)).powi(2) * spread;
    }
    let (n, sum, squares) = strata.iter().fold((0.0, 0.0, 0.0), |(n, sum, squares), s| {
        let (a, b) = (s.mine, s.others);
        (n + a.0 + b.0, sum + a.1 + b.1, squares + s.squares)
    });
    let sd = ((squares - sum * sum / n) / (n - 1.0)).max(0.0).sqrt();
    if variance <= 0.0 || sd <= 0.0 {
        return None;
    }
    let chi_square = apart * apart / variance;
    let p = libm::erfc((0.5 * chi_square).sqrt());
    let effect = difference / sd;
    let delta = choice.then(|| delta(compared())).flatten();
    let percent = 100.0 / f64::from(top(item));
    let reach = NORMAL_975 * own.sqrt();
    let [value, low, high] = [difference, difference - reach, difference + reach];
    Some(ItemDif {
        id: id.to_owned(),
        people,
        others: rest,
        difference: Estimate {
            value: percent * value,
            low: percent * low,
            high: percent * high,
        },
        effect,
        delta,
        chi_square,
        p,
        class: match delta {
            _ if p >= 0.05 => DifClass::A,
            Some(delta) => of_delta(&delta),
            None => of_effect(effect),
        },
    })
}

/// Class of a rating question: 17 and 25 hundredths of a standard deviation (Zwick, Thayer & Mazzeo 1997).
fn of_effect(effect: f64) -> DifClass {
    match effect.abs() {
        e if e > 0.25 => DifClass::C,
        e if e > 0.17 => DifClass::B,
        _ => DifClass::A,
    }
}

/// Class of a puzzle on the delta scale (Zieky 1993): C from 1.5 on, and above 1 beyond chance, one-sided at 5 %.
fn of_delta(delta: &Estimate) -> DifClass {
    let size = delta.value.abs();
    let se = (delta.high - delta.value) / NORMAL_975;
    if size < 1.0 {
        DifClass::A
    } else if size >= 1.5 && size - 1.645 * se > 1.0 {
        DifClass::C
    } else {
        DifClass::B
    }
}

/// The common odds ratio (Mantel & Haenszel 1959) on the delta scale, with the interval of Robins, Breslow & Greenland
/// (1986); none where either side is never right or never wrong beside the other.
fn delta<'a>(strata: impl Iterator<Item = &'a Stratum>) -> Option<Estimate> {
    let (mut up, mut down, mut ups, mut both, mut downs) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for stratum in strata {
        let ((mine, right), (others, theirs)) = (stratum.mine, stratum.others);
        let (wrong, missed, all) = (mine - right, others - theirs, mine + others);
        let (r, s) = (right * missed / all, wrong * theirs / all);
        let (p, q) = ((right + missed) / all, (wrong + theirs) / all);
        up += r;
        down += s;
        ups += p * r;
        both += p * s + q * r;
        downs += q * s;
    }
    if up <= 0.0 || down <= 0.0 {
        return None;
    }
    let value = 2.35 * libm::log(up / down);
    let variance = ups / (2.0 * up * up) + both / (2.0 * up * down) + downs / (2.0 * down * down);
    let reach = 2.35 * NORMAL_975 * variance.sqrt();
    Some(Estimate {
        value,
        low: value - reach,
        high: value + reach,
    })
}
