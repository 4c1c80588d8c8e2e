//! How fairly and how surely a pack tells its roles apart, measured on simulated people (scoring,
//! section 9).
//!
//! People come in batches, each with a seed of its own and each a sum of counts, so any number of
//! threads gives the same figures.

use crate::scoring::answers::Answers;
use crate::scoring::comparison::Comparison;
use crate::scoring::kernel::assessor::assess;
use crate::scoring::trait_scores::{TraitScore, score};
use crate::simulation::band_coverage::{BandCounts, BandFigures, ranking, share, truth};
use crate::simulation::level_study::{LevelCounts, LevelFigures, MovedLevels};
use crate::simulation::norm_study::{MeasuredCorrelations, MovedNorms, NormCounts, NormFigures};
use crate::simulation::quick_quiz_study::{QuickCounts, QuickFigures, see_quick};
use crate::simulation::respondents::SimulatedPerson;
use crate::simulation::respondents::{SeededRng, drawn, with_common_part};
use serde::{Deserialize, Serialize};

/// Yea-saying whose effect is measured: standard deviation in labels of what a person adds to every
/// rating. Half a label is a strong habit: two thirds of the spread of a single rating.
pub(crate) const YEA_SAYING: f64 = 0.5;
/// Shares of the variance of interests and preferences that are common to all of them, where the effect of
/// people who like everything is measured.
pub(crate) const COMMON: [f64; 2] = [0.2, 0.4];
/// Share of answers left blank where the effect of missing answers is measured.
pub(crate) const BLANK: f64 = 0.25;
/// People of one batch in the mixed population, and like each role.
const BATCH_MIXED: u32 = 500;
const BATCH_LIKE: u32 = 20;
/// People of the mixed population for whom roles' levels are wrong in the same way.
const SAME_LEVELS: u32 = 50;
/// Quick quizzes of people like each role, and of mixed people: each costs some thirty assessments.
const BATCH_QUICK: u32 = 2;
const BATCH_QUICK_MIXED: u32 = 20;
/// Apart from the stream of all other people of a batch.
const OTHER_STREAM: u64 = 0x9e37_79b9_7f4a_7c15;

/// Sums over simulated people.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// use rolescope_core::simulation::BalanceCounts;
///
/// let mut counts = BalanceCounts::simulate(&comparison, 1, 0);
/// counts.add(&BalanceCounts::simulate(&comparison, 1, 1));
/// println!("{} rules are broken", counts.figures().broken_rules());
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BalanceCounts {
    mixed: u32,
    first: Vec<u32>,
    true_first: Vec<u32>,
    mixed_band: BandCounts,
    retest_same: u32,
    retest_overlap: f64,
    like: u32,
    like_first: Vec<Vec<u32>>,
    like_top3: Vec<u32>,
    like_in_band: Vec<u32>,
    like_band: BandCounts,
    first_plain: Vec<u32>,
    first_yea: Vec<u32>,
    blank_band: BandCounts,
    blank_same: u32,
    quick: QuickCounts,
    quick_mixed: QuickCounts,
    off: NormCounts,
    measured_first: Vec<u32>,
    common_first: [Vec<u32>; COMMON.len()],
    levels: LevelCounts,
}

/// What was measured about one role.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize)]
pub(crate) struct RoleFigures {
    /// First places in the mixed population, as a ratio to an equal share.
    pub(crate) fair: f64,
    /// The same with endless questions; 0 for a role that others dominate.
    pub(crate) fair_true: f64,
    /// First places where a share of [`COMMON`] is common, as a ratio to an equal share.
    pub(crate) fair_common: [f64; COMMON.len()],
    /// First places where traits go together as the norms in use say, as a ratio to an equal share; none
    /// where they do not say it.
    pub(crate) fair_measured: Option<f64>,
    /// Of people made like it, the share who have it first.
    pub(crate) first: f64,
    /// ... in the first three.
    pub(crate) top3: f64,
    /// ... in the band.
    pub(crate) in_band: f64,
}

/// What was measured about a pack.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// use rolescope_core::simulation::BalanceCounts;
///
/// let balance = BalanceCounts::simulate(&comparison, 1, 0).figures();
/// let page = comparison.method_page(&balance);
/// assert_eq!(page.title(), "Method card: Two crafts");
/// ```
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Balance {
    /// People of the mixed population.
    pub(crate) mixed_people: u32,
    /// People made like each role.
    pub(crate) like_people: u32,
    /// Each role in play.
    pub(crate) roles: Vec<RoleFigures>,
    /// Bands in the mixed population.
    pub(crate) mixed: BandFigures,
    /// Bands of people with a clear pattern.
    pub(crate) clear: BandFigures,
    /// Share of the mixed population with the same first role on a second occasion.
    pub(crate) retest_same: f64,
    /// Mean overlap of the bands of two occasions (Jaccard), 0..=1.
    pub(crate) retest_overlap: f64,
    /// People made like one role who have another first: the two and the share, most confused first.
    pub(crate) confusions: Vec<(usize, usize, f64)>,
    /// Share of first places that yea-saying moves from one role to another (total variation).
    pub(crate) yea_saying: f64,
    /// Bands when a quarter of the answers is missing.
    pub(crate) blank: BandFigures,
    /// Share whose first role stays the same then.
    pub(crate) blank_same: f64,
    /// Quick quizzes of people with a clear pattern.
    pub(crate) quick: QuickFigures,
    /// Quick quizzes of the mixed population.
    pub(crate) quick_mixed: QuickFigures,
    /// What follows when levels of roles are a little off.
    pub(crate) levels: LevelFigures,
    /// What follows when norms and levels are off.
    pub(crate) off: NormFigures,
}

