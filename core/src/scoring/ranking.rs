//! The ranking, and the band of roles that the answers cannot tell apart from the first (scoring,
//! section 5).

use crate::scoring::comparison::Comparison;
use crate::scoring::contributions::own_estimates;
use crate::scoring::difference::{se_of_difference, wide_error};
use crate::scoring::question_part::Standing;
use crate::scoring::role_match::RoleMatch;

/// Matches within this of the first of their group are equal.
pub(crate) const TIE: f64 = 1e-9;
/// One-sided 90 % of the standard normal, exactly as stated.
pub(crate) const BAND: f64 = 1.2816;

/// Roles in play, ordered. Everything here is a position among the roles in play.
///
/// A role is in the band if its match is not below the first one by more than 1.2816 standard errors of
/// their difference (one-sided 90 % of the standard normal).
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// # let outcome = comparison.assess(&answers);
/// let ranking = outcome.ranking();
/// assert_eq!(ranking.ranks()[ranking.order()[0]], Some(1));
/// assert!(ranking.band().contains(&ranking.order()[0]));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranking {
    /// Best first, ties by name; roles without a match last, by name.
    pub(crate) order: Vec<usize>,
    /// Shared rank of each role, from 1; none without a match.
    pub(crate) ranks: Vec<Option<usize>>,
    /// Roles that cannot be told apart from the first, in `order`.
    pub(crate) band: Vec<usize>,
    /// Those, and what else could come first if the norms or the roles' levels are a little off, in `order`.
    pub(crate) band_wide: Vec<usize>,
}

impl Ranking {
    /// Best first, ties by name; roles without a match last, by name.
    #[must_use]
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// Shared rank of each role, from 1; none without a match.
    #[must_use]
    pub fn ranks(&self) -> &[Option<usize>] {
        &self.ranks
    }

    /// Roles that cannot be told apart from the first, in `order`.
    #[must_use]
    pub fn band(&self) -> &[usize] {
        &self.band
    }

    /// The roles of the band, and what else could come first if the norms or the roles' levels are a little
    /// off, in `order`.
    #[must_use]
    pub fn band_wide(&self) -> &[usize] {
        &self.band_wide
    }
}

impl Ranking {
    /// Takes every role out.
    pub(crate) fn clear(&mut self) {
        self.order.clear();
        self.ranks.clear();
        self.band.clear();
        self.band_wide.clear();
    }

    /// The role that has the first rank alone.
    #[must_use]
    pub fn first_alone(&self) -> Option<usize> {
        let mut firsts = self.firsts();
        firsts.next().filter(|_| firsts.next().is_none())
    }

    /// The roles that share the first rank.
    pub fn firsts(&self) -> impl Iterator<Item = usize> {
        // best first, so they stand side by side
        let first = |at: &usize| self.ranks[*at] == Some(1);
        self.order.iter().copied().take_while(first)
    }
}

/// Ranks the roles in play.
///
/// A role shares the rank of the first of its group when its z is within [`TIE`] of it: 1, 2, 2, 4. The band
/// is every role that shares the first rank, and every role b whose z is at most [`BAND`] standard errors of
/// the difference below that of one of them, a: `z_a - z_b <= 1.2816 SE_ab` (one-sided 90 %). The wide band is
/// the same with the [wide error](wide_error), which counts the norms and the levels too.
#[must_use]
pub(crate) fn rank<'a>(
    comparison: &Comparison<'_>,
    person: impl Into<Standing<'a>>,
    fits: &[Option<RoleMatch>],
) -> Ranking {
    ranked(comparison, person.into(), fits, true)
}

/// The same without the wide band, which takes most of the time.
#[must_use]
pub(crate) fn rank_narrow<'a>(
    comparison: &Comparison<'_>,
    person: impl Into<Standing<'a>>,
    fits: &[Option<RoleMatch>],
) -> Ranking {
    ranked(comparison, person.into(), fits, false)
}

fn ranked(
    comparison: &Comparison<'_>,
    person: Standing<'_>,
    fits: &[Option<RoleMatch>],
    wide: bool,
) -> Ranking {
    let name = |at: usize| comparison.role(at).name.as_str();
    let mut matched: Vec<(usize, &RoleMatch)> = fits
        .iter()
        .enumerate()
        .filter_map(|(at, fit)| Some((at, fit.as_ref()?)))
        .collect();
    matched.sort_by(|(_, a), (_, b)| b.z.total_cmp(&a.z));
    let mut ranks = vec![None; fits.len()];
    let mut start = 0;
    while let Some((_, first)) = matched.get(start) {
        let ties = matched[start..].iter();
        let size = ties.take_while(|of| first.z - of.1.z <= TIE).count();
        let group = &mut matched[start..start + size];
        group.sort_by_key(|of| name(of.0));
        for of in group {
            ranks[of.0] = Some(start + 1);
        }
        start += size;
    }
    let firsts = matched.iter().take_while(|of| ranks[of.0] == Some(1));
    let own = own_estimates(comparison, person.scores);
    let (mut band, mut band_wide) = (Vec::new(), Vec::new());
    for &(b, fit_b) in &matched {
        let other = (b, fit_b);
        let inside = ranks[b] == Some(1)
            || (firsts.clone()).any(|&(a, fit_a)| {
                let error = se_of_difference(comparison, person, (a, fit_a), other);
                fit_a.z - fit_b.z <= BAND * error
            });
        if inside {
            band.push(b);
        }
        if !wide {
            continue;
        }
        let inside = inside
            || (firsts.clone()).any(|&(a, fit_a)| {
                let error = wide_error(comparison, (person, &own), (a, fit_a), other);
                fit_a.z - fit_b.z <= BAND * error
            });
        if inside {
            band_wide.push(b);
        }
    }
    let mut last: Vec<usize> = (0..fits.len()).filter(|&at| fits[at].is_none()).collect();
    last.sort_by_key(|&at| name(at));
    let order = matched.iter().map(|of| of.0).chain(last).collect();
    Ranking {
        order,
        ranks,
        band,
        band_wide,
    }
}
