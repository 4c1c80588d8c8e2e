//! What ratings say of matches, for people.

use crate::pages::analysis_cells::figures;
use crate::psychometrics::estimate::Auc;
use crate::psychometrics::stated_odds::OddsBin;
use crate::psychometrics::validity::{LikedShare, Validity};
use crate::write::document::{
    Block, Cell, ColumnKind, Row, Sparkline, Table, column, fact, prose, words as text,
};
use crate::write::terminal_text::fixed;
use crate::write::wording::count;

/// The heading.
pub(crate) const TITLE: &str = "Do people like what matches?";

/// A share or area as people write it, with its interval.
pub(crate) fn auc(auc: Option<Auc>) -> String {
    auc.map_or_else(
        || "cannot be computed".to_owned(),
        |auc| match auc.interval {
            Some((low, high)) => format!(
                "{} (95 % interval {} to {})",
                fixed(auc.value, 2),
                fixed(low, 2),
                fixed(high, 2)
            ),
            None => format!("{} (too little for an interval)", fixed(auc.value, 2)),
        },
    )
}

/// What was found.
pub(crate) fn blocks(validity: &Validity) -> Vec<Block> {
    let down = validity.ratings - validity.up;
    let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    vec![
        prose(format!(
            "{} gave {} up and {down} down.",
            count(number(validity.people), "person", "people"),
            count(number(validity.up), "thumb", "thumbs"),
        )),
        fact("AUC within a person", auc(validity.within.auc)),
        prose(format!(
            "The chance that a role which someone gave a thumb up has a higher match for them than \
             one which they gave a thumb down: the mean over {}. 0.5 is what guessing gives, 1 is \
             perfect.",
            count(
                number(validity.within.people),
                "person who gave both",
                "people who gave both"
            )
        )),
        fact("One list for everybody", auc(validity.list.auc)),
        prose(format!(
            "The same within a person with the roles in the order of how many others like them, which asks nobody \
             anything. The match is above it by {}.",
            validity.within_gain.map_or_else(
                || "what cannot be computed".to_owned(),
                |e| {
                    let [value, low, high] = [e.value, e.low, e.high].map(|f| fixed(f, 2));
                    format!("{value} (95 % interval {low} to {high})")
                }
            )
        )),
        fact("AUC within a role", auc(validity.between.auc)),
        prose(format!(
            "The chance that someone who gave a role a thumb up has a higher match with it than someone who gave it a \
             thumb down: the mean over {}. This is what a match promises.",
            count(
                number(validity.between.roles),
                "role with five of each",
                "roles with five of each"
            )
        )),
        fact("AUC over all", auc(validity.auc)),
        prose(
            "The same with the roles of all people put together. Its interval takes the ratings of \
             one person as one cluster."
                .to_owned(),
        ),
        Block::Table(Table {
            caption: "Calibration: of ratings in each tenth of the match, how many of 100 are thumbs \
                      up, with Wilson's 95 % interval (too narrow, for each person rates many \
                      roles). A match is no chance of liking a role; what matters is that the \
                      figures rise."
                .to_owned(),
            columns: vec![
                column("match", ColumnKind::Name),
                column("ratings", ColumnKind::Figures),
                column("up", ColumnKind::Figures),
                column("of 100", ColumnKind::Figures),
                column("interval", ColumnKind::Figures),
                column("", ColumnKind::Pictures),
            ],
            rows: rows(validity),
        }),
        odds(
            &validity.odds,
            "Stated odds: of pairs of a role with a thumb up and one with a thumb down, how often the one stated to fit \
             better was the one with the thumb up, in 100, with Wilson's 95 % interval (too narrow, for each person has \
             many pairs).",
        ),
    ]
}

fn rows(validity: &Validity) -> Vec<Row> {
    let tenths = validity.tenths.iter().map(|tenth| {
        let name = format!("{} to {}", fixed(tenth.from, 0), fixed(tenth.to, 0));
        row(name, &tenth.liked)
    });
    let sides = [
        row("in the first group".to_owned(), &validity.in_band),
        row("all others".to_owned(), &validity.outside),
    ];
    tenths.chain(sides).collect()
}

fn row(name: String, liked: &LikedShare) -> Row {
    let hundred = |share: f64| fixed(100.0 * share, 0);
    let (share, interval, bar) = liked.share.map_or_else(
        || (String::new(), String::new(), Sparkline::Blank),
        |share| {
            (
                hundred(share.value),
                format!("{} to {}", hundred(share.low), hundred(share.high)),
                Sparkline::Reach(100.0 * share.low, 100.0 * share.high),
            )
        },
    );
    Row::of(vec![
        text(name),
        text(liked.ratings.to_string()),
        text(liked.up.to_string()),
        text(share),
        text(interval),
        Cell::Picture(bar),
    ])
}

/// Calibration of stated odds.
pub(crate) fn odds(bins: &[OddsBin], caption: &str) -> Block {
    let hundred = |share: f64| fixed(100.0 * share, 0);
    let rows = bins.iter().map(|bin| {
        let right = bin.right.map_or_else(
            || ["–".to_owned(), String::new()],
            |e| {
                [
                    hundred(e.value),
                    format!("{} to {}", hundred(e.low), hundred(e.high)),
                ]
            },
        );
        let stated = bin.stated.map_or_else(|| "–".to_owned(), hundred);
        let name = format!("{} to {}", hundred(bin.from), hundred(bin.to));
        let [right, interval] = right;
        let cells = [name, bin.pairs.to_string(), stated, right, interval];
        Row::of(cells.into_iter().map(text).collect())
    });
    Block::Table(Table {
        caption: caption.to_owned(),
        columns: vec![
            column("stated", ColumnKind::Name),
            figures("pairs"),
            figures("mean"),
            figures("right"),
            figures("interval"),
        ],
        rows: rows.collect(),
    })
}
