//! Whether matches tell people of a role from others: areas under the curve within roles and within people, places of
//! the own role, calibration of stated odds. `docs/analyse.md` states the formulae.
#![expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]

use crate::psychometrics::binned_area::{BinnedArea, area, jackknife};
use crate::psychometrics::criterion_counts::{CriterionCounts, CriterionPart, MatchGrid};
use crate::psychometrics::estimate::{Auc, COMPARED, Estimate, on_logit, wilson};
use crate::psychometrics::quantiles::NORMAL_975;
use crate::psychometrics::stated_odds::{OddsBin, OddsCount};
use serde::Serialize;

/// Fewest people of a role of whom any figure is given.
pub(crate) const FLOOR: u64 = 5;

/// What a column of people's own roles says of their matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct CriterionStudy {
    /// The column.
    pub(crate) column: String,
    /// People with a role in play and a ranking.
    pub(crate) people: u64,
    /// People without a role.
    pub(crate) blank: u64,
    /// People of a role that is not compared.
    pub(crate) elsewhere: u64,
    /// People with too few answers.
    pub(crate) unranked: u64,
    /// Mean over the roles below of their areas, with an interval by the jackknife.
    pub(crate) auc: Option<Auc>,
    /// By how much the grid of matches can have moved it at most.
    pub(crate) grid_error: f64,
    /// Roles with [`FLOOR`] people and as many others.
    pub(crate) roles: Vec<RoleArea>,
    /// Roles that have somebody, and fewer people than that.
    pub(crate) few: usize,
    /// Mean over people of the share of other roles whose match is below that of their own; a tie counts half.
    pub(crate) within: Option<Estimate>,
    /// The same by one list for everybody: roles by how many of these people have them.
    pub(crate) within_list: Option<f64>,
    /// By how much the first is above the second.
    pub(crate) within_gain: Option<Estimate>,
    /// People whose own role comes first.
    pub(crate) first: PlaceShare,
    /// People who have it among the first three.
    pub(crate) three: PlaceShare,
    /// Calibration of the stated probability that one role fits better than another.
    pub(crate) odds: Vec<OddsBin>,
    /// Groups of people, where a column splits them.
    pub(crate) groups: Vec<GroupArea>,
}

/// How well the match of one role tells its people from others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct RoleArea {
    /// Its id.
    pub(crate) id: String,
    /// People whose own role it is.
    pub(crate) people: u64,
    /// The chance that one of them has a higher match with it than one of the others.
    pub(crate) auc: Auc,
}

/// How many people have their own role among the first.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct PlaceShare {
    /// People.
    pub(crate) people: u64,
    /// Their share, 0..=1, with Wilson's 95 % interval; none without people.
    pub(crate) share: Option<Estimate>,
    /// What chance gives.
    pub(crate) chance: f64,
    /// What one list for everybody gives: the commonest roles first.
    pub(crate) list: f64,
}

/// A group of people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct GroupArea {
    /// Its name.
    pub(crate) name: String,
    /// Roles that have [`FLOOR`] people in every group that is compared, and as many others.
    pub(crate) roles: usize,
    /// Mean of their areas within the group, its interval with roles taken for independent.
    pub(crate) auc: Option<Auc>,
}

impl CriterionStudy {
    /// What these counts say.
    pub(crate) fn new(counts: &CriterionCounts, column: &str) -> Self {
        let whole = counts.whole();
        let people: u64 = whole.people.iter().sum();
        let kept = kept_roles(&whole);
        let rests = rests(counts);
        let areas: Vec<(usize, BinnedArea)> = kept
            .iter()
            .filter_map(|&role| Some((role, role_area(&whole.grid, role)?)))
            .collect();
        let auc = mean_area(&whole.grid, &kept).map(|value| {
            let se = error(&rests, |rest| mean_area(&rest.grid, &kept));
            on_logit(value, se.map(|se| se.0), se.map_or(NORMAL_975, |se| se.1))
        });
        let bounds: f64 = areas.iter().map(|(_, area)| area.bound).sum();
        let lists = list_places(&whole.people);
        let place = |counts: &[u64], within: f64| {
            let hits = counts.iter().sum();
            PlaceShare {
                people: hits,
                share: wilson(hits, people),
                chance: (within / counts.len() as f64).min(1.0),
                list: among_first(&whole.people, within),
            }
        };
        let some = people >= FLOOR;
        Self {
            column: column.to_owned(),
            people,
            blank: counts.blank,
            elsewhere: counts.elsewhere,
            unranked: counts.unranked,
            auc: auc.filter(|_| some),
            grid_error: bounds / (areas.len().max(1) as f64),
            few: whole.people.iter().filter(|&&n| n > 0).count() - kept.len(),
            within: within(counts, &vec![0.0; lists.len()]),
            within_list: some.then(|| weighted(&lists, &whole.people)),
            within_gain: within(counts, &lists),
            first: place(&whole.first, 1.0),
            three: place(&whole.three, 3.0),
            odds: odds(&rests, &whole),
            groups: groups(counts),
            roles: areas
                .into_iter()
                .map(|(role, area)| RoleArea {
                    id: counts.ids[role].clone(),
                    people: whole.people[role],
                    auc: area.auc(),
                })
                .collect(),
        }
    }

