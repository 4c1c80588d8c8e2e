//! What is the same for every person of a run: the roles in play, their keys, and the norms (scoring,
//! section 3).

use crate::pack::model::{Pack, QuestionIx, Role, RoleIx, TraitIx, TraitKind};
use crate::scoring::deviations::{DeviationKeys, Deviations};
use crate::scoring::kernel::compiled::CompiledComparison;
use crate::scoring::norm::Norm;
use crate::scoring::norms::Norms;

/// Standard deviations and key lengths up to this count as 0.
pub(crate) const NEGLIGIBLE: f64 = 1e-9;

/// Everything that is the same for all people who are compared: the roles in play, their keys, and the
/// norms.
///
/// Roles in play are counted from 0; [`Comparison::role`] gives the role at a position. A comparison is put
/// together by [`Comparison::builder`] and does not change.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// assert_eq!(comparison.candidates().len(), 2);
/// let outcome = comparison.assess(&answers);
/// let report = comparison.explain(&answers, &outcome);
/// assert_eq!(report.pack().name(), "Two crafts");
/// ```
#[derive(Clone, Debug)]
pub struct Comparison<'p> {
    /// The pack.
    pub(crate) pack: &'p Pack,
    /// The roles compared, by id: all, or those of one family.
    pub(crate) candidates: Vec<RoleIx>,
    /// The family that `candidates` is, if not all.
    pub(crate) family: Option<String>,
    /// How much aptitudes count, 0 or more; 1 unless a counsellor sets it.
    pub(crate) aptitude_weight: f64,
    /// Norm of each trait.
    pub(crate) norms: Vec<Norm>,
    /// Doubt tau of each norm's mean, in points.
    pub(crate) doubts: Vec<f64>,
    /// Where these were measured; none while they are those that the pack assumes.
    pub(crate) measured: Option<Norms>,
    /// Version of the program that compares, for receipts.
    pub(crate) program: String,
    /// Relative level z of each role in play on each trait.
    pub(crate) relative_levels: Vec<Vec<f64>>,
    /// Key a of each role in play on each trait.
    pub(crate) keys: Vec<Vec<f64>>,
    /// Whether the roles in play differ on each trait.
    pub(crate) differs: Vec<bool>,
    /// Whether each trait is one of P: an interest or preference on which some role in play has a key
    /// other than 0. Keys on these are centred for a person.
    pub(crate) centred: Vec<bool>,
    /// What one spread of a level moves the key of each role in play on each trait by, before the
    /// centring; 0 where it moves nothing.
    pub(crate) level_slopes: Vec<Vec<f64>>,
    /// Population standard deviation of the levels on each trait, over all roles of the pack.
    pub(crate) level_sds: Vec<f64>,
    /// Keys of single questions; none where no role in play deviates on any.
    pub(crate) deviations: Option<DeviationKeys>,
    /// The same, laid out for scoring.
    pub(crate) plan: CompiledComparison,
}

impl<'p> Comparison<'p> {
    /// The pack.
    #[must_use]
    pub const fn pack(&self) -> &'p Pack {
        self.pack
    }

    /// The roles compared, by id: all, or those of one family.
    #[must_use]
    pub fn candidates(&self) -> &[RoleIx] {
        &self.candidates
    }

    /// The family that `candidates` is, if not all.
    #[must_use]
    pub fn family(&self) -> Option<&str> {
        self.family.as_deref()
    }

    /// How much aptitudes count, 0 or more; 1 unless a counsellor sets it.
    #[must_use]
    pub const fn aptitude_weight(&self) -> f64 {
        self.aptitude_weight
    }

    /// Norm of each trait.
    #[must_use]
    pub fn norms(&self) -> &[Norm] {
        &self.norms
    }

    /// Where these were measured; none while they are those that the pack assumes.
    #[must_use]
    pub const fn measured(&self) -> Option<&Norms> {
        self.measured.as_ref()
    }
}

