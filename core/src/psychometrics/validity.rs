//! Whether a higher match goes with a better opinion: thumbs that people gave to roles without
//! knowing their match.
//!
//! The match is no probability of liking a role, so no figure here takes it for one: what is asked is
//! whether liked roles have the higher match, and whether the share of liked ones rises with it.
#![expect(clippy::cast_precision_loss, reason = "ratings are far below 2^52")]

use crate::psychometrics::estimate::{Auc, Estimate, on_logit, share, wilson};
use crate::psychometrics::quantiles::{NORMAL_975, f_quantile};
use crate::psychometrics::stated_odds::{ODDS, OddsBin, OddsCount, StatedOdds};
use crate::scoring::assessment::Outcome;
use crate::scoring::comparison::Comparison;
use crate::scoring::ranking::TIE;
use crate::scoring::role_match::phi;
use serde::Serialize;

/// Parts of the scale of matches.
pub(crate) const PARTS: usize = 10;
/// Fewest thumbs up, and down, that a role needs to be counted in the mean over roles.
const FLOOR: usize = 5;

/// A role that a person rated, and what the answers say of it.
///
/// [`Analysis::add_ratings`] takes those of many people.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// # let outcome = comparison.assess(&answers);
/// use rolescope_core::psychometrics::RatedRole;
///
/// let thumbs = [(0, false), (1, true)];
/// assert_eq!(RatedRole::of_person(&comparison, &outcome, &thumbs).len(), 2);
/// let outcome = comparison.assess(&Answers::none(&pack));
/// let none = RatedRole::of_person(&comparison, &outcome, &thumbs);
/// assert!(none.is_empty(), "nothing was answered");
/// ```
///
/// [`Analysis::add_ratings`]: crate::psychometrics::Analysis::add_ratings
#[derive(Clone, Debug, PartialEq)]
pub struct RatedRole {
    /// Its position in play.
    pub(crate) at: usize,
    /// Its match on the standard normal scale.
    pub(crate) z: f64,
    /// Whether it is in the person's first group.
    pub(crate) in_band: bool,
    /// Whether the thumb was up.
    pub(crate) up: bool,
    /// With a thumb up, the stated chance that it fits better than each role with a thumb down.
    pub(crate) over: Vec<f64>,
}

impl RatedRole {
    /// The ratings of one person whose outcome this is: positions of roles in play, and whether the thumb was up.
    /// Roles without a match are left out.
    ///
    /// # Panics
    /// Where there is no such role in play.
    #[must_use]
    pub fn of_person(
        comparison: &Comparison<'_>,
        outcome: &Outcome,
        thumbs: &[(usize, bool)],
    ) -> Vec<Self> {
        let odds = StatedOdds::new(comparison, outcome);
        let downs = || thumbs.iter().filter(|(_, up)| !up).map(|(at, _)| *at);
        let rated = |&(at, up): &(usize, bool)| {
            let better = || odds.better(at, downs()).collect();
            Some(Self {
                at,
                z: outcome.fits[at].as_ref()?.z,
                in_band: outcome.ranking.band.contains(&at),
                up,
                over: if up { better() } else { Vec::new() },
            })
        };
        thumbs.iter().filter_map(rated).collect()
    }
}

/// What the ratings say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Validity {
    /// People with a rating that counts.
    pub(crate) people: u64,
    /// Ratings that count.
    pub(crate) ratings: u64,
    /// Of them, thumbs up.
    pub(crate) up: u64,
    /// The chance that a role with a thumb up, of anyone, has a higher match than one with a thumb
    /// down, of anyone; a tie counts half. None without both.
    pub(crate) auc: Option<Auc>,
    /// The same within a person, on average.
    pub(crate) within: MeanAuc,
    /// The same within a role, between people: the mean over roles.
    pub(crate) between: RoleMeanAuc,
    /// Within a person by one list for everybody: roles by the share of others who like them.
    pub(crate) list: MeanAuc,
    /// By how much the match is above that list within a person, on average.
    pub(crate) within_gain: Option<Estimate>,
    /// Calibration of the stated probability that a role with a thumb up fits better than one with a thumb down;
    /// Wilson's intervals.
    pub(crate) odds: Vec<OddsBin>,
    /// Ratings by match, the lowest tenth of the scale first.
    pub(crate) tenths: Vec<MatchDecile>,
    /// Ratings of roles in their person's first group.
    pub(crate) in_band: LikedShare,
    /// Ratings of all other roles.
    pub(crate) outside: LikedShare,
}

