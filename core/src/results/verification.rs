//! Verification of a saved result: whether it holds, and if not, what changed.

use crate::results::report::Receipt;
use crate::scoring::comparison::Comparison;
use crate::scoring::norms::Norms;

/// What a saved result says that it depends on (scoring, section 8).
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// use rolescope_core::results::StatedReceipt;
///
/// let stated = StatedReceipt {
///     program: String::new(),
///     scoring: 1,
///     fingerprint: pack.fingerprint().to_owned(),
///     norms: None,
///     family: None,
///     aptitude_weight: 1.0,
/// };
/// let result = stated.judge(&comparison, None, Some(true), None);
/// assert!(result.holds());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct StatedReceipt {
    /// Version of the program.
    pub program: String,
    /// Version of the formulae; 1 where a result does not say.
    pub scoring: u32,
    /// Fingerprint of the pack's scoring content.
    pub fingerprint: String,
    /// The measured norms, if not those that the pack assumes.
    pub norms: Option<StatedNorms>,
    /// The family in play, if not all roles.
    pub family: Option<String>,
    /// How much aptitudes count, 0..=100.
    pub aptitude_weight: f64,
}

/// Measured norms as a result names them.
///
/// A part of [`StatedReceipt`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedNorms {
    /// What they are called.
    pub name: String,
    /// On how many people they were measured.
    pub people: u64,
    /// Fingerprint of their figures.
    pub fingerprint: String,
}

impl StatedReceipt {
    /// Whether these norms, or none, are the ones it was made with; a result that was made with
    /// those of its pack needs none.
    #[must_use]
    pub fn can_use(&self, norms: Option<&Norms>) -> bool {
        self.norms.as_ref().is_none_or(|stated| {
            norms.is_some_and(|norms| {
                // how far norms are doubted goes by their number of people
                let people = u64::from(norms.people()) == stated.people;
                people && norms.fingerprint() == stated.fingerprint
            })
        })
    }
}

/// What is no longer as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChangedPart {
    /// The answers are not those that the result was made from.
    Answers,
    /// The formulae.
    Scoring,
    /// What the pack scores by.
    Pack,
    /// The version of the program.
    Program,
    /// The measured norms, or they were not given.
    Norms,
    /// Nothing of these: the result itself.
    Record,
}

impl ChangedPart {
    /// The word for it in records.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Answers => "answers",
            Self::Scoring => "scoring",
            Self::Pack => "pack",
            Self::Program => "program",
            Self::Norms => "norms",
            Self::Record => "record",
        }
    }
}

/// The first place at which a result is not what scoring its answers gives.
///
/// ```
/// use rolescope_core::results::RecordDifference;
///
/// let at = RecordDifference::new("roles.joiner.match", &91, &88);
/// assert_eq!((at.place(), at.found(), at.right()), ("roles.joiner.match", "91", "88"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordDifference {
    /// Where, as `roles.mri-technologist.match`.
    pub(crate) place: String,
    /// What stands there.
    pub(crate) found: String,
    /// What would be right.
    pub(crate) right: String,
}

impl RecordDifference {
    /// What is right of an answer to a question that the pack does not have.
    pub const NO_QUESTION: &str = NO_QUESTION;

    /// What stands at a place, and what would be right.
    #[must_use]
    pub fn new(place: impl Into<String>, found: &impl ToString, right: &impl ToString) -> Self {
        Self {
            place: place.into(),
            found: found.to_string(),
            right: right.to_string(),
        }
    }

    /// Where, as `roles.mri-technologist.match`.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What stands there.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.found
    }

    /// What would be right.
    #[must_use]
    pub fn right(&self) -> &str {
        &self.right
    }
}

/// What is right of an answer to a question that the pack does not have.
pub(crate) const NO_QUESTION: &str = "no such question";

/// What became of a saved result.
///
/// [`StatedReceipt::judge`] gives it.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// use rolescope_core::results::StatedReceipt;
///
/// let stated = StatedReceipt {
///     program: String::new(),
///     scoring: 1,
///     fingerprint: pack.fingerprint().to_owned(),
///     norms: None,
///     family: None,
///     aptitude_weight: 1.0,
/// };
/// let result = stated.judge(&comparison, None, Some(false), None);
/// assert!(!result.holds(), "these are not the answers that it was made from");
/// println!("{}", result.reason(&stated, &comparison, None, true));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerificationResult {
    /// Whether scoring the answers gives the same result in every figure.
    pub(crate) holds: bool,
    /// What changed since it was made; a result can hold all the same.
    pub(crate) changed: Vec<ChangedPart>,
    /// Where it differs, if it does.
    pub(crate) difference: Option<RecordDifference>,
}

impl VerificationResult {
    /// Whether scoring the answers gives the same result in every figure.
    #[must_use]
    pub const fn holds(&self) -> bool {
        self.holds
    }

    /// What changed since it was made, a word each: `answers`, `scoring` (the formulae), `pack`, `program`,
    /// `norms`, or `record` if nothing but the result itself; a result can hold all the same.
    pub fn changed(&self) -> impl Iterator<Item = &'static str> {
        self.changed.iter().map(|part| part.word())
    }
}

impl StatedReceipt {
    /// Judges a result by what it states and by how it differs from its answers scored now; of one
    /// whose norms are not at hand, nothing can be compared. `same_answers` is whether the answers are
    /// those of the fingerprint that it keeps, if it keeps one. The comparison has the pack and the program
    /// that are in use now.
    #[must_use]
    pub fn judge(
        &self,
        comparison: &Comparison<'_>,
        norms: Option<&Norms>,
        same_answers: Option<bool>,
        difference: Option<RecordDifference>,
    ) -> VerificationResult {
        let (now, usable) = (Receipt::of(comparison), self.can_use(norms));
        // the pack's fingerprint covers the formulae: with others it says nothing of the pack
        let rescored = self.scoring != now.scoring;
        let other_pack = !rescored && self.fingerprint != now.fingerprint;
        let of = [
            (same_answers == Some(false), ChangedPart::Answers),
            (rescored, ChangedPart::Scoring),
            (other_pack, ChangedPart::Pack),
            (self.program != now.program, ChangedPart::Program),
            (!usable, ChangedPart::Norms),
        ];
        let mut changed: Vec<ChangedPart> =
            of.iter().filter(|(is, _)| *is).map(|(_, c)| *c).collect();
        if difference.is_some() && changed.is_empty() {
            changed.push(ChangedPart::Record);
        }
        VerificationResult {
            holds: usable && same_answers != Some(false) && difference.is_none(),
            changed,
            difference,
        }
    }
}
