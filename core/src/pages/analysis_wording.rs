//! What every format says of an analysis in the same words.

use crate::pages::analysis_advice;
use crate::psychometrics::advice::Weakness;
use crate::psychometrics::analysis::{Analysis, GroupComparison, GroupStatistics};
use crate::psychometrics::dif::{COMPLETE, DifClass, ItemDif};
use crate::psychometrics::estimate::{COMPARED, Estimate};
use crate::text::first;
use crate::write::terminal_text::fixed;

/// Said where people are counted more than once.
pub(crate) const AGAIN: &str = "Rows of one id and linked sittings are taken for one person's, and some people are \
     there more than once. Each row counts here, so the figures seem surer than they are: keep one row of each person, or \
     give each an id of their own.";

/// Characters of a group's name that are shown.
const LONGEST: usize = 60;
/// Below so many people every figure is loose.
const LOOSE: u64 = 100;
/// A correlation of two traits from here on is named.
const TOGETHER: f64 = 0.3;

/// That figures are loose; nothing where they are not.
pub(crate) fn loose(people: u64) -> Option<String> {
    (people < LOOSE).then(|| {
        format!(
            "Fewer than {LOOSE} people: every figure is loose. A correlation may be wrong by more \
             than a fifth either way."
        )
    })
}

/// What is weak, in the order of questions and traits; of all with too few answers in one line each.
pub(crate) fn advice(analysis: &Analysis) -> Vec<String> {
    let few = |advice: &[Weakness]| advice.contains(&Weakness::Few);
    let items = analysis.items.iter().filter(|item| few(&item.advice));
    let items = items.map(|item| (item.id.as_str(), item.answered));
    let scales = analysis.scales.iter().filter(|scale| few(&scale.advice));
    let scales = scales.map(|scale| (scale.id.as_str(), scale.people));
    let too_few = [
        analysis_advice::too_few(&items.collect::<Vec<_>>(), ["questions", "answers"]),
        analysis_advice::too_few(&scales.collect::<Vec<_>>(), ["traits", "people"]),
    ];
    let judged = |advice: &&Weakness| **advice != Weakness::Few;
    let items = analysis.items.iter().flat_map(|item| {
        let said = |&advice: &_| format!("{}: {}", item.id, analysis_advice::item(item, advice));
        item.advice.iter().filter(judged).map(said)
    });
    let scales = analysis.scales.iter().flat_map(|scale| {
        let said = |&advice: &_| format!("{}: {}", scale.id, analysis_advice::scale(scale, advice));
        scale.advice.iter().filter(judged).map(said)
    });
    too_few
        .into_iter()
        .flatten()
        .chain(items)
        .chain(scales)
        .collect()
}

/// That nothing is.
pub(crate) const NOTHING_WEAK: &str = "No question and no trait is weak by the rules at the end.";

/// Traits that go together, strongest first, and what that means.
pub(crate) fn together(analysis: &Analysis) -> (&'static str, Vec<String>) {
    let mut strong: Vec<(f64, &[String; 2])> = analysis
        .correlations
        .iter()
        .filter_map(|pair| pair.r.map(|r| (r, &pair.traits)))
        .filter(|(r, _)| r.abs() >= TOGETHER)
        .collect();
    strong.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let lead = if strong.is_empty() {
        "No two traits correlate by .30 or more, as scoring assumes."
    } else {
        "Scoring takes traits for independent; where many go together, first places are shared less \
         evenly than `check` says."
    };
    let pairs = strong
        .into_iter()
        .map(|(r, [a, b])| format!("{} between {a} and {b}", fixed(r, 2)));
    (lead, pairs.collect())
}

/// How groups are compared, and what a difference does not say.
pub(crate) fn differences(groups: &GroupComparison) -> String {
    if groups.intervals == 0 {
        return format!(
            "Nothing could be compared: that takes two groups, or a group and all others, of at \
             least {COMPARED} people."
        );
    }
    format!(
        "Each group against all others: by how many standard deviations its people score higher \
         (Hedges' g), and its share of first places as a ratio to theirs, where the 95 % interval \
         leaves no difference out. Of {} intervals one in twenty would do so by chance alone, and a \
         difference is no proof that a question is unfair: look at the questions behind it.",
        groups.intervals
    )
}

