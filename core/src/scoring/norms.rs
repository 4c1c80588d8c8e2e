//! Norms measured on real people, in place of those that a pack assumes (scoring, section 2).

use crate::pack::fingerprint;
use crate::scoring::norm::Norm;
use crate::text::unprintable;
use std::fmt::Write as _;

/// Norms of fewer people than this are said to be few wherever they are named.
pub(crate) const ENOUGH: u32 = 100;
/// Norms can be estimated from so many people.
pub(crate) const FEWEST: u32 = 5;
/// A name may have this many characters.
pub(crate) const LONGEST_NAME: usize = 200;

/// The norm of one trait.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TraitNorm {
    /// Id of the trait.
    pub(crate) id: String,
    /// Its figures.
    pub(crate) norm: Norm,
}

/// Why figures are no norm.
///
/// ```
/// use rolescope_core::{Norm, NormError, Norms};
///
/// let norm = Norm { mean: 61.0, sd: 18.0, reliability: 0.4 };
/// let refused = Norms::new("One school", 1, [("making", norm)]);
/// assert_eq!(refused, Err(NormError::People(1)));
/// ```
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NormError {
    /// The name is empty, long or cannot be shown.
    #[error("a name has 1 to {LONGEST_NAME} characters in one line, all of which can be shown")]
    Name,
    /// Too few people.
    #[error("norms need at least 2 people; these are of {0}")]
    People(u32),
    /// Too few people to estimate norms from.
    #[error(
        "{id}: {people} answered its questions, and norms need at least {FEWEST} people who answered all"
    )]
    TooFew {
        /// Id of the trait.
        id: String,
        /// How many.
        people: u32,
    },
    /// Correlations that are none, or not one for each pair of traits.
    #[error("a correlation is a number from -1 to 1, one for each pair of traits: {0} of them")]
    Correlations(usize),
    /// No trait at all.
    #[error("no trait has a norm")]
    Nothing,
    /// A trait twice.
    #[error("{0} has two norms")]
    Twice(String),
    /// Alpha is not defined: fewer than two questions, or answers that do not vary.
    #[error("{0}: its reliability is not known")]
    NoReliability(String),
    /// Alpha is 0 or less: the questions of the trait do not go together.
    #[error("{0}: alpha is {1:.2}, so its questions do not measure one thing")]
    Unreliable(String, f64),
    /// Alpha is 1 or more: the questions of the trait are one question asked again.
    #[error("{0}: alpha is {1:.2}, as if its questions were a single one")]
    Certain(String, f64),
    /// A figure out of its range.
    #[error("{id}: the {figure} is {found}; it is {right}")]
    Range {
        /// Id of the trait.
        id: String,
        /// Which figure.
        figure: &'static str,
        /// What it is.
        found: f64,
        /// What it may be.
        right: &'static str,
    },
}

impl Norm {
    /// Mean, standard deviation and reliability, in this order: the name of each and what it may be. Scores
    /// from 0 to 100 can have no standard deviation of more than 50.
    pub const FIGURES: [(&'static str, &'static str); 3] = [
        ("mean", "a number from 0 to 100"),
        ("sd", "a number above 0, at most 50"),
        ("reliability", "a number between 0 and 1, neither of them"),
    ];

    /// Whether a figure may be what was found, by its name in [`Norm::FIGURES`]; one of another name may not.
    ///
    /// ```
    /// use rolescope_core::Norm;
    ///
    /// assert!(Norm::may_be("mean", 100.0) && !Norm::may_be("mean", 101.0));
    /// ```
    #[must_use]
    pub fn may_be(figure: &str, found: f64) -> bool {
        match figure {
            "mean" => (0.0..=100.0).contains(&found),
            "sd" => found > 0.0 && found <= 50.0,
            "reliability" => found > 0.0 && found < 1.0,
            _ => false,
        }
    }
}

