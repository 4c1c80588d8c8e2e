//! The questions of a trait with their drawings: scores, figures of each question, and its curve.

use crate::pack::model::Pack;
use crate::pages::analysis_cells::{figure, figures};
use crate::psychometrics::analysis::{Analysis, ItemStatistics, ScaleStatistics};
use crate::scoring::comparison::Comparison;
use crate::write::document::{
    Block, BoxDrawing, Card, Cell, ColumnKind, Plot, Row, Sparkline, Table, column, detail,
    minor_column, words as text,
};
use crate::write::terminal_text::fixed;
use crate::write::wording::count;

/// Places that a curve needs.
const FEWEST: usize = 3;

/// What is shown of a trait.
pub(crate) fn of_trait(
    comparison: &Comparison<'_>,
    analysis: &Analysis,
    scale: &ScaleStatistics,
) -> Vec<Block> {
    let of = &comparison.pack.traits[scale.trait_ix];
    let items: Vec<&ItemStatistics> = of.items.iter().map(|&q| &analysis.items[q]).collect();
    let mut blocks: Vec<Block> = histogram(comparison, scale)
        .map(Block::Plot)
        .into_iter()
        .collect();
    blocks.push(Block::Table(table(comparison, &items)));
    let cards: Vec<Card> = items
        .iter()
        .filter(|item| item.curve.len() >= FEWEST)
        .map(|item| {
            let text = &comparison.pack.questions[item.question].text;
            Card::new(text, vec![Block::Plot(curve(comparison.pack, item))])
        })
        .collect();
    if !cards.is_empty() {
        blocks.push(detail("Curves of its questions", vec![Block::Cards(cards)]));
    }
    blocks
}

fn people(n: u64) -> String {
    count(usize::try_from(n).unwrap_or(usize::MAX), "person", "people")
}

/// How scores are spread; none without scores.
fn histogram(comparison: &Comparison<'_>, scale: &ScaleStatistics) -> Option<Plot> {
    let (mean, bars) = (scale.mean?, &scale.histogram.bars);
    let (most, &tallest) = bars.iter().enumerate().rev().max_by_key(|(_, n)| **n)?;
    let norm = comparison.norms[scale.trait_ix].mean;
    let at = |bar: usize| fixed(scale.histogram.score(bar), 0);
    let sd = scale.sd.map_or_else(String::new, |sd| {
        format!(" and standard deviation {}", fixed(sd, 0))
    });
    let (low, high) = (bars.first().copied(), bars.last().copied());
    let title = format!(
        "Scores of {} from 0 to 100. The line is their mean, the dashed line that of the norm.",
        people(scale.people)
    );
    let rows = bars.iter().enumerate().filter(|(_, n)| **n > 0);
    Some(Plot {
        alt: format!(
            "Histogram of the scores of {}: mean {}{sd}, norm {}; most at {} ({}); {} at 0, {} at \
             100.",
            people(scale.people),
            fixed(mean, 0),
            fixed(norm, 0),
            at(most),
            people(tallest),
            low.unwrap_or(0),
            high.unwrap_or(0),
        ),
        figures: figures_of(comparison.pack, &title),
        title,
        drawing: BoxDrawing::Bars {
            people: bars.clone(),
            mean,
            norm,
        },
        table: Table {
            caption: String::new(),
            columns: vec![column("score", ColumnKind::Name), figures("people")],
            rows: rows
                .map(|(bar, n)| Row::of(vec![text(at(bar)), text(n.to_string())]))
                .collect(),
        },
    })
}

/// What the figures of a drawing are called, and of which drawing they are.
fn figures_of(pack: &Pack, title: &str) -> [String; 2] {
    let of = pack.phrase("plot-figures-of").text("title", title);
    [pack.say("plot-figures"), of.to_string()]
}

