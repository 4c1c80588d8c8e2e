//! Trait scores of people side by side: [`score`](crate::scoring::trait_scores::score) in lanes.

use crate::scoring::answers::DONT_KNOW;
use crate::scoring::kernel::answer_counts::{ChoiceCounts, RatingCounts, to_numbers};
use crate::scoring::kernel::compiled::{
    CompiledComparison, CompiledItem, CompiledTrait, EqualItems,
};
use crate::scoring::kernel::simd::{Lanes, registers};
use crate::scoring::trait_scores::TraitScore;
use pulp::Simd;

/// What the answers of N people to a trait's questions add up to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ScoreLanes<const N: usize> {
    /// Weights times keyed values.
    pub earned: [f64; N],
    /// Weights.
    pub weight: [f64; N],
    /// Answered questions, "I don't know" included.
    pub answered: [f64; N],
    /// Keyed values.
    pub total: [f64; N],
    /// Keyed values of the 1st, 3rd, ... answered question less those of the 2nd, 4th, ...
    pub tilt: [f64; N],
    /// 1 after an even number of answers, -1 after an odd one.
    pub side: [f64; N],
    /// Kelley's estimate.
    pub estimate: [f64; N],
    /// Reliability rho.
    pub reliability: [f64; N],
    /// 1 where the trait is left out because most of its puzzles were passed over, else 0.
    pub passed: [f64; N],
}

impl<const N: usize> ScoreLanes<N> {
    /// Of people who answered nothing.
    pub(crate) const NOTHING: Self = Self {
        earned: [0.0; N],
        weight: [0.0; N],
        answered: [0.0; N],
        total: [0.0; N],
        tilt: [0.0; N],
        side: [1.0; N],
        estimate: [0.0; N],
        reliability: [0.0; N],
        passed: [0.0; N],
    };

    /// Computes those of a trait; `codes` are those of N people to each question. What stands here of the
    /// same trait of others is written over.
    #[inline(always)]
    pub(crate) fn find<S: Simd>(
        &mut self,
        simd: S,
        plan: &CompiledComparison,
        scale: &CompiledTrait,
        codes: &[[u8; N]],
    ) {
        let items = &plan.items[scale.items.clone()];
        let unsure = match scale.equal_items {
            Some(equal) if scale.rating => self.count_ratings(simd, equal, items, codes),
            Some(equal) => self.count_choices(simd, equal, items, codes),
            None => self.sum(simd, scale.rating, items, codes),
        };
        let all = |number| Lanes::all(simd, number);
        for r in 0..registers::<S, N>() {
            let load = |numbers| Lanes::load(simd, numbers, r);
            let (mut earned, mut weight) = (load(&self.earned), load(&self.weight));
            if !scale.rating {
                // mostly passed over is not answered: this is what scoring, section 1, leaves out
                let passed = all(2.0) * load(&unsure);
                let known = passed.if_above(load(&self.answered), all(0.0), all(1.0));
                earned = earned * known;
                weight = weight * known;
                earned.store(&mut self.earned, r);
                weight.store(&mut self.weight, r);
                (all(1.0) - known).store(&mut self.passed, r);
            }
            // rho = G / (1 + G) with G = weight r / (1 - r), and the estimate
            // rho (100 earned / weight - m) / s without a division by the weight
            let information = weight * all(scale.information);
            let unknown = all(1.0) / (all(1.0) + information);
            let above = all(100.0) * earned - all(scale.mean) * weight;
            let estimate = above * all(scale.slope) * unknown;
            estimate.store(&mut self.estimate, r);
            (information * unknown).store(&mut self.reliability, r);
        }
    }

