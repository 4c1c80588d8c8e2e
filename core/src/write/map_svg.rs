//! A map as inline SVG: a dot at each point with its number, the names of a few that stand out, one person
//! with an ellipse. Colours are the style's. Labels are moved until they cover neither each other nor a
//! dot; what finds no room stands in the list below.

use crate::results::role_map::MapPerson;
use crate::write::columns::width as columns_of;
use crate::write::map::{MapDrawing, MapPoint};
use crate::write::markup::escape;
use std::fmt::Write as _;

/// Width of a drawing, as on a small telephone, so that letters have their size there.
const WIDE: f64 = 320.0;
/// Least and greatest height.
const TALL: (f64, f64) = (180.0, 330.0);
/// Radius of a dot, of one that stands out, and of the largest where dots show how much there is.
const DOT: f64 = 3.2;
const STRONG: f64 = 4.2;
const LARGE: f64 = 10.0;
/// Points that stand out and are named on the map.
const NAMED: usize = 5;
/// Points that have a label: with more a map is a cloud, and its list says what is what.
const LABELLED: usize = 80;
/// Size of the letters of names and of numbers.
const NAME: f64 = 11.0;
const NUMBER: f64 = 9.0;
/// Width of a letter of a bold face without serifs, as a share of its size: names measured in a browser
/// have .50 to .53.
const LETTER: f64 = 0.53;
/// Longest line of a name, in letters; a longer name takes two.
const LINE: usize = 17;
/// Distances that a label is moved away from its dot until it finds room.
const AWAY: [f64; 6] = [1.5, 6.0, 11.0, 17.0, 24.0, 32.0];
/// From this distance on a line leads from the label to its dot.
const LED: f64 = 5.0;

/// The drawing; `alt` is ready to stand in an attribute.
pub(crate) fn svg(map: &MapDrawing, alt: &str) -> String {
    let scale = Scale::of(map);
    let mut out = scale.axes();
    if let Some(you) = &map.you {
        out.push_str(&scale.ellipse(you));
    }
    let mut room = Room::new(scale.tall);
    for point in &map.points {
        let (x, y) = scale.place(point.at);
        room.take(Area::around(x, y, radius(point)));
    }
    if let Some(you) = &map.you {
        let (x, y) = scale.place(you.at);
        room.take(Area::around(x, y, 6.0));
    }
    // large dots first, so that they cover no small one
    let mut order: Vec<&MapPoint> = map.points.iter().collect();
    order.sort_by(|a, b| {
        let weight = |point: &MapPoint| (point.share.unwrap_or(0.0), !point.strong);
        let ((a, weak_a), (b, weak_b)) = (weight(a), weight(b));
        b.total_cmp(&a).then(weak_b.cmp(&weak_a))
    });
    for point in order {
        let (x, y) = scale.place(point.at);
        let class = match (point.share, point.strong) {
            (Some(share), _) if share > 0.0 => "amount",
            (None, true) => "best",
            _ => "point",
        };
        let _ = write!(
            out,
            "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{:.1}\"><title>{}</title></circle>",
            radius(point),
            escape(&point.name)
        );
    }
    if let Some(you) = &map.you {
        let (x, y) = scale.place(you.at);
        let _ = write!(
            out,
            "<path class=\"here\" d=\"M{x:.1} {:.1}v10m-5-5h10\"/>",
            y - 5.0
        );
        let label = Label::name(&map.words.you);
        out.push_str(
            &room
                .label(&label, (x, y, 6.0), "name you-name")
                .unwrap_or_default(),
        );
    }
    for (at, point) in map.listed().take(LABELLED).enumerate() {
        let (x, y) = scale.place(point.at);
        let dot = (x, y, radius(point));
        let named = point.strong && at < NAMED;
        let name = named.then(|| room.label(&Label::name(&point.name), dot, "name"));
        let label = name.flatten().or_else(|| {
            let class = if point.strong {
                "number best-number"
            } else {
                "number"
            };
            room.label(&Label::number(point.number), dot, class)
        });
        out.push_str(&label.unwrap_or_default());
    }
    format!(
        "<svg viewBox=\"0 0 {WIDE} {:.0}\" role=\"img\" aria-label=\"{alt}\" focusable=\"false\">{out}</svg>",
        scale.tall
    )
}

/// Radius of a dot: areas are as shares.
fn radius(point: &MapPoint) -> f64 {
    let large = |share: f64| (LARGE * share.sqrt()).max(DOT);
    let alike = if point.strong { STRONG } else { DOT };
    point.share.map_or(alike, large)
}

/// From places to pixels; both axes have the same scale, so that near is near in every direction.
struct Scale {
    left: f64,
    top: f64,
    unit: f64,
    tall: f64,
}