impl<'p> Comparison<'p> {
    /// The keys of all roles, or of one family.
    pub(crate) fn new(pack: &'p Pack, family: Option<&str>, aptitude_weight: f64) -> Self {
        Self::compared(pack, family, aptitude_weight, None)
    }

    /// The same with measured norms in place of the pack's; a trait that they leave out, which no
    /// question measures, keeps its own.
    pub(crate) fn compared(
        pack: &'p Pack,
        family: Option<&str>,
        aptitude_weight: f64,
        measured: Option<Norms>,
    ) -> Self {
        let levels: Vec<&[f64]> = (pack.roles.iter())
            .map(|role| role.levels.as_slice())
            .collect();
        let deviations: Vec<&Deviations> = pack.roles.iter().map(|role| &role.deviations).collect();
        let profiles = (levels.as_slice(), deviations.as_slice());
        Self::at_levels(pack, profiles, family, aptitude_weight, measured)
    }

    /// The same people and norms, with the levels of all roles of the pack, by role and trait, put
    /// elsewhere: for what follows if levels are a little off.
    #[must_use]
    pub fn with_levels(&self, levels: &[Vec<f64>]) -> Self {
        let roles = self.pack.roles.iter();
        let deviations: Vec<&Deviations> = roles.map(|role| &role.deviations).collect();
        self.with_profiles(levels, &deviations)
    }

    /// The same with other deviations of single questions too, by role of the pack.
    pub(crate) fn with_profiles(&self, levels: &[Vec<f64>], deviations: &[&Deviations]) -> Self {
        let levels: Vec<&[f64]> = levels.iter().map(Vec::as_slice).collect();
        let (family, measured) = (self.family.as_deref(), self.measured.clone());
        let profiles = (levels.as_slice(), deviations);
        Self::at_levels(self.pack, profiles, family, self.aptitude_weight, measured)
    }

    fn at_levels(
        pack: &'p Pack,
        (levels, deviations): (&[&[f64]], &[&Deviations]),
        family: Option<&str>,
        aptitude_weight: f64,
        measured: Option<Norms>,
    ) -> Self {
        let candidates: Vec<RoleIx> = (0..pack.roles.len())
            .filter(|&r| family.is_none_or(|f| pack.roles[r].family == f))
            .collect();
        let mut relative_levels = vec![vec![0.0; pack.traits.len()]; candidates.len()];
        let mut differs = vec![false; pack.traits.len()];
        let mut level_sds = vec![0.0; pack.traits.len()];
        for k in 0..pack.traits.len() {
            let level = |&r: &RoleIx| levels[r][k];
            let all: Vec<f64> = levels.iter().map(|levels| levels[k]).collect();
            let sd = population_sd(&all);
            if sd > NEGLIGIBLE {
                level_sds[k] = sd;
            }
            let levels: Vec<f64> = candidates.iter().map(level).collect();
            differs[k] = population_sd(&levels) > NEGLIGIBLE;
            if differs[k] {
                let mean = mean(&levels);
                for (row, level) in relative_levels.iter_mut().zip(levels) {
                    row[k] = (level - mean) / sd;
                }
            }
        }
        let keys: Vec<Vec<f64>> = candidates
            .iter()
            .zip(&relative_levels)
            .map(|(&r, row)| {
                row.iter()
                    .enumerate()
                    .map(|(k, z)| {
                        let key = pack.roles[r].weights[k] * z;
                        match pack.traits[k].kind {
                            TraitKind::Aptitude => aptitude_weight * key.max(0.0),
                            TraitKind::Interest | TraitKind::Preference => key,
                        }
                    })
                    .collect()
            })
            .collect();
        let mut norms = pack.stated_norms();
        let mut doubts: Vec<f64> = pack.traits.iter().map(|t| t.doubt_of(0)).collect();
        if let Some(measured) = &measured {
            for ((norm, doubt), t) in norms.iter_mut().zip(&mut doubts).zip(&pack.traits) {
                if let Some(of_people) = measured.of(&t.id) {
                    *norm = of_people;
                    *doubt = t.doubt_of(measured.people());
                }
            }
        }
        let level_slopes: Vec<Vec<f64>> = (candidates.iter().zip(&relative_levels))
            .map(|(&r, row)| {
                let slope = |k| level_slope(pack, r, k, (row[k], level_sds[k]), aptitude_weight);
                (0..pack.traits.len()).map(slope).collect()
            })
            .collect();
        let centred: Vec<bool> = (pack.traits.iter().enumerate())
            .map(|(k, t)| {
                t.kind != TraitKind::Aptitude && keys.iter().any(|key| key[k].abs() > 0.0)
            })
            .collect();
        let deviation_keys =
            DeviationKeys::of(pack, &candidates, (&centred, &level_sds), |r| deviations[r]);
        Self {
            plan: CompiledComparison::new(
                pack,
                &candidates,
                (&norms, &doubts),
                (&keys, &level_slopes),
                &centred,
            ),
            pack,
            candidates,
            family: family.map(str::to_owned),
            aptitude_weight,
            norms,
            doubts,
            measured,
            program: String::new(),
            relative_levels,
            keys,
            differs,
            centred,
            level_slopes,
            level_sds,
            deviations: deviation_keys,
        }
    }

