//! Pseudorandom order in which a person is shown the roles to rate.

use crate::scoring::comparison::Comparison;
use crate::simulation::respondents::SeededRng;

/// Places in an order that a label gives.
#[must_use]
pub(crate) fn rating_order(label: &str, roles: usize) -> Vec<usize> {
    let seed = label.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut chance = SeededRng::new(seed);
    let mut order: Vec<usize> = (0..roles).collect();
    for last in (1..roles).rev() {
        let other = place(chance.uniform(), last + 1);
        order.swap(last, other);
    }
    order
}

/// The place that a number from 0 up to 1 falls on, of so many.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "below the number of places"
)]
fn place(uniform: f64, places: usize) -> usize {
    ((uniform * places as f64) as usize).min(places - 1)
}

impl Comparison<'_> {
    /// The positions of the roles in play as a person's rating sheet shows them: an order drawn by chance, the
    /// same each time for the same label (Fisher & Yates, from FNV-1a of the label).
    #[must_use]
    pub fn rating_order(&self, label: &str) -> Vec<usize> {
        rating_order(label, self.candidates.len())
    }
}

#[cfg(test)]
mod tests {
    use super::rating_order;

    #[test]
    fn every_order_is_whole_and_each_label_has_its_own() {
        for roles in [0, 1, 2, 26, 300] {
            let mut seen = rating_order("anna", roles);
            assert_eq!(seen, rating_order("anna", roles), "the same each time");
            seen.sort_unstable();
            assert_eq!(seen, (0..roles).collect::<Vec<_>>());
        }
        assert_ne!(rating_order("anna", 26), rating_order("annb", 26));
    }

    #[test]
    fn no_role_is_shown_early_more_often_than_others() {
        let (labels, roles) = (4000, 10);
        let mut first = vec![0; roles];
        for n in 0..labels {
            first[rating_order(&format!("s-{n}"), roles)[0]] += 1;
        }
        // 400 each, give or take four standard deviations of 19
        assert!(first.iter().all(|n| (324..=476).contains(n)), "{first:?}");
    }
}
