//! What a map shows, before it has a format: points of a plane, the names of its ends, one person.

use crate::results::role_map::MapPerson;
use crate::text::language::Language;

/// Share of the frame that is left free around the points, on each side.
const MARGIN: f64 = 0.06;
/// Least reach of a frame along an axis.
const LEAST: f64 = 0.4;

/// A map.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MapDrawing {
    /// What lies at each end.
    pub(crate) ends: MapEnds,
    /// Its points, in the order of their numbers.
    pub(crate) points: Vec<MapPoint>,
    /// What points that stand out are, in a few words; empty where none does.
    pub(crate) strong: String,
    /// One person among them.
    pub(crate) you: Option<MapPerson>,
    /// What is written beside it.
    pub(crate) words: MapWords,
}

/// Words around a map.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct MapWords {
    /// The person.
    pub(crate) you: String,
    /// What the person's sign and the patch are; [`MapWords::SIGN`] stands for what the patch is drawn with.
    pub(crate) patch: String,
    /// Before the numbers of points that had no room.
    pub(crate) no_room: String,
    /// The left end.
    pub(crate) left: String,
    /// The right end.
    pub(crate) right: String,
    /// The bottom.
    pub(crate) bottom: String,
    /// The top.
    pub(crate) top: String,
}

impl MapWords {
    /// What stands for a sign that depends on the terminal.
    pub(crate) const SIGN: &str = "{sign}";

    /// The words in a language.
    pub(crate) fn of(language: &Language) -> Self {
        let say = |id: &'static str| language.phrase(id).to_string();
        let patch = language.phrase("map-patch").text("sign", Self::SIGN);
        Self {
            you: say("result-column-you"),
            patch: patch.to_string(),
            no_room: say("map-no-room"),
            left: say("map-left"),
            right: say("map-right"),
            bottom: say("map-bottom"),
            top: say("map-top"),
        }
    }
}

/// What lies at each end of both axes, in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct MapEnds {
    /// On the left.
    pub(crate) left: String,
    /// On the right.
    pub(crate) right: String,
    /// At the bottom.
    pub(crate) bottom: String,
    /// At the top.
    pub(crate) top: String,
}

/// A point.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MapPoint {
    /// Its number on the map, from 1.
    pub(crate) number: usize,
    /// Its name.
    pub(crate) name: String,
    /// More about it, for the list of points.
    pub(crate) note: String,
    /// Where it is, each from -1 to 1.
    pub(crate) at: [f64; 2],
    /// How much there is of it, as a share of the most, 0..=1; none where points are alike.
    pub(crate) share: Option<f64>,
    /// Whether it stands out from the others.
    pub(crate) strong: bool,
    /// Of points that stand out, which is listed, and has its name on the map, before which.
    pub(crate) order: usize,
}

/// The part of the plane that is drawn: from, to, along each axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Frame {
    /// Left and right end.
    pub(crate) across: [f64; 2],
    /// Bottom and top end.
    pub(crate) up: [f64; 2],
}

impl MapDrawing {
    /// The smallest frame around all points, the person and the middle, with a margin.
    pub(crate) fn frame(&self) -> Frame {
        let places = self.points.iter().map(|point| point.at);
        let places = places.chain(self.you.map(|you| you.at));
        let (mut across, mut up) = ([0.0_f64; 2], [0.0_f64; 2]);
        for [x, y] in places {
            across = [across[0].min(x), across[1].max(x)];
            up = [up[0].min(y), up[1].max(y)];
        }
        let widened = |[from, to]: [f64; 2]| {
            let missing = (LEAST - (to - from)).max(0.0) / 2.0;
            let margin = missing + MARGIN * (to - from);
            [from - margin, to + margin]
        };
        Frame {
            across: widened(across),
            up: widened(up),
        }
    }

    /// Points that stand out in their order, then the others by number: as a list of them is read.
    pub(crate) fn listed(&self) -> impl Iterator<Item = &MapPoint> {
        let strong = self.points.iter().filter(|point| point.strong);
        let mut strong: Vec<&MapPoint> = strong.collect();
        strong.sort_by_key(|point| point.order);
        strong
            .into_iter()
            .chain(self.points.iter().filter(|point| !point.strong))
    }
}