    /// The role at a position in play.
    #[must_use]
    pub fn role(&self, at: usize) -> &'p Role {
        &self.pack.roles[self.candidates[at]]
    }

    /// Traits on which the roles in play differ.
    pub fn discriminating_traits(&self) -> impl Iterator<Item = TraitIx> {
        (0..self.differs.len()).filter(|&k| self.differs[k])
    }

    /// Questions that matter here, in the order of asking: those of traits on which the roles in
    /// play differ, and the conditions.
    #[must_use]
    pub fn asked_questions(&self) -> Vec<QuestionIx> {
        self.pack
            .questions
            .iter()
            .enumerate()
            .filter(|(_, question)| question.trait_ix().is_none_or(|k| self.differs[k]))
            .map(|(q, _)| q)
            .collect()
    }

    /// Scored questions of traits on which the roles in play differ, in the order of asking.
    pub fn discriminating_questions(&self) -> impl Iterator<Item = QuestionIx> {
        self.pack
            .questions
            .iter()
            .enumerate()
            .filter(|(_, question)| question.trait_ix().is_some_and(|k| self.differs[k]))
            .map(|(q, _)| q)
    }
}

/// What one spread of the level of role `r` on trait `k` moves its key by: the weight, and for aptitudes
/// the aptitude weight, times the spread over the standard deviation of levels.
///
/// An aptitude whose key is 0, and would be with a level one spread higher, counts nothing.
fn level_slope(
    pack: &Pack,
    r: RoleIx,
    k: TraitIx,
    (relative_level, sd): (f64, f64),
    aptitude_weight: f64,
) -> f64 {
    if sd <= NEGLIGIBLE {
        return 0.0;
    }
    let role = &pack.roles[r];
    let step = role.spreads[k] / sd;
    let counts = match pack.traits[k].kind {
        TraitKind::Aptitude if relative_level + step <= NEGLIGIBLE => 0.0,
        TraitKind::Aptitude => aptitude_weight,
        TraitKind::Interest | TraitKind::Preference => 1.0,
    };
    counts * role.weights[k] * step
}

/// Arithmetic mean; 0 of nothing.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
#[must_use]
pub(crate) fn mean(values: &[f64]) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    values.iter().sum::<f64>() / values.len() as f64
}

/// Population standard deviation; 0 of nothing.
#[must_use]
pub(crate) fn population_sd(values: &[f64]) -> f64 {
    let centre = mean(values);
    let squares: Vec<f64> = values.iter().map(|v| (v - centre) * (v - centre)).collect();
    mean(&squares).sqrt()
}