impl TraitNorm {
    /// A norm of these figures.
    ///
    /// # Errors
    /// When one is out of its range.
    pub(crate) fn new(id: &str, norm: Norm) -> Result<Self, NormError> {
        let figures = [norm.mean, norm.sd, norm.reliability];
        for ((figure, right), found) in Norm::FIGURES.into_iter().zip(figures) {
            if !Norm::may_be(figure, found) {
                return Err(NormError::Range {
                    id: id.to_owned(),
                    figure,
                    found,
                    right,
                });
            }
        }
        Ok(Self {
            id: id.to_owned(),
            norm,
        })
    }

    /// The norm that statistics of a scale give: `mean` and `sd` of its raw scores, 0..=100, as
    /// observed, its coefficient alpha where that is defined, and its `length`, the sum of its
    /// questions' weights (their number, where all weigh 1).
    ///
    /// The true-score standard deviation is the observed one times the root of the reliability
    /// (Lord & Novick 1968, section 3.4), here estimated by alpha. The reliability of one question
    /// is Spearman-Brown turned round: alpha / (n - (n - 1) alpha).
    ///
    /// # Errors
    /// When alpha is not defined, 0 or less, 1 or more, or a figure is out of its range. Nothing is
    /// put right silently.
    pub(crate) fn measured(
        id: &str,
        mean: f64,
        sd: f64,
        alpha: Option<f64>,
        length: f64,
    ) -> Result<Self, NormError> {
        let Some(alpha) = alpha.filter(|a| a.is_finite()) else {
            return Err(NormError::NoReliability(id.to_owned()));
        };
        if alpha <= 0.0 {
            return Err(NormError::Unreliable(id.to_owned(), alpha));
        }
        if alpha >= 1.0 {
            return Err(NormError::Certain(id.to_owned(), alpha));
        }
        let norm = Norm {
            mean,
            sd: sd * alpha.sqrt(),
            reliability: alpha / (length - (length - 1.0) * alpha),
        };
        Self::new(id, norm)
    }
}

/// Norms of one group of people; valid by construction.
///
/// ```
/// # use rolescope_core::{Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// use rolescope_core::{Comparison, Norm, Norms};
///
/// let making = Norm { mean: 61.0, sd: 18.0, reliability: 0.4 };
/// let norms = Norms::new("One school", 240, [("making", making)])?;
/// let comparison = Comparison::builder(&pack).norms(norms).build().expect("two roles");
/// assert_eq!(comparison.norms()[0].mean, 61.0);
/// assert_eq!(comparison.norms()[1].mean, 50.0); // as the pack assumes
/// # Ok::<(), rolescope_core::NormError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Norms {
    name: String,
    people: u32,
    traits: Vec<TraitNorm>,
    fingerprint: String,
    mixed: bool,
    correlations: Vec<f64>,
    language: Option<String>,
}

impl Norms {
    /// Norms of fewer people than this are said to be few wherever they are named.
    pub const ENOUGH: u32 = ENOUGH;
    /// Norms can be estimated from so many people.
    pub const FEWEST: u32 = FEWEST;
    /// A name may have this many characters.
    pub const LONGEST_NAME: usize = LONGEST_NAME;

    /// Norms with a name, measured on so many people: the id of each trait and its figures.
    ///
    /// # Errors
    /// When a figure is out of its range ([`Norm::FIGURES`]), the name cannot be shown, there are fewer than 2
    /// people, no trait, or one twice.
    pub fn new<'a>(
        name: &str,
        people: u32,
        traits: impl IntoIterator<Item = (&'a str, Norm)>,
    ) -> Result<Self, NormError> {
        let traits = traits.into_iter();
        let traits = traits.map(|(id, norm)| TraitNorm::new(id, norm));
        Self::of_traits(name, people, traits.collect::<Result<_, _>>()?)
    }

