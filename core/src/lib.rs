//! Career matching: answers to a quiz in, ranked roles with their reasons and their error out.
//!
//! # What cannot be done
//!
//! A pack, a comparison and answers are valid by construction: no field of theirs can be set from outside.
//!
//! ```compile_fail,E0451
//! let pack = rolescope_core::Pack { name: String::new(), ..panic!() };
//! ```
//!
//! ```compile_fail,E0616
//! fn forge(comparison: &mut rolescope_core::Comparison<'_>) {
//!     comparison.keys[0][0] = -21.8;
//! }
//! ```
//!
//! ```compile_fail,E0616
//! fn forge(pack: &mut rolescope_core::Pack) {
//!     pack.conditions[0] = 9999;
//! }
//! ```
#![cfg_attr(
    not(test),
    deny(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used)
)]
#![forbid(unsafe_code)]

mod adaptive;
mod pack;
mod pages;
mod psychometrics;
mod results;
mod scoring;
mod simulation;
mod text;
mod write;

pub use adaptive::selection::{
    MOST as QUICK_QUIZ_MOST, NextQuestion, SMALL_BAND, StopReason, band_now_and_complete,
    conditions as conditions_of_band, next as next_question,
};
pub use pack::advice::Lint;
pub use pack::date::Date;
pub use pack::fingerprint::of_answers as answers_fingerprint;
pub use pack::import_tahatu::{ImportError, facts as import_tahatu};
pub use pack::lint::lint;
pub use pack::model::{
    AnswerFormat, ConditionIx, Measure, Pack, Practice, Question, QuestionIx, Role, Section, Trait,
    TraitIx, TraitKind,
};
pub use pack::outline::roles as role_outline;
pub use pack::parse::check::check as parse_pack;
pub use pack::parse::diagnostics::{
    Diagnostic, Diagnostics, SourceFile, place as line_and_column, show as show_diagnostics,
};
pub use pack::parse::fields::{Fields, parse as parse_toml};
pub use pack::role_facts::{Reach, ReachState, RoleFacts, Source};
pub use pages::analysis::doc as analysis_page;
pub use pages::balance::page as check_page;
pub use pages::compare::page as compare_page;
pub use pages::form::{FormOptions, answer_sheet, blank_table, form as form_page};
pub use pages::group::{GroupPage, doc as group_page};
pub use pages::method::doc as method_page;
pub use pages::result::{Audience, ResultOptions, doc as result_page};
pub use pages::retest::{Sitting, doc as retest_page};
pub use pages::roles::{list as role_list, role as role_page, site as role_pages};
pub use pages::session::{SessionPerson, page as session_page};
pub use pages::session_list::{
    SessionRow, csv as session_list_csv, json as session_list_json, page as session_list_page,
};
pub use pages::verification::{
    RecordPlace, line as verification_line, reason as verification_reason,
    record as verification_record, unread as unread_record,
};
pub use pages::why::page as why_page;
pub use psychometrics::analysis::Analysis;
pub use psychometrics::counts::AnalysisCounts;
pub use psychometrics::estimate::FEWEST as FEWEST_ANALYSED;
pub use psychometrics::group_counts::{GroupCounts, GroupTotals};
pub use psychometrics::layout::AnalysisLayout;
pub use psychometrics::norm_estimation::measured as measured_norms;
pub use psychometrics::shuffle::order as rating_order;
pub use psychometrics::validity::{RatedRole, Validity};
pub use results::cell_suppression::FEWEST as FEWEST_SHOWN;
pub use results::disclosure::publish;
pub use results::report::{Receipt, explain};
pub use results::retest::retest;
pub use results::verification::{
    NO_QUESTION, RecordDifference, StatedNorms, StatedReceipt, VerificationResult, judge,
};
pub use results::what_if::{ScoreSetting, avoid, with_scores};
pub use scoring::answers::{
    AnswerError, Answers, DONT_KNOW, UNANSWERED, allowed, code_of, written,
};
pub use scoring::assessment::{Assessor, Outcome, State, assess};
pub use scoring::comparison::Comparison;
pub use scoring::comparison_builder::{ComparisonBuilder, ComparisonError};
pub use scoring::norm::{Norm, stated_norms};
pub use scoring::norms::{
    ENOUGH as ENOUGH_PEOPLE, LONGEST_NAME as LONGEST_NORMS_NAME, MEAN as MEAN_RULE, NormRule,
    Norms, RELIABILITY as RELIABILITY_RULE, SD as SD_RULE, TraitNorm,
};
pub use scoring::ranking::rank;
pub use scoring::role_match::fit;
pub use scoring::trait_scores::{TraitScore, score};
pub use simulation::balance::{Balance, BalanceCounts, batch as simulate_batch, batch_size};
pub use simulation::respondents::{
    SeededRng, answers as simulated_answers, like as like_role, mixed as mixed_person,
};
pub use text::{inert, is_mark, nearest, plain, unprintable};
pub use write::analysis_csv::table as analysis_csv;
pub use write::analysis_json::object as analysis_json;
pub use write::answers::AnswerWriter;
pub use write::document::Document;
pub use write::group_csv::table as group_csv;
pub use write::records::{
    CarriedField, RecordWriter, Top, csv_cell, csv_header, csv_row, csv_with_reach, ndjson,
};
pub use write::result_row::{table_header, table_row};
pub use write::terminal_text::{TextPage, TextStyle, cell};
pub use write::wording::{count, few as few_people, norms as norms_in_use};
pub use write::{PageFormat, page as page_text};

#[cfg(test)]
mod tests;
