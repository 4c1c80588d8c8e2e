//! What people who do the work say of its levels and conditions, and what to change.

use crate::pack::model::Pack;
use crate::pages::analysis_cells::figures;
use crate::psychometrics::level_ratings::{
    Agreement, LevelRatings, ProposedExposure, ProposedLevel, RatedProfile,
};
use crate::write::document::{
    Block, ColumnKind, Document, Row, Table, column, fact, list_after, prose, words,
};
use crate::write::terminal_text::fixed;
use crate::write::wording::count;

impl LevelRatings<'_> {
    /// For each role that was rated: the ratings beside what the pack states, how far the raters agree, and what they
    /// and the pack together speak for.
    #[must_use]
    pub fn page(&self) -> Document {
        let pack = self.pack;
        let foot = pack.say("levels-foot");
        let mut doc = Document::new("levels", pack.say("levels-title"), foot);
        let profiles = self.profiles();
        doc.opening = vec![prose(
            pack.phrase("levels-about")
                .text("pack", &pack.name)
                .text("version", &pack.version)
                .number("count", profiles.len())
                .to_string(),
        )];
        for profile in &profiles {
            let role = &self.pack.roles[profile.role];
            let mut blocks = vec![agreement(pack, profile.agreement)];
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
            self.pack.say("levels-how"),
            [prose(pack.say("levels-how-text"))],
        );
        doc.in_language_of(pack)
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
            caption: self.pack.say("levels-caption"),
            columns: vec![
                column(self.pack.say("levels-column-of"), ColumnKind::Name),
                figures(&self.pack.say("levels-column-raters")),
                figures(&self.pack.say("column-mean")),
                figures(&self.pack.say("levels-column-spread")),
                figures(&self.pack.say("levels-column-before")),
                figures(&self.pack.say("levels-column-both")),
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
            caption: self.pack.say("levels-conditions-caption"),
            columns: vec![
                column(self.pack.say("column-condition"), ColumnKind::Name),
                figures(&self.pack.say("levels-column-ratings")),
                figures(&self.pack.say("levels-column-before")),
                figures(&self.pack.say("levels-column-most")),
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
            let nothing = self
                .pack
                .phrase("levels-nothing")
                .text("role", role)
                .to_string();
            return prose(nothing);
        }
        list_after(self.pack.say("levels-changes"), lines)
    }

    fn condition(&self, at: usize) -> &str {
        &self.pack.questions[self.pack.conditions[at]].id
    }
}

fn agreement(pack: &Pack, found: Option<Agreement>) -> Block {
    let text = found.map_or_else(
        || pack.say("levels-agreement-none"),
        |found| {
            pack.phrase("levels-agreement-is")
                .text("one", fixed(found.one, 2))
                .text("mean", fixed(found.mean, 2))
                .number("raters", found.raters)
                .number("count", found.levels)
                .to_string()
        },
    );
    fact(pack.say("levels-agreement"), text)
}
