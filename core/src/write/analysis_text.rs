//! An analysis as tables and advice for people.

use crate::pages::analysis_advice;
use crate::pages::analysis_groups;
use crate::pages::analysis_wording;
use crate::pages::validity;
use crate::psychometrics::analysis::{Analysis, ItemStatistics, ScaleStatistics};
use crate::psychometrics::estimate::Estimate;
use crate::scoring::comparison::Comparison;
use crate::write::terminal_text::{TextPage, TextStyle, cell, fixed, inert};
use crate::write::text::blocks;

/// The whole page.
#[must_use]
pub fn page(comparison: &Comparison<'_>, analysis: &Analysis, look: TextStyle) -> String {
    let mut page = TextPage::new(look);
    page.heading(&format!("The answers of {} people", analysis.people));
    page.prose(
        0,
        &format!(
            "{} {}",
            inert(&comparison.pack.name),
            inert(&comparison.pack.version)
        ),
    );
    if let Some(loose) = analysis_wording::loose(analysis.people) {
        page.prose(0, &loose);
    }
    advice(analysis, &mut page);
    traits(analysis, &mut page);
    questions(comparison, analysis, &mut page);
    together(analysis, &mut page);
    roles(analysis, &mut page);
    if let Some(groups) = &analysis.groups {
        analysis_groups::groups(groups, &mut page);
    }
    if let Some(ratings) = &analysis.ratings {
        page.heading(validity::TITLE);
        blocks(&validity::blocks(ratings), &mut page);
    }
    page.heading("What weak means");
    page.prose(0, &analysis_advice::rules());
    page.finish()
}

fn advice(analysis: &Analysis, page: &mut TextPage) {
    page.heading("What to look at");
    let weak = analysis_wording::advice(analysis);
    for line in &weak {
        page.item(0, line);
    }
    if weak.is_empty() {
        page.prose(0, analysis_wording::NOTHING_WEAK);
    }
}

pub(crate) fn header(page: &mut TextPage, text: &str) {
    let look = page.look();
    page.line(&look.bold(text));
}

fn figure(figure: Option<f64>, decimals: usize, width: usize) -> String {
    let text = figure.map_or_else(|| "-".to_owned(), |f| fixed(f, decimals));
    format!("{text:>width$}")
}

fn estimate(e: Option<Estimate>) -> String {
    let text = e.map_or_else(
        || "-".to_owned(),
        |e| {
            let [value, low, high] = [e.value, e.low, e.high].map(|f| fixed(f, 2));
            format!("{value} ({low} to {high})")
        },
    );
    format!("{text:<20}")
}

fn traits(analysis: &Analysis, page: &mut TextPage) {
    let ascii = page.look().ascii;
    page.heading("Traits");
    page.prose(
        0,
        "Raw scores from 0 to 100 with the standard error of measurement (sem); alpha and omega \
         with 95 % intervals; half: odd against even questions.",
    );
    let name = |scale: &ScaleStatistics| cell(&scale.id, 16, ascii);
    let blank = cell("", 16, ascii);
    header(
        page,
        &format!("  {blank}  mean    sd   sem  alpha               omega                half"),
    );
    for scale in &analysis.scales {
        page.line(&format!(
            "  {} {} {} {}  {}{} {}",
            name(scale),
            figure(scale.mean, 1, 5),
            figure(scale.sd, 1, 5),
            figure(scale.sem, 1, 5),
            estimate(scale.alpha),
            estimate(scale.omega),
            figure(scale.split_half, 2, 5),
        ));
    }
    for scale in &analysis.scales {
        if let Some(why) = &scale.no_omega {
            page.item(0, &format!("{}: omega was not computed: {why}", scale.id));
        }
    }
    page.gap();
    page.prose(
        0,
        "How well a single question measures, with its 95 % interval, and what scoring assumes.",
    );
    header(
        page,
        &format!("  {blank}  people  one question        assumed"),
    );
    for scale in &analysis.scales {
        page.line(&format!(
            "  {}  {:>6}  {}  {}",
            name(scale),
            scale.people,
            estimate(scale.single),
            fixed(scale.assumed_single, 2)
        ));
    }
}

