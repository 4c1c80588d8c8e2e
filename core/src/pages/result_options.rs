//! Options of the result page: whom it is for, and what it shows besides the result as answered.

use crate::pack::model::Question;
use crate::results::what_if::WhatIf;

/// Whom a page is for.
///
/// ```
/// use rolescope_core::pages::Audience;
///
/// assert_eq!(Audience::default().word(), "both");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    /// Whoever answered: short and plain.
    Student,
    /// Whoever talks it over: figures, contradictions, what to ask, a worksheet.
    Counsellor,
    /// Both at one table: everything but the worksheet.
    #[default]
    Both,
}

impl Audience {
    /// The word that is typed for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::Counsellor => "counsellor",
            Self::Both => "both",
        }
    }
}

/// What a page shows besides the result as answered.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// # let outcome = comparison.assess(&answers);
/// use rolescope_core::pages::{Audience, ResultOptions};
///
/// let report = comparison.explain(&answers, &outcome);
/// let options = ResultOptions::new(Audience::Student).reachable(true);
/// let page = report.page(&answers, "anna", &options);
/// assert!(page.to_markdown().contains("Joiner"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct ResultOptions<'a> {
    /// Whom it is for.
    pub(crate) view: Audience,
    /// Trait scores put elsewhere.
    pub(crate) supposed: Vec<WhatIf>,
    /// Conditions whose roles are set apart.
    pub(crate) avoided: Vec<&'a Question>,
    /// Whether roles into which no way leads here are set apart.
    pub(crate) reachable: bool,
    /// What the person wanted to be, and whether that was written down before the result.
    pub(crate) wish: Option<(String, bool)>,
    /// Notes: when, and what.
    pub(crate) notes: Vec<(String, String)>,
}

impl<'a> ResultOptions<'a> {
    /// A page for someone.
    #[must_use]
    pub fn new(view: Audience) -> Self {
        Self {
            view,
            ..Self::default()
        }
    }

    /// With roles into which no way leads here set apart.
    #[must_use]
    pub const fn reachable(mut self, reachable: bool) -> Self {
        self.reachable = reachable;
        self
    }

    /// Whether roles into which no way leads here are set apart.
    #[must_use]
    pub const fn is_reachable(&self) -> bool {
        self.reachable
    }

    /// With what the person wanted to be, and whether that was written down before the result.
    #[must_use]
    pub fn wish(mut self, wish: Option<(String, bool)>) -> Self {
        self.wish = wish;
        self
    }

    /// With notes: when each was written, as TOML writes a date and time, and its text. A page for the person has
    /// none.
    #[must_use]
    pub fn notes(mut self, notes: Vec<(String, String)>) -> Self {
        self.notes = notes;
        self
    }

    /// The page of a what-if: scores put elsewhere, and conditions ruled out.
    #[must_use]
    pub fn what_if(mut self, supposed: Vec<WhatIf>, avoided: Vec<&'a Question>) -> Self {
        (self.supposed, self.avoided) = (supposed, avoided);
        self
    }
}
