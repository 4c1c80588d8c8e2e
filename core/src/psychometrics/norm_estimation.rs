//! Estimates norms from the answers of many people.

use crate::psychometrics::analysis::Analysis;
use crate::psychometrics::answer_tables::AnswerTables;
use crate::psychometrics::counts::AnalysisCounts;
use crate::psychometrics::covariance::{Covariances, alone};
use crate::psychometrics::layout::AnalysisLayout;
use crate::scoring::comparison::Comparison;
use crate::scoring::norm::{ASSUMED_PEOPLE, Norm};
use crate::scoring::norms::{ENOUGH, FEWEST, NormError, Norms, TraitNorm};

impl AnalysisCounts {
    /// The norms of all traits with questions, and of how many people they are: the fewest who answered
    /// both of any two questions of a trait.
    ///
    /// Means are those of raw scores with all questions answered, drawn towards what the pack assumes as if
    /// that were 3 people more: `(n mean + 3 pack mean) / (n + 3)`. Standard deviation and reliability are
    /// the pack's below [`Norms::ENOUGH`] people; from there they are measured, as the answers of each
    /// question and each pair give them, and so are the correlations of true scores.
    ///
    /// `analysis` is that of these counts, `name` what the norms are called.
    ///
    /// # Errors
    /// Every trait with fewer than [`Norms::FEWEST`] people, every one that cannot be measured, or what else
    /// is no norm.
    pub fn norms(
        &self,
        comparison: &Comparison<'_>,
        analysis: &Analysis,
        name: &str,
    ) -> Result<Norms, Vec<NormError>> {
        let (layout, tables) = (&self.layout, self.tables());
        let covariances: Vec<Option<Covariances>> = (0..layout.scales.len())
            .map(|at| Covariances::of(layout, at, &tables))
            .collect();
        let id = |at: usize| {
            comparison.pack.traits[layout.scales[at].trait_ix]
                .id
                .as_str()
        };
        let of_scale = |at: usize| {
            let fewest = covariances[at].as_ref().map(|of| of.fewest);
            let people = fewest.unwrap_or_else(|| alone_fewest(layout, at, &tables));
            u32::try_from(people).unwrap_or(u32::MAX)
        };
        let people: Vec<u32> = (0..layout.scales.len()).map(of_scale).collect();
        let few = people.iter().enumerate().filter(|of| *of.1 < FEWEST);
        let few: Vec<NormError> = few
            .map(|(at, &people)| NormError::TooFew {
                id: id(at).to_owned(),
                people,
            })
            .collect();
        if !few.is_empty() {
            return Err(few);
        }
        let n = people.into_iter().min().unwrap_or(0);
        let assumed = comparison.pack.stated_norms();
        let (mut norms, mut unfit) = (Vec::new(), Vec::new());
        for (at, place) in layout.scales.iter().enumerate() {
            let pack = assumed[place.trait_ix];
            let mean = drawn_mean(f64::from(n), mean(layout, at, &tables), pack.mean);
            let norm = match &covariances[at] {
                _ if n < ENOUGH => TraitNorm::new(id(at), Norm { mean, ..pack }),
                Some(covariances) => {
                    let sd = 100.0 * covariances.total().max(0.0).sqrt() / place.weight;
                    let alpha = analysis.scales[place.trait_ix].alpha.map(|a| a.value);
                    TraitNorm::measured(id(at), mean, sd, alpha, place.weight)
                }
                None => Err(NormError::NoReliability(id(at).to_owned())),
            };
            match norm {
                Ok(norm) => norms.push(norm),
                Err(why) => unfit.push(why),
            }
        }
        if !unfit.is_empty() {
            return Err(unfit);
        }
        let norms = Norms::of_traits(name, n, norms).map_err(|why| vec![why])?;
        match true_correlations(layout, analysis).filter(|_| n >= ENOUGH) {
            Some(all) => norms.with_correlations(all).map_err(|why| vec![why]),
            None => Ok(norms),
        }
    }
}

/// The mean of a norm from that of n people and the one that the pack assumes.
fn drawn_mean(n: f64, measured: f64, assumed: f64) -> f64 {
    (n * measured + ASSUMED_PEOPLE * assumed) / (n + ASSUMED_PEOPLE)
}

/// Correlations of true scores, of each trait with questions with those before it: those of raw scores over
/// the root of the product of both reliabilities (Spearman 1904), no further from 0 than 1, to four decimals;
/// none where one is not known.
fn true_correlations(layout: &AnalysisLayout, analysis: &Analysis) -> Option<Vec<f64>> {
    let mut all = Vec::new();
    for (row, of) in layout.scales.iter().enumerate() {
        for before in &layout.scales[..row] {
            let reliability = |k: usize| analysis.scales[k].alpha.map(|alpha| alpha.value);
            let both = reliability(of.trait_ix)? * reliability(before.trait_ix)?;
            let r = analysis.correlation(before.trait_ix, of.trait_ix)? / both.sqrt();
            all.push(((1e4 * r).round() / 1e4).clamp(-1.0, 1.0) + 0.0);
        }
    }
    Some(all)
}

/// The fewest people who answered a question of a trait.
fn alone_fewest(layout: &AnalysisLayout, at: usize, tables: &AnswerTables) -> u64 {
    let items = &layout.items[layout.scales[at].items.clone()];
    let people = items.iter().map(|item| alone(item, tables).0);
    people.min().unwrap_or(0)
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
