//! Drawings with axes as inline SVG; colours are the style's. Whoever does not see one hears its
//! words, and its figures stand in a table below it.

use crate::write::document::BoxDrawing;
use std::fmt::Write as _;

/// Size of a drawing, and of the part that data are drawn in.
const WIDE: f64 = 320.0;
const TALL: f64 = 150.0;
const LEFT: f64 = 34.0;
const RIGHT: f64 = 308.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 126.0;
/// Room for half a bar between the ends of the scale and of its axis.
const INSET: f64 = 12.0;
/// Radius of the sign of most people, and of the fewest.
const LARGE: f64 = 6.0;
const SMALL: f64 = 1.5;

/// The drawing; `alt` is ready to stand in an attribute.
pub(crate) fn svg(drawing: &BoxDrawing, alt: &str) -> String {
    let inside = match drawing {
        BoxDrawing::Bars { people, mean, norm } => bars(people, *mean, *norm),
        BoxDrawing::Curve(points) => curve(points),
    };
    format!(
        "<svg viewBox=\"0 0 {WIDE} {TALL}\" role=\"img\" aria-label=\"{alt}\" focusable=\"false\">{inside}</svg>"
    )
}

/// Where a place from 0 to 100 is.
fn across(place: f64) -> f64 {
    LEFT + INSET + (RIGHT - LEFT - 2.0 * INSET) * place / 100.0
}

/// Where a share from 0 to 1 of the height is.
fn up(share: f64) -> f64 {
    BOTTOM - (BOTTOM - TOP) * share
}

/// Both axes, with numbers at the quarters below and at the ends on the left.
fn axes(top: &str) -> String {
    let mut out = format!("<path class=\"axis\" d=\"M{LEFT} {TOP}V{BOTTOM}H{RIGHT}\"/>");
    for place in [0.0, 25.0, 50.0, 75.0, 100.0] {
        let _ = write!(
            out,
            "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{place}</text>",
            across(place),
            BOTTOM + 16.0
        );
    }
    for (text, share) in [("0", 0.0), (top, 1.0)] {
        let _ = write!(
            out,
            "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{text}</text>",
            LEFT - 5.0,
            up(share) + 4.0
        );
    }
    out
}

#[expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]
fn bars(people: &[u64], mean: f64, norm: f64) -> String {
    let most = people.iter().copied().max().unwrap_or(0).max(1);
    let step = 100.0 / people.len().saturating_sub(1).max(1) as f64;
    // the first and the last bar stand on the ends of the scale, and reach over them by half
    let width = ((across(step) - across(0.0)) * 0.8).min(2.0 * INSET);
    let mut out = axes(&most.to_string());
    for (n, &count) in people.iter().enumerate().filter(|(_, count)| **count > 0) {
        let share = count as f64 / most as f64;
        let _ = write!(
            out,
            "<rect class=\"full\" x=\"{:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{:.1}\"/>",
            across(step * n as f64) - width / 2.0,
            up(share),
            BOTTOM - up(share)
        );
    }
    for (class, place) in [("norm", norm), ("mean", mean)] {
        let _ = write!(
            out,
            // light around it, so that it is seen before a bar
            "<path class=\"halo\" d=\"M{0:.1} {TOP}V{BOTTOM}\"/>\
             <path class=\"{class}\" d=\"M{0:.1} {TOP}V{BOTTOM}\"/>",
            across(place)
        );
    }
    out
}

#[expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]
fn curve(points: &[(f64, f64, u64)]) -> String {
    let most = points.iter().map(|point| point.2).max().unwrap_or(0).max(1);
    let mut out = axes("100");
    let mut line = String::new();
    for (n, &(place, value, _)) in points.iter().enumerate() {
        let mark = if n == 0 { 'M' } else { 'L' };
        let _ = write!(line, "{mark}{:.1} {:.1}", across(place), up(value / 100.0));
    }
    let _ = write!(out, "<path class=\"curve\" d=\"{line}\"/>");
    for &(place, value, people) in points {
        // areas are as people
        let radius = (LARGE * (people as f64 / most as f64).sqrt()).max(SMALL);
        let _ = write!(
            out,
            "<circle class=\"you\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"{radius:.1}\"/>",
            across(place),
            up(value / 100.0)
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::svg;
    use crate::write::document::BoxDrawing;

    #[test]
    fn drawings_stay_within_their_frame() {
        let bars = |people: Vec<u64>| BoxDrawing::Bars {
            people,
            mean: 100.0,
            norm: 0.0,
        };
        for drawing in [
            bars(vec![]),
            bars(vec![0]),
            bars(vec![3, 0, 7]),
            bars(vec![u64::MAX; 41]),
            BoxDrawing::Curve(vec![]),
            BoxDrawing::Curve(vec![(0.0, 100.0, 1), (100.0, 0.0, 10_000)]),
        ] {
            let svg = svg(&drawing, "words");
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
            for part in svg.split(['"', ' ', 'M', 'L', 'V', 'H']) {
                if let Ok(number) = part.parse::<f64>() {
                    assert!((0.0..=320.0).contains(&number), "{number} in {svg}");
                }
            }
        }
    }
}
