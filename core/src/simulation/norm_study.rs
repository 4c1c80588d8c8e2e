//! What follows when norms are a little off, and levels with them: how often either band holds the role that
//! would be first if both were right (scoring, "Norms"), and what real correlations of traits do.
//!
//! Here the mean of each norm is wrong by a normal error whose standard deviation is its doubt, and each level
//! by one whose standard deviation is its spread, or [`LEVELS_OFF`] points.

use crate::pack::model::{Role, TraitIx};
use crate::scoring::comparison::Comparison;
use crate::scoring::ranking::rank;
use crate::scoring::role_match::fit;
use crate::scoring::trait_scores::TraitScore;
use crate::simulation::band_coverage::{BandCounts, BandFigures, known, ranking};
use crate::simulation::respondents::{SeededRng, SimulatedPerson, drawn};
use serde::{Deserialize, Serialize};

/// Points by which levels are off, as a standard deviation, where they are off by more than their spreads.
pub(crate) const LEVELS_OFF: f64 = 1.5;

/// Both bands of some people.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct BothBands {
    band: BandCounts,
    wide: BandCounts,
}

impl BothBands {
    fn add(&mut self, other: Self) {
        self.band.add(other.band);
        self.wide.add(other.wide);
    }

    fn figures(self) -> BothFigures {
        BothFigures {
            band: self.band.figures(),
            wide: self.wide.figures(),
        }
    }
}

/// What both bands hold.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize)]
pub(crate) struct BothFigures {
    /// The band.
    pub(crate) band: BandFigures,
    /// The wide band.
    pub(crate) wide: BandFigures,
}

/// Sums over simulated people.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct NormCounts {
    as_stated: BothBands,
    further: BothBands,
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize)]
pub(crate) struct NormFigures {
    /// Where levels are off by their spreads.
    pub(crate) as_stated: BothFigures,
    /// Where they are off by [`LEVELS_OFF`] points.
    pub(crate) further: BothFigures,
}

/// Norms and levels once more, as they might truly be.
pub(crate) struct MovedNorms<'p> {
    /// By trait: true mean less that of the norm, in its standard deviations.
    shifts: Vec<f64>,
    /// The roles at their true levels, which the stated ones are off by their spreads.
    as_stated: Comparison<'p>,
    /// The same, off by [`LEVELS_OFF`] points.
    further: Comparison<'p>,
}

impl<'p> MovedNorms<'p> {
    /// Draws the error of every mean and every level.
    pub(crate) fn draw(comparison: &Comparison<'p>, chance: &mut SeededRng) -> Self {
        let norms = comparison.doubts.iter().zip(&comparison.norms);
        let shifts = norms.map(|(doubt, norm)| doubt / norm.sd * chance.normal());
        let shifts = shifts.collect();
        let roles = &comparison.pack.roles;
        let errors = |role: &Role| -> Vec<f64> {
            let levels = role.levels.iter();
            levels.map(|_| chance.normal()).collect()
        };
        let errors: Vec<Vec<f64>> = roles.iter().map(errors).collect();
        let moved = |off: &dyn Fn(&Role, TraitIx) -> f64| -> Vec<Vec<f64>> {
            let level = |role: &Role, k: TraitIx, e: f64| role.levels[k] + off(role, k) * e;
            let of_role = |(role, errors): (&Role, &Vec<f64>)| {
                let levels = errors.iter().enumerate();
                levels.map(|(k, &e)| level(role, k, e)).collect()
            };
            roles.iter().zip(&errors).map(of_role).collect()
        };
        Self {
            shifts,
            as_stated: comparison.with_levels(&moved(&|role, k| role.spreads[k])),
            further: comparison.with_levels(&moved(&|_, _| LEVELS_OFF)),
        }
    }
}

