//! Two sittings of one person, side by side.

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
    fn day(&self) -> &str {
        self.when
            .map_or("on a day not noted", |when| when.get(..10).unwrap_or(when))
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
    let title = format!("Then and now: {}", wording::label(new.id));
    let mut doc = Document::new("retest", title, wording::FOOT);
    doc.opening = opening(comparison, &old, &new);
    let (moved, stayed): (Vec<TraitMove>, Vec<TraitMove>) =
        retest.traits.iter().partition(|t| t.is_sure());
    doc.part(
        "moved",
        "What moved",
        moved_blocks(comparison, retest, &moved),
    );
    if !stayed.is_empty() {
        let caption = "Differences within the error: these may be the same as before.".to_owned();
        let table = Block::Table(traits(comparison, &stayed, caption));
        doc.part("stayed", "What did not", vec![table]);
    }
    if !retest.once.is_empty() {
        let names = retest
            .once
            .iter()
            .map(|&k| comparison.pack.traits[k].name.clone());
        doc.part("once", "Answered only once", vec![list(None, names)]);
    }
    doc.part(
        "group",
        "The first group, then and now",
        group(comparison, retest),
    );
    closing::figures(comparison, &mut doc);
    closing::rests(closing::RESTS, None, comparison, &mut doc);
    doc
}

fn opening(comparison: &Comparison<'_>, old: &Sitting<'_>, new: &Sitting<'_>) -> Vec<Block> {
    let mut blocks = vec![prose(format!(
        "Then: {}. Now: {}. Both are scored with \"{}\", version {}, and compared with the {}.",
        old.day(),
        new.day(),
        comparison.pack.name,
        comparison.pack.version,
        wording::norms(&Receipt::of(comparison))
    ))];
    blocks.extend(wording::few(comparison.measured.as_ref()).map(note));
    if old.person != new.person {
        blocks.push(note(format!(
            "Nothing says that \"{}\" and \"{}\" are sittings of one person: make sure that they are."
,
            wording::label(old.id),
            wording::label(new.id)
        )));
    }
    if old.same && new.same {
        blocks.push(note(
            "Both sittings have the same answers to every question: one may be a copy of the other.".to_owned(),
        ));
    } else if let (Some(before), Some(after)) = (old.when, new.when)
        && before.get(..10) == after.get(..10)
    {
        blocks.push(note(
            "Both sittings were on one day: what stayed the same may have been remembered."
                .to_owned(),
        ));
    } else if old.when.is_none() || new.when.is_none() {
        blocks.push(note(
            "One of the two has no date, so they stand in the order in which they were named."
                .to_owned(),
        ));
    }
    for (name, sitting) in [("then", old), ("now", new)] {
        if let Some(version) = sitting.other_pack {
            blocks.push(note(format!(
                "The answers of {name} were given to version {version} of a pack whose scoring was \
                 another. They are scored anew here, so the figures differ from those shown at \
                 that time."
            )));
        }
    }
    blocks
}

fn moved_blocks(comparison: &Comparison<'_>, retest: &Retest, moved: &[TraitMove]) -> Vec<Block> {
    let all = retest.traits.len();
    let mut blocks = vec![prose(format!(
        "{} of {all} moved by more than {SURE} standard errors of the difference (the reliable \
         change of Jacobson and Truax, 1991). Chance alone moves one in twenty.",
        wording::count(moved.len(), "trait", "traits"),
    ))];
    if !moved.is_empty() {
        let caption = "The change with its standard error.".to_owned();
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
            column("trait", ColumnKind::Name),
            column("then", ColumnKind::Figures),
            column("now", ColumnKind::Figures),
            column("change", ColumnKind::Figures),
            column("", ColumnKind::Pictures),
        ],
        rows: moves.iter().map(row).collect(),
    }
}

fn group(comparison: &Comparison<'_>, retest: &Retest) -> Vec<Block> {
    if retest.roles.is_empty() {
        return vec![prose("Neither sitting has a ranking.".to_owned())];
    }
    let changed = retest
        .roles
        .iter()
        .filter(|r| r.in_band[0] != r.in_band[1])
        .count();
    let came = match changed {
        0 => "The same roles stand in the first group.".to_owned(),
        n => format!("{} came or went.", wording::count(n, "role", "roles")),
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
        blocks.push(prose(
            "The signed figures are what a trait added to the change of a match on its standard \
             normal scale; over all traits they add up to it. A role can also come or go because \
             the first one moved."
                .to_owned(),
        ));
    }
    blocks
}

fn roles(comparison: &Comparison<'_>, retest: &Retest) -> Table {
    let row = |r: &RoleMove| {
        let rank = |at: usize| r.ranks[at].map_or_else(|| "-".to_owned(), |rank| rank.to_string());
        let matched =
            |at: usize| r.fits[at].map_or_else(|| "-".to_owned(), |f| wording::matched(&f));
        let word = match r.in_band {
            [true, true] => "stayed",
            [false, _] => "came",
            [true, false] => "went",
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
        caption: "Roles that were or are in the first group; those of now are set in bold."
            .to_owned(),
        columns: vec![
            column("role", ColumnKind::Name),
            column("", ColumnKind::Words),
            column("rank", ColumnKind::Figures),
            column("match", ColumnKind::Figures),
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
            || "answered only once".to_owned(),
            |t| {
                format!(
                    "your score was {} and is {}",
                    fixed(t.from, 0),
                    fixed(t.to, 0)
                )
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
            format!("{name} ({}): {score}", wording::signed(part, 2)),
        )
    };
    let parts: Vec<(ListMark, String)> = parts.map(say).collect();
    let [Some(then), Some(now)] = role.fits else {
        return None;
    };
    (!parts.is_empty()).then(|| {
        let title = format!(
            "{}: {} on that scale",
            comparison.role(role.at).name,
            wording::signed(now.z - then.z, 2)
        );
        Card::new(title, vec![marks(parts)])
    })
}
