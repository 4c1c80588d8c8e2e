//! Item statistics of each question.

use crate::pack::model::{AnswerFormat, Measure, Question};
use crate::psychometrics::analysis::{
    CurvePoint, ItemStatistics, OptionStatistics, PuzzleStatistics,
};
use crate::psychometrics::answer_tables::AnswerTables;
use crate::psychometrics::covariance::{Covariances, alone};
use crate::psychometrics::estimate::{FEWEST, share};
use crate::psychometrics::item_rules;
use crate::psychometrics::item_rules::PART;
use crate::psychometrics::layout::{AnalysisLayout, LayoutItem};
use crate::psychometrics::moments::covariance;
use crate::scoring::answers::{DONT_KNOW, UNANSWERED};
use crate::scoring::comparison::Comparison;

/// Every question, in the order of asking.
pub(crate) fn items(
    comparison: &Comparison<'_>,
    layout: &AnalysisLayout,
    tables: &AnswerTables,
) -> Vec<ItemStatistics> {
    let questions = comparison.pack.questions.iter().enumerate();
    let mut all: Vec<ItemStatistics> = questions
        .map(|(q, question)| bare(comparison, q, question, tables))
        .collect();
    for (at, scale) in layout.scales.iter().enumerate() {
        let covariances = Covariances::of(layout, at, tables);
        for (i, place) in layout.items[scale.items.clone()].iter().enumerate() {
            let question = &comparison.pack.questions[place.question];
            let item = &mut all[place.question];
            scored(item, question, place, tables);
            if let Some(covariances) = &covariances {
                item.item_rest = covariances.item_rest(i);
                item.alpha_without = covariances.alpha_without(i);
            }
        }
    }
    for item in &mut all {
        item.advice = item_rules::item(item, &comparison.pack.questions[item.question]);
    }
    all
}

/// What holds of any question.
fn bare(
    comparison: &Comparison<'_>,
    q: usize,
    question: &Question,
    tables: &AnswerTables,
) -> ItemStatistics {
    let table = tables.of(q);
    let skipped = table[usize::from(UNANSWERED)];
    let answered = table[usize::from(UNANSWERED) + 1..].iter().sum();
    let choice = question.format() == AnswerFormat::Choice;
    let codes = (1..=question.choices).chain(choice.then_some(DONT_KNOW));
    ItemStatistics {
        question: q,
        id: question.id.clone(),
        of: question
            .trait_ix()
            .map(|k| comparison.pack.traits[k].id.clone()),
        format: match question.format() {
            AnswerFormat::Rating => "rating",
            AnswerFormat::Choice => "choice",
            AnswerFormat::Condition => "condition",
        },
        answered,
        skipped,
        options: codes
            .map(|code| OptionStatistics {
                answer: question.written(code),
                people: table[usize::from(code)],
                share: share(table[usize::from(code)], answered),
                rest: None,
            })
            .collect(),
        mean: None,
        sd: None,
        floor: None,
        ceiling: None,
        item_rest: None,
        alpha_without: None,
        puzzle: None,
        curve: Vec::new(),
        advice: Vec::new(),
    }
}

/// What holds of a scored one.
#[expect(clippy::cast_precision_loss, reason = "rounded once, at the end")]
fn scored(
    item: &mut ItemStatistics,
    question: &Question,
    place: &LayoutItem,
    tables: &AnswerTables,
) {
    let (people, sum, squares) = alone(place, tables);
    let percent = 100.0 * place.worth / question.weight;
    item.mean = (people > 0).then(|| percent * (sum as f64 / people as f64));
    item.sd = covariance(people, sum, sum, squares).map(|v| percent * v.sqrt());
    let table = &tables.curves[place.curve..][..place.places() * place.width];
    for (slot, option) in (1..).zip(&mut item.options) {
        option.rest = mean_rest(place, table, slot);
    }
    item.curve = curve(place, table);
    match question.measure {
        Measure::Rating { reverse, .. } => {
            let mut ends = (item.options.first(), item.options.last());
            if reverse {
                ends = (ends.1, ends.0);
            }
            let of = |end: Option<&OptionStatistics>| end.filter(|_| people > 0).map(|o| o.share);
            (item.floor, item.ceiling) = (of(ends.0), of(ends.1));
        }
        Measure::Choice { answer, .. } if people > 0 => {
            item.puzzle = Some(puzzle(item, question, answer, place, table));
        }
        Measure::Choice { .. } | Measure::Condition(_) => {}
    }
}

