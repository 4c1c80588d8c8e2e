//! Every page as one document, whatever format it is written in.
//!
//! A page is a method of the type that it is about, and its name ends in `page` or `pages`:
//!
//! | About | Methods |
//! | --- | --- |
//! | one person | [`Report::page`], [`Comparison::why_page`], [`Retest::page`] |
//! | what is kept of people | [`SessionPerson::page`], [`SessionRow::page`], [`SessionCopy::page`] |
//! | one role | [`Role::page`] |
//! | roles in play | [`Comparison::roles_page`], [`Comparison::role_pages`], [`Comparison::map_page`], [`Comparison::compare_page`] |
//! | questions | [`Comparison::form_page`], [`Comparison::answer_sheet_page`], [`SurveyService::form`] |
//! | a pack | [`Comparison::check_page`], [`Comparison::method_page`], [`Pack::outline_page`] |
//! | many people | [`IndexedPerson::page`], [`DisclosedGroup::page`], [`Analysis::page`], [`LevelLearning::page`](crate::psychometrics::LevelLearning::page) |
//! | files of answers | [`InputReading::page`] |
//!
//! This module has what pages are made of besides those types. [`ResultViews`] is a result a view at a time.
//!
//! ```
//! # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
//! # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
//! use rolescope_core::write::TextStyle;
//!
//! let page = pack.roles()[1].page(&pack);
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
pub(crate) mod criterion;
pub(crate) mod discussion;
pub(crate) mod evidence;
pub(crate) mod facts_age;
pub(crate) mod form;
pub(crate) mod formulae;
pub(crate) mod group;
mod group_csv;
mod group_summary;
pub(crate) mod input_reading;
mod learning;
mod level_ratings;
pub(crate) mod method;
pub(crate) mod own_words;
pub(crate) mod page_index;
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
mod service_form;
pub(crate) mod session;
pub(crate) mod session_copies;
pub(crate) mod session_list;
pub(crate) mod strengths;
pub(crate) mod student;
pub(crate) mod student_compare;
pub(crate) mod student_role;
pub(crate) mod student_wording;
pub(crate) mod validity;
pub(crate) mod verification;
pub(crate) mod why;

pub use input_reading::InputReading;
pub use page_index::IndexedPerson;
pub use result_options::{Audience, ResultOptions};
pub use result_views::ResultViews;
pub use retest::Sitting;
pub use service_form::{SurveyNameError, SurveyService};
pub use session::SessionPerson;
pub use session_copies::SessionCopy;
pub use session_list::SessionRow;

use crate::pack::advice::Lint;
use crate::pack::model::{Pack, Role};
use crate::pages::group::GroupPage;
use crate::psychometrics::analysis::Analysis;
use crate::results::disclosure::DisclosedGroup;
use crate::results::report::Report;
use crate::results::retest::Retest;
use crate::scoring::answers::Answers;
use crate::scoring::assessment::Outcome;
use crate::scoring::comparison::Comparison;
use crate::simulation::balance::Balance;
use crate::text::language::Language;
use crate::write::document::Document;

impl Report<'_> {
    /// One person's result: the first group of roles with reasons and conflicts, the traits, what to talk
    /// over, and what the result rests on. `id` names the person.
    ///
    /// The answers are those that the report explains.
    #[must_use]
    pub fn page(&self, answers: &Answers, id: &str, shown: &ResultOptions<'_>) -> Document {
        result::doc(self, answers, id, shown).in_language_of(self.pack())
    }
}

impl Retest {
    /// Two results of one person, the older first: traits that moved, in standard errors, and roles that
    /// came into the band or left it.
    ///
    /// The comparison and the sittings are those that the retest was made of.
    #[must_use]
    pub fn page(&self, comparison: &Comparison<'_>, sittings: [Sitting<'_>; 2]) -> Document {
        retest::doc(comparison, self, sittings).in_language_of(comparison.pack)
    }
}

impl Comparison<'_> {
    /// A message of the interface that shows no values, in the language of the pack.
    fn say(&self, id: &'static str) -> String {
        self.pack.say(id)
    }
}

