//! A piece of advice to the author of a pack.

/// Advice about a pack.
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