    /// Sums over ratings that are worth alike; nobody is unsure of one.
    #[inline(always)]
    fn count_ratings<S: Simd>(
        &mut self,
        simd: S,
        equal: EqualItems,
        items: &[CompiledItem],
        codes: &[[u8; N]],
    ) -> [f64; N] {
        let counts = RatingCounts::of(items, codes);
        let (answered, total) = (to_numbers(&counts.answered), to_numbers(&counts.total));
        let first = to_numbers(&counts.first);
        let all = |number| Lanes::all(simd, number);
        for r in 0..registers::<S, N>() {
            let load = |numbers| Lanes::load(simd, numbers, r);
            let (step, answered) = (all(equal.step), load(&answered));
            let (total, first) = (step * load(&total), step * load(&first));
            self.keep_sums(simd, r, equal, (answered, total));
            (first + first - total).store(&mut self.tilt, r);
        }
        for (side, answered) in self.side.iter_mut().zip(&counts.answered) {
            *side = 1.0 - f64::from(answered & 1) * 2.0;
        }
        [0.0; N]
    }

    /// Sums over questions with one right option that are worth alike; gives how many each is unsure of.
    #[inline(always)]
    fn count_choices<S: Simd>(
        &mut self,
        simd: S,
        equal: EqualItems,
        items: &[CompiledItem],
        codes: &[[u8; N]],
    ) -> [f64; N] {
        let counts = ChoiceCounts::of(items, codes);
        let (answered, right) = (to_numbers(&counts.answered), to_numbers(&counts.right));
        let unsure = to_numbers(&counts.unsure);
        for r in 0..registers::<S, N>() {
            let load = |numbers| Lanes::load(simd, numbers, r);
            let guessed = Lanes::all(simd, equal.step) * load(&unsure);
            let total = load(&right) + guessed;
            self.keep_sums(simd, r, equal, (load(&answered), total));
        }
        unsure
    }

    /// Keeps the number of answers and the sum of keyed values, bare and weighted.
    #[inline(always)]
    fn keep_sums<S: Simd>(
        &mut self,
        simd: S,
        r: usize,
        equal: EqualItems,
        (answered, total): (Lanes<S>, Lanes<S>),
    ) {
        let weight = Lanes::all(simd, equal.weight);
        (weight * total).store(&mut self.earned, r);
        (weight * answered).store(&mut self.weight, r);
        answered.store(&mut self.answered, r);
        total.store(&mut self.total, r);
    }

    /// Sums over any questions; gives how many each is unsure of.
    #[inline(always)]
    fn sum<S: Simd>(
        &mut self,
        simd: S,
        rating: bool,
        items: &[CompiledItem],
        codes: &[[u8; N]],
    ) -> [f64; N] {
        let all = |number| Lanes::all(simd, number);
        let (mut earned, mut weight) = ([all(0.0); N], [all(0.0); N]);
        let (mut answered, mut total) = ([all(0.0); N], [all(0.0); N]);
        let (mut tilt, mut side) = ([all(0.0); N], [all(1.0); N]);
        let (mut unsure, mut passed) = ([all(0.0); N], [0.0; N]);
        for item in items {
            let x = to_numbers(&codes[item.question]);
            for r in 0..registers::<S, N>() {
                let x = Lanes::load(simd, &x, r);
                let u = item.worth.keyed(simd, x);
                let given = x.if_above(all(0.0), all(1.0), all(0.0));
                earned[r] = earned[r] + all(item.weight) * u;
                weight[r] = weight[r] + all(item.weight) * given;
                answered[r] = answered[r] + given;
                total[r] = total[r] + u;
                tilt[r] = tilt[r] + side[r] * u;
                side[r] = side[r] * (all(1.0) - all(2.0) * given);
                if !rating {
                    let passed = x.if_equal(all(f64::from(DONT_KNOW)), all(1.0), all(0.0));
                    unsure[r] = unsure[r] + passed;
                }
            }
        }
        for r in 0..registers::<S, N>() {
            earned[r].store(&mut self.earned, r);
            weight[r].store(&mut self.weight, r);
            answered[r].store(&mut self.answered, r);
            total[r].store(&mut self.total, r);
            tilt[r].store(&mut self.tilt, r);
            side[r].store(&mut self.side, r);
            unsure[r].store(&mut passed, r);
        }
        passed
    }

    /// The score of one of the N.
    #[inline(always)]
    pub(crate) fn score(&self, lane: usize) -> TraitScore {
        TraitScore {
            earned: self.earned[lane],
            weight: self.weight[lane],
            estimate: self.estimate[lane],
            reliability: self.reliability[lane],
        }
    }
}
