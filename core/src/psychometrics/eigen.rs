//! Eigenvalues and eigenvectors of a small symmetric matrix.

/// Sweeps after which the rotations end. They converge quadratically: matrices of a hundred rows need
/// about ten.
const SWEEPS: usize = 60;

/// An eigenvalue with its eigenvector of length 1.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EigenPair {
    /// The eigenvalue.
    pub(crate) value: f64,
    /// Its eigenvector.
    pub(crate) vector: Vec<f64>,
}

/// All eigenvalues of a symmetric matrix of `n` rows, given row by row, the largest first.
///
/// The cyclic Jacobi method (Golub & Van Loan 2013, section 8.5): plane rotations make the elements beside
/// the diagonal 0, row after row, until all are. The order of the rotations is fixed and the arithmetic is
/// the four basic operations and square roots, which IEEE 754 rounds in one way, so the same matrix gives
/// the same bits on every platform. The sign of a vector is whatever the rotations leave.
pub(crate) fn eigen(matrix: &[f64], n: usize) -> Vec<EigenPair> {
    let mut a = matrix.to_vec();
    let mut vectors = vec![0.0; n * n];
    for i in 0..n {
        vectors[i * n + i] = 1.0;
    }
    for _ in 0..SWEEPS {
        let mut still = true;
        for p in 0..n {
            for q in p + 1..n {
                if let Some(rotation) = Rotation::of(&a, n, p, q) {
                    still = false;
                    rotation.apply(&mut a, &mut vectors, n);
                }
            }
        }
        if still {
            break;
        }
    }
    let pair = |k: usize| EigenPair {
        value: a[k * n + k],
        vector: (0..n).map(|i| vectors[i * n + k]).collect(),
    };
    let mut all: Vec<EigenPair> = (0..n).map(pair).collect();
    all.sort_by(|a, b| b.value.total_cmp(&a.value));
    all
}

/// A rotation in the plane of rows `p` and `q`.
struct Rotation {
    p: usize,
    q: usize,
    cos: f64,
    sin: f64,
}

impl Rotation {
    /// The rotation that makes the element of rows `p` and `q` 0; none where it is so small that both
    /// elements on the diagonal stay what they are.
    fn of(a: &[f64], n: usize, p: usize, q: usize) -> Option<Self> {
        let (app, aqq, apq) = (a[p * n + p], a[q * n + q], a[p * n + q]);
        let scale = app.abs() + aqq.abs();
        if apq.abs() <= f64::EPSILON * 0.5 * scale || apq.abs() < f64::MIN_POSITIVE {
            return None;
        }
        let tau = (aqq - app) / (2.0 * apq);
        let root = (1.0 + tau * tau).sqrt();
        let tan = if tau >= 0.0 {
            1.0 / (tau + root)
        } else {
            1.0 / (tau - root)
        };
        let cos = 1.0 / (1.0 + tan * tan).sqrt();
        let sin = tan * cos;
        Some(Self { p, q, cos, sin })
    }

    fn apply(&self, a: &mut [f64], vectors: &mut [f64], n: usize) {
        let &Self { p, q, cos, sin } = self;
        let turn = |values: &mut [f64], x: usize, y: usize| {
            let (left, right) = (values[x], values[y]);
            values[x] = cos * left - sin * right;
            values[y] = sin * left + cos * right;
        };
        for k in 0..n {
            turn(a, k * n + p, k * n + q);
        }
        for k in 0..n {
            turn(a, p * n + k, q * n + k);
        }
        a[p * n + q] = 0.0;
        a[q * n + p] = 0.0;
        for k in 0..n {
            turn(vectors, k * n + p, k * n + q);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::eigen;
    use proptest::prelude::*;

    #[test]
    fn eigenvalues_of_a_known_matrix() {
        // tridiagonal 2, -1: eigenvalues 2 - 2 cos(k pi / 4)
        let pairs = eigen(&[2.0, -1.0, 0.0, -1.0, 2.0, -1.0, 0.0, -1.0, 2.0], 3);
        let root = 2.0_f64.sqrt();
        for (pair, value) in pairs.iter().zip([2.0 + root, 2.0, 2.0 - root]) {
            assert!((pair.value - value).abs() < 1e-14, "{pair:?}");
        }
        assert!(eigen(&[], 0).is_empty());
        let nothing = eigen(&[0.0; 4], 2);
        assert!(nothing.iter().all(|pair| pair.value == 0.0));
    }

    proptest! {
        #[test]
        fn vectors_are_orthonormal_and_make_the_matrix_again(
            n in 1_usize..9, cells in proptest::collection::vec(-10.0..10.0_f64, 81)
        ) {
            let mut matrix = vec![0.0; n * n];
            for i in 0..n {
                for j in 0..n {
                    matrix[i * n + j] = cells[i.min(j) * 9 + i.max(j)];
                }
            }
            let pairs = eigen(&matrix, n);
            prop_assert!(pairs.is_sorted_by(|a, b| a.value >= b.value));
            for i in 0..n {
                for j in 0..n {
                    let dot: f64 = (0..n).map(|k| pairs[i].vector[k] * pairs[j].vector[k]).sum();
                    let one = f64::from(u8::from(i == j));
                    prop_assert!((dot - one).abs() < 1e-12);
                    let again: f64 = pairs.iter().map(|p| p.value * p.vector[i] * p.vector[j]).sum();
                    prop_assert!((again - matrix[i * n + j]).abs() < 1e-11);
                }
            }
        }
    }
}
