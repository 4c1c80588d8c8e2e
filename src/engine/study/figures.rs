//! From counts to figures.

use crate::engine::design::Design;
use crate::engine::group::{FLAGS, STATES};
use crate::engine::study::analysis::{Analysis, Correlation, RoleShare, Roles, Share};
use crate::engine::study::counts::Counts;
use crate::engine::study::groups::groups;
use crate::engine::study::items::items;
use crate::engine::study::layout::Layout;
use crate::engine::study::scales::scales;

/// Fewest people for any figure: fewer tell nothing of questions.
pub const FEWEST: u64 = 10;

impl Analysis {
    /// Everything that these counts say; `by` is the column that split people into groups.
    #[must_use]
    pub fn new(design: &Design<'_>, layout: &Layout, counts: &Counts, by: Option<&str>) -> Self {
        let tables = counts.tables(layout);
        Self {
            people: counts.people,
            items: items(design, layout, &tables),
            scales: scales(design, layout, counts, &tables),
            correlations: correlations(design, layout, counts),
            roles: roles(design, counts),
            groups: by.map(|by| groups(design, layout, counts, by)),
            ratings: None,
        }
    }
}

/// A share of a whole, 0..=1; 0 of nobody.
#[expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]
pub(crate) fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

fn correlations(design: &Design<'_>, layout: &Layout, counts: &Counts) -> Vec<Correlation> {
    let mut all = Vec::new();
    for (a, first) in layout.scales.iter().enumerate() {
        for (b, second) in layout.scales.iter().enumerate().skip(a + 1) {
            let both = counts.moments.both(b, a);
            let (x, y) = (first.trait_ix, second.trait_ix);
            all.push(Correlation {
                of: (x, y),
                traits: [x, y].map(|k| design.pack.traits[k].id.clone()),
                people: both.people,
                r: both.correlation(),
            });
        }
    }
    all
}

fn roles(design: &Design<'_>, counts: &Counts) -> Roles {
    let people = counts.people;
    let part = |word, people| Share {
        word,
        people,
        share: share(people, counts.people),
    };
    let (mut bands, mut sizes) = (0, 0);
    for (size, n) in (0..).zip(&counts.band_sizes).skip(1) {
        bands += n;
        sizes += size * n;
    }
    Roles {
        roles: (0..design.in_play.len())
            .map(|at| {
                let of_all = share(counts.first[at], people);
                RoleShare {
                    at,
                    id: design.role(at).id.clone(),
                    first: counts.first[at],
                    share: of_all,
                    fair: of_all * times(design.in_play.len()),
                    in_band: counts.in_band[at],
                }
            })
            .collect(),
        no_first: counts.no_first,
        band_sizes: counts.band_sizes.clone(),
        mean_band: (bands > 0).then(|| share(sizes, bands)),
        states: STATES
            .iter()
            .zip(&counts.states)
            .map(|(state, &n)| part(state.word(), n))
            .collect(),
        flags: FLAGS
            .iter()
            .zip(&counts.flags)
            .map(|(flag, &n)| part(flag.word(), n))
            .collect(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "few roles")]
fn times(n: usize) -> f64 {
    n as f64
}