/// Why a group was not compared, or that it does not differ.
pub(crate) fn alike(group: &GroupStatistics) -> String {
    if group.compared {
        "No difference beyond chance.".to_owned()
    } else {
        format!("Not compared: they or all others together are fewer than {COMPARED} people.")
    }
}

/// How a group differs beyond chance.
pub(crate) fn apart(group: &GroupStatistics) -> Vec<String> {
    let traits = group.traits.iter().filter_map(|t| {
        let e = t.difference.filter(|e| leaves_out(e, 0.0))?;
        Some(format!("{}: {}", t.id, span(&e, "")))
    });
    let firsts = group.firsts.iter().filter_map(|role| {
        let e = role.ratio.filter(|e| leaves_out(e, 1.0))?;
        Some(format!(
            "{} first: {} people, {}",
            role.id,
            role.first,
            span(&e, " times the others' share")
        ))
    });
    traits.chain(firsts).collect()
}

/// How far first places differ altogether; nothing where not compared.
pub(crate) fn moved(group: &GroupStatistics) -> Option<String> {
    let moved = group.moved?;
    let hundred = |share: f64| fixed(100.0 * share, 0);
    Some(format!(
        "First places: {} of 100 people would have to have another role first, for the shares to be those of the \
         others; chance alone gives {}.",
        hundred(moved.share),
        hundred(moved.by_chance)
    ))
}

/// How many questions are answered otherwise than by others with the same score; nothing where none is compared.
pub(crate) fn asked_alike(group: &GroupStatistics) -> Option<String> {
    let all = group.questions.len();
    if all == 0 {
        let few = "Single questions were not compared: that takes";
        return group.compared.then(|| {
            format!("{few} {COMPLETE} people, and as many others, who answered all questions of a trait.")
        });
    }
    let of = |class| group.questions.iter().filter(|q| q.class == class).count();
    let (large, moderate) = (of(DifClass::C), of(DifClass::B));
    Some(format!(
        "Single questions beside others of the same score on their trait (differential item functioning): of {all}, \
         {large} differ much (class C), {moderate} moderately (class B)."
    ))
}

/// Questions that are answered otherwise than by others with the same score, most first.
pub(crate) fn dif(group: &GroupStatistics) -> Vec<String> {
    let apart = group.questions.iter();
    let mut apart: Vec<&ItemDif> = apart.filter(|q| q.class != DifClass::A).collect();
    apart.sort_by(|a, b| b.effect.abs().total_cmp(&a.effect.abs()));
    let said = |q: &ItemDif| {
        let delta = q
            .delta
            .map_or_else(String::new, |delta| format!(", delta {}", span(&delta, "")));
        format!(
            "{}: class {}, answered {} of 100 {} than by others of the same score, {} standard deviations{delta}",
            q.id,
            q.class.word(),
            fixed(q.difference.value.abs(), 0),
            if q.effect > 0.0 { "higher" } else { "lower" },
            fixed(q.effect.abs(), 2)
        )
    };
    apart.into_iter().map(said).collect()
}

/// A group's name, and how many it has.
pub(crate) fn group(group: &GroupStatistics) -> String {
    let name = match group.name.as_str() {
        "" => "(blank)",
        name => first(name, LONGEST),
    };
    format!("{name}: {} people", group.people)
}

/// Whether an interval leaves a value out.
fn leaves_out(e: &Estimate, value: f64) -> bool {
    e.low > value || e.high < value
}

fn span(e: &Estimate, unit: &str) -> String {
    let [value, low, high] = [e.value, e.low, e.high].map(|f| fixed(f, 2));
    format!("{value}{unit} ({low} to {high})")
}
