//! Levels and exposures as people who do the work rate them: mean, spread, agreement, and what to change.

use crate::pack::model::{ConditionIx, Pack, RoleIx, TraitIx};
use std::collections::BTreeMap;

/// The most that a level may be.
const HIGHEST_LEVEL: u8 = 10;
/// The most that an exposure may be.
const HIGHEST_EXPOSURE: u8 = 3;
/// Raters of a role without whom nothing is proposed: of one alone nobody knows how far others would be off.
const FEWEST_RATERS: usize = 2;
/// The least standard deviation of a rating, in points: on a scale of whole points nobody knows a level better.
const LEAST_SPREAD: f64 = 0.5;
/// Levels are proposed in steps of so many points.
const STEP: f64 = 0.5;

/// What is rated of a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RatedItem {
    /// Its level of a trait, 0..=10.
    Level(TraitIx),
    /// Its exposure to a condition, 0..=3.
    Exposure(ConditionIx),
}

/// What people who do the work say of its levels and exposures.
///
/// ```
/// use rolescope_core::psychometrics::LevelRatings;
/// use rolescope_core::write::TextStyle;
/// use rolescope_core::{Pack, SourceFile};
///
/// let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// let mut ratings = LevelRatings::new(&pack);
/// for (rater, level) in [("first", "8"), ("second", "9")] {
///     ratings.add("joiner", "making", rater, level)?;
/// }
/// assert!(ratings.add("joiner", "making", "first", "8").is_err()); // a second time
/// let text = ratings.page().to_text(TextStyle::new(80));
/// assert!(text.contains("joiner"));
/// # Ok::<(), String>(())
/// ```
#[derive(Debug)]
pub struct LevelRatings<'p> {
    pub(crate) pack: &'p Pack,
    /// Labels of the raters, as they came.
    raters: Vec<String>,
    /// By role and item, what each rater said.
    cells: BTreeMap<(RoleIx, RatedItem), BTreeMap<usize, u8>>,
}

/// A level as it is and as raters would have it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ProposedLevel {
    pub(crate) of: TraitIx,
    /// Number of ratings.
    pub(crate) raters: usize,
    /// Their mean, 0..=10.
    pub(crate) mean: f64,
    /// Their standard deviation; none of a single one.
    pub(crate) sd: Option<f64>,
    /// The level that the pack states, and how far it may be off.
    pub(crate) before: (f64, f64),
    /// The level that both speak for, in steps of half a point, and how far it may be off; none where too few rated.
    pub(crate) after: Option<(f64, f64)>,
}

/// An exposure as it is and as most raters would have it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ProposedExposure {
    pub(crate) of: ConditionIx,
    /// What each said, sorted.
    pub(crate) ratings: Vec<u8>,
    /// What the pack states.
    pub(crate) before: u8,
    /// What more than half of them say; none where no value has so many.
    pub(crate) after: Option<u8>,
}

/// How far raters agree, as intraclass correlations (Shrout & Fleiss 1979; absolute agreement, raters drawn by chance).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Agreement {
    /// Levels that all of them rated.
    pub(crate) levels: usize,
    /// Raters.
    pub(crate) raters: usize,
    /// ICC(2,1): of one rater.
    pub(crate) one: f64,
    /// ICC(2,k): of the mean of all.
    pub(crate) mean: f64,
}

/// What was rated of one role.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RatedProfile {
    pub(crate) role: RoleIx,
    pub(crate) levels: Vec<ProposedLevel>,
    pub(crate) exposures: Vec<ProposedExposure>,
    pub(crate) agreement: Option<Agreement>,
}

impl<'p> LevelRatings<'p> {
    /// No rating of any role of this pack.
    #[must_use]
    pub const fn new(pack: &'p Pack) -> Self {
        Self {
            pack,
            raters: Vec::new(),
            cells: BTreeMap::new(),
        }
    }

