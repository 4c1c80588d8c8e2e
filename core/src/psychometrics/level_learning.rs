//! Levels learned from people whose own role is known, by empirical Bayes, and what they gain for people they were not
//! learned from. `docs/analyse.md` states the formulae.
#![expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]

use crate::pack::model::RoleIx;
use crate::pack::parse::deviation_edit::{DeviationEdit, with_deviations};
use crate::pack::parse::diagnostics::SourceFile;
use crate::pack::parse::level_edit::{LevelEdit, with_levels};
use crate::psychometrics::binned_area::part;
use crate::psychometrics::counts::AnalysisCounts;
use crate::psychometrics::criterion_counts::{CriterionCounts, CriterionPart};
use crate::psychometrics::criterion_study::{FLOOR, Gain, gain, kept_roles, mean_area};
use crate::psychometrics::question_learning::{self, LearnedDeviation};
use crate::psychometrics::role_scores::{ROLES, mean, pooled};
use crate::scoring::answers::Answers;
use crate::scoring::assessment::Outcome;
use crate::scoring::comparison::{Comparison, NEGLIGIBLE};
use crate::scoring::deviations::Deviations;

/// Most people that an old level counts as.
const MOST: f64 = 1e6;
/// Least and most spread that is written, in points: rounding alone is off by some hundredths.
const SPREAD: (f64, f64) = (0.05, 10.0);

/// A level of a role on a trait, learned.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LearnedLevel {
    /// The role, by position in the pack.
    pub(crate) role: RoleIx,
    /// The trait, by position in the pack.
    pub(crate) trait_ix: usize,
    /// The level before.
    pub(crate) old: f64,
    /// The level that the people alone give, not held to 0..=10.
    pub(crate) mean: f64,
    /// The new level, 0..=10, in hundredths.
    pub(crate) level: f64,
    /// Standard error of the new level in points, in hundredths.
    pub(crate) spread: f64,
    /// People of the role with a score.
    pub(crate) people: u64,
    /// So many people the old level counts as.
    pub(crate) counts_as: f64,
}

/// Levels learned from all people, and what levels learned without each part of them do for that part.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// use rolescope_core::psychometrics::AnalysisCounts;
///
/// let counts = AnalysisCounts::new(&comparison).expect("a few questions");
/// let counts = counts.with_criterion(&comparison);
/// // nobody tells anything of any role
/// assert!(counts.learn(&comparison).is_err());
/// ```
#[derive(Clone, Debug)]
pub struct LevelLearning<'c> {
    comparison: &'c Comparison<'c>,
    /// Every level that changes, by role and trait.
    pub(crate) levels: Vec<LearnedLevel>,
    /// Every deviation of a single question that changes, by role and question; none where too few roles have people
    /// enough, or these answer single questions no more alike than by chance.
    pub(crate) deviations: Option<Vec<LearnedDeviation>>,
    /// Roles with people enough to learn single questions.
    pub(crate) question_roles: usize,
    /// The comparisons for each part of the people: learned from all others.
    parts: Vec<LeftOut<'c>>,
    /// People of each role that were learned from.
    pub(crate) learned: Vec<(RoleIx, u64)>,
    /// Those of whom levels were learned, by part and role.
    expected: Vec<Vec<u64>>,
    old: CriterionCounts,
    new: CriterionCounts,
    /// By the levels before, and by those learned, each with learned deviations.
    with_questions: [CriterionCounts; 2],
}

/// What is compared for one part of the people.
#[derive(Clone, Debug)]
struct LeftOut<'c> {
    /// Learned levels.
    levels: Comparison<'c>,
    /// The levels before and the learned ones, each with learned deviations of single questions.
    with_questions: Option<[Comparison<'c>; 2]>,
}

/// Levels and deviations that some people change.
#[derive(Debug, Default)]
struct Lesson {
    levels: Vec<LearnedLevel>,
    deviations: Option<Vec<LearnedDeviation>>,
}