/// The mean of areas within people.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct MeanAuc {
    /// People who gave both thumbs up and thumbs down.
    pub(crate) people: u64,
    /// Mean of their areas; none without such people.
    pub(crate) auc: Option<Auc>,
}

/// The mean of areas within roles.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct RoleMeanAuc {
    /// Roles with enough thumbs up and thumbs down.
    pub(crate) roles: u64,
    /// Mean of their areas; none without such roles.
    pub(crate) auc: Option<Auc>,
}

/// A tenth of the scale of matches.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct MatchDecile {
    /// Where it begins: a match from 0 to 90.
    pub(crate) from: f64,
    /// Where it ends.
    pub(crate) to: f64,
    /// Its ratings.
    #[serde(flatten)]
    pub(crate) liked: LikedShare,
}

/// How many of some ratings are thumbs up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(crate) struct LikedShare {
    /// Ratings.
    pub(crate) ratings: u64,
    /// Thumbs up.
    pub(crate) up: u64,
    /// Their share, 0..=1, with Wilson's 95 % interval (1927), which takes ratings for independent;
    /// none without ratings.
    pub(crate) share: Option<Estimate>,
}

impl Validity {
    /// What the ratings of some people say; the order of people changes no more than rounding.
    pub(crate) fn new(people: &[Vec<RatedRole>]) -> Self {
        let mut tenths = [LikedShare::default(); PARTS];
        let (mut in_band, mut outside) = (LikedShare::default(), LikedShare::default());
        for rated in people.iter().flatten() {
            tenths[tenth(rated.z)].see(rated.up);
            let side = if rated.in_band {
                &mut in_band
            } else {
                &mut outside
            };
            side.see(rated.up);
        }
        let areas = areas(people, |_, rated| rated.z);
        let popular = Popularity::of(people);
        let lists = self::areas(people, |_, rated| popular.without(rated));
        let from = |n: usize| 100.0 / PARTS as f64 * n as f64;
        let tenths = tenths
            .into_iter()
            .enumerate()
            .map(|(n, liked)| MatchDecile {
                from: from(n),
                to: from(n + 1),
                liked: liked.done(),
            });
        Self {
            people: people.iter().filter(|rated| !rated.is_empty()).count() as u64,
            ratings: in_band.ratings + outside.ratings,
            up: in_band.up + outside.up,
            auc: pooled(people),
            within: mean_of(&areas),
            between: between(people),
            list: mean_of(&lists),
            within_gain: gain(&areas, &lists),
            odds: odds(people),
            tenths: tenths.collect(),
            in_band: in_band.done(),
            outside: outside.done(),
        }
    }
}

/// The tenth of the scale in which a match lies.
fn tenth(z: f64) -> usize {
    let matched = phi(z) * PARTS as f64;
    (1..PARTS).rev().find(|&n| matched >= n as f64).unwrap_or(0)
}

impl LikedShare {
    fn see(&mut self, up: bool) {
        self.ratings += 1;
        self.up += u64::from(up);
    }

    fn done(mut self) -> Self {
        self.share = wilson(self.up, self.ratings);
        self
    }
}

/// Matches of one side in order.
fn sorted<'a>(rated: impl Iterator<Item = &'a RatedRole>, up: bool) -> Vec<f64> {
    let mut all: Vec<f64> = rated.filter(|r| r.up == up).map(|r| r.z).collect();
    all.sort_by(f64::total_cmp);
    all
}