    /// Whether matches tell people of a role from others beyond chance: the interval of the mean area lies above one
    /// half. Where they do not, one study of forty says so all the same.
    pub(crate) fn evidence(&self) -> bool {
        let interval = self.auc.and_then(|auc| auc.interval);
        interval.is_some_and(|(low, _)| low > 0.5)
    }
}

/// Roles with enough people and enough others.
pub(crate) fn kept_roles(whole: &CriterionPart) -> Vec<usize> {
    let all: u64 = whole.people.iter().sum();
    let enough = |&role: &usize| {
        let own = whole.people[role];
        own >= FLOOR && all - own >= FLOOR
    };
    (0..whole.people.len()).filter(enough).collect()
}

fn role_area(grid: &MatchGrid, role: usize) -> Option<BinnedArea> {
    let (own, others) = grid.of(role);
    area(&own, &others)
}

/// Mean of the areas of some roles, each counted alike; of those that have people and others.
pub(crate) fn mean_area(grid: &MatchGrid, roles: &[usize]) -> Option<f64> {
    let areas = roles.iter().filter_map(|&role| role_area(grid, role));
    let areas: Vec<f64> = areas.map(|area| area.value).collect();
    (!areas.is_empty()).then(|| areas.iter().sum::<f64>() / areas.len() as f64)
}

/// The people without each part that has somebody.
fn rests(counts: &CriterionCounts) -> Vec<CriterionPart> {
    let parts = counts.rests().zip(counts.peopled());
    parts
        .filter(|(_, peopled)| *peopled)
        .map(|(rest, _)| rest)
        .collect()
}

/// Standard error of a figure by the jackknife, with the quantile that goes with it; none where the figure cannot be
/// computed without some part.
fn error(
    rests: &[CriterionPart],
    figure: impl Fn(&CriterionPart) -> Option<f64>,
) -> Option<(f64, f64)> {
    jackknife(&rests.iter().map(figure).collect::<Option<Vec<f64>>>()?)
}

/// By role, the share of other roles that fewer people have; a tie counts half.
fn list_places(people: &[u64]) -> Vec<f64> {
    let others = (people.len() - 1).max(1) as f64;
    let place = |(role, &own): (usize, &u64)| {
        let rest = people
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != role);
        let half = |&n: &u64| match n.cmp(&own) {
            std::cmp::Ordering::Less => 1.0,
            std::cmp::Ordering::Equal => 0.5,
            std::cmp::Ordering::Greater => 0.0,
        };
        rest.map(|(_, n)| half(n)).sum::<f64>() / others
    };
    people.iter().enumerate().map(place).collect()
}

/// The share of people whose role is among the first so many of one list for everybody; equals share places.
fn among_first(people: &[u64], first: f64) -> f64 {
    let chance = |(role, &own): (usize, &u64)| {
        let rest = || {
            people
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != role)
        };
        let above = rest().filter(|(_, n)| **n > own).count() as f64;
        let equal = rest().filter(|(_, n)| **n == own).count() as f64;
        ((first - above) / (equal + 1.0)).clamp(0.0, 1.0)
    };
    let chances: Vec<f64> = people.iter().enumerate().map(chance).collect();
    weighted(&chances, people)
}

