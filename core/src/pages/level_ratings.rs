//! What people who do the work say of its levels and conditions, and what to change.

use crate::pages::analysis_cells::figures;
use crate::psychometrics::level_ratings::{
    Agreement, LevelRatings, ProposedExposure, ProposedLevel, RatedProfile,
};
use crate::write::document::{
    Block, ColumnKind, Document, Row, Table, column, fact, list, prose, words,
};
use crate::write::terminal_text::fixed;
use crate::write::wording::count;

/// Said at the foot of each printed page.
const FOOT: &str = "About levels of roles, never about a person.";

impl LevelRatings<'_> {
    /// For each role that was rated: the ratings beside what the pack states, how far the raters agree, and what they
    /// and the pack together speak for.
    #[must_use]
    pub fn page(&self) -> Document {
        let mut doc = Document::new("levels", "Levels rated by people in the work", FOOT);
        let profiles = self.profiles();
        doc.opening = vec![prose(format!(
            "{} {}: {} rated.",
            self.pack.name,
            self.pack.version,
            count(profiles.len(), "role", "roles")
        ))];
        for profile in &profiles {
            let role = &self.pack.roles[profile.role];
            let mut blocks = vec![agreement(profile.agreement)];
            if !profile.levels.is_empty() {
                blocks.push(self.levels(profile));
            }
            if !profile.exposures.is_empty() {
                blocks.push(self.exposures(profile));
            }
            blocks.push(self.changes(profile));
            doc.part("rated", format!("{} ({})", role.name, role.id), blocks);
        }
        doc.part(
            "how",
            "How it is computed",
            [prose(
                "A proposed level is the mean of the level before and of the ratings, each weighed by one over the square \
                 of how far it may be off: the spread of the level, and the spread of single ratings around their mean \
                 (over all levels here) divided by the root of their number. It is given in steps of half a point, and \
                 proposed from two raters on. An exposure is proposed where more than half of two or more raters say it. \
                 Agreement: intraclass correlation of single ratings and of their mean, ICC(2,1) and ICC(2,k) (Shrout & \
                 Fleiss 1979); below 0.5 is poor, 0.75 good (Koo & Li 2016).",
            )],
        );
        doc
    }

    fn levels(&self, profile: &RatedProfile) -> Block {
        let row = |one: &ProposedLevel| {
            let or = |known: Option<String>| words(known.unwrap_or_else(|| "-".to_owned()));
            Row::of(vec![
                words(&self.pack.traits[one.of].id),
                words(one.raters.to_string()),
                words(fixed(one.mean, 1)),
                or(one.sd.map(|sd| fixed(sd, 1))),
                words(fixed(one.before.0, 1)),
                or(one.after.map(|after| fixed(after.0, 1))),
            ])
        };
        Block::Table(Table {
            caption: "Levels, 0 to 10: how many rated, mean and spread of their ratings; the level before, and the one \
                      that both speak for."
                .to_owned(),
            columns: vec![
                column("level of", ColumnKind::Name),
                figures("raters"),
                figures("mean"),
                figures("spread"),
                figures("before"),
                figures("both"),
            ],
            rows: profile.levels.iter().map(row).collect(),
        })
    }

    fn exposures(&self, profile: &RatedProfile) -> Block {
        let row = |one: &ProposedExposure| {
            let said: Vec<String> = one.ratings.iter().map(u8::to_string).collect();
            Row::of(vec![
                words(self.condition(one.of)),
                words(said.join(" ")),
                words(one.before.to_string()),
                words(
                    one.after
                        .map_or_else(|| "-".to_owned(), |after| after.to_string()),
                ),
            ])
        };
        Block::Table(Table {
            caption: "Conditions, 0 none to 3 constant: the ratings; what the pack states, and what most say.".to_owned(),
            columns: vec![
                column("condition", ColumnKind::Name),
                figures("ratings"),
                figures("before"),
                figures("most"),
            ],
            rows: profile.exposures.iter().map(row).collect(),
        })
    }

    /// The lines of the profile that change, as its file has them.
    fn changes(&self, profile: &RatedProfile) -> Block {
        let level = |one: &ProposedLevel| {
            let (level, spread) = one.after?;
            let rated = format!(
                "rated by {}: mean {}",
                count(one.raters, "person", "people"),
                fixed(one.mean, 1)
            );
            let of = &self.pack.traits[one.of].id;
            (level.to_bits() != one.before.0.to_bits()).then(|| {
                format!(
                    "{of} = {{ level = {}, spread = {}, was = {}, basis = \"{rated}\" }}",
                    fixed(level, 1),
                    fixed(spread, 1),
                    fixed(one.before.0, 1)
                )
            })
        };
        let exposure = |one: &ProposedExposure| {
            let after = one.after.filter(|after| *after != one.before)?;
            Some(format!("{} = {after}", self.condition(one.of)))
        };
        let levels = profile.levels.iter().filter_map(level);
        let lines: Vec<String> = levels
            .chain(profile.exposures.iter().filter_map(exposure))
            .collect();
        let role = &self.pack.roles[profile.role].id;
        if lines.is_empty() {
            let nothing =
                format!("Nothing is to be changed in profiles/{role}.toml by these ratings.");
            return prose(nothing);
        }
        list(Some("To change in the profile:"), lines)
    }

    fn condition(&self, at: usize) -> &str {
        &self.pack.questions[self.pack.conditions[at]].id
    }
}

fn agreement(found: Option<Agreement>) -> Block {
    let text = found.map_or_else(
        || "cannot be told: it takes two raters and three levels that both have rated".to_owned(),
        |found| {
            format!(
                "ICC {} of one rater, {} of the mean of {} ({})",
                fixed(found.one, 2),
                fixed(found.mean, 2),
                found.raters,
                count(found.levels, "level", "levels")
            )
        },
    );
    fact("Agreement", text)
}