impl AnalysisCounts {
    /// Levels learned from these people, whose own roles are [counted](Self::with_criterion). What they gain is counted
    /// in a second run over the same people.
    ///
    /// # Errors
    /// Why there is nothing to learn: too few people, or people of different roles do not differ beyond chance.
    pub fn learn<'c>(&self, comparison: &'c Comparison<'c>) -> Result<LevelLearning<'c>, String> {
        let nobody = CriterionCounts::new(comparison);
        let counts = self.criterion.as_ref().unwrap_or(&nobody);
        let whole = counts.whole();
        let question_roles = question_learning::roles(&whole);
        let lesson = learned(comparison, &whole, &question_roles)?;
        let before: Vec<Vec<f64>> = put(comparison, &[]);
        let part = |rest: CriterionPart| {
            // what is too little to learn from leaves the levels as they are
            let left = learned(comparison, &rest, &question_roles).unwrap_or_default();
            let levels = put(comparison, &left.levels);
            let with = |levels: &[Vec<f64>]| {
                let all = left.deviations.as_deref().unwrap_or_default();
                let all = question_learning::put(comparison, all);
                comparison.with_profiles(levels, &all.iter().collect::<Vec<&Deviations>>())
            };
            let both = || [with(&before), with(&levels)];
            LeftOut {
                levels: comparison.with_levels(&levels),
                with_questions: lesson.deviations.is_some().then(both),
            }
        };
        let people = whole.people.iter().zip(&comparison.candidates);
        let people = people.filter(|(n, _)| **n >= FLOOR);
        Ok(LevelLearning {
            comparison,
            parts: counts.rests().map(part).collect(),
            learned: people.map(|(&n, &role)| (role, n)).collect(),
            expected: counts
                .parts
                .iter()
                .map(|part| part.people.clone())
                .collect(),
            with_questions: [nobody.clone(), nobody.clone()],
            old: nobody.clone(),
            new: nobody,
            levels: lesson.levels,
            deviations: lesson.deviations,
            question_roles: question_roles.len(),
        })
    }
}

impl<'c> LevelLearning<'c> {
    /// The comparison by the levels before.
    pub(crate) const fn comparison(&self) -> &'c Comparison<'c> {
        self.comparison
    }

    /// Counts a person of the same people once more: the match by the levels before, of which `outcome` is, and by those
    /// learned without the part of the people that this one is in.
    pub fn add(&mut self, answers: &Answers, outcome: &Outcome, cell: &str) {
        let Some(own) = self.old.own_role(cell) else {
            return;
        };
        let left_out = &self.parts[part(answers.codes())];
        self.old.add(self.comparison, (answers, outcome), None, own);
        let again = |counts: &mut CriterionCounts, comparison: &Comparison<'_>| {
            let outcome = comparison.assess(answers);
            counts.add(comparison, (answers, &outcome), None, own);
        };
        again(&mut self.new, &left_out.levels);
        let with_questions = left_out.with_questions.iter().flatten();
        for (counts, comparison) in self.with_questions.iter_mut().zip(with_questions) {
            again(counts, comparison);
        }
    }

    /// Adds the people that another has counted.
    pub fn merge(&mut self, other: &Self) {
        self.old.merge(&other.old);
        self.new.merge(&other.new);
        for (mine, more) in self.with_questions.iter_mut().zip(&other.with_questions) {
            mine.merge(more);
        }
    }

    /// Whether the people counted are as many of each role as those learned from.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let counted = self.old.parts.iter().map(|part| &part.people);
        counted.eq(&self.expected)
    }

    /// What learned levels gain in the mean area within roles.
    pub(crate) fn area(&self) -> Option<Gain> {
        self.area_of((&self.old, &self.new))
    }

    /// What they gain in the share of people whose own role is among the first three.
    pub(crate) fn three(&self) -> Option<Gain> {
        three_of((&self.old, &self.new))
    }

    /// What deviations of single questions gain on top of levels, in the same two figures: of the learned levels where
    /// these help, else of those before. None where there are none to learn.
    pub(crate) fn questions(&self) -> Option<[Option<Gain>; 2]> {
        self.deviations.as_ref()?;
        let [of_old, of_new] = &self.with_questions;
        let pair = if self.levels_help() {
            (&self.new, of_new)
        } else {
            (&self.old, of_old)
        };
        Some([self.area_of(pair), three_of(pair)])
    }

    fn area_of(&self, pair: (&CriterionCounts, &CriterionCounts)) -> Option<Gain> {
        let kept = kept_roles(&self.old.whole());
        gain(pair, |part| mean_area(&part.grid, &kept))
    }

    /// Whether the learned levels help people they were not learned from: one of the two gains is above 0 by its whole
    /// 95 % interval, and neither is below 0 by it.
    pub(crate) fn levels_help(&self) -> bool {
        help([self.area(), self.three()])
    }

    /// Whether the learned deviations of single questions help, by the same rule.
    pub(crate) fn questions_help(&self) -> bool {
        self.questions().is_some_and(help)
    }

    /// Whether anything learned helps people it was not learned from: levels, or deviations of single questions. For
    /// either, one of the two gains is above 0 by its whole 95 % interval, and neither is below 0 by it.
    #[must_use]
    pub fn helps(&self) -> bool {
        self.levels_help() || self.questions_help()
    }

    /// The files of the pack with what was learned and helps: levels, each with its basis, its spread and the level
    /// before, and deviations of single questions.
    ///
    /// # Errors
    /// The profile that cannot be changed, and how to write it.
    pub fn files(&self, files: &[SourceFile]) -> Result<Vec<SourceFile>, String> {
        let pack = self.comparison.pack;
        let edit = |learned: &LearnedLevel| LevelEdit {
            role: pack.roles[learned.role].id.clone(),
            of: pack.traits[learned.trait_ix].id.clone(),
            level: learned.level,
            spread: learned.spread,
            was: learned.old,
            basis: format!(
                "the mean of {} people of this role, and the level before counted as {:.0} more",
                learned.people, learned.counts_as
            ),
        };
        let deviation = |learned: &LearnedDeviation| DeviationEdit {
            role: pack.roles[learned.role].id.clone(),
            question: pack.questions[learned.question].id.clone(),
            points: learned.points,
            people: learned.people,
        };
        let mut files = files.to_vec();
        if self.levels_help() {
            let edits: Vec<LevelEdit> = self.levels.iter().map(edit).collect();
            files = with_levels(&files, &edits)?;
        }
        if self.questions_help() {
            let learned = self.deviations.iter().flatten();
            let edits: Vec<DeviationEdit> = learned.map(deviation).collect();
            files = with_deviations(&files, &edits)?;
        }
        Ok(files)
    }
}

