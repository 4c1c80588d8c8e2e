//! What follows when norms are a little off, and levels with them: how often either band holds the role that
//! would be first if both were right (scoring, "Norms"), and what real correlations of traits do.
//!
//! Here the mean of each norm is wrong by a normal error whose standard deviation is its doubt, and each level
//! by [`LEVELS_OFF`] points.

use crate::pack::model::TraitIx;
use crate::scoring::comparison::Comparison;
use crate::scoring::trait_scores::TraitScore;
use crate::simulation::band_coverage::{BandCounts, BandFigures, known, ranking};
use crate::simulation::respondents::{SeededRng, SimulatedPerson, drawn};

/// Points by which levels are off, as a standard deviation.
pub(crate) const LEVELS_OFF: f64 = 1.5;

/// Sums over simulated people.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct NormCounts {
    band: BandCounts,
    wide: BandCounts,
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct NormFigures {
    /// The band.
    pub(crate) band: BandFigures,
    /// The wide band.
    pub(crate) wide: BandFigures,
}

/// Norms and levels once more, as they might truly be.
pub(crate) struct MovedNorms<'p> {
    /// By trait: true mean less that of the norm, in its standard deviations.
    shifts: Vec<f64>,
    /// The roles at their true levels.
    truly: Comparison<'p>,
}

impl<'p> MovedNorms<'p> {
    /// Draws the error of every mean and every level.
    pub(crate) fn draw(comparison: &Comparison<'p>, chance: &mut SeededRng) -> Self {
        let norms = comparison.doubts.iter().zip(&comparison.norms);
        let shifts = norms.map(|(doubt, norm)| doubt / norm.sd * chance.normal());
        let shifts = shifts.collect();
        let mut off = |level: &f64| level + LEVELS_OFF * chance.normal();
        let roles = comparison.pack.roles.iter();
        let levels: Vec<Vec<f64>> = roles
            .map(|role| role.levels.iter().map(&mut off).collect())
            .collect();
        Self {
            shifts,
            truly: comparison.with_levels(&levels),
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
        let truth = ranking(&moved.truly, &known(&person)).order[0];
        let mut scores = drawn(complete.to_vec(), &person, chance);
        for (score, shift) in scores.iter_mut().zip(&moved.shifts) {
            score.estimate += score.reliability * shift;
        }
        let ranking = ranking(comparison, &scores);
        self.band.see(&ranking.band, truth);
        self.wide.see(&ranking.band_wide, truth);
    }

    /// Adds those of another batch.
    pub(crate) fn add(&mut self, other: Self) {
        self.band.add(other.band);
        self.wide.add(other.wide);
    }

    /// The figures of all people seen.
    pub(crate) fn figures(self) -> NormFigures {
        NormFigures {
            band: self.band.figures(),
            wide: self.wide.figures(),
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
