//! Roles of one person side by side: the bits of the plain formulae.

use super::generators;
use crate::scoring::comparison::Comparison;
use crate::scoring::difference::se_of_difference;
use crate::scoring::kernel::role_lanes::{errors_from, matches};
use crate::scoring::question_part::{QuestionPart, Standing};
use crate::scoring::role_match::fit;
use crate::scoring::trait_scores::score;
use crate::simulation::respondents::SeededRng;
use proptest::prelude::*;

proptest! {
    #[test]
    fn roles_side_by_side_are_as_each_alone(seed in any::<u64>(), roles in 2..30_usize) {
        let mut chance = SeededRng::new(seed);
        let pack = generators::pack(seed, roles);
        let other = generators::deviating(&pack, &mut chance);
        for pack in [&pack, &other] {
            let comparison = Comparison::builder(pack).build().expect("it has two roles");
            let answers = generators::person(pack, &mut chance);
            let scores = score(&comparison, &answers);
            let keyed = |q| answers.keyed(pack, q);
            let questions = QuestionPart::of(&comparison, &scores, keyed);
            let person = Standing::new(&scores, questions.as_ref());
            let fits = fit(&comparison, person);
            let found = matches(&comparison, person, 0..roles);
            prop_assert_eq!(format!("{found:?}"), format!("{fits:?}"));
            let known: Vec<_> = (0..roles).filter_map(|at| Some((at, fits[at].as_ref()?))).collect();
            if let Some(&first) = known.last() {
                let errors = errors_from(&comparison, person, first, &known);
                for (error, &other) in errors.iter().zip(&known) {
                    let right = se_of_difference(&comparison, person, first, other);
                    prop_assert_eq!(error.to_bits(), right.to_bits());
                }
            }
        }
    }
}
