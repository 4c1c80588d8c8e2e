//! A piece of advice to the author of a pack.

/// Advice to the author of a pack: something valid that is probably not meant. [`Comparison::lint`](crate::Comparison::lint)
/// gives it.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// use rolescope_core::Date;
///
/// let today = Date::new(2026, 11, 27).expect("a day");
/// for lint in comparison.lint(today) {
///     println!("{}: {}", lint.found(), lint.help());
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lint {
    /// Whether it is worth knowing only; otherwise it should be mended.
    pub(crate) note: bool,
    /// What was found.
    pub(crate) found: String,
    /// What would be better.
    pub(crate) help: &'static str,
}

impl Lint {
    /// Whether it is worth knowing only; otherwise it should be mended.
    #[must_use]
    pub const fn note(&self) -> bool {
        self.note
    }

    /// What was found.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.found
    }

    /// What would be better.
    #[must_use]
    pub fn help(&self) -> &'static str {
        self.help
    }
}
