//! The roles in play as points of a plane, and where a person stands among them.
//!
//! The plane is a biplot of the matches (Gabriel 1971): the singular value decomposition of the roles'
//! centred keys, cut after two axes.

use crate::pack::model::TraitIx;
use crate::psychometrics::eigen::eigen;
use crate::scoring::comparison::{Comparison, NEGLIGIBLE};
use crate::scoring::contributions::own_estimates;
use crate::scoring::role_match::centred_keys;
use crate::scoring::trait_scores::TraitScore;

/// Fewest roles that lie in a plane of their own.
const FEWEST_ROLES: usize = 3;
/// Most traits that are mapped: the work grows with the third power.
const MOST_TRAITS: usize = 150;
/// Most traits that name an end of an axis.
const NAMES: usize = 3;
/// A trait names an end when its loading is at least this share of the largest there.
const NAMING: f64 = 0.5;
/// Loadings as far apart as this count as equal, so that rounding turns no axis round.
const EQUAL: f64 = 1e-9;
/// Half-axis, in standard errors, of an ellipse that holds 68 % of a normal distribution in the plane:
/// the root of the quantile of chi squared with two degrees of freedom, `sqrt(-2 ln(1 - 0.68))`.
const ELLIPSE: f64 = 1.509_592;

/// One axis of the map.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MapAxis {
    /// What each trait counts along it: a vector of length 1, or of zeros where no second direction
    /// tells the roles apart. The largest by absolute value is positive; of equal ones the first in the
    /// pack.
    pub(crate) loadings: Vec<f64>,
    /// The traits that name its low end (left, bottom), strongest first, at most three.
    pub(crate) low: Vec<TraitIx>,
    /// The traits that name its high end (right, top), strongest first, at most three.
    pub(crate) high: Vec<TraitIx>,
}

/// Where a person stands, and how far from there they may truly be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct MapPerson {
    /// Place along both axes, each from -1 to 1.
    pub(crate) at: [f64; 2],
    /// Half-axes, the longer first, of the ellipse that holds the true place in 68 of 100 cases.
    pub(crate) half_axes: [f64; 2],
    /// Direction of the longer one, of length 1: the cosine and the sine of its angle.
    pub(crate) along: [f64; 2],
}

impl MapPerson {
    /// Whether a place is within the ellipse.
    pub(crate) fn reaches(&self, [x, y]: [f64; 2]) -> bool {
        let (dx, dy) = (x - self.at[0], y - self.at[1]);
        let [cos, sin] = self.along;
        let long = (dx * cos + dy * sin) / self.half_axes[0].max(NEGLIGIBLE);
        let short = (dy * cos - dx * sin) / self.half_axes[1].max(NEGLIGIBLE);
        long * long + short * short <= 1.0
    }
}

/// All roles in play as points of a plane.
///
/// With c the key of a role, centred as for all questions answered, rho the reliabilities of scores with
/// all questions answered and A the length of the key, `A = sqrt(sum(c^2 rho))`, each role is the vector
/// `w = c sqrt(rho) / A` of length 1. The match of someone who answered everything is then the product of
/// that vector with `y = zhat / sqrt(rho)`, their estimates on the same scale: `z = sum(w y)`. The axes are
/// the first two right singular vectors of the roles' w, which keep as much of all these products as a
/// plane can. So roles that lie together rank alike for everybody, as far as the plane shows, and the
/// product of a role's place with a person's is the part of the match that it shows.
#[derive(Clone, Debug)]
pub(crate) struct RoleMap<'c> {
    comparison: &'c Comparison<'c>,
    /// Square root of the reliability of each trait with all questions answered.
    roots: Vec<f64>,
    /// Both axes.
    axes: [MapAxis; 2],
    /// Place of each role in play.
    points: Vec<[f64; 2]>,
    /// Share of the total of squares that both axes explain.
    explained: f64,
    /// Length A of the shortest key.
    shortest: f64,
}

