//! A piece of advice to the author of a pack.

/// Advice about a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lint {
    /// Whether it is worth knowing only; otherwise it should be mended.
    pub note: bool,
    /// What was found.
    pub found: String,
    /// What would be better.
    pub help: &'static str,
}
