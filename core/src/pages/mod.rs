//! Every page as one document, whatever format it is written in.
//!
//! | About | Functions |
//! | --- | --- |
//! | one person | [`result()`], [`ResultViews`], [`why()`], [`retest()`], [`session()`], [`sessions()`] |
//! | roles | [`roles()`], [`role()`], [`role_site()`], [`compare()`] |
//! | one person | [`result()`], [`why()`], [`retest()`], [`session()`], [`sessions()`] |
//! | roles | [`roles()`], [`role()`], [`role_site()`], [`role_map()`], [`compare()`] |
//! | a pack | [`form()`], [`answer_sheet()`], [`blank_table()`], [`check()`], [`method()`] |
//! | many people | [`group()`], [`analysis()`] |
//!
//! ```
//! # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
//! # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
//! # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
//! use rolescope_core::pages;
//! use rolescope_core::write::TextStyle;
//!
//! let page = pages::role(&pack, &pack.roles()[1]);
//! assert_eq!(page.title(), "Joiner");
//! print!("{}", page.to_text(TextStyle::new(80)));
//! ```

pub(crate) mod analysis;
pub(crate) mod analysis_advice;
mod analysis_cells;
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
mod group_csv;
pub(crate) mod input_reading;
pub(crate) mod method;
pub(crate) mod reasons;
pub(crate) mod result;
pub(crate) mod result_band;
pub(crate) mod result_options;
mod result_parts;
pub(crate) mod result_role;
pub(crate) mod result_traits;
mod result_views;
pub(crate) mod retest;
pub(crate) mod role_facts;
pub(crate) mod role_map;
pub(crate) mod roles;
pub(crate) mod session;
pub(crate) mod session_list;
pub(crate) mod strengths;
pub(crate) mod student;
pub(crate) mod student_compare;
pub(crate) mod student_role;
pub(crate) mod student_wording;
pub(crate) mod validity;
pub(crate) mod verification;
pub(crate) mod why;

pub use analysis::doc as analysis;
pub use balance::page as check;
pub use compare::page as compare;
pub use form::{FormOptions, answer_sheet, blank_table, form};
pub use group::{GroupPage, doc as group};
pub use input_reading::{InputReading, ReadColumn, page as input_reading};
pub use method::doc as method;
pub use result::doc as result;
pub use result_options::{Audience, ResultOptions};
pub use result_views::ResultViews;
pub use retest::{Sitting, doc as retest};
pub use role_map::page as role_map;
pub use roles::{list as roles, role, site as role_site};
pub use session::{SessionPerson, page as session};
pub use session_list::{SessionRow, page as sessions};
pub use verification::RecordPlace;
pub use why::page as why;
