//! Estimates norms from the answers of many people.

use crate::psychometrics::analysis::Analysis;
use crate::psychometrics::answer_tables::AnswerTables;
use crate::psychometrics::counts::AnalysisCounts;
use crate::psychometrics::covariance::{Covariances, alone};
use crate::psychometrics::layout::AnalysisLayout;
use crate::scoring::comparison::Comparison;
use crate::scoring::norms::{NormError, Norms, TraitNorm};

impl AnalysisCounts {
    /// The norms of all traits with questions, and of how many people they are: the fewest who answered
    /// both of any two questions of a trait. Mean and standard deviation are those of raw scores with all
    /// questions answered, as the answers of each question and each pair give them.
    ///
    /// `analysis` is that of these counts, `name` what the norms are called.
    ///
    /// # Errors
    /// Every trait that cannot be measured, or what else is no norm.
    pub fn norms(
        &self,
        comparison: &Comparison<'_>,
        analysis: &Analysis,
        name: &str,
    ) -> Result<Norms, Vec<NormError>> {
        let (mut norms, mut unfit) = (Vec::new(), Vec::new());
        let mut people = u64::MAX;
        let (layout, tables) = (&self.layout, self.tables());
        for (at, place) in layout.scales.iter().enumerate() {
            let scale = &analysis.scales[place.trait_ix];
            let id = &comparison.pack.traits[place.trait_ix].id;
            let Some(covariances) = Covariances::of(layout, at, &tables) else {
                unfit.push(NormError::NoReliability(id.clone()));
                continue;
            };
            people = people.min(covariances.fewest);
            let sd = 100.0 * covariances.total().max(0.0).sqrt() / place.weight;
            let alpha = scale.alpha.map(|alpha| alpha.value);
            match TraitNorm::measured(id, mean(layout, at, &tables), sd, alpha, place.weight) {
                Ok(norm) => norms.push(norm),
                Err(why) => unfit.push(why),
            }
        }
        if !unfit.is_empty() {
            return Err(unfit);
        }
        let people = u32::try_from(people).unwrap_or(u32::MAX);
        Norms::of_traits(name, people, norms).map_err(|why| vec![why])
    }
}

/// Mean raw score with all questions answered, 0..=100.
#[expect(clippy::cast_precision_loss, reason = "rounded once, at the end")]
fn mean(layout: &AnalysisLayout, at: usize, tables: &AnswerTables) -> f64 {
    let scale = &layout.scales[at];
    let mut sum = 0.0;
    for item in &layout.items[scale.items.clone()] {
        let (people, parts, _) = alone(item, tables);
        sum += item.worth * (parts as f64 / people as f64);
    }
    100.0 * sum / scale.weight
}
