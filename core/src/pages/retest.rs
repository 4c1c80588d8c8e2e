//! Two sittings of one person, side by side.

use crate::pack::model::Pack;
use crate::pages::closing;
use crate::results::contradictions::SURE;
use crate::results::report::Receipt;
use crate::results::retest::{Retest, RoleMove, TraitMove};
use crate::scoring::comparison::Comparison;
use crate::write::document::{
    Block, Card, Cell, ColumnKind, Document, ListMark, Row, Sparkline, Table, column, list, marks,
    note, prose, words as text,
};
use crate::write::terminal_text::fixed;
use crate::write::wording;

/// Traits named for the change of a role.
const REASONS: usize = 3;

/// One sitting, as a page names it.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// # let outcome = comparison.assess(&answers);
/// use rolescope_core::pages::Sitting;
///
/// let sitting = |when| Sitting {
///     id: "anna", person: "anna", when: Some(when), same: false, other_pack: None,
/// };
/// let retest = comparison.retest(&outcome, &outcome);
/// let page = retest.page(&comparison, [sitting("2026-03-02"), sitting("2026-11-27")]);
/// assert_eq!(page.title(), "Then and now: anna");
/// ```
#[derive(Clone, Debug)]
pub struct Sitting<'a> {
    /// Who.
    pub id: &'a str,
    /// The label of the person's first sitting: the same of sittings that are known to be one person's.
    pub person: &'a str,
    /// When, as the answer file says.
    pub when: Option<&'a str>,
    /// Whether the other sitting has the same answers.
    pub same: bool,
    /// The version of the pack answered, where its scoring content was another.
    pub other_pack: Option<&'a str>,
}

impl Sitting<'_> {
    /// The day, without the time.
    fn day(&self, pack: &Pack) -> String {
        self.when.map_or_else(
            || pack.say("retest-no-day"),
            |when| when.get(..10).unwrap_or(when).to_owned(),
        )
    }
}