    /// Takes a rating; a blank one says nothing. All are by id: of a role, and of one of its traits or conditions.
    ///
    /// # Errors
    /// What is wrong and what would be right, where one is not known, a rating is no whole number of its scale, or a
    /// rater says it a second time.
    pub fn add(&mut self, role: &str, item: &str, rater: &str, rating: &str) -> Result<(), String> {
        let pack = self.pack;
        let at = pack.role(role);
        let at =
            at.ok_or_else(|| unknown("role", role, pack.roles.iter().map(|role| &*role.id)))?;
        let (item_ix, highest) = self.item(item)?;
        if rating.is_empty() {
            return Ok(());
        }
        let value = rating.parse().ok().filter(|value| *value <= highest);
        let value: u8 = value.ok_or_else(|| {
            format!("rating: {rating:?}: write a whole number from 0 to {highest}, or nothing")
        })?;
        let known = self.raters.iter().position(|label| label == rater);
        let rater_ix = known.unwrap_or_else(|| {
            self.raters.push(rater.to_owned());
            self.raters.len() - 1
        });
        let cell = self.cells.entry((at, item_ix)).or_default();
        if cell.insert(rater_ix, value).is_some() {
            return Err(format!("{rater:?} rates {item} of {role} a second time"));
        }
        Ok(())
    }

    /// The trait or condition of an id, and the top of its scale.
    fn item(&self, id: &str) -> Result<(RatedItem, u8), String> {
        let pack = self.pack;
        if let Some(k) = pack.traits.iter().position(|known| known.id == id) {
            return Ok((RatedItem::Level(k), HIGHEST_LEVEL));
        }
        let conditions = pack.conditions.iter().map(|&q| &*pack.questions[q].id);
        if let Some(c) = conditions.clone().position(|known| known == id) {
            return Ok((RatedItem::Exposure(c), HIGHEST_EXPOSURE));
        }
        let all = pack.traits.iter().map(|known| &*known.id).chain(conditions);
        Err(unknown("item", id, all))
    }

    /// Every role that somebody rated, in the order of the pack.
    pub(crate) fn profiles(&self) -> Vec<RatedProfile> {
        let error = self.spread_of_one();
        let mut all: Vec<RatedProfile> = Vec::new();
        for (&(role, item), ratings) in &self.cells {
            if all.last().is_none_or(|last| last.role != role) {
                all.push(RatedProfile {
                    role,
                    levels: Vec::new(),
                    exposures: Vec::new(),
                    agreement: self.agreement(role),
                });
            }
            let Some(profile) = all.last_mut() else {
                continue;
            };
            match item {
                RatedItem::Level(of) => profile.levels.push(self.level(role, of, ratings, error)),
                RatedItem::Exposure(of) => {
                    let before = self.pack.roles[role].exposures[of];
                    profile.exposures.push(exposure(of, before, ratings));
                }
            }
        }
        all
    }

    /// The standard deviation of one rating around the mean of all who could rate, from every level that two or more
    /// rated, in points; none where no level has two.
    ///
    /// It takes in that some raters give more of everything: with two or three raters a cell's own spread says little.
    fn spread_of_one(&self) -> Option<f64> {
        let (mut squares, mut degrees) = (0.0, 0.0);
        for ((_, item), ratings) in &self.cells {
            if matches!(item, RatedItem::Level(_)) {
                squares += mean_and_squares(ratings).1;
                degrees += count(ratings.len()) - 1.0;
            }
        }
        (degrees > 0.0).then(|| (squares / degrees).sqrt().max(LEAST_SPREAD))
    }

    /// A level: its own and the raters' mean, each weighed by how far it may be off (inverse variance).
    fn level(
        &self,
        role: RoleIx,
        of: TraitIx,
        ratings: &BTreeMap<usize, u8>,
        error: Option<f64>,
    ) -> ProposedLevel {
        let (mean, squares) = mean_and_squares(ratings);
        let n = count(ratings.len());
        let stated = &self.pack.roles[role];
        let before = (stated.levels[of], stated.spreads[of]);
        let enough = ratings.len() >= FEWEST_RATERS;
        let after = error.filter(|_| enough).map(|error| {
            let theirs = n / (error * error);
            // a level without a spread is not doubted
            if before.1 <= 0.0 {
                return before;
            }
            let own = 1.0 / (before.1 * before.1);
            let level = (own * before.0 + theirs * mean) / (own + theirs);
            ((level / STEP).round() * STEP, (own + theirs).sqrt().recip())
        });
        ProposedLevel {
            of,
            raters: ratings.len(),
            mean,
            sd: (ratings.len() > 1).then(|| (squares / (n - 1.0)).sqrt()),
            before,
            after,
        }
    }

