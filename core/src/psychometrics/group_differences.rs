//! Group differences: standardised mean differences and first places by group, to reveal unfairness.

use crate::psychometrics::analysis::{
    FirstsMoved, GroupComparison, GroupFirst, GroupStatistics, GroupTrait,
};
use crate::psychometrics::counts::AnalysisCounts;
use crate::psychometrics::dif::dif;
use crate::psychometrics::estimate::{COMPARED, Estimate, share};
use crate::psychometrics::group_counts::{GroupCounts, GroupTotals, ScoreSpread};
use crate::psychometrics::layout::AnalysisLayout;
use crate::psychometrics::moments::{ScoreSums, mean_and_sd, variance};
use crate::psychometrics::quantiles::NORMAL_975;
use crate::scoring::comparison::Comparison;

pub(crate) fn groups(
    comparison: &Comparison<'_>,
    counts: &AnalysisCounts,
    by: &str,
) -> GroupComparison {
    let groups = &counts.groups;
    let all: Vec<GroupStatistics> = groups
        .groups
        .iter()
        .map(|(name, mine)| {
            let others = others(groups, name);
            let mut group = group(comparison, &counts.layout, name, mine, others.as_ref());
            if group.compared {
                group.questions = dif(comparison, counts, name);
            }
            group
        })
        .collect();
    let of = |group: &GroupStatistics| {
        let differences = group.traits.iter().filter(|t| t.difference.is_some());
        differences.count() + group.firsts.iter().filter(|f| f.ratio.is_some()).count()
    };
    GroupComparison {
        by: by.to_owned(),
        intervals: all.iter().map(of).sum(),
        groups: all,
    }
}

/// Everyone who is not of this group.
fn others(counts: &GroupCounts, name: &str) -> Option<GroupTotals> {
    let mut rest = counts.groups.iter().filter(|(other, _)| *other != name);
    let mut all = rest.next()?.1.clone();
    for (_, more) in rest {
        all.merge(more);
    }
    Some(all)
}

fn group(
    comparison: &Comparison<'_>,
    layout: &AnalysisLayout,
    name: &str,
    mine: &GroupTotals,
    others: Option<&GroupTotals>,
) -> GroupStatistics {
    let others = others.filter(|others| mine.people >= COMPARED && others.people >= COMPARED);
    let (mut traits, mut firsts) = (Vec::new(), Vec::new());
    if let Some(others) = others {
        for scale in &layout.scales {
            let (mine, others) = (&mine.traits[scale.trait_ix], &others.traits[scale.trait_ix]);
            let (mean, sd) = mean_and_sd(sums(mine));
            traits.push(GroupTrait {
                id: comparison.pack.traits[scale.trait_ix].id.clone(),
                people: mine.people,
                mean,
                sd,
                difference: hedges(sums(mine), sums(others)),
            });
        }
        for at in 0..comparison.candidates.len() {
            firsts.push(GroupFirst {
                id: comparison.role(at).id.clone(),
                first: mine.first[at],
                share: share(mine.first[at], mine.people),
                ratio: ratio(
                    (mine.first[at], mine.people),
                    (others.first[at], others.people),
                ),
            });
        }
    }
    GroupStatistics {
        name: name.to_owned(),
        people: mine.people,
        compared: others.is_some(),
        traits,
        firsts,
        moved: others.map(|others| moved(mine, others)),
        questions: Vec::new(),
    }
}

/// How far the first places of two groups differ, and how far they would by chance: the mean absolute value of a
/// normal difference of shares, for each role.
#[expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]
fn moved(mine: &GroupTotals, others: &GroupTotals) -> FirstsMoved {
    let (n, m) = (mine.people as f64, others.people as f64);
    let mut sums = (0.0, 0.0);
    let none = std::iter::once((&mine.no_first, &others.no_first));
    for (&a, &b) in mine.first.iter().zip(&others.first).chain(none) {
        let (a, b) = (a as f64, b as f64);
        let both = (a + b) / (n + m);
        let variance = both * (1.0 - both) * (1.0 / n + 1.0 / m);
        sums.0 += (a / n - b / m).abs();
        sums.1 += (2.0 / std::f64::consts::PI * variance).sqrt();
    }
    FirstsMoved {
        share: 0.5 * sums.0,
        by_chance: 0.5 * sums.1,
    }
}

