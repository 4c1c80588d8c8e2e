//! The roles in play as a map: by themselves, with one person among them, with the counts of a group.

use crate::pack::model::{Pack, TraitIx};
use crate::pages::closing;
use crate::pages::strengths::strengths;
use crate::results::report::Report;
use crate::results::role_map::{MapPerson, RoleMap};
use crate::scoring::assessment::State;
use crate::scoring::comparison::Comparison;
use crate::write::document::{
    Block, ColumnKind, Document, Map, Row, Table, column, note, prose, words as text,
};
use crate::write::map::{MapDrawing, MapEnds, MapPoint};
use crate::write::terminal_text::fixed;
use crate::write::wording;
use std::fmt::Write as _;

/// What a point is called on pages of the field.
pub(crate) const ROLE: &str = "role";
/// What it is called for the person who answered.
pub(crate) const JOB: &str = "job";
/// What stands for either in a text.
const NAMED: &str = "{role}";

/// What a map is.
const WHAT: &str = "Each dot is a {role}. Those that lie close together ask for much the same. Each side \
                    is named after what stands out there.";
/// Where the person is.
const YOU: &str = "The filled dots are the {role}s that fit you best. You are in the middle of the shaded \
                   patch. Answers never say it exactly: about two times in three, you truly stand \
                   somewhere in the patch.";
/// What the roles of the first group are.
const BEST: &str = "fits you best";
/// What the roles with the highest counts are, and how many these are, equal counts apart.
const MOST: &str = "most people";
const OFTEN: usize = 3;

/// The map of the roles in play as a page.
#[must_use]
pub(crate) fn page(comparison: &Comparison<'_>) -> Document {
    let count = wording::count(comparison.candidates.len(), "role", "roles");
    let mut doc = Document::new("roles", format!("A map of {count}"), wording::FOOT);
    if let Some(family) = comparison.family() {
        let text = format!("Only the roles of the family \"{family}\" are on this map.");
        doc.opening.push(note(text));
    }
    doc.part(
        "map",
        "Where the roles lie",
        or_why_none(comparison.pack, map_blocks(comparison, None, ROLE)),
    );
    closing::credit(comparison.pack.attribution.as_deref(), &mut doc);
    doc
}

/// The map for the person of a report, and what stands out in them.
pub(crate) fn of_person(report: &Report<'_>) -> Document {
    let pack = report.pack();
    let mut doc = Document::new("student", pack.say("result-map"), pack.say("result-foot"));
    let map = map_blocks(report.comparison, Some(report), JOB);
    doc.opening = or_why_none(pack, map);
    let strengths_you = pack.say("result-strengths-you");
    doc.part("strengths", strengths_you, strengths(report));
    doc
}

/// A map, or why there is none.
fn or_why_none(pack: &Pack, map: Vec<Block>) -> Vec<Block> {
    if map.is_empty() {
        return vec![prose(pack.say("map-none"))];
    }
    map
}

/// The map of the roles in play, and how it is read; nothing where there is no map. With a report its
/// person is on it and the roles of the first group stand out, unless nothing was ranked. `name` is what a point
/// is called.
pub(crate) fn map_blocks(
    comparison: &Comparison<'_>,
    report: Option<&Report<'_>>,
    name: &'static str,
) -> Vec<Block> {
    let Some(map) = RoleMap::of(comparison) else {
        return Vec::new();
    };
    let you = report.and_then(|report| map.person(&report.outcome.scores));
    let ranked = report.filter(|report| report.outcome.state != State::Insufficient);
    let points = points(&map, comparison, |at| {
        let ranking = ranked.map(|report| &report.outcome.ranking);
        let ranking = ranking.filter(|ranking| ranking.band.contains(&at));
        let order = ranking.and_then(|ranking| ranking.order.iter().position(|&r| r == at));
        (String::new(), None, order)
    });
    let (pack, for_person) = (comparison.pack, name == JOB);
    let mut blocks = vec![prose(if for_person {
        pack.say("map-what")
    } else {
        WHAT.replace(NAMED, name)
    })];
    if report.is_some() {
        blocks.push(prose(match (you.is_some(), for_person) {
            (false, _) => pack.say("map-not-you"),
            (true, true) => pack.say("map-you"),
            (true, false) => YOU.replace(NAMED, name),
        }));
    }
    let shows = shows(&map, you.is_some(), name);
    blocks.push(drawn(&map, comparison, points, you, ("", name)));
    blocks.push(prose(shows));
    blocks
}

/// The map of the roles in play with a count at each, none where it is withheld; `counted` says what of.
/// The counts are those that the page tells anyway, so the map gives nothing away that they do not.
pub(crate) fn count_map(
    comparison: &Comparison<'_>,
    counts: &[Option<u64>],
    withheld: &str,
    counted: &'static str,
) -> Vec<Block> {
    let Some(map) = RoleMap::of(comparison) else {
        return Vec::new();
    };
    let mut shown: Vec<u64> = counts.iter().flatten().copied().collect();
    shown.sort_unstable();
    let most = shown.last().copied().unwrap_or(0).max(1);
    let named = shown.iter().rev().nth(OFTEN - 1).copied().unwrap_or(0);
    let points = points(&map, comparison, |at| {
        #[expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]
        let share = counts[at].map_or(0.0, |count| count as f64 / most as f64);
        let note = counts[at].map_or_else(|| withheld.to_owned(), |count| count.to_string());
        let often = counts[at].is_some_and(|count| count > 0 && count >= named);
        let larger = counts.iter().filter(|&&other| other > counts[at]).count();
        (note, Some(share), often.then_some(larger))
    });
    let lead = format!(
        "{} Beside each in the list is how many people have it in their first group; where dots \
         differ in size, a larger one is more people. What is withheld ({withheld}) has the smallest dot.",
        WHAT.replace(NAMED, ROLE)
    );
    vec![
        prose(lead),
        drawn(&map, comparison, points, None, (counted, ROLE)),
        prose(shows(&map, false, ROLE)),
    ]
}