impl BalanceCounts {
    /// People simulated in one batch, all kinds together.
    #[must_use]
    pub fn batch_size(comparison: &Comparison<'_>) -> u64 {
        let roles = u64::try_from(comparison.candidates.len()).unwrap_or(0);
        u64::from(BATCH_MIXED) + roles * u64::from(BATCH_LIKE)
    }
}

impl BalanceCounts {
    /// Simulates the batch with this number.
    #[must_use]
    pub fn simulate(comparison: &Comparison<'_>, seed: u64, number: u64) -> Self {
        // batches must not share a stream: distinct seeds expand to unrelated states
        let seed = seed.wrapping_mul(1_000_003).wrapping_add(number);
        let mut chance = SeededRng::new(seed);
        let roles = comparison.candidates.len();
        let mut counts = Self {
            first: vec![0; roles],
            true_first: vec![0; roles],
            like_first: vec![vec![0; roles]; roles],
            like_top3: vec![0; roles],
            like_in_band: vec![0; roles],
            first_plain: vec![0; roles],
            first_yea: vec![0; roles],
            common_first: COMMON.map(|_| vec![0; roles]),
            ..BalanceCounts::default()
        };
        let complete = score(comparison, &Answers::complete(comparison.pack));
        for _ in 0..BATCH_MIXED / SAME_LEVELS {
            let moved = MovedLevels::draw(comparison, &mut chance);
            for _ in 0..SAME_LEVELS {
                see_mixed(comparison, &complete, &moved, &mut counts, &mut chance);
            }
        }
        for at in 0..roles {
            for _ in 0..BATCH_LIKE {
                see_like(comparison, at, &complete, &mut counts, &mut chance);
            }
            for _ in 0..BATCH_QUICK {
                let person = SimulatedPerson::like(comparison, at, &mut chance);
                see_quick(comparison, &person, &mut counts.quick, &mut chance);
            }
        }
        counts.like += BATCH_LIKE;
        let mut chance = SeededRng::new(seed ^ OTHER_STREAM);
        for _ in 0..BATCH_MIXED / SAME_LEVELS {
            let moved = MovedNorms::draw(comparison, &mut chance);
            for _ in 0..SAME_LEVELS {
                counts.off.see(comparison, &moved, &complete, &mut chance);
            }
        }
        if let Some(measured) = MeasuredCorrelations::of(comparison) {
            counts.measured_first = vec![0; roles];
            for _ in 0..BATCH_MIXED {
                let person = measured.person(&mut chance);
                let scores = drawn(complete.clone(), &person, &mut chance);
                counts.measured_first[ranking(comparison, &scores).order[0]] += 1;
            }
        }
        for _ in 0..BATCH_QUICK_MIXED {
            let person = SimulatedPerson::mixed(comparison, &mut chance);
            see_quick(comparison, &person, &mut counts.quick_mixed, &mut chance);
        }
        counts
    }
}

fn see_mixed(
    comparison: &Comparison<'_>,
    complete: &[TraitScore],
    moved: &MovedLevels<'_>,
    counts: &mut BalanceCounts,
    chance: &mut SeededRng,
) {
    let mut person = SimulatedPerson::mixed(comparison, chance);
    let truth = truth(comparison, &person);
    let scores = drawn(complete.to_vec(), &person, chance);
    let once = ranking(comparison, &scores);
    let again = ranking(comparison, &drawn(complete.to_vec(), &person, chance));
    counts.mixed += 1;
    counts.first[once.order[0]] += 1;
    counts.true_first[truth] += 1;
    counts.mixed_band.see(&once.band, truth);
    counts.retest_same += u32::from(once.order[0] == again.order[0]);
    counts.retest_overlap += overlap(&once.band, &again.band);

    let seen = (&person, scores.as_slice(), &once);
    counts.levels.see(comparison, moved, seen, chance);
    for (first, f) in counts.common_first.iter_mut().zip(COMMON) {
        let person = with_common_part(comparison, f, chance);
        let scores = drawn(complete.to_vec(), &person, chance);
        first[ranking(comparison, &scores).order[0]] += 1;
    }

    let plain = assess(comparison, &person.answers(comparison, 0.0, chance)).ranking;
    let some = assess(comparison, &person.answers(comparison, BLANK, chance)).ranking;
    person.yea_saying = YEA_SAYING * chance.normal();
    let yea = assess(comparison, &person.answers(comparison, 0.0, chance)).ranking;
    let firsts = (plain.order.first(), yea.order.first());
    if let (Some(&without), Some(&with)) = firsts {
        counts.first_plain[without] += 1;
        counts.first_yea[with] += 1;
    }
    counts.blank_band.see(&some.band, truth);
    counts.blank_same += u32::from(some.order.first() == plain.order.first());
}

