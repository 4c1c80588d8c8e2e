//! Many people counted, in whole numbers only: whatever the order and however the people are divided
//! among threads, the sums are the same to the last bit.

use crate::psychometrics::answer_tables::{AnswerTableBuilder, AnswerTables};
use crate::psychometrics::criterion_counts::CriterionCounts;
use crate::psychometrics::dif_counts::DifCounts;
use crate::psychometrics::group_counts::{GroupCounts, GroupTotals, add_counts, in_parts};
use crate::psychometrics::layout::AnalysisLayout;
use crate::psychometrics::moments::{Moments, NONE};
use crate::scoring::answers::Answers;
use crate::scoring::assessment::Outcome;
use crate::scoring::comparison::Comparison;
use crate::scoring::trait_scores::TraitScore;

/// Counts of people.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// # let outcome = comparison.assess(&answers);
/// use rolescope_core::psychometrics::AnalysisCounts;
///
/// let nobody = AnalysisCounts::new(&comparison).expect("a few questions");
/// let (mut one, mut other) = (nobody.clone(), nobody);
/// one.add(&answers, &outcome, None);
/// other.add(&answers, &outcome, None);
/// one.merge(&other);
/// assert_eq!(one.people(), 2);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct AnalysisCounts {
    /// What is counted where.
    pub(crate) layout: AnalysisLayout,
    /// Everybody: states, flags, roles, scores.
    pub(crate) all: GroupTotals,
    /// Their answers.
    answered: AnswerTableBuilder,
    /// By trait with items and bar.
    pub(crate) bars: Vec<u64>,
    /// Sums of trait scores and their products.
    pub(crate) moments: Moments,
    /// By number of roles in the band.
    pub(crate) band_sizes: Vec<u64>,
    /// Groups, if there are any.
    pub(crate) groups: GroupCounts,
    /// Answers of each group beside their traits' sums.
    pub(crate) dif: DifCounts,
    /// People whose own role is known, where that is counted.
    pub(crate) criterion: Option<CriterionCounts>,
    /// The scores of a person: memory that is used again.
    scores: Vec<u32>,
}

impl AnalysisCounts {
    /// Nobody yet, whose answers and outcomes will be those of a comparison; none where a trait has too many
    /// questions to count all pairs of them.
    #[must_use]
    pub fn new(comparison: &Comparison<'_>) -> Option<Self> {
        AnalysisLayout::of(comparison).map(Self::of)
    }

    /// Nobody yet.
    pub(crate) fn of(layout: AnalysisLayout) -> Self {
        let scales = layout.scales.len();
        let nobody = GroupTotals::of(layout.roles, layout.traits);
        Self {
            all: nobody.clone(),
            answered: AnswerTableBuilder::new(&layout),
            bars: vec![0; layout.bars],
            moments: Moments::new(scales),
            band_sizes: vec![0; layout.roles + 1],
            groups: GroupCounts::of(nobody),
            dif: DifCounts::default(),
            criterion: None,
            scores: vec![NONE; scales],
            layout,
        }
    }

    /// How many people were counted.
    #[must_use]
    pub const fn people(&self) -> u64 {
        self.all.people
    }

    /// The groups that they are of, if there are any.
    #[must_use]
    pub const fn groups(&self) -> &GroupCounts {
        &self.groups
    }

    /// Counts a person, of a group if there are any.
    pub fn add(&mut self, answers: &Answers, outcome: &Outcome, group: Option<&str>) {
        self.all.add(outcome);
        self.band_sizes[outcome.ranking.band.len()] += 1;
        self.answered.add(&self.layout, answers.codes());
        self.scored(&outcome.scores);
        if let Some(name) = group {
            self.groups.add(name, outcome);
            self.dif.add(&self.layout, name, answers.codes());
        }
    }

    /// The same, to count people's own roles too.
    #[must_use]
    pub fn with_criterion(mut self, comparison: &Comparison<'_>) -> Self {
        self.criterion = Some(CriterionCounts::new(comparison));
        self
    }

    /// Counts the own role of a person who was [added](Self::add): the id in this cell, if there is any. Nothing is
    /// counted where own roles are not.
    pub fn add_criterion(
        &mut self,
        comparison: &Comparison<'_>,
        (answers, outcome): (&Answers, &Outcome),
        group: Option<&str>,
        cell: &str,
    ) {
        if let Some(criterion) = &mut self.criterion
            && let Some(own) = criterion.own_role(cell)
            && criterion.add(comparison, (answers, outcome), group, own)
        {
            criterion.add_questions(comparison, (answers, outcome), own);
        }
    }

    /// What the column of own roles holds that is no role of the pack, and what would be right.
    #[must_use]
    pub fn criterion_mistake(&self, column: &str) -> Option<String> {
        self.criterion.as_ref()?.mistake(column)
    }

    /// Counts the scores.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "0..=40"
    )]
    fn scored(&mut self, scores: &[TraitScore]) {
        for (kept, scale) in self.scores.iter_mut().zip(&self.layout.scales) {
            *kept = NONE;
            if let Some(raw) = scores[scale.trait_ix].raw() {
                *kept = in_parts(raw);
                let bar = raw / 100.0 * (scale.bars - 1) as f64 + 0.5;
                self.bars[scale.histogram + (bar as usize).min(scale.bars - 1)] += 1;
            }
        }
        self.moments.add(&self.scores);
    }

    /// The answers by question, by pair of a trait's questions and by rest score.
    pub(crate) fn tables(&self) -> AnswerTables {
        self.answered.tables(&self.layout)
    }

    /// Adds the people that another has counted.
    pub fn merge(&mut self, other: &Self) {
        self.all.merge(&other.all);
        self.groups.merge(&other.groups);
        self.dif.merge(&other.dif);
        if let (Some(mine), Some(more)) = (&mut self.criterion, &other.criterion) {
            mine.merge(more);
        }
        self.moments.merge(&other.moments);
        self.answered.merge(&other.answered);
        add_counts(&mut self.bars, &other.bars);
        add_counts(&mut self.band_sizes, &other.band_sizes);
    }
}
