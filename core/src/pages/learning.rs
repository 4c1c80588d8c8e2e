//! What was learned of levels, for people.

use crate::pages::analysis_cells::figures;
use crate::psychometrics::criterion_study::Gain;
use crate::psychometrics::level_learning::{LearnedLevel, LevelLearning};
use crate::psychometrics::question_learning::{LearnedDeviation, PEOPLE};
use crate::psychometrics::role_scores::ROLES;
use crate::write::document::{
    Block, ColumnKind, Document, Row, Table, column, fact, items, prose, words as text,
};
use crate::write::terminal_text::fixed;
use crate::write::wording::count;

/// Most levels, and most deviations, that are shown.
const MOST_SHOWN: usize = 12;

impl LevelLearning<'_> {
    /// The gain for people who were not learned from, whether the levels are worth writing, and how they change.
    #[must_use]
    pub fn page(&self) -> Document {
        let (comparison, pack) = (self.comparison(), self.comparison().pack);
        let people: u64 = self.learned.iter().map(|(_, n)| n).sum();
        let people = usize::try_from(people).unwrap_or(usize::MAX);
        let foot = "About levels of roles, never about a person.";
        let mut doc = Document::new("learning", "Levels learned from people's own roles", foot);
        doc.opening = vec![prose(format!(
            "{} {}: {} of {} learned from, of {} compared.",
            pack.name,
            pack.version,
            count(people, "person", "people"),
            count(self.learned.len(), "role", "roles"),
            comparison.candidates.len(),
        ))];
        doc.part("gain", "What is gained", self.gains());
        doc.part(
            "questions",
            "What single questions add to that",
            self.question_gains(),
        );
        if self.levels_help() {
            doc.part("levels", "Levels that change most", [self.moves()]);
        }
        if self.questions_help() {
            doc.part(
                "deviations",
                "Questions that deviate most",
                [self.deviating()],
            );
        }
        doc
    }

    /// What deviations of single questions gain on top of levels, and whether they are worth writing.
    fn question_gains(&self) -> Vec<Block> {
        if self.question_roles < ROLES {
            let roles = count(self.question_roles, "role has", "roles have");
            return vec![prose(format!(
                "Not learned: {roles} {PEOPLE} people. It takes {ROLES} such roles."
            ))];
        }
        let Some([area, three]) = self.questions() else {
            return vec![prose(
                "Not learned: beside the level of their trait, people of different roles answer single questions no more \
                 differently than by chance.",
            )];
        };
        let beside = if self.levels_help() {
            "learned levels"
        } else {
            "the levels before"
        };
        let mut blocks = vec![
            prose(format!(
                "Deviations of single questions from the level of their trait, of the {} with {PEOPLE} people or more, on \
                 top of {beside} and judged in the same way.",
                count(self.question_roles, "role", "roles")
            )),
            gained("AUC within a role", area),
            gained("Own role among the first three", three),
        ];
        let verdict = if self.questions_help() {
            "The deviations help: one gain lies above 0 by its whole interval, and none below it. They are kept."
        } else {
            "The deviations do not help beyond chance: no gain lies above 0 by its whole interval, or one lies below it. \
             They are left out."
        };
        blocks.extend(items([verdict]));
        blocks
    }

    fn deviating(&self) -> Block {
        let pack = self.comparison().pack;
        let mut all: Vec<&LearnedDeviation> = self.deviations.iter().flatten().collect();
        let moved = |one: &LearnedDeviation| (one.points - one.old).abs();
        all.sort_by(|a, b| moved(b).total_cmp(&moved(a)));
        let row = |learned: &&LearnedDeviation| {
            let (role, question) = (
                &pack.roles[learned.role].id,
                &pack.questions[learned.question].id,
            );
            Row::of(vec![
                text(format!("{role} {question}")),
                text(learned.people.to_string()),
                text(fixed(learned.old, 1)),
                text(fixed(learned.mean, 1)),
                text(fixed(learned.points, 2)),
            ])
        };
        Block::Table(Table {
            caption: format!(
                "Points on the scale of levels: before; what these people alone say; learned from both. {} change; the \
                 files of the pack have all of them.",
                count(all.len(), "deviation", "deviations")
            ),
            columns: vec![
                column("deviation of", ColumnKind::Name),
                figures("people"),
                figures("before"),
                figures("theirs"),
                figures("learned"),
            ],
            rows: all.iter().take(MOST_SHOWN).map(row).collect(),
        })
    }

    fn moves(&self) -> Block {
        let pack = self.comparison().pack;
        let mut all: Vec<&LearnedLevel> = self.levels.iter().collect();
        let moved = |level: &LearnedLevel| (level.level - level.old).abs();
        all.sort_by(|a, b| moved(b).total_cmp(&moved(a)));
        let row = |learned: &&LearnedLevel| {
            let (role, of) = (
                &pack.roles[learned.role].id,
                &pack.traits[learned.trait_ix].id,
            );
            Row::of(vec![
                text(format!("{role} {of}")),
                text(learned.people.to_string()),
                text(fixed(learned.old, 1)),
                text(fixed(learned.mean, 1)),
                text(fixed(learned.level, 2)),
                text(fixed(learned.spread, 2)),
            ])
        };
        Block::Table(Table {
            caption: format!(
                "The level before; what these people alone say; the level learned from both, with its standard error. \
                 {} change; the files of the pack have all of them.",
                count(all.len(), "level", "levels")
            ),
            columns: vec![
                column("level of", ColumnKind::Name),
                figures("people"),
                figures("before"),
                figures("theirs"),
                figures("learned"),
                figures("error"),
            ],
            rows: all.iter().take(MOST_SHOWN).map(row).collect(),
        })
    }

    fn gains(&self) -> Vec<Block> {
        let mut blocks = vec![
            prose(
                "Each twentieth of the people is matched by levels learned from all others, so that nobody is judged by \
                 levels that they shaped.",
            ),
            gained("AUC within a role", self.area()),
            gained("Own role among the first three", self.three()),
        ];
        let verdict = if self.levels_help() {
            "The learned levels help: one gain lies above 0 by its whole interval, and none below it."
        } else {
            "The learned levels do not help beyond chance: no gain lies above 0 by its whole interval, or one lies below it."
        };
        blocks.extend(items([verdict]));
        blocks
    }
}

/// A figure before and after, and what it gains.
fn gained(name: &'static str, gain: Option<Gain>) -> Block {
    let value = gain.map_or_else(
        || "cannot be computed: too few people".to_owned(),
        |gain| {
            let apart = gain.difference;
            let [value, low, high] = [apart.value, apart.low, apart.high].map(|f| signed(f, 4));
            format!(
                "{} before, {} learned: {value} (95 % interval {low} to {high})",
                fixed(gain.before, 4),
                fixed(gain.after, 4)
            )
        },
    );
    fact(name, value)
}

fn signed(value: f64, decimals: usize) -> String {
    let text = fixed(value, decimals);
    if value > 0.0 && !text.starts_with('-') {
        format!("+{text}")
    } else {
        text
    }
}