/// How the answers to a question go with those to the trait's others.
fn curve(pack: &Pack, item: &ItemStatistics) -> Plot {
    let what = if item.puzzle.is_some() {
        "right of 100"
    } else {
        "mean answer"
    };
    let ends = item.curve.first().zip(item.curve.last());
    let said = ends.map_or_else(String::new, |(first, last)| {
        format!(
            " from {} at {} to {} at {}",
            fixed(first.mean, 0),
            fixed(first.rest, 0),
            fixed(last.mean, 0),
            fixed(last.rest, 0)
        )
    });
    let whole = item.curve.iter().map(|point| point.people).sum();
    let rest = item.item_rest.map_or_else(String::new, |r| {
        format!("; item-rest correlation {}", fixed(r, 2))
    });
    let title = format!(
        "{}: {}, by the score of the trait's other questions",
        item.id,
        if item.puzzle.is_some() {
            "how many of 100 are right"
        } else {
            "mean answer"
        }
    );
    Plot {
        figures: figures_of(pack, &title),
        title,
        alt: format!(
            "Curve over {}:{said} of the other questions' score{rest}.",
            people(whole)
        ),
        drawing: BoxDrawing::Curve(
            item.curve
                .iter()
                .map(|point| (point.rest, point.mean, point.people))
                .collect(),
        ),
        table: Table {
            caption: String::new(),
            columns: vec![
                column("others' score", ColumnKind::Name),
                figures("people"),
                figures(what),
            ],
            rows: item
                .curve
                .iter()
                .map(|point| {
                    Row::of(vec![
                        text(fixed(point.rest, 0)),
                        text(point.people.to_string()),
                        text(fixed(point.mean, 0)),
                    ])
                })
                .collect(),
        },
    }
}

/// Shares of all answers in percent, the right option marked.
fn shares(item: &ItemStatistics) -> String {
    let right = item.puzzle.as_ref().map(|p| p.right.as_str());
    let shares = item.options.iter().map(|option| {
        let percent = fixed(100.0 * option.share, 0);
        match right {
            Some(right) if right == option.answer => format!("{}* {percent}", option.answer),
            Some(_) => format!("{} {percent}", option.answer),
            None => percent,
        }
    });
    shares.collect::<Vec<_>>().join(", ")
}

fn picture(item: &ItemStatistics) -> Cell {
    let shares = item.options.iter().map(|option| Some(option.share));
    Cell::Picture(Sparkline::Columns(shares.collect()))
}

fn table(comparison: &Comparison<'_>, items: &[&ItemStatistics]) -> Table {
    let puzzles = items.iter().any(|item| item.puzzle.is_some());
    let [first, second] = if puzzles {
        ["right", "dis"]
    } else {
        ["mean", "sd"]
    };
    let row = |item: &&ItemStatistics| {
        let (one, other) = match &item.puzzle {
            Some(puzzle) => (
                figure(Some(100.0 * puzzle.facility), 0),
                figure(puzzle.discrimination, 2),
            ),
            None => (figure(item.mean, 0), figure(item.sd, 0)),
        };
        let cells = vec![
            text(&item.id),
            text(item.answered.to_string()),
            one,
            other,
            figure(item.item_rest, 2),
            figure(item.alpha_without, 2),
            text(shares(item)),
            picture(item),
        ];
        Row {
            about: Some((&comparison.pack.questions[item.question].text).into()),
            ..Row::of(cells)
        }
    };
    let caption = if puzzles {
        "How many of 100 are right, and the discrimination; rest: correlation with the trait's other \
         questions; alpha: without the question; then how many of 100 took each option, * the right \
         one."
    } else {
        "Mean and standard deviation of answers from 0 to 100 towards the trait; rest: correlation \
         with the trait's other questions; alpha: without the question; then how many of 100 gave \
         each answer, the lowest label first."
    };
    Table {
        caption: caption.to_owned(),
        columns: vec![
            column("question", ColumnKind::Name),
            figures("answered"),
            figures(first),
            figures(second),
            figures("rest"),
            figures("alpha"),
            minor_column("of 100", ColumnKind::Words),
            column("", ColumnKind::Pictures),
        ],
        rows: items.iter().map(row).collect(),
    }
}

/// Answers to what is not scored.
pub(crate) fn conditions(comparison: &Comparison<'_>, analysis: &Analysis) -> Vec<Block> {
    let rows: Vec<Row> = analysis
        .items
        .iter()
        .filter(|item| item.of.is_none())
        .map(|item| {
            let cells = vec![
                text(&item.id),
                text(item.answered.to_string()),
                text(shares(item)),
                picture(item),
            ];
            Row {
                about: Some((&comparison.pack.questions[item.question].text).into()),
                ..Row::of(cells)
            }
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![Block::Table(Table {
        caption: "How many of 100 call each condition fine, fine now and then, or not for them."
            .to_owned(),
        columns: vec![
            column("condition", ColumnKind::Name),
            figures("answered"),
            column("of 100", ColumnKind::Words),
            column("", ColumnKind::Pictures),
        ],
        rows,
    })]
}
