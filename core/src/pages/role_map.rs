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
use crate::write::map::{MapDrawing, MapEnds, MapPoint, MapWords};
use crate::write::terminal_text::fixed;

/// What a point is called on pages of the field: messages choose by it.
pub(crate) const ROLE: &str = "role";
/// What it is called for the person who answered.
pub(crate) const JOB: &str = "job";
/// How many roles with the highest counts stand out, equal counts apart.
const OFTEN: usize = 3;

/// The map of the roles in play as a page.
#[must_use]
pub(crate) fn page(comparison: &Comparison<'_>) -> Document {
    let pack = comparison.pack;
    let title = pack
        .phrase("map-of-roles")
        .number("count", comparison.candidates.len());
    let mut doc = Document::new("roles", title.to_string(), pack.say("result-foot"));
    if let Some(family) = comparison.family() {
        let text = pack.phrase("map-family").text("family", family);
        doc.opening.push(note(text.to_string()));
    }
    doc.part(
        "map",
        pack.say("map-title"),
        or_why_none(pack, map_blocks(comparison, None, ROLE)),
    );
    closing::credit(&pack.language, pack.attribution.as_deref(), &mut doc);
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
    let pack = comparison.pack;
    let what = pack.phrase("map-what").text("point", name);
    let mut blocks = vec![prose(what.to_string())];
    if report.is_some() {
        blocks.push(prose(if you.is_some() {
            pack.phrase("map-you").text("point", name).to_string()
        } else {
            pack.say("map-not-you")
        }));
    }
    let shows = shows(&map, pack, you.is_some(), name);
    blocks.push(drawn(&map, comparison, points, you, (false, name)));
    blocks.push(prose(shows));
    blocks
}

/// The map of the roles in play with a count of people at each, none where it is withheld. The counts are those that the page tells anyway, so the map gives nothing away that they do not.
pub(crate) fn count_map(
    comparison: &Comparison<'_>,
    counts: &[Option<u64>],
    withheld: &str,
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
    let pack = comparison.pack;
    let what = pack.phrase("map-what").text("point", ROLE);
    let counts = pack.phrase("map-counts").text("withheld", withheld);
    vec![
        prose(format!("{what} {counts}")),
        drawn(&map, comparison, points, None, (true, ROLE)),
        prose(shows(&map, pack, false, ROLE)),
    ]
}

/// How much of what tells the roles apart the map shows, and what follows from the rest.
fn shows(map: &RoleMap<'_>, pack: &Pack, person: bool, name: &'static str) -> String {
    let shows = pack.phrase("map-shows").text("point", name);
    let shows = shows.text("share", fixed(100.0 * map.explained(), 0));
    shows.when("you", person).to_string()
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
    (counted, name): (bool, &'static str),
) -> Block {
    let pack = comparison.pack;
    let title = pack.phrase("map-of").text("point", name);
    let title = title.number("count", points.len()).to_string();
    let ends = ends(map, comparison, name);
    let mut alt = pack
        .phrase("map-alt")
        .text("title", &title)
        .text("left", &ends.left)
        .text("right", &ends.right)
        .text("bottom", &ends.bottom)
        .text("top", &ends.top)
        .to_string();
    if let Some(you) = &you {
        let [across, up] = you.at.map(of_100);
        let stands = pack.phrase("map-alt-you").text("across", across);
        alt = format!("{alt} {}", stands.text("up", up));
    }
    let strong = match (points.iter().any(|point| point.strong), counted) {
        (false, _) => String::new(),
        (true, false) => pack.say("map-best"),
        (true, true) => pack.say("map-most"),
    };
    let drawing = MapDrawing {
        ends,
        points,
        strong,
        you,
        words: MapWords::of(&pack.language),
    };
    let of = pack
        .phrase("map-places-of")
        .text("title", &title)
        .to_string();
    Block::Map(Box::new(Map {
        alt,
        places: [pack.say("map-places"), of],
        table: table(&drawing, pack, counted, name),
        title,
        drawing,
    }))
}

/// The names of the ends: the traits that load most.
fn ends(map: &RoleMap<'_>, comparison: &Comparison<'_>, name: &'static str) -> MapEnds {
    let pack = comparison.pack;
    let names = |traits: &[TraitIx]| {
        let names: Vec<&str> = traits
            .iter()
            .map(|&k| pack.traits[k].name.as_str())
            .collect();
        names.join(", ")
    };
    let end = |here: &[TraitIx], there: &[TraitIx]| match (here.is_empty(), there.is_empty()) {
        (false, _) => names(here),
        (true, false) => {
            let less = pack.phrase("map-less-of");
            less.text("traits", names(there)).to_string()
        }
        (true, true) => pack
            .phrase("map-nothing-more")
            .text("point", name)
            .to_string(),
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
fn table(drawing: &MapDrawing, pack: &Pack, counted: bool, name: &'static str) -> Table {
    let place = |at: [f64; 2]| at.map(|place| text(of_100(place)));
    let row = |point: &MapPoint| {
        let mut cells = vec![text(point.number.to_string()), text(&point.name)];
        cells.extend(place(point.at));
        let strong = if point.strong {
            drawing.strong.as_str()
        } else {
            ""
        };
        let said = [point.note.as_str(), strong].into_iter();
        let said: Vec<&str> = said.filter(|said| !said.is_empty()).collect();
        cells.push(text(said.join(", ")));
        let mut row = Row::of(cells);
        row.strong = point.strong;
        row
    };
    let mut rows: Vec<Row> = drawing.listed().map(row).collect();
    if let Some(you) = &drawing.you {
        let mut cells = vec![text(""), text(&drawing.words.you)];
        cells.extend(place(you.at));
        cells.push(text(""));
        let mut row = Row::of(cells);
        let [long, short] = you.half_axes;
        let [cos, sin] = you.along;
        let reach = |long: f64, short: f64| fixed(50.0 * (long * long + short * short).sqrt(), 0);
        let about = pack.phrase("map-patch-reaches");
        let about = about.text("across", reach(long * cos, short * sin));
        let about = about.text("up", reach(long * sin, short * cos));
        row.about = Some(about.to_string().into());
        rows.insert(0, row);
    }
    let called = if name == JOB {
        "result-column-job"
    } else {
        "column-role"
    };
    let noted = counted.then(|| pack.say("column-people"));
    let noted = noted.unwrap_or_default();
    Table {
        caption: pack.say("map-places-caption"),
        columns: vec![
            column(pack.say("map-column-number"), ColumnKind::Figures),
            column(pack.say(called), ColumnKind::Name),
            column(pack.say("map-column-across"), ColumnKind::Figures),
            column(pack.say("map-column-up"), ColumnKind::Figures),
            column(noted, ColumnKind::Words),
        ],
        rows,
    }
}
