//! Psychometrics: item analysis, reliability, norms, group differences, validity.
//!
//! [`AnalysisCounts`] counts people and merges, [`Analysis`] computes from the counts, [`RatedRole`] is what
//! a person made of a role; [`GroupCounts`] are for a page about a group. All counts are whole numbers, so
//! that any parts of the people merge to the same whole. [`Analysis`] has an example.

pub(crate) mod advice;
pub(crate) mod analysis;
pub(crate) mod answer_tables;
pub(crate) mod binned_area;
pub(crate) mod counts;
pub(crate) mod covariance;
pub(crate) mod criterion_counts;
pub(crate) mod criterion_study;
pub(crate) mod dif;
pub(crate) mod dif_counts;
pub(crate) mod eigen;
pub(crate) mod estimate;
pub(crate) mod factor;
pub(crate) mod group_counts;
pub(crate) mod group_differences;
pub(crate) mod item_rules;
pub(crate) mod items;
pub(crate) mod layout;
pub(crate) mod level_learning;
pub(crate) mod level_ratings;
pub(crate) mod linear_solve;
pub(crate) mod moments;
pub(crate) mod norm_estimation;
pub(crate) mod quantiles;
pub(crate) mod question_learning;
pub(crate) mod role_scores;
pub(crate) mod scales;
pub(crate) mod shuffle;
pub(crate) mod stated_odds;
pub(crate) mod statistics;
pub(crate) mod validity;

pub use analysis::Analysis;
pub use counts::AnalysisCounts;
pub use group_counts::GroupCounts;
pub use level_learning::LevelLearning;
pub use level_ratings::LevelRatings;
pub use validity::RatedRole;