impl Scale {
    fn of(map: &MapDrawing) -> Self {
        let frame = map.frame();
        let (across, up) = (frame.across[1] - frame.across[0], frame.up[1] - frame.up[0]);
        let unit = (WIDE / across).min(TALL.1 / up);
        let tall = (up * unit).clamp(TALL.0, TALL.1);
        Self {
            left: frame.across[0] - (WIDE / unit - across) / 2.0,
            top: frame.up[1] + (tall / unit - up) / 2.0,
            unit,
            tall,
        }
    }

    fn place(&self, [x, y]: [f64; 2]) -> (f64, f64) {
        ((x - self.left) * self.unit, (self.top - y) * self.unit)
    }

    /// Lines through the middle of the plane.
    fn axes(&self) -> String {
        let (x, y) = self.place([0.0, 0.0]);
        format!(
            "<path class=\"axis\" d=\"M0 {y:.1}H{WIDE}M{x:.1} 0V{:.0}\"/>",
            self.tall
        )
    }

    /// The ellipse, cut off at the frame: a drawing of its own, which the style clips.
    fn ellipse(&self, you: &MapPerson) -> String {
        let (x, y) = self.place(you.at);
        let [long, short] = you.half_axes.map(|half| half * self.unit);
        let [cos, sin] = you.along;
        // upwards is negative on a screen
        format!(
            "<svg class=\"patch\" width=\"{WIDE}\" height=\"{:.0}\"><ellipse class=\"error\" rx=\"{long:.1}\" \
             ry=\"{short:.1}\" transform=\"matrix({cos:.4} {:.4} {sin:.4} {cos:.4} {x:.1} {y:.1})\"/></svg>",
            self.tall, -sin
        )
    }
}

/// A rectangle.
#[derive(Clone, Copy)]
struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    fn around(x: f64, y: f64, reach: f64) -> Self {
        Self {
            left: x - reach,
            top: y - reach,
            right: x + reach,
            bottom: y + reach,
        }
    }

    /// The place in it that is nearest to another.
    fn nearest(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (
            x.clamp(self.left, self.right),
            y.clamp(self.top, self.bottom),
        )
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// What is written beside a dot.
struct Label {
    lines: Vec<String>,
    size: f64,
    wide: f64,
}

impl Label {
    fn new(lines: Vec<String>, size: f64) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a name has a few dozen letters")]
        let letters = lines.iter().map(|line| columns_of(line)).max().unwrap_or(0) as f64;
        Self {
            lines,
            size,
            wide: letters * size * LETTER,
        }
    }

    fn number(number: usize) -> Self {
        Self::new(vec![number.to_string()], NUMBER)
    }

    /// A name in one line, or in two that are about as long.
    fn name(name: &str) -> Self {
        let long = columns_of(name);
        let spaces = name.match_indices(' ').map(|(at, _)| at);
        let middle = spaces.min_by_key(|&at| (2 * columns_of(&name[..at])).abs_diff(long));
        let lines = match middle {
            Some(at) if long > LINE => vec![name[..at].to_owned(), name[at + 1..].to_owned()],
            _ => vec![name.to_owned()],
        };
        Self::new(lines, NAME)
    }

    #[expect(clippy::cast_precision_loss, reason = "a label has two lines at most")]
    fn tall(&self) -> f64 {
        self.lines.len() as f64 * self.size * 1.1
    }
}

/// Where there still is room for a label.
struct Room {
    taken: Vec<Area>,
    tall: f64,
}

impl Room {
    const fn new(tall: f64) -> Self {
        Self {
            taken: Vec::new(),
            tall,
        }
    }

    fn take(&mut self, area: Area) {
        self.taken.push(area);
    }

    /// A label at the first free place around a dot; none where all are taken.
    fn label(&mut self, label: &Label, dot: (f64, f64, f64), class: &str) -> Option<String> {
        let (away, area) = self.free(label, dot)?;
        self.take(area);
        let mut out = String::new();
        let (x, y, _) = dot;
        if away > LED {
            let near = area.nearest((x, y));
            let _ = write!(
                out,
                "<path class=\"lead\" d=\"M{x:.1} {y:.1}L{:.1} {:.1}\"/>",
                near.0, near.1
            );
        }
        let middle = f64::midpoint(area.left, area.right);
        let mut line = area.top + label.size * 0.9;
        for text in &label.lines {
            let _ = write!(
                out,
                "<text class=\"{class}\" x=\"{middle:.1}\" y=\"{line:.1}\" text-anchor=\"middle\">{}</text>",
                escape(text)
            );
            line += label.size * 1.1;
        }
        Some(out)
    }