impl NormCounts {
    /// Sees a person of the mixed population, who answers all that these scores are of.
    pub(crate) fn see(
        &mut self,
        comparison: &Comparison<'_>,
        moved: &MovedNorms<'_>,
        complete: &[TraitScore],
        chance: &mut SeededRng,
    ) {
        let person = SimulatedPerson::mixed(comparison, chance);
        let mut scores = drawn(complete.to_vec(), &person, chance);
        for (score, shift) in scores.iter_mut().zip(&moved.shifts) {
            score.estimate += score.reliability * shift;
        }
        let found = rank(comparison, &*scores, &fit(comparison, &*scores));
        let known = known(&person);
        for (both, truly) in [
            (&mut self.as_stated, &moved.as_stated),
            (&mut self.further, &moved.further),
        ] {
            let truth = ranking(truly, &known).order[0];
            both.band.see(&found.band, truth);
            both.wide.see(&found.band_wide, truth);
        }
    }

    /// Adds those of another batch.
    pub(crate) fn add(&mut self, other: Self) {
        self.as_stated.add(other.as_stated);
        self.further.add(other.further);
    }

    /// The figures of all people seen.
    pub(crate) fn figures(self) -> NormFigures {
        NormFigures {
            as_stated: self.as_stated.figures(),
            further: self.further.figures(),
        }
    }
}

/// Traits that go together as measured norms say.
pub(crate) struct MeasuredCorrelations {
    /// The lower triangle whose product with itself turned round is the matrix of correlations (Cholesky).
    triangle: Vec<Vec<f64>>,
}

impl MeasuredCorrelations {
    /// Those of the norms in use; none where they state none.
    ///
    /// Correlations of true scores are estimates, and may together be none of any people (no positive definite
    /// matrix). All are then drawn towards 0 alike, by as few hundredths as it takes.
    pub(crate) fn of(comparison: &Comparison<'_>) -> Option<Self> {
        let norms = comparison.measured.as_ref()?;
        if norms.correlations().is_empty() {
            return None;
        }
        let traits = &comparison.pack.traits;
        let r = |a: TraitIx, b: TraitIx| norms.correlation(&traits[a].id, &traits[b].id);
        (0..=100_u8).find_map(|hundredths| {
            let kept = 1.0 - f64::from(hundredths) / 100.0;
            let shrunk = |a, b| if a == b { 1.0 } else { kept * r(a, b) };
            let triangle = cholesky(traits.len(), shrunk)?;
            Some(Self { triangle })
        })
    }

    /// Someone of these people.
    pub(crate) fn person(&self, chance: &mut SeededRng) -> SimulatedPerson {
        let own: Vec<f64> = self.triangle.iter().map(|_| chance.normal()).collect();
        let of_row = |row: &Vec<f64>| row.iter().zip(&own).map(|(l, z)| l * z).sum();
        SimulatedPerson {
            relative_levels: self.triangle.iter().map(of_row).collect(),
            yea_saying: 0.0,
            beside: Vec::new(),
        }
    }
}

/// The Cholesky triangle of a matrix of ones and correlations; none where it is not positive definite.
fn cholesky(n: usize, cell: impl Fn(usize, usize) -> f64) -> Option<Vec<Vec<f64>>> {
    /// What is left of a variance of 1 below this is none.
    const LEAST: f64 = 1e-6;
    let mut rows: Vec<Vec<f64>> = Vec::with_capacity(n);
    for i in 0..n {
        let mut row: Vec<f64> = Vec::with_capacity(i + 1);
        for (j, before) in rows.iter().enumerate() {
            let shared: f64 = row.iter().zip(before).map(|(a, b)| a * b).sum();
            row.push((cell(i, j) - shared) / before[j]);
        }
        let left = cell(i, i) - row.iter().map(|a| a * a).sum::<f64>();
        if left < LEAST {
            return None;
        }
        row.push(left.sqrt());
        rows.push(row);
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::cholesky;

    #[test]
    fn a_triangle_gives_its_matrix_again() {
        let matrix = [[1.0, 0.5, -0.2], [0.5, 1.0, 0.3], [-0.2, 0.3, 1.0]];
        let rows = cholesky(3, |i, j| matrix[i][j]).expect("positive definite");
        for (i, row) in matrix.iter().enumerate() {
            for (j, cell) in row.iter().enumerate() {
                let product = rows[i].iter().zip(&rows[j]).map(|(a, b)| a * b);
                assert!((product.sum::<f64>() - cell).abs() < 1e-12);
            }
        }
        let none = [[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]];
        assert_eq!(cholesky(3, |i, j| none[i][j]), None);
    }
}
