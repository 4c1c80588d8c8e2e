//! Every page as one document, whatever format it is written in.

pub mod analysis;
pub mod analysis_advice;
pub mod analysis_questions;
pub mod analysis_wording;
pub mod balance;
pub mod closing;
pub mod compare;
pub mod discussion;
pub mod evidence;
pub mod form;
pub mod formulae;
pub mod group;
pub mod method;
pub mod result;
pub mod result_band;
pub mod result_role;
pub mod result_traits;
pub mod retest;
pub mod roles;
pub mod session;
pub mod session_list;
pub mod validity;
pub mod verification;
pub mod why;