/// The share of `sorted` below `z`, those equal to it counted half.
fn below(sorted: &[f64], z: f64) -> f64 {
    let less = sorted.partition_point(|&other| other < z - TIE);
    let no_more = sorted.partition_point(|&other| other <= z + TIE);
    (less + no_more) as f64 / (2 * sorted.len()) as f64
}

/// The area over all pairs of a thumb up and a thumb down (Mann & Whitney 1947). Its variance takes
/// the ratings of a person for one cluster (Obuchowski 1997, Biometrics 53, 567-578); with one rating
/// a person it is that of `DeLong`, `DeLong` & Clarke-Pearson (1988). The interval is symmetric on the
/// logit scale, so that it stays within 0 and 1 (Pepe 2003, section 5.2).
fn pooled(people: &[Vec<RatedRole>]) -> Option<Auc> {
    let ups = sorted(people.iter().flatten(), true);
    let downs = sorted(people.iter().flatten(), false);
    if ups.is_empty() || downs.is_empty() {
        return None;
    }
    let (m, n) = (ups.len() as f64, downs.len() as f64);
    let value = ups.iter().map(|&z| below(&downs, z)).sum::<f64>() / m;
    // people with thumbs up, with thumbs down, with either; and sums of what theirs are apart
    let mut clusters = [0.0; 3];
    let mut sums = [0.0; 3];
    for rated in people.iter().filter(|rated| !rated.is_empty()) {
        let (mut above, mut under) = (0.0, 0.0);
        let mut has = [false, false];
        for r in rated {
            has[usize::from(r.up)] = true;
            if r.up {
                above += below(&downs, r.z) - value;
            } else {
                under += 1.0 - below(&ups, r.z) - value;
            }
        }
        clusters[0] += f64::from(u8::from(has[1]));
        clusters[1] += f64::from(u8::from(has[0]));
        clusters[2] += 1.0;
        sums[0] += above * above;
        sums[1] += under * under;
        sums[2] += above * under;
    }
    let spread = |at: usize| clusters[at] / (clusters[at] - 1.0) * sums[at];
    let enough = clusters.iter().all(|&people| people >= 2.0);
    let variance = spread(0) / (m * m) + spread(1) / (n * n) + 2.0 * spread(2) / (m * n);
    Some(on_logit(value, enough.then(|| variance.sqrt()), NORMAL_975))
}

/// The area within each person who gave both, by a figure of the roles that they rated.
fn areas(people: &[Vec<RatedRole>], figure: impl Fn(usize, &RatedRole) -> f64) -> Vec<f64> {
    let area = |(n, rated): (usize, &Vec<RatedRole>)| {
        let side = |up: bool| {
            let side = rated.iter().filter(|r| r.up == up);
            let mut all: Vec<f64> = side.map(|r| figure(n, r)).collect();
            all.sort_by(f64::total_cmp);
            all
        };
        let (ups, downs) = (side(true), side(false));
        let whole = !ups.is_empty() && !downs.is_empty();
        whole.then(|| ups.iter().map(|&z| below(&downs, z)).sum::<f64>() / ups.len() as f64)
    };
    people.iter().enumerate().filter_map(area).collect()
}

/// The mean of figures of people with Student's interval; none with fewer than two, or where they do not vary.
fn student(figures: &[f64]) -> (f64, Option<(f64, f64)>) {
    let n = figures.len() as f64;
    let mean = figures.iter().sum::<f64>() / n;
    let squares: f64 = figures.iter().map(|a| (a - mean) * (a - mean)).sum();
    let interval = (figures.len() >= 2 && squares > 0.0).then(|| {
        // the square of Student's t has the F distribution with 1 and n - 1 degrees of freedom
        let t = f_quantile(0.95, 1.0, n - 1.0).sqrt();
        let reach = t * (squares / (n - 1.0) / n).sqrt();
        (mean - reach, mean + reach)
    });
    (mean, interval)
}

/// The mean of areas, its interval cut at 0 and 1.
fn mean_of(areas: &[f64]) -> MeanAuc {
    let (value, interval) = student(areas);
    MeanAuc {
        people: areas.len() as u64,
        auc: (!areas.is_empty()).then_some(Auc {
            value,
            interval: interval.map(|(low, high)| (low.max(0.0), high.min(1.0))),
        }),
    }
}

