//! How a comparison is put together: every setting is checked before anything is computed.

use crate::pack::model::Pack;
use crate::scoring::comparison::Comparison;
use crate::scoring::norms::Norms;
use crate::text::nearest;
use std::ops::RangeInclusive;

/// Why roles cannot be compared so.
///
/// ```
/// # use rolescope_core::{Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// use rolescope_core::{Comparison, ComparisonError};
///
/// let refused = Comparison::builder(&pack).family("crafts").expect_err("no such family");
/// assert!(matches!(refused, ComparisonError::UnknownFamily { nearest: Some(near), .. } if near == "craft"));
/// ```
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ComparisonError {
    /// No role of the pack is of this family.
    #[error("no family {family:?} in this pack; there are {}{}", .families.join(", "), meant(.nearest.as_ref()))]
    UnknownFamily {
        /// What was asked for.
        family: String,
        /// The families of the pack, sorted.
        families: Vec<String>,
        /// The family most like it, if one is close.
        nearest: Option<String>,
    },
    /// The family has one role, which could only be compared with itself.
    #[error("this family has a single role: there is nothing to compare")]
    SingleRole,
    /// The weight of aptitudes is no number from 0 to 100.
    #[error("the weight of aptitudes is {0}; it is a number from 0 to 100")]
    AptitudeWeight(f64),
}

fn meant(nearest: Option<&String>) -> String {
    nearest.map_or_else(String::new, |near| format!("; did you mean {near}?"))
}

/// Settings of a comparison: without any, all roles of the pack by its own norms.
///
/// ```
/// use rolescope_core::{Comparison, ComparisonError, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
///
/// let comparison = Comparison::builder(&pack).family("craft")?.aptitude_weight(2.0).build()?;
/// assert_eq!(comparison.candidates().len(), 2);
///
/// let refused = Comparison::builder(&pack).aptitude_weight(-1.0).build();
/// assert_eq!(refused.err(), Some(ComparisonError::AptitudeWeight(-1.0)));
/// # Ok::<(), ComparisonError>(())
/// ```
#[derive(Clone, Debug)]
pub struct ComparisonBuilder<'p> {
    pack: &'p Pack,
    family: Option<String>,
    aptitude_weight: f64,
    norms: Option<Norms>,
    program: String,
}

impl<'p> ComparisonBuilder<'p> {
    /// How much aptitudes may count.
    pub const APTITUDE_WEIGHT: RangeInclusive<f64> = 0.0..=100.0;

    /// Compares only the roles of one family.
    ///
    /// # Errors
    /// When no role of the pack is of that family; with the nearest that there is.
    pub fn family(mut self, family: &str) -> Result<Self, ComparisonError> {
        let families = self.pack.families();
        if !families.contains(&family) {
            let near = nearest(family, families.iter().copied());
            return Err(ComparisonError::UnknownFamily {
                family: family.to_owned(),
                nearest: near.map(str::to_owned),
                families: families.into_iter().map(str::to_owned).collect(),
            });
        }
        self.family = Some(family.to_owned());
        Ok(self)
    }

    /// How much aptitudes count beside interests and preferences, 0 to 100; 1 unless a counsellor sets
    /// it.
    #[must_use]
    pub const fn aptitude_weight(mut self, weight: f64) -> Self {
        self.aptitude_weight = weight;
        self
    }

    /// Measured norms in place of those that the pack assumes; a trait that they leave out keeps its
    /// own.
    #[must_use]
    pub fn norms(mut self, norms: Norms) -> Self {
        self.norms = Some(norms);
        self
    }

    /// The version of the program that compares, as receipts state it.
    #[must_use]
    pub fn program(mut self, version: &str) -> Self {
        version.clone_into(&mut self.program);
        self
    }

    /// The comparison.
    ///
    /// # Errors
    /// When the family has a single role, or the weight of aptitudes is out of its range.
    pub fn build(self) -> Result<Comparison<'p>, ComparisonError> {
        if !Self::APTITUDE_WEIGHT.contains(&self.aptitude_weight) {
            return Err(ComparisonError::AptitudeWeight(self.aptitude_weight));
        }
        let mut comparison = Comparison::compared(
            self.pack,
            self.family.as_deref(),
            self.aptitude_weight,
            self.norms,
        );
        if comparison.candidates.len() < 2 {
            return Err(ComparisonError::SingleRole);
        }
        comparison.program = self.program;
        Ok(comparison)
    }
}

impl<'p> Comparison<'p> {
    /// Settings of a comparison of the roles of a pack.
    #[must_use]
    pub const fn builder(pack: &'p Pack) -> ComparisonBuilder<'p> {
        ComparisonBuilder {
            pack,
            family: None,
            aptitude_weight: 1.0,
            norms: None,
            program: String::new(),
        }
    }
}