/// Mean of a figure of each role over people.
fn weighted(figures: &[f64], people: &[u64]) -> f64 {
    let all: u64 = people.iter().sum();
    let sum: f64 = figures.iter().zip(people).map(|(f, &n)| f * n as f64).sum();
    if all == 0 { 0.0 } else { sum / all as f64 }
}

/// Mean over people of the place of their own role less a figure of that role, with the normal interval over people.
fn within(counts: &CriterionCounts, less: &[f64]) -> Option<Estimate> {
    let roles = counts.ids.len();
    let most = 2 * (roles - 1);
    let (mut n, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for (row, less) in counts.places.chunks_exact(most + 1).zip(less) {
        for (twice, &people) in row.iter().enumerate().filter(|(_, people)| **people > 0) {
            let value = twice as f64 / most as f64 - less;
            n += people as f64;
            sum += people as f64 * value;
            squares += people as f64 * value * value;
        }
    }
    let mean = sum / n;
    let se = ((squares - n * mean * mean).max(0.0) / (n - 1.0) / n).sqrt();
    (n >= FLOOR as f64).then_some(Estimate {
        value: mean,
        low: mean - NORMAL_975 * se,
        high: mean + NORMAL_975 * se,
    })
}

fn odds(rests: &[CriterionPart], whole: &CriterionPart) -> Vec<OddsBin> {
    let bin = |(n, count): (usize, &OddsCount)| {
        let value = count.right().filter(|_| count.pairs >= FLOOR);
        let se = error(rests, |rest| rest.odds[n].right());
        let right = value.zip(se).map(|(value, (se, t))| Estimate {
            value,
            low: (value - t * se).max(0.0),
            high: (value + t * se).min(1.0),
        });
        count.bin(n, right)
    };
    whole.odds.iter().enumerate().map(bin).collect()
}

/// The groups with enough people, on the roles that have enough people in each of them.
fn groups(counts: &CriterionCounts) -> Vec<GroupArea> {
    let roles = counts.ids.len();
    let own = |grid: &MatchGrid, role| grid.of(role).0.iter().sum::<u64>();
    let people = |grid: &MatchGrid| (0..roles).map(|role| own(grid, role)).sum::<u64>();
    let compared = counts.groups.iter();
    let compared: Vec<_> = compared
        .filter(|(_, grid)| people(grid) >= COMPARED)
        .collect();
    let enough = |grid: &MatchGrid, role| {
        let own = own(grid, role);
        own >= FLOOR && people(grid) - own >= FLOOR
    };
    let kept = |&role: &usize| compared.iter().all(|(_, grid)| enough(grid, role));
    let kept: Vec<usize> = (0..roles).filter(kept).collect();
    let group = |(name, grid): &(&String, &MatchGrid)| {
        let areas: Vec<BinnedArea> = kept
            .iter()
            .filter_map(|&role| role_area(grid, role))
            .collect();
        let n = areas.len() as f64;
        let variance = areas.iter().map(|area| area.variance).sum::<Option<f64>>();
        let mean = areas.iter().map(|area| area.value).sum::<f64>() / n;
        GroupArea {
            name: (*name).clone(),
            roles: areas.len(),
            auc: (!areas.is_empty())
                .then(|| on_logit(mean, variance.map(|v| v.sqrt() / n), NORMAL_975)),
        }
    };
    if compared.len() < 2 {
        return Vec::new();
    }
    compared.iter().map(group).collect()
}

/// A figure of two computations on the same people, and by how much the second is above the first, with an interval
/// by the jackknife over parts of the people.
pub(crate) fn gain(
    (old, new): (&CriterionCounts, &CriterionCounts),
    figure: impl Fn(&CriterionPart) -> Option<f64>,
) -> Option<Gain> {
    let (before, after) = (figure(&old.whole())?, figure(&new.whole())?);
    let rests = rests(old).into_iter().zip(rests(new));
    let differences = rests.map(|(old, new)| Some(figure(&new)? - figure(&old)?));
    let (se, t) = jackknife(&differences.collect::<Option<Vec<f64>>>()?)?;
    let value = after - before;
    let difference = Estimate {
        value,
        low: value - t * se,
        high: value + t * se,
    };
    Some(Gain {
        before,
        after,
        difference,
    })
}

/// What a change of levels does to a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Gain {
    /// The figure before.
    pub(crate) before: f64,
    /// The figure after.
    pub(crate) after: f64,
    /// The second less the first.
    pub(crate) difference: Estimate,
}