    /// The same of norms whose figures are in their ranges.
    pub(crate) fn of_traits(
        name: &str,
        people: u32,
        traits: Vec<TraitNorm>,
    ) -> Result<Self, NormError> {
        let name = name.trim();
        if !(1..=LONGEST_NAME).contains(&name.chars().count()) || name.chars().any(unprintable) {
            return Err(NormError::Name);
        }
        if people < 2 {
            return Err(NormError::People(people));
        }
        let mut ids: Vec<&str> = traits.iter().map(|t| t.id.as_str()).collect();
        ids.sort_unstable();
        if let Some(pair) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(NormError::Twice(pair[0].to_owned()));
        }
        if ids.is_empty() {
            return Err(NormError::Nothing);
        }
        Ok(Self {
            name: name.to_owned(),
            people,
            fingerprint: fingerprint_of(&traits),
            traits,
            mixed: false,
            correlations: Vec::new(),
            language: None,
        })
    }

    /// The same norms, of people who are stated to be mixed and not of one kind.
    #[must_use]
    pub const fn of_mixed_people(mut self) -> Self {
        self.mixed = true;
        self
    }

    /// The same norms with the correlations of true scores: of each trait with those before it, in the order
    /// of [`Norms::traits`].
    ///
    /// # Errors
    /// When there is not one for each pair of traits, or one is not from -1 to 1.
    pub fn with_correlations(mut self, correlations: Vec<f64>) -> Result<Self, NormError> {
        let pairs = self.traits.len() * (self.traits.len() - 1) / 2;
        let right = correlations.iter().all(|r| (-1.0..=1.0).contains(r));
        if !right || correlations.len() != pairs {
            return Err(NormError::Correlations(pairs));
        }
        self.correlations = correlations;
        Ok(self)
    }

    /// The same norms, of people who were asked in the language of this tag. Questions that were put into another
    /// language may be answered otherwise, so that norms hold for one language.
    ///
    /// ```
    /// # use rolescope_core::{Norm, Norms};
    /// # let making = Norm { mean: 61.0, sd: 18.0, reliability: 0.4 };
    /// let norms = Norms::new("One school", 240, [("making", making)])?.asked_in("cy");
    /// assert_eq!(norms.language(), Some("cy"));
    /// # Ok::<(), rolescope_core::NormError>(())
    /// ```
    #[must_use]
    pub fn asked_in(mut self, tag: impl Into<String>) -> Self {
        self.language = Some(tag.into());
        self
    }

    /// The language that the people were asked in, by its tag, where that is known.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// Whether the people are stated to be mixed and not of one kind.
    #[must_use]
    pub const fn mixed(&self) -> bool {
        self.mixed
    }

    /// Correlations of true scores, -1..=1: of each trait with those before it, in the order of
    /// [`Norms::traits`]; empty where they are not known.
    #[must_use]
    pub fn correlations(&self) -> &[f64] {
        &self.correlations
    }

    /// The correlation of the true scores of two traits: 1 of a trait with itself, 0 where it is not known.
    #[must_use]
    pub(crate) fn correlation(&self, one: &str, other: &str) -> f64 {
        let place = |id: &str| self.traits.iter().position(|t| t.id == id);
        let (Some(a), Some(b)) = (place(one), place(other)) else {
            return f64::from(one == other);
        };
        let (row, column) = (a.max(b), a.min(b));
        if row == column {
            return 1.0;
        }
        let at = row * (row - 1) / 2 + column;
        self.correlations.get(at).copied().unwrap_or(0.0)
    }

    /// What the norms are called: one line.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// On how many people they were measured, 2 or more.
    #[must_use]
    pub const fn people(&self) -> u32 {
        self.people
    }

    /// Whether that is too few to rest on: below [`Norms::ENOUGH`].
    #[must_use]
    pub const fn few(&self) -> bool {
        self.people < ENOUGH
    }

    /// The id of each trait and its figures, none twice.
    pub fn traits(&self) -> impl Iterator<Item = (&str, Norm)> {
        self.traits.iter().map(|t| (t.id.as_str(), t.norm))
    }

    /// The figures of a trait.
    #[must_use]
    pub fn of(&self, id: &str) -> Option<Norm> {
        let mut traits = self.traits.iter();
        traits.find(|t| t.id == id).map(|t| t.norm)
    }

    /// `sha256:...` over the figures that results depend on: neither the name, the order of traits nor the
    /// correlations change it.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

