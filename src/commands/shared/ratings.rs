//! Joins ratings of roles with the matches of the people who gave them.

use crate::commands::shared::global_args::GlobalArgs;
use crate::error::{Error, Result};
use crate::input::ratings;
use crate::input::ratings::RatingsReader;
use rolescope_core::psychometrics::RatedRole;
use rolescope_core::text::inert;
use rolescope_core::write::{count, csv_cell};
use rolescope_core::{Comparison, Outcome, State};
use std::collections::BTreeMap;
use std::path::Path;

/// Ratings by the label of their person.
pub(crate) struct RatingsByLabel {
    /// For each person, the rated candidates and whether the rating was positive.
    people: BTreeMap<String, Vec<(usize, bool)>>,
    blank: u64,
    /// Ratings of roles that are not in play.
    elsewhere: usize,
}

/// A person with ratings and answers.
pub(crate) struct RatedPerson {
    label: String,
    /// Ratings of roles with a match; none with too few answers for a ranking.
    rated: Option<Vec<RatedRole>>,
}

/// A label as a table holds it: with a mark where a spreadsheet would run it as a formula.
fn key(label: &str) -> String {
    let mut cell = Vec::new();
    // quotes and line ends are the table's, not the label's
    csv_cell(&mut cell, label.trim_start_matches('\''));
    let marked = cell.starts_with(b"'") || cell.starts_with(b"\"'");
    let mark = if marked { "'" } else { "" };
    format!("{mark}{}", label.trim_start_matches('\'').trim())
}

impl RatingsByLabel {
    /// Reads a file of ratings.
    ///
    /// # Errors
    /// When it cannot be read or has mistakes.
    pub(crate) fn open(path: &Path, comparison: &Comparison<'_>) -> Result<Self> {
        let ids: Vec<&str> = comparison
            .pack()
            .roles()
            .iter()
            .map(rolescope_core::Role::id)
            .collect();
        let RatingsReader { people, blank } = ratings::read(path, &ids)?;
        let mut book = Self {
            people: BTreeMap::new(),
            blank,
            elsewhere: 0,
        };
        for (label, thumbs) in people {
            let mine = book.people.entry(key(&label)).or_default();
            for (role, up) in thumbs {
                match comparison.candidates().iter().position(|&r| r == role) {
                    Some(at) => mine.push((at, up)),
                    None => book.elsewhere += 1,
                }
            }
        }
        Ok(book)
    }

    /// The ratings of a person with these answers; none without any.
    pub(crate) fn found(
        &self,
        label: &str,
        comparison: &Comparison<'_>,
        outcome: &Outcome,
    ) -> Option<RatedPerson> {
        let label = key(label);
        let thumbs = self.people.get(&label)?;
        let ranked = outcome.state() != State::Insufficient;
        Some(RatedPerson {
            rated: ranked.then(|| RatedRole::of_person(comparison, outcome, thumbs)),
            label,
        })
    }

    /// All ratings of each person who is known, with remarks on those that could not be used.
    ///
    /// # Errors
    /// When no rating could be used.
    pub(crate) fn usable(
        &self,
        mut found: Vec<RatedPerson>,
        settings: &GlobalArgs,
    ) -> Result<Vec<Vec<RatedRole>>> {
        found.sort_by(|a, b| a.label.cmp(&b.label));
        let (mut people, mut few, mut known) = (Vec::new(), 0, 0);
        for same in found.chunk_by(|a, b| a.label == b.label) {
            known += 1;
            match same {
                [
                    RatedPerson {
                        rated: Some(rated), ..
                    },
                ] => people.push(rated.clone()),
                [_] => few += 1,
                _ => settings.remark(&format!(
                    "{} stands {} times among the answers; whose ratings these are cannot be told, \
                     so they are left out",
                    inert(&same[0].label),
                    same.len()
                )),
            }
        }
        let tell = |n: usize, one: &str, many: &str| {
            if n > 0 {
                settings.remark(&count(n, one, many));
            }
        };
        let lost = self.people.len() - known;
        tell(
            lost,
            "person with ratings has no answers",
            "people with ratings have no answers",
        );
        tell(
            few,
            "person with ratings has too few answers",
            "people with ratings have too few answers",
        );
        let play = [
            "rating is of a role not compared here",
            "ratings are of roles not compared here",
        ];
        tell(self.elsewhere, play[0], play[1]);
        let blank = usize::try_from(self.blank).unwrap_or(usize::MAX);
        tell(blank, "role was not rated", "roles were not rated");
        if people.iter().all(Vec::is_empty) {
            return Err(Error::failed(
                "no rating could be put beside a match: the ids of ratings must be those of the \
                 answers",
            ));
        }
        Ok(people)
    }
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn a_label_is_the_same_with_and_without_the_mark_of_a_table() {
        for label in ["anna", "=1+1", "-x", "@a,b", "+64 \"x\"", "-3", "O'Neil"] {
            assert_eq!(key(label), key(&format!("'{label}")), "{label}");
        }
        assert_ne!(key("a"), key("b"));
    }
}
