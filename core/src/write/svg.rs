//! Pictures as inline SVG. Each is as wide as its cell; colours are the style's.

use crate::write::document::Sparkline;
use crate::write::sparkline::WIDEST;
use std::fmt::Write as _;

/// A picture.
pub(crate) fn picture(picture: &Sparkline) -> String {
    let mut out = String::new();
    let _ = match picture {
        Sparkline::Reach(low, high) => write!(
            out,
            "{}{}{}",
            rect("track", 0.0, 100.0),
            rect("full", 0.0, *low),
            rect("error", *low, *high)
        ),
        Sparkline::Dots { you, error, role } => {
            let place = |z: f64| (z / WIDEST).clamp(-1.0, 1.0) * 46.0 + 50.0;
            write!(
                out,
                "{}{}{}{}{}",
                line("axis", 4.0, 96.0),
                tick("middle", 50.0),
                line("whisker", place(you - error), place(you + error)),
                at("role", place(*role), "M0-5 5 0 0 5-5 0z"),
                at("you", place(*you), "M0-4A4 4 0 1 1 0 4 4 4 0 1 1 0-4z"),
            )
        }
        Sparkline::Shift(from, to) => {
            let place = |score: f64| score * 0.92 + 4.0;
            write!(
                out,
                "{}{}{}{}",
                line("axis", 4.0, 96.0),
                line("whisker", place(*from), place(*to)),
                at("role", place(*from), "M0-4A4 4 0 1 1 0 4 4 4 0 1 1 0-4z"),
                at("you", place(*to), "M0-4A4 4 0 1 1 0 4 4 4 0 1 1 0-4z"),
            )
        }
        Sparkline::Columns(heights) => return columns(heights),
        Sparkline::Blank => return out,
    };
    format!("<svg width=\"100%\" height=\"14\" focusable=\"false\">{out}</svg>")
}

fn rect(class: &str, from: f64, to: f64) -> String {
    let width = (to - from).max(0.0);
    format!(
        "<rect class=\"{class}\" x=\"{from:.1}%\" y=\"2\" width=\"{width:.1}%\" height=\"10\"/>"
    )
}

fn line(class: &str, from: f64, to: f64) -> String {
    format!("<line class=\"{class}\" x1=\"{from:.1}%\" x2=\"{to:.1}%\" y1=\"7\" y2=\"7\"/>")
}

fn tick(class: &str, at: f64) -> String {
    format!("<line class=\"{class}\" x1=\"{at:.1}%\" x2=\"{at:.1}%\" y1=\"1\" y2=\"13\"/>")
}

/// A sign at a place: its own drawing, moved, so that it is never stretched.
fn at(class: &str, place: f64, path: &str) -> String {
    format!(
        "<svg class=\"sign\" x=\"{place:.1}%\" y=\"7\"><path class=\"{class}\" d=\"{path}\"/></svg>"
    )
}

/// A histogram; parts that are withheld are dashed.
fn columns(heights: &[Option<f64>]) -> String {
    let most = heights.iter().flatten().fold(0.0_f64, |a, b| a.max(*b));
    let mut out = String::new();
    for (n, height) in (0_u32..).zip(heights) {
        let x = 20 * n;
        let _ = match height {
            Some(height) if *height > 0.0 => {
                let tall = (height / most * 22.0).max(1.0);
                write!(
                    out,
                    "<rect class=\"full\" x=\"{x}\" y=\"{:.1}\" width=\"17\" height=\"{tall:.1}\"/>",
                    23.0 - tall
                )
            }
            Some(_) => Ok(()),
            None => write!(
                out,
                "<rect class=\"withheld\" x=\"{x}.5\" y=\"13.5\" width=\"16\" height=\"9\"/>"
            ),
        };
    }
    format!(
        "<svg width=\"100%\" height=\"24\" viewBox=\"0 0 {} 24\" preserveAspectRatio=\"none\" focusable=\"false\">\
         <path class=\"axis\" d=\"M0 23.5H{0}\"/>{out}</svg>",
        20 * heights.len() - 3
    )
}
