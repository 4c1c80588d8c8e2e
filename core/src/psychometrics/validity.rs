//! Whether a higher match goes with a better opinion: thumbs that people gave to roles without
//! knowing their match.
//!
//! The match is no probability of liking a role, so no figure here takes it for one: what is asked is
//! whether liked roles have the higher match, and whether the share of liked ones rises with it.
#![expect(clippy::cast_precision_loss, reason = "ratings are far below 2^52")]

use crate::psychometrics::estimate::Estimate;
use crate::psychometrics::quantiles::{NORMAL_975, f_quantile};
use crate::scoring::assessment::Outcome;
use crate::scoring::ranking::TIE;
use crate::scoring::role_match::phi;
use serde::Serialize;

/// Parts of the scale of matches.
pub(crate) const PARTS: usize = 10;

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
/// assert!(RatedRole::new(&outcome, 0, true).is_some());
/// let outcome = comparison.assess(&Answers::none(&pack));
/// assert!(RatedRole::new(&outcome, 0, true).is_none(), "nothing was answered");
/// ```
///
/// [`Analysis::add_ratings`]: crate::psychometrics::Analysis::add_ratings
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatedRole {
    /// Its match on the standard normal scale.
    pub(crate) z: f64,
    /// Whether it is in the person's first group.
    pub(crate) in_band: bool,
    /// Whether the thumb was up.
    pub(crate) up: bool,
}

impl RatedRole {
    /// A rating of the role at `at` in play, by the person whose outcome this is: whether the thumb was up.
    /// None where the role has no match.
    ///
    /// # Panics
    /// Where there is no such role in play.
    #[must_use]
    pub fn new(outcome: &Outcome, at: usize, up: bool) -> Option<Self> {
        Some(Self {
            z: outcome.fits[at].as_ref()?.z,
            in_band: outcome.ranking.band.contains(&at),
            up,
        })
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
    /// Ratings by match, the lowest tenth of the scale first.
    pub(crate) tenths: Vec<MatchDecile>,
    /// Ratings of roles in their person's first group.
    pub(crate) in_band: LikedShare,
    /// Ratings of all other roles.
    pub(crate) outside: LikedShare,
}

/// An area under the ROC curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct Auc {
    /// The area, 0..=1; .5 is what guessing gives.
    pub(crate) value: f64,
    /// Its 95 % interval, 0..=1; none with too few people, or at an end of the scale.
    pub(crate) interval: Option<(f64, f64)>,
}

/// The mean of areas within people.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct MeanAuc {
    /// People who gave both thumbs up and thumbs down.
    pub(crate) people: u64,
    /// Mean of their areas; none without such people.
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
            within: within(people),
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

/// A share with Wilson's interval.
pub(crate) fn wilson(part: u64, whole: u64) -> Option<Estimate> {
    let (n, p) = (whole as f64, part as f64 / whole.max(1) as f64);
    let z2 = NORMAL_975 * NORMAL_975;
    let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let reach = NORMAL_975 / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    (whole > 0).then_some(Estimate {
        value: p,
        low: if part == 0 { 0.0 } else { middle - reach },
        high: if part == whole { 1.0 } else { middle + reach },
    })
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
    let inside = value > 0.0 && value < 1.0;
    let interval = (enough && inside && variance > 0.0).then(|| {
        let odds = value / (1.0 - value);
        let reach = NORMAL_975 * variance.sqrt() / (value * (1.0 - value));
        let (low, high) = (odds * libm::exp(-reach), odds * libm::exp(reach));
        (low / (1.0 + low), high / (1.0 + high))
    });
    Some(Auc { value, interval })
}

/// The mean of the areas within people, with Student's interval over people, cut at 0 and 1.
fn within(people: &[Vec<RatedRole>]) -> MeanAuc {
    let areas: Vec<f64> = people
        .iter()
        .filter_map(|rated| {
            let (ups, downs) = (sorted(rated.iter(), true), sorted(rated.iter(), false));
            let whole = !ups.is_empty() && !downs.is_empty();
            whole.then(|| ups.iter().map(|&z| below(&downs, z)).sum::<f64>() / ups.len() as f64)
        })
        .collect();
    let n = areas.len() as f64;
    let mean = areas.iter().sum::<f64>() / n;
    let squares: f64 = areas.iter().map(|a| (a - mean) * (a - mean)).sum();
    let interval = (areas.len() >= 2 && squares > 0.0).then(|| {
        // the square of Student's t has the F distribution with 1 and n - 1 degrees of freedom
        let t = f_quantile(0.95, 1.0, n - 1.0).sqrt();
        let reach = t * (squares / (n - 1.0) / n).sqrt();
        ((mean - reach).max(0.0), (mean + reach).min(1.0))
    });
    MeanAuc {
        people: areas.len() as u64,
        auc: (!areas.is_empty()).then_some(Auc {
            value: mean,
            interval,
        }),
    }
}