    /// How far the raters of a role agree on the levels that all of them rated; none with one rater, fewer than three
    /// such levels, or levels that all have one mean.
    fn agreement(&self, role: RoleIx) -> Option<Agreement> {
        let levels = |(&(at, item), ratings)| {
            (at == role && matches!(item, RatedItem::Level(_))).then_some(ratings)
        };
        let rated: Vec<&BTreeMap<usize, u8>> = self.cells.iter().filter_map(levels).collect();
        let most = rated.iter().map(|ratings| ratings.len()).max()?;
        let whole = rated.into_iter().filter(|ratings| ratings.len() == most);
        let rows: Vec<Vec<f64>> = whole
            .map(|ratings| ratings.values().map(|&value| f64::from(value)).collect())
            .collect();
        intraclass(&rows)
    }
}

/// ICC(2,1) and ICC(2,k) of rows of one thing each, with a rating by every rater.
fn intraclass(rows: &[Vec<f64>]) -> Option<Agreement> {
    let raters = rows.first()?.len();
    if raters < FEWEST_RATERS || rows.len() < 3 {
        return None;
    }
    let (n, k) = (count(rows.len()), count(raters));
    let grand = rows.iter().flatten().sum::<f64>() / (n * k);
    let square = |x: f64| x * x;
    let row_mean = |row: &Vec<f64>| row.iter().sum::<f64>() / k;
    let column_mean = |at: usize| rows.iter().map(|row| row[at]).sum::<f64>() / n;
    let between = k * rows
        .iter()
        .map(|row| square(row_mean(row) - grand))
        .sum::<f64>();
    let raters_apart = n
        * (0..raters)
            .map(|at| square(column_mean(at) - grand))
            .sum::<f64>();
    let total: f64 = rows.iter().flatten().map(|x| square(x - grand)).sum();
    let rest = (total - between - raters_apart).max(0.0);
    let (between, raters_apart) = (between / (n - 1.0), raters_apart / (k - 1.0));
    let rest = rest / ((n - 1.0) * (k - 1.0));
    let of_one = between + (k - 1.0) * rest + k * (raters_apart - rest) / n;
    let of_mean = between + (raters_apart - rest) / n;
    (between > 0.0 && of_one > 0.0 && of_mean > 0.0).then(|| Agreement {
        levels: rows.len(),
        raters,
        one: (between - rest) / of_one,
        mean: (between - rest) / of_mean,
    })
}

fn exposure(of: ConditionIx, before: u8, ratings: &BTreeMap<usize, u8>) -> ProposedExposure {
    let mut said: Vec<u8> = ratings.values().copied().collect();
    said.sort_unstable();
    // what more than half of them say stands in the middle
    let middle = said[said.len() / 2];
    let times = ratings.values().filter(|value| **value == middle).count();
    let agreed = said.len() >= FEWEST_RATERS && 2 * times > said.len();
    ProposedExposure {
        of,
        ratings: said,
        before,
        after: agreed.then_some(middle),
    }
}

/// Mean, and sum of squares around it.
fn mean_and_squares(ratings: &BTreeMap<usize, u8>) -> (f64, f64) {
    let values = || ratings.values().map(|&value| f64::from(value));
    let mean = values().sum::<f64>() / count(ratings.len());
    (mean, values().map(|x| (x - mean) * (x - mean)).sum())
}

/// A small number of ratings as a number to compute with.
fn count(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::MAX, f64::from)
}

/// What to say of an id that is not known.
fn unknown<'i>(what: &str, id: &str, known: impl Iterator<Item = &'i str>) -> String {
    let near = crate::text::nearest(id, known);
    let advice = near.map_or_else(
        || "`rolescope roles --level-sheet ROLE` writes those that there are".to_owned(),
        |near| format!("did you mean {near}?"),
    );
    let shown: String = id.chars().take(60).collect();
    format!("{what}: {shown:?}: no such {what}; {advice}")
}

#[cfg(test)]
mod tests {
    use super::{LevelRatings, intraclass};
    use crate::pack::model::Pack;
    use crate::pack::parse::diagnostics::SourceFile;
    use crate::simulation::respondents::SeededRng;

