//! Numbers with fixed decimals as bytes, exactly as Rust's `{:.2}` and `{:.4}` print them.
//!
//! Rounding in whole hundredths takes a tenth of the time of `{:.2}` and differs from it only where
//! a number lies on the edge between two; there, and only there, Rust's own way decides.

use crate::scoring::role_match::{RoleMatch, phi};
use crate::write::terminal_text::fixed;
use std::sync::LazyLock;

/// How near to an edge a number is left to Rust: thousands of times the error of the product.
const EDGE: f64 = 1e-6;
/// Numbers up to this, times ten thousand, are products with an error far below [`EDGE`].
const SMALL: f64 = 1e5;

/// Adds a whole number.
#[inline]
pub(crate) fn whole(out: &mut Vec<u8>, number: usize) {
    match number {
        0..10 => out.push(digit(number)),
        10..100 => out.extend_from_slice(&[digit(number / 10), digit(number % 10)]),
        _ => out.extend_from_slice(number.to_string().as_bytes()),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "below 10")]
fn digit(n: usize) -> u8 {
    b'0' + n as u8
}

/// Adds a number with two decimals, never -0.00.
pub(crate) fn two(out: &mut Vec<u8>, number: f64) {
    match parts(number, 100.0) {
        Some(n) => hundredths(out, number, n),
        None => out.extend_from_slice(fixed(number, 2).as_bytes()),
    }
}

fn hundredths(out: &mut Vec<u8>, number: f64, n: usize) {
    sign(out, number, n);
    whole(out, n / 100);
    out.extend_from_slice(&[b'.', digit(n / 10 % 10), digit(n % 10)]);
}

/// Bytes of a short number, filled up.
pub(crate) const SHORT: usize = 8;

/// Both digits of each number below 100.
static PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[b'0'; 2]; 100];
    let (mut n, mut tens) = (0, 0);
    while n < pairs.len() {
        let mut ones = 0;
        while ones < 10 {
            pairs[n] = [b'0' + tens, b'0' + ones];
            (n, ones) = (n + 1, ones + 1);
        }
        tens += 1;
    }
    pairs
};

/// A whole number below 100, and how many bytes it has.
#[inline]
pub(crate) fn short(number: usize) -> Option<([u8; SHORT], usize)> {
    let [tens, ones] = *PAIRS.get(number)?;
    Some(without_zero([tens, ones, 0, 0, 0, 0, 0, 0], 2, number))
}

/// A match below 100 with two decimals, and how many bytes it has; none where its last digit has to be
/// found in another way.
#[inline]
pub(crate) fn matched_short(fit: &RoleMatch) -> Option<([u8; SHORT], usize)> {
    let n = matched_hundredths(fit)?;
    let [tens, ones] = *PAIRS.get(n / 100)?;
    let [tenths, last] = PAIRS[n % 100];
    let text = [tens, ones, b'.', tenths, last, 0, 0, 0];
    Some(without_zero(text, 5, n / 100))
}

/// A text that begins with two digits of a number, without the first where that is 0.
#[inline]
fn without_zero(text: [u8; SHORT], length: usize, number: usize) -> ([u8; SHORT], usize) {
    let zero = usize::from(number < 10);
    let text = u64::from_le_bytes(text) >> (8 * zero);
    (text.to_le_bytes(), length - zero)
}

/// Adds a number with four decimals, never -0.0000.
pub(crate) fn four(out: &mut Vec<u8>, number: f64) {
    let Some(n) = parts(number, 10_000.0) else {
        out.extend_from_slice(fixed(number, 4).as_bytes());
        return;
    };
    sign(out, number, n);
    whole(out, n / 10_000);
    let decimals = [n / 1000, n / 100, n / 10, n].map(|d| digit(d % 10));
    out.push(b'.');
    out.extend_from_slice(&decimals);
}

fn sign(out: &mut Vec<u8>, number: f64, n: usize) {
    if number < 0.0 && n > 0 {
        out.push(b'-');
    }
}