/// Two results of one person, the older first: traits that moved, in standard errors, and roles that came
/// into the band or left it.
#[must_use]
pub(crate) fn doc(
    comparison: &Comparison<'_>,
    retest: &Retest,
    [old, new]: [Sitting<'_>; 2],
) -> Document {
    let title = comparison
        .pack
        .phrase("retest-title")
        .text("name", wording::label(new.id))
        .to_string();
    let mut doc = Document::new("retest", title, comparison.say("result-foot"));
    doc.opening = opening(comparison, &old, &new);
    let (moved, stayed): (Vec<TraitMove>, Vec<TraitMove>) =
        retest.traits.iter().partition(|t| t.is_sure());
    doc.part(
        "moved",
        comparison.say("retest-moved"),
        moved_blocks(comparison, retest, &moved),
    );
    if !stayed.is_empty() {
        let caption = comparison.say("retest-within");
        let table = Block::Table(traits(comparison, &stayed, caption));
        doc.part("stayed", comparison.say("retest-stayed"), vec![table]);
    }
    if !retest.once.is_empty() {
        let names = retest
            .once
            .iter()
            .map(|&k| comparison.pack.traits[k].name.clone());
        doc.part("once", comparison.say("retest-once"), vec![list(names)]);
    }
    doc.part(
        "group",
        comparison.say("retest-group"),
        group(comparison, retest),
    );
    closing::figures(comparison, &mut doc);
    closing::rests(comparison.say("page-rests"), None, comparison, &mut doc);
    doc
}

fn opening(comparison: &Comparison<'_>, old: &Sitting<'_>, new: &Sitting<'_>) -> Vec<Block> {
    let pack = comparison.pack;
    let mut blocks = vec![prose(
        pack.phrase("retest-about")
            .text("then", old.day(pack))
            .text("now", new.day(pack))
            .text("pack", &pack.name)
            .text("version", &pack.version)
            .text("norms", wording::norms(pack, &Receipt::of(comparison)))
            .to_string(),
    )];
    blocks.extend(wording::few(pack, comparison.measured.as_ref()).map(note));
    if old.person != new.person {
        blocks.push(note(
            comparison
                .pack
                .phrase("retest-two-people")
                .text("first", wording::label(old.id))
                .text("second", wording::label(new.id))
                .to_string(),
        ));
    }
    if old.same && new.same {
        blocks.push(note(comparison.say("retest-copy")));
    } else if let (Some(before), Some(after)) = (old.when, new.when)
        && before.get(..10) == after.get(..10)
    {
        blocks.push(note(comparison.say("retest-one-day")));
    } else if old.when.is_none() || new.when.is_none() {
        blocks.push(note(comparison.say("retest-no-date")));
    }
    for (name, sitting) in [("retest-then", old), ("retest-now", new)] {
        if let Some(version) = sitting.other_pack {
            blocks.push(note(
                comparison
                    .pack
                    .phrase("retest-other-pack")
                    .text("name", pack.say(name))
                    .text("version", version)
                    .to_string(),
            ));
        }
    }
    blocks
}

fn moved_blocks(comparison: &Comparison<'_>, retest: &Retest, moved: &[TraitMove]) -> Vec<Block> {
    let all = retest.traits.len();
    let mut blocks = vec![prose(
        comparison
            .pack
            .phrase("retest-moved-count")
            .number("count", moved.len())
            .number("all", all)
            .text("sure", SURE.to_string())
            .to_string(),
    )];
    if !moved.is_empty() {
        let caption = comparison.say("retest-moved-caption");
        blocks.push(Block::Table(traits(comparison, moved, caption)));
    }
    blocks
}

fn traits(comparison: &Comparison<'_>, moves: &[TraitMove], caption: String) -> Table {
    let row = |m: &TraitMove| {
        Row::of(vec![
            text(&comparison.pack.traits[m.of].name),
            text(fixed(m.from, 0)),
            text(fixed(m.to, 0)),
            text(format!(
                "{} ± {:<2}",
                wording::signed(m.to - m.from, 0),
                fixed(m.error, 0)
            )),
            Cell::Picture(Sparkline::Shift(m.from, m.to)),
        ])
    };
    Table {
        caption,
        columns: vec![
            column(comparison.say("column-trait"), ColumnKind::Name),
            column(comparison.say("retest-then"), ColumnKind::Figures),
            column(comparison.say("retest-now"), ColumnKind::Figures),
            column(comparison.say("retest-change"), ColumnKind::Figures),
            column("", ColumnKind::Pictures),
        ],
        rows: moves.iter().map(row).collect(),
    }
}

fn group(comparison: &Comparison<'_>, retest: &Retest) -> Vec<Block> {
    if retest.roles.is_empty() {
        return vec![prose(comparison.say("retest-no-ranking"))];
    }
    let changed = retest
        .roles
        .iter()
        .filter(|r| r.in_band[0] != r.in_band[1])
        .count();
    let came = match changed {
        0 => comparison.say("retest-same-roles"),
        n => comparison
            .pack
            .phrase("retest-came-or-went")
            .number("count", n)
            .to_string(),
    };
    // where nothing came or went, the change of the roles that stayed
    let told = retest
        .roles
        .iter()
        .filter(|r| changed == 0 || r.in_band[0] != r.in_band[1]);
    let cards: Vec<Card> = told.filter_map(|r| why(comparison, retest, r)).collect();
    let mut blocks = vec![prose(came), Block::Table(roles(comparison, retest))];
    if !cards.is_empty() {
        blocks.push(Block::Cards(cards));
        blocks.push(prose(comparison.say("retest-signed")));
    }
    blocks
}

fn roles(comparison: &Comparison<'_>, retest: &Retest) -> Table {
    let row = |r: &RoleMove| {
        let rank = |at: usize| r.ranks[at].map_or_else(|| "-".to_owned(), |rank| rank.to_string());
        let matched = |at: usize| {
            r.fits[at].map_or_else(|| "-".to_owned(), |f| wording::matched(comparison.pack, &f))
        };
        let word = match r.in_band {
            [true, true] => comparison.say("retest-role-stayed"),
            [false, _] => comparison.say("retest-role-came"),
            [true, false] => comparison.say("retest-role-went"),
        };
        let shift = match r.fits {
            [Some(then), Some(now)] => Sparkline::Shift(then.matched(), now.matched()),
            _ => Sparkline::Blank,
        };
        let mut row = Row::of(vec![
            text(&comparison.role(r.at).name),
            text(word),
            text(format!("{} → {}", rank(0), rank(1))),
            text(format!("{} → {}", matched(0), matched(1))),
            Cell::Picture(shift),
        ]);
        row.strong = r.in_band[1];
        row
    };
    Table {
        caption: comparison.say("retest-roles-caption"),
        columns: vec![
            column(comparison.say("column-role"), ColumnKind::Name),
            column("", ColumnKind::Words),
            column(comparison.say("column-rank"), ColumnKind::Figures),
            column(comparison.say("column-match"), ColumnKind::Figures),
            column("", ColumnKind::Pictures),
        ],
        rows: retest.roles.iter().map(row).collect(),
    }
}

/// What made a role's match another.
fn why(comparison: &Comparison<'_>, retest: &Retest, role: &RoleMove) -> Option<Card> {
    let parts = role
        .parts
        .iter()
        .filter(|(_, part)| part.abs() >= 0.005)
        .take(REASONS);
    let say = |&(k, part): &(usize, f64)| {
        let moved = retest.traits.iter().find(|t| t.of == k);
        let score = moved.map_or_else(
            || comparison.say("retest-trait-once"),
            |t| {
                comparison
                    .pack
                    .phrase("retest-trait-score")
                    .text("from", fixed(t.from, 0))
                    .text("to", fixed(t.to, 0))
                    .to_string()
            },
        );
        let mark = if part > 0.0 {
            ListMark::For
        } else {
            ListMark::Against
        };
        let name = &comparison.pack.traits[k].name;
        (
            mark,
            comparison
                .pack
                .phrase("retest-trait")
                .text("name", name)
                .text("change", wording::signed(part, 2))
                .text("score", score)
                .to_string(),
        )
    };
    let parts: Vec<(ListMark, String)> = parts.map(say).collect();
    let [Some(then), Some(now)] = role.fits else {
        return None;
    };
    (!parts.is_empty()).then(|| {
        let title = comparison
            .pack
            .phrase("retest-role")
            .text("role", &comparison.role(role.at).name)
            .text("change", wording::signed(now.z - then.z, 2))
            .to_string();
        Card::new(title, vec![marks(&comparison.pack.language, parts)])
    })
}