    #[test]
    fn agreement_is_that_of_shrout_and_fleiss() {
        // their table 2, and their results in table 4
        let rows = [
            [9.0, 2.0, 5.0, 8.0],
            [6.0, 1.0, 3.0, 2.0],
            [8.0, 4.0, 6.0, 8.0],
            [7.0, 1.0, 2.0, 6.0],
            [10.0, 5.0, 6.0, 9.0],
            [6.0, 2.0, 4.0, 7.0],
        ];
        let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.to_vec()).collect();
        let found = intraclass(&rows).expect("it can be computed");
        assert!((found.one - 0.29).abs() < 0.005, "{}", found.one);
        assert!((found.mean - 0.62).abs() < 0.005, "{}", found.mean);
        assert_eq!(intraclass(&rows[..2]), None);
        assert_eq!(intraclass(&vec![vec![5.0, 5.0]; 6]), None);
    }

    #[test]
    fn exposures_are_what_most_say() {
        let ratings = |all: &[u8]| all.iter().copied().enumerate().collect();
        let most = |all: &[u8]| super::exposure(0, 1, &ratings(all)).after;
        assert_eq!(most(&[2]), None);
        assert_eq!(most(&[2, 3]), None);
        assert_eq!(most(&[3, 3]), Some(3));
        assert_eq!(most(&[0, 2, 2]), Some(2));
        assert_eq!(most(&[0, 2, 2, 3]), None);
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
        let mut ratings = LevelRatings::new(&pack);
        let mut add = |role, item, rating| ratings.add(role, item, "a", rating);
        assert!(add("joinr", "making", "3").is_err_and(|why| why.contains("did you mean joiner?")));
        assert!(add("joiner", "mak", "3").is_err_and(|why| why.starts_with("item: \"mak\"")));
        for wrong in ["11", "-1", "7.5", "seven"] {
            assert!(add("joiner", "making", wrong).is_err_and(|why| why.contains("0 to 10")));
        }
        assert_eq!(add("joiner", "making", ""), Ok(()));
        assert_eq!(add("joiner", "making", "10"), Ok(()));
        assert!(add("joiner", "making", "10").is_err());
        assert_eq!(ratings.profiles().len(), 1);
    }

    /// Raters of a stated truth: what is proposed is nearer to it than what was stated, as far as it says it is.
    #[test]
    fn levels_of_simulated_raters_come_back_within_their_spread() {
        let mut pack = Pack::parse(&SourceFile::example()).expect("it is valid");
        let mut random = SeededRng::new(7);
        let (mut before, mut after, mut stated, mut levels) = (0.0, 0.0, 0.0, 0.0);
        for round in 0..400 {
            let truth: Vec<f64> = (0..3).map(|_| 3.0 + 4.0 * random.uniform()).collect();
            for (k, level) in truth.iter().enumerate() {
                pack.roles[0].levels[k] = level + 1.5 * random.normal();
                pack.roles[0].spreads[k] = 1.5;
            }
            let mut ratings = LevelRatings::new(&pack);
            for rater in 0..3 {
                for (k, level) in truth.iter().enumerate() {
                    let said = (level + random.normal()).round().clamp(0.0, 10.0);
                    let (role, of) = (&pack.roles[0].id, &pack.traits[k].id);
                    let added = ratings.add(role, of, &format!("{rater}"), &format!("{said}"));
                    assert_eq!(added, Ok(()), "round {round}");
                }
            }
            let profiles = ratings.profiles();
            for one in &profiles[0].levels {
                let (level, spread) = one.after.expect("three raters");
                before += (one.before.0 - truth[one.of]).powi(2);
                after += (level - truth[one.of]).powi(2);
                stated += spread * spread;
                levels += 1.0;
            }
        }
        let [before, after, stated] = [before, after, stated].map(|sum: f64| (sum / levels).sqrt());
        // 1.5 alone, three raters off by a point each, both together: 1 / sqrt(1 / 1.5^2 + 3 / 1.0^2) = 0.54
        assert!((before - 1.5).abs() < 0.1, "{before}");
        assert!(after < 0.65, "{after}");
        assert!(
            (stated - after).abs() < 0.12,
            "{stated}, and it was {after}"
        );
    }
}
