//! Computes an item analysis from counts.

use crate::psychometrics::analysis::{
    Analysis, Proportion, RoleShare, RoleStatistics, TraitCorrelation,
};
use crate::psychometrics::counts::AnalysisCounts;
use crate::psychometrics::estimate::share;
use crate::psychometrics::group_counts::{FLAGS, STATES};
use crate::psychometrics::group_differences::groups;
use crate::psychometrics::items::items;
use crate::psychometrics::scales::scales;
use crate::scoring::comparison::Comparison;

impl Analysis {
    /// Everything that these counts say; `by` is the column that split people into groups.
    #[must_use]
    pub fn new(comparison: &Comparison<'_>, counts: &AnalysisCounts, by: Option<&str>) -> Self {
        let (layout, tables) = (&counts.layout, counts.tables());
        Self {
            people: counts.all.people,
            items: items(comparison, layout, &tables),
            scales: scales(comparison, counts, &tables),
            correlations: correlations(comparison, counts),
            roles: roles(comparison, counts),
            groups: by.map(|by| groups(comparison, counts, by)),
            ratings: None,
            persons: None,
            criterion: None,
        }
    }
}

fn correlations(comparison: &Comparison<'_>, counts: &AnalysisCounts) -> Vec<TraitCorrelation> {
    let layout = &counts.layout;
    let mut all = Vec::new();
    for (a, first) in layout.scales.iter().enumerate() {
        for (b, second) in layout.scales.iter().enumerate().skip(a + 1) {
            let both = counts.moments.both(b, a);
            let (x, y) = (first.trait_ix, second.trait_ix);
            all.push(TraitCorrelation {
                of: (x, y),
                traits: [x, y].map(|k| comparison.pack.traits[k].id.clone()),
                people: both.people,
                r: both.correlation(),
            });
        }
    }
    all
}

fn roles(comparison: &Comparison<'_>, counts: &AnalysisCounts) -> RoleStatistics {
    let all = &counts.all;
    let people = all.people;
    let part = |word, people| Proportion {
        word,
        people,
        share: share(people, all.people),
    };
    let (mut bands, mut sizes) = (0, 0);
    for (size, n) in (0..).zip(&counts.band_sizes).skip(1) {
        bands += n;
        sizes += size * n;
    }
    RoleStatistics {
        roles: (0..comparison.candidates.len())
            .map(|at| {
                let of_all = share(all.first[at], people);
                RoleShare {
                    at,
                    id: comparison.role(at).id.clone(),
                    first: all.first[at],
                    share: of_all,
                    fair: of_all * times(comparison.candidates.len()),
                    in_band: all.band[at],
                }
            })
            .collect(),
        no_first: all.no_first,
        band_sizes: counts.band_sizes.clone(),
        mean_band: (bands > 0).then(|| share(sizes, bands)),
        states: STATES
            .iter()
            .zip(&all.states)
            .map(|(state, &n)| part(state.word(), n))
            .collect(),
        flags: FLAGS
            .iter()
            .zip(&all.flags)
            .map(|(flag, &n)| part(flag.word(), n))
            .collect(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "few roles")]
fn times(n: usize) -> f64 {
    n as f64
}
