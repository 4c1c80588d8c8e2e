//! How often the band holds the role that endless questions would put first, and how large it is: what
//! `check` counts of every kind of simulated people (scoring, section 9).

use crate::scoring::comparison::Comparison;
use crate::scoring::ranking::{Ranking, rank_narrow};
use crate::scoring::role_match::fit;
use crate::scoring::trait_scores::TraitScore;
use crate::simulation::respondents::SimulatedPerson;
use serde::{Deserialize, Serialize};

/// Bands seen: how many people, roles in their bands, and bands that held the true first role.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct BandCounts {
    people: u32,
    roles: u32,
    covered: u32,
}

impl BandCounts {
    /// Sees the band of a person for whom endless questions would put this role first.
    pub(crate) fn see(&mut self, band: &[usize], truth: usize) {
        self.people += 1;
        self.roles += u32::try_from(band.len()).unwrap_or(u32::MAX);
        self.covered += u32::from(band.contains(&truth));
    }

    /// Adds those of another batch.
    pub(crate) fn add(&mut self, other: Self) {
        self.people += other.people;
        self.roles += other.roles;
        self.covered += other.covered;
    }

    /// A sum over these people, for each of them.
    pub(crate) fn per_person(self, sum: u32) -> f64 {
        share(sum, self.people)
    }

    /// The figures of all bands seen.
    pub(crate) fn figures(self) -> BandFigures {
        BandFigures {
            coverage: share(self.covered, self.people),
            size: share(self.roles, self.people),
        }
    }
}

/// How often a band holds the role that endless questions would put first, and how large it is.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize)]
pub(crate) struct BandFigures {
    /// Share of bands that hold it, 0..=1.
    pub(crate) coverage: f64,
    /// Mean number of roles in a band.
    pub(crate) size: f64,
}

/// The ranking that some trait scores give, without the wide band.
pub(crate) fn ranking(comparison: &Comparison<'_>, scores: &[TraitScore]) -> Ranking {
    rank_narrow(comparison, scores, &fit(comparison, scores))
}

/// The role that endless questions would put first.
pub(crate) fn truth(comparison: &Comparison<'_>, person: &SimulatedPerson) -> usize {
    ranking(comparison, &known(person)).order[0]
}

/// The trait scores that endless questions would give.
pub(crate) fn known(person: &SimulatedPerson) -> Vec<TraitScore> {
    let score = |&z: &f64| TraitScore {
        estimate: z,
        reliability: 1.0,
        ..TraitScore::NOTHING
    };
    person.relative_levels.iter().map(score).collect()
}

/// A part of a whole, 0..=1; 0 of nothing.
pub(crate) fn share(part: u32, whole: u32) -> f64 {
    f64::from(part) / f64::from(whole.max(1))
}