fn three_of(pair: (&CriterionCounts, &CriterionCounts)) -> Option<Gain> {
    gain(pair, |part: &CriterionPart| {
        let people: u64 = part.people.iter().sum();
        let three: u64 = part.three.iter().sum();
        (people > 0).then(|| three as f64 / people as f64)
    })
}

/// Whether one gain is above 0 by its whole interval, and none below it.
fn help(gains: [Option<Gain>; 2]) -> bool {
    let gains = gains.map(|gain| gain.map(|gain| gain.difference));
    let up = gains.iter().flatten().any(|gain| gain.low > 0.0);
    up && gains.iter().flatten().all(|gain| gain.high >= 0.0)
}

/// All levels of the pack with some learned.
fn put(comparison: &Comparison<'_>, learned: &[LearnedLevel]) -> Vec<Vec<f64>> {
    let roles = comparison.pack.roles.iter();
    let mut levels: Vec<Vec<f64>> = roles.map(|role| role.levels.clone()).collect();
    for cell in learned {
        levels[cell.role][cell.trait_ix] = cell.level;
    }
    levels
}

/// A role and trait with people: what they are like, and the level, both in standard deviations.
struct Cell {
    at: usize,
    k: usize,
    people: u64,
    /// Mean of the people, less the mean over roles.
    mean: f64,
    /// Relative level beside the role's own mean of centred traits, less the mean over roles.
    level: f64,
    /// What the level is relative to.
    base: f64,
}

/// Every level that these people change, and every deviation of a single question of the roles that are named.
fn learned(
    comparison: &Comparison<'_>,
    whole: &CriterionPart,
    question_roles: &[usize],
) -> Result<Lesson, String> {
    let roles = whole.people.iter().filter(|&&n| n >= FLOOR).count();
    if roles < ROLES {
        return Err(format!(
            "{roles} of the roles compared have {FLOOR} people with a ranking; learning takes {ROLES} such roles"
        ));
    }
    let mut all = Vec::new();
    let (mut deviations, mut differ) = (None, false);
    for centred in [true, false] {
        let Some((scale, levels)) = of_kind(comparison, whole, centred) else {
            continue;
        };
        differ = true;
        all.extend(levels);
        if centred {
            // by the same scale, so that a question's points are those of its trait
            deviations = question_learning::learned(comparison, whole, (question_roles, scale));
        }
    }
    if !differ {
        return Err(
            "people of different roles do not differ beyond chance on any trait".to_owned(),
        );
    }
    if all.is_empty() && deviations.is_none() {
        return Err(
            "these people are, within chance, what the pack says of their roles".to_owned(),
        );
    }
    all.sort_by_key(|cell| (cell.role, cell.trait_ix));
    Ok(Lesson {
        levels: all,
        deviations,
    })
}

