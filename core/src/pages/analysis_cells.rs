//! Cells of the tables of an analysis: figures with fixed decimals, estimates with their intervals.

use crate::psychometrics::estimate::Estimate;
use crate::write::document::{Cell, Column, ColumnKind, column, words as text};
use crate::write::terminal_text::fixed;

/// A figure, or that there is none.
pub(crate) fn figure(figure: Option<f64>, decimals: usize) -> Cell {
    text(figure.map_or_else(|| "–".to_owned(), |f| fixed(f, decimals)))
}

/// An estimate with its interval, or that there is none.
pub(crate) fn estimate(estimate: Option<Estimate>) -> Cell {
    text(estimate.map_or_else(
        || "–".to_owned(),
        |e| {
            let [value, low, high] = [e.value, e.low, e.high].map(|f| fixed(f, 2));
            format!("{value} ({low} to {high})")
        },
    ))
}

/// A column of figures.
pub(crate) fn figures(name: &str) -> Column {
    column(name, ColumnKind::Figures)
}