fn fingerprint_of(traits: &[TraitNorm]) -> String {
    let mut sorted: Vec<&TraitNorm> = traits.iter().collect();
    sorted.sort_by(|a, b| a.id.cmp(&b.id));
    let mut lines = String::new();
    for t in sorted {
        let Norm {
            mean,
            sd,
            reliability,
        } = t.norm;
        // `{:?}` prints the shortest digits that read back as the same number; adding 0 takes the
        // sign off a zero
        let mean = mean + 0.0;
        let _ = writeln!(lines, "norm {} {mean:?} {sd:?} {reliability:?}", t.id);
    }
    fingerprint::hex(lines.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::{Norm, NormError, Norms, TraitNorm};

    #[test]
    fn a_scale_gives_a_norm() {
        // alpha .75 of 4 questions: one has .75 / (4 - 3 * .75) = 3/7
        let t = TraitNorm::measured("a", 58.0, 20.0, Some(0.75), 4.0).expect("a norm");
        assert!((t.norm.reliability - 3.0 / 7.0).abs() < 1e-12);
        assert!((t.norm.sd - 20.0 * 0.75_f64.sqrt()).abs() < 1e-12);
        // and four such questions have alpha again, as scoring computes it
        let information = 4.0 * t.norm.reliability / (1.0 - t.norm.reliability);
        assert!((information / (1.0 + information) - 0.75).abs() < 1e-12);
    }

    #[test]
    fn what_is_no_norm_is_refused_with_its_reason() {
        let measured = |mean, sd, alpha| TraitNorm::measured("a", mean, sd, alpha, 4.0);
        for (alpha, why) in [
            (None, NormError::NoReliability("a".to_owned())),
            (Some(f64::NAN), NormError::NoReliability("a".to_owned())),
            (Some(0.0), NormError::Unreliable("a".to_owned(), 0.0)),
            (Some(-0.3), NormError::Unreliable("a".to_owned(), -0.3)),
            (Some(1.0), NormError::Certain("a".to_owned(), 1.0)),
        ] {
            assert_eq!(measured(50.0, 20.0, alpha), Err(why));
        }
        let range = |mean, sd| match measured(mean, sd, Some(0.5)) {
            Err(NormError::Range { figure, .. }) => figure,
            other => panic!("{other:?}"),
        };
        assert_eq!(range(100.5, 20.0), "mean");
        assert_eq!(range(f64::NAN, 20.0), "mean");
        assert_eq!(range(50.0, 0.0), "sd");
        assert_eq!(range(50.0, 90.0), "sd");
    }

    #[test]
    fn norms_have_a_name_people_and_each_trait_once() {
        let norm = Norm {
            mean: 50.0,
            sd: 20.0,
            reliability: 0.4,
        };
        let new = |name: &str, people, ids: &[&'static str]| {
            Norms::new(name, people, ids.iter().map(|&id| (id, norm)))
        };
        for name in ["", " ", "a\nb", "a\u{1b}[31m", &"x".repeat(201)] {
            assert_eq!(new(name, 240, &["a"]), Err(NormError::Name), "{name:?}");
        }
        assert_eq!(new("x", 1, &["a"]), Err(NormError::People(1)));
        assert_eq!(new("x", 2, &[]), Err(NormError::Nothing));
        let twice = Err(NormError::Twice("a".to_owned()));
        assert_eq!(new("x", 2, &["a", "b", "a"]), twice);
        let (one, other) = (new(" x ", 99, &["a", "b"]), new("y", 100, &["b", "a"]));
        let (one, other) = (one.expect("norms"), other.expect("norms"));
        assert_eq!(one.name(), "x");
        assert_eq!(one.fingerprint(), other.fingerprint());
        assert!(one.few() && !other.few());
        let less = new("x", 99, &["a"]).expect("norms");
        assert_ne!(one.fingerprint(), less.fingerprint());
    }
}
