//! What follows when the levels of roles are a little off: whether the odds of one role over another hold
//! all the same, and how many first places move (scoring, section 5).
//!
//! Levels are judgements. Here they are wrong by chance: each by a normal error whose standard deviation is
//! its spread, for the odds, and one point, for the first places.

use crate::scoring::comparison::Comparison;
use crate::scoring::difference::probability_better;
use crate::scoring::ranking::Ranking;
use crate::scoring::role_match::fit;
use crate::scoring::trait_scores::TraitScore;
use crate::simulation::band_coverage::{known, ranking, share};
use crate::simulation::respondents::{SeededRng, SimulatedPerson};
use serde::{Deserialize, Serialize};

/// Odds from a half to 1 are counted in so many classes of equal width.
pub(crate) const CLASSES: usize = 5;
/// The first role is compared with one of so many that follow it, drawn by chance.
const FOLLOWING: u8 = 5;

/// Odds of one class: how many, what they stated, and how many were right.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct OddsClass {
    pairs: u32,
    stated: f64,
    right: u32,
}

/// Sums over simulated people.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct LevelCounts {
    people: u32,
    moved: u32,
    odds: [OddsClass; CLASSES],
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize)]
pub(crate) struct LevelFigures {
    /// Share of first places that go to another role when every level moves by a normal error of one
    /// point, 0..=1.
    pub moved: f64,
    /// For odds from .5 to .6, from .6 to .7 and so on: what they stated on average, and the share that was
    /// right; none where there were none.
    pub odds: [Option<(f64, f64)>; CLASSES],
}

/// The roles' levels once more, as they might truly be.
pub(crate) struct MovedLevels<'p> {
    /// Off by their spreads.
    by_spread: Comparison<'p>,
    /// Off by one point.
    by_one: Comparison<'p>,
}

impl<'p> MovedLevels<'p> {
    /// Draws the error of every level.
    pub(crate) fn draw(comparison: &Comparison<'p>, chance: &mut SeededRng) -> Self {
        let roles = &comparison.pack.roles;
        let mut by_spread = Vec::with_capacity(roles.len());
        let mut by_one = Vec::with_capacity(roles.len());
        for role in roles {
            let errors: Vec<f64> = role.levels.iter().map(|_| chance.normal()).collect();
            let levels = || role.levels.iter().zip(&errors);
            let spread = levels().zip(&role.spreads);
            by_spread.push(
                spread
                    .map(|((level, e), spread)| level + spread * e)
                    .collect(),
            );
            by_one.push(levels().map(|(level, e)| level + e).collect());
        }
        Self {
            by_spread: comparison.with_levels(&by_spread),
            by_one: comparison.with_levels(&by_one),
        }
    }
}

impl LevelCounts {
    /// Sees a person with these trait scores, whom they give this ranking.
    pub(crate) fn see(
        &mut self,
        comparison: &Comparison<'_>,
        moved: &MovedLevels<'_>,
        (person, scores, now): (&SimulatedPerson, &[TraitScore], &Ranking),
        chance: &mut SeededRng,
    ) {
        self.people += 1;
        let moved_first = ranking(&moved.by_one, scores).order[0];
        self.moved += u32::from(moved_first != now.order[0]);

        let others = u8::try_from(now.order.len() - 1).unwrap_or(u8::MAX);
        let place = 1 + usize::from(chance.below(others.min(FOLLOWING)));
        let (a, b) = (now.order[0], now.order[place]);
        let fits = fit(comparison, scores);
        let truth = fit(&moved.by_spread, &known(person));
        let (Some(fit_a), Some(fit_b)) = (&fits[a], &fits[b]) else {
            return;
        };
        let stated = probability_better(comparison, scores, (a, fit_a), (b, fit_b));
        let true_z = |at: usize| truth[at].map_or(0.0, |fit| fit.z);
        let place = [0.6, 0.7, 0.8, 0.9].iter().filter(|&&edge| stated >= edge);
        let class = &mut self.odds[place.count()];
        class.pairs += 1;
        class.stated += stated;
        class.right += u32::from(true_z(a) > true_z(b));
    }

    /// Adds those of another batch.
    pub(crate) fn add(&mut self, other: &Self) {
        self.people += other.people;
        self.moved += other.moved;
        for (class, more) in self.odds.iter_mut().zip(&other.odds) {
            class.pairs += more.pairs;
            class.stated += more.stated;
            class.right += more.right;
        }
    }

    /// The figures of all people seen.
    pub(crate) fn figures(&self) -> LevelFigures {
        LevelFigures {
            moved: share(self.moved, self.people),
            odds: self.odds.map(|class| {
                let stated = class.stated / f64::from(class.pairs);
                (class.pairs > 0).then(|| (stated, share(class.right, class.pairs)))
            }),
        }
    }
}