/// How much of what tells the roles apart the map shows, and what follows from the rest.
fn shows(map: &RoleMap<'_>, person: bool, name: &str) -> String {
    let and_you = if person {
        format!(", and a {name} that fits you may lie apart from you")
    } else {
        String::new()
    };
    format!(
        "The map shows {} % of what tells these {name}s apart, so two that lie close together may still \
         differ in other ways{and_you}.",
        fixed(100.0 * map.explained(), 0)
    )
}

/// Every role in play as a point; its number is its place in the order of ids. `about` says, for a
/// position in play, what is noted beside the role, how large its dot is, and, if it stands out, its order
/// among those that do.
fn points(
    map: &RoleMap<'_>,
    comparison: &Comparison<'_>,
    about: impl Fn(usize) -> (String, Option<f64>, Option<usize>),
) -> Vec<MapPoint> {
    let point = |at: usize| {
        let (note, share, order) = about(at);
        MapPoint {
            number: at + 1,
            name: comparison.role(at).name.clone(),
            note,
            at: map.points()[at],
            share,
            strong: order.is_some(),
            order: order.unwrap_or(0),
        }
    };
    (0..comparison.candidates.len()).map(point).collect()
}

fn drawn(
    map: &RoleMap<'_>,
    comparison: &Comparison<'_>,
    points: Vec<MapPoint>,
    you: Option<MapPerson>,
    (noted, name): (&'static str, &'static str),
) -> Block {
    let title = format!("A map of {} {name}s", points.len());
    let ends = ends(map, comparison, name);
    let mut alt = format!(
        "{title}. Left: {}. Right: {}. Bottom: {}. Top: {}.",
        ends.left, ends.right, ends.bottom, ends.top
    );
    if let Some(you) = &you {
        let [across, up] = you.at.map(of_100);
        let _ = write!(
            alt,
            " You stand at {across} of 100 from left to right and at {up} of 100 from bottom to top."
        );
    }
    let strong = match (points.iter().any(|point| point.strong), noted) {
        (false, _) => "",
        (true, "") => BEST,
        (true, _) => MOST,
    };
    let drawing = MapDrawing {
        ends,
        points,
        strong,
        you,
    };
    Block::Map(Map {
        title,
        alt,
        table: table(&drawing, noted, name),
        drawing,
    })
}

/// The names of the ends: the traits that load most.
fn ends(map: &RoleMap<'_>, comparison: &Comparison<'_>, name: &str) -> MapEnds {
    let names = |traits: &[TraitIx]| {
        let names: Vec<&str> = traits
            .iter()
            .map(|&k| comparison.pack.traits[k].name.as_str())
            .collect();
        names.join(", ")
    };
    let end = |here: &[TraitIx], there: &[TraitIx]| match (here.is_empty(), there.is_empty()) {
        (false, _) => names(here),
        (true, false) => format!("less of: {}", names(there)),
        (true, true) => format!("nothing more that tells these {name}s apart"),
    };
    let [across, up] = map.axes();
    MapEnds {
        left: end(&across.low, &across.high),
        right: end(&across.high, &across.low),
        bottom: end(&up.low, &up.high),
        top: end(&up.high, &up.low),
    }
}

/// A place from -1 to 1 in steps of which the whole map has 100.
fn of_100(place: f64) -> String {
    fixed(50.0 + 50.0 * place, 0)
}

/// Every place on a map.
fn table(drawing: &MapDrawing, noted: &'static str, name: &'static str) -> Table {
    let place = |at: [f64; 2]| at.map(|place| text(of_100(place)));
    let row = |point: &MapPoint| {
        let mut cells = vec![text(point.number.to_string()), text(&point.name)];
        cells.extend(place(point.at));
        let strong = if point.strong { drawing.strong } else { "" };
        let said = [point.note.as_str(), strong].into_iter();
        let said: Vec<&str> = said.filter(|said| !said.is_empty()).collect();
        cells.push(text(said.join(", ")));
        let mut row = Row::of(cells);
        row.strong = point.strong;
        row
    };
    let mut rows: Vec<Row> = drawing.listed().map(row).collect();
    if let Some(you) = &drawing.you {
        let mut cells = vec![text(""), text("you")];
        cells.extend(place(you.at));
        cells.push(text(""));
        let mut row = Row::of(cells);
        let [long, short] = you.half_axes;
        let [cos, sin] = you.along;
        let reach = |long: f64, short: f64| fixed(50.0 * (long * long + short * short).sqrt(), 0);
        row.about = Some(
            format!(
                "the patch reaches {} to either side and {} up and down",
                reach(long * cos, short * sin),
                reach(long * sin, short * cos)
            )
            .into(),
        );
        rows.insert(0, row);
    }
    Table {
        caption: "Places from 0 to 100: left to right, and bottom to top.".to_owned(),
        columns: vec![
            column("no.", ColumnKind::Figures),
            column(name, ColumnKind::Name),
            column("across", ColumnKind::Figures),
            column("up", ColumnKind::Figures),
            column(noted, ColumnKind::Words),
        ],
        rows,
    }
}