/// The scores of a trait as sums.
const fn sums(scores: &ScoreSpread) -> ScoreSums {
    (scores.people, scores.sum, scores.squares)
}

/// Hedges' g with its 95 % interval (Hedges & Olkin 1985, chapter 5): the difference of means over the
/// pooled standard deviation, less the bias of small samples. None where neither varies or either is of fewer than two.
#[expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]
pub(crate) fn hedges(a: ScoreSums, b: ScoreSums) -> Option<Estimate> {
    let mean = |(n, sum, _): ScoreSums| sum as f64 / n as f64;
    let (va, vb) = (variance(a)?, variance(b)?);
    let (na, nb) = (a.0 as f64, b.0 as f64);
    let freedom = na + nb - 2.0;
    let pooled = ((na - 1.0) * va + (nb - 1.0) * vb) / freedom;
    if pooled <= 0.0 {
        return None;
    }
    let g = (mean(a) - mean(b)) / pooled.sqrt() * (1.0 - 3.0 / (4.0 * freedom - 1.0));
    let se = ((na + nb) / (na * nb) + g * g / (2.0 * (na + nb))).sqrt();
    Some(Estimate {
        value: g,
        low: g - NORMAL_975 * se,
        high: g + NORMAL_975 * se,
    })
}

/// Ratio of two shares with its 95 % interval on the logarithm (Katz, Baptista, Azen & Pike 1978);
/// none where either has nobody.
#[expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]
pub(crate) fn ratio((a, n): (u64, u64), (b, m): (u64, u64)) -> Option<Estimate> {
    if a == 0 || b == 0 {
        return None;
    }
    let (a, n, b, m) = (a as f64, n as f64, b as f64, m as f64);
    let value = (a / n) / (b / m);
    let se = (1.0 / a - 1.0 / n + 1.0 / b - 1.0 / m).max(0.0).sqrt();
    let reach = libm::exp(NORMAL_975 * se);
    Some(Estimate {
        value,
        low: value / reach,
        high: value * reach,
    })
}

#[cfg(test)]
mod tests {
    use super::{hedges, ratio};

    /// Sums of a group with this mean and standard deviation, to the nearest whole number.
    fn sums(people: u64, mean: u64, variance: u128) -> super::ScoreSums {
        let (n, point) = (u128::from(people), 10_000);
        let squares = (n - 1) * variance + n * u128::from(mean) * u128::from(mean) * point * point;
        (people, people * mean * 10_000, squares)
    }

    #[test]
    fn differences_agree_with_worked_examples() {
        // Borenstein, Hedges, Higgins & Rothstein (2009), chapter 4: means 103 and 100, standard
        // deviations 5.5 and 4.5, 50 people each: d .5970, g .5924
        let g = hedges(sums(50, 103, 3_025_000_000), sums(50, 100, 2_025_000_000));
        let g = g.expect("a difference");
        assert!((g.value - 0.5924).abs() < 5e-5, "{g:?}");
        assert!((g.high - g.value - 1.96 * 0.2043).abs() < 1e-3, "{g:?}");
        // the same, chapter 5: 5 of 100 against 10 of 100, ratio .5, variance of its logarithm .28
        let ratio = ratio((5, 100), (10, 100)).expect("a ratio");
        assert!((ratio.value - 0.5).abs() < 1e-12);
        let se = libm::log(ratio.high / ratio.value) / super::NORMAL_975;
        assert!((se * se - 0.28).abs() < 1e-12);
        assert!(super::ratio((0, 100), (10, 100)).is_none());
        assert!(hedges(sums(50, 100, 0), sums(50, 90, 0)).is_none());
    }
}