    /// Whether a line from a dot to a label crosses nothing else.
    fn leads(&self, (x, y): (f64, f64), label: &Area) -> bool {
        let (to_x, to_y) = label.nearest((x, y));
        let step = |share: f64| Area::around(x + share * (to_x - x), y + share * (to_y - y), 0.5);
        let crosses = |share: f64| {
            let place = step(share);
            let mut others = self.taken.iter().filter(|area| !area.meets(&step(0.0)));
            others.any(|other| other.meets(&place))
        };
        ![0.25, 0.4, 0.55, 0.7, 0.85, 1.0].into_iter().any(crosses)
    }

    fn free(&self, label: &Label, (x, y, radius): (f64, f64, f64)) -> Option<(f64, Area)> {
        const SIDES: [(f64, f64); 12] = [
            (1.0, 0.0),
            (-1.0, 0.0),
            (0.0, -1.0),
            (0.0, 1.0),
            (1.0, -1.0),
            (-1.0, -1.0),
            (1.0, 1.0),
            (-1.0, 1.0),
            (0.6, -1.0),
            (-0.6, -1.0),
            (0.6, 1.0),
            (-0.6, 1.0),
        ];
        let (half_wide, half_tall) = (label.wide / 2.0, label.tall() / 2.0);
        for away in AWAY {
            for (right, down) in SIDES {
                // corners are as far away as sides
                let reach = if right == 0.0 || down == 0.0 {
                    radius + away
                } else {
                    (radius + away) * 0.7
                };
                let at = (x, y);
                let (x, y) = (
                    x + right * (half_wide + reach),
                    y + down * (half_tall + reach),
                );
                let area = Area {
                    left: x - half_wide,
                    top: y - half_tall,
                    right: x + half_wide,
                    bottom: y + half_tall,
                };
                let inside = area.left >= 0.0
                    && area.right <= WIDE
                    && area.top >= 0.0
                    && area.bottom <= self.tall;
                let clear = !self.taken.iter().any(|other| other.meets(&area));
                if inside && clear && (away <= LED || self.leads(at, &area)) {
                    return Some((away, area));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::svg;
    use crate::results::role_map::MapPerson;
    use crate::text::language::Language;
    use crate::write::map::{MapDrawing, MapEnds, MapPoint, MapWords};

    /// Points on a spiral, every fifth of which stands out, so close that labels must move.
    fn map(points: usize, share: Option<f64>) -> MapDrawing {
        let mut at = [0.3, 0.0];
        let point = |number: usize| {
            at = [at[0] * 0.9 - at[1] * 0.4, at[0] * 0.4 + at[1] * 0.9];
            MapPoint {
                number,
                name: format!("A role of a longer name {number}"),
                note: String::new(),
                at,
                share,
                strong: number.is_multiple_of(5),
                order: 0,
            }
        };
        MapDrawing {
            ends: MapEnds::default(),
            points: (1..=points).map(point).collect(),
            strong: String::new(),
            words: MapWords::of(&Language::default()),
            you: Some(MapPerson {
                at: [0.9, -0.9],
                half_axes: [1.5, 0.2],
                along: [0.6, 0.8],
            }),
        }
    }

    /// The figure after each of these marks.
    fn figures(svg: &str, mark: &str) -> Vec<f64> {
        let parts = svg.split(mark).skip(1);
        let figures = parts.map(|part| part.split('"').next().unwrap_or_default());
        figures.map(|f| f.parse().expect("a figure")).collect()
    }

    #[test]
    fn labels_stay_within_the_frame_and_cover_no_other() {
        for (points, share) in [
            (0, None),
            (1, None),
            (40, None),
            (40, Some(1.0)),
            (300, None),
        ] {
            let svg = svg(&map(points, share), "words");
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
            let texts: Vec<&str> = svg.split("<text ").skip(1).collect();
            let mut areas: Vec<[f64; 4]> = Vec::new();
            for text in texts {
                let (x, y) = (figures(text, " x=\"")[0], figures(text, " y=\"")[0]);
                assert!((0.0..=320.0).contains(&x) && (0.0..=330.0).contains(&y));
                let letters = text.split('>').nth(1).and_then(|t| t.split('<').next());
                let letters = u32::try_from(letters.unwrap_or_default().len()).expect("short");
                let size = if text.contains("\"number") { 9.0 } else { 11.0 };
                // a little narrower than reserved, as figures are rounded
                let half = f64::from(letters) * size * 0.52 / 2.0;
                areas.push([x - half, y - 0.8 * size, x + half, y]);
            }
            for (n, a) in areas.iter().enumerate() {
                for b in &areas[n + 1..] {
                    let apart = a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1];
                    assert!(apart, "{a:?} {b:?}");
                }
            }
            assert!(points == 0 || svg.matches("<circle").count() == points);
        }
    }
}