/// Shares of all answers in percent, the right option marked.
fn shares(item: &ItemStatistics) -> String {
    let right = item.puzzle.as_ref().map(|p| p.right.as_str());
    let share = |o: &crate::psychometrics::analysis::OptionStatistics| {
        let percent = fixed(100.0 * o.share, 0);
        match right {
            Some(right) if right == o.answer => format!(" {}*{percent:>3}", o.answer),
            Some(_) => format!(" {} {percent:>3}", o.answer),
            None => format!(" {percent:>3}"),
        }
    };
    item.options.iter().map(share).collect()
}

fn questions(comparison: &Comparison<'_>, analysis: &Analysis, page: &mut TextPage) {
    page.heading("Questions");
    page.prose(
        0,
        "Mean and sd of answers from 0 to 100 towards the trait; rest: correlation with the \
         trait's other questions; alpha: without the question; then how many of 100 gave each \
         answer. Puzzles: how many of 100 are right, and the discrimination in place of mean and \
         sd; * marks the right option.",
    );
    for t in &comparison.pack.traits {
        let items: Vec<&ItemStatistics> = t.items.iter().map(|&q| &analysis.items[q]).collect();
        if let Some(first) = items.first() {
            table(&t.id, first.puzzle.is_some(), &items, page);
        }
    }
    let conditions: Vec<&ItemStatistics> =
        analysis.items.iter().filter(|i| i.of.is_none()).collect();
    if !conditions.is_empty() {
        let ascii = page.look().ascii;
        header(
            page,
            &format!("  {}answered  of 100", cell("conditions", 22, ascii)),
        );
        for item in conditions {
            page.line(&format!(
                "  {}{:>8} {}",
                cell(&item.id, 22, ascii),
                item.answered,
                shares(item)
            ));
        }
    }
}

fn table(id: &str, puzzles: bool, items: &[&ItemStatistics], page: &mut TextPage) {
    let ascii = page.look().ascii;
    let columns = if puzzles {
        "right   dis"
    } else {
        " mean    sd"
    };
    header(
        page,
        &format!(
            "  {}answered {columns}  rest alpha  of 100",
            cell(id, 22, ascii)
        ),
    );
    for item in items {
        let (first, second) = match &item.puzzle {
            Some(puzzle) => (
                figure(Some(100.0 * puzzle.facility), 0, 5),
                figure(puzzle.discrimination, 2, 5),
            ),
            None => (figure(item.mean, 1, 5), figure(item.sd, 1, 5)),
        };
        page.line(&format!(
            "  {}{:>8} {first} {second} {} {} {}",
            cell(&item.id, 22, ascii),
            item.answered,
            figure(item.item_rest, 2, 5),
            figure(item.alpha_without, 2, 5),
            shares(item)
        ));
    }
}

fn together(analysis: &Analysis, page: &mut TextPage) {
    page.heading("Traits that go together");
    let (lead, pairs) = analysis_wording::together(analysis);
    page.prose(0, lead);
    for pair in &pairs {
        page.item(0, pair);
    }
}

fn roles(analysis: &Analysis, page: &mut TextPage) {
    let ascii = page.look().ascii;
    let roles = &analysis.roles;
    page.heading("Roles");
    page.prose(
        0,
        "First: people for whom the role alone comes first; fair: as a ratio to an equal share; \
         band: people in whose first group it is.",
    );
    let name = 32.min(page.look().columns() - 28);
    header(
        page,
        &format!("  {}   first   fair    band", cell("", name, ascii)),
    );
    for role in &roles.roles {
        page.line(&format!(
            "  {}  {:>6}  {:>5}  {:>6}",
            cell(&role.id, name, ascii),
            role.first,
            fixed(role.fair, 2),
            role.in_band
        ));
    }
    page.item(
        0,
        &format!("No role alone comes first for {}.", roles.no_first),
    );
    if let Some(mean) = roles.mean_band {
        page.item(
            0,
            &format!("The first group holds {} roles on average.", fixed(mean, 1)),
        );
    }
    for share in roles.states.iter().chain(&roles.flags) {
        page.item(
            0,
            &format!(
                "{}: {} ({})",
                share.word,
                share.people,
                analysis_advice::percent(share.share)
            ),
        );
    }
}
