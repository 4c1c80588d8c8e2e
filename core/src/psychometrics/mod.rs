//! What the answers of many people say about questions, traits and roles.

pub mod advice;
pub mod analysis;
pub mod answer_tables;
pub mod counts;
pub mod covariance;
pub mod factor;
pub mod group_differences;
pub mod item_rules;
pub mod items;
pub mod layout;
pub mod linear_solve;
pub mod moments;
pub mod norm_estimation;
pub mod quantiles;
pub mod scales;
pub mod shuffle;
pub mod statistics;
pub mod validity;
