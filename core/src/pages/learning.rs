//! What was learned of levels, for people.

use crate::pages::analysis_cells::figures;
use crate::psychometrics::criterion_study::Gain;
use crate::psychometrics::level_learning::{LearnedLevel, LevelLearning};
use crate::write::document::{
    Block, ColumnKind, Document, Row, Table, column, fact, items, prose, words as text,
};
use crate::write::terminal_text::fixed;
use crate::write::wording::count;

/// Most levels that are shown.
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
        if self.helps() {
            doc.part("levels", "Levels that change most", [self.moves()]);
        }
        doc
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
        let gain = |name: &'static str, gain: Option<Gain>| {
            let value = gain.map_or_else(
                || "cannot be computed: too few people".to_owned(),
                |gain| {
                    let apart = gain.difference;
                    let [value, low, high] =
                        [apart.value, apart.low, apart.high].map(|f| signed(f, 4));
                    format!(
                        "{} before, {} learned: {value} (95 % interval {low} to {high})",
                        fixed(gain.before, 4),
                        fixed(gain.after, 4)
                    )
                },
            );
            fact(name, value)
        };
        let mut blocks = vec![
            prose(
                "Each twentieth of the people is matched by levels learned from all others, so that nobody is judged by \
                 levels that they shaped.",
            ),
            gain("AUC within a role", self.area()),
            gain("Own role among the first three", self.three()),
        ];
        let verdict = if self.helps() {
            "The learned levels help: one gain lies above 0 by its whole interval, and none below it."
        } else {
            "The learned levels do not help beyond chance: no gain lies above 0 by its whole interval, or one lies below it."
        };
        blocks.extend(items(None, [verdict]));
        blocks
    }
}

fn signed(value: f64, decimals: usize) -> String {
    let text = fixed(value, decimals);
    if value > 0.0 && !text.starts_with('-') {
        format!("+{text}")
    } else {
        text
    }
}
