//! Quantiles for intervals. Libraries that have them call the platform's logarithm, whose last bits
//! differ from one to the next; these use libm's, so that figures are the same everywhere.

/// The 97.5th percentile of the standard normal distribution.
pub(crate) const NORMAL_975: f64 = 1.959_963_984_540_054;

/// Regularised incomplete beta function I(x; a, b), for positive a and b (continued fraction by
/// Lentz's method; DLMF 8.17.22; Press et al. 2007, section 6.4).
#[must_use]
pub(crate) fn beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - below(1.0 - x, b, a);
    }
    below(x, a, b)
}

/// The same where the fraction settles soon.
fn below(x: f64, a: f64, b: f64) -> f64 {
    let front = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b)
        + a * libm::log(x)
        + b * libm::log1p(-x);
    libm::exp(front) * fraction(x, a, b) / a
}

#[expect(clippy::many_single_char_names, reason = "the names of the literature")]
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |v: f64| if v.abs() < TINY { TINY } else { v };
    let (mut c, mut d) = (1.0, 1.0 / away(1.0 - (a + b) * x / (a + 1.0)));
    let mut value = d;
    let mut m = 1.0;
    // settles after about the root of the larger of a and b
    while m < 1e6 {
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        value *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        let change = d * c;
        value *= change;
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
        m += 1.0;
    }
    value
}

/// The quantile of the F distribution at probability `p`, 0..1, with these degrees of freedom, above
/// 0: x with I(x; d1/2, d2/2) = p by halving, then F = d2 x / (d1 (1 - x)).
#[must_use]
pub(crate) fn f_quantile(p: f64, d1: f64, d2: f64) -> f64 {
    let (a, b) = (0.5 * d1, 0.5 * d2);
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if beta(middle, a, b) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    d2 * high / (d1 * (1.0 - high))
}

#[cfg(test)]
mod tests {
    use super::{beta, f_quantile};

    #[test]
    fn the_beta_function_has_its_known_values() {
        // I(x; 1, b) = 1 - (1 - x)^b; I(x; a, 1) = x^a; I(1/2; a, a) = 1/2
        assert!((beta(0.3, 1.0, 4.0) - (1.0 - 0.7_f64.powi(4))).abs() < 1e-14);
        assert!((beta(0.3, 5.0, 1.0) - 0.3_f64.powi(5)).abs() < 1e-15);
        for a in [0.5, 3.0, 80.0, 5e5] {
            assert!((beta(0.5, a, a) - 0.5).abs() < 1e-9, "{a}");
        }
    }

    #[test]
    fn quantiles_of_f_agree_with_r() {
        // R 4.2.2: qf(p, d1, d2); for the millions, where its qf takes d2 for endless, from qbeta
        let known = [
            (0.975, 9.0, 27.0, 2.630_855_587_922_81),
            (0.025, 9.0, 27.0, 0.278_982_651_248_055),
            (0.975, 299.0, 897.0, 1.198_442_950_330_44),
            (0.025, 1999.0, 9995.0, 0.933_600_222_454_989),
            (0.975, 999_999.0, 2_999_997.0, 1.003_204_435_979_96),
            (0.5, 1.0, 1.0, 1.0),
        ];
        for (p, d1, d2, expected) in known {
            let found = f_quantile(p, d1, d2);
            assert!(
                (found / expected - 1.0).abs() < 1e-9,
                "{p} {d1} {d2}: {found}"
            );
        }
    }
}
