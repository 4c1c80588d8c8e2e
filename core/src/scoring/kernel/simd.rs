//! SIMD lanes: arithmetic on as many people at a time as a register of the processor holds.
//!
//! Left to itself the compiler puts people side by side in one loop and not in the next; spoken out,
//! assessing takes six tenths of the instructions. No operation here rounds otherwise than that of a
//! single number, so every processor gives the same bits.

use pulp::Simd;
use std::ops::{Add, Div, Mul, Sub};

/// A number of each person.
#[derive(Clone, Copy)]
pub(crate) struct Lanes<S: Simd> {
    simd: S,
    of: S::f64s,
}

/// How many registers hold the numbers of N people.
#[inline(always)]
pub(crate) const fn registers<S: Simd, const N: usize>() -> usize {
    N / S::F64_LANES
}

/// How many roles or questions, as a number to compute with.
#[expect(clippy::cast_precision_loss, reason = "a pack has a few")]
#[inline(always)]
pub(crate) fn count(n: usize) -> f64 {
    n as f64
}

impl<S: Simd> Lanes<S> {
    /// The same number for everyone.
    #[inline(always)]
    pub(crate) fn all(simd: S, number: f64) -> Self {
        let of = simd.splat_f64s(number);
        Self { simd, of }
    }

    /// The numbers of the people in this register.
    #[inline(always)]
    pub(crate) fn load<const N: usize>(simd: S, numbers: &[f64; N], register: usize) -> Self {
        let of = S::as_simd_f64s(numbers).0[register];
        Self { simd, of }
    }

    /// Keeps the numbers of the people in this register.
    #[inline(always)]
    pub(crate) fn store<const N: usize>(self, numbers: &mut [f64; N], register: usize) {
        S::as_mut_simd_f64s(numbers).0[register] = self.of;
    }

    /// Square root.
    #[inline(always)]
    pub(crate) fn sqrt(self) -> Self {
        let of = self.simd.sqrt_f64s(self.of);
        Self { of, ..self }
    }

    /// `then` for those above, `otherwise` for the rest and where either is no number.
    #[inline(always)]
    pub(crate) fn if_above(self, other: Self, then: Self, otherwise: Self) -> Self {
        let above = self.simd.greater_than_f64s(self.of, other.of);
        let of = self.simd.select_f64s(above, then.of, otherwise.of);
        Self { of, ..self }
    }

    /// `then` for those equal, `otherwise` for the rest.
    #[inline(always)]
    pub(crate) fn if_equal(self, other: Self, then: Self, otherwise: Self) -> Self {
        let equal = self.simd.equal_f64s(self.of, other.of);
        let of = self.simd.select_f64s(equal, then.of, otherwise.of);
        Self { of, ..self }
    }

    /// The larger of two; `other` where this is no number.
    #[inline(always)]
    pub(crate) fn or_larger(self, other: Self) -> Self {
        self.if_above(other, self, other)
    }
}

impl<S: Simd> Add for Lanes<S> {
    type Output = Self;

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        let of = self.simd.add_f64s(self.of, other.of);
        Self { of, ..self }
    }
}

impl<S: Simd> Sub for Lanes<S> {
    type Output = Self;

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        let of = self.simd.sub_f64s(self.of, other.of);
        Self { of, ..self }
    }
}

impl<S: Simd> Mul for Lanes<S> {
    type Output = Self;

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        let of = self.simd.mul_f64s(self.of, other.of);
        Self { of, ..self }
    }
}

impl<S: Simd> Div for Lanes<S> {
    type Output = Self;

    #[inline(always)]
    fn div(self, other: Self) -> Self {
        let of = self.simd.div_f64s(self.of, other.of);
        Self { of, ..self }
    }
}