/// The levels of centred traits, or of all others, and the scale by which levels become means of people; none where
/// people of different roles do not differ beyond chance.
fn of_kind(
    comparison: &Comparison<'_>,
    whole: &CriterionPart,
    centred: bool,
) -> Option<(f64, Vec<LearnedLevel>)> {
    let traits = comparison.pack.traits.len();
    let kept = |&k: &usize| comparison.centred[k] == centred && comparison.differs[k];
    let kept: Vec<usize> = (0..traits).filter(kept).collect();
    let scores = |at: usize, k: usize| &whole.scores[at * traits + k];
    let mut cells = Vec::new();
    // of one person about the mean of the role
    let mut variances = vec![0.0; traits];
    for &k in &kept {
        let roles = (0..whole.people.len()).filter(|&at| scores(at, k).people >= FLOOR);
        let roles: Vec<usize> = roles.collect();
        if roles.len() < ROLES {
            continue;
        }
        let n = roles.len() as f64;
        let level =
            |at: usize| comparison.relative_levels[at][k] - base(comparison, &kept, at, centred);
        let mean = roles.iter().map(|&at| mean(scores(at, k))).sum::<f64>() / n;
        let middle = roles.iter().map(|&at| level(at)).sum::<f64>() / n;
        variances[k] = pooled(roles.iter().map(|&at| scores(at, k)))?;
        cells.extend(roles.iter().map(|&at| Cell {
            at,
            k,
            people: scores(at, k).people,
            mean: self::mean(scores(at, k)) - mean,
            level: level(at) - middle,
            base: base(comparison, &kept, at, centred) + middle,
        }));
    }
    // spread of true means over roles as a multiple of that of levels, pooled over traits
    let (mut between, mut chance, mut levels) = (0.0, 0.0, 0.0);
    for cell in &cells {
        between += cell.mean * cell.mean;
        chance += variances[cell.k] / cell.people as f64;
        levels += cell.level * cell.level;
    }
    // means are about their own mean, which takes a share of chance
    let roles = cells
        .iter()
        .map(|cell| cell.at)
        .collect::<std::collections::BTreeSet<_>>()
        .len();
    let kept_share = 1.0 - 1.0 / roles.max(1) as f64;
    // chance alone goes beyond this once in forty, the sum being about normal
    let cells_free = cells.len() as f64 * kept_share;
    let bound = 1.0 + 1.96 * (2.0 / cells_free.max(1.0)).sqrt();
    if levels <= 0.0 || between <= kept_share * chance * bound {
        return None;
    }
    let scale = ((between - kept_share * chance) / levels).sqrt();
    // how far levels are off what people are like, beyond chance
    let mut error = 0.0;
    for cell in &cells {
        let off = cell.mean / scale - cell.level;
        error += off * off - kept_share * variances[cell.k] / cell.people as f64 / (scale * scale);
    }
    let error = error / cells_free;
    let learned = cells.iter().filter_map(|cell| {
        let sd = comparison.level_sds[cell.k];
        let variance = variances[cell.k] / (scale * scale);
        let counts_as = if error > variance / MOST {
            variance / error
        } else {
            MOST
        };
        let role = comparison.candidates[cell.at];
        let old = comparison.pack.roles[role].levels[cell.k];
        // the level that gives the mean, by the relative level that is there
        let mean = old
            + sd * (cell.base + cell.mean / scale - comparison.relative_levels[cell.at][cell.k]);
        let people = cell.people as f64;
        let level = (people * mean + counts_as * old) / (people + counts_as);
        let level = (level.clamp(0.0, 10.0) * 100.0).round() / 100.0;
        let spread = sd * (variance / (people + counts_as)).sqrt();
        let spread = ((spread * 100.0).ceil() / 100.0).clamp(SPREAD.0, SPREAD.1);
        ((level - old).abs() > NEGLIGIBLE).then_some(LearnedLevel {
            role,
            trait_ix: cell.k,
            old,
            mean,
            level,
            spread,
            people: cell.people,
            counts_as,
        })
    });
    Some((scale, learned.collect()))
}

/// The role's own mean over the relative levels of centred traits: what centring takes out of every match.
fn base(comparison: &Comparison<'_>, kept: &[usize], at: usize, centred: bool) -> f64 {
    let sum: f64 = kept
        .iter()
        .map(|&k| comparison.relative_levels[at][k])
        .sum();
    if centred {
        sum / kept.len() as f64
    } else {
        0.0
    }
}