/// By how much the first are above the second, person by person.
fn gain(areas: &[f64], lists: &[f64]) -> Option<Estimate> {
    let apart: Vec<f64> = areas.iter().zip(lists).map(|(a, b)| a - b).collect();
    let (value, interval) = student(&apart);
    interval.map(|(low, high)| Estimate { value, low, high })
}

/// How many like each role.
struct Popularity {
    /// By role, ratings and thumbs up.
    roles: Vec<(u64, u64)>,
    /// Of all.
    all: (u64, u64),
}

impl Popularity {
    fn of(people: &[Vec<RatedRole>]) -> Self {
        let roles = people.iter().flatten().map(|r| r.at + 1).max().unwrap_or(0);
        let mut found = Self {
            roles: vec![(0, 0); roles],
            all: (0, 0),
        };
        for r in people.iter().flatten() {
            for count in [&mut found.roles[r.at], &mut found.all] {
                count.0 += 1;
                count.1 += u64::from(r.up);
            }
        }
        found
    }

    /// The share of others who like this role; of all ratings where nobody else rated it.
    fn without(&self, rated: &RatedRole) -> f64 {
        let (ratings, up) = self.roles[rated.at];
        if ratings < 2 {
            return share(self.all.1, self.all.0);
        }
        share(up - u64::from(rated.up), ratings - 1)
    }
}

/// The mean over roles, each counted alike, of the area over pairs of people, of whom one gave the role a thumb up and
/// one a thumb down. Its variance takes each person for one cluster, as that of [`pooled`] does.
fn between(people: &[Vec<RatedRole>]) -> RoleMeanAuc {
    let roles = people.iter().flatten().map(|r| r.at + 1).max().unwrap_or(0);
    let sides = (0..roles).map(|at| {
        let mine = || people.iter().flatten().filter(move |r| r.at == at);
        (at, sorted(mine(), true), sorted(mine(), false))
    });
    let enough =
        |(_, ups, downs): &(usize, Vec<f64>, Vec<f64>)| ups.len() >= FLOOR && downs.len() >= FLOOR;
    let sides: Vec<_> = sides.filter(enough).collect();
    let n = sides.len() as f64;
    let area = |(_, ups, downs): &(usize, Vec<f64>, Vec<f64>)| {
        ups.iter().map(|&z| below(downs, z)).sum::<f64>() / ups.len() as f64
    };
    let areas: Vec<f64> = sides.iter().map(area).collect();
    let (mut squares, mut clusters) = (0.0, 0.0);
    for rated in people.iter().filter(|rated| !rated.is_empty()) {
        let mut part = 0.0;
        for r in rated {
            let found = sides.iter().zip(&areas).find(|((at, ..), _)| *at == r.at);
            let Some(((_, ups, downs), area)) = found else {
                continue;
            };
            part += if r.up {
                (below(downs, r.z) - area) / ups.len() as f64
            } else {
                (1.0 - below(ups, r.z) - area) / downs.len() as f64
            };
        }
        squares += (part / n) * (part / n);
        clusters += 1.0;
    }
    let se = (squares * clusters / (clusters - 1.0)).sqrt();
    RoleMeanAuc {
        roles: sides.len() as u64,
        auc: (!areas.is_empty())
            .then(|| on_logit(areas.iter().sum::<f64>() / n, Some(se), NORMAL_975)),
    }
}

/// Calibration over all pairs of a thumb up and a thumb down of a person.
fn odds(people: &[Vec<RatedRole>]) -> Vec<OddsBin> {
    let mut counts = [OddsCount::default(); ODDS.len()];
    for stated in people.iter().flatten().flat_map(|r| &r.over) {
        OddsCount::count(&mut counts, *stated);
    }
    let bins = counts.iter().enumerate();
    bins.map(|(n, count)| count.bin(n, wilson(count.right, count.pairs)))
        .collect()
}