/// # Pages
impl Comparison<'_> {
    /// The questions as a form to be read or ticked on paper, section by section.
    ///
    /// `title` is a heading of one's own, such as a school's name. `key` adds the right answers and what each
    /// question measures.
    #[must_use]
    pub fn form_page(&self, title: Option<&str>, key: bool) -> Document {
        form::form(self, title, key).in_language_of(self.pack)
    }

    /// The answer sheet: every number with its boxes on one page, so that booklets are used again.
    ///
    /// `title` is a heading of one's own.
    #[must_use]
    pub fn answer_sheet_page(&self, title: Option<&str>) -> Document {
        form::answer_sheet(self, title).in_language_of(self.pack)
    }

    /// A blank answer sheet for programs: the header of a table.
    #[must_use]
    pub fn blank_table(&self) -> String {
        form::blank_table(self)
    }

    /// The roles in play in a few lines each, by family, and whom the pack credits.
    #[must_use]
    pub fn roles_page(&self) -> Document {
        let pack = self.pack;
        let roles = self.candidates.iter().map(|&r| &pack.roles[r]);
        let roles: Vec<&Role> = roles.collect();
        roles::list(
            &pack.language,
            &roles,
            &pack.roles,
            pack.attribution.as_deref(),
        )
        .in_language_of(pack)
    }

    /// The roles in play as pages that lead to each other: the name of each, without extension, and the
    /// page. The first leads to all others.
    #[must_use]
    pub fn role_pages(&self) -> Vec<(String, Document)> {
        roles::site(self)
    }

    /// The map of the roles in play: those that ask for the same lie close together.
    ///
    /// [`ResultViews::map`] has the person on it.
    #[must_use]
    pub fn map_page(&self) -> Document {
        role_map::page(self).in_language_of(self.pack)
    }

    /// Two roles in play side by side, by their positions from 0: levels, facts, and how easily they are
    /// confused; with one person's label and outcome, which of the two fits better.
    ///
    /// # Panics
    /// Where there is no such role in play.
    #[must_use]
    pub fn compare_page(
        &self,
        roles: (usize, usize),
        person: Option<(&str, &Outcome)>,
    ) -> Document {
        compare::page(self, roles, person).in_language_of(self.pack)
    }

    /// What each trait and each answer adds to the match of the role at `at` in play.
    ///
    /// # Panics
    /// Where there is no such role in play.
    #[must_use]
    pub fn why_page(&self, answers: &Answers, outcome: &Outcome, at: usize) -> Document {
        why::page(self, answers, outcome, at).in_language_of(self.pack)
    }

    /// What is to be said of a pack: the advice of [`Comparison::lint`] and, of simulated people, how evenly
    /// roles come first and which rules the pack breaks; without a simulation only what reading it tells.
    #[must_use]
    pub fn check_page(&self, lints: &[Lint], balance: Option<&Balance>) -> Document {
        balance::page(self, lints, balance).in_language_of(self.pack)
    }

    /// The method card of a pack: what it is for, how answers become matches, the formulae with their
    /// sources, and what simulated people (`balance`) show of its error.
    #[must_use]
    pub fn method_page(&self, balance: &Balance) -> Document {
        method::doc(self, balance).in_language_of(self.pack)
    }
}

impl Role {
    /// One role in full, with the number of the source behind each fact.
    #[must_use]
    pub fn page(&self, pack: &Pack) -> Document {
        roles::role(pack, self).in_language_of(pack)
    }
}

impl Pack {
    /// The page of [`Comparison::roles_page`] for all roles of the pack whose [`Pack::to_outline`] these bytes are; none
    /// where they are not whole.
    #[must_use]
    pub fn outline_page(outline: &[u8]) -> Option<Document> {
        let (outline, credit) = Self::from_outline(outline)?;
        let roles: Vec<&Role> = outline.iter().collect();
        let language = Language::default();
        Some(roles::list(&language, &roles, &outline, credit.as_deref()))
    }
}

impl Analysis {
    /// What the answers of many people say of the questions, traits and roles: reliability, item statistics,
    /// shares of first places, group differences and the validity of ratings where there are any, with
    /// advice on weak questions and the rules that it follows.
    #[must_use]
    pub fn page(&self, comparison: &Comparison<'_>) -> Document {
        analysis::doc(comparison, self).in_language_of(comparison.pack)
    }
}

impl DisclosedGroup {
    /// A group of people: states, first places, bands and scores, each part of the group in a column.
    ///
    /// Counts of fewer than five people are withheld. `by` names the column that the group is split by.
    #[must_use]
    pub fn page(&self, comparison: &Comparison<'_>, by: Option<&str>) -> Document {
        group::doc(&self.about(comparison, by)).in_language_of(comparison.pack)
    }

    /// The same as a table for programs, a figure a row; a figure of everybody has no part, and one that is
    /// withheld is empty.
    #[must_use]
    pub fn to_csv(&self, comparison: &Comparison<'_>, by: Option<&str>) -> String {
        self.about(comparison, by).to_csv()
    }

    const fn about<'a>(
        &'a self,
        comparison: &'a Comparison<'a>,
        by: Option<&'a str>,
    ) -> GroupPage<'a> {
        GroupPage {
            comparison,
            told: self,
            by,
        }
    }
}

impl SessionPerson<'_> {
    /// A session that is kept: where, how far, and what its answers give so far.
    #[must_use]
    pub fn page(&self, comparison: &Comparison<'_>, outcome: &Outcome) -> Document {
        session::page(comparison, self, outcome).in_language_of(comparison.pack)
    }
}

impl SessionRow {
    /// The sessions in lines, damaged files and their reasons after them.
    #[must_use]
    pub fn page(rows: &[Self]) -> Document {
        session_list::page(rows)
    }
}

impl SessionCopy<'_> {
    /// The files of one label, what was changed last first, and how they differ: `differing` is each question
    /// that they do not answer the same, with its answer in each file, none where it is open; `next` are commands
    /// that settle it.
    ///
    /// ```
    /// use rolescope_core::pages::SessionCopy;
    /// use rolescope_core::write::TextStyle;
    ///
    /// let copy = |file| SessionCopy {
    ///     file,
    ///     changed: "2026-03-02T09:14:00+13:00",
    ///     finished: None,
    ///     progress: (3, 88),
    ///     notes: 0,
    ///     own_notes: Vec::new(),
    /// };
    /// let copies = [copy("s-4.toml"), copy("s-4-laptop.toml")];
    /// let text = SessionCopy::page("s-4", &copies, &[], &[]).to_text(TextStyle::new(80));
    /// assert!(text.contains("They hold the same answers."));
    /// ```
    #[must_use]
    pub fn page(
        label: &str,
        copies: &[Self],
        differing: &[(&str, Vec<Option<String>>)],
        next: &[String],
    ) -> Document {
        session_copies::page(label, copies, differing, next)
    }
}

impl InputReading<'_> {
    /// The files one after another; a file alone gives the page its title.
    #[must_use]
    pub fn page(files: &[Self]) -> Document {
        input_reading::page(files)
    }
}
