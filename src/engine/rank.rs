//! The ranking, and the band of roles that the answers cannot tell apart from the first (scoring,
//! section 5).

use crate::engine::fit::{Design, Fit, phi};
use crate::engine::score::TraitScore;

/// Matches within this of the first of their group are equal.
pub const TIE: f64 = 1e-9;
/// One-sided 90 % of the standard normal, exactly as stated.
pub const BAND: f64 = 1.2816;

/// Roles in play, ordered. Everything here is a position among the roles in play.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranking {
    /// Best first, ties by name; roles without a match last, by name.
    pub order: Vec<usize>,
    /// Shared rank of each role, from 1; none without a match.
    pub ranks: Vec<Option<usize>>,
    /// Roles that cannot be told apart from the first, in `order`.
    pub band: Vec<usize>,
}

impl Ranking {
    /// The roles that share the first rank.
    pub fn firsts(&self) -> impl Iterator<Item = usize> {
        self.order
            .iter()
            .copied()
            .filter(|&at| self.ranks[at] == Some(1))
    }
}

/// Ranks the roles in play.
pub fn rank(design: &Design<'_>, scores: &[TraitScore], fits: &[Option<Fit>]) -> Ranking {
    let name = |at: &usize| design.pack.roles[design.in_play[*at]].name.as_str();
    let mut order: Vec<usize> = (0..fits.len()).collect();
    // false sorts first: roles with a match, best first
    order.sort_by(|a, b| {
        let z = |at: &usize| fits[*at].map_or(f64::NEG_INFINITY, |f| f.z);
        z(b).total_cmp(&z(a)).then_with(|| name(a).cmp(name(b)))
    });
    let mut ranks = vec![None; fits.len()];
    let mut group = 0;
    for place in 0..order.len() {
        let Some(this) = fits[order[place]] else {
            break;
        };
        if fits[order[group]].is_some_and(|first| first.z - this.z > TIE) {
            order[group..place].sort_by(|a, b| name(a).cmp(name(b)));
            group = place;
        }
        ranks[order[place]] = Some(group + 1);
    }
    let ranked = ranks.iter().flatten().count();
    order[group.min(ranked)..ranked].sort_by(|a, b| name(a).cmp(name(b)));

    let mut ranking = Ranking {
        order,
        ranks,
        band: Vec::new(),
    };
    let firsts: Vec<usize> = ranking.firsts().collect();
    ranking.band = ranking
        .order
        .iter()
        .copied()
        .filter(|&b| {
            firsts.iter().any(|&a| match (fits[a], fits[b]) {
                (Some(first), Some(other)) => {
                    a == b
                        || first.z - other.z
                            <= BAND * se_of_difference(design, scores, (a, &first), (b, &other))
                }
                _ => false,
            })
        })
        .collect();
    ranking
}

/// Standard error of the difference between the matches of two roles in play.
pub fn se_of_difference(
    design: &Design<'_>,
    scores: &[TraitScore],
    (a, fit_a): (usize, &Fit),
    (b, fit_b): (usize, &Fit),
) -> f64 {
    let mut sum = 0.0;
    for (k, score) in scores.iter().enumerate() {
        let apart = design.keys[a][k] / fit_a.length - design.keys[b][k] / fit_b.length;
        sum += apart * apart * (1.0 - score.reliability);
    }
    sum.sqrt()
}

/// Probability that role a truly fits better than role b, 0..=1.
pub fn probability_better(
    design: &Design<'_>,
    scores: &[TraitScore],
    (a, fit_a): (usize, &Fit),
    (b, fit_b): (usize, &Fit),
) -> f64 {
    let se = se_of_difference(design, scores, (a, fit_a), (b, fit_b));
    if se == 0.0 {
        return 0.5;
    }
    phi((fit_a.z - fit_b.z) / se)
}