/// The nearest whole number of parts, without sign; none near an edge.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "0 to a thousand million"
)]
fn parts(number: f64, scale: f64) -> Option<usize> {
    let size = number.abs();
    if size.is_nan() || size > SMALL {
        return None;
    }
    let scaled = size * scale;
    let below = scaled as usize;
    let over = scaled - below as f64;
    ((over - 0.5).abs() > EDGE).then_some(below + usize::from(over > 0.5))
}

/// Places between -[`FAR`] and [`FAR`] at which the normal distribution is tabled, a unit apart.
const STEPS: f64 = 128.0;
/// Beyond this there is no table.
const FAR: f64 = 6.0;

/// The distribution and its density at each place.
static NORMAL: LazyLock<Vec<(f64, f64)>> = LazyLock::new(|| {
    #[expect(clippy::cast_possible_truncation, reason = "768")]
    let far = (FAR * STEPS) as i32;
    (-far..=far)
        .map(|step| {
            let z = f64::from(step) / STEPS;
            let density = libm::exp(-0.5 * z * z) / (2.0 * std::f64::consts::PI).sqrt();
            (phi(z), density)
        })
        .collect()
});

/// Adds a match with two decimals.
pub(crate) fn matched(out: &mut Vec<u8>, fit: &RoleMatch) {
    match matched_hundredths(fit) {
        Some(n) => hundredths(out, 0.0, n),
        None => two(out, fit.matched()),
    }
}

/// A match in hundredths of a percent, rounded; none far out, or near an edge between two. Taylor's series
/// around the nearest place of a table takes a third of the time of `erfc`; its error is below 1.5e-7 of a
/// hundredth, so away from the edges it gives the same digits.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "within the table"
)]
#[inline]
fn matched_hundredths(fit: &RoleMatch) -> Option<usize> {
    let z = fit.z;
    if z.abs() >= FAR - 1.0 / STEPS {
        return None;
    }
    // the nearest place: `round` would be a call
    let place = (z * STEPS + (FAR * STEPS + 0.5)) as usize;
    let (below, density) = NORMAL[place];
    let centre = (place as f64 - FAR * STEPS) / STEPS;
    let away = z - centre;
    let third = (centre * centre - 1.0) / 6.0;
    let share = below + density * away * (1.0 + away * (away * third - 0.5 * centre));
    parts(share, 10_000.0)
}

#[cfg(test)]
mod tests {
    use super::{SHORT, four, matched, matched_short, short, two, whole};
    use crate::scoring::role_match::RoleMatch;
    use crate::write::terminal_text::fixed;

    fn text(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).expect("digits")
    }

    #[test]
    fn digits_are_those_of_rust() {
        let mut numbers = vec![
            0.0, -0.0, 0.005, 0.015, 0.125, 2.5, -1e-9, -0.000_05, 1e9, -7e4,
        ];
        numbers.extend((0..200_000).map(|n| f64::from(n) / 1000.0 - 100.0));
        numbers.extend((0..200_000).map(|n| f64::from(n) * 0.000_123_4 - 12.0));
        for number in numbers {
            assert_eq!(text(|out| two(out, number)), fixed(number, 2), "{number:?}");
            assert_eq!(
                text(|out| four(out, number)),
                fixed(number, 4),
                "{number:?}"
            );
        }
        assert_eq!(text(|out| whole(out, 0)), "0");
        assert_eq!(text(|out| whole(out, 1_234_567)), "1234567");
    }

    #[test]
    fn a_match_from_the_table_is_the_match() {
        for n in -70_000..=70_000 {
            let fit = RoleMatch {
                centre: 0.0,
                z: f64::from(n) * 0.000_1 + 1e-7,
                length: 1.0,
                unknown: 0.0,
            };
            assert_eq!(text(|out| matched(out, &fit)), fixed(fit.matched(), 2));
            if let Some(found) = matched_short(&fit) {
                assert_eq!(of(found), fixed(fit.matched(), 2));
            }
        }
    }

    fn of((bytes, length): ([u8; SHORT], usize)) -> String {
        String::from_utf8(bytes[..length].to_vec()).expect("digits")
    }

    #[test]
    fn short_numbers_are_whole_numbers() {
        for n in 0..100 {
            assert_eq!(short(n).map(of), Some(n.to_string()));
        }
        assert_eq!(short(100), None);
    }
}