fn puzzle(
    item: &ItemStatistics,
    question: &Question,
    answer: u8,
    place: &LayoutItem,
    table: &[u64],
) -> PuzzleStatistics {
    let letters = item.options.iter().zip(1..=question.choices);
    let wrong = letters.filter(|(_, code)| *code != answer);
    // the first of equals
    let pull = wrong.map(|(option, _)| option).fold(None, |best, option| {
        let more = best.is_none_or(|best: &OptionStatistics| option.people > best.people);
        if more { Some(option) } else { best }
    });
    let pull = pull.filter(|option| option.people > 0);
    PuzzleStatistics {
        right: question.written(answer),
        facility: item.options[usize::from(answer) - 1].share,
        discrimination: discrimination(place, table, usize::from(answer)),
        pull: pull.map(|option| option.answer.clone()),
        pull_share: pull.map_or(0.0, |option| option.share),
    }
}

/// What stands at a place of the rest score, percent of the most.
#[expect(clippy::cast_precision_loss, reason = "at most 40")]
fn rest_at(place: &LayoutItem, at: usize) -> f64 {
    match place.places() {
        1 => 0.0,
        n => 100.0 * at as f64 / (n - 1) as f64,
    }
}

#[expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]
fn mean_rest(place: &LayoutItem, table: &[u64], slot: usize) -> Option<f64> {
    let (mut people, mut sum) = (0, 0.0);
    for (at, row) in table.chunks_exact(place.width).enumerate() {
        people += row[slot];
        sum += rest_at(place, at) * row[slot] as f64;
    }
    // without other questions there is no rest
    (people > 0 && place.most_rest > 0).then(|| sum / people as f64)
}

#[expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]
fn curve(place: &LayoutItem, table: &[u64]) -> Vec<CurvePoint> {
    if place.most_rest == 0 {
        return Vec::new();
    }
    let top = (1..place.width).map(|slot| place.points[usize::from(place.code(slot))]);
    let top = f64::from(top.max().unwrap_or(1));
    let mut all = Vec::new();
    for (at, row) in table.chunks_exact(place.width).enumerate() {
        let people: u64 = row.iter().sum();
        if people == 0 {
            continue;
        }
        let mut sum = 0.0;
        for (slot, &n) in row.iter().enumerate().skip(1) {
            sum += f64::from(place.points[usize::from(place.code(slot))]) * n as f64;
        }
        all.push(CurvePoint {
            rest: rest_at(place, at),
            people,
            mean: 100.0 * sum / top / people as f64,
            options: row[1..].to_vec(),
        });
    }
    all
}

/// Right answers in the upper part of people by rest score less those in the lower part. Of people
/// with one rest score who are only partly within, that part counts as all of them do.
#[expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]
fn discrimination(place: &LayoutItem, table: &[u64], right: usize) -> Option<f64> {
    let rows: Vec<(f64, f64)> = table
        .chunks_exact(place.width)
        .map(|row| (row.iter().sum::<u64>() as f64, row[right] as f64))
        .collect();
    let mut people = 0.0;
    for (n, _) in &rows {
        people += n;
    }
    if people < FEWEST as f64 || place.most_rest == 0 {
        return None;
    }
    let wanted = PART * people;
    let share = |rows: &mut dyn Iterator<Item = &(f64, f64)>| {
        let (mut left, mut sum) = (wanted, 0.0);
        for (n, right) in rows.filter(|(n, _)| *n > 0.0) {
            let taken = n.min(left);
            sum += right * taken / n;
            left -= taken;
        }
        sum / wanted
    };
    Some(share(&mut rows.iter().rev()) - share(&mut rows.iter()))
}