fn see_like(
    comparison: &Comparison<'_>,
    at: usize,
    complete: &[TraitScore],
    counts: &mut BalanceCounts,
    chance: &mut SeededRng,
) {
    let person = SimulatedPerson::like(comparison, at, chance);
    let ranking = ranking(comparison, &drawn(complete.to_vec(), &person, chance));
    counts.like_first[at][ranking.order[0]] += 1;
    counts.like_top3[at] += u32::from(ranking.order.iter().take(3).any(|&r| r == at));
    counts.like_in_band[at] += u32::from(ranking.band.contains(&at));
    let truth = truth(comparison, &person);
    counts.like_band.see(&ranking.band, truth);
}

/// Shared roles of two bands, as a share of the roles in either.
fn overlap(a: &[usize], b: &[usize]) -> f64 {
    let both = u32::try_from(a.iter().filter(|at| b.contains(at)).count()).unwrap_or(0);
    let all = u32::try_from(a.len() + b.len()).unwrap_or(u32::MAX);
    share(both, all - both)
}

fn add_all(sums: &mut Vec<u32>, more: &[u32]) {
    sums.resize(more.len(), 0);
    for (sum, n) in sums.iter_mut().zip(more) {
        *sum += n;
    }
}

impl BalanceCounts {
    /// Adds another batch; add them in the order of their numbers.
    pub fn add(&mut self, other: &Self) {
        self.mixed += other.mixed;
        self.retest_same += other.retest_same;
        self.retest_overlap += other.retest_overlap;
        self.like += other.like;
        self.blank_same += other.blank_same;
        self.quick.add(&other.quick);
        self.quick_mixed.add(&other.quick_mixed);
        self.off.add(other.off);
        add_all(&mut self.measured_first, &other.measured_first);
        self.levels.add(&other.levels);
        for (first, more) in self.common_first.iter_mut().zip(&other.common_first) {
            add_all(first, more);
        }
        self.mixed_band.add(other.mixed_band);
        self.like_band.add(other.like_band);
        self.blank_band.add(other.blank_band);
        add_all(&mut self.first, &other.first);
        add_all(&mut self.true_first, &other.true_first);
        add_all(&mut self.like_top3, &other.like_top3);
        add_all(&mut self.like_in_band, &other.like_in_band);
        add_all(&mut self.first_plain, &other.first_plain);
        add_all(&mut self.first_yea, &other.first_yea);
        self.like_first.resize(other.like_first.len(), Vec::new());
        for (row, more) in self.like_first.iter_mut().zip(&other.like_first) {
            add_all(row, more);
        }
    }

    /// The figures of all batches added.
    #[must_use]
    pub fn figures(&self) -> Balance {
        let roles = self.first.len();
        let equal = f64::from(u32::try_from(roles).unwrap_or(u32::MAX));
        let mut confusions: Vec<(usize, usize, f64)> = (0..roles)
            .flat_map(|a| (0..roles).map(move |b| (a, b)))
            .filter(|(a, b)| a != b)
            .map(|(a, b)| (a, b, share(self.like_first[a][b], self.like)))
            .collect();
        confusions.sort_by(|x, y| y.2.total_cmp(&x.2));
        let moved: u32 = self
            .first_plain
            .iter()
            .zip(&self.first_yea)
            .map(|(a, b)| a.abs_diff(*b))
            .sum();
        Balance {
            mixed_people: self.mixed,
            like_people: self.like,
            roles: (0..roles)
                .map(|r| RoleFigures {
                    fair: equal * share(self.first[r], self.mixed),
                    fair_true: equal * share(self.true_first[r], self.mixed),
                    fair_common: (self.common_first.each_ref())
                        .map(|first| equal * share(first[r], self.mixed)),
                    fair_measured: (self.measured_first.get(r))
                        .map(|&first| equal * share(first, self.mixed)),
                    first: share(self.like_first[r][r], self.like),
                    top3: share(self.like_top3[r], self.like),
                    in_band: share(self.like_in_band[r], self.like),
                })
                .collect(),
            mixed: self.mixed_band.figures(),
            clear: self.like_band.figures(),
            retest_same: share(self.retest_same, self.mixed),
            retest_overlap: self.retest_overlap / f64::from(self.mixed.max(1)),
            confusions,
            yea_saying: share(moved, 2 * self.mixed),
            blank: self.blank_band.figures(),
            blank_same: share(self.blank_same, self.mixed),
            quick: self.quick.figures(),
            quick_mixed: self.quick_mixed.figures(),
            levels: self.levels.figures(),
            off: self.off.figures(),
        }
    }
}
