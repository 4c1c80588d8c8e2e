//! Every page as one document, whatever format it is written in.

pub(crate) mod analysis;
pub(crate) mod analysis_advice;
pub(crate) mod analysis_questions;
pub(crate) mod analysis_wording;
pub(crate) mod balance;
pub(crate) mod closing;
pub(crate) mod compare;
pub(crate) mod discussion;
pub(crate) mod evidence;
pub(crate) mod facts_age;
pub(crate) mod form;
pub(crate) mod formulae;
pub(crate) mod group;
pub(crate) mod method;
pub(crate) mod result;
pub(crate) mod result_band;
pub(crate) mod result_role;
pub(crate) mod result_traits;
pub(crate) mod retest;
pub(crate) mod role_facts;
pub(crate) mod roles;
pub(crate) mod session;
pub(crate) mod session_list;
pub(crate) mod validity;
pub(crate) mod verification;
pub(crate) mod why;
