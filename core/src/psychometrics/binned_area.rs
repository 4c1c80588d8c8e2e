//! Areas under the ROC curve from counts on a grid, and the standard error of any figure by leaving parts of the
//! people out.
#![expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]

use crate::psychometrics::estimate::{Auc, on_logit};
use crate::psychometrics::quantiles::{NORMAL_975, f_quantile};

/// Steps of the grid of matches: 1/32 of a standard deviation each from -4 to 4, and one at either end.
pub(crate) const STEPS: usize = 258;
/// Parts into which people are dealt by a hash of their answers: for the jackknife and for folds.
pub(crate) const PARTS: usize = 20;

/// The step of a match on the standard normal scale.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 0..=257"
)]
pub(crate) fn step(z: f64) -> usize {
    ((z + 4.0) * 32.0 + 1.0).clamp(0.0, (STEPS - 1) as f64) as usize
}

/// The part of a person: FNV-1a of the answers, mixed by the last step of `SplitMix64` (Steele, Lea & Flood 2014), so
/// that it depends on nothing but the answers.
pub(crate) fn part(codes: &[u8]) -> usize {
    let mut hash = codes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &code| {
        (hash ^ u64::from(code)).wrapping_mul(0x0100_0000_01b3)
    });
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^= hash >> 31;
    usize::try_from(hash % PARTS as u64).unwrap_or(0)
}

/// An area with its variance, both from counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct BinnedArea {
    /// The chance that one of the first has a higher match than one of the second; one step is a tie, which counts half.
    pub(crate) value: f64,
    /// Its variance by `DeLong`, `DeLong` & Clarke-Pearson (1988); none with fewer than two on a side.
    pub(crate) variance: Option<f64>,
    /// Half the share of pairs that share a step: the grid moves the area by no more.
    pub(crate) bound: f64,
}

/// The area of these counts by step; none where a side has nobody.
pub(crate) fn area(ups: &[u64], downs: &[u64]) -> Option<BinnedArea> {
    let (m, n): (u64, u64) = (ups.iter().sum(), downs.iter().sum());
    if m == 0 || n == 0 {
        return None;
    }
    let (m, n) = (m as f64, n as f64);
    // placement values: share of the other side below (of a down, above)
    let (mut below_ups, mut below_downs) = (0.0, 0.0);
    let (mut sum, mut squares, mut other_squares, mut ties) = (0.0, 0.0, 0.0, 0.0);
    for (&up, &down) in ups.iter().zip(downs) {
        let (up, down) = (up as f64, down as f64);
        let place = (below_downs + 0.5 * down) / n;
        let above = 1.0 - (below_ups + 0.5 * up) / m;
        sum += up * place;
        squares += up * place * place;
        other_squares += down * above * above;
        ties += up * down;
        below_ups += up;
        below_downs += down;
    }
    let value = sum / m;
    let of = |squares: f64, n: f64| (squares - n * value * value).max(0.0) / (n - 1.0) / n;
    Some(BinnedArea {
        value,
        variance: (m > 1.0 && n > 1.0).then(|| of(squares, m) + of(other_squares, n)),
        bound: 0.5 * ties / (m * n),
    })
}

impl BinnedArea {
    /// With its interval.
    pub(crate) fn auc(&self) -> Auc {
        on_logit(self.value, self.variance.map(f64::sqrt), NORMAL_975)
    }
}

/// Standard error by the delete-a-group jackknife (Kott 2001), and the quantile of Student's t that goes with it, from
/// the figure without each part; parts without people are left out. None with fewer than two parts.
pub(crate) fn jackknife(without: &[f64]) -> Option<(f64, f64)> {
    let parts = without.len() as f64;
    if without.len() < 2 {
        return None;
    }
    let mean = without.iter().sum::<f64>() / parts;
    let squares: f64 = without.iter().map(|v| (v - mean) * (v - mean)).sum();
    let t = f_quantile(0.95, 1.0, parts - 1.0).sqrt();
    Some((((parts - 1.0) / parts * squares).sqrt(), t))
}

#[cfg(test)]
mod tests {
    use super::{PARTS, STEPS, area, jackknife, part, step};

    #[test]
    fn an_area_agrees_with_a_count_of_pairs() {
        let (ups, downs) = ([0_u32, 3, 1, 2], [2_u32, 2, 1, 0]);
        let found = area(&ups.map(u64::from), &downs.map(u64::from)).expect("both sides");
        let (mut won, mut all) = (0.0, 0.0);
        for (a, &m) in ups.iter().enumerate() {
            for (b, &n) in downs.iter().enumerate() {
                let pairs = f64::from(m * n);
                all += pairs;
                won += pairs
                    * if a > b {
                        1.0
                    } else {
                        0.5 * f64::from(u8::from(a == b))
                    };
            }
        }
        assert!((found.value - won / all).abs() < 1e-15);
        assert!((found.bound - 0.5 * 7.0 / 30.0).abs() < 1e-15);
        assert!(area(&[1], &[0]).is_none());
    }

    #[test]
    fn the_jackknife_of_a_mean_is_its_standard_error() {
        let values = [1.0, 4.0, 2.0, 7.0];
        let mean = |skip: usize| {
            let rest = values.iter().enumerate().filter(|(n, _)| *n != skip);
            rest.map(|(_, v)| v).sum::<f64>() / 3.0
        };
        let (se, _) = jackknife(&[0, 1, 2, 3].map(mean)).expect("four");
        // sd 2.6458 over the root of 4
        assert!((se - (21.0_f64 / 3.0 / 4.0).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn steps_rise_with_the_match_and_parts_are_alike() {
        assert_eq!(
            [step(-9.0), step(-4.0), step(0.0), step(9.0)],
            [0, 1, 129, STEPS - 1]
        );
        let mut parts = [0; PARTS];
        for n in 0..20_000_u32 {
            parts[part(&n.to_le_bytes())] += 1;
        }
        assert!(parts.iter().all(|n| (850..1150).contains(n)), "{parts:?}");
    }
}