impl<'c> RoleMap<'c> {
    /// The map of the roles in play; none of fewer than three roles with a key, of which there is nothing
    /// to see, or of more than 150 traits.
    #[must_use]
    pub(crate) fn of(comparison: &'c Comparison<'c>) -> Option<Self> {
        let pack = comparison.pack;
        let n = pack.traits.len();
        if n > MOST_TRAITS {
            return None;
        }
        let answered: Vec<TraitScore> = (comparison.norms.iter().zip(&pack.traits))
            .map(|(norm, t)| {
                let weight = t.items.iter().map(|&q| pack.questions[q].weight).sum();
                TraitScore {
                    reliability: norm.reliability_of(weight),
                    ..TraitScore::NOTHING
                }
            })
            .collect();
        let roots: Vec<f64> = answered.iter().map(|s| s.reliability.sqrt()).collect();
        let mut rows = centred_keys(comparison, &answered);
        let mut lengths = Vec::new();
        for row in &mut rows {
            let mut squares = 0.0;
            for (c, root) in row.iter_mut().zip(&roots) {
                *c *= root;
                squares += *c * *c;
            }
            let length = squares.sqrt();
            let scale = if length > NEGLIGIBLE {
                lengths.push(length);
                1.0 / length
            } else {
                0.0
            };
            for c in row {
                *c *= scale;
            }
        }
        if lengths.len() < FEWEST_ROLES {
            return None;
        }
        let mut gram = vec![0.0; n * n];
        let mut total = 0.0;
        for row in &rows {
            for (i, a) in row.iter().enumerate() {
                total += a * a;
                for (j, b) in row.iter().enumerate() {
                    gram[i * n + j] += a * b;
                }
            }
        }
        let mut pairs = eigen(&gram, n).into_iter();
        let mut explained = 0.0;
        let axes = [(); 2].map(|()| {
            let pair = pairs.next().filter(|pair| pair.value > NEGLIGIBLE);
            explained += pair.as_ref().map_or(0.0, |pair| pair.value) / total;
            MapAxis::new(pair.map_or_else(|| vec![0.0; n], |pair| pair.vector))
        });
        let points = rows.iter().map(|row| project(&axes, row)).collect();
        Some(Self {
            comparison,
            roots,
            axes,
            points,
            explained: explained.clamp(0.0, 1.0),
            shortest: lengths.iter().copied().fold(f64::INFINITY, f64::min),
        })
    }

    /// Both axes: left to right, and bottom to top.
    #[must_use]
    pub(crate) const fn axes(&self) -> &[MapAxis; 2] {
        &self.axes
    }

    /// Place of each role in play, within 1 of the middle.
    #[must_use]
    pub(crate) fn points(&self) -> &[[f64; 2]] {
        &self.points
    }

    /// Share of what tells the roles apart that both axes show, 0..=1: of the total of squares, the part
    /// that the first two singular values make.
    #[must_use]
    pub(crate) const fn explained(&self) -> f64 {
        self.explained
    }

    /// Where a person with these scores stands; none where nothing was answered that the map is about.
    ///
    /// With v the loadings of an axis, zhat the person's estimates beside their own level, r their
    /// reliabilities and rho those with all questions answered:
    ///
    /// - `y = zhat / sqrt(rho)`, the person on the scale of the roles' vectors; 0 without answers
    /// - place `sum(v y) / L`, with `L = max(|y|, A_min)` and `A_min` the length of the shortest key
    /// - covariance of axes i and j `sum(v_i v_j (1 - r) / rho) / L^2`: the error of the estimates, which
    ///   the standard error of a match has too
    ///
    /// Why this scale: scores that are a role's key, `zhat = rho c` and any multiple above, have
    /// `y / |y| = w` and so lie exactly on the role, for `|y| = A` is never below `A_min`. As in the ranking
    /// only the direction of a clear pattern counts; a pattern weaker than that of any role lies nearer
    /// the middle, the weaker the nearer, and its ellipse stays as wide as it is.
    #[must_use]
    pub(crate) fn person(&self, scores: &[TraitScore]) -> Option<MapPerson> {
        let known = |(k, score): (usize, &TraitScore)| {
            score.reliability > 0.0 && self.axes.iter().any(|axis| axis.loadings[k] != 0.0)
        };
        if !scores.iter().enumerate().any(known) {
            return None;
        }
        let own = own_estimates(self.comparison, scores);
        let mut squares = 0.0;
        let place = |(own, root): (&f64, &f64)| if *root > 0.0 { own / root } else { 0.0 };
        let y: Vec<f64> = own.iter().zip(&self.roots).map(place).collect();
        for y in &y {
            squares += y * y;
        }
        let length = squares.sqrt().max(self.shortest);
        let (mut across, mut both, mut up) = (0.0, 0.0, 0.0);
        for (k, (score, root)) in scores.iter().zip(&self.roots).enumerate() {
            if *root > 0.0 {
                let scale = root * length;
                let error = (1.0 - score.reliability) / (scale * scale);
                let [v, w] = [self.axes[0].loadings[k], self.axes[1].loadings[k]];
                across += v * v * error;
                both += v * w * error;
                up += w * w * error;
            }
        }
        let (half_axes, along) = ellipse(across, both, up);
        Some(MapPerson {
            at: project(&self.axes, &y).map(|place| place / length),
            half_axes,
            along,
        })
    }
}

impl MapAxis {
    /// An axis whose sign does not depend on how it was computed.
    fn new(mut loadings: Vec<f64>) -> Self {
        let mut largest = 0.0_f64;
        let mut sign = 1.0;
        for loading in &loadings {
            if loading.abs() > largest + EQUAL {
                largest = loading.abs();
                sign = loading.signum();
            }
        }
        for loading in &mut loadings {
            *loading *= sign;
        }
        Self {
            high: naming(&loadings, 1.0),
            low: naming(&loadings, -1.0),
            loadings,
        }
    }
}

/// The traits that load most on one side, strongest first; of equal ones the first in the pack.
fn naming(loadings: &[f64], side: f64) -> Vec<TraitIx> {
    let mut found: Vec<TraitIx> = Vec::new();
    let mut largest = 0.0;
    while found.len() < NAMES {
        let mut next: Option<(TraitIx, f64)> = None;
        for (k, loading) in loadings.iter().enumerate() {
            let most = next.map_or(NEGLIGIBLE, |(_, most)| most);
            if loading * side > most + EQUAL && !found.contains(&k) {
                next = Some((k, loading * side));
            }
        }
        match next {
            Some((k, loading)) if loading >= NAMING * largest => {
                largest = loading.max(largest);
                found.push(k);
            }
            _ => break,
        }
    }
    found
}

/// Place of a vector along both axes.
fn project(axes: &[MapAxis; 2], vector: &[f64]) -> [f64; 2] {
    [&axes[0], &axes[1]].map(|axis| {
        let mut place = 0.0;
        for (loading, x) in axis.loadings.iter().zip(vector) {
            place += loading * x;
        }
        place
    })
}

/// Half-axes of the ellipse that holds 68 %, the longer first, and the direction of the longer, from a
/// covariance: the eigenvalues of a symmetric matrix of two rows in closed form.
fn ellipse(across: f64, both: f64, up: f64) -> ([f64; 2], [f64; 2]) {
    let (middle, half) = (f64::midpoint(across, up), (across - up) / 2.0);
    let root = (half * half + both * both).sqrt();
    let (long, short) = (middle + root, (middle - root).max(0.0));
    // of two formulae for the direction the one that loses no digits
    let (x, y) = if half >= 0.0 {
        (root + half, both)
    } else {
        (
            both.abs(),
            if both < 0.0 { half - root } else { root - half },
        )
    };
    let length = (x * x + y * y).sqrt();
    let along = if length > 0.0 {
        [x / length, y / length]
    } else {
        [1.0, 0.0]
    };
    ([long, short].map(|v| ELLIPSE * v.sqrt()), along)
}

#[cfg(test)]
mod tests {
    use super::ellipse;

    fn close(a: f64, b: f64, bound: f64) -> bool {
        (a - b).abs() < bound
    }

    #[test]
    fn an_ellipse_has_the_axes_of_its_covariance() {
        let radius = (-2.0 * (0.32_f64).ln()).sqrt();
        let ([long, short], along) = ellipse(4.0, 0.0, 1.0);
        assert!(close(long, 2.0 * radius, 1e-5) && close(short, radius, 1e-5));
        assert!(close(along[0], 1.0, 1e-12) && close(along[1], 0.0, 1e-12));
        let [x, y] = ellipse(1.0, 0.0, 4.0).1;
        assert!(close(x, 0.0, 1e-12) && close(y, 1.0, 1e-12));
        assert_eq!(ellipse(0.0, 0.0, 0.0), ([0.0, 0.0], [1.0, 0.0]));
        for (across, both, up) in [(2.0, 0.9, 1.0), (1.0, 0.9, 2.0), (1.0, -0.9, 2.0)] {
            let ([long, _], [x, y]) = ellipse(across, both, up);
            let value = (long / radius) * (long / radius);
            assert!(close(across * x + both * y, value * x, 1e-5));
            assert!(close(both * x + up * y, value * y, 1e-5) && x >= 0.0);
        }
    }
}
